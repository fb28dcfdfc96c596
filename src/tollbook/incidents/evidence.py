"""What the words of whole reports say about being of one event: rare words, names and headline words that two share.

Input: reports. Output: for each a unit vector of its words weighted by rarity, so that the likeness of two reports is
a sum over shared words. Two that both name "Brinholt" and "Varlow" are likely of one event; "police" says nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from tollbook.model import Report
from tollbook.text import fold

_WORD = re.compile(r"[^\W_](?:[\w’']*\w)?")
# Two capitalised words in a row: most often a person, a street or a school, and telling as a pair.
_NAME = re.compile(r"(?=\b([A-Z][a-z][\w’'-]*\s[A-Z][\w’'-]*[a-z])\b)")
# A word of more than this share of the reports tells none from another; below this many reports all words count.
COMMON = 0.2
FEW = 8
# The words of a title count this much more.
TITLE = 2
# Only so many of a report's rarest words are compared: the likeness hardly changes beyond, the time does.
MOST = 400

# A name in more reports than this is an outlet's, an office's or a big city's.
RARE = 25

Vector = dict[str, float]


def vectors(reports: Sequence[Report]) -> list[Vector]:
    """A unit vector of words for each report."""
    counts = [_counted(report) for report in reports]
    spread = Counter(word for words in counts for word in words)
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


def _counted(report: Report) -> Counter[str]:
    words = Counter(_WORD.findall(fold(report.text)))
    for word in _WORD.findall(fold(report.title or "")):
        words[word] += TITLE
    return words


def likeness(left: Vector, right: Vector) -> float:
    """The cosine of two reports' words, 0 to 1."""
    if len(right) < len(left):
        left, right = right, left
    return sum(weight * right.get(word, 0.0) for word, weight in left.items())


def names(reports: Sequence[Report]) -> list[frozenset[str]]:
    """The names in each report that some others share, but no more than `RARE` of them."""
    found = [frozenset(" ".join(fold(name).split()) for name in _NAME.findall(report.text)) for report in reports]
    spread = Counter(name for own in found for name in own)
    return [frozenset(name for name in own if 1 < spread[name] <= RARE) for own in found]
