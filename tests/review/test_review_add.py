"""Adding reports and making the bundle, in a real browser, by the processes that do it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from review_server import Review, reviewing, violations

from tollbook import sample
from tollbook.bundles import verify
from tollbook.pipeline import project_folder
from tollbook.store import Stamp, keys

TEXT = "Two people were killed in Ostrel on 4 May 2031 when a wall fell, the fire service said.\n"
DONE = "#job .done, #job .error"
LONG = 60_000  # a machine may be busy with something else


def send(page: Page, *files: Path) -> None:
    page.goto(page.url)
    page.locator("#files").set_input_files([str(file) for file in files])
    with page.expect_response("**/add/files"):  # what came of files that were sent before stands there till then
        page.get_by_role("button", name="Add the files").click()
    expect(page.locator(DONE)).to_be_visible(timeout=LONG)


def test_files_become_reports_and_adding_them_again_changes_nothing(review: Review, tmp_path: Path) -> None:
    file, picture, blank = tmp_path / "ostrel.txt", tmp_path / "map.png", tmp_path / "blank.txt"
    file.write_text(TEXT, encoding="utf-8")
    picture.write_bytes(b"\x89PNG")
    blank.write_text("", encoding="utf-8")
    page = review.page("/add", role="coder")
    assert violations(page) == []
    send(page, file, picture, blank)
    expect(page.locator("#job .done")).to_contain_text("Reports: 1 new; 1 new incident.")
    expect(page.locator("#job")).to_contain_text("map.png")
    expect(page.locator("#job .failed")).to_contain_text("blank.txt")
    assert str(tmp_path) not in page.content() and "upload" not in page.locator("#job").inner_text()
    assert violations(page) == []
    send(page, file)
    expect(page.locator("#job .done")).to_have_text("Reports: 1 known already.")
    assert not list(review.folder.glob(".upload*"))
    assert review.complaints == []


def test_who_has_added_sees_it_again_after_leaving_the_page(review: Review, tmp_path: Path) -> None:
    file = tmp_path / "ostrel.txt"
    file.write_text(TEXT, encoding="utf-8")
    page = review.page("/add", "Bo Tarn", "coder")
    send(page, file)
    page.goto(f"{review.url}/add")
    expect(page.locator("#job .done")).to_contain_text("1 new")
    expect(review.page("/add", "Cy Ferrow", "coder").locator("#job .done")).to_have_count(0)


def test_what_can_t_be_fetched_is_told_line_by_line(review: Review) -> None:
    page = review.page("/add", role="coder")
    page.locator("#urls").fill("http://127.0.0.1:9/a\nhttp://[::ffff:10.0.0.7]/b\nhttp://169.254.169.254/latest")
    page.get_by_role("button", name="Fetch and add them").click()
    expect(page.locator("#job .failed li")).to_have_count(3, timeout=LONG)
    for words in ("a loopback address", "a private address", "a link-local address"):
        expect(page.locator("#job .failed")).to_contain_text(words)
    page.locator("#urls").fill("/etc/passwd")
    page.get_by_role("button", name="Fetch and add them").click()
    expect(page.locator("#job .error")).to_contain_text("is no address of the web")


def test_an_editor_makes_a_signed_bundle_opens_it_and_carries_it_away(review: Review, tmp_path: Path) -> None:
    key = tmp_path / "desk.key"
    made = keys.new_key("desk.example")
    keys.write_key(key, made)
    page = review.page("/publish", role="editor")
    assert violations(page) == []
    page.locator("#key").set_input_files(str(key))
    page.get_by_label("ibc").check()
    page.get_by_role("button", name="Make the bundle").click()
    expect(page.locator(DONE)).to_be_visible(timeout=LONG)
    expect(page.locator("#job .done")).to_contain_text("signed by desk.example")
    assert violations(page) == []

    with page.expect_download() as caught:
        page.get_by_role("link", name="Download it").click()
    bundle = tmp_path / "got.zip"
    caught.value.save_as(bundle)
    checks = verify.verify(bundle, [verify.given_key(str(made.public))], [], [])
    assert [line for check in checks for line in check.wrong] == []

    with page.expect_navigation(url="**/published/**"):
        page.get_by_role("link", name="Open it").click()
    assert page.evaluate("origin") == "null"
    assert page.evaluate("document.styleSheets.length") > 0
    page.locator("a[href^=incident]").first.click()
    expect(page.locator("#matrix")).to_be_visible()
    assert review.complaints == []


def test_a_key_that_is_none_is_told_and_nothing_is_made(review: Review, tmp_path: Path) -> None:
    key = tmp_path / "desk.key"
    keys.write_key(key, keys.new_key("desk.example"), "seven grey herons")
    page = review.page("/publish", role="editor")
    for content, words in ((key.read_bytes(), "wrong passphrase"), (b"no key", "is no private key")):
        page.goto(page.url)
        page.locator("#key").set_input_files({"name": "k", "mimeType": "text/plain", "buffer": content})
        page.get_by_role("button", name="Make the bundle").click()
        expect(page.locator("#job .error")).to_contain_text(words, timeout=LONG)
    assert not (review.folder / "published" / "bundle.zip").exists()


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    project_folder.init(tmp_path / "empty", Stamp("Ann Example", "2031-05-09T12:00:00Z"))
    return tmp_path / "empty"


def test_from_nothing_to_a_bundle_of_the_sample(empty: Path, chromium) -> None:  # type: ignore[no-untyped-def]
    with reviewing(empty, chromium) as review, sample.inputs() as (folder,):
        page = review.page("/add")
        send(page, *sorted(Path(folder).iterdir()))
        expect(page.locator("#job .done")).to_contain_text("Reports: 14 new")
        page.goto(f"{review.url}/publish")
        page.get_by_role("button", name="Make the bundle").click()
        expect(page.locator("#job .done")).to_contain_text("14 reports", timeout=LONG)
        content = review.client().get("/publish/bundle.zip").content
        assert "index.html" in zipfile.ZipFile(io.BytesIO(content)).namelist()
