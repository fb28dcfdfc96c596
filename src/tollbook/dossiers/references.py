"""The list of reports: who published what and when, what is a copy of what, and hashes that don't give a name away.

Input: a `Context`. Output: `Reference`s in the order of publication. Worked: a report that names a private person shows
"salted commitment 9f2c…" in place of its sha256, because whoever guesses the name could confirm it by the plain hash.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tollbook.dossiers.context import Context
from tollbook.dossiers.figures import day
from tollbook.dossiers.value import Reference
from tollbook.model import Report


def references(context: Context, only: frozenset[str] | None = None) -> list[Reference]:
    """All reports, or those with an id in `only`, in the order of their numbers; each is made once."""
    if not context.told:
        context.told.update(_every(context))
    found = context.told.values() if only is None else (context.told[one] for one in only if one in context.told)
    return sorted(found, key=lambda one: int(one.ref[1:]))


def _every(context: Context) -> Iterator[tuple[str, Reference]]:
    counts = Counter(claim.report for claim in context.record.claims)
    families: dict[str, list[str]] = defaultdict(list)
    copied: dict[str, list[str]] = defaultdict(list)
    for placement in context.record.placements:
        if placement.report in context.report_refs:
            families[placement.family or ""].append(context.report_refs[placement.report])
            copied[placement.copy_of or ""].append(context.report_refs[placement.report])
    for report in context.record.reports:
        own = context.placements.get(report.id)
        family = families[own.family] if own and own.family else []
        yield report.id, _reference(context, report, counts[report.id], family, copied[report.id])


def _reference(
    context: Context, report: Report, claims: int, family: Sequence[str], copied_in: Sequence[str]
) -> Reference:
    mask = context.masker.text
    refs = context.report_refs
    ref = refs[report.id]
    placement = context.placements.get(report.id)
    url, host, withheld = context.masker.url(report.url)
    kind, hashes = _hashes(context, report)
    origins = placement.origins if placement and placement.origins else report.origins
    notices = (*report.notices, *(placement.notices if placement else ()))
    return Reference(
        ref=ref,
        title=context.quotes.title(report),
        publisher=context.masker.body(report.publisher),
        published=day(report.published_date) or mask(report.published),
        url=url,
        host=host,
        withheld=withheld,
        language=report.language,
        copy_of=refs.get(placement.copy_of or "") if placement else None,
        copied_in=tuple(copied_in),
        family=tuple(one for one in family if one != ref),
        origins=tuple(map(context.masker.body, origins)),
        hash_kind=kind,
        sha256=hashes[0],
        text_sha256=hashes[1],
        extractor=mask(report.extractor),
        notices=tuple(dict.fromkeys(context.said(notice.message) for notice in notices)),
        claims=claims,
        issued=report.published_date.isoformat() if report.published_date else "",
        key=context.key("report", report.id),
    )


def _hashes(context: Context, report: Report) -> tuple[str, tuple[str, str]]:
    """(kind, hashes): plain where nothing is masked; commitments under the project's salt, or none, where something
    is.
    """
    if not report.sha256:
        return "withheld", ("", "")
    if context.quotes.is_clear(report):
        return "sha256", (report.sha256, report.text_sha256)
    if context.salt is None:
        return "withheld", ("", "")
    salted = [
        hmac.new(context.salt, one.encode(), hashlib.sha256).hexdigest() for one in (report.sha256, report.text_sha256)
    ]
    return "commitment", (salted[0], salted[1])
