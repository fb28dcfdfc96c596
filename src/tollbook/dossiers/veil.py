"""What of a record is withheld from publication: whole reports, claims with their sentence, words, names. Pure.

Input: a record and the `withhold` rulings in it. Output: a `Veil`, by which `veiled` and the `Masker` replace all
that is withheld before anything is shown. Worked: ruling 12 withholds the report "notes.txt": wherever it stood stands
`[withheld 12]`, and so it does in a second report that has the very same text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from tollbook.dossiers.cues import keys_of, words_of
from tollbook.dossiers.hiding import Hider, Sought, bare
from tollbook.dossiers.masks import Masked
from tollbook.dossiers.sentences import sentence_around
from tollbook.dossiers.sources import Sources
from tollbook.dossiers.wordlists import NameWords
from tollbook.model import Claim, Placement, Record, Report, Source, Span
from tollbook.rulings import Withheld, withheld
from tollbook.values import dataclass

Keys = tuple[str, ...]
# Kinds of sources that are persons.
_PERSONS = {"person", "witness", "official", "anonymous"}
# Words withheld in one report are so everywhere where they are this many, or where one of them is no common word.
_MANY = 4


@dataclass(frozen=True, slots=True)
class Veil:
    """What is withheld, and the token that takes its place.

    `reports` are whole ones by id, `spans` stretches of the others by (report, part), `claims` by id those whose words
    or whose voice are withheld; `whole` are those of them of which all but the figure is. `names` are persons' keys.
    """

    items: tuple[Withheld, ...] = ()
    reports: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[tuple[str, str], Sequence[Masked]] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    names: Mapping[Keys, str] = field(default_factory=dict)
    hider: Hider = field(default_factory=Hider)


def veil_of(record: Record, words: NameWords, book: Sources) -> Veil:
    """All that people withhold of a record, found in it."""
    items = withheld(record.rulings)
    if not items:
        return Veil()
    reports = {name: one.token for one in items if one.kind == "report" for name in _same_text(record, one)}
    spans: dict[tuple[str, str], list[Masked]] = defaultdict(list)
    sought = _particulars(items, record, reports)
    whole: set[str] = set()
    told = _Told(record)
    for one in (one for one in items if one.kind in {"words", "claim"}):
        for report, span in _stretches(told, one):
            spans[report.id, span.part].append(Masked(span.start, span.end, one.token))
            if one.kind == "claim":
                whole |= {claim.id for claim in told.claims.get(report.id, ()) if span.overlaps(claim.span)}
            if _is_telling(report.words(span), words):
                sought.append(Sought(bare(report.words(span)), one.token))
    persons: dict[Keys, str] = {}
    for one in items:
        if one.kind == "name":
            sought += _spellings(one, words, book, record)
            if _is_person(str(one.content["name"]), words, book, record):
                persons[keys_of(str(one.content["name"]))] = one.token
    claims = {claim.id: token for claim, token in _claims(record, reports, spans)}
    whole |= {claim.id for claim in record.claims if claim.report in reports}
    return Veil(items, reports, dict(spans), claims, frozenset(whole), persons, Hider(sought))


class _Told:
    """What is looked up in a record for each thing withheld: made once."""

    def __init__(self, record: Record) -> None:
        self.reports = record.reports
        self.sentences = {reading.report: sorted(reading.sentences) for reading in record.readings}
        self.placed = {placement.report: placement for placement in record.placements}
        self.claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in record.claims:
            self.claims[claim.report].append(claim)


def withheld_reports(record: Record) -> frozenset[str]:
    """The ids of the reports of which nothing may be published."""
    items = (one for one in withheld(record.rulings) if one.kind == "report")
    return frozenset(name for one in items for name in _same_text(record, one))


def _same_text(record: Record, one: Withheld) -> list[str]:
    """The report, and any other that has the very same text."""
    own = one.content["report"]
    return [r.id for r in record.reports if r.id == own or (r.text and r.text_sha256 == one.content["text_sha256"])]


def _particulars(items: Iterable[Withheld], record: Record, hidden: Collection[str]) -> list[Sought]:
    """Title, publisher, author and address of withheld reports, where no other report has them: a reason may."""
    some = [
        Sought(letters, one.token)
        for one in items
        if one.kind == "report"
        for name in ("report", "title", "publisher", "author", "url")
        if len(letters := bare(str(one.content.get(name) or ""))) > 3
    ]
    seeker = Hider(Sought(one.letters, one.letters) for one in some)
    shown: set[str] = set()
    for one in record.reports if some else ():
        if one.id not in hidden:
            for part in (one.text, one.title, one.publisher, one.author, one.url, *one.origins):
                shown |= seeker.tokens(part or "")
    return [one for one in some if one.letters not in shown]


# ---- words of a report ----


def _stretches(told: _Told, one: Withheld) -> Iterator[tuple[Report, Span]]:
    """Where words stand in their report, and where the same words stand there or in copies of its text.

    Of a claim its whole sentence is withheld: what stands beside a figure tells whose it is.
    """
    span = one.ruling.span
    if span is None:
        return
    own = {report.id for report in told.reports if report.text_sha256 == one.ruling.text_sha256}
    copies = [told.placed.get(name) for name in sorted(own)]
    for report in told.reports:
        if report.id in own or any(are_copies(told.placed.get(report.id), other) for other in copies):
            found = [span] if report.id in own and _stands(report, one, span) else []
            for each in dict.fromkeys((*found, *_again((one.ruling.said or "").strip(), report))):
                whole = one.kind == "claim"
                yield report, sentence_around(report, each, told.sentences.get(report.id, ())) if whole else each


def _stands(report: Report, one: Withheld, span: Span) -> bool:
    """False where a title is another now: its words are still sought in the report."""
    text = (report.title or "") if span.part == "title" else report.text
    return span.end <= len(text) and (one.ruling.said is None or span.of(text) == one.ruling.said)


def are_copies(one: Placement | None, other: Placement | None) -> bool:
    """True for reports of one family of near-copies, or where one is a copy of the other."""
    if one is None or other is None:
        return False
    family = one.family is not None and one.family == other.family
    return family or one.copy_of == other.report or other.copy_of == one.report


def _again(said: str, report: Report) -> list[Span]:
    """Each place where the same words stand in a text or title, whatever blanks and signs are between them."""
    seeker = Hider([Sought(bare(said), "")])
    found = [Span(m.start, m.end) for m in seeker.spans(report.text)]
    return [*found, *(Span(m.start, m.end, "title") for m in seeker.spans(report.title or ""))]


def _is_telling(said: str, words: NameWords) -> bool:
    """True for words that are withheld wherever they stand: many of them, or one that is no common word."""
    inside = words_of(said)
    return len(inside) >= _MANY or any(len(word.key) > 2 and not words.is_plain(word.key) for word in inside)


def _claims(
    record: Record, reports: Mapping[str, str], spans: Mapping[tuple[str, str], Sequence[Masked]]
) -> Iterator[tuple[Claim, str]]:
    """Claims of which something is withheld: of their report, of their words, or of who says so."""
    for claim in record.claims:
        if claim.report in reports:
            yield claim, reports[claim.report]
            continue
        places = [claim.span, *(link.span for link in claim.attribution if link.span is not None)]
        hits = [m for place in places for m in spans.get((claim.report, place.part), ()) if _meets(m, place)]
        if hits:
            yield claim, hits[0].token


def _meets(mask: Masked, span: Span) -> bool:
    return mask.start < span.end and span.start < mask.end


# ---- names ----


def _is_person(name: str, words: NameWords, book: Sources, record: Record) -> bool:
    """False for a name that the book or a report has as a body's, or that holds a word of bodies ("Clinic")."""
    if book.kind(name) is not None and book.kind(name) not in _PERSONS:
        return False
    keys = keys_of(name)
    if any(source.kind not in _PERSONS and keys_of(source.source) == keys for source in _sources(record)):
        return False
    return words.institutions.isdisjoint(keys)


def _spellings(one: Withheld, words: NameWords, book: Sources, record: Record) -> Iterator[Sought]:
    """A name whole, turned round, run together, and by those of its words that give a person away."""
    for name in _known_as(str(one.content["name"]), book, record):
        keys = keys_of(name)
        whole = len(bare(name)) < 8 or len(keys) < 2
        person = _is_person(name, words, book, record)
        if person and len(keys) == 1 and not _gives_away(keys[0], words):
            continue  # "Hill" is a name where it has a capital
        yield Sought(bare(name), one.token, whole)
        if person and len(keys) > 1:
            yield Sought(bare(keys[-1] + "".join(keys[:-1])), one.token, whole)
            if len(keys) > 2:
                yield Sought(keys[0] + keys[-1], one.token, whole)
            yield from (Sought(key, one.token) for key in keys if _gives_away(key, words))


def _gives_away(key: str, words: NameWords) -> bool:
    """True for a word that is written small as a name only: a common word is one where it has a capital (`Masker`)."""
    common = words.is_plain(key) or key in words.functions | words.particles | words.honorifics | words.offices
    return len(key) > 2 and not common


def _known_as(name: str, book: Sources, record: Record) -> list[str]:
    """The name as given, and other spellings of it in the record that the book of sources has for the same body."""
    own = book.name(name)
    said = (source.source for source in _sources(record))
    return list(dict.fromkeys([name, own, *(other for other in said if book.name(other) == own)]))


def _sources(record: Record) -> Iterable[Source]:
    yield from (link for claim in record.claims for link in claim.attribution)
    for report in record.reports:
        yield from (Source(name, "media") for name in (report.publisher, *report.origins) if name)
