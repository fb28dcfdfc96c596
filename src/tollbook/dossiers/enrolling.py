"""Who is masked in a record: every text is read before anything is shown.

Input: a record, word lists, a book of sources and further known names. Output: a `Masker` for all that is shown of the
record. Worked: "Lindal" in a headline of Monday is masked because a report of Friday has "Orsa Lindal, 9". Where the
record is a part of a larger one, the clues of all its reports decide, and numbers go by first appearance in the part.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import field
from functools import cache

from tollbook.dossiers.clues import Keys, OrTold, Person, Told, body_names, of_source, person_of
from tollbook.dossiers.cues import each_word, keys_of
from tollbook.dossiers.masking import Masker, Phrases
from tollbook.dossiers.names import find, located
from tollbook.dossiers.sources import Sources
from tollbook.dossiers.veil import Veil
from tollbook.dossiers.wordlists import NameWords
from tollbook.model import Record, Report, Ruling
from tollbook.rulings import WHO, standing
from tollbook.values import dataclass


def prepare(
    record: Record,
    words: NameWords,
    book: Sources,
    known: Iterable[str] = (),
    veil: Veil | None = None,
    told: Told | None = None,
) -> Masker:
    """Reads every text of a record, withheld ones too, and decides who is masked in all that is shown of it.

    `told` are the clues of a larger record that this one is a part of.
    """
    sources = sorted({link for claim in record.claims for link in claim.attribution}, key=lambda s: (s.source, s.kind))
    bodies = {keys_of(name) for name in (*body_names(sources, words, book), *_known_names(record), *known)} - {()}
    texts = [text for report in in_order(record.reports) for text in (report.title, report.text) if text]
    found = [(candidate, text) for text in texts for candidate in find(text, words)]
    written = _Written()
    for text in texts:
        written.add(text)
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
        lower=frozenset(filter(words.is_plain, written.lower)),
        seen=written.seen,
        phrases=Phrases(bodies),
    )
    if told is not None:
        _ask(masker, told)
    if veil is not None:
        masker.hider = veil.hider
        for keys, token in veil.names.items():
            masker.withhold(keys, token)
    # Whole names first, so that a surname alone finds its owner wherever it comes first.
    for candidate, text in sorted(found, key=lambda pair: len(pair[0].keys) == 1):
        masker.enrol(candidate, text)
    for source in sources:
        for candidate in of_source(source, words, masker.officials):
            masker.enrol(candidate, source.source)
    if told is not None:
        strangers = _Strangers(masker, told)
        for text in (*texts, *(source.source for source in sources), *_other_texts(record)):
            strangers.enrol(text, written.capitals.get(text))
    named = {keys_of(name) for name in _named(record) if not masker.spans(name)}
    masker.known = OrTold(named, masker.known.__contains__)
    masker.spread()
    return masker


@dataclass(slots=True)
class _Written:
    """The words of texts by their keys: all, those in lower case, and by text those with a capital in order."""

    seen: set[str] = field(default_factory=set)
    lower: set[str] = field(default_factory=set)
    capitals: dict[str, Collection[str]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        capitals: dict[str, None] = {}
        for word in each_word(text):
            self.seen.add(word.key)
            if word.text.islower():
                self.lower.add(word.key)
            elif word.text[0].isupper():
                capitals[word.key] = None
        self.capitals[text] = capitals.keys()


def _capitals(text: str) -> Iterable[str]:
    return dict.fromkeys(word.key for word in each_word(text) if word.text[0].isupper())


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Reports by day of publication, then by id; undated ones last, and after them those that are withheld."""
    return sorted(
        reports,
        key=lambda report: (not report.sha256, report.published_date is None, report.published or "", report.id),
    )


# ---- a part of a larger record ----


def _ask(masker: Masker, told: Told) -> None:
    """What any report of the larger record says of names counts as if it stood in this one."""

    def whole(kind: str, own: Container[Keys]) -> OrTold[Keys]:
        return OrTold(own, lambda keys: told.has(kind, " ".join(keys)))

    def single(kind: str, own: Container[str]) -> OrTold[str]:
        return OrTold(own, lambda key: told.has(kind, key))

    masker.known, masker.officials = whole("body", masker.known), whole("official", masker.officials)
    masker.office_holders = single("holder", masker.office_holders)
    masker.places, masker.lower = single("place", masker.places), single("lower", masker.lower)
    masker.phrases.told = lambda first: [tuple(name.split(" ")) for name in told.details("phrase", first)]


class _Strangers:
    """Persons whose names other reports tell; each word and name is asked once, what costs no question first."""

    def __init__(self, masker: Masker, told: Told) -> None:
        self._masker, self._told = masker, told
        self._persons = cache(self._named)
        self._whole, self._is_one = cache(self._called), cache(self._tells)

    def enrol(self, text: str, capitals: Iterable[str] | None = None) -> None:
        """Enrols those of a text by their whole names, then by the words that give them away.

        `capitals` are the keys of its words with a capital, where they are known.
        """
        masker = self._masker
        for one in find(text, masker.words):
            keys = masker.without_known(one.keys)
            person = self._whole(keys) if keys and keys not in masker.numbers else None
            if person is not None:
                masker.enter(keys, person.told)
        for key in _capitals(text) if capitals is None else capitals:
            if key and key not in masker.parts and self._is_one(key):
                masker.enter((key,), True)

    def _called(self, keys: Keys) -> Person | None:
        """The private person who has this name."""
        some = (one for one in self._persons(keys[-1]) if one.keys[-len(keys) :] == keys)
        return next((one for one in some if self._private(one) == keys), None)

    def _tells(self, word: str) -> bool:
        """Whether a word gives away, by itself, a private person whose name has it."""
        tells = self._masker.tells
        some = (one for one in self._persons(word) if one.tells and tells(word, one.told))
        return tells(word, True) and any(word in self._private(one) for one in some)

    def _private(self, person: Person) -> Keys:
        """The name by which a person is masked, without a body's; empty where it is not."""
        keys = self._masker.without_known(person.keys)
        masked = keys not in self._masker.shown and self._masker.is_private(person.candidate, keys)
        return keys if masked else ()

    def _named(self, word: str) -> tuple[Person, ...]:
        """Those in whose name other reports have a word."""
        return tuple(map(person_of, self._told.details("person", word)))


def _other_texts(record: Record) -> Iterator[str]:
    """What is shown of a record beside its reports."""
    for ruling in record.rulings:
        yield from (ruling.why, *(str(value) for value in ruling.values.values() if value))
    for incident in record.incidents:
        yield from (incident.name, *(name for one in incident.actors for name in (one.name, one.role, one.said_by)))


# ---- what a record says of itself ----


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
