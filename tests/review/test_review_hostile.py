"""Reports that mean harm, seen in a real browser on every page that links lead to: their words are only words."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from review_server import Review, reviewing, violations
from starlette.routing import Route
from waiting import submit

from tollbook.pipeline import adding, project_folder, publish
from tollbook.pipeline.ruling import rule
from tollbook.store import Stamp

BY = Stamp("Ann Example", "2031-05-09T12:00:00Z")
HARM = "window.harm = 1"
TAG = f"<script>{HARM}</script>"
BREAKS = f"\"'></a></td><img src=x onerror='{HARM}'><svg onload='{HARM}'>"
TEMPLATE = "{{ 7 * 191 }}{% raw %}${7*191}"
TURNED = "\u202elleks\u202c \u2066x\u2069 \u200b"
SHEET = '=HYPERLINK("http://elsewhere.example","12")'
HTMX = f"<div hx-get='/leave' hx-trigger='load' hx-on:load='{HARM}'>x</div>"
ALL = (TAG, BREAKS, TEMPLATE, TURNED, SHEET, HTMX)
CSP = "Content Security Policy"


def rows() -> Iterator[dict[str, str]]:
    """A report for each kind of harm, which stands in every field and in the sentence that is claimed from."""
    for number, harm in enumerate(ALL):
        killed = f"At least {12 + number} people were killed in Brinholt on 4 May 2031"
        yield {
            "id": f"{harm[:60]}{number}",
            "title": f"{harm} kills {20 + number}",
            "publisher": f"{harm} Post",
            "author": harm,
            "url": f"javascript:{HARM}//{number}",
            "published": "2031-05-05",
            "language": "en",
            "text": f"{killed}, {harm} the Flood Office said. "
            f"{harm} The mayor told {harm} Radio that {30 + number} were injured.",
        }


@pytest.fixture(scope="module")
def hostile_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "project"
    project_folder.init(folder, BY)
    reports = folder.parent / "reports.jsonl"
    reports.write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
    added = adding.add(folder, [str(reports)], BY)
    assert len(added.new) == len(ALL)
    claim = next(iter(project_folder.record(folder).claims)).id
    rule(folder, claim, "note", {}, f"{TAG}{BREAKS}", Stamp(f"{TAG} Example", BY.when))
    return folder


@pytest.fixture(scope="module")
def hostile(hostile_project: Path, chromium: Browser) -> Iterator[Review]:
    with reviewing(hostile_project, chromium, alone=f"{TAG}{TURNED}") as running:
        yield running


def harmless(page: Page) -> None:
    """Nothing ran, nothing could, and no link but to the app or the web."""
    assert page.evaluate("window.harm") is None
    for script in page.locator("script").evaluate_all("all => all.map(one => one.getAttribute('src'))"):
        assert script and script.startswith("/static/"), script
    handlers = "all => all.flatMap(one => one.getAttributeNames().filter(name => /^(on|hx-on|style$)/.test(name)))"
    assert page.locator("body *").evaluate_all(handlers) == []
    for link in page.locator("[href], [action], [src]").evaluate_all(
        "all => all.map(one => one.getAttribute('href') || one.getAttribute('action') || one.getAttribute('src'))"
    ):
        assert re.match(r"/(?!/)|\?|#|https?://", link), link
    assert page.locator("main img[src=x], main svg[onload], iframe, object, embed, base").count() == 0
    assert "1337" not in page.locator("main").inner_text()


def links(page: Page) -> list[str]:
    found = page.locator("a[href]").evaluate_all("all => all.map(one => one.href)")
    return [link.partition("#")[0] for link in found]


def test_no_page_that_links_lead_to_lets_a_report_do_anything(hostile: Review) -> None:
    page = hostile.page("/", f"{TAG}{TURNED}")
    waiting, seen = [f"{hostile.url}/", f"{hostile.url}/account"], dict[str, str]()
    while waiting and len(seen) < 40:
        url = waiting.pop(0)
        path = urlsplit(url).path
        if path in seen or not url.startswith(hostile.url) or path in {"/publish/open", "/publish/bundle.zip"}:
            continue
        answer = page.goto(url)
        assert answer is not None and answer.status < 500, url
        harmless(page)
        seen[path] = page.locator("body").inner_text()
        waiting += links(page)
    assert len(seen) >= 10, list(seen)
    told = "\n".join(seen.values())
    assert TAG in told and "onerror=" in told and "{{ 7 * 191 }}" in told
    assert "\u202e" not in told and "\u2066" not in told
    assert [one for one in hostile.complaints if CSP in one or "harm" in one] == []


def test_fields_of_forms_are_text_in_the_pages_that_answer(hostile: Review) -> None:
    page = hostile.page("/members")
    page.get_by_label("Name", exact=True).fill(f"{TAG}{BREAKS}"[:80])
    submit(page, "Make a link")
    harmless(page)
    assert TAG in page.locator("main").inner_text()
    for harm in ALL:
        for field, path in (("urls", "/add/urls"), ("name", "/members/reset"), ("name", "/members/remove")):
            text = hostile.client().post(path, data={field: harm}).text
            assert TAG not in text and "onerror='" not in text and "<div hx-get" not in text
            assert "\u202e" not in text and "1337" not in text
        text = hostile.stranger().get("/login", params={"to": harm}).text
        assert TAG not in text and "onerror='" not in text
        assert TAG not in hostile.client().get(f"/{harm}").text
        assert TAG not in hostile.stranger().get("/invite", params={"token": harm}).text


def test_a_name_of_five_megabytes_is_refused_in_a_line(hostile: Review) -> None:
    long = "w" * 5_000_000
    for path, field in (("/members", "name"), ("/login", "name"), ("/add/urls", "urls"), ("/account/password", "new")):
        answer = hostile.client().post(path, data={field: long})
        assert answer.status_code == 413 and len(answer.content) < 10_000
    assert hostile.client().post("/members", data={"name": "w" * 500_000, "role": "coder"}).status_code == 400
    answer = hostile.client().get("/" + "w" * 60_000)
    assert answer.status_code in {400, 404} and len(answer.content) < 100_000


def test_an_opened_bundle_is_as_harmless_and_apart_from_the_app(hostile: Review, hostile_project: Path) -> None:
    publish.publish(hostile_project, hostile_project / "published" / "bundle.zip")
    page = hostile.page("/publish")
    with page.expect_navigation(url="**/published/**"):
        page.get_by_role("link", name="open it").click()
    for _ in range(3):
        assert page.evaluate("window.harm") is None
        assert page.locator("a[href^='javascript:' i]").count() == 0
        assert page.evaluate("origin") == "null"
        assert page.evaluate("fetch('/account').then(() => 'read', () => 'refused')") == "refused"
        assert (
            page.evaluate("(() => { try { return document.cookie } catch (error) { return 'refused' } })()")
            == "refused"
        )
        if page.locator("a[href^=incident]").count():
            with page.expect_navigation():
                page.locator("a[href^=incident]").first.click()
    shown = hostile.app.state.shown.open("Ann Example")
    stranger = hostile.stranger()
    assert stranger.get(f"/published/{shown}/index.html").status_code == 200
    for name in ("../review.sqlite", "..%2freview.sqlite", "%2fetc%2fpasswd", "nothing.html", ""):
        assert stranger.get(f"/published/{shown}/{name}").status_code in {303, 404}, name
    assert stranger.get("/published/guessed/index.html").status_code == 404


def test_no_cell_of_an_export_is_a_formula(hostile: Review, hostile_project: Path) -> None:
    publish.publish(hostile_project, hostile_project / "published" / "bundle.zip")
    content = hostile.client().get("/publish/bundle.zip").content
    bundle, cells = zipfile.ZipFile(io.BytesIO(content)), 0
    for name in bundle.namelist():
        if name.endswith(".csv"):
            for line in csv.reader(io.StringIO(bundle.read(name).decode("utf-8-sig"))):
                for cell in line:
                    cells += 1
                    number = re.fullmatch(r"[-+]?\d+(\.\d+)?", cell)
                    assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)
    assert cells > 100


def test_a_report_whose_text_is_gone_is_told_and_all_else_goes_on(project: Path, chromium: Browser) -> None:
    whole = project_folder.record(project)
    report = next(one for one in whole.reports if one.id == "wexmoor-0312.txt")
    claims = [one for one in whole.claims if one.report == report.id]
    text = project / "archive" / "text" / report.text_sha256[:2] / f"{report.text_sha256}.txt"
    kept = text.read_bytes()
    with reviewing(project, chromium) as review:
        text.unlink()
        page = review.page(f"/report/{report.id}")
        assert "The text of this report is gone from the archive" in page.locator("main").inner_text()
        assert page.locator("#claim-list > li").count() == len(claims) > 0
        harmless(page)
        client = review.client()
        for path in ("/", "/queue", *(f"/incident/{one.id}" for one in whole.incidents)):
            assert client.get(path).status_code == 200, path
        page.goto(f"{review.url}/publish")
        page.get_by_role("button", name="Make the bundle").click()
        expect(page.locator("#job .error")).to_contain_text("restore it from a copy", timeout=60_000)
        text.write_bytes(kept)
    after = project_folder.record(project)
    assert {one.id for one in after.claims} == {one.id for one in whole.claims}


def test_what_can_t_go_on_without_a_text_names_the_report_and_its_claims(project: Path, chromium: Browser) -> None:
    whole = project_folder.record(project)
    report = next(one for one in whole.reports if one.id == "wexmoor-0312.txt")
    claims = [one for one in whole.claims if one.report == report.id]

    async def broken(request: object) -> None:
        project_folder.texts_of(project)(report.text_sha256)

    with reviewing(project, chromium) as review:
        (project / "archive" / "text" / report.text_sha256[:2] / f"{report.text_sha256}.txt").unlink()
        guarded = review.app.routes[1].app  # type: ignore[attr-defined]
        guarded._app._app.routes.insert(0, Route("/broken", broken))
        page = review.page("/broken")
        assert "report wexmoor-0312.txt: an archived text can't be used" in page.get_by_role("alert").inner_text()
        assert page.locator("tbody tr").count() == len(claims) > 0
        shown = page.locator("tbody").inner_text()
        assert all(" ".join(claim.said.split()) in shown for claim in claims)
        assert violations(page) == []
        harmless(page)
