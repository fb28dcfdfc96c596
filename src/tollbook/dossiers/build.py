"""A record becomes a dossier: a pure function, names of private persons masked.

Input: a `Record`. Output: a `Dossier` with a page for each incident, ready for the writers. Worked: fourteen reports
in which a ministry says 34 and a union 38 give one page whose first lines are "killed: 34 – Health Ministry; 38 –
Traders' Union, disputed", each figure tied to its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

import tollbook
from tollbook.dossiers.amended import amended
from tollbook.dossiers.atlas import Atlas, NoAtlas, towns_of
from tollbook.dossiers.clues import Told
from tollbook.dossiers.context import Context
from tollbook.dossiers.decided import Redacted, decided
from tollbook.dossiers.enrolling import prepare, standing_unmasks
from tollbook.dossiers.figures import day
from tollbook.dossiers.methods import Method, masked_method
from tollbook.dossiers.moved import Came, Shift, arrived, moved
from tollbook.dossiers.pages import page_of
from tollbook.dossiers.references import references
from tollbook.dossiers.sources import NoSources, Sources
from tollbook.dossiers.totals import summed
from tollbook.dossiers.value import Dossier, Page
from tollbook.dossiers.veil import veil_of
from tollbook.dossiers.veiled import veiled
from tollbook.dossiers.wordlists import NameWords, load_name_words
from tollbook.model import Record, Total
from tollbook.rulings import Withheld, opening


def build(
    record: Record,
    *,
    sources: Sources | None = None,
    words: NameWords | None = None,
    known: Iterable[str] = (),
    salt: bytes | None = None,
    totals: Iterable[Total] = (),
    without: Record | None = None,
    told: Told | None = None,
    atlas: Atlas | None = None,
    shifts: Iterable[Shift] = (),
    came: Iterable[Came] = (),
    quoted: bool = True,
    methods: Iterable[Method] = (),
) -> Dossier:
    """The dossier of a record.

    `sources` knows who runs whom; `words` tell names from other words (those that come with the package by default);
    `known` are names that are no private person's; `salt` is the project's secret, with which hashes of reports that
    hold a masked name become commitments. Without one such hashes are left out: a name could be guessed from a plain
    hash. `totals` are sums by grade; `without` is the record as it would be without the claims that rulings withhold,
    so that a derivation shows what the open ones give. `told` are the clues to names of a larger record that this is a
    part of. `atlas` knows towns and how far places reach, for maps; without one they show no towns.
    `shifts` are the figures that reports and rulings moved, `came` the reports that did.
    Without `quoted` there are no words of reports in it, and nothing that is told only where none is masked
    (hashes, places in a text): who shows figures alone is spared looking for names in every text once more.
    `methods` are the texts of the rule sets.
    """
    book, words, atlas = sources or NoSources(), words or load_name_words(), atlas or NoAtlas()
    veil = veil_of(record, words, book)
    masker = prepare(record, words, book, known, veil, told)
    record = veiled(record, veil, without)
    context = Context.of(record, masker, book, salt, veil, quoted)
    pages = _named(tuple(page_of(incident, context) for incident in record.incidents))
    pages = tuple(replace(page, reach=atlas.reach(page.place)) if page.place else page for page in pages)
    loose = context.loose()
    slugs = {
        name: page.slug
        for incident, page in zip(record.incidents, pages, strict=True)
        for name in (*incident.aliases, incident.id)
    }
    called = {page.slug: page.name for page in pages}
    names = {name: called[slug] for name, slug in slugs.items()}
    return Dossier(
        pages,
        tuple(references(context)),
        loose,
        tuple(dict.fromkeys(finding.rules for finding in record.findings)) or record.rules,
        masker.count,
        tuple(masker.text(ruling.why) for ruling in standing_unmasks(record)),
        tollbook.__version__,
        day(record.as_of),
        record.rules,
        context.key("bodies"),
        totals=summed(totals),
        redactions=tuple(_redacted(one, context) for one in veil.items),
        moved=moved(shifts, slugs, frozenset(one.id for one in record.incidents), context.unsaid, masker),
        arrived=arrived(came, slugs, context.report_refs),
        rulings=tuple(decided(record.rulings, context, slugs, amended(context, names))),
        methods=tuple(masked_method(one, masker) for one in methods),
        towns=towns_of((page.place for page in pages), atlas, masker),
    )


def _redacted(one: Withheld, context: Context) -> Redacted:
    """What is told of something withheld; without a secret there is no commitment, for it could be guessed."""
    told = opening(one, context.salt).commitment if context.salt else ""
    return Redacted(one.number, one.kind, context.masker.text(one.ruling.why), told)


def _named(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Pages with a file name from their neutral, masked name; a name that comes twice is numbered."""
    taken: dict[str, int] = {}
    named = []
    for page in pages:
        slug = _slug(page.name)
        taken[slug] = taken.get(slug, 0) + 1
        named.append(replace(page, slug=slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"))
    return tuple(named)


def _slug(name: str) -> str:
    """Letters, digits and hyphens of a name, 60 at most, so that it is a safe file name everywhere."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"incident-{re.sub(r'[^a-z0-9]+', '-', bare).strip('-')[:60].strip('-')}".rstrip("-")
