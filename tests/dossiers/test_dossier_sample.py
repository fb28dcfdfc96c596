"""The sample's dossier, from raw reports: nobody's name is in it who should not be, by the list written by hand."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from conftest import Opener

from tollbook import sample
from tollbook.dossiers.formats import PUBLISHED
from tollbook.pipeline.demo import demo


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo(tmp_path_factory.mktemp("sample") / "out").index.parent


def test_no_name_that_the_expected_record_masks_is_in_any_file(folder: Path) -> None:
    secret = {part for row in sample.expected("names") if row["masked"] for part in row["name"].lower().split()}
    assert secret >= {"varlow", "lenna", "mirel"}
    for path in folder.iterdir():
        words = set(unescape(path.read_text(encoding="utf-8")).lower().replace("-", " ").replace(",", " ").split())
        assert words & secret == set(), path.name


def test_no_masked_name_is_in_the_bytes_of_any_export(folder: Path) -> None:
    masked = [row["name"] for row in sample.expected("names") if row["masked"]]
    for form in PUBLISHED:
        name, content = form.file, (folder / form.file).read_bytes().lower()
        for part in {part for one in masked for part in (one.lower(), *one.lower().split())}:
            assert not re.search(rb"(?<!\w)" + re.escape(part.encode()) + rb"(?!\w)", content), (name, part)


def test_the_sample_has_rows_but_in_tables_of_violence(folder: Path) -> None:
    for form in PUBLISHED:
        assert (folder / form.file).read_text(encoding="utf-8").count("\n") > 1 or form.rules, form.file


def test_officials_who_speak_as_such_are_named(folder: Path) -> None:
    shown = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.html"))
    for row in sample.expected("names"):
        if not row["masked"]:
            assert row["name"] in shown, row["name"]


def test_the_samples_pages_ask_for_nothing_and_complain_of_nothing(folder: Path, opened: Opener) -> None:
    for path in folder.glob("*.html"):
        watched = opened(path)
        assert watched.asked == [path.as_uri()]
        assert watched.complaints == []
