"""Several processes on one record: no error, no lost event, one whole chain; readers see whole steps only."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from store_backends import Backend, schema_of

from tollbook.store import verify

STEPS = 25
WORK = """
import sys
from pathlib import Path

sys.path.insert(0, {tests!r})
from store_values import ANN, claim, reading, report
from tollbook.store import open_store, verify
from tollbook.store.address import parse
from tollbook.store.postgres import open_postgres

what, name, backend, place = sys.argv[1:]
sys.stdin.readline()
with open_store(Path(place)) if backend == "sqlite" else open_postgres(parse(place)) as store:
    for number in range({steps}):
        if what == "write":
            one = report(f"{{name}}-{{number}}", f"Flood {{number}} of {{name}} killed 12 people.")
            with store.write() as unit:
                unit.put_report(one, ANN)
                unit.put_reading(reading(one, claim(one, "12 people", 12)), "hand@1", ANN)
        else:
            with store.read() as unit:
                events = list(unit.events())
                kept = {{event.seq for event in events}}
                assert len(kept) == len(events) == (max(kept) if kept else 0)
                assert len(unit.readings()) == len(unit.reports(lambda _: "")) == len(kept) // 2
                assert not list(verify(unit))
"""


def test_writers_and_readers_at_once_lose_nothing(
    place: Path, backend: Backend, request: pytest.FixtureRequest
) -> None:
    script = WORK.format(tests=str(Path(__file__).parent), steps=STEPS)
    where = str(place if backend.name == "sqlite" else schema_of(request.getfixturevalue("server"), place))
    roles = [("write", name) for name in "abcd"] + [("read", "r")] * 2
    many = [
        subprocess.Popen(
            [sys.executable, "-c", script, *role, backend.name, where],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for role in roles
    ]  # fmt: skip
    for one in many:
        assert one.stdin is not None
        one.stdin.write("now\n")
        one.stdin.flush()
    assert [one.communicate()[1] for one in many] == [""] * len(many)
    with backend.open(place) as store, store.read() as unit:
        assert not list(verify(unit))
        assert set(unit.readings()) == {f"{name}-{number}" for name in "abcd" for number in range(STEPS)}
        kinds = Counter(event.kind for event in unit.events())
    assert kinds == {"report": 4 * STEPS, "reading": 4 * STEPS}
