"""Pages and exports as files: whole or not at all, no name in any of them, hostile text as text."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import dossier_records as made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.dossiers import html
from tollbook.dossiers.build import build
from tollbook.dossiers.files import SUMS, put
from tollbook.dossiers.formats import FORMATS, format_of
from tollbook.dossiers.formats.tables import harmless
from tollbook.dossiers.site.drawing import PLOT_STYLE
from tollbook.dossiers.site.frame import confining_policy, drawing_policy
from tollbook.errors import OutputError, UsageError
from tollbook.model import Actor, Characterisation, Notice, Quantity, Record, Ruling, Span

NAMES = ("lindal", "orsa", "tessaly", "birk")


def test_no_masked_name_is_in_any_file_or_file_name(small_folder: Path) -> None:
    for path in small_folder.iterdir():
        for text in (path.name.lower(), unescape(path.read_text(encoding="utf-8")).lower()):
            assert [name for name in NAMES if name in text] == [], path.name


def test_no_hash_or_id_of_unmasked_text_is_in_any_file(small_folder: Path) -> None:
    record = made.small()
    secret = {one.text_sha256 for one in record.reports if "Lindal" in one.text} | {one.id for one in record.claims}
    for path in small_folder.iterdir():
        text = path.read_text(encoding="utf-8")
        assert [one for one in sorted(secret) if one in text] == [], path.name


def test_the_folder_lists_its_files_with_their_hashes(small_folder: Path) -> None:
    listed = dict(line.split("  ")[::-1] for line in (small_folder / SUMS).read_text(encoding="utf-8").splitlines())
    assert set(listed) == {path.name for path in small_folder.iterdir()} - {SUMS}
    for name, digest in listed.items():
        assert hashlib.sha256((small_folder / name).read_bytes()).hexdigest() == digest


def test_writing_twice_gives_the_same_bytes_and_leaves_nothing_beside(tmp_path: Path) -> None:
    dossier = build(made.small())
    html.write(dossier, tmp_path / "out")
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert html.write(dossier, tmp_path / "out") == tmp_path / "out" / "index.html"
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_pages_of_an_earlier_dossier_do_not_stay(tmp_path: Path) -> None:
    put({"index.html": b"a", "gone.html": b"b"}.items(), tmp_path / "out")
    put({"index.html": b"c"}.items(), tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"index.html", SUMS}


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds files that are not of an earlier dossier; choose another folder"):
        put({"index.html": b"a"}.items(), tmp_path)
    put({"index.html": b"a"}.items(), tmp_path / "out")
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(OutputError):
        put({"index.html": b"b"}.items(), tmp_path / "out")
    assert (tmp_path / "out" / "index.html").read_bytes() == b"a"


def test_what_fails_in_the_middle_leaves_the_old_dossier_whole(tmp_path: Path) -> None:
    put({"index.html": b"old"}.items(), tmp_path / "out")
    with pytest.raises(OutputError, match="could not be written"):
        put({"index.html": b"new", f"{'x' * 300}.html": b"too long a name"}.items(), tmp_path / "out")
    assert (tmp_path / "out" / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_full_disk_leaves_the_old_dossier_whole(
    tmp_path: Path, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    put({"index.html": b"old"}.items(), tmp_path / "out")
    with file_limit(10_000), pytest.raises(OutputError, match="no space left; nothing was written") as caught:
        put({"index.html": b"new", "page.html": b"x" * 20_000}.items(), tmp_path / "out")
    assert caught.value.exit_code == 5
    assert (tmp_path / "out" / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_or_link_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        put({"index.html": b"a"}.items(), tmp_path / "file")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputError):
        put({"index.html": b"a"}.items(), tmp_path / "link")


# ---- exports ----


def test_the_claims_are_exported_masked_and_alike_in_both_formats() -> None:
    dossier = build(made.small())
    rows = list(csv.DictReader(io.StringIO(FORMATS["claims-csv"].content(dossier).decode(), newline="")))
    objects = [json.loads(line) for line in FORMATS["claims-jsonl"].content(dossier).decode().splitlines()]
    assert len(rows) == len(objects) == len(list(dossier.pages[0].entries)) == 11
    assert list(rows[0]) == list(objects[0])
    told = next(one for one in objects if one["said"] == "At least 12 people")
    assert (told["low"], told["high"], told["bound"], told["said_by"], told["copies"]) == (
        12,
        None,
        "at_least",
        "Flood Office",
        "R2",
    )
    assert any(one["said"] == "[name 1]" for one in objects)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "＝1", "\r@x"])
def test_a_formula_becomes_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@given(st.one_of(st.integers(), st.none(), st.text(alphabet="abc 123", max_size=5)))
def test_numbers_and_plain_text_stay(value: str | int | None) -> None:
    assert harmless(value) == value


def test_a_wrong_format_lists_the_choices() -> None:
    assert format_of("claims-csv").file == "claims.csv"
    with pytest.raises(UsageError, match="no format 'xls'; there are: acled, airwars, all, claims-csv, "):
        format_of("xls")


# ---- hostile text ----

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}</style></title>"


def hostile() -> Record:
    """Hostile text in every field that a report, a reader or a person can fill."""
    one = made.report(
        f"../../{EVIL}", f"{EVIL} 12 people {EVIL} died\u202e, {EVIL} said\x00. \ud800",
        title=EVIL, publisher=f"{EVIL} Herald",
        url=f"javascript:alert(1)//{EVIL}", published=EVIL, language=EVIL, origins=(EVIL,), extractor=EVIL,
        notices=(Notice("x", EVIL),),
    )  # fmt: skip
    claim = made.claim(
        one, "12 people", Quantity.vague(EVIL, 12), (f"{EVIL} Office", "government"),
        measure=EVIL, group=EVIL, unit=EVIL,
        affiliation=EVIL, alternatives=(Quantity.vague(EVIL, 1),),
    )  # fmt: skip
    called = Characterisation(
        one.id, Span(0, 8), one.text[:8], "label", EVIL, attribution=claim.attribution, incident="i1"
    )
    record = made.record([one], [claim], rules=("range@1",), characterisations=(called,))
    incident = replace(record.incidents[0], name=f"{EVIL}, 2031", kind=EVIL, actors=(Actor(EVIL, EVIL, EVIL),))
    finding = replace(record.findings[0], grade=EVIL, derivation=(EVIL,), parties=(EVIL,))
    rulings = (
        Ruling(1, "note", EVIL, "2031", EVIL, claim=claim.id, values={"incident": "i1"}),
        Ruling(2, "unmask", "x", "2031", EVIL, values={"name": EVIL}),
    )
    return replace(record, incidents=(incident,), findings=(finding,), rulings=rulings)


class Parsed(HTMLParser):
    """Tags and attributes of a page as a parser sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)


def test_hostile_text_makes_no_tag_no_handler_and_no_link(tmp_path: Path) -> None:
    folder = html.write(build(hostile()), tmp_path / "out").parent
    suffixes = {".html", ".csv", ".json", ".jsonl", ".geojson", ".jsonld", ".js", ".xml", ""}
    assert {path.suffix for path in folder.iterdir()} == suffixes
    for path in folder.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        parsed = Parsed()
        parsed.feed(text)
        assert parsed.tags.count("script") == 1 + text.count('type="application/json"')
        assert "img" not in parsed.tags
        assert [name for name, _ in parsed.attributes if name.startswith("on") or name == "style"] == []
        assert [
            value
            for name, value in parsed.attributes
            if name in {"href", "src"} and "javascript" in (value or "").lower()
        ] == []
        assert "{{7*7}}" in unescape(text) or path.stem in {"methods", "corrections"}
        assert not re.search("[\u202e\x00]", text)


def test_a_giant_name_is_cut_and_says_so(tmp_path: Path) -> None:
    one = made.report("r", "12 people died.", publisher="Gazette " * 60_000)
    record = made.record([one], [made.claim(one, "12 people", Quantity.exact(12))])
    folder = html.write(build(record), tmp_path / "out").parent
    page = next(folder.glob("incident-*.html"))
    assert page.stat().st_size < 200_000
    assert "more characters]" in page.read_text(encoding="utf-8")


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(small_page: Path) -> None:
    text = small_page.read_text(encoding="utf-8")
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1])  # type: ignore[index]
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]  # type: ignore[index]
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]  # type: ignore[index]
    assert policy == drawing_policy(style, script, PLOT_STYLE)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    also = unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', text)[1])
    assert also == confining_policy(script)
    index = small_page.with_name("sources.html").read_text(encoding="utf-8")
    assert "strict-dynamic" not in index


def test_a_page_of_forty_sources_and_three_hundred_claims_is_under_a_megabyte(large_page: Path) -> None:
    assert large_page.stat().st_size <= 1_000_000
