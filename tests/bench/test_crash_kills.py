"""Killed inside each named point, and the power lost there: nothing acknowledged is gone, nothing half is left.

The whole of it, a thousand kills, is `python bench/crash/kill.py`; here every point is met. The harness runs as a
program, for it must be loaded together with the library that watches its calls.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

CRASH = Path(__file__).parents[2] / "bench" / "crash"
_ROW = re.compile(
    r"\| (?P<job>\w+) \| (?P<point>[^|]+) \| (?P<kills>\d+) \| (?P<landed>\d+) \| (?P<states>\d+) \| (?P<lost>\d+) \|"
)


def rows(*command: str) -> tuple[list[dict[str, str]], str]:
    told = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    return [match.groupdict() for match in _ROW.finditer(told.stdout)], told.stdout + told.stderr


def test_every_point_is_died_in_and_nothing_is_lost() -> None:
    found, said = rows(str(CRASH / "kill.py"), "--kills", "50", "--seed", "6")
    assert len(found) >= 40, said
    assert sum(int(row["kills"]) for row in found) == 50
    for row in found:
        assert int(row["kills"]) == int(row["landed"]) == int(row["states"]) / 2 > 0, said
        assert row["lost"] == "0", said


def test_a_client_and_a_server_of_postgresql_are_killed_and_nothing_is_lost() -> None:
    found, said = rows(str(CRASH / "pg.py"), "--kills", "10", "--servers", "3", "--seed", "6")
    assert sum(int(row["kills"]) for row in found) == 13, said
    for row in found:
        assert row["kills"] == row["landed"], said
        assert row["lost"] == "0", said
