"""A sheet of any kind is read row by row and copied with more columns; what is none is refused in one line."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlrd3
from sheets_made import MAIN, Formula, workbook

from tollbook.errors import InputError, TollbookError, UsageError
from tollbook.sheets import Cell, Sheet, cited, open_sheet, shown

HEAD = ["Place", "Killed", "Source"]


def cells(sheet: Sheet) -> list[list[Cell]]:
    return [list(row.values()) for row in sheet.rows()]


# ---- CSV ----


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"Place,Killed\nOrune,4\n", [["Orune", "4"]]),
        ("\ufeffPlace;Killed\nMôr;1,5\n".encode(), [["Môr", "1,5"]]),
        ("Place\tKilled\nOrune\t4\n".encode("utf-16"), [["Orune", "4"]]),
        (b'"Place, district";Killed\nOrune;4\n', [["Orune", "4"]]),
        (b"Place|Killed\nOrune\n", [["Orune", ""]]),
    ],
)
def test_text_is_read_by_its_own_delimiter_and_encoding(tmp_path: Path, data: bytes, rows: list[list[str]]) -> None:
    (tmp_path / "s.csv").write_bytes(data)
    sheet = open_sheet(tmp_path / "s.csv")
    assert cells(sheet) == rows
    assert sheet.notes == []


def test_text_of_an_older_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_bytes("Place,Killed\nMôr,4\n".encode("cp1252"))
    sheet = open_sheet(tmp_path / "s.csv")
    assert cells(sheet) == [["Môr", "4"]]
    assert sheet.notes == ["is no UTF-8; it was read as Windows-1252: look at letters with accents"]


def test_a_copy_of_text_keeps_its_delimiter_and_runs_nothing(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text('Place;=A1\n"=HYPERLINK(""x"")";-5\n', encoding="utf-8-sig")
    sheet = open_sheet(tmp_path / "s.csv")
    with sheet.copy(tmp_path / "c.csv", ["why"]) as copy:
        for row in sheet.rows():
            copy.row(row, ["=1"])
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=";")) == [["Place", "'=A1", "why"], ['\'=HYPERLINK("x")', "-5", "'=1"]]


# ---- XLSX ----


def test_a_workbook_gives_texts_numbers_and_days(tmp_path: Path) -> None:
    rows = [["Place", "Killed", "Day", "Sure"], ["Orune", 4, dt.date(2021, 5, 4), True], [], ["Marwen", 1.5]]
    sheet = open_sheet(workbook(tmp_path / "s.xlsx", {"Data": rows}))
    assert sheet.headings == ("Place", "Killed", "Day", "Sure")
    assert cells(sheet) == [
        ["Orune", 4, dt.datetime(2021, 5, 4), True],
        [None, None, None, None],
        ["Marwen", 1.5, None, None],
    ]
    assert sheet.place(1, "Killed") == "B2"
    assert [shown(cell) for cell in cells(sheet)[0]] == ["Orune", "4", "2021-05-04", "true"]


def test_a_merged_cell_counts_for_all_its_range_and_is_told(tmp_path: Path) -> None:
    rows = [HEAD, ["Orune", 4, "dam.txt"], ["Marwen", 5], ["Sella", 6, "x.txt"]]
    sheet = open_sheet(workbook(tmp_path / "s.xlsx", {"Data": rows}, merges=["C2:C3"]))
    assert [row[2] for row in cells(sheet)] == ["dam.txt", "dam.txt", "x.txt"]
    assert sheet.notes == ["1 merged range: C2:C3: the value counts for each cell of its range"]


def test_a_cell_that_leads_to_an_address_cites_it(tmp_path: Path) -> None:
    rows = [["Killed", "Source"], [4, "union"], [5, 'text <hyperlink ref="B4" r:id="hB2"/>'], [6, "mail"]]
    leading = {"B2": "https://a.example/1?x=1&y=2", "B4": "mailto:a@a.example"}
    sheet = open_sheet(workbook(tmp_path / "s.xlsx", {"Data": rows}, leading=leading))
    assert [cited(row["Source"]) for row in sheet.rows()] == [leading["B2"], rows[2][1], "mail"]
    assert sheet.notes == ["links in 1 cell: a source is where its cell leads"]
    with sheet.copy(tmp_path / "c.xlsx", ["why"]) as copy:
        for row in sheet.rows():
            copy.row(row, ["x"])
    again = open_sheet(tmp_path / "c.xlsx")
    assert next((shown(row["Source"]), cited(row["Source"])) for row in again.rows()) == ("union", leading["B2"])


def test_merged_headings_are_refused_by_their_range(tmp_path: Path) -> None:
    made = workbook(
        tmp_path / "s.xlsx", {"Data": [["Killed", None, "Source"], ["men", "women", "x"]]}, merges=["A1:B1"]
    )
    with pytest.raises(InputError, match=r"the headings are merged \(A1:B1\); give each column a heading of its own"):
        open_sheet(made)


def test_a_formula_is_the_value_last_computed_and_is_told(tmp_path: Path) -> None:
    rows = [HEAD, ["Orune", Formula("SUM(1,3)", 4), "a"], ["Marwen", Formula("B2+1"), "b"]]
    sheet = open_sheet(workbook(tmp_path / "s.xlsx", {"Data": rows}))
    assert [row[1] for row in cells(sheet)] == [4, "=B2+1"]
    assert sheet.notes == [
        "1 formula: B2: taken as the value last computed",
        "1 formula without a value: B3: not checked; open the sheet in a spreadsheet program and save it",
    ]


def test_of_several_worksheets_one_is_named(tmp_path: Path) -> None:
    made = workbook(
        tmp_path / "s.xlsx", {"Notes": [["x"]], "Data": [HEAD, ["Orune", 4, "a"]], "Old": [["y"]]}, hidden=["Old"]
    )
    with pytest.raises(UsageError, match="has 2 worksheets; name one by --sheet: Notes, Data"):
        open_sheet(made)
    with pytest.raises(UsageError, match="has no worksheet 'data'; there are: Notes, Data, Old"):
        open_sheet(made, "data")
    assert cells(open_sheet(made, "Data")) == [["Orune", 4, "a"]]


def test_a_hidden_worksheet_does_not_make_two(tmp_path: Path) -> None:
    made = workbook(tmp_path / "s.xlsx", {"Data": [HEAD], "Lists": [["x"]]}, hidden=["Lists"])
    assert open_sheet(made).headings == tuple(HEAD)


def test_runs_of_fonts_are_one_text_and_readings_none(tmp_path: Path) -> None:
    text = "<si><r><t>Place_x000D_</t></r><r><t>s</t></r><rPh><t>plās</t></rPh></si>"
    made = workbook(tmp_path / "s.xlsx", {"Data": [["Place"]]}, strings=f"<sst {MAIN}>{text}</sst>")
    assert open_sheet(made).headings == ("Place\rs",)


def test_a_cell_beyond_the_headings_is_named(tmp_path: Path) -> None:
    sheet = open_sheet(workbook(tmp_path / "s.xlsx", {"Data": [HEAD, ["Orune", 4, "a", "see me"]]}))
    with pytest.raises(InputError, match="D2 stands beyond the headings; name its column"):
        list(sheet.rows())


@pytest.mark.filterwarnings("ignore:defusedxml.cElementTree:DeprecationWarning")  # which xlrd3 takes where it is there
def test_a_copy_of_a_workbook_is_read_by_another_program(tmp_path: Path) -> None:
    rows = [["Place", "Killed", "Day"], ['=HYPERLINK("x")', 4, dt.date(2021, 5, 4)], ["a_x0001_b & <c>", 2.5, None]]
    sheet = open_sheet(workbook(tmp_path / "s.xlsx", {"Data & more": rows}))
    with sheet.copy(tmp_path / "c.xlsx", ["why"]) as copy:
        for row in sheet.rows():
            copy.row(row, ["@x"])
    read = xlrd3.open_workbook(str(tmp_path / "c.xlsx")).sheet_by_name("Data & more")
    assert [read.cell(1, at).value for at in range(4)] == ['\'=HYPERLINK("x")', 4.0, 44320.0, "'@x"]
    assert read.cell_type(1, 2) == xlrd3.XL_CELL_DATE
    assert cells(open_sheet(tmp_path / "c.xlsx")) == [
        ['\'=HYPERLINK("x")', 4, dt.datetime(2021, 5, 4), "'@x"],
        ["a\x01b & <c>", 2.5, None, "'@x"],
    ]
    with zipfile.ZipFile(tmp_path / "c.xlsx") as file:
        assert b"<f" not in file.read("xl/worksheets/sheet1.xml")


# ---- Parquet ----


def test_a_copy_of_parquet_keeps_types(tmp_path: Path) -> None:
    table = pa.table(
        {"Place": ["=A1", None] * 6000, "Killed": pa.array([4, None] * 6000, pa.int16()), "S": [["a", "b"], []] * 6000}
    )
    pq.write_table(table, tmp_path / "s.parquet", row_group_size=7_000)
    sheet = open_sheet(tmp_path / "s.parquet")
    assert cells(sheet)[:2] == [["=A1", 4, "a; b"], [None, None, ""]]
    with sheet.copy(tmp_path / "c.parquet", ["why"]) as copy:
        for number, row in enumerate(sheet.rows()):
            copy.row(row, [str(number)])
    read = pq.read_table(tmp_path / "c.parquet")
    assert read.drop(["why"]).equals(table)
    assert read["why"].to_pylist() == [str(number) for number in range(12_000)]


# ---- what is no sheet ----


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file, file.open("_rels/.rels", "w") as part:
        for _ in range(210):
            part.write(b" " * 1_000_000)


def other_zip(path: Path, **parts: str) -> None:
    with zipfile.ZipFile(path, "w") as file:
        for name, text in parts.items() or [("a.txt", "x")]:
            file.writestr(name, text)


def entities(path: Path) -> None:
    workbook(path, {"Data": [["Place"]]}, strings='<!DOCTYPE a [<!ENTITY b "c">]><sst><si><t>&b;</t></si></sst>')


def cut(path: Path) -> None:
    workbook(path, {"Data": [HEAD]})
    path.write_bytes(path.read_bytes()[:-60])


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda path: path.write_bytes(b""), "is empty; give a CSV, XLSX, ODS or Parquet file"),
        (lambda path: path.write_bytes(b"%PDF-1.7 x"), "is a PDF, no sheet; give a CSV, XLSX, ODS or Parquet file"),
        (lambda path: path.write_bytes(b"<html>"), "is a web page, no sheet; give a CSV, XLSX, ODS or Parquet file"),
        (
            lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 x"),
            "is an old Excel file (.xls); save it as .xlsx or CSV",
        ),
        (
            lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
            "is locked with a password; save it without one",
        ),
        (lambda path: path.write_bytes(b"a,b\n\x00\x01"), "is no text that can be read; save it as CSV in UTF-8"),
        (lambda path: path.write_bytes(b"\n"), "has no headings in its first row"),
        (lambda path: path.write_bytes(b"Killed,Killed\n"), "two columns are called 'Killed'; rename one of them"),
        (lambda path: path.write_bytes(b"PAR1xxx"), "is damaged, or no Parquet"),
        (bomb, "unpacks to 210,000,000 bytes, 1028 times its size; save it again as .xlsx or CSV"),
        (other_zip, "is no XLSX, but another kind of zip; save it again as .xlsx or CSV"),
        (
            lambda path: other_zip(path, mimetype="application/epub+zip"),
            "is no sheet that can be read, but “application/epub+zip”; save it again as .xlsx or CSV",
        ),
        (entities, "is damaged, or no XLSX; save it again as .xlsx or CSV"),
        (cut, "is damaged, or no XLSX; save it again as .xlsx or CSV"),
        (lambda path: workbook(path, {"Data": []}), "has no headings in its first row"),
    ],
)
def test_what_is_no_sheet_is_refused_in_one_line(tmp_path: Path, make: object, line: str) -> None:
    path = tmp_path / "s.xlsx"
    make(path)  # type: ignore[operator]
    with pytest.raises(TollbookError) as caught:
        open_sheet(path)
    assert str(caught.value) == f"{path}: {line}"


def test_a_worksheet_of_a_text_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("Killed\n1\n")
    with pytest.raises(UsageError, match="--sheet names a worksheet of a workbook, and this is none"):
        open_sheet(tmp_path / "s.csv", "Data")


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        open_sheet(tmp_path / "gone.csv")
