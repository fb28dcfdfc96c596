"""Reads the word files that come with tollbook and writes them as one JSON, by the sha256 of each file's text.

    python tools/build_words.py

Output: src/tollbook/lexicon/words.json, not committed; made when tollbook is installed or packed.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from tollbook.lexicon.tables import BUILT, key  # noqa: E402

FOLDERS = ("lexicon", "lexicon/en", "reports", "dossiers")


def build(out: Path = BUILT) -> None:
    """Write the tables of every word file."""
    texts = [
        path.read_text("utf-8")
        for folder in FOLDERS
        for path in sorted((ROOT / "src" / "tollbook" / folder).glob("*.toml"))
    ]
    tables = {key(text): tomllib.loads(text) for text in texts}
    out.write_text(json.dumps(tables, ensure_ascii=True, separators=(",", ":")), encoding="ascii")


if __name__ == "__main__":
    build()
