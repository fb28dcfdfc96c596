"""A project becomes a dossier, or one file in a format of the field; names of private persons are masked in both.

Input: the project's folder and where to write; output: the dossier, and the folder with its pages. Where a page must
hide a name, the hash of the words becomes a commitment salted with the project's secret, which stays in the project.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from tollbook.dossiers import Dossier, build, html
from tollbook.dossiers.files import WHAT, is_dossier
from tollbook.dossiers.formats import format_of
from tollbook.errors import StoreError
from tollbook.files import check_free, put_file
from tollbook.findings.rules import RULES
from tollbook.pipeline.analyse import source_book
from tollbook.pipeline.project_folder import overlays_of, record

SALT = "salt.key"
# As long as the hash that it salts: guessing it is no easier than guessing the hash.
_SALT_BYTES = 32


def publish(
    folder: Path, out: Path, *, rules: Sequence[str] = ("range", "acled"), as_of: dt.date | None = None
) -> Dossier:
    """Write the dossier of a project to `out`, in place of an earlier one; anything else there is refused."""
    check_free(out, is_dossier, WHAT)
    told = record(folder, rules=rules, as_of=as_of)
    dossier = build(told, sources=source_book(overlays_of(folder)), salt=salt(folder))
    html.write(dossier, out)
    return dossier


def export(
    folder: Path, name: str, out: Path, *, rules: Sequence[str] = (), as_of: dt.date | None = None
) -> tuple[Dossier, tuple[str, ...]]:
    """Write a project in one format to the file `out`, in place of an earlier one; the dossier, and the rule sets used.

    Without `rules` the figures are by the rule set that the format is made for, where there is one, else by `range`.
    """
    form = format_of(name)
    used = tuple(rules) or (form.rules if form.rules in RULES else "range",)
    told = record(folder, rules=used, as_of=as_of)
    dossier = build(told, sources=source_book(overlays_of(folder)), salt=salt(folder))
    put_file(form.content(dossier), out)
    return dossier, dossier.rules


def salt(folder: Path) -> bytes:
    """The project's secret, made when first needed, readable by its owner alone."""
    path = folder / SALT
    try:
        if not path.exists():
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(secrets.token_bytes(_SALT_BYTES))
        found = path.read_bytes()
    except OSError as error:
        raise StoreError(f"can't be read or made ({error.strerror})", what=str(path)) from error
    if len(found) != _SALT_BYTES:
        raise StoreError("is not the secret that tollbook made", what=str(path), advice="restore it from a copy")
    return found
