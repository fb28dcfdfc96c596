"""A run's public files held against the sample's expected record: which rows are found, and where they differ.

Spans are compared by their words. Runs of white space count as equal, since a line break in a page or a PDF is the
extractor's. The words of a claim may differ from the record's at their edges and still be the same claim: that is a
difference in `said`, told like any other.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tollbook.model import Report
from tollbook.text import fold

Row = dict[str, Any]
KEYS = (
    "measure", "group", "unit", "value", "low", "high", "bound", "basis", "modality",
)  # fmt: skip


def rows(folder: Path, name: str) -> list[Row]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def spaced(words: str) -> str:
    """A pattern for these words with any white space between them."""
    return r"\s+".join(map(re.escape, words.split()))


def place(row: Row, report: Report) -> tuple[int, int]:
    """Where the quoted words of an expected row stand; they must stand there once."""
    text = (report.title or "") if row.get("part") == "title" else report.text
    hits = list(re.finditer(spaced(row["near"]), text))
    assert len(hits) == 1, f"{row['report']}: {row['near']!r} stands {len(hits)} times"
    inner = list(re.finditer(spaced(row["quote"]), hits[0].group()))
    assert len(inner) == 1, f"{row['report']}: {row['quote']!r} stands {len(inner)} times in {row['near']!r}"
    return hits[0].start() + inner[0].start(), hits[0].start() + inner[0].end()


def name_words(name: str) -> set[str]:
    """The words of a name that tell it apart: no articles, no rank, "Ministry of Health" as "Health Ministry"."""
    return set(re.findall(r"\w+", fold(name))) - {"the", "a", "of", "and", "mr", "colonel"}


def same_name(one: str, other: str) -> bool:
    """True for two forms of one name: all words of the shorter are in the longer ("doctors at Tessavar Hospital")."""
    left, right = sorted((name_words(one), name_words(other)), key=len)
    return bool(left) and left <= right


def same_chain(expected: list[Row], read: list[Row]) -> bool:
    """True where the sources are the same in the same order; a publisher that speaks of itself is one link."""
    names = [link["source"] for link in read]
    if len(names) > 1 and read[-1]["kind"] == "publisher" and name_words(names[-1]) == name_words(names[-2]):
        names.pop()
    wanted = [link["source"] for link in expected]
    return len(names) == len(wanted) and all(map(same_name, wanted, names))


@dataclass
class Comparison:
    """Pairs of expected and read claims, what was missed, and what was read that the record doesn't have."""

    pairs: list[tuple[Row, Row]] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)
    spurious: list[Row] = field(default_factory=list)

    def differences(self, row: Row, read: Row) -> dict[str, tuple[Any, Any]]:
        """The keys in which a read claim differs from the record, with both values."""
        found = {
            key: (row[key], read[key])
            for key in KEYS
            if read[key] != row[key] and (f"{key}_alt" not in row or read[key] != row[f"{key}_alt"])
        }
        if read["said"].split() not in (row["quote"].split(), str(row.get("quote_alt", row["quote"])).split()):
            found["said"] = (row["quote"], read["said"])
        if not same_chain(row["attribution"], read["attribution"]):
            chain = [link["source"] for link in read["attribution"]]
            found["attribution"] = ([link["source"] for link in row["attribution"]], chain)
        if row["part_of"] != self.whole(read):
            found["part_of"] = (row["part_of"], self.whole(read))
        if row["date"] and not (read["date"] and covers(row["date"], read["date"])):
            found["date"] = (row["date"], read["date"])
        if row["as_of"] and read["as_of"] != row["as_of"]:
            found["as_of"] = (row["as_of"], read["as_of"])
        return found

    def whole(self, read: Row) -> str | None:
        """The `near` of the expected claim that a read claim is a part of; the id itself where there is none."""
        if read["part_of"] is None:
            return None
        wholes = [row["near"] for row, each in self.pairs if each["claim"] == read["part_of"]]
        return wholes[0] if wholes else str(read["part_of"])

    def required(self) -> list[tuple[Row, Row]]:
        return [(row, read) for row, read in self.pairs if not row["optional"]]


def covers(day: str, date: Row) -> bool:
    """True where a date's first day is the expected one; "2004-08" is any range that starts in that month."""
    first, _, last = day.partition("/")
    return bool(date["start"].startswith(first)) and (not last or bool(date["end"].startswith(last)))


def compare(expected: list[Row], claims: list[Row], reports: dict[str, Report]) -> Comparison:
    """Expected rows and read claims paired one to one, exact words before overlapping ones."""
    result = Comparison()
    free = list(claims)
    candidates = []
    for number, row in enumerate(expected):
        start, end = place(row, reports[row["report"]])
        measures = {row["measure"], row.get("measure_alt", row["measure"])}
        for claim in claims:
            if (claim["report"], claim["part"]) != (row["report"], row["part"]):
                continue
            if claim["start"] < end and start < claim["end"]:
                off = abs(claim["start"] - start) + abs(claim["end"] - end)
                candidates.append((claim["measure"] not in measures, off, number, claim["claim"], claim["report"]))
    paired: dict[int, Row] = {}
    for _, _, number, claim_id, report in sorted(candidates):
        left = [each for each in free if (each["claim"], each["report"]) == (claim_id, report)]
        if left and number not in paired:
            paired[number] = left[0]
            free.remove(left[0])
    result.pairs = [(row, paired[number]) for number, row in enumerate(expected) if number in paired]
    result.missed = [row for number, row in enumerate(expected) if number not in paired and not row["optional"]]
    result.spurious = [claim for claim in free if claim["measure"] != "other"]
    return result


def slugs(comparison: Comparison) -> dict[str, str]:
    """Which incident of the run each slug of the record is: the one that most of its claims are in, each once."""
    votes: dict[tuple[str, str], int] = {}
    for row, read in comparison.required():
        if row["incident"] and read["incident"]:
            key = (row["incident"], read["incident"])
            votes[key] = votes.get(key, 0) + 1
    found: dict[str, str] = {}
    for (slug, incident), _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        if slug not in found and incident not in found.values():
            found[slug] = incident
    return found
