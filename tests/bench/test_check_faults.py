"""The sheet of faults: as many of each kind as asked, each really wrong, every other row as the corpus has it."""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench" / "check"))

from faults import numbers, rows_of, sheet


def claim(file: str, measure: str, group: str, value: object, **more: object) -> dict[str, object]:
    own = {"file": f"reports/{file}.txt", "measure": measure, "group": group, "value": value, "bound": "exact"}
    return {**own, "incident": file.split("/")[0], "negated_or_hypothetical": False, **more}


GOLD = [
    claim(f"{town}/{number}", measure, group, value + shift)
    for shift, town in enumerate(("arvelle", "dorn", "marwen"))
    for number in ("1", "2")
    for measure, group, value in (("killed", "all", 41), ("killed", "women", 12), ("injured", "all", 130))
]
UNSURE = [
    claim("dorn/1", "killed", "all", 99, negated_or_hypothetical=True),
    claim("dorn/1", "killed", "all", 98, optional=True),
    claim("dorn/1", "killed", "all", [6, 7]),
    claim("dorn/1", "killed", "all", None),
]


def test_only_asserted_claims_of_one_number_are_rows() -> None:
    rows = rows_of([*GOLD, *UNSURE])
    assert len(rows) == len(GOLD)
    assert {(row.group, row.whole) for row in rows if row.event == "arvelle" and row.counted == "killed"} == {
        ("all", None),
        ("women", 41),
    }


@pytest.mark.parametrize("seed", range(20))
def test_each_fault_is_one_and_all_else_is_as_it_was(seed: int) -> None:
    rows, seen, clean = sheet(GOLD, seed, 24, 3), numbers(GOLD), set(rows_of(GOLD))
    assert rows == sheet(GOLD, seed, 24, 3)
    assert Counter(row.fault for row in rows) == {
        "": 12, "wrong figure": 3, "wrong source": 3, "swapped digits": 3, "part over whole": 3,
    }  # fmt: skip
    for row in rows:
        there = seen.get((row.source, row.counted), set())
        if not row.fault:
            assert row in clean
        elif row.fault == "part over whole":
            assert row.whole is not None
            assert row.figure > row.whole
        else:
            assert row.figure not in there
        if row.fault == "swapped digits":
            assert sorted(str(int(row.figure))) in [sorted(str(int(number))) for number in there]
        assert (row.event in row.source) == (row.fault != "wrong source")


def test_more_faults_than_rows_can_have_are_refused() -> None:
    with pytest.raises(SystemExit, match="part_over_whole: only 6 rows of 18 can have it; ask for fewer with --each"):
        sheet(GOLD, 1, 18, 7)
