"""A record becomes a dossier: pages and exports that a stranger can read and check, names of private persons masked.

`build(record)` is pure; `dossiers.html.write(dossier, folder)` writes the pages and the exports of `dossiers.formats`.
"""

from tollbook.dossiers.build import build
from tollbook.dossiers.value import Dossier

__all__ = ["Dossier", "build"]
