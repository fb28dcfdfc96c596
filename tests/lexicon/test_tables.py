"""Word files as the build reads them are what the TOML says, and a file that was edited since is read anew."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import build_words
import pytest

from tollbook.lexicon import tables


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "words.json"
    build_words.build(path)
    monkeypatch.setattr(tables, "BUILT", path)
    tables._built.cache_clear()
    yield path
    tables._built.cache_clear()


def files() -> list[Path]:
    root = Path(tables.__file__).parent.parent
    return [path for name in build_words.FOLDERS for path in (root / name).glob("*.toml")]


def test_every_word_file_is_built_as_it_reads(built: Path) -> None:
    known = json.loads(built.read_text())
    assert len(files()) > 25
    for path in files():
        text = path.read_text("utf-8")
        assert tables.key(text) in known
        assert tables.parsed(text) == tomllib.loads(text)
        assert list(tables.parsed(text)) == list(tomllib.loads(text))  # the order of a file is told nowhere else


def test_an_edited_file_is_read_anew(built: Path) -> None:
    text = files()[0].read_text("utf-8")
    assert tables.parsed(f"{text}\n[of_mine]\nwords = ['sluice']\n")["of_mine"] == {"words": ["sluice"]}


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"\xff"])
def test_without_a_build_words_are_read_from_their_files(built: Path, content: bytes | None) -> None:
    built.unlink()
    if content is not None:
        built.write_bytes(content)
    assert tables.parsed("a = 'b'") == {"a": "b"}
