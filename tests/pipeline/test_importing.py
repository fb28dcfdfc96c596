"""Spreadsheets brought into a project: rows are incidents and figures that are open until tied to words of reports."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from ods_made import opendocument
from project_values import ANN, BEN, BOTH, SQLITE, log, write
from sheets_made import Formula, workbook
from test_around import check

from tollbook.errors import TollbookError, UsageError
from tollbook.model import Claim, Finding, Record
from tollbook.pipeline.importing.bringing import import_sheet
from tollbook.pipeline.importing.preview import MOST_ROWS, preview, refused
from tollbook.pipeline.project import add, record, rule, verify

STORES = BOTH
SHEET = (
    "Date,Town,Event,Killed,Injured min,Injured max,Source\n"
    "2031-05-01,Arvelle,Flood at the mill,15,2,4,Flood Office\n"
    '2031-06-03,Dorn,First slide,"1,200",,,\n'
    "2031-06-03,Dorn,Second slide,at least 7,,,Hill Clinic\n"
    "2031-06-09,Harim,Nothing counted,unknown,,,\n"
)
REPORTS = {
    "a.txt": "Floods hit Arvelle on 1 May 2031. At least 12 people were killed, the Health Ministry said.",
    "b.txt": "Floods hit Arvelle on 1 May 2031. 14 people were killed, the Flood Office said.",
}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    (tmp_path / "deaths.csv").write_text(SHEET)
    return tmp_path / "deaths.csv"


@pytest.fixture
def brought(folder: Path, sheet: Path, tmp_path: Path) -> Path:
    add(folder, [str(path) for path in write(tmp_path / "in", REPORTS)], ANN)
    import_sheet(folder, sheet, ANN)
    return folder


def of_sheet(found: Record, said: str) -> Claim:
    return next(one for one in found.claims if one.is_of_sheet and one.said == said)


def of_report(found: Record, said: str) -> Claim:
    return next(one for one in found.claims if not one.is_of_sheet and one.said == said)


def killed_in(found: Record, incident: str | None) -> Finding:
    return next(one for one in found.findings if (one.incident, one.measure) == (incident, "killed"))


# ---- what rows become ----


def test_each_row_is_a_report_whose_figures_are_its_cells(brought: Path) -> None:
    found = record(brought)
    rows = [report for report in found.reports if report.is_row]
    assert [report.title for report in rows] == ["Flood at the mill", "First slide", "Second slide"]
    assert rows[0].text.splitlines()[1:5] == [
        "Date: 2031-05-01 [date 2031-05-01]",
        "Town: Arvelle [place]",
        "Source: Flood Office [source]",
        "Killed: 15 [killed]",
    ]
    for claim in (one for one in found.claims if one.is_of_sheet):
        report = next(one for one in rows if one.id == claim.report)
        assert report.words(claim.span) == claim.said
        assert claim.id == Claim.id_of(report.text_sha256, claim.span, claim.measure)
    seven = of_sheet(found, "at least 7")
    assert (seven.quantity.low, seven.quantity.high) == (7, None)
    assert [link.source for link in seven.attribution] == ["Hill Clinic", "deaths.csv"]
    ends = next(one for one in found.claims if one.is_of_sheet and one.measure == "injured")
    assert (ends.quantity.low, ends.quantity.high) == (2, 4)
    assert ends.said.startswith("2 [injured low]")
    assert {report.sha256 for report in rows} == {rows[0].sha256}, "made of the sheet's own bytes"
    assert verify(brought) == ()
    check(brought)


def test_two_rows_of_one_day_and_place_are_two_incidents_and_a_row_joins_what_reports_tell_of(brought: Path) -> None:
    found = record(brought)
    assert of_sheet(found, "1,200").incident != of_sheet(found, "at least 7").incident
    assert of_sheet(found, "15").incident == of_report(found, "14 people").incident


def test_an_untied_row_stands_only_where_no_report_does_and_says_so(brought: Path) -> None:
    found = record(brought)
    killed = next(
        one for one in found.findings if one.incident == of_sheet(found, "15").incident and one.measure == "killed"
    )
    assert of_sheet(found, "15").id not in killed.supports
    assert "nobody has tied" in next(one.why for one in killed.set_aside if one.claim == of_sheet(found, "15").id)
    alone = next(one for one in found.findings if one.incident == of_sheet(found, "1,200").incident)
    assert (alone.low, alone.high) == (1200, 1200)
    assert "rests only on rows of a spreadsheet that nobody has tied" in alone.derivation[-1]
    assert alone.parties == ("spreadsheets of unknown origin",)


def test_two_sheets_are_no_two_origins(folder: Path, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text("Date,Town,Killed,Event\n2031-06-03,Dorn,21," + name + "\n")
        import_sheet(folder, tmp_path / name, ANN)
    found = [one for one in record(folder).findings if one.measure == "killed"]
    assert {one.status for one in found} == {"single"}
    assert all(one.origins == 1 for one in found)


# ---- tying ----


def test_a_tied_row_repeats_its_claim_and_counts_once(brought: Path) -> None:
    found = record(brought)
    row, said = of_sheet(found, "1,200"), of_report(found, "14 people")
    made = rule(brought, row.id, "tie", {"claim": said.id[:10]}, "page 3 of the list names this report", BEN)
    after = record(brought)
    assert of_sheet(after, "1,200").incident == said.incident
    killed = killed_in(after, said.incident)
    assert (killed.low, killed.high) == (14, 14), "as before: the row adds nothing of its own"
    why = next(one.why for one in killed.set_aside if one.claim == row.id)
    assert why == f"a person tied this row of a spreadsheet to claim {said.id}, which it repeats"
    check(brought)
    rule(brought, f"#{made.seq}", "withdraw", {}, "another town", ANN)
    assert record(brought).findings == found.findings
    check(brought)


def test_a_tie_finds_both_ends_again_and_can_go_to_a_claim_by_hand(brought: Path) -> None:
    found = record(brought)
    incident = of_report(found, "14 people").incident or ""
    given = {"words": "Floods", "measure": "killed", "value": 7, "incident": incident}
    by_hand = rule(brought, "a.txt", "claim", given, "so the map says", ANN).claim or ""
    row = of_sheet(found, "at least 7").id
    rule(brought, row, "tie", {"claim": by_hand}, "the same seven", BEN)
    assert of_sheet(record(brought), "at least 7").incident == incident
    check(brought)
    number = next(one.seq for one in record(brought).rulings if one.action == "claim")
    rule(brought, f"#{number}", "withdraw", {}, "no map", ANN)
    now = record(brought)
    assert of_sheet(now, "at least 7").incident == of_sheet(found, "at least 7").incident, "what it repeated is gone"
    assert "loose_ruling" in {notice.code for report in now.reports for notice in report.notices}
    check(brought)


@pytest.mark.parametrize(
    ("action", "values", "wrong"),
    [
        ("accept", {}, "is tied to words of a report, or rejected"),
        ("tie", {"claim": "ffff0000"}, "no claim 'ffff0000'"),
        ("tie", {}, "'tie' needs claim"),
    ],
)
@SQLITE
def test_what_a_row_cant_be_ruled_is_one_line(brought: Path, action: str, values: dict[str, str], wrong: str) -> None:
    events = log(brought)
    with pytest.raises(UsageError, match=wrong):
        rule(brought, of_sheet(record(brought), "15").id, action, values, "so", ANN)
    assert log(brought) == events


@SQLITE
def test_only_rows_are_tied_and_only_to_what_they_count(brought: Path) -> None:
    found = record(brought)
    said, row = of_report(found, "14 people"), of_sheet(found, "15")
    other = of_sheet(found, "1,200")
    ends = next(one for one in found.claims if one.is_of_sheet and one.measure == "injured")
    for target, claim, wrong in (
        (said.id, row.id, "is of a report, no row"),
        (row.id, other.id, "is itself a row of a spreadsheet"),
        (ends.id, said.id, "the row counts injured, all, person, claim"),
    ):
        with pytest.raises(UsageError, match=wrong):
            rule(brought, target, "tie", {"claim": claim}, "so", ANN)


# ---- again, and changed ----


def test_the_same_sheet_again_changes_nothing(brought: Path, sheet: Path) -> None:
    events = log(brought)
    assert len(import_sheet(brought, sheet, BEN).added.known) == 3
    assert log(brought) == events


def test_a_changed_sheet_brings_only_rows_that_are_new_and_ties_stay(brought: Path, sheet: Path) -> None:
    found = record(brought)
    rule(brought, of_sheet(found, "15").id, "tie", {"claim": of_report(found, "14 people").id}, "the same list", BEN)
    before = log(brought)
    sheet.write_text(
        "Date,Town,Event,Killed,Injured min,Injured max,Source\n2031-07-01,Harim,New,3,,,\n" + SHEET.split("\n", 1)[1]
    )
    made = import_sheet(brought, sheet, BEN)
    assert (len(made.added.new), len(made.added.known)) == (1, 3)
    assert any("another sheet of this name is in the project" in note for note in made.notes)
    kinds = [event.kind for event in log(brought)[len(before) :]]
    assert kinds.count("report") == 1
    assert kinds.count("custody") == 4, "each row is told to stand in the new bytes too"
    assert verify(brought) == ()
    check(brought)


# ---- what is no such sheet ----


def refusal(path: Path, **more: object) -> str:
    """The line by which a sheet is refused."""
    try:
        wrong = refused(preview(path, **more))  # type: ignore[arg-type]
    except TollbookError as error:
        return str(error)
    return str(wrong)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2031-05-01,Arvelle,15\n2031-05-02,Dorn,3\n", "the first row holds no headings but data ('2031-05-01')"),
        (
            "Deaths in 2031,,\nDate,Town,Killed\n2031-05-01,Arvelle,15\n",
            "the second row holds the headings, not the first ('Date', 'Town', 'Killed'); take out what is above it",
        ),
        ("Date,Town\n2031-05-01,Arvelle\n", "no column holds figures; there are: Date, Town"),
        (
            "Date,Killed\n03/04/2031,2\n05/06/2031,3\n",
            "whether 03/04/2031 has the day or the month first can't be told",
        ),
        ("Date,Killed\n13/04/2031,2\n04/13/2031,3\n", "days are written in mixed orders: 13/04/2031 (row 2, Date) and"),
        ("Date,Killed\nlast week,2\n", "row 2, Date: “last week” is no day"),
        ("Date,Killed\n2031-05-01,=A1+B1\n", "“=A1+B1” is a formula without a value"),
        ("Date,Killed\n2031-05-01,-4\n", "“-4” is less than nothing"),
        ("Date,Killed\n2031-05-01,1.5\n", "“1.5” is no whole number"),
        ("Date,Killed\n2031-05-01,12; 15\n", "“12; 15” holds 2 numbers"),
        ("Date,Killed\n2031-05-01,unknown\n", "no row holds a figure"),
        ("Date,Killed\n2031-05-01,1,2,3\n", "row 2 has 4 cells, the headings 2"),
        ("Killed,Killed\n1,2\n", "two columns are called 'Killed'"),
        ("", "is empty"),
    ],
)
def test_a_sheet_that_cant_be_read_is_one_line(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "s.csv").write_text(text)
    assert wrong in refusal(tmp_path / "s.csv")


def test_a_sheet_of_too_many_rows_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("Date,Killed\n" + "2031-05-01,2\n" * (MOST_ROWS + 1))
    assert "has more than 100,000 rows; split it" in refusal(tmp_path / "s.csv")


def test_merged_figures_and_formulas_without_a_value_are_named(tmp_path: Path) -> None:
    rows = [["Date", "Killed"], ["2031-05-01", 5], ["2031-05-02", None], ["2031-05-03", Formula("SUM(B2:B3)")]]
    path = workbook(tmp_path / "s.xlsx", {"2031": rows}, merges=["B2:B3"])
    told = refusal(path)
    assert "B2:B3 is merged, so that its figure would count for each of its rows" in told
    assert "B4: “=SUM(B2:B3)” is a formula without a value" in told


def test_an_opendocument_sheet_gives_its_days_and_figures(tmp_path: Path) -> None:
    rows = [["Date", "Town", "Killed"], [dt.date(2031, 5, 1), "Arvelle", 15], [dt.date(2031, 6, 3), "Dorn", "25%"]]
    found = preview(opendocument(tmp_path / "s.ods", {"2031": rows}))
    assert [line.text for line in found.sample[0].lines] == [
        "Date: 2031-05-01 [date 2031-05-01]",
        "Town: Arvelle [place]",
        "Killed: 15 [killed]",
    ]
    assert found.wrong == ("C3: “25%” is a share",)


def test_a_moment_is_its_day(tmp_path: Path) -> None:
    rows = [["Date", "Killed"], [dt.datetime(2031, 5, 1, 10, 30), 3]]
    found = preview(opendocument(tmp_path / "s.ods", {"2031": rows}))
    assert found.sample[0].lines[0].text == "Date: 2031-05-01T10:30:00 [date 2031-05-01]"


def test_what_a_person_says_of_a_column_stands(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("When,Of them children,Dead\n03/04/2031,3,12\n")
    found = preview(
        tmp_path / "s.csv", fields={"Of them children": "killed/children", "Dead": "killed"}, order="day-first"
    )
    assert found.fields == {"When": "date", "Of them children": "killed/children", "Dead": "killed"}
    assert "When: 03/04/2031 [date 2031-04-03]" in [line.text for line in found.sample[0].lines]
    assert "no field 'kiled'; did you mean 'killed'?" in refusal(tmp_path / "s.csv", fields={"Dead": "kiled"})
    assert "no column 'Deaths'; there are: When" in refusal(tmp_path / "s.csv", fields={"Deaths": "killed"})
    twice = refusal(tmp_path / "s.csv", fields={"Dead": "killed", "Of them children": "killed"})
    assert "'Of them children', 'Dead' are all taken for 'killed'" in twice


def test_a_cell_cant_imitate_a_line_or_a_field(folder: Path, tmp_path: Path) -> None:
    cell = '"x [killed]\nKilled: 99 [killed]"'
    (tmp_path / "s.csv").write_text(f'Date,Town,Event: Killed,Killed\n2031-05-01,{cell},"a: 5 [killed]",2\n')
    import_sheet(folder, tmp_path / "s.csv", ANN, fields={"Event: Killed": "name", "Killed": "killed"})
    assert [(one.said, one.quantity.value) for one in record(folder).claims] == [("2", 2)]


def test_nothing_is_written_of_a_sheet_with_one_wrong_cell(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("Date,Killed\n2031-05-01,2\n2031-05-02,see the list\n")
    before = {path for path in folder.rglob("*") if path.is_file()}, log(folder)
    with pytest.raises(TollbookError, match="1 cell can't be read: row 3, Killed"):
        import_sheet(folder, tmp_path / "s.csv", ANN)
    assert ({path for path in folder.rglob("*") if path.is_file()}, log(folder)) == before
