"""What lies in a folder beside reports and is none: it is named and left out, and nothing has failed.

Input: the paths of one folder. Output: for each that holds no report by its very kind, what it is: "photo.jpg" is a
picture, "page_files/" holds what a browser saved beside "page.html". What may be a report in a form that can't be read
(a Word file, an archive) is not left out: without it the record lacks something, so it fails.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from tollbook.errors import InputError
from tollbook.reports.options import Failure

_KINDS = {
    "a picture": "jpg jpeg png gif webp bmp tif tiff svg ico heic avif psd",
    "a sound recording": "mp3 wav ogg oga m4a flac aac opus wma",
    "a video": "mp4 m4v mov avi mkv webm 3gp wmv mpg mpeg",
    "a font": "woff woff2 ttf otf eot",
    "a style sheet": "css",
    "a program": "js mjs exe dll",
}
_BY_SYSTEMS = {"thumbs.db", "desktop.ini"}
# A browser saves "page.html" with a folder "page_files" for its pictures, scripts and framed pages.
_PAGE_PARTS = "_files"
_PAGES = {".html", ".htm", ".xhtml"}
_LOOKED_AT = 100_000
# As the pipeline names what it writes.
_DATABASE, _STORE = "tollbook.sqlite", "store.toml"
_PROJECT = {_STORE, "archive", "salt.key", "sources.toml", "places.toml"}
_DOSSIER = b'<meta name="generator" content="tollbook'


@cache
def _by_ending() -> dict[str, str]:
    return {f".{ending}": kind for kind, endings in _KINDS.items() for ending in endings.split()}


def no_report(path: Path) -> str | None:
    """What a file is that holds no report by its kind, None where it may hold one."""
    if path.name.lower() in _BY_SYSTEMS:
        return "a file of the system"
    return _by_ending().get(path.suffix.lower())


def page_of(folder: Path, files: Collection[Path]) -> str | None:
    """The name of the page that a folder was saved with, None where it is a folder like any other."""
    if not folder.name.endswith(_PAGE_PARTS):
        return None
    stem = folder.name.removesuffix(_PAGE_PARTS)
    return next((file.name for file in files if file.stem == stem and file.suffix.lower() in _PAGES), None)


def written_by_us(folder: Path, names: Collection[str]) -> tuple[str, frozenset[str]] | None:
    """What tollbook itself wrote into a folder, and under which `names`: a second run must not read the first."""
    if {"run.json", "claims.jsonl"} <= set(names):
        return "the record of an earlier run", frozenset(names)
    if _DATABASE in names or {_STORE, "archive"} <= set(names):
        own = {name for name in names if name in _PROJECT or name.startswith(_DATABASE)}
        return "a project's own files", frozenset(own)
    if "index.html" in names and _starts_as_dossier(folder / "index.html"):
        return "a dossier", frozenset(names)
    return None


def _starts_as_dossier(page: Path) -> bool:
    try:
        with page.open("rb") as file:
            return _DOSSIER in file.read(_LOOKED_AT)
    except OSError:
        return False


def skipped(name: str, what: str) -> Failure:
    """The line that names what was left out."""
    return Failure(name, InputError(f"{what}, left out", what=name), skipped=True)


def lone_json(path: Path, name: str) -> Failure:
    """A JSON file with no report beside it: left out, unless it looks as if it held reports itself."""
    try:
        with path.open("rb") as file:
            holds = b'"text"' in file.read(_LOOKED_AT)
    except OSError:
        holds = False
    if holds:
        return Failure(name, json_report(name))
    return skipped(name, "a JSON file with no report of the same name beside it")


def json_report(name: str) -> InputError:
    return InputError(
        "JSON is read as particulars of a report beside it, not as a report",
        what=name,
        advice="write one report a line into a .jsonl",
    )
