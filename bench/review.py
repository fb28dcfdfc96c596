"""What the review app bears: coders who each rule once a second, by HTTP, on a large record.

    python bench/review.py DIR [--coders N] [--seconds N] [--keep | --postgresql]
    python bench/review.py --claims N --make DIR [--jobs N]

`--make` builds a project of N claims in DIR, as scale.py does. The other way a server, `tollbook review`, is started on
a copy of DIR's record and review files (with `--keep` on DIR itself), its evidence linked from there. Each coder has a
session, opens the queue, and once a second rules on the next claim that is before them: four of five are accepted, the
fifth is rejected, and of twenty one is taken back again; when the items come to an end the next are asked for. A ruling
is sent again, with its own key, where its answer did not come. With `--postgresql` the copy's record lies in a
PostgreSQL server of this run's own (tools/own_postgres.py), taken in from a backup and linked before anything is timed.

It tells the start-up until the first page, then milliseconds from request to answer, of all and of rulings (median, 95
and 99 of a hundred, worst), what went wrong, how many rulings were acknowledged, whether each of them is in the log
once, the server's share of a processor and its peak memory. Who asks runs on the same machine as who answers.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import secrets
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import scale
from served import PostgreSQL, Server, beside, in_postgresql

from tollbook.pipeline.project_folder import open_project
from tollbook.review import sessions
from tollbook.review.people import Person
from tollbook.review.state import State
from tollbook.store.payloads import key_in

_CLAIM = re.compile(r'data-claim="([0-9a-f]+)"[^>]*? data-seen="(\d+)"')
_VALUE = re.compile(r'data-(csrf|screen)="([^"]*)"')


@dataclass(slots=True)
class Told:
    """What one coder saw: (what was asked, seconds), rulings by key with their numbers, and what went wrong."""

    times: list[tuple[str, float]] = field(default_factory=list)
    ruled: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    dry: int = 0


class Coder:
    """One person with a browser: a connection that stays open, a session, the items before them."""

    def __init__(self, name: str, server: Server, secret: str) -> None:
        self._at, self._cookie = server.at, f"{server.cookie}={secret}"
        self._connection = http.client.HTTPConnection(server.at, timeout=60)
        self._csrf = self._screen = ""
        self._items: list[tuple[str, str]] = []
        self._last: int | None = None
        self.name, self.told = name, Told()

    def work(self, began: float, until: float, step: float) -> None:
        """Rule once a step until the end."""
        turn = 0
        while (now := time.monotonic()) < until:
            due = began + turn * step
            if now < due:
                time.sleep(due - now)
            turn += 1
            try:
                if not self._csrf:
                    self._open()
                self._rule(turn)
            except Exception as error:  # told, and the next one is tried
                self.told.wrong.append(f"{type(error).__name__}: {error}")
                self._connection.close()

    def _open(self) -> None:
        page = self._ask("GET", "/queue", None, {}, "queue")
        values = dict(_VALUE.findall(page))
        self._csrf, self._screen = values.get("csrf", ""), values.get("screen", "")
        self._items = _CLAIM.findall(page)

    def _more(self) -> None:
        form = [("screen", self._screen), ("after", ""), *(("have", claim) for claim, _ in self._items)]
        body = urllib.parse.urlencode(form)
        headers = {"content-type": "application/x-www-form-urlencoded", "x-csrf-token": self._csrf}
        there = {claim for claim, _ in self._items}
        page = self._ask("POST", "/queue/more", body, headers, "more")
        self._items += [one for one in _CLAIM.findall(page) if one[0] not in there]

    def _rule(self, turn: int) -> None:
        if turn % 20 == 0 and self._last is not None:
            self._send(f"#{self._last}", "withdraw", "a slip of the hand", None)
            self._last = None
            return
        if len(self._items) < 4:
            self._more()
        if not self._items:
            self.told.dry += 1
            return
        claim, seen = self._items.pop(0)
        action = "reject" if turn % 5 == 0 else "accept"
        self._last = self._send(claim, action, "checked against the words", int(seen))

    def _send(self, target: str, action: str, why: str, seen: int | None) -> int:
        key = secrets.token_hex(8)
        order = {"target": target, "action": action, "values": {}, "why": why, "key": key, "seen": seen}
        headers = {"content-type": "application/json", "x-csrf-token": self._csrf}
        try:
            said = self._ask("POST", "/rule", json.dumps(order), headers, "rule")
        except OSError:  # kept and sent again, once
            self._connection.close()
            said = self._ask("POST", "/rule", json.dumps(order), headers, "rule")
        number = int(json.loads(said)["number"])
        self.told.ruled[key] = number
        return number

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str], what: str) -> str:
        began = time.monotonic()
        sent = {**headers, "cookie": self._cookie, "host": self._at}
        self._connection.request(method, path, body, sent)
        answer = self._connection.getresponse()
        said = answer.read().decode("utf-8")
        self.told.times.append((what, time.monotonic() - began))
        if answer.status != 200:
            raise ValueError(f"{method} {path}: {answer.status} {said[:200]}")
        return said


# ---- what comes of it ----


def measure(folder: Path, coders: int, seconds: float, postgres: PostgreSQL | None = None) -> None:
    """Have so many coders work for so long."""
    server = Server(folder)
    try:
        state = State(folder)
        people = [Coder(name, server, sessions.begin(state, Person(name, "coder"))) for name in _names(coders)]
        before, other, began = server.processor(), postgres.processor() if postgres else 0.0, time.monotonic()
        threads = [
            threading.Thread(target=one.work, args=(began + number / coders, began + seconds, 1.0))
            for number, one in enumerate(people)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took, used, peak = time.monotonic() - began, server.processor() - before, server.peak()
        other = postgres.processor() - other if postgres else 0.0
    finally:
        server.stop()
    tell([one.told for one in people], server.start, took, used, peak)
    if postgres is not None:
        print(f"PostgreSQL took {other / took:.2f} of a processor")
    compare(folder, people)


def _names(coders: int) -> list[str]:
    return [f"coder {number} {secrets.token_hex(3)}" for number in range(coders)]


def tell(told: Sequence[Told], start: float, took: float, used: float, peak: float) -> None:
    print(f"{len(told)} coders for {took:.0f} s; start-up {start:.2f} s, peak memory {peak:.0f} MB, ", end="")
    print(f"{used / took:.2f} of a processor\n")
    print("| what | requests | median ms | 95 % | 99 % | worst |\n|---|---|---|---|---|---|")
    every = [one for some in told for one in some.times]
    for what in ("all", *dict.fromkeys(what for what, _ in every)):
        times = sorted(took for name, took in every if what in ("all", name))
        marks = [1000 * times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99, 1.0)]
        print(f"| {what} | {len(times)} | {' | '.join(f'{mark:.0f}' for mark in marks)} |")
    wrong = [line for some in told for line in some.wrong]
    print(f"\nerrors: {len(wrong)}", *dict.fromkeys(wrong[:5]), sep="\n  ")
    dry = sum(one.dry for one in told)
    if dry:
        print(f"{dry} times there was nothing left to rule on")


def compare(folder: Path, people: Sequence[Coder]) -> None:
    """Each acknowledged ruling is in the log, once, by whom and with the number that was told."""
    names = {one.name for one in people}
    there: dict[tuple[str, str], list[int]] = {}
    with open_project(folder) as store, store.read() as unit:
        for event in unit.events("ruling"):
            if event.who in names:
                there.setdefault((event.who, key_in(event)), []).append(event.seq)
    told = {(one.name, key): number for one in people for key, number in one.told.ruled.items()}
    lost = [key for key, number in told.items() if there.get(key) != [number]]
    print(f"{len(told)} rulings acknowledged, {sum(map(len, there.values()))} in the log, {len(lost)} lost or twice")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    parser.add_argument("--make", type=Path, metavar="DIR", help="build a project here and end")
    parser.add_argument("--claims", type=int, default=5000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--coders", type=int, default=50, metavar="N")
    parser.add_argument("--seconds", type=float, default=20, metavar="N")
    parser.add_argument("--keep", action="store_true", help="work on DIR itself, not on a copy")
    parser.add_argument("--postgresql", action="store_true", help="work on a copy whose record is in PostgreSQL")
    args = parser.parse_args()
    if args.make:
        scale.build(args.make, args.claims, args.seed, args.jobs)
        return 0
    if args.folder is None:
        parser.error("name a project, or make one")
    with tempfile.TemporaryDirectory() as scratch:
        if args.postgresql:
            with in_postgresql(args.folder, Path(scratch)) as (copy, postgres):
                measure(copy, args.coders, args.seconds, postgres)
        else:
            measure(args.folder if args.keep else beside(args.folder, Path(scratch)), args.coders, args.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
