"""Each figure saved from the page as SVG and PNG: it stands alone, offline, in the colours of paper."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import dossier_records as made
import pytest
from opened_pages import Opener
from playwright.sync_api import Page, expect

from tollbook.dossiers import html
from tollbook.dossiers.build import build
from tollbook.model import Quantity

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = ["Every source, every count", "The toll over time", "Where, and what else lies there"]


def saved(page: Page, figure: str, kind: str, folder: Path) -> Path:
    with page.expect_download() as waited:
        page.get_by_role("button", name=f"Save “{figure}” as {kind}").click()
    path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


def words(root: ElementTree.Element) -> str:
    return (
        " | ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))
        .replace("\u2068", "")
        .replace("\u2069", "")
    )


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_svg_stands_alone(scheme: str, figure: str, small_page: Path, opened: Opener, tmp_path: Path) -> None:
    watched = opened(small_page, color_scheme=scheme, accept_downloads=True)
    path = saved(watched.page, figure, "SVG", tmp_path)
    text = path.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert "Orvesk, 6 May 2031" in (root.findtext(f"{SVG}title") or "")
    said = words(root)
    assert figure in said
    assert "From 5 reports of 7 May 2031 to 10 May 2031. Made with tollbook" in said
    assert ("Rule set: range@1." in said) == ("Where" not in figure)
    # Nothing in it leans on the page: no class, no style, no variable, no script, no link, no picture.
    assert not re.search(r"\s(class|style|href|on\w+)=|var\(|<(style|script|image|a|foreignObject)\b", text)
    assert watched.asked == [small_page.as_uri(), small_page.with_name("figures.js").as_uri()]
    assert watched.complaints == []
    # In the colours of paper, whatever the page is in; and the page keeps its own.
    assert root.find(f"{SVG}rect").get("fill") == "#ffffff"  # type: ignore[union-attr]
    assert watched.page.evaluate("document.documentElement.getAttribute('style')") in (None, "")


def test_the_same_drawing_is_saved_in_both_schemes(small_page: Path, opened: Opener, tmp_path: Path) -> None:
    texts = []
    for scheme in ("light", "dark"):
        page = opened(small_page, color_scheme=scheme, accept_downloads=True).page
        texts.append(saved(page, "The toll over time", "SVG", tmp_path).read_text(encoding="utf-8"))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("figure", FIGURES)
def test_a_png_is_a_picture_of_twice_the_size(figure: str, small_page: Path, opened: Opener, tmp_path: Path) -> None:
    page = opened(small_page, accept_downloads=True).page
    root = ElementTree.fromstring(saved(page, figure, "SVG", tmp_path).read_text(encoding="utf-8"))
    data = saved(page, figure, "PNG", tmp_path).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert abs(width - 2 * float(root.get("width") or 0)) <= 1
    assert abs(height - 2 * float(root.get("height") or 0)) <= 1
    assert len(data) > 5000


def test_the_matrix_has_every_source_and_the_rule_set_that_is_shown(
    large_page: Path, opened: Opener, tmp_path: Path
) -> None:
    page = opened(large_page, accept_downloads=True).page
    page.get_by_role("radio", name="acled@1").check()
    said = words(ElementTree.fromstring(saved(page, FIGURES[0], "SVG", tmp_path).read_text(encoding="utf-8")))
    names = page.locator("#matrix tbody tr:not(.band) th a").all_inner_texts()
    assert len(names) == 40
    assert all(name[:12] in said for name in names)
    assert "Rule set: acled@1." in said
    assert "range@1" not in said


def test_hostile_and_right_to_left_names_are_text_in_what_is_saved(opened: Opener, tmp_path: Path) -> None:
    evil = "</text><script>alert(1)</script>"
    reports = [
        made.report(f"{day}.txt", f"{day} people died.", publisher=name, published=f"2031-05-{day:02}")
        for day, name in ((7, f"{evil} Herald"), (9, "صحيفة النهر"))
    ]
    claims = [made.claim(one, f"{one.id[:-4]} people", Quantity.exact(int(one.id[:-4]))) for one in reports]
    folder = html.write(build(made.record(reports, claims)), tmp_path / "out").parent
    watched = opened(next(folder.glob("incident-*.html")), accept_downloads=True)
    expect(watched.page.locator("#toll svg text.src").first).to_be_visible()
    for figure in FIGURES[:2]:
        text = saved(watched.page, figure, "SVG", tmp_path).read_text(encoding="utf-8")
        assert "script" not in {one.tag.removeprefix(SVG) for one in ElementTree.fromstring(text).iter()}
        assert "صحيفة النهر" in text
    assert watched.complaints == []


# ---- paper ----


def test_a_print_has_footnotes_and_addresses_and_no_button(small_page: Path, opened: Opener) -> None:
    page = opened(small_page).page
    expect(page.locator("#toll svg")).to_be_visible()
    assert page.locator(".fn").first.is_hidden()
    page.emulate_media(media="print")
    notes = page.locator("#figures .fn").filter(visible=True)
    assert notes.count() > 0
    listed = set(page.locator("#reports tbody th").all_inner_texts())
    assert set(" ".join(notes.all_inner_texts()).split()) <= listed
    for gone in (".save", ".pick label", ".brand", ".toc", "#switch"):
        assert page.locator(gone).filter(visible=True).count() == 0, gone
    after = page.locator("#reports td a[href^=http]").first.evaluate("one => getComputedStyle(one, '::after').content")
    assert "https://" in after


def test_nothing_of_a_print_lies_on_anything_else(small_page: Path, opened: Opener, tmp_path: Path) -> None:
    """Counts stand one below the other: Chromium draws grids that run over a page's end into each other."""
    page = opened(small_page, viewport={"width": 690, "height": 980}).page
    page.emulate_media(media="print")
    assert set(page.locator("#figures .count").evaluate_all("all => all.map(o => getComputedStyle(o).display)")) == {
        "block"
    }
    assert page.pdf(format="A4").startswith(b"%PDF")
