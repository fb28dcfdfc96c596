"""The desk is killed while several rule at once: what was acknowledged is there, once; the rest can be sent again."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from project_values import ANN, BOTH, log

from tollbook.pipeline.desk import Desk, Filters, Order
from tollbook.pipeline.project_folder import open_project
from tollbook.store import Stamp, verify
from tollbook.store.payloads import key_in

STORES = BOTH
CODERS = 6
WORK = """
import sys, threading
from pathlib import Path
from tollbook.pipeline.desk import Desk, Filters, Order
from tollbook.store import Stamp

folder, run = Path(sys.argv[1]), sys.argv[2]
desk, turn = Desk(folder), threading.Lock()
claims = [one.claim for one in desk.queue(Filters(state="all"), "ann", 100)]

def work(coder):
    number = 0
    while True:
        number += 1
        key = f"{run}-{coder}-{number:06}"
        order = Order(claims[(coder + number) % len(claims)], "note", why=f"looked at, {key}", key=key)
        made = desk.rule(order, Stamp(f"coder {coder}", "2031-05-09T08:00:00Z"))
        with turn:
            print(key, made.ruling.seq, flush=True)

threads = [threading.Thread(target=work, args=(coder,)) for coder in range(CODERS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


@pytest.mark.parametrize("lines", [1, 7, 20, 45])
def test_what_was_acknowledged_is_there_when_it_is_killed(filled: Path, lines: int) -> None:
    told: dict[str, int] = {}
    for run in ("first-run", "second-run"):
        told |= killed_after(filled, run, lines)
    there = Counter(key_in(event) for event in log(filled) if event.kind == "ruling")
    numbers = {key_in(event): event.seq for event in log(filled) if event.kind == "ruling"}
    assert set(there.values()) == {1}
    assert {key: numbers.get(key) for key in told} == told
    with open_project(filled) as store, store.read() as unit:
        assert not list(verify(unit))
    sent_again(filled, told, numbers)


def killed_after(folder: Path, run: str, lines: int) -> dict[str, int]:
    """Several coders rule until so many rulings are acknowledged; then it is killed. Some more are on their way."""
    script = WORK.replace("CODERS", str(CODERS))
    with subprocess.Popen([sys.executable, "-c", script, str(folder), run], stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        told = [one.stdout.readline() for _ in range(lines)]
        one.kill()
        told += [line for line in one.stdout.readlines() if line.endswith("\n")]
    return {key: int(number) for key, number in map(str.split, told)}


def sent_again(folder: Path, told: dict[str, int], numbers: dict[str, int]) -> None:
    """Those that weren't acknowledged: each is one event, whether it had reached the disk or not."""
    desk = Desk(folder)
    try:
        claim = desk.queue(Filters(state="all"), "ann", 1)[0].claim
        for coder in range(CODERS):
            run = f"second-run-{coder}-"
            last = max((key for key in told if key.startswith(run)), default=f"{run}0")
            key = f"{run}{int(last.rpartition('-')[2]) + 1:06}"
            by = Stamp(f"coder {coder}", ANN.when)
            made = desk.rule(Order(claim, "note", why="sent again", key=key), by)
            assert made.again == (key in numbers)
            assert desk.rule(Order(claim, "note", why="sent again", key=key), by).ruling.seq == made.ruling.seq
    finally:
        desk.close()
