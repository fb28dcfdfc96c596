"""A sheet as recorders keep one, made from hand-made claims, with faults put in by a seeded draw.

    python bench/check/faults.py CORPUS OUT [--seed 1] [--rows 200] [--each 10]

CORPUS is a folder with `gold.jsonl` and the reports that it names. OUT/sheet.csv has a figure and its source in each
row, OUT/key.csv which rows are faulty, and how; so many of each kind:

    wrong figure      another number of the same size, which nobody gives there for that measure
    wrong source      a report of another event, which doesn't give that number for that measure
    swapped digits    two neighbouring digits in each other's place, and nobody gives that number there either
    part over whole   a part above the whole that its own row gives

Each claim is a row once; where that is not enough, some are drawn again, as a second coder would have them. The script
was written and committed before anything that looks for such faults.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

WHOLE = "all"
Seen = dict[tuple[str, str], set[float]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet, `whole` where the same source gives a figure of everybody; `fault` is for the key alone."""

    event: str
    counted: str
    group: str
    qualifier: str
    figure: float
    whole: float | None
    source: str
    fault: str = ""


def rows_of(gold: Sequence[dict[str, Any]]) -> list[Row]:
    """A row for each claim that is asserted and has one number."""
    kept = [
        claim
        for claim in gold
        if not claim.get("negated_or_hypothetical")
        and not claim.get("optional")
        and isinstance(claim["value"], int | float)
    ]
    wholes: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for claim in kept:
        if claim["group"] == WHOLE:
            wholes[claim["file"], claim["incident"], claim["measure"]].append(claim["value"])
    rows = []
    for claim in kept:
        above = [one for one in wholes[claim["file"], claim["incident"], claim["measure"]] if one > claim["value"]]
        rows.append(_row(claim, max(above) if above and claim["group"] != WHOLE else None))
    return rows


def _row(claim: dict[str, Any], whole: float | None) -> Row:
    return Row(
        event=claim["incident"],
        counted=claim["measure"],
        group=claim["group"],
        qualifier=claim["bound"],
        figure=claim["value"],
        whole=whole,
        source=claim["file"],
    )


def numbers(gold: Sequence[dict[str, Any]]) -> Seen:
    """The numbers that each report gives for each measure, all of a claim that has several."""
    seen: Seen = defaultdict(set)
    for claim in gold:
        values = claim["value"] if isinstance(claim["value"], list) else [claim["value"]]
        for measure in (claim["measure"], claim.get("measure_alt")):
            seen[claim["file"], str(measure)].update(value for value in values if value is not None)
    return dict(seen)


# ---- faults: each gives a row in place of one, or None where that row can't have such a fault ----


def wrong_figure(row: Row, seen: Seen, draw: random.Random) -> Row | None:
    """ "31" where the source has 23."""
    size, given = int(row.figure), seen[row.source, row.counted]
    draws = (draw.randrange(max(1, size // 2), 2 * size + 4) for _ in range(100))
    other = next((number for number in draws if number not in given), None)
    return None if other is None else replace(row, figure=other, fault="wrong figure")


def wrong_source(row: Row, seen: Seen, draw: random.Random) -> Row | None:
    """A report of another event, cited by mistake."""
    elsewhere = sorted({file for file, _ in seen if Path(file).parent != Path(row.source).parent})
    others = [file for file in elsewhere if row.figure not in seen.get((file, row.counted), ())]
    return replace(row, source=draw.choice(others), fault="wrong source") if others else None


def swapped_digits(row: Row, seen: Seen, draw: random.Random) -> Row | None:
    """ "32" where the source has 23."""
    digits = str(int(row.figure))
    swapped = [digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)]
    kept = [
        int(one) for one in swapped if one != digits and one[0] != "0" and int(one) not in seen[row.source, row.counted]
    ]
    return replace(row, figure=draw.choice(kept), fault="swapped digits") if kept else None


def part_over_whole(row: Row, seen: Seen, draw: random.Random) -> Row | None:
    """ "60 children" of 41 people."""
    if row.whole is None:
        return None
    above = int(row.whole) + 1
    return replace(row, figure=draw.randrange(above, above + max(3, above // 2)), fault="part over whole")


FAULTS: tuple[Callable[[Row, Seen, random.Random], Row | None], ...] = (
    part_over_whole,  # the rows that can have it are few, so they are drawn first
    swapped_digits,
    wrong_source,
    wrong_figure,
)


def sheet(gold: Sequence[dict[str, Any]], seed: int, count: int, each: int) -> list[Row]:
    """So many rows, of which so many have each of the faults, in an order that tells nothing."""
    draw = random.Random(seed)
    rows = rows_of(gold)
    rows = draw.sample(rows, count) if count <= len(rows) else rows + draw.choices(rows, k=count - len(rows))
    draw.shuffle(rows)
    seen = numbers(gold)
    for fault in FAULTS:
        left = each
        for number in draw.sample(range(count), count):
            made = fault(rows[number], seen, draw) if left and not rows[number].fault else None
            if made is not None:
                rows[number] = made
                left -= 1
        if left:
            raise SystemExit(
                f"{fault.__name__}: only {each - left} rows of {count} can have it; ask for fewer with --each"
            )
    return rows


def write(rows: Sequence[Row], out: Path) -> None:
    """The sheet, and the key apart from it."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "sheet.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["event", "counted", "group", "qualifier", "figure", "out of", "source"])
        for row in rows:
            ends = ["" if number is None else f"{number:.15g}" for number in (row.figure, row.whole)]
            table.writerow([row.event, row.counted, row.group, row.qualifier, *ends, row.source])
    with (out / "key.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["row", "fault"])
        table.writerows([number, row.fault] for number, row in enumerate(rows, start=1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--each", type=int, default=10)
    given = parser.parse_args()
    gold = [json.loads(line) for line in (given.corpus / "gold.jsonl").read_text("utf-8").splitlines()]
    write(sheet(gold, given.seed, given.rows, given.each), given.out)


if __name__ == "__main__":
    main()
