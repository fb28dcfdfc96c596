"""A rule set of a user's own, as data: what words mean, which claims count, how low, best and high are picked.

Input: a `Method`, read from a small TOML file (`ownfile`); output: a `RuleSet` like those that come with tollbook. With
`[words] dozens = 24`, `[claims] parties = 2` and `[figures] low = "lowest"`, of "34" by two parties and "38" by one the
38 is set aside and 34 is the low. Every list of choices is here, so that the file, its errors and the docs agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from tollbook.findings import words
from tollbook.findings.apart import agree
from tollbook.findings.cases import Stated
from tollbook.findings.intervals import Interval, position
from tollbook.findings.rules import shared
from tollbook.findings.ruleset import Case, Figures, Meaning, RuleSet
from tollbook.model import Bound, Number, Quantity, SetAside
from tollbook.values import dataclass

Meant = tuple[Number, Number | None]

# What a bound may mean: as the words have it, the number in them alone, or no figure at all.
AS_SAID, NUMBER, NOTHING = "as said", "number", "nothing"
BOUNDS = {
    "at_least": (Bound.AT_LEAST,),
    "more_than": (Bound.MORE_THAN,),
    "about": (Bound.ABOUT,),
    "at_most": (Bound.AT_MOST, Bound.LESS_THAN),
    "range": (Bound.RANGE,),
}


@dataclass(frozen=True, slots=True)
class Method:
    """What a file says; see docs/rules.md for each entry."""

    name: str
    version: int
    about: str
    source: str = ""
    measures: frozenset[str] = frozenset()
    words: Mapping[str, Meant | None] = field(default_factory=dict)
    unlisted: str = AS_SAID
    bounds: Mapping[str, str] = field(default_factory=dict)
    parties: int = 1
    independent: bool = False
    without_parties: frozenset[str] = frozenset()
    without_kinds: frozenset[str] = frozenset()
    kinds_first: frozenset[str] = frozenset()
    numbers_first: bool = False
    without_outgrown: bool = False
    grades: tuple[str, ...] = ()
    low: str = "lowest"
    best: tuple[str, ...] = ()
    high: str = "highest"
    fewer_parties_than: int = 0
    conflict: bool = False
    open_end: bool = False

    @property
    def id(self) -> str:
        return f"{self.name}@{self.version}"


def rule_set(method: Method, *, file: str, sha256: str, told: str) -> RuleSet:
    """The method as a rule set, with the file it is from, the hash of that file and its text."""
    return RuleSet(
        method.name, method.version, method.about,
        lambda quantity: _read(method, quantity), lambda case: _decide(method, case),
        lambda measure: not method.measures or measure in method.measures, source=file, sha256=sha256, told=told,
    )  # fmt: skip


# ---- words and bounds ----


def _read(method: Method, quantity: Quantity) -> Meaning:
    """A quantity as the file has it; what it makes nothing of is read as said, and left out when it is decided."""
    reach = Interval.reaching(quantity, shared.TOLERANCE)
    listed = method.words.get(plain(quantity.word or ""))
    if listed is not None:
        low, high = listed
        meant = Interval(low, high)
        top = None if high is None or reach.high is None else max(high, reach.high)
        return Meaning(meant, Interval(min(low, reach.low), top), low if meant.is_point else None)
    if _bound(method, quantity) == NUMBER:
        return shared.as_number(quantity, quantity.low if quantity.bound is Bound.RANGE else quantity.value)
    point = shared.number_said(quantity)
    stated = Interval(point) if quantity.bound is Bound.MORE_THAN and point is not None else Interval.of(quantity)
    return Meaning(stated, reach, point)


def plain(word: str) -> str:
    """A word as the table has it: "A large  number" is "large number"."""
    return " ".join(word.lower().split()).removeprefix("a ").removeprefix("an ").removeprefix("the ")


def _bound(method: Method, quantity: Quantity) -> str:
    name = next((name for name, bounds in BOUNDS.items() if quantity.bound in bounds), "")
    return method.bounds.get(name, AS_SAID)


def _is_nothing(method: Method, quantity: Quantity) -> bool:
    """True where the file says that words like these are no figure."""
    if quantity.word is not None and quantity.value is None:
        word = plain(quantity.word)
        return method.words[word] is None if word in method.words else method.unlisted == NOTHING
    return _bound(method, quantity) == NOTHING


# ---- which claims count ----


def _kind(one: Stated) -> str:
    return one.claim.attribution[0].kind if one.claim.attribution else "publisher"


def _why_not(method: Method, one: Stated, case: Case) -> str | None:
    """Why a claim does not count, whatever the others say; None where it does."""
    if _is_nothing(method, one.quantity):
        return f"{method.id} takes “{one.claim.said}” for no figure"
    if one.voice.party in method.without_parties or one.voice.name in method.without_parties:
        return f"{method.id} leaves out {one.voice.name}"
    if _kind(one) in method.without_kinds:
        return f"{method.id} leaves out sources of the kind: {_kind(one)}"
    grade = case.graded.get(one.claim.id) or (case.grade.grade if case.grade else None) or "none"
    if method.grades and grade not in method.grades:
        return f"{method.id} takes what is graded {words.listed(method.grades)}; this is graded {grade}"
    return None


def _is_number(one: Stated) -> bool:
    return one.quantity.bound is not Bound.VAGUE


def _counting(method: Method, case: Case) -> tuple[list[Stated], list[SetAside]]:
    """The totals that count, and those that don't with the reason."""
    kept: list[Stated] = []
    aside: list[SetAside] = []
    for one in case.standing:
        why = _why_not(method, one, case)
        if why is None:
            kept.append(one)
        else:
            aside += _aside([one], why)
    for first, why in (
        ([one for one in kept if _kind(one) in method.kinds_first], "a source of a kind taken first gives a figure"),
        ([one for one in kept if method.numbers_first and _is_number(one)], "somebody gives a number"),
    ):
        if first:
            aside += _aside([one for one in kept if one not in first], f"{method.id} leaves it out where {why}")
            kept = first
    if method.without_outgrown:
        now = shared.current(kept)
        gone = [one for one in kept if one not in now]
        aside += _aside(gone, f"{method.id} leaves out counts of the first days that were outgrown")
        kept = now
    if method.parties > 1:
        backed = shared.behind(kept)
        several = [one for one in kept if one.point is not None and len(backed[one.point]) >= method.parties]
        lone = [one for one in kept if one not in several]
        aside += _aside(lone, f"{method.id} asks for {method.parties} parties that give the same number")
        kept = several
    if method.independent:
        apart = {number for number in shared.behind(kept) if agree(one for one in kept if one.point == number)}
        aside += _aside(
            [one for one in kept if one.point not in apart],
            f"{method.id} asks for two that are known to speak each for itself",
        )
        kept = [one for one in kept if one.point in apart]
    return kept, aside


def _aside(some: Sequence[Stated], why: str) -> list[SetAside]:
    return [SetAside(claim, why) for one in some for claim in one.ids]


# ---- what is picked ----

Pick = Callable[[Sequence[Stated]], Number | None]


def _only(some: Sequence[Stated]) -> Number | None:
    numbers = list(shared.behind(some))
    return numbers[0] if len(numbers) == 1 else None


def _majority(some: Sequence[Stated]) -> Number | None:
    """The number that strictly more parties give than any other, two at least."""
    numbers, backed = shared.most(some), shared.behind(some)
    return numbers[0] if len(numbers) == 1 and len(backed[numbers[0]]) > 1 else None


_NUMBERS: dict[str, tuple[Pick, str]] = {
    "only": (_only, "the one number given"),
    "latest": (lambda some: _only(shared.latest(some)), "the one number of the last day"),
    "majority": (_majority, "what more parties give than any other"),
    "lowest": (lambda some: min(shared.behind(some), default=None), "the lowest number"),
    "highest": (lambda some: max(shared.behind(some), default=None), "the highest number"),
}
BEST = tuple(_NUMBERS)


def _hull(some: Sequence[Stated]) -> Interval:
    """The lowest and the highest end; open where one is."""
    tops = [one.interval.high for one in some if one.interval.high is not None]
    return Interval(min(one.interval.low for one in some), max(tops) if len(tops) == len(some) else None)


_ENDS: dict[str, tuple[Callable[[Sequence[Stated]], Interval], str]] = {
    "lowest": (_hull, "the lowest"),
    "highest": (_hull, "the highest"),
    "latest": (lambda some: _hull(shared.latest(some)), "of the last day"),
    "fitting": (lambda some: position(one.interval for one in some), "what fits together, as in range@1"),
}
LOW, HIGH = ("lowest", "latest", "fitting", "best", "none"), ("highest", "latest", "fitting", "best", "none")


def _decide(method: Method, case: Case) -> Figures:
    """Low, best and high of the claims that count; no figure where the file refuses one."""
    if not case.standing:
        return _from_parts(method, case)
    kept, aside = _counting(method, case)
    why = _refusal(method, case, kept)
    if why is not None:
        found = shared.refused(method.id, why)
        return Figures(None, None, None, found.steps, tuple(aside))
    best, how = _best(method, kept)
    low = _end(method.low, kept, best, top=False)
    high = _end(method.high, kept, best, top=True)
    steps = [f"{method.id}: {_told(method, low, high)}."]
    if method.best:
        steps.append(
            f"{method.id}: best is {words.number(best)}, {how}." if best is not None else f"{method.id}: {how}."
        )
    if best is not None:
        held = (None if low is None else min(low, best), None if high is None else max(high, best))
        if held != (low, high):
            steps.append(f"{method.id}: the ends are widened to hold the best.")
        low, high = held
    if low is not None and high is not None and low > high:
        low, high = high, low  # the low of what fits, above the high of the last day
    return Figures(low, best, high, tuple(steps), tuple(aside))


def _best(method: Method, kept: Sequence[Stated]) -> tuple[Number | None, str]:
    """The first way that gives one number; "at least 30" is no rival of 34."""
    firm = shared.firm(kept)
    for name in method.best:
        pick, how = _NUMBERS[name]
        number = pick(firm)
        if number is not None:
            return number, how
    return None, f"no best by {words.listed(method.best)}" if method.best else ""


def _end(name: str, kept: Sequence[Stated], best: Number | None, *, top: bool) -> Number | None:
    if name == "none":
        return None
    if name == "best" and best is not None:
        return best
    ends, _ = _ENDS["highest" if name == "best" else name]
    found = ends(kept)
    return found.high if top else found.low


def _told(method: Method, low: Number | None, high: Number | None) -> str:
    least = "no low" if low is None else f"low {words.number(low)} ({method.low})"
    open_top = "no high" if method.high == "none" else f"no upper end ({method.high})"
    return f"{least}, {open_top if high is None else f'high {words.number(high)} ({method.high})'}"


def _refusal(method: Method, case: Case, kept: Sequence[Stated]) -> str | None:
    """Why there is no figure; None where there is one."""
    if not kept:
        return "none of the claims counts"
    parties = {one.voice.party for one in kept}
    if len(parties) < method.fewer_parties_than:
        return f"fewer than {method.fewer_parties_than} parties give one"
    if method.conflict and case.conflicts.count:
        return "the figures contradict each other"
    if method.open_end and _hull(kept).high is None:
        return "a figure has no upper end"
    return None


def _from_parts(method: Method, case: Case) -> Figures:
    """Where nobody gives the whole: the parts that count bound it from below."""
    refused = [(part, why) for part in case.parts for one in part.stated if (why := _why_not(method, one, case))]
    out = {id(part) for part, _ in refused}
    aside = tuple(each for part, why in refused for each in _aside(part.stated, why))
    left = [part for part in case.parts if id(part) not in out]
    enough = method.parties == 1 and method.fewer_parties_than < 2 and not method.open_end
    if not left or not enough:
        why = "no claim of the whole counts" if case.parts else "no claim stands"
        return Figures(None, None, None, (f"{method.id}: no figure, since {why}.",), aside)
    low = left[0].low
    step = f"{method.id}: nobody gives a figure for {case.group}; its parts make it {words.number(low)} or more."
    return Figures(None if method.low == "none" else low, None, None, (step,), aside)
