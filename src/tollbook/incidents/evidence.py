"""What the words of whole reports say about being of one event: rare words, names and headline words that two share.

Input: reports. Output: for each a unit vector of its words weighted by rarity, so that the likeness of two reports is
a sum over shared words. Two that both name "Brinholt" and "Varlow" are likely of one event; "police" says nothing.
"""

from __future__ import annotations

import calendar
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from sys import intern

from tollbook.model import PlaceMention, Report
from tollbook.text import fold, is_shouted

_WORD = re.compile(r"[^\W_](?:[\w’']*\w)?")
_NAME = re.compile(r"(?=\b([A-Z][a-z][\w’'-]*\s[A-Z][\w’'-]*[a-z])\b)")
# A capital that no stop, quotation mark or line start explains.
_CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z][a-z][\w’'-]*[a-z]\b")
_SMALL = re.compile(r"\b[a-z][\w’'-]*[a-z]\b")
# A word of more than this share of the reports tells none from another; below this many reports all words count.
COMMON = 0.2
FEW = 8
# The words of a title count this much more.
TITLE = 2
# Only so many of a report's rarest words are compared: the likeness hardly changes beyond, the time does.
MOST = 200

# A line up to so long that two reports of one publisher share is the house's own.
HOUSE_LINE = 60

# The collection is weighed as if so many other reports stood around it: in a small one all names are common.
BACKGROUND = 50
# The weight of a name that two reports in a thousand share is 1.
RAREST = 6.0
# A name is written with a capital this many times as often as without.
CAPITALS = 3
CALENDAR = frozenset(fold(name) for name in (*calendar.day_name, *calendar.month_name, *calendar.month_abbr, "sept"))

Vector = dict[str, float]
Words = tuple[list[str], list[str]]


def without_house_lines(reports: Sequence[Report]) -> list[Report]:
    """The reports without the short lines that one publisher sets over many: "Joint Desk North", "For Release"."""
    lines = [_lines(report) for report in reports]
    spread = Counter((report.publisher, line) for report, own in zip(reports, lines, strict=True) for line in set(own))
    return [
        replace(report, text="\n".join(line for line in own if not _is_house(report.publisher, line, spread)))
        if report.publisher is not None and any(_is_house(report.publisher, line, spread) for line in own)
        else report
        for report, own in zip(reports, lines, strict=True)
    ]


def _lines(report: Report) -> list[str]:
    return [line.strip() for line in report.text.splitlines()]


def _is_house(publisher: str | None, line: str, spread: Mapping[tuple[str | None, str], int]) -> bool:
    return 0 < len(line) <= HOUSE_LINE and spread[publisher, line] > 1


def vectors(reports: Sequence[Words]) -> list[Vector]:
    """A unit vector of words for each report, given by its words."""
    counts = [_counted(words) for words in reports]
    spread = Counter(chain.from_iterable(counts))
    limit = max(FEW, COMMON * len(reports))
    total = len(reports) + 1
    made = []
    for words in counts:
        weight = {
            word: (1 + math.log(n)) * math.log(total / spread[word])
            for word, n in words.items()
            if spread[word] > 1 and (spread[word] <= limit)
        }
        top = sorted(weight, key=lambda word: (-weight[word], word))[:MOST]
        length = math.sqrt(sum(weight[word] ** 2 for word in top)) or 1.0
        made.append({word: weight[word] / length for word in top})
    return made


def words_of(reports: Sequence[Report]) -> list[Words]:
    """The words of each report's title and of its text; one word is held once for all reports."""
    return [(_words(report.title or ""), _words(report.text)) for report in reports]


def _words(text: str) -> list[str]:
    return list(map(intern, _WORD.findall(fold(text))))


def _counted(words: Words) -> Counter[str]:
    title, text = words
    counts = Counter(text)
    for word in title:
        counts[word] += TITLE
    return counts


def likeness(left: Vector, right: Vector) -> float:
    """The cosine of two reports' words, 0 to 1."""
    if len(right) < len(left):
        left, right = right, left
    return sum(weight * right.get(word, 0.0) for word, weight in left.items())


def names(reports: Sequence[Report], words: Sequence[Words]) -> list[dict[str, float]]:
    """The names in each report that some others share, each with a weight that grows as fewer reports hold it.

    A word is a name where the collection writes it with a capital that no sentence start explains, far more often than
    without; so a text in capitals shows its names too. Two such words in a row are a name of their own.
    """
    proper = _proper(reports)
    found = [_named(title, text, proper) for title, text in words]
    spread = Counter(chain.from_iterable(found))
    total = len(reports) + BACKGROUND
    weight = {name: math.log(total / n) / RAREST for name, n in spread.items() if n > 1}
    return [{name: weight[name] for name in sorted(own) if name in weight} for own in found]


def without_places(named: Mapping[str, float], places: Sequence[PlaceMention]) -> dict[str, float]:
    """The names of a report but for those of its places, which count where places are compared ("Upper Orne")."""
    said = {word for place in places for word in _WORD.findall(fold(place.said))}
    return {name: weight for name, weight in named.items() if not said.issuperset(name.split())}


def _proper(reports: Sequence[Report]) -> frozenset[str]:
    """The words that the collection knows as names."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for report in reports:
        if not is_shouted(report.text):
            capital.update(fold(word) for word in _CAPITAL.findall(report.text))
            small.update(_SMALL.findall(report.text))
    return frozenset(word for word, n in capital.items() if n > CAPITALS * small[word] and word not in CALENDAR)


def _named(title: Sequence[str], text: Sequence[str], proper: frozenset[str]) -> set[str]:
    words = [*title, *text]
    found = proper.intersection(words)
    found |= {f"{a} {b}" for a, b in pairwise(words) if a in proper and b in proper}
    return set(map(intern, found))
