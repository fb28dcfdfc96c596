"""Numbers of a report swapped for near ones of the same kind, by a map that never turns their order round.

Input: a text. Output: its numerals with their values, and a strictly increasing map of the values: digits stay digits
with the same grouping and roundness, words stay words, so that "30 of the 80 wounded" may be "40 of the 110 wounded".
0, 1, 2, "a hundred" and the like stay, and with them agreement in number; ages, times, durations, addresses, ordinals
and numbers in names stay too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass

from swap_text import Layer, like

UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
SUFFIXES = {"m": 1_000_000, "bn": 1_000_000_000, "k": 1_000}
_SMALL = "|".join(sorted([*UNITS, *TENS], key=len, reverse=True))
_SCALE = "|".join(SCALES)
_DIGITS = re.compile(
    r"(?<![\w.,:/#])(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?(?:(?P<suffix>bn|m|k)\b|\s+(?P<scale>"
    + _SCALE
    + r")\b)?"
    r"(?![\d:/]|,\d{3}|[A-Za-z])",
    re.I,
)
_WORDS = re.compile(
    rf"\b(?:an?\s+|half\s+an?\s+)?(?:{_SMALL}|{_SCALE})(?:(?:\s+and\s+|[\s-]+)(?:{_SMALL}|{_SCALE}))*\b", re.I
)
_DURATION = re.compile(
    r"[\s-]+(?:(?:straight|long|consecutive|more|other|or|to|and|\d+)[\s-]+)*"
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|weekends?|months?|years?|yrs?|decades?|centur\w+|anniversary)\b|\s*o'clock",
    re.I,
)
_CLOCK = re.compile(r"(?:[-–]\d+)?\s?(?:[ap]\.?\s?m\b|GMT\b|hours\b|hrs\b)", re.I)
_AGE = re.compile(r"(?:\bages?|\baged|\bage\s+from)\b[^.;]{0,25}$", re.I)
_LISTED = re.compile(r"(?:^|\n)\s*$")
_NUMBERED = re.compile(
    r"(?:\b(?:Highway|Route|Interstate|Channel|Resolution|Article|Flight|No|Number|Room|Section|Part|Chapter|Area|Group|Pier|"
    r"Unit|Division|Battalion|Brigade|Regiment|Page|Street|Hwy|CBS|NBC|ABC|FOX|KOB|TV|US|NEWS|Kentucky|Law|Decree|call(?:ed)?|at\s+least\s+aged)"
    r"\.?\s+)$",
    re.I,
)
_PLACE = re.compile(
    r"(?:\s+block\b|(?:\s+[NSEW]\.?)?\s+(?:[A-Z][\w.]+\s+){1,2}(?:St|Ave|Rd|Dr|Blvd|Ln|Street|Avenue|Lane|Road|Drive|Boulevard|Court|Way)\b|\s+\d+(?:th|st|nd|rd)\b)"
)
_PHONE = re.compile(r"(?:\(\d{3}\)|\b\d{3}-?)\s*\d{3}-\d{4}\b|\b911\b|\b9/11\b|\b\d{2,6}(?= \(\w+ME)", re.I)
_MOST = 150  # choices for one number
_FRACTION = re.compile(r"[\s-]+(?:thirds?|quarters?|fourths?|fifths?|tenths?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: `head` is what may change, `unit` what one of it counts, `fixed` that it stays."""

    start: int
    end: int
    head: float
    unit: int
    words: bool
    fixed: bool

    @property
    def value(self) -> float:
        return self.head * self.unit


def find(layer: Layer) -> list[Numeral]:
    """The numerals of a text that nothing else has claimed, those that must stay left out or `fixed`."""
    text, found = layer.text, []
    scales = set()  # where the "million" of "1.7 million" begins: no number of its own
    for match in _PHONE.finditer(text):
        layer.keep(match.start(), match.end())
    for match in _DIGITS.finditer(text):
        if not layer.free(match.start(), match.end()) or _spared(text, match.start(), match.end(), digits=True):
            continue
        unit = SCALES.get((match["scale"] or "").lower(), SUFFIXES.get((match["suffix"] or "").lower(), 1))
        head = float(match["number"].replace(",", "") + (match["part"] or ""))
        end = match.end("part") if match["part"] else match.end("number")
        fixed = (head < 3 and not match["part"]) or (bool(match["part"]) and unit == 1)
        found.append(Numeral(match.start(), end, head, unit, False, fixed))
        scales.add(match.start("scale"))
    for match in _WORDS.finditer(text):
        if match.start() in scales or not layer.free(match.start(), match.end()):
            continue
        if not _spared(text, match.start(), match.end(), digits=False):
            found.append(_worded(match))
    return sorted(found, key=lambda one: one.start)


def _spared(text: str, start: int, end: int, *, digits: bool) -> bool:
    """Whether a number is a part of a time, an age, an address, a fraction, a name or a numbered list."""
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if _DURATION.match(after) or _FRACTION.match(after) or _AGE.search(before):
        return True
    if not digits:
        return False
    if re.search(r"\w['’)]?,\s*$", before) and re.match(r"\s*[,;.)]|\s+of\b", after) and 0 < end - start < 4:
        return True  # "Hacker, 43, of"
    if (
        _CLOCK.match(after)
        or _NUMBERED.search(before)
        or _PLACE.match(after)
        or (text[start] == "0" and end - start > 1)
    ):
        return True
    if re.match(r"[.)]\s", after) and _LISTED.search(before):
        return True
    return (bool(re.search(r"\bas\s+of\s+$|\bat\s+$|[A-Za-z]-$", before, re.I)) and end - start in (3, 4)) or bool(
        re.match(r"-\d", after) and re.match(r"-\d+-|-\d+\s+\d+(?:th|st|nd|rd)", after)
    )


def _worded(match: re.Match[str]) -> Numeral:
    """A number in words: "seven", "forty-two", "three thousand" may change, what is put together otherwise stays."""
    words = [word for word in re.split(r"[\s-]+", match[0].lower()) if word != "and"]
    if words[0] in ("a", "an", "half") or words[0] in SCALES:
        return Numeral(match.start(), match.end(), _total(words), 1, True, True)
    scales = [word for word in words if word in SCALES]
    small = [word for word in words if word not in SCALES]
    simple = len(small) == 1 or (len(small) == 2 and small[0] in TENS and small[1] in UNITS[1:10])
    if not simple or len(scales) > 1 or (scales and words[-1] != scales[0]):
        return Numeral(match.start(), match.end(), _total(words), 1, True, True)
    head, unit = _total(small), SCALES[scales[0]] if scales else 1
    end = match.start() + match[0].lower().rindex(small[-1]) + len(small[-1])
    return Numeral(match.start(), end, head, unit, True, head < 3)


def _total(words: Iterable[str]) -> float:
    """What words add up to: "a hundred and six" is 106, "half a million" 500,000."""
    total = current = 0.0
    half = False
    for word in words:
        if word in SCALES:
            current = (current or 1) * SCALES[word]
            if SCALES[word] >= 1_000:
                total, current = total + current, 0.0
        elif word == "half":
            half = True
        elif word in UNITS:
            current += UNITS.index(word)
        elif word in TENS:
            current += 10 * (TENS.index(word) + 2)
    return (total + current) * (0.5 if half else 1)


def _near(head: float) -> list[float]:
    """Heads of the same kind near one: as many digits, as round, within half and double."""
    if head != int(head):
        return [
            round(head + step / 10, 1)
            for step in range(-9, 10)
            if (head + step / 10) % 1 > 0.05 and head / 2 <= head + step / 10 <= 2 * head
        ]
    step = 1
    while int(head) % (10 * step) == 0 and int(head):
        step *= 10
    low, high = int(head) // 2, 2 * int(head)
    step_by = step * max(1, (high - low) // (step * _MOST))
    near = range(int(head) - step_by * ((int(head) - low) // step_by), high + 1, step_by)
    return [
        float(n) for n in near if n >= 3 and len(str(n)) == len(str(int(head))) and low <= n <= high and n % (10 * step)
    ]


def draw(numerals: Iterable[Numeral], rng: random.Random) -> dict[float, float]:
    """A strictly increasing map of the values; a value that is anywhere said in a form that stays keeps its own."""
    choices: dict[float, set[float]] = {}
    for one in numerals:
        own = {one.value} if one.fixed else {round(head * one.unit, 6) for head in _near(one.head)} | {one.value}
        choices[one.value] = choices.get(one.value, own) & own
    values = sorted(choices)
    ceiling, top = {}, float("inf")
    for value in reversed(values):
        top = max(choice for choice in choices[value] if choice < top)
        ceiling[value] = top
    drawn, floor = {}, -1.0
    for value in values:
        fitting = sorted(choice for choice in choices[value] if floor < choice <= ceiling[value])
        other = [choice for choice in fitting if choice != value]
        floor = drawn[value] = rng.choice(other or fitting)
    return drawn


def edit(layer: Layer, table: dict[float, float]) -> None:
    """Write the new numbers of a text."""
    for one in find(layer):
        new = table.get(one.value, one.value)
        old = layer.text[one.start : one.end]
        if one.fixed or new == one.value:
            layer.put(one.start, one.end, old, one.value)
        else:
            layer.put(one.start, one.end, _written(old, new / one.unit, words=one.words), one.value)


def _written(old: str, head: float, *, words: bool) -> str:
    if not words:
        if "." in old:
            return f"{head:.{len(old.partition('.')[2])}f}"
        return f"{round(head):,}" if "," in old else str(round(head))
    number = round(head)
    tens, ones = divmod(number, 10)
    joint = "-" if "-" in old or not re.search(r"\s", old) else " "
    word = UNITS[number] if number < 20 else TENS[tens - 2] + (joint + UNITS[ones] if ones else "")
    return like(old, word)
