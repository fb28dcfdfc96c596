"""The word lists beside this package's code, as TOML that a language expert can edit.

Input: a file's name. Output: its table, or a list of words in it, read once: `words("datelines", "no_place")`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from tollbook.lexicon.tables import parsed


@cache
def table(name: str) -> dict[str, Any]:
    """The table in `name`.toml."""
    return parsed((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """A list of words under `key` of `name`.toml, written there with spaces between."""
    return frozenset(table(name)[key].split())
