"""The long sheet of `bench/check/scale.py` is one that a check reads, in each kind, and most of its rows are right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tollbook.pipeline.checking import check

sys.path.insert(0, str(Path(__file__).parents[2] / "bench" / "check"))
import scale


@pytest.mark.parametrize("kind", sorted(scale.MAKE))
def test_a_sheet_of_each_kind_is_checked(kind: str, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"r{number}.txt").write_text(scale.report(number)[0])
    scale.MAKE[kind](tmp_path / f"sheet.{kind}", 50, 3)
    done = check(tmp_path / f"sheet.{kind}", tmp_path / "out")
    assert done.rows == 50
    wrong = sum(row[3] != scale.report(int(row[-1][1:-4]))[1][0] for row in scale.rows(50, 3))
    assert done.counts == {"supported": 150 - wrong, "contradicted": wrong}
