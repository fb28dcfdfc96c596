"""The sample's dossier, from raw reports: nobody's name is in it who should not be, by the list written by hand."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from opened_pages import Opener, own

from tollbook import sample
from tollbook.dossiers.build import build
from tollbook.dossiers.formats import FORMATS, HOUSES
from tollbook.findings.totals import totals
from tollbook.pipeline.analyse import Overlays, analyse, source_book
from tollbook.pipeline.demo import demo
from tollbook.reports import gather


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo(tmp_path_factory.mktemp("sample") / "out").index.parent


def test_no_name_that_the_expected_record_masks_is_in_any_file(folder: Path) -> None:
    secret = {part for row in sample.expected("names") if row["masked"] for part in row["name"].lower().split()}
    assert secret >= {"varlow", "lenna", "mirel"}
    for path in folder.iterdir():
        words = set(unescape(path.read_text(encoding="utf-8")).lower().replace("-", " ").replace(",", " ").split())
        assert words & secret == set(), path.name


@pytest.fixture(scope="module")
def exported() -> dict[str, bytes]:
    """The sample in every format, by the rule sets of every house, as if its incidents were of violence."""
    rules = ("range", *HOUSES)
    with sample.path() as files:
        overlays = Overlays(sources=files / "sources.toml")
        reports = gather([str(files / "reports")]).reports
        told = analyse(reports, rules=rules, overlays=overlays)
        sums = totals(told.incidents, told.findings, told.grades, ["grade"])
        dossier = build(told, sources=source_book(overlays), salt=b"k" * 32, totals=sums)
    pages = tuple(replace(page, kind="clash") for page in dossier.pages)
    return {form.file: form.content(replace(dossier, pages=pages)) for form in FORMATS.values()}


def test_no_masked_name_is_in_the_bytes_of_any_export(exported: dict[str, bytes]) -> None:
    masked = [row["name"] for row in sample.expected("names") if row["masked"]]
    parts = {part for one in masked for part in (one.lower(), *one.lower().split())}
    for name, content in exported.items():
        for part in parts:
            assert not re.search(rb"(?<!\w)" + re.escape(part.encode()) + rb"(?!\w)", content.lower()), (name, part)
            assert hashlib.sha256(part.encode()).hexdigest()[:16].encode() not in content, (name, part)


def test_the_sample_has_rows_in_every_format(exported: dict[str, bytes]) -> None:
    assert all(content.count(b"\n") > 2 for content in exported.values())


def test_the_tables_of_houses_stand_beside_the_pages_where_their_rule_set_was_asked_for(folder: Path) -> None:
    there = {path.name for path in folder.iterdir()}
    assert {"acled.csv", "entities.ftm.json"} <= there
    assert there.isdisjoint({"ucdp-ged.csv", "airwars.csv"})


def test_officials_who_speak_as_such_are_named(folder: Path) -> None:
    shown = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.html"))
    for row in sample.expected("names"):
        if not row["masked"]:
            assert row["name"] in shown, row["name"]


def test_the_samples_pages_ask_for_nothing_and_complain_of_nothing(folder: Path, opened: Opener) -> None:
    for path in folder.glob("*.html"):
        watched = opened(path)
        assert watched.asked == own(path)
        assert watched.complaints == []
