"""The algebra of findings against brute force: minimal conflicts and best consistent sets of random cases, and time.

    python bench/algebra.py [--cases 10000] [--seed 1]

A case is three to nine invented figures of one group and of its parts. Brute force knows nothing of pairs or sums: it
goes through every course that a count from 0 to 16 can take over three moments, and through every subset of the
figures. A subset is consistent where some course satisfies all its claims. Times are of 50 and of 5,000 claims, told
beside brute force on 12 in the same run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from tollbook.findings.cases import Stated
from tollbook.findings.conflicts import Conflicts, conflicts
from tollbook.findings.excess import Addend, addends, share_nobody
from tollbook.findings.fits import TIES
from tollbook.findings.intervals import Interval
from tollbook.findings.origins import Voice
from tollbook.lexicon import Taxonomy, load_taxonomy
from tollbook.lexicon.taxonomy import Over
from tollbook.model import Claim, Quantity, Span

TOP = 16
MOMENTS = 3
DAYS = (None, dt.date(2031, 5, 3), dt.date(2031, 5, 9), dt.date(2032, 5, 9), dt.date(2032, 6, 9))
GROUPS = ("women", "men", "children", "girls", "boys", "elderly", "civilians", "soldiers")
TAXONOMY = load_taxonomy()
Key = tuple[object, ...]
Set = frozenset[Key]


@dataclass(frozen=True, slots=True)
class Case:
    """Figures of all people, figures of parts, and how the count moves."""

    standing: tuple[Stated, ...]
    parts: tuple[Addend, ...]
    over: Over

    def solve(self) -> Conflicts:
        """What is shipped."""
        return conflicts(self.standing, self.parts, self.over, TAXONOMY)

    def keys(self) -> dict[str, Key]:
        """The figure of each claim: of which part, whose, how much."""
        found: dict[str, Key] = {one.claim.id: ("all", None, one.voice.party, one.reach) for one in self.standing}
        for part in self.parts:
            one = part.stated
            found[one.claim.id] = (part.group, part.described, one.voice.party, one.reach, "part")
        return found


# ---- random cases ----


def stated(number: int, group: str, chance: random.Random, **more: Any) -> Stated:
    """A figure of 0 to 9, half of them with one end or a wide one."""
    low = chance.randint(0, more.pop("top", 9))
    high = chance.choice([low, low, low + chance.randint(0, 3), None])
    party = more.pop("party", None) or chance.choice("ABCD")
    day = chance.choice(DAYS[: more.pop("days", len(DAYS))])
    report = more.pop("report", None) or chance.choice("rs")
    whose = chance.choice([None, "Northlander", "Southlander"]) if group == "own" else None
    claim = Claim(
        f"c{number:05}", report, Span(number, number + 1), str(low), "killed", group, "person",
        Quantity.exact(low), affiliation=whose,
    )  # fmt: skip
    reach = Interval(low, high)
    voice = Voice(party, party, party, False)
    return Stated(claim, voice, day, day in DAYS[1:3], reach, reach, low if low == high else None)


def random_case(chance: random.Random) -> Case:
    """Three to nine figures; of counts that grow, three days, so that each is a moment of its own."""
    over: Over = chance.choice(["up", "up", "either", "grows"])
    days = chance.choice([1, 4]) if over == "grows" else chance.choice([1, 3, 5])
    number = chance.randint(3, 9)
    of_all = chance.randint(1, number)
    standing = tuple(stated(i, "all", chance, days=days) for i in range(of_all))
    members: dict[str, list[Stated]] = {}
    own: list[Stated] = []
    for i in range(of_all, number):
        group = chance.choice((*GROUPS, "own"))
        one = stated(i, group, chance, days=days, top=4)
        (own if group == "own" else members.setdefault(group, [])).append(one)
    totals = {group for group in members if chance.random() < 0.8}
    return Case(standing, tuple(addends("all", members, totals, own, TAXONOMY)), over)


# ---- brute force ----


class Courses:
    """Every course of a count over the moments, as bits; and those in which it is in some span at a moment."""

    def __init__(self, over: Over) -> None:
        every = product(range(TOP + 1), repeat=MOMENTS)
        self.courses = [one for one in every if over != "up" or list(one) == sorted(one)]
        self.all = (1 << len(self.courses)) - 1
        self.at_least = [
            [self._where(moment, lambda count, low=low: count >= low) for low in range(TOP + 1)]
            for moment in range(MOMENTS)
        ]

    def _where(self, moment: int, holds: Callable[[int], bool]) -> int:
        return sum(1 << place for place, one in enumerate(self.courses) if holds(one[moment]))

    def within(self, moments: Iterable[int], low: float, high: float | None) -> int:
        """Courses with the count between two ends at all of some moments."""
        left = self.all
        for moment in moments:
            left &= self.at_least[moment][int(low)]
            if high is not None and high < TOP:
                left &= ~self.at_least[moment][int(high) + 1]
        return left


COURSES = {over: Courses(over) for over in ("up", "either", "grows")}


def moments(one: Stated, over: Over) -> set[int]:
    """The moments of which a claim speaks: its day, the end where it is told late; all where no day is known."""
    if one.told is None:
        return set() if over == "grows" else set(range(MOMENTS))
    return {min(DAYS.index(one.told) - 1, MOMENTS - 1)}


def brute(case: Case) -> tuple[set[Set], set[Set]]:
    """All minimal conflicts, and all consistent sets with the most parties to which nothing can be added."""
    keys = case.keys()
    names = sorted(set(keys.values()), key=repr)
    demands = list(_demands(case))
    consistent = {
        subset: _holds(case, {claim for claim, key in keys.items() if key in subset}, demands)
        for subset in _subsets(names)
    }
    minimal = {
        subset for subset, fine in consistent.items() if not fine and all(consistent[subset - {key}] for key in subset)
    }
    if not minimal:
        return set(), set()
    told = [key for key in names if key[-1] != "part" or any(key in conflict for conflict in minimal)]
    fitting = [subset for subset in _subsets(told) if consistent[subset] and _parts_hold(case, subset)]
    largest = [one for one in fitting if not any(one < other for other in fitting)]
    most = max(_parties(one, told) for one in largest)
    return minimal, {one for one in largest if _parties(one, told) == most}


def _subsets(names: Sequence[Key]) -> Iterator[Set]:
    return (frozenset(some) for size in range(len(names) + 1) for some in combinations(names, size))


def _parties(some: Set, told: Sequence[Key]) -> int:
    return len({key[2] for key in told} - {key[2] for key in told if key not in some})


def _demands(case: Case) -> Iterator[tuple[frozenset[str], int]]:
    """Each set of parts of one report that share nobody, with the courses that have room for all of them."""
    courses = COURSES[case.over]
    for size in range(1, len(case.parts) + 1):
        for some in combinations(case.parts, size):
            one_report = len({part.stated.claim.report for part in some}) == 1
            if one_report and all(share_nobody(one, other, TAXONOMY) for one, other in combinations(some, 2)):
                at = set.intersection(*(_since(part.stated, case.over) for part in some))
                low = sum(int(part.stated.reach.low) for part in some)
                yield frozenset(part.stated.claim.id for part in some), courses.within(at, low, None)


def _since(one: Stated, over: Over) -> set[int]:
    """The moments at which those counted are among the count: of a toll that only rises, ever since."""
    at = moments(one, over)
    return {later for later in range(MOMENTS) if any(moment <= later for moment in at)} if over == "up" else at


def _holds(case: Case, claims: set[str], demands: Sequence[tuple[frozenset[str], int]]) -> bool:
    courses = COURSES[case.over]
    left = courses.all
    for one in case.standing:
        if one.claim.id in claims:
            left &= courses.within(moments(one, case.over), one.reach.low, one.reach.high)
    for some, room in demands:
        if some <= claims:
            left &= room
    return left != 0


def _parts_hold(case: Case, subset: Set) -> bool:
    """True where each part's own count has a course that satisfies all totals of it."""
    keys, courses = case.keys(), COURSES[case.over]
    left: dict[str, int] = {}
    for part in case.parts:
        one = part.stated
        if part.total and keys[one.claim.id] in subset:
            span = courses.within(moments(one, case.over), one.reach.low, one.reach.high)
            left[part.group] = left.get(part.group, courses.all) & span
    return all(left.values())


# ---- comparison ----


def difference(case: Case) -> str | None:
    """How what is shipped differs from brute force, None where it is the same."""
    keys, found = case.keys(), case.solve()
    minimal, best = brute(case)
    if {frozenset(keys[claim] for claim in conflict) for conflict in found.shown} != minimal:
        return "minimal conflicts"
    if found.count != len(minimal):
        return "number of conflicts"
    named = {frozenset(_keys(fit.inside, case)) for fit in found.fits}
    if not named <= best or len(named) != min(len(best), TIES) or found.more != (len(best) > TIES):
        return "best consistent sets"
    return None


def _keys(some: Iterable[Stated], case: Case) -> set[Key]:
    keys = case.keys()
    return {keys[one.claim.id] for one in some}


def compare(cases: int, seed: int) -> tuple[int, int, list[str]]:
    """How many cases are the same, how many hold a conflict, and what differs in the others."""
    chance = random.Random(seed)
    found = [(random_case(chance)) for _ in range(cases)]
    wrong = [why for case in found if (why := difference(case))]
    return cases - len(wrong), sum(bool(case.solve().count) for case in found), wrong


# ---- time ----


def crowd(number: int, seed: int, taxonomy: Taxonomy) -> Case:
    """Many claims of one incident: totals of hundreds of parties over five days, parts in a third of them."""
    chance = random.Random(seed)
    members: dict[str, list[Stated]] = {}
    standing = []
    for i in range(number):
        group = chance.choice(["all", "all", "women", "children"])
        top = 4000 if number > 1000 else 40
        one = stated(i, group, chance, top=top, party=f"P{i % 700}", report=f"r{i % 900}", days=3)
        (standing if group == "all" else members.setdefault(group, [])).append(one)
    return Case(tuple(standing), tuple(addends("all", members, set(members), [], taxonomy)), "up")


def _seconds(work: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def twelve(seed: int) -> Case:
    """Twelve figures small enough for brute force."""
    chance = random.Random(seed)
    return Case(tuple(stated(i, "all", chance, party=f"P{i}", days=3) for i in range(12)), (), "up")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    same, disputed, wrong = compare(args.cases, args.seed)
    print(f"{same} of {args.cases} cases as brute force has them, {disputed} of them with a conflict")
    for why in sorted(set(wrong)):
        print(f"  {why} differ: {wrong.count(why)}")
    small = twelve(args.seed)
    peer = _seconds(lambda: brute(small), 1)
    print(f"brute force, 12 claims: {peer:.3f} s; tollbook on them: 1/{peer / _seconds(small.solve):.0f} of that")
    for number in (50, 5000):
        took = _seconds(crowd(number, args.seed, TAXONOMY).solve)
        print(f"tollbook, {number} claims: {took:.3f} s, {took / peer:.2f} of brute force on 12")


if __name__ == "__main__":
    main()
