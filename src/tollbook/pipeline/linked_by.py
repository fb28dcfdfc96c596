"""By what a project's linking was made: where any of that is another, what was kept is thrown away.

Input: the project's folder, and who read its reports. Output: a digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tollbook.lexicon.gazetteer import SHIPPED
from tollbook.pipeline.project_folder import overlays_of

# What decides how reports are linked, what they say about names and what is shown of it, beside their readings.
_CODE = (
    "incidents", "lexicon", "model", "text.py",
    "dossiers/clues.py", "dossiers/cues.py", "dossiers/names.py", "dossiers/names.toml", "dossiers/wordlists.py",
    "rulings/binding.py", "rulings/decisions.py",
    "pipeline/identities.py", "pipeline/linking.py", "pipeline/reach.py", "pipeline/regroup.py", "pipeline/showing.py",
)  # fmt: skip


def made_by(folder: Path, reader: str) -> str:
    """A digest of all that decides how readings are linked: code, word lists, gazetteer, the project's own names."""
    own = overlays_of(folder)
    told = [
        _code(),
        reader,
        *(path.read_text("utf-8", "replace") if path else "" for path in (own.places, own.sources)),
    ]
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _code() -> str:
    digest = hashlib.sha256(str(SHIPPED.stat().st_size).encode())
    for name in _CODE:
        for item in _files(files("tollbook") / name):
            digest.update(item.read_bytes())
    return digest.hexdigest()


def _files(item: Traversable) -> Iterator[Traversable]:
    if item.is_dir():
        for inner in sorted(item.iterdir(), key=lambda inner: inner.name):
            yield from _files(inner)
    elif item.name.endswith((".py", ".toml", ".txt")):
        yield item
