"""Words selected at the desk become claims: the span is exact, in code points, or nothing is kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from review_server import Review, reviewing, violations
from waiting import Held, hold_down

from tollbook.pipeline import adding, project_folder
from tollbook.store import Stamp

BY = Stamp("Ann Example", "2031-05-09T12:00:00Z")
WIDE = {"width": 1440, "height": 900}
# Signs beyond the first plane, a sign made of several, a sign that can't be seen, an old line end.
MIXED = (
    "🌊🌊 Flood notes 👩‍👩‍👧 of the Orvesk office\r\n\r\nThe river Sarn left its bed; at least 12 people were killed "
    "in Orvesk on 6 May 2031, the Flood Office said.\r\n\u202eFurther down 🚤 seven boats\u202c drifted off 🌧."
)
RIGHT_TO_LEFT = (
    "قالت السلطات المحلية إن ١٢ شخصا لقوا حتفهم في فيضان أورفسك يوم الثلاثاء. وأضافت أن المياه غمرت عشرين منزلا."
)


@pytest.fixture(scope="session")
def notes_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports: one of signs of all kinds, one in a language that no reader knows."""
    folder = tmp_path_factory.mktemp("notes") / "project"
    project_folder.init(folder, BY)
    lines = [
        {
            "id": "mixed",
            "text": MIXED,
            "title": "Flood 🌊 in Orvesk",
            "published": "2031-05-07",
            "publisher": "Plain News",
        },
        {"id": "rtl", "text": RIGHT_TO_LEFT, "published": "2031-05-07", "publisher": "Sahl Post"},
    ]
    given = tmp_path_factory.mktemp("given") / "notes.jsonl"
    given.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    adding.add(folder, (str(given),), BY)
    return folder


@pytest.fixture
def project(notes_project: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(notes_project, tmp_path / "project"))


def select(page: Page, words: str, part: str = "text") -> None:
    """Select words as a person with a mouse does: from their first sign to their last, wherever marks cut them."""
    page.evaluate(
        """([words, part]) => {
          const root = document.querySelector(`#paper [data-part=${part}]`);
          const nodes = [];
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) nodes.push(walker.currentNode);
          const all = nodes.map((node) => node.textContent).join("");
          const from = all.indexOf(words);
          if (from < 0) throw new Error(`no ${words}`);
          const place = (at) => {
            for (const node of nodes) {
              if (at <= node.length) return [node, at];
              at -= node.length;
            }
          };
          getSelection().setBaseAndExtent(...place(from), ...place(from + words.length));
        }""",
        [words, part],
    )


def by_hand(review: Review, report: str) -> list[tuple[str, int, int, str]]:
    """The claims that people added to a report: part, start, end, words."""
    claims = review.app.state.desk.report(report).claims
    return [(one.span.part, one.span.start, one.span.end, one.said) for one in claims if one.reader == "hand"]


@pytest.mark.parametrize("words", ["seven boats", "🚤 seven", "Orvesk office", "drifted off 🌧"])
def test_selected_words_are_exactly_the_claim(review: Review, words: str) -> None:
    page = review.page("/report/mixed", viewport=WIDE)
    before = page.locator("#claim-list li").count()
    select(page, words)
    page.get_by_role("button", name="Add a claim of these").click()
    expect(page.locator("#form-body .quoted mark")).to_have_text(words)
    assert violations(page) == []
    page.get_by_label("Measure").select_option("damaged")
    page.get_by_label("Number", exact=True).fill("7")
    page.get_by_role("button", name="Add Ctrl").click()
    expect(page.locator("#toast")).to_contain_text("Added")
    expect(page.locator("#form-body")).to_have_count(0)
    start = MIXED.index(words)
    assert by_hand(review, "mixed") == [("text", start, start + len(words), words)]
    expect(page.locator("#claim-list li")).to_have_count(before + 1)
    assert review.complaints == []


def test_a_line_that_goes_while_the_button_is_pressed_takes_no_click_away(review: Review) -> None:
    page = review.page("/report/mixed", viewport=WIDE)
    select(page, "drifted off")
    page.get_by_role("button", name="Add a claim of these").click()
    page.get_by_label("Measure").select_option("damaged")
    expect(page.locator("#wrong")).to_contain_text("the figure has no value")
    checked = Held(page, "**/desk/check")
    page.get_by_label("Number", exact=True).fill("7")
    hold_down(page, page.get_by_role("button", name="Add Ctrl"))
    checked.wait()
    checked.answered()
    expect(page.locator("#wrong")).to_be_visible()
    page.mouse.up()
    expect(page.locator("#toast")).to_contain_text("Added: “drifted off”")


def test_words_of_the_title_are_of_the_title(review: Review) -> None:
    page = review.page("/report/mixed", viewport=WIDE)
    select(page, "🌊 in Orvesk", "title")
    page.get_by_role("button", name="Add a claim of these").click()
    page.get_by_label("Measure").select_option("affected")
    page.get_by_label("Bound").select_option("none")
    page.get_by_role("button", name="Add Ctrl").click()
    expect(page.locator("#form-body")).to_have_count(0)
    assert by_hand(review, "mixed") == [("title", 6, 17, "🌊 in Orvesk")]


def test_words_in_a_language_nobody_reads_are_a_claim_in_the_matrix(review: Review) -> None:
    page = review.page("/report/rtl", viewport=WIDE)
    assert page.locator("#text .block").evaluate("one => getComputedStyle(one).unicodeBidi") == "plaintext"
    select(page, "١٢ شخصا")
    page.get_by_role("button", name="Add a claim of these").click()
    expect(page.get_by_label("Number", exact=True)).to_have_value("12")
    page.get_by_label("Measure").select_option("killed")
    page.get_by_label("Incident", exact=True).first.select_option("new")
    page.get_by_role("button", name="Add Ctrl").click()
    expect(page.locator("#form-body")).to_have_count(0)
    start = RIGHT_TO_LEFT.index("١٢ شخصا")
    assert by_hand(review, "rtl") == [("text", start, start + 7, "١٢ شخصا")]
    page.reload()
    expect(page.locator("#matrix td a")).to_contain_text("12")
    expect(page.locator("#text mark.chosen")).to_have_text("١٢ شخصا")
    assert violations(page) == []


def test_typed_words_are_found_sign_by_sign(review: Review) -> None:
    page = review.page("/report/mixed", viewport=WIDE)
    page.keyboard.press("i")
    page.get_by_label("Words", exact=True).fill("Seven Boats")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("don’t stand in the report")
    page.get_by_label("Words", exact=True).fill("seven boats")
    page.get_by_role("button", name="Find the words").click()
    page.locator("[data-found]").click()
    expect(page.locator("#form-body .quoted mark")).to_have_text("seven boats")
    assert violations(page) == []


def test_a_span_that_is_not_exact_is_not_kept(review: Review) -> None:
    client = review.client()
    start = MIXED.index("seven boats")
    asked = {"report": "mixed", "part": "text", "start": start + 1, "end": start + 12, "words": "seven boats"}
    refused = client.get("/desk/add", params=asked, headers={"hx-request": "true"})
    assert refused.status_code == 422
    assert "not “seven boats”; select the words again" in refused.text
    values = {"measure": "damaged", "value": 7, "incident": "new"} | {
        name: asked[name] for name in ("part", "start", "end", "words")
    }
    order = {"target": "mixed", "action": "claim", "values": values, "why": "the words say it", "key": "a" * 16}
    answer = client.post("/rule", json=order)
    assert answer.status_code >= 400, answer.text
    assert by_hand(review, "mixed") == []


def test_the_source_is_picked_from_the_text(review: Review) -> None:
    page = review.page("/report/mixed", viewport=WIDE)
    page.keyboard.press("e")
    expect(page.locator("#form-body")).to_be_visible()
    page.get_by_role("button", name="Pick the source").click()
    select(page, "Orvesk office")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Source", exact=True)).to_have_value("Orvesk office")
    page.get_by_role("button", name="Correct Ctrl").click()
    expect(page.locator("#claim .chain li").first).to_contain_text("Orvesk office")


def test_a_lost_text_is_told_and_its_claims_stay(review: Review) -> None:
    report = review.app.state.desk.report("mixed").reports[0]
    (review.folder / "archive" / "text" / report.text_sha256[:2] / f"{report.text_sha256}.txt").unlink()
    review.client().post("/rule", json={"target": "rtl", "action": "note", "why": "x"})
    with reviewing(review.folder, review.browser) as again:
        page = again.page("/report/mixed", viewport=WIDE)
        expect(page.get_by_role("alert").first).to_contain_text("gone from the archive")
        expect(page.locator("#claim h2")).to_contain_text("at least 12")
        page.keyboard.press("a")
        expect(page.locator("#claim .rulings")).to_contain_text("accepted it")
        assert violations(page) == []
