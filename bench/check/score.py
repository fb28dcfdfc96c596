"""How many faults of a sheet the audit finds, and how many rows it faults that are right.

    python bench/check/score.py CORPUS SHEET...

CORPUS is the folder from which `faults.py` made the sheets, each SHEET a folder that it wrote. A row is found where its
verdict is any but "supported"; "named" counts those whose verdict tells the kind of fault, for what is transposed or
above its whole.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src")]

from tollbook.audit import Kind, Row, Verdict, judge, meaning  # noqa: E402
from tollbook.lexicon import load, load_taxonomy  # noqa: E402
from tollbook.model import Reading  # noqa: E402
from tollbook.pipeline.analyse import in_order, read_all  # noqa: E402
from tollbook.reports import gather  # noqa: E402

NAMES = {"swapped digits": Kind.TRANSPOSED, "part over whole": Kind.OVER_WHOLE}


def readings(corpus: Path) -> dict[str, Reading]:
    """What is read in each report of the corpus, by the path that a row cites."""
    reports = in_order(gather([str(corpus / "reports")]).reports)
    return {f"reports/{report.id}": reading for report, reading in zip(reports, read_all(reports), strict=True)}


def row_of(cells: dict[str, str]) -> Row:
    """A row of the sheet as the audit takes it."""
    measure, group = meaning(cells["counted"], load("en"))
    figure, whole = (float(cells[name]) if cells[name] else None for name in ("figure", "out of"))
    assert figure is not None
    return Row(measure, group or meaning(cells["group"], load("en"))[1], int(figure), int(figure), whole)


def verdicts(sheet: Path, read: dict[str, Reading]) -> list[tuple[str, Verdict]]:
    """The fault of each row, or none, and its verdict."""
    with (sheet / "sheet.csv").open(encoding="utf-8") as rows, (sheet / "key.csv").open(encoding="utf-8") as key:
        pairs = zip(csv.DictReader(rows), csv.DictReader(key), strict=True)
        return [
            (fault["fault"], judge(row_of(cells), read[cells["source"]], load_taxonomy())) for cells, fault in pairs
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("sheets", type=Path, nargs="+")
    given = parser.parse_args()
    read = readings(given.corpus)
    print("| sheet | rows | faults | found | of these named | false alarms | missed |")
    print("|---|---|---|---|---|---|---|")
    for sheet in given.sheets:
        found = verdicts(sheet, read)
        faulty = [(fault, verdict) for fault, verdict in found if fault]
        hit = [(fault, verdict) for fault, verdict in faulty if verdict.kind is not Kind.SUPPORTED]
        named = sum(NAMES[fault] is verdict.kind for fault, verdict in hit if fault in NAMES)
        alarms = sum(not fault and verdict.kind is not Kind.SUPPORTED for fault, verdict in found)
        missed = Counter(fault for fault, verdict in faulty if verdict.kind is Kind.SUPPORTED)
        told = ", ".join(f"{fault} {count}" for fault, count in sorted(missed.items()))
        print(f"| {sheet.name} | {len(found)} | {len(faulty)} | {len(hit)} | {named} | {alarms} | {told} |")


if __name__ == "__main__":
    main()
