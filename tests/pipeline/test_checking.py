"""A sheet is audited row by row: each figure against the words of the sources that its row cites."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from tollbook.errors import InputError, OutputError, UsageError
from tollbook.lexicon import load
from tollbook.pipeline.checking import check
from tollbook.pipeline.stated import Stated, stated
from tollbook.sheets import Cell

DAM = "At least 47 people, including 12 women, were killed when a dam broke near Marwen on Tuesday, the governor said."
FIRE = "Nine people were injured when a hall burned down in Orune on 4 May 2021, police said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dam.txt").write_text(DAM)
    (tmp_path / "fire.txt").write_text(FIRE)
    return tmp_path


def checked(folder: Path, text: str, columns: str | None = None) -> list[list[str]]:
    """The verdict columns of a sheet of this text."""
    (folder / "own.csv").write_text(text)
    if columns is not None:
        (folder / "columns.toml").write_text(columns)
    done = check(folder / "own.csv", folder / "out", columns=folder / "columns.toml" if columns else None)
    with (folder / "out" / "sheet.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert done.rows == len(rows) - 1
    return [row[-2:] for row in rows[1:]]


@pytest.mark.parametrize(
    ("row", "kind", "why"),
    [
        ("47,,dam.txt", "supported", "47 people"),
        ("74,,dam.txt", "looks transposed", "47 people"),
        ("51,,dam.txt", "contradicted", "47 people"),
        ("47,,fire.txt", "not in the source", "no such figure"),
        ("47,,gone.txt", "source not readable", "gone.txt"),
        ("47,,", "source not readable", "cites no source"),
        ("47,,../dam.txt", "source not readable", "outside the folder of sources"),
        ("47,,fire.txt; dam.txt", "supported", "47 people"),
        ("47,40,dam.txt", "exceeds its whole", "more than the 40"),
        (",,dam.txt", "no figure", ""),
        ("47,,dam", "supported", "47 people"),
    ],
)
def test_each_row_has_its_verdict(folder: Path, row: str, kind: str, why: str) -> None:
    ((found, told),) = checked(folder, f"figure,of,source,what\n{row},killed\n".replace("what\n", "counted\n"))
    assert found == kind
    assert why in told


def test_a_range_may_be_of_two_sources(folder: Path) -> None:
    (folder / "late.txt").write_text(
        "The toll rose: 51 people were killed when the dam broke near Marwen, police said."
    )
    (folder / "own.csv").write_text("Killed min,Killed max,Source\n47,51,dam.txt; late.txt\n47,52,dam.txt; late.txt\n")
    assert check(folder / "own.csv", folder / "out").counts == {"supported": 1, "contradicted": 1}
    with (folder / "out" / "sheet.csv").open(newline="") as file:
        assert [row[-1] for row in csv.reader(file)][1:] == [
            "47: the source says “At least 47 people”; 51: the source says “51 people”",
            "47: the source says “At least 47 people”; 52: the source says “At least 47 people”",
        ]


def test_a_sheet_may_have_a_column_for_each_count(folder: Path) -> None:
    text = "Place;Killed;Women killed;Injured;Source\nMarwen;47;12;;dam.txt\nOrune;;;90;fire.txt\n"
    (folder / "own.csv").write_text(text, encoding="utf-8-sig")
    done = check(folder / "own.csv", folder / "out")
    assert done.counts == {"supported": 2, "contradicted": 1, "no figure": 3}
    assert done.faults == 1
    head, *_ = (folder / "out" / "sheet.csv").read_text().splitlines()
    assert head.endswith(
        "Killed: verdict;Killed: why;Women killed: verdict;Women killed: why;Injured: verdict;Injured: why"
    )


def test_a_mapping_tells_what_headings_don_t(folder: Path) -> None:
    mapping = 'source = "R"\n[[figure]]\ncolumn = "N"\nmeasure = "killed"\ngroup = "women"\n'
    assert checked(folder, "R,N\ndam.txt,12\n", mapping) == [["supported", "the source says “12 women”"]]


@pytest.mark.parametrize(
    ("text", "error", "line"),
    [
        ("", InputError, "is empty; give a CSV, XLSX, ODS or Parquet file"),
        ("\n", InputError, "has no headings in its first row"),
        ("Killed,Killed,Source\n", InputError, "two columns are called 'Killed'; rename one of them"),
        ("Killed,Source\n", InputError, "has headings but no rows"),
        ("Killed,Source\n1,dam.txt,x\n", InputError, "row 2 has 3 cells, the headings 2"),
        ("Place,Source\n", UsageError, "no column holds figures; there are: Place, Source"),
    ],
)
def test_a_sheet_that_is_none_is_refused_in_one_line(
    folder: Path, text: str, error: type[Exception], line: str
) -> None:
    with pytest.raises(error) as caught:
        checked(folder, text)
    assert line in str(caught.value)
    assert not (folder / "out").exists()


def test_a_mapping_that_can_not_be_read_is_told(folder: Path) -> None:
    (folder / "own.csv").write_text("Killed,Source\n47,dam.txt\n")
    (folder / "bad.toml").write_text("source = ")
    for name, line in (("gone.toml", "No such file"), ("bad.toml", "can't be read as TOML")):
        with pytest.raises(UsageError, match=line):
            check(folder / "own.csv", folder / "out", columns=folder / name)
    with pytest.raises(UsageError, match="the mapping names a column 'Kiled'; there are: Killed, Source"):
        checked(folder, "Killed,Source\n47,dam.txt\n", 'source = "Source"\n[[figure]]\ncolumn = "Kiled"\n')
    with pytest.raises(UsageError, match="no such folder or file; name where the sources lie by --sources"):
        check(folder / "own.csv", folder / "out", sources=folder / "elsewhere")
    assert not (folder / "out").exists()


def test_a_folder_of_something_else_is_not_overwritten(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "mine.txt").write_text("x")
    with pytest.raises(OutputError):
        checked(folder, "Killed,Source\n47,dam.txt\n")


@pytest.mark.parametrize(
    ("cell", "ends"),
    [
        ("12", (12, 12)),
        (12, (12, 12)),
        ("1,200", (1200, 1200)),
        ("1 200", (1200, 1200)),
        ("1.200", (1200, 1200)),
        ("3.5", (3.5, 3.5)),
        ("≥ 40", (40, 40)),
        ("40+", (40, 40)),
        ("~40", (40, 40)),
        ("c. 40", (40, 40)),
        ("10-15", (10, 15)),
        ("between 10 and 15", (10, 15)),
        ("<5", (5, 5)),
        ("12 (incl. 3 police)", (12, 12)),
        ("forty-two", (42, 42)),
        ("dozens", (24, 24, True)),
        ("none", (0, 0)),
        ("", None),
        (None, None),
        ("n/a", None),
        ("Unknown", None),
        ("-", None),
        ("-5", "“-5” is less than nothing"),
        (-5, "“-5” is less than nothing"),
        ("hurt there", "“hurt there” is no number"),
        ("see note 3", "“see note 3” is no number"),
        ("12; 15", "“12; 15” holds 2 numbers"),
        ("10-May", "“10-May” is a day; a range such as 5-10 may have been turned into one"),
        (dt.date(2021, 5, 10), "“2021-05-10” is a day; a range such as 5-10 may have been turned into one"),
        ("2021-05-04", "“2021-05-04” is a day"),
        ("50%", "“50%” is a share"),
        (True, "“true” is no number"),
        ("=B2+1", "“=B2+1” is a formula without a value"),
        ("x " * 300, f"“{'x ' * 19}x…” is a text"),
    ],
)
def test_every_cell_is_read_or_told_to_be_no_number(cell: Cell, ends: tuple[float, float] | str | None) -> None:
    assert stated(cell, load("en")) == (Stated(*ends) if isinstance(ends, tuple) else ends)


def test_each_cell_gets_a_verdict(folder: Path) -> None:
    rows = [
        "47+,dam.txt",
        "unknown,dam.txt",
        ",dam.txt",
        "40-50,dam.txt",
        "see note 3,dam.txt",
        "dozens,dam.txt",
        "hundreds,dam.txt",
    ]
    assert checked(folder, "Killed,Source\n" + "\n".join(rows) + "\n") == [
        ["supported", "the source says “At least 47 people”"],
        ["no figure", ""],
        ["no figure", ""],
        ["contradicted", "40: the source says “At least 47 people”; 50: the source says “At least 47 people”"],
        ["not a number", "row 6, Killed: “see note 3” is no number"],
        ["supported", "the source says “At least 47 people”"],
        ["contradicted", "the source says “At least 47 people”"],
    ]


def test_a_formula_in_a_sheet_comes_back_as_text(folder: Path) -> None:
    (folder / "own.csv").write_text('Killed,=A1,Source\n47,"=HYPERLINK(""x"")",dam.txt\n47,-5,dam.txt\n')
    check(folder / "own.csv", folder / "out")
    with (folder / "out" / "sheet.csv").open(newline="") as file:
        assert [row[1] for row in csv.reader(file)] == ["'=A1", '\'=HYPERLINK("x")', "-5"]
