"""OpenDocument sheets are read as those of Excel are, whatever LibreOffice writes once for many cells."""

from __future__ import annotations

import datetime as dt
import random
import zipfile
from itertools import islice
from pathlib import Path

import pytest
from ods_made import COVERED, Xml, content_of, opendocument, packed, table, typed
from sheets_made import Formula, workbook
from test_damaged import damaged

from tollbook.errors import TollbookError, UsageError
from tollbook.sheets import Cell, Sheet, cited, open_sheet
from tollbook.sheets.ods_grid import OdsGrid

HEAD = ["Place", "Killed", "Source"]
DAYS = [dt.date(2031, 5, 4), dt.datetime(2031, 5, 4, 10, 30)]


def cells(sheet: Sheet) -> list[list[Cell]]:
    return [list(one.values()) for one in sheet.rows()]


def made(tmp_path: Path, *rows: list[object]) -> Sheet:
    return open_sheet(opendocument(tmp_path / "s.ods", {"Data": rows}))


def cell(attributes: str, text: str = "") -> Xml:
    """A cell of a table, of these attributes."""
    paragraphs = f"<text:p>{text}</text:p>" if text else ""
    return Xml(f"<table:table-cell {attributes}>{paragraphs}</table:table-cell>")


def row(*some: Xml, again: int = 1) -> str:
    """A row of a table, which stands for so many."""
    return f'<table:table-row table:number-rows-repeated="{again}">{"".join(some)}</table:table-row>'


# ---- what cells hold ----


def test_the_same_sheet_of_excel_and_of_libreoffice_gives_the_same_rows(tmp_path: Path) -> None:
    rows = [
        ["Place", "Killed", "Day", "Sure"],
        ["Orune", 4, DAYS[0], "12.5%"],
        [],
        [],
        ["Marwen", 1.5],
        ["Marwen", 1.5],
    ]
    one = made(tmp_path, *rows)
    other = open_sheet(workbook(tmp_path / "s.xlsx", {"Data": rows}))
    assert (one.headings, cells(one)) == (other.headings, cells(other))
    assert one.place(1, "Killed") == other.place(1, "Killed") == "B2"
    assert one.notes == other.notes == []


@pytest.mark.parametrize(
    ("given", "text", "value"),
    [
        ('office:value-type="float" office:value="1200"', "1,200", 1200),
        ('office:value-type="currency" office:currency="EUR" office:value="12.5"', "12,50 €", 12.5),
        ('office:value-type="percentage" office:value="1"', "100%", "100%"),
        ('office:value-type="percentage" office:value="0.25"', "", "25%"),
        ('office:value-type="date" office:date-value="2031-05-04"', "4 May", dt.datetime(2031, 5, 4)),
        (
            'office:value-type="date" office:date-value="2031-05-04T10:30:00.123456789"', "x",
            dt.datetime(2031, 5, 4, 10, 30, 0, 123456),
        ),
        ('office:value-type="date" office:date-value="-0044-03-15"', "15 March 44 BC", "15 March 44 BC"),
        ('office:value-type="time" office:time-value="PT09H30M05.5S"', "x", dt.time(9, 30, 5, 500000)),
        ('office:value-type="time" office:time-value="PT26H30M00S"', "26:30:00", "26:30:00"),
        ('office:value-type="boolean" office:boolean-value="false"', "FALSE", False),
        ('office:value-type="string" office:string-value="hidden"', "seen", "seen"),
        ('office:value-type="string" office:string-value="alone"', "", "alone"),
        ("", "no type", "no type"),
        ("", "one<text:s text:c='3'/>two<text:tab/>3<text:line-break/>4", "one   two\t3\n4"),
        ("", " pretty\n   <text:span>printed</text:span> ", "pretty printed"),
        ("", "two</text:p><text:p>lines", "two\nlines"),
        ("", "<text:ruby><text:ruby-base>名</text:ruby-base><text:ruby-text>na</text:ruby-text></text:ruby>", "名"),
    ],
)  # fmt: skip
def test_a_cell_is_its_value_by_its_type(tmp_path: Path, given: str, text: str, value: Cell) -> None:
    assert cells(made(tmp_path, ["A"], [cell(given, text)])) == [[value]]


def test_what_stands_in_a_cell_and_is_none_of_its_text_is_left_out(tmp_path: Path) -> None:
    drawn = "<draw:frame><draw:text-box><text:p>98</text:p></draw:text-box></draw:frame>"
    inner = table("Inner", row(cell("", "97")))
    comment = "<office:annotation><text:p>99 people</text:p></office:annotation>"
    held = Xml(f"<table:table-cell>{comment}{drawn}{inner}<text:p>15</text:p></table:table-cell>")
    assert cells(made(tmp_path, ["Killed", "Place"], [held, "Orune"])) == [["15", "Orune"]]


def test_tables_of_charts_and_of_earlier_versions_are_no_worksheets(tmp_path: Path) -> None:
    old, data = table("Old", row(cell("", "x"))), row(cell("", "Killed"))
    tables = table("Data", f"<table:shapes>{old}</table:shapes>{data}")
    changes, links = (f"<table:{name}>{old}</table:{name}>" for name in ("tracked-changes", "dde-links"))
    content = content_of(changes + tables + links)
    assert open_sheet(packed(tmp_path / "s.ods", content)).headings == ("Killed",)


def test_rows_lie_in_groups_and_beneath_headings_that_each_page_repeats(tmp_path: Path) -> None:
    head, four = row(cell("", "Killed")), row(cell("", "4"))
    rows = (
        f"<table:table-header-rows>{head}</table:table-header-rows><table:table-row-group><table:table-row-group>{four}"
        f"</table:table-row-group><table:table-rows>{four}</table:table-rows></table:table-row-group>"
    )
    assert cells(open_sheet(packed(tmp_path / "s.ods", content_of(table("Data", rows))))) == [["4"], ["4"]]


# ---- formulas, merged cells, links ----


def test_a_formula_is_the_value_last_computed_and_one_that_failed_is_no_nought(tmp_path: Path) -> None:
    failed = cell('table:formula="of:=1/0" office:value-type="float" office:value="0"', "#DIV/0!")
    erred = cell('table:formula="of:=Q" office:value-type="string" office:string-value=""', "Err:508")
    sheet = made(
        tmp_path, HEAD, ["Orune", Formula("SUM([.B9];3)", 4)], ["Dorn", Formula("[.B2]+1"), failed], [None, erred]
    )
    assert cells(sheet) == [["Orune", 4, None], ["Dorn", "=[.B2]+1", "#DIV/0!"], [None, "Err:508", None]]
    assert sheet.notes == [
        "3 formulas: B2, C3, B4: taken as the value last computed",
        "1 formula without a value: B3: not checked; open the sheet in a spreadsheet program and save it",
    ]


def test_a_merged_cell_counts_for_all_its_range_and_hides_what_lies_beneath(tmp_path: Path) -> None:
    wide = cell('table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string"', "dam")
    beneath = Xml(f"<table:covered-table-cell{typed(99).replace('table-cell', 'covered-table-cell')}")
    rows = [HEAD, [1, wide, beneath], [2, Xml(COVERED), Xml(COVERED)], [3, 4, 5]]
    sheet = made(tmp_path, *rows)
    assert cells(sheet) == [[1, "dam", "dam"], [2, "dam", "dam"], [3, 4, 5]]
    assert sheet.notes == ["1 merged range: B2:C3: the value counts for each cell of its range"]


def test_merged_headings_are_refused_by_their_range(tmp_path: Path) -> None:
    with pytest.raises(TollbookError, match=r"the headings are merged \(A1:B1\)"):
        made(tmp_path, [cell('table:number-columns-spanned="2"', "Killed"), Xml(COVERED)], ["men", "women"])


def test_a_row_with_a_merged_cell_that_stands_for_many_rows_has_a_range_in_each(tmp_path: Path) -> None:
    head = row(cell("", "A"), cell("", "B"))
    wide = row(cell('table:number-columns-spanned="2"', "x"), Xml(COVERED), again=3)
    sheet = open_sheet(packed(tmp_path / "s.ods", content_of(table("Data", head + wide))))
    assert cells(sheet) == [["x", "x"]] * 3
    assert sheet.notes == ["3 merged ranges: A2:B2, A3:B3, A4:B4: the value counts for each cell of its range"]


def test_a_cell_that_leads_to_an_address_cites_it(tmp_path: Path) -> None:
    led = [cell("", f'see <text:a xlink:href="{url}">the list</text:a>') for url in ("https://a.example/1", "../x.odt")]
    sheet = made(tmp_path, ["Killed", "Source"], [4, led[0]], [5, led[1]])
    assert [cited(one["Source"]) for one in sheet.rows()] == ["https://a.example/1", "see the list"]
    assert sheet.notes == ["links in 1 cell: a source is where its cell leads"]


def test_a_copy_is_a_workbook_with_the_same_cells(tmp_path: Path) -> None:
    sheet = made(tmp_path, [*HEAD, "Day"], ['=HYPERLINK("x")', 4, "a", *DAYS[:1]])
    assert sheet.suffix == ".xlsx"
    with sheet.copy(tmp_path / "c.xlsx", ["why"]) as copy:
        for one in sheet.rows():
            copy.row(one, ["@x"])
    assert cells(open_sheet(tmp_path / "c.xlsx")) == [['\'=HYPERLINK("x")', 4, "a", dt.datetime(2031, 5, 4), "'@x"]]


# ---- which worksheet ----


def test_of_several_worksheets_one_is_named_and_hidden_ones_make_no_two(tmp_path: Path) -> None:
    sheets = {"Notes": [["x"]], "Data": [HEAD, ["Orune", 4, "a"]], "Old": [["y"]]}
    several = opendocument(tmp_path / "s.ods", sheets, hidden=["Old"])
    with pytest.raises(UsageError, match="has 2 worksheets; name one by --sheet: Notes, Data"):
        open_sheet(several)
    with pytest.raises(UsageError, match="has no worksheet 'data'; there are: Notes, Data, Old"):
        open_sheet(several, "data")
    assert cells(open_sheet(several, "Data")) == [["Orune", 4, "a"]]
    assert open_sheet(opendocument(tmp_path / "t.ods", sheets, hidden=["Old", "Notes"])).headings == tuple(HEAD)


# ---- what is written once for many ----


def repeating(rows: int, columns: int, text: str = "4") -> str:
    return row(cell(f'table:number-columns-repeated="{columns}"', text), again=rows)


def test_a_row_that_stands_for_a_million_is_held_once(tmp_path: Path) -> None:
    path = packed(tmp_path / "s.ods", content_of(table("Data", repeating(1, 1, "Killed") + repeating(1_048_575, 1))))
    sheet = open_sheet(path)
    assert list(islice(sheet.rows(), 3)) == [{"Killed": "4"}] * 3
    with zipfile.ZipFile(path) as file, file.open("content.xml") as stream:
        grid = OdsGrid(stream, sheet.found, str(path), "Data")  # type: ignore[attr-defined]
        rows = grid.rows()
        next(rows)
        assert len(grid.done) == 2, "two rows are held, of a million that stand there"


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (repeating(1_048_576, 1) * 2, "has more than 1,048,576 rows"),
        (repeating(1, 16_385), "has a cell beyond column XFD"),
        (repeating(2_000, 16_384), "repeats its cells more than 20,000,000 times"),
        (repeating(1, 16_384) * 1_300, "repeats its cells more than 20,000,000 times"),
        (repeating(300_000, 1).replace("<table:table-cell ", '<table:table-cell table:number-columns-spanned="2" '),
         "has more than 100,000 merged ranges"),
    ],
)  # fmt: skip
def test_a_small_file_that_means_a_huge_sheet_is_one_line(tmp_path: Path, rows: str, line: str) -> None:
    path = packed(tmp_path / "s.ods", content_of(table("Data", repeating(1, 1, "Killed") + rows)))
    with pytest.raises(TollbookError) as caught:
        list(open_sheet(path).rows())
    assert str(caught.value) == f"{path}: {line}; save it again as .xlsx or CSV"


# ---- what can't be read ----


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (
            {"manifest": '<m><e full-path="content.xml"><manifest:encryption-data/></e></m>', "content": "\x07x"},
            "is locked with a password; save it without one",
        ),
        ({"content": "", "encrypted-package": "\x07x"}, "is locked with a password; save it without one"),
        (
            {"content": content_of("&b;", '<!DOCTYPE a [<!ENTITY b "c">]>')},
            "is damaged, or no OpenDocument sheet; save it again as .xlsx or CSV",
        ),
        (
            {"content": content_of(table("Data", ""))[:-40]},
            "is damaged, or no OpenDocument sheet; save it again as .xlsx or CSV",
        ),
        (
            {"content": content_of(table("Data", row(cell('office:value-type="float"', "4"))))},
            "is damaged, or no OpenDocument sheet; save it again as .xlsx or CSV",
        ),
        ({"content": content_of("")}, "has no worksheet; save it again as .xlsx or CSV"),
        ({"content": content_of(table("Data", ""))}, "has no headings in its first row"),
        (
            {"content": content_of(table("Data", "<table:table-row/>")) + " " * 210_000_000},
            "unpacks to 210,000,",
        ),
    ],
)  # fmt: skip
def test_what_cant_be_read_is_one_line(tmp_path: Path, parts: dict[str, str], line: str) -> None:
    path = packed(tmp_path / "s.ods", **parts)
    with pytest.raises(TollbookError) as caught:
        open_sheet(path)
    assert str(caught.value).startswith(f"{path}: {line}")
    assert "\n" not in str(caught.value)


def test_a_flat_sheet_is_told_to_be_saved_otherwise(tmp_path: Path) -> None:
    content = content_of(table("Data", "")).replace("document-content", "document")
    (tmp_path / "s.fods").write_text(
        content.replace(" xmlns", ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet" xmlns', 1)
    )
    with pytest.raises(TollbookError, match=r"is a flat OpenDocument sheet \(.fods\); save it as .ods, .xlsx or CSV"):
        open_sheet(tmp_path / "s.fods")


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_sheet_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    rows = [HEAD, [4, True, "a"], [Formula("[.A2]+1", 5), DAYS[0], "b"], [1, 1, 1]]
    with zipfile.ZipFile(opendocument(tmp_path / "s.ods", {"Data": rows})) as file:
        content = file.read("content.xml")
    draw = random.Random(seed)
    for _ in range(20):
        with zipfile.ZipFile(tmp_path / "d.ods", "w") as file:
            file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            file.writestr("content.xml", damaged(content, draw))
        try:
            for _row in islice(open_sheet(tmp_path / "d.ods").rows(), 50):
                pass
        except TollbookError as error:
            assert "\n" not in str(error)
