"""Near-copies: which reports have one text behind them, found as reports come and kept up as others come and go.

Input: reports by number. Output: ties of two, and for each the number of its version, which all have that are one text
as a whole. A report is compared with those near it under the runs of words that both have: the BESIDE told before and
the BESIDE told after it. What is told on many days is a formula, and nobody's own. Whatever the order and the portions
in which reports come, ties and versions are those of all at once.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from tollbook.incidents.accounts import Account, account_of, strays, without_formulas
from tollbook.incidents.kept import FIRST, Place
from tollbook.incidents.likely import DAY, place_of, runs_of, sample
from tollbook.incidents.shared import Shared, shared
from tollbook.incidents.versions import Sample, Texts, Tie, Versions
from tollbook.model import Report
from tollbook.values import dataclass

# Two accounts are of one text where what they share tells this much (`Shared.told`): some 24 words in a row that are
# neither quotation nor formula, or two runs of 15. One desk's texts are alike: there it must be so much more.
TOLD: Final = 19
DESK: Final = 1.3
# Two accounts with fewer runs of five words in common share too little for that.
RUNS: Final = 8
# They are so too where this share of the shorter is in the other, though a formula it be, if it has so many words.
MOST: Final = 0.6
FEWEST: Final = 16
# One is a copy of the other where it shares half of the shorter; the two are versions of each other where it is half of
# the longer too. Else one only has a part of the other, as a round-up of many stories or a report that quotes.
HALF: Final = 0.5
# Under each run a text meets so many before and so many after it.
BESIDE: Final = 4
# What shares a single sample shares a phrase, unless it is that short.
TWO: Final = 2
# A story goes round within days. What is told on more days than these is a formula.
DAYS: Final = 8
_HELD = 1000

Pair = tuple[int, int]


def sampled(text: str) -> array[int]:
    """Samples of the account of a text, by which the texts worth comparing are found."""
    return sample(account_of(text).words)


@dataclass(frozen=True, slots=True)
class _Read:
    """An account with its runs."""

    account: Account
    runs: frozenset[int]


class Copies:
    """Adds reports to what is kept and takes them away; `report_of` gives one by its number, text and all."""

    def __init__(self, report_of: Callable[[int], Report], texts: Texts | None = None) -> None:
        self._texts = texts or Texts()
        self._report_of = report_of
        self._account = lru_cache(_HELD)(self._read)
        self._weighed = lru_cache(_HELD)(self._without_formulas)
        self._versions = Versions(self._texts)

    # ---- reports come and go ----

    def add(self, samples: Mapping[int, array[int]]) -> None:
        """Tie reports, given by the samples of their accounts, to those that they have a text in common with."""
        texts = self._texts
        fresh: dict[int, list[int]] = defaultdict(list)
        for number, runs in samples.items():
            own = Sample(place_of(self._report_of(number)), runs)
            texts.samples[number], texts.ties[number] = own, {}
            self._versions.touch(number)
            for run in own.runs:
                fresh[run].append(number)
        shared, doubtful = self._put(fresh)
        near: set[Pair] = set()
        for run in shared:
            for number in fresh[run]:
                before, after = self._beside(run, number)
                near.update((min(number, other), max(number, other)) for other in (*before, *after))
        for left, right in doubtful:
            tie = self._tie_of(left, right) if self._are_near(left, right) else None
            if tie != texts.ties[left].get(right):
                self._untie(left, right)
                if tie:
                    near.add((left, right))
        self._compare(near)

    def _put(self, fresh: Mapping[int, Sequence[int]]) -> tuple[list[int], set[Pair]]:
        """Put reports under their runs; returns the runs that others have too, which few are.

        And ties that perhaps don't hold, for a run of theirs is a formula now.
        """
        texts, shared, doubtful = self._texts, list[int](), set[Pair]()
        for run, numbers in fresh.items():
            parted = run not in texts.formulas and len(texts.keys.after(run, FIRST, 2)) == 2
            for number in numbers:
                place = texts.samples[number].place
                if parted:  # one after the other: of many that come between two at once none need be beside both
                    before, after = texts.keys.before(run, place, BESIDE), texts.keys.after(run, place, BESIDE)
                    doubtful.update((a, b) for _, a in before for _, b in after if b in texts.ties[a])
                texts.keys.put(run, place, number)
            if len(texts.keys.after(run, FIRST, 2)) < 2:
                continue
            shared.append(run)
            if run not in texts.formulas and self._is_formula(run):
                texts.formulas[run] = True
                # Of two texts that have it, one may have it among its samples and the other not.
                doubtful.update((min(a, b), max(a, b)) for a in self._owners(run) for b in texts.ties[a])
        self._weighed.cache_clear()
        return shared, doubtful

    def remove(self, numbers: Iterable[int]) -> None:
        """Take reports away, as if they had never been there."""
        texts = self._texts
        for number in numbers:
            for other in list(texts.ties[number]):
                self._untie(number, other)
            own = texts.samples[number]
            for run in own.runs:
                texts.keys.drop(run, own.place, number)
            del texts.samples[number], texts.ties[number]
            self._versions.drop(number)
            self._account.cache_clear()
            self._weighed.cache_clear()
            self._compare({pair for run in own.runs for pair in self._closer(run, own.place)})

    def _closer(self, run: int, place: Place) -> Iterable[Pair]:
        """The pairs that may be tied since a report at a place is gone: they stand nearer, or a run is no formula."""
        texts = self._texts
        if run not in texts.formulas:
            before, after = texts.keys.before(run, place, BESIDE), texts.keys.after(run, place, BESIDE)
            ends = zip(before, islice(after, BESIDE - len(before), None), strict=False)
            return [(min(a, b), max(a, b)) for (_, a), (_, b) in ends]
        if self._is_formula(run):
            return []
        del texts.formulas[run]
        self._weighed.cache_clear()
        owners, closer = self._owners(run), set[Pair]()
        for one in owners:
            near = {other for its in texts.samples[one].runs for some in self._beside(its, one) for other in some}
            closer.update((min(one, other), max(one, other)) for other in near & owners)
        return closer

    # ---- who is near whom ----

    def _beside(self, run: int, number: int) -> tuple[list[int], list[int]]:
        """The reports before and after one that have a run too; none under a formula."""
        if run in self._texts.formulas:
            return [], []
        place = self._texts.samples[number].place
        before = [other for _, other in self._texts.keys.before(run, place, BESIDE)]
        after = [other for _, other in self._texts.keys.after(run, place, BESIDE + 1) if other != number]
        return before, after

    def _are_near(self, left: int, right: int) -> bool:
        common = set(self._texts.samples[left].runs).intersection(self._texts.samples[right].runs)
        return any(right in some for run in common for some in self._beside(run, left))

    def _is_formula(self, run: int) -> bool:
        """True where reports of more than DAYS days have a run."""
        place = FIRST
        for _ in range(DAYS + 1):
            found = self._texts.keys.after(run, place, 1)
            if not found:
                return False
            place = found[0][0][:DAY] + b"\xff" * 16
        return True

    def _owners(self, run: int) -> set[int]:
        keys, found, place = self._texts.keys, set[int](), FIRST
        while some := keys.after(run, place, _HELD):
            found.update(number for _, number in some)
            place = some[-1][0] + b"\0"
        return found

    def regroup(self) -> dict[int, int | None]:
        """The reports whose version is another since the last time, with its name, None for one of no other."""
        return self._versions.regroup()

    # ---- which of them have one text behind them ----

    def _compare(self, pairs: Iterable[Pair]) -> None:
        """Tie those of some pairs that have one text behind them, in the order of days, so that few are read twice."""
        texts = self._texts
        ordered = sorted((texts.samples[left].place, texts.samples[right].place, left, right) for left, right in pairs)
        for _, _, left, right in ordered:
            if right not in texts.ties[left] and (tie := self._tie_of(left, right)):
                texts.ties[left] = {**texts.ties[left], right: tie}
                texts.ties[right] = {**texts.ties[right], left: tie}
                self._versions.touch(left, right)

    def _untie(self, left: int, right: int) -> None:
        texts = self._texts
        for one, other in ((left, right), (right, left)):
            texts.ties[one] = {number: tie for number, tie in texts.ties[one].items() if number != other}
        self._versions.touch(left, right, parted=True)

    def _tie_of(self, left: int, right: int) -> Tie | None:
        """The tie of two that are near, if any; it depends on these and on what is a formula."""
        samples = [set(self._texts.samples[number].runs) for number in (left, right)]
        if len(samples[0] & samples[1]) < min(TWO, *map(len, samples)):
            return None
        runs = [self._account(number).runs for number in (left, right)]
        if len(runs[0] & runs[1]) < min(RUNS, *map(len, runs)):
            return None
        one, other = sorted((self._report_of(left), self._report_of(right)), key=lambda report: report.id)
        if one.id != self._report_of(left).id:
            left, right = right, left
        accounts = self._weighed(left), self._weighed(right)
        common = shared(*accounts)
        if not _is_one_text(common, one, other) or _is_beside_the_story((one, other), accounts):
            return None
        if len(accounts[1].words) < len(accounts[0].words):
            left, right = right, left
        copy, version = (common.words >= HALF * size for size in (common.shorter, common.longer))
        return Tie(common.words, left, right, copy, version)

    def _read(self, number: int) -> _Read:
        account = account_of(self._report_of(number).text)
        return _Read(account, frozenset(runs_of(account.words)))

    def _without_formulas(self, number: int) -> Account:
        common = {run for run in self._texts.samples[number].runs if run in self._texts.formulas}
        return without_formulas(self._account(number).account, common)


def _is_one_text(common: Shared, left: Report, right: Report) -> bool:
    """True where what two accounts share can't have come about otherwise."""
    one_desk = left.publisher is not None and left.publisher == right.publisher
    enough = common.shorter >= FEWEST or 0 < common.words == common.longer
    return common.told >= TOLD * (DESK if one_desk else 1) or (enough and common.words >= MOST * common.shorter)


def _is_beside_the_story(reports: Sequence[Report], accounts: Sequence[Account]) -> bool:
    """True where neither text tells of its own headline, and these differ: what is shared is the site's."""
    if reports[0].title == reports[1].title:
        return False
    return all(strays(report.title, account) for report, account in zip(reports, accounts, strict=True))
