"""Word files as the build has read them: reading 250 KB of TOML takes 60 ms, and each process would do it again.

Input: the text of a TOML file. Output: its tables, from `words.json` where the build knew this very text (by its
sha256), else read now: who edits a word file need build nothing.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from tollbook.errors import UsageError

BUILT = Path(__file__).with_name("words.json")


def parsed(text: str) -> dict[str, Any]:
    """The tables of a TOML file; they are not to be changed."""
    known = _built().get(key(text))
    if known is None:
        import tomllib  # its own expressions take 5 ms

        known = tomllib.loads(text)
    return known


def own_tables(path: Path, what: str) -> dict[str, Any]:
    """The tables of a user's own file of "places" or "sources"; UsageError, naming it, where it can't be read."""
    try:
        return parsed(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"the {what} file can't be read ({error})", what=str(path), advice="see docs/incidents.md"
        ) from error


def key(text: str) -> str:
    """What the built tables of a text are found by."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _built() -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(BUILT.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
