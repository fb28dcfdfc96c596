"""A project becomes a dossier, or one file in a format of the field; names of private persons are masked in both.

Input: the project's folder and where to write; output: the dossier, and the folder with its pages. Where a page must
hide a name, the hash of the words becomes a commitment salted with the project's secret, which stays in the project.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from tollbook.bundles import contents, is_bundle, sealed
from tollbook.dossiers.build import build
from tollbook.dossiers.files import EXPORTS, WHAT, is_exports, put, summed
from tollbook.dossiers.formats import FORMATS, HOUSES, format_of, parquet
from tollbook.dossiers.site.feed import base_of
from tollbook.dossiers.value import Dossier
from tollbook.errors import OutputError, StoreError
from tollbook.files import beside, check_free, check_free_file, put_file, put_new, putting, sweep, sync
from tollbook.findings import RuleSet
from tollbook.findings.totals import totals
from tollbook.lexicon.towns import Towns
from tollbook.model import Record
from tollbook.pipeline.analyse import Overlays, source_book
from tollbook.pipeline.described import described
from tollbook.pipeline.methods import methods
from tollbook.pipeline.past import Past
from tollbook.pipeline.project_folder import open_project, overlays_of, record
from tollbook.pipeline.proven import Log, obtained
from tollbook.pipeline.shifts import shifts
from tollbook.pipeline.withholding import hidden, open_one, without
from tollbook.rulings import Opening
from tollbook.store import Unit
from tollbook.store.notes import PrivateKey
from tollbook.zips import member, packing

SALT = "salt.key"
BUNDLE = "an earlier bundle"
# As long as the hash that it salts: guessing it is no easier than guessing the hash.
_SALT_BYTES = 32


def publish(
    folder: Path,
    out: Path,
    *,
    rules: Sequence[str] = ("range", "acled"),
    as_of: dt.date | None = None,
    key: PrivateKey | None = None,
    base: str = "",
) -> Dossier:
    """Write the bundle of a project to `out`, a folder, or one file where its name ends in `.zip`.

    It takes the place of an earlier one; anything else there is refused. Its checkpoint is signed by `key`, if given.
    `base` is the web address of the folder, if it will have one: the feed of changes links to it.
    The project is only read: the same record gives the same bytes.
    """
    base = base_of(base) if base else ""
    zipped = out.suffix == ".zip"
    if zipped:
        check_free_file(out, is_bundle, BUNDLE)
    else:
        check_free(out, is_bundle, WHAT)
    log, sets, overlays = Log(), methods(rules, folder), overlays_of(folder)
    past = Past()

    def look(unit: Unit) -> None:
        log.take(unit)
        past.take(unit)

    told = record(folder, rules=sets, as_of=as_of, also=look, grouped=past.group)
    dossier = _built(told, folder, sets, overlays, past)
    ways = obtained(told.reports, folder, salt(folder))
    signer = str(key.public) if key else None
    made = contents(dossier, log.events, ways, as_of=as_of, signer=signer, base=base)

    def seal(sums: bytes) -> bytes:
        return sealed(log.events, log.tree, hashlib.sha256(sums).hexdigest(), key)

    if zipped:
        with putting(out) as file, packing(file) as packed:
            for name, content in summed(made, seal):
                with member(packed, name, size=len(content)) as target:
                    target.write(content)
    else:
        put(made, out, is_bundle, WHAT, seal)
    return dossier


def export(
    folder: Path, name: str, out: Path, *, rules: Sequence[str] = (), as_of: dt.date | None = None
) -> tuple[Dossier, tuple[str, ...]]:
    """Write a project in one format to the file `out`, in place of an earlier one; the dossier, and the rule sets used.

    The table of a house holds figures by the house's own rule set: it is worked out whatever others `rules` name.
    Without `rules` other formats are by `range`.
    """
    form = format_of(name)
    if out.is_dir():
        raise OutputError("is a folder, not a file", what=str(out), advice="name a file")
    dossier = _dossier(folder, _with(rules or (form.rules or "range",), filter(None, [form.rules])), as_of)
    put_file(form.content(dossier), out)
    return dossier, dossier.rules


def export_all(
    folder: Path, out: Path, *, rules: Sequence[str] = (), as_of: dt.date | None = None
) -> tuple[Dossier, tuple[str, ...]]:
    """Write a project in every format into the folder `out`, each house's table by its own rule set.

    Returns the dossier and the files that could not be made because an extra is missing.
    """
    check_free(out, is_exports, EXPORTS)
    dossier = _dossier(folder, _with(rules or ("range",), HOUSES), as_of)
    forms = [form for form in FORMATS.values() if form.published or parquet.there()]
    put(((form.file, form.content(dossier)) for form in forms), out, is_exports, EXPORTS)
    return dossier, tuple(form.file for form in FORMATS.values() if form not in forms)


def _with(rules: Sequence[str], houses: Iterable[str]) -> tuple[str, ...]:
    """The rule sets named, and those of houses that are not among them: ("range@1",) and "acled" are both."""
    named = {rule.partition("@")[0] for rule in rules}
    return (*rules, *(house for house in houses if house not in named))


def _dossier(folder: Path, rules: Sequence[str], as_of: dt.date | None) -> Dossier:
    sets, overlays = methods(rules, folder), overlays_of(folder)
    return _built(record(folder, rules=sets, as_of=as_of), folder, sets, overlays)


def _built(
    told: Record, folder: Path, sets: Sequence[RuleSet], overlays: Overlays, past: Past | None = None
) -> Dossier:
    """The dossier of a record; what moved its figures is worked out where its `past` is given."""
    moved = shifts(told, sets, overlays, past, hidden(told, overlays)) if past else ((), ())
    sums = totals(told.incidents, told.findings, told.grades, ["grade"])
    return build(
        told,
        sources=source_book(overlays),
        salt=salt(folder),
        totals=sums,
        without=without(told, sets, overlays),
        atlas=Towns(),
        shifts=moved[0],
        came=moved[1],
        methods=described(sets),
    )


def reveal(folder: Path, number: int) -> Opening:
    """What shows to a court what a ruling withholds, or withheld: it alone; UsageError where it withholds nothing."""
    with open_project(folder) as store, store.read() as unit:
        rulings = unit.rulings()
    if not (folder / SALT).exists():
        raise StoreError(
            "no secret: nothing was published from here", what=str(folder / SALT), advice="restore it from a copy"
        )
    return open_one(rulings, number, salt(folder))


def salt(folder: Path) -> bytes:
    """The project's secret, made when first needed, readable by its owner alone."""
    path = folder / SALT
    try:
        sweep(path)
        if not path.exists():
            with beside(path, partial(Path.touch, mode=0o600)) as made:
                made.write_bytes(secrets.token_bytes(_SALT_BYTES))
                sync(made)
                put_new(made, path)  # or another process has made it meanwhile
        found = path.read_bytes()
    except OSError as error:
        raise StoreError(f"can't be read or made ({error.strerror})", what=str(path)) from error
    if len(found) != _SALT_BYTES:
        raise StoreError("is not the secret that tollbook made", what=str(path), advice="restore it from a copy")
    return found
