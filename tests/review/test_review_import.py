"""A spreadsheet in the browser: shown, corrected, brought in; hostile cells are text, and what is wrong is told."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from pathlib import Path

from ods_made import opendocument
from playwright.sync_api import Page, expect
from review_server import Review, violations
from waiting import submit

from tollbook.pipeline.project_folder import record
from tollbook.review.importing import Held, seen_of

LONG = 60_000  # a machine may be busy with something else
HOSTILE = "<img src=x onerror=alert(1)>"
SHEET = (
    "When,Where,What happened,Dead,Of them children,Told by\n"
    f'03/04/2031,Ostrel,"{HOSTILE}",12,3,=HYPERLINK("http://evil.example")\n'
    "05/04/2031,Harrow Ford,javascript:alert(1),at least 7,,Hill Clinic\n"
)


def send(page: Page, file: Path) -> None:
    page.locator("#sheet").set_input_files(str(file))
    submit(page, "Send the file")
    expect(page.locator(".sheet")).to_be_visible()


def corrected(page: Page) -> None:
    """What the headings don't say."""
    page.get_by_label("Of them children").fill("killed/children")
    page.get_by_label("Told by").fill("source")
    page.get_by_label("What happened").fill("name")
    page.get_by_label("Days such as").select_option("day-first")
    submit(page, "Show what comes of it")


def test_a_sheet_is_shown_corrected_and_brought_in(review: Review, tmp_path: Path) -> None:
    file = tmp_path / "deaths.csv"
    file.write_text(SHEET, encoding="utf-8")
    page = review.page("/import", role="coder")
    assert violations(page) == []
    send(page, file)
    expect(page.locator(".sheet .error")).to_contain_text(
        "has the day or the month first can't be told; correct it below"
    )
    expect(page.get_by_role("button", name="Bring the rows in")).to_have_count(0)
    assert violations(page) == []
    before = len(record(review.folder).reports)
    corrected(page)
    expect(page.locator(".sheet")).to_contain_text("2 rows with 3 figures")
    expect(page.locator(".row").first).to_contain_text("Of them children: 3 [killed/children]")
    expect(page.locator(".row").first).to_contain_text(f"What happened: {HOSTILE} [name]")
    assert page.locator(".sheet img").count() == 0
    assert violations(page) == []
    assert len(record(review.folder).reports) == before, "nothing is written before a person says so"
    submit(page, "Bring the rows in")
    expect(page.locator("#job .done")).to_contain_text("Rows: 2 new, 0 known already; 2 new incidents.", timeout=LONG)
    assert violations(page) == []
    rows = [one for one in record(review.folder).reports if one.is_row]
    assert [one.title for one in rows] == [HOSTILE, "javascript:alert(1)"]
    assert {one.id.partition("@")[0] for one in rows} == {"deaths.csv"}
    page.get_by_role("link", name="deaths.csv").first.click()
    expect(page.locator("main")).to_contain_text("Dead: 12 [killed]")
    assert page.locator("main img").count() == 0
    assert not list(review.folder.glob(".upload*")), "what was held is gone"
    assert review.complaints == []


def test_a_sheet_is_looked_at_once_and_again_where_a_person_says_something_else(tmp_path: Path) -> None:
    (tmp_path / "deaths.csv").write_text(SHEET, encoding="utf-8")
    held = Held(tmp_path / "deaths.csv", ExitStack())
    seen = seen_of(held)
    assert seen_of(held) is seen
    held.order = "day-first"
    assert seen_of(held) is not seen
    assert seen_of(held).preview is not None


def test_a_sheet_of_libreoffice_is_shown_and_brought_in(review: Review, tmp_path: Path) -> None:
    rows = [["Date", "Town", "Killed"], [dt.date(2031, 5, 1), "Arvelle", 15], [dt.date(2031, 6, 3), "Dorn", 7]]
    page = review.page("/import", role="coder")
    send(page, opendocument(tmp_path / "deaths.ods", {"2031": rows, "Old": [["x"]]}))
    expect(page.locator(".sheet .error")).to_contain_text("has 2 worksheets; name one below: 2031, Old")
    page.get_by_label("Worksheet, where there are several").fill("2031")
    submit(page, "Show what comes of it")
    expect(page.locator(".row").first).to_contain_text("Date: 2031-05-01 [date 2031-05-01]")
    submit(page, "Bring the rows in")
    expect(page.locator("#job .done")).to_contain_text("Rows: 2 new, 0 known already; 2 new incidents.", timeout=LONG)
    assert {one.id.partition("@")[0] for one in record(review.folder).reports if one.is_row} == {"deaths.ods"}
    assert review.complaints == []


def test_the_same_sheet_again_is_known_already(review: Review, tmp_path: Path) -> None:
    file = tmp_path / "deaths.csv"
    file.write_text(SHEET, encoding="utf-8")
    page = review.page("/import", role="coder")
    for told in ("Rows: 2 new, 0 known already", "Rows: 0 new, 2 known already"):
        send(page, file)
        corrected(page)
        submit(page, "Bring the rows in")
        expect(page.locator("#job .done")).to_contain_text(told, timeout=LONG)


def test_what_is_no_sheet_is_one_line_and_nothing_is_held(review: Review, tmp_path: Path) -> None:
    page = review.page("/import", role="coder")
    for name, data, told in (
        ("a.csv", b"2031-05-01,Ostrel,12\n", "the first row holds no headings but data"),
        ("b.csv", b"%PDF-1.7", "is a PDF, no sheet"),
    ):
        (tmp_path / name).write_bytes(data)
        page.locator("#sheet").set_input_files(str(tmp_path / name))
        page.get_by_role("button", name="Send the file").click()
        expect(page.locator("#job")).to_contain_text(told)
        assert str(tmp_path) not in page.content() and ".upload" not in page.locator("#job").inner_text()
    expect(page.locator(".sheet")).to_have_count(0)


def test_a_wrong_column_is_told_and_a_sheet_is_let_go(review: Review, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("Date,Dead\n2031-05-01,12\n2031-05-02,see the list\n", encoding="utf-8")
    page = review.page("/import", role="coder")
    send(page, tmp_path / "s.csv")
    expect(page.locator(".sheet .error")).to_contain_text("row 3, Dead: “see the list” is no number")
    page.get_by_label("Dead").fill("kiled")
    submit(page, "Show what comes of it")
    expect(page.locator(".sheet .error")).to_contain_text("no field 'kiled'; did you mean 'killed'?")
    submit(page, "Let it go")
    expect(page.locator(".sheet")).to_have_count(0)
    assert not list(review.folder.glob(".upload*"))


def test_a_reader_may_not_import_and_each_sees_their_own(team: Review, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("Date,Dead\n2031-05-01,12\n", encoding="utf-8")
    send(team.page("/import", "Bo Tarn", "coder"), tmp_path / "s.csv")
    expect(team.page("/import", "Cy Ferrow", "coder").locator(".sheet")).to_have_count(0)
    expect(team.page("/import", "Di Marsh", "reader").locator("#sheet")).to_have_count(0)


def test_a_row_is_tied_to_words_of_a_report_or_rejected(review: Review, tmp_path: Path) -> None:
    now = record(review.folder)
    said = next(one for one in now.claims if one.measure == "killed" and one.incident and one.place and one.date)
    incident = next(one for one in now.incidents if one.id == said.incident)
    assert incident.date is not None and incident.place is not None
    rows = f"{incident.date.start},{incident.place.name},{HOSTILE},{said.quantity.low}\n2031-06-03,Dorn,Other,3\n"
    (tmp_path / "s.csv").write_text(f"Date,Town,Event,Killed\n{rows}", encoding="utf-8")
    page = review.page("/import", role="coder")
    send(page, tmp_path / "s.csv")
    submit(page, "Bring the rows in")
    expect(page.locator("#job .done")).to_contain_text("Rows: 2 new", timeout=LONG)
    page.get_by_role("link", name="row 1").first.click()
    page.get_by_role("link", name="Tie this row to words of a report").click()
    expect(page.get_by_role("heading", name="Tie a row")).to_be_visible()
    assert violations(page) == []
    submit(page, "It repeats this")
    expect(page.locator(".error")).to_contain_text("no claim is chosen; choose one, or write its id")
    page.get_by_label("Another claim").fill(said.id)
    page.get_by_label("Why").fill("the list quotes it")
    submit(page, "It repeats this")
    expect(page.locator("main")).to_contain_text("Killed")
    made = record(review.folder).rulings[-1]
    assert (made.action, made.values["claim"], made.why) == ("tie", said.id, "the list quotes it")
    other = next(one for one in record(review.folder).claims if one.is_of_sheet and one.said == "3")
    page.goto(f"{review.url}/claim/{other.id}/tie")
    expect(page.locator("legend")).to_contain_text("No report tells of this")
    page.get_by_label("Why").fill("nobody else knows of it")
    submit(page, "Reject the row")
    expect(page.locator("main")).to_contain_text("Killed")
    assert record(review.folder).rulings[-1].action == "reject"
