"""Count in how many reports of news each word stands, for `lexicon/en/rarity.txt`.

    python tools/count_words.py OUT DATA...

OUT is the file to write; each DATA is a JSON-lines file of one kind of news (`text`, `title`, and `gold` with an
`incident_id` where several reports are of one event: they count once). A word's share is that of the kind of news
where it is most at home, for "gunman" tells nothing between two reports of shootings, however rare elsewhere; a word
of fewer than FEWEST events is left out, and with it almost every private person's name.
"""

from __future__ import annotations

import json
import math
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from tollbook.incidents.evidence import CAPITAL, SMALL, words_of  # noqa: E402
from tollbook.text import fold, is_shouted  # noqa: E402

FEWEST = 4
# A word is a name where it stands with a capital, explained by no stop, this many times as often as without.
CAPITALS, SURE = 3, 3
WIDTH = 114


def events(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The reports of each event of a file, a report without one being its own."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").strip().split("\n"):
        row = json.loads(line)
        if row.get("primary", True):
            found[_event(row)].append(row)
    return found


def _event(row: dict[str, Any]) -> str:
    incidents = (row.get("gold") or {}).get("incidents") or [{}]
    return str(incidents[0].get("incident_id") or row["id"]) if len(incidents) == 1 else str(row["id"])


def shares(paths: list[Path]) -> dict[str, float]:
    """For each word the share of events that tell it, in the file where that is the largest."""
    found: dict[str, float] = {}
    for path in paths:
        told = events(path)
        spread = Counter(word for reports in told.values() for word in {w for row in reports for w in _words(row)})
        for word, n in spread.items():
            if n >= FEWEST and not word.isdigit():
                found[word] = max(found.get(word, 0.0), n / len(told))
    return found


def _words(row: dict[str, Any]) -> Iterator[str]:
    for text in (row["text"], row.get("title") or ""):
        yield from words_of(text)


def names(paths: list[Path]) -> set[str]:
    """The words that these texts write with a capital."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for path in paths:
        for row in (row for reports in events(path).values() for row in reports):
            if not is_shouted(row["text"]):
                capital.update({fold(word) for word in CAPITAL.findall(row["text"])})
                small.update(set(SMALL.findall(row["text"])))
    return {word for word, n in capital.items() if n >= SURE and n > CAPITALS * small[word]}


def main() -> int:
    if len(sys.argv) < 3:
        print(__doc__)
        return 2
    out, paths = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
    proper = names(paths)
    classes: dict[int, list[str]] = defaultdict(list)
    for word, share in shares(paths).items():
        classes[round(-2 * math.log2(share))].append(word.capitalize() if word in proper else word)
    lines = [
        "# Made by tools/count_words.py: how rare words are in news. A word of class n stands in one report of",
        "# 2^(n/2), in the kind of news where it is most at home; a name has a capital. What isn't here is rarer.",
    ]
    for rarity in sorted(classes):
        lines += [f"{rarity}: {line}" for line in textwrap.wrap(" ".join(sorted(classes[rarity])), WIDTH)]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{sum(map(len, classes.values()))} words in {len(classes)} classes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
