"""Who is masked in a record: every text is read before anything is shown.

Input: a record, word lists, a book of sources and further known names. Output: a `Masker` for all that is shown of the
record. Worked: "Lindal" in a headline of Monday is masked because a report of Friday has "Orsa Lindal, 9".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tollbook.dossiers.cues import each_word, keys_of, words_of
from tollbook.dossiers.masking import BODIES, Masker
from tollbook.dossiers.names import Candidate, find, located
from tollbook.dossiers.sources import Sources
from tollbook.dossiers.veil import Veil
from tollbook.dossiers.wordlists import NameWords
from tollbook.model import Record, Report, Ruling, Source
from tollbook.rulings import WHO, standing
from tollbook.text import fold


def prepare(
    record: Record, words: NameWords, book: Sources, known: Iterable[str] = (), veil: Veil | None = None
) -> Masker:
    """Reads every text of a record, withheld ones too, and decides who is masked in all that is shown of it."""
    sources = sorted({link for claim in record.claims for link in claim.attribution}, key=lambda s: (s.source, s.kind))
    bodies = {keys_of(name) for name in (*_bodies(sources, words, book), *_known_names(record), *known)} - {()}
    texts = [text for report in in_order(record.reports) for text in (report.title, report.text) if text]
    found = [(candidate, text) for text in texts for candidate in find(text, words)]
    officials = {keys for c, _ in found if c.official for keys in (c.keys, c.keys[-2:])} | {
        keys_of(s.source) for s in sources if s.kind == "official"
    }
    masker = Masker(
        words,
        book,
        frozenset(bodies),
        frozenset(officials),
        frozenset(keys_of(name) for name in _unmasked(record)),
        frozenset(keys[-1] for keys in officials if keys),
        frozenset().union(*map(located, texts)),
        lower=frozenset(
            word.key for text in texts for word in each_word(text) if word.text.islower() and words.is_plain(word.key)
        ),
        seen={word.key for text in texts for word in each_word(text)},
    )
    for phrase in sorted(bodies):
        if len(phrase) > 1:
            masker.phrases.setdefault(phrase[0], []).append(phrase)
    if veil is not None:
        masker.hider = veil.hider
        for keys, token in veil.names.items():
            masker.withhold(keys, token)
    # Whole names first, so that a surname alone finds its owner wherever it comes first.
    for candidate, text in sorted(found, key=lambda pair: len(pair[0].keys) == 1):
        masker.enrol(candidate, text)
    for source in sources:
        if source.kind not in BODIES:
            _enrol_source(masker, source)
    masker.known |= {keys_of(name) for name in _named(record) if not masker.spans(name)}
    masker.spread()
    return masker


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Reports by day of publication, then by id; undated ones last, and after them those that are withheld."""
    return sorted(
        reports,
        key=lambda report: (not report.sha256, report.published_date is None, report.published or "", report.id),
    )


def _enrol_source(masker: Masker, source: Source) -> None:
    """A source of one to four capitalised words that may be a private person is masked even if nothing else says so.

    "Tessavar General Hospital" speaks for medics and is no person, whatever town it is named after.
    """
    inside = words_of(source.source)
    whole = tuple(word.key for word in inside)
    like = 0 < len(inside) <= 4 and all(word.text[0].isupper() for word in inside)
    private = source.kind in {"person", "witness", "medics", "anonymous"} and whole not in masker.officials
    plain = all(masker.words.is_plain(fold(word.text)) or word.key in masker.words.institutions for word in inside)
    house = source.kind == "medics" and not masker.words.institutions.isdisjoint(whole)
    if like and private and not plain and not house:
        masker.enrol(Candidate(0, len(source.source), whole, cued=True), source.source)
    for candidate in find(source.source, masker.words):
        masker.enrol(candidate, source.source)


def _bodies(sources: Iterable[Source], words: NameWords, book: Sources) -> Iterator[str]:
    """Names that reports give as a body's; one that starts like a person's is believed only where the book has it."""
    for source in sources:
        keys = keys_of(source.source)
        personal = bool(keys) and keys[0] in words.given and not words.institutions & set(keys)
        if source.kind in BODIES - {"military", "police"} and (not personal or book.kind(source.source) is not None):
            yield source.source


def _known_names(record: Record) -> Iterator[str]:
    """Names of outlets and places that the record itself gives."""
    for report in record.reports:
        yield from (name for name in (report.publisher, *report.origins) if name)
    for placement in record.placements:
        yield from placement.origins
    for reading in record.readings:
        yield from (mention.said for mention in reading.places if mention.place is not None)
    places = (*(claim.place for claim in record.claims), *(incident.place for incident in record.incidents))
    yield from (place.name for place in places if place is not None)


def _unmasked(record: Record) -> Iterator[str]:
    """Names that standing `unmask` rulings show."""
    for ruling in standing_unmasks(record):
        name = ruling.values.get("name")
        if isinstance(name, str):
            yield name


def _named(record: Record) -> Iterator[str]:
    """Whom rulings name as sides and actors: a person who is masked stays so, any other name is taken for a body's."""
    for ruling in standing(record.rulings):
        if ruling.action == "actors":
            yield from (str(ruling.values[column]) for column in WHO if ruling.values.get(column))


def standing_unmasks(record: Record) -> list[Ruling]:
    """The rulings that unmask a name with a reason and were not withdrawn."""
    return [ruling for ruling in standing(record.rulings) if ruling.action == "unmask" and ruling.why.strip()]
