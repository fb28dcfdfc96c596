"""Score the matcher of near-copies on the labelled pairs: precision, recall and F1 by pair and by family.

    python bench/copies/score.py GVA.jsonl... [--errors]

The files are those that the pairs were drawn from. All their reports are matched together. By pair: the matcher holds
the two for one text. By family: both stand in one family, as the record has it. The main figure is C or Q against N,
near-copies of any kind; the other is C alone, for which the matcher must hold one for a copy of the other. Pairs are
split into halves by a hash of their ids: constants were fitted on `tuned`; of `kept` errors were seen by id and score
(decision 29).
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tollbook.incidents.copies import sampled
from tollbook.incidents.families import families, texts_of, ties
from tollbook.incidents.origins import SourceBook
from tollbook.lexicon.credits import find_credits
from tollbook.model import Report

LABELS = Path(__file__).with_name("labels.csv")
# Classes that count as one, for the agreement of the two readings.
SPLITS = {"C, Q or N": ("C", "Q", "N"), "C or Q against N": ("CQ", "N"), "C against Q or N": ("C", "QN")}

Pair = tuple[str, str]
Row = dict[str, str]


def read_reports(files: Iterable[Path]) -> list[Report]:
    """The reports of the benchmark's files, by id."""
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    made = []
    for row in sorted(rows, key=lambda row: row["id"]):
        sha = hashlib.sha256(row["text"].encode()).hexdigest()
        made.append(Report(row["id"], row["text"], sha, sha, row["title"], row["date"], row["source"], url=row["url"]))
    return made


def half(row: Row) -> str:
    """Which half a pair is in, by a hash of its ids."""
    return "kept" if hashlib.sha256((row["a"] + row["b"]).encode()).digest()[-1] % 2 else "tuned"


def kappa(rows: Sequence[Row], classes: Sequence[str]) -> tuple[float, float]:
    """The share of pairs on which two readings agree, and Cohen's kappa."""
    both = [[next(c for c in classes if row[who] in c) for row in rows] for who in ("first", "second")]
    share = sum(a == b for a, b in zip(*both, strict=True)) / len(rows)
    chance = sum(both[0].count(c) * both[1].count(c) for c in classes) / len(rows) ** 2
    return share, (share - chance) / (1 - chance)


def matched(reports: Sequence[Report]) -> dict[str, set[Pair]]:
    """Pairs by what the matcher holds of them."""
    found = ties(texts_of(reports, [sampled(report.text) for report in reports]))
    book = SourceBook.load()
    family = families(reports, found, {report.id: find_credits(report.text, book) for report in reports}, book)
    members: dict[str, list[str]] = {}
    for name, copy in sorted(family.items()):
        members.setdefault(copy.family, []).append(name)
    sizes = sorted(map(len, members.values()), reverse=True)
    print(f"{len(reports)} reports, {len(found)} ties, {len(members)} families, the largest of {sizes[:5]}\n")
    by_id = [(reports[tie.shorter].id, reports[tie.longer].id, tie.copy) for tie in found]
    return {
        "pair": {(min(a, b), max(a, b)) for a, b, _ in by_id},
        "copy": {(min(a, b), max(a, b)) for a, b, copy in by_id if copy},
        "family": {(a, b) for some in members.values() for a in some for b in some if a < b},
    }


def prf(rows: Iterable[tuple[bool, bool]]) -> str:
    """Precision, recall and F1 of (held, right) answers."""
    answers = list(rows)
    hits = sum(held and right for held, right in answers)
    held, right = sum(held for held, _ in answers), sum(right for _, right in answers)
    p, r = hits / max(1, held), hits / max(1, right)
    return f"{p:.3f} | {r:.3f} | {2 * p * r / max(1e-9, p + r):.3f}"


def agreed(row: Row, classes: str) -> bool | None:
    """Whether both readings give one of some classes; None where they disagree."""
    first, second = row["first"] in classes, row["second"] in classes
    return first if first == second else None


def main() -> None:
    files = [Path(name) for name in sys.argv[1:] if not name.startswith("--")]
    with LABELS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for name, classes in SPLITS.items():
        print("agreement, {}: {:.3f}, kappa {:.3f}".format(name, *kappa(rows, classes)))
    held = matched(read_reports(files))
    print("| right | held | reading | half | pairs | precision | recall | F1 |\n|---|---|---|---|---|---|---|---|")
    for classes, kind in (("CQ", "pair"), ("CQ", "family"), ("C", "copy")):
        for reading in ("first", "second", "both agree"):
            for part in ("tuned", "kept", "all"):
                some = [
                    (tuple(sorted((row["a"], row["b"]))) in held[kind], right)
                    for row in rows
                    if part in (half(row), "all")
                    and (right := agreed(row, classes) if reading == "both agree" else row[reading] in classes)
                    is not None
                ]
                print(f"| {' or '.join(classes)} | {kind} | {reading} | {part} | {len(some)} | {prf(some)} |")
    if "--errors" in sys.argv:
        errors(rows, held)


def errors(rows: Iterable[Row], held: Mapping[str, set[Pair]]) -> None:
    """What is missed and what is held wrongly, by the share of runs in common."""
    print()
    for row in sorted(rows, key=lambda row: float(row["containment"])):
        pair = tuple(sorted((row["a"], row["b"])))
        wrong = [kind for kind in ("pair", "family") if (pair in held[kind]) != (row["first"] in "CQ")]
        if wrong:
            said = "missed" if row["first"] in "CQ" else "held"
            print(row["containment"], row["first"] + row["second"], half(row), said, "by", " and ".join(wrong), *pair)


if __name__ == "__main__":
    main()
