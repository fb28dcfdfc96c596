"""A dossier becomes a bundle: its pages and exports, and what a stranger needs to check them.

Input: a `Dossier`, how each report was obtained, the log without what it holds, and the key that will sign. Output:
names and contents of files, and last the checkpoint. Worked: an event is the line
`{"seq":7,"kind":"ruling","when":"2031-05-09T10:00:00Z","promise":"9f…","hash":"3c…"}`: anybody can check that it
follows on event 6, nobody can read from it who ruled what.

Everything comes from the dossier, in which names are masked, and from the log's public half; no clock is asked.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from tollbook.bundles.page import verify_page
from tollbook.dossiers import html
from tollbook.dossiers.files import CHECKPOINT, SUMS, is_dossier
from tollbook.dossiers.formats import events
from tollbook.dossiers.value import Column, Dossier, Page, Reference, Ruled
from tollbook.errors import InputError
from tollbook.store import Event
from tollbook.store.log import commitment
from tollbook.store.merkle import Tree
from tollbook.store.notes import Checkpoint, Note, PrivateKey, origin_of
from tollbook.values import dataclass
from tollbook.zips import open_zip

FORMAT = "tollbook-bundle/1"
MANIFEST = "bundle.json"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Public:
    """An event as anybody may see it: `promise` is a salted hash of what it holds and of who did it."""

    seq: int
    kind: str
    when: str
    promise: str
    hash: str


@dataclass(frozen=True, slots=True)
class Obtained:
    """One way in which a report was obtained: "fetched", when, with which tool, as what type of file."""

    how: str
    obtained: str
    tool: str
    media_type: str


def public(event: Event) -> Public:
    """An event without what it holds."""
    return Public(event.seq, event.kind, event.when, commitment(event.payload, event.who, event.salt), event.hash)


def contents(
    dossier: Dossier,
    log: Sequence[Public],
    obtained: Mapping[str, Sequence[Obtained]],
    *,
    as_of: dt.date | None = None,
    signer: str | None = None,
    base: str = "",
) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of everything in a bundle but its sums and checkpoint.

    `obtained` is by the key of a report, `log` has an event at least, `signer` is the public key of who will sign.
    `base` is the address under which the pages will be found.
    """
    yield from html.render(dossier, bundled=True, base=base)
    rows: dict[str, list[Json]] = {
        "evidence": [_evidence(report, obtained.get(report.key, ())) for report in dossier.reports],
        "incidents": [_incident(page) for page in dossier.pages],
        "figures": [_figure(page, *one) for page in dossier.pages for one in page.findings],
        "rulings": [_ruling(dossier, at) for at in range(len(dossier.rulings))],
        "log": [asdict(event) for event in log],
    }
    for name, lines in rows.items():
        yield f"{name}.jsonl", _lines(lines)
    counts = {
        "events": len(log),
        "reports": len(dossier.reports),
        "incidents": len(dossier.pages),
        "claims": sum(1 for page in dossier.pages for _ in page.entries) + len(dossier.loose),
        "figures": len(rows["figures"]),
        "rulings": len(dossier.rulings),
    }
    manifest = {
        "format": FORMAT,
        "tollbook": dossier.version,
        "log": origin_of(log[0].hash),
        "project": dossier.key,
        "as_of": as_of.isoformat() if as_of else None,
        "rules": list(dossier.rules),
        "counts": counts,
        "signer": signer,
    }
    yield MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    yield "verify.py", (files("tollbook.bundles") / "verify.py").read_bytes()
    yield "verify.html", verify_page(dossier.version)


def sealed(log: Sequence[Public], leaves: Tree, digest: str, key: PrivateKey | None) -> bytes:
    """The checkpoint over the log that names the SHA-256 of a bundle's sums, signed where there is a key."""
    checkpoint = Checkpoint(origin_of(log[0].hash), len(log), leaves.root(), (f"bundle sha256:{digest}",))
    note = Note(checkpoint.text)
    return str(note if key is None else note.signed(key)).encode()


def is_bundle(path: Path) -> bool:
    """True for a folder that is an earlier bundle or dossier, or a zip that is an earlier bundle."""
    if path.is_dir():
        return is_dossier(path)
    try:
        with open_zip(path) as zipped:
            listed = {line.partition("  ")[2] for line in zipped.read(SUMS).decode("utf-8", "replace").splitlines()}
            return MANIFEST in listed and set(zipped.names) <= listed | {SUMS, CHECKPOINT}
    except InputError:
        return False


# ---- lines of data ----


def _lines(rows: Sequence[Json]) -> bytes:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows).encode(
        "utf-8", "replace"
    )


def _evidence(report: Reference, obtained: Sequence[Obtained]) -> Json:
    return {
        "report": report.ref,
        "key": report.key,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.issued or None,
        "url": report.url,
        "hash_kind": report.hash_kind,
        "sha256": report.sha256 or None,
        "text_sha256": report.text_sha256 or None,
        "extractor": report.extractor,
        "obtained": [asdict(one) for one in obtained],
    }


def _incident(page: Page) -> Json:
    dates, place = page.date, page.place
    return {
        "incident": page.slug,
        "key": page.key,
        "aliases": list(page.aliases),
        "name": page.name,
        "kind": page.kind,
        "date_start": dates.start.isoformat() if dates else None,
        "date_end": dates.end.isoformat() if dates else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "grade": page.grade.grade if page.grade else None,
        "reports": [report.ref for report in page.reports],
    }


def _figure(page: Page, column: Column, ruled: Ruled) -> Json:
    return {
        "incident": page.slug,
        **events.finding(column, ruled),
        "as_of": ruled.as_of_day.isoformat() if ruled.as_of_day else None,
        "origins": ruled.origins,
        "supports": list(ruled.supports),
        "set_aside": [{"claim": ref, "why": why} for ref, why in ruled.set_aside],
        "derivation": list(ruled.derivation),
    }


def _ruling(dossier: Dossier, at: int) -> Json:
    one = dossier.rulings[at]
    return {
        "ruling": one.seq,
        "when": one.when,
        "action": one.action,
        "claim": one.claim or None,
        "incident": one.incident or None,
        "counts": one.counts,
        "said": one.said,
    }
