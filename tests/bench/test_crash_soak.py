"""Six writers and twenty readers at one record for a minute, each a process: no error, nothing acknowledged is lost.

Ten minutes of it are `python bench/crash/soak.py`. How much gets done in the minute is the machine's affair.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

SOAK = Path(__file__).parents[2] / "bench" / "crash" / "soak.py"


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_writers_and_readers_do_not_disturb_each_other(store: str) -> None:
    asked = [sys.executable, str(SOAK), "--store", store, "--minutes", "1", "--writers", "6", "--readers", "20"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    found = re.search(r"(\d+) reports and (\d+) rulings acknowledged, (\d+) events; 0 errors or losses", told.stdout)
    assert found, told.stdout
    reports, rulings, events = map(int, found.groups())
    assert reports >= 6
    assert rulings >= 6
    # Each report is an event, its reading, and how it came; each ruling is one.
    assert events >= 3 * reports + rulings
    for command in ("add", "rule", "show", "verify"):
        assert f"| {command} |" in told.stdout
