"""The words, as TOML that a language expert can edit, and one loader.

`load("en")` reads every `*.toml` of that language's folder once; each file is a table of its own in the result:
`load("en").table("measures")`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from tollbook.errors import UsageError
from tollbook.lexicon.tables import parsed
from tollbook.lexicon.taxonomy import Taxonomy, load_taxonomy
from tollbook.values import dataclass

__all__ = ["Lexicon", "Taxonomy", "languages", "load", "load_sources", "load_taxonomy"]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The word tables of one language, by file name without its ending; each object is its own key."""

    language: str
    tables: dict[str, dict[str, Any]]

    def table(self, name: str) -> dict[str, Any]:
        return self.tables[name]


def languages() -> list[str]:
    """Codes of the languages that have a folder here."""
    here = files(__package__)
    return sorted(item.name for item in here.iterdir() if item.is_dir() and len(item.name) == 2)


@cache
def load(language: str = "en") -> Lexicon:
    """The lexicon of a language; an unknown one lists those there are."""
    if language not in languages():
        raise UsageError(f"no lexicon for '{language}'; there are: {', '.join(languages())}")
    folder = files(__package__) / language
    tables = {
        item.name.removesuffix(".toml"): parsed(item.read_text(encoding="utf-8"))
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.name.endswith(".toml")
    }
    return Lexicon(language, tables)


@cache
def load_sources() -> dict[str, Any]:
    """sources.toml: names, aliases, kinds and parents of outlets, agencies and offices."""
    return parsed((files(__package__) / "sources.toml").read_text(encoding="utf-8"))
