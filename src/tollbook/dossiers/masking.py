"""Names of private persons are replaced before anything of a record is shown or exported.

Input: a record, the word lists, and names known to be no private person's. Output: a `Masker` that gives the masked form of
any text, name or address of that record. Worked: where one report says "Orsa Lindal, 9, was hurt", then "Lindal's mother" in
another becomes "[name 1]'s mother", and so does every heading, attribution and link that holds the name.

Two passes: the first reads every text of the record and decides who is masked (victims always; officials acting as such,
organisations and places never; any other run of capitals that looks like a person, to be safe), the second replaces. Numbers go by
first appearance, so that they say nothing about a name. Nothing here touches the network, the clock or a disk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from tollbook.dossiers.names import Candidate, find, key_of, keys_of, located, words_of
from tollbook.dossiers.sources import NoSources, Sources
from tollbook.dossiers.wordlists import NameWords
from tollbook.model import Record, Report, Ruling, Source, Span
from tollbook.rulings import standing
from tollbook.text import fold

Keys = tuple[str, ...]

# Kinds of sources whose name is the name of an office, an outlet or a body, and those that may be a private person.
_BODIES = frozenset({"organisation", "government", "media", "document", "publisher", "military", "police"})
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w/])@\w{2,}|\+\d[\d ().-]{7,}\d")
# Longer than any name, title or reason; a sentence around a figure is bounded where it is made.
_LONGEST = 2_000
UNCHECKED = "[words in a script that is not checked for names]"


@dataclass(frozen=True, slots=True)
class Masked:
    """A stretch of text and the token that stands for it."""

    start: int
    end: int
    token: str


@dataclass(slots=True)
class Masker:
    """Replaces names in any text of one record; `numbers` gives each masked person's keys their number."""

    words: NameWords
    book: Sources = field(default_factory=NoSources)
    known: frozenset[Keys] = frozenset()
    officials: frozenset[Keys] = frozenset()
    shown: frozenset[Keys] = frozenset()
    office_holders: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    numbers: dict[Keys, int] = field(default_factory=dict)
    parts: dict[str, list[Keys]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    phrases: dict[str, list[Keys]] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    # ---- who is masked ----

    def enrol(self, candidate: Candidate, text: str) -> None:
        """Gives a candidate a number unless it is an official, a body, a place, or a name that a ruling shows."""
        keys = self._without_known(candidate.keys)
        if not keys or keys in self.shown or keys in self.numbers or not self._private(candidate, keys):
            return
        if len(keys) == 1 and keys[0] in self.parts:
            return
        kind = self.book.kind(text[candidate.start : candidate.end])
        if not candidate.victim and kind is not None and kind not in {"person", "witness"}:
            return
        self.numbers[keys] = self._same(keys) or max(self.numbers.values(), default=0) + 1
        told = candidate.cued or any(key in self.words.given for key in keys)
        for key in keys:
            if self._tells(key, told):
                self.parts.setdefault(key, []).append(keys)

    def _private(self, candidate: Candidate, keys: Keys) -> bool:
        if len(keys) == 1 and keys[0] in self.places and not candidate.sure:
            return False
        if candidate.victim:
            return keys not in self.known or len(keys) > 1
        if candidate.official or keys in self.officials:
            return False
        if len(keys) == 1 and keys[0] in self.office_holders:
            return False
        return keys not in self.known

    def _tells(self, key: str, told: bool) -> bool:
        """True where a part of a name gives the person away by itself: no initial, no place, no word of the language.

        A word that is also a surname ("Hill") counts where it is `told` that the whole is a person's name.
        """
        if len(key) < 3 or key in self.places or (key,) in self.known or key in self.words.functions:
            return False
        return told or not (self.words.is_plain(key) or key in self.words.institutions)

    def _without_known(self, keys: Keys) -> Keys:
        """Keys of a run without the name of a body of two words or more that it starts with."""
        for size in range(len(keys) - 1, 1, -1):
            if keys[:size] in self.known:
                return keys[size:]
        return keys

    def _same(self, keys: Keys) -> int | None:
        """The number of a person already known by these keys and more, or by fewer: "Orsa Lindal", "O. Lindal", "Lindal"."""
        others = (other for other in self.parts.get(keys[-1], []) if len(other) > 1)
        same = {self.numbers[other] for other in others if _one_person(keys, other)}
        return same.pop() if len(same) == 1 else None

    # ---- where a text is masked ----

    def spans(self, text: str) -> list[Masked]:
        """The stretches of a text to be replaced, in order, none overlapping."""
        found = [Masked(m.start(), m.end(), "[contact]") for m in _CONTACT.finditer(text)]
        for candidate in find(text, self.words):
            keys = self._without_known(candidate.keys)
            number = self.numbers.get(keys)
            if number is not None and not (candidate.official and not candidate.victim):
                start = self._start_of_name(text, candidate)
                found.append(Masked(start, candidate.end, f"[name {number}]"))
        found.extend(list(self._mentions(text, found)))
        return _apart(found)

    def _start_of_name(self, text: str, candidate: Candidate) -> int:
        """Where the person's own words begin in a run that starts with a body's name."""
        dropped = len(candidate.keys) - len(self._without_known(candidate.keys))
        if not dropped:
            return candidate.start
        inside = words_of(text[candidate.start : candidate.end])
        return candidate.start + inside[dropped].start

    def _mentions(self, text: str, found: list[Masked]) -> Iterator[Masked]:
        """Later mentions by a part of the name: any capitalised word that belongs to a masked person."""
        if not self.parts:
            return
        exempt = self._exempt(text)
        for at, word in enumerate(words := words_of(text)):
            owners = self.parts.get(word.key)
            if not owners or not word.text[0].isupper() or any(s <= word.start < e for s, e in exempt):
                continue
            before = words[at - 1] if at else None
            if before and before.key in self.words.offices and text[before.end : word.start] in {" ", ". "}:
                continue
            yield Masked(word.start, word.end, self._token(owners, word.start, found))

    def _token(self, owners: list[Keys], at: int, found: list[Masked]) -> str:
        """The number of the one who has this name; of several the one named last before, else all of them."""
        numbers = sorted({self.numbers[owner] for owner in owners})
        before = [mask.token for mask in found if mask.start < at and mask.token in {f"[name {n}]" for n in numbers}]
        return before[-1] if before else f"[name {' or '.join(map(str, numbers))}]"

    def _exempt(self, text: str) -> list[tuple[int, int]]:
        """Where a known name of two words or more stands in the text: a district that shares a victim's surname."""
        words = words_of(text)
        spans = []
        for at, word in enumerate(words):
            for phrase in self.phrases.get(word.key, []):
                if tuple(w.key for w in words[at : at + len(phrase)]) == phrase and phrase not in self.numbers:
                    spans.append((word.start, words[at + len(phrase) - 1].end))
        return spans

    # ---- what is shown ----

    def text(self, text: str | None) -> str:
        """A short text (a title, a name, a reason) with its names replaced; None is empty, a giant one is cut."""
        if not text:
            return ""
        if text not in self.told:
            short = cut(text)
            for candidate in find(short, self.words):
                self.enrol(candidate, short)
            self.told[text] = apply(short, 0, len(short), self.spans(short))
        return self.told[text]

    def name(self, source: Source) -> str:
        """The name of a source as it may be shown: private persons masked, bodies and officials as they are."""
        name = source.source
        if source.kind in _BODIES or keys_of(name) in self.known:
            return self.text(name) if source.kind in {"military", "police"} else cut(name)
        return self.text(name)

    def url(self, url: str | None) -> tuple[str | None, str, bool]:
        """(address to link, host to show, True where the address is withheld because it may hold a name)."""
        try:
            split = urlsplit((url or "").strip())
            host = split.hostname or ""
        except ValueError:
            return None, "", False
        if split.scheme not in {"http", "https"} or not host or split.username is not None:
            return None, "", False
        if self._names_in(host):
            return None, "", True
        if self._names_in(unquote(f"{split.path} {split.query} {split.fragment}")):
            return None, host, True
        return split.geturl(), host, False

    def _names_in(self, address: str) -> bool:
        """True where an address holds a masked name, as words or run together, or words that no text of the record has."""
        keys = [key for key in (key_of(part) for part in re.split(r"[\W\d_]+", address)) if len(key) > 2]
        joined = "".join(filter(str.isalnum, key_of(address)))
        for person in self.numbers:
            hits = sum(key in keys for key in person)
            whole = "".join(person)
            if (len(whole) > 5 and whole in joined) or hits > 1:
                return True
            if hits and not all(self.words.is_plain(key) for key in person if key in keys):
                return True
        strange = [key not in self.seen and not self._explained(key) for key in keys]
        return any(left and right for left, right in zip(strange, strange[1:], strict=False))

    def _explained(self, key: str) -> bool:
        return (
            self.words.is_plain(key)
            or key in self.words.institutions
            or key in {"www", "com", "org", "net", "html", "htm", "php", "utm"}
        )


def cut(text: str) -> str:
    """A text of at most `_LONGEST` characters, cut between words; what was cut is said."""
    if len(text) <= _LONGEST:
        return text
    end = text.rfind(" ", 0, _LONGEST)
    end = end if end > 0 else _LONGEST
    return f"{text[:end]}… [{len(text) - end:,} more characters]"


def apply(text: str, start: int, end: int, masked: Iterable[Masked]) -> str:
    """`text[start:end]` with its masked stretches replaced; one that crosses the start belongs to what came before."""
    out, at = [], start
    for mask in masked:
        if mask.end <= at or mask.start >= end:
            continue
        if mask.start >= at:
            out.append(text[at : mask.start])
            out.append(mask.token)
        at = mask.end
    out.append(text[at:end] if at < end else "")
    return "".join(out)


def caseless(text: str) -> bool:
    """True where a text has letters without capitals, in which a name can't be told from other words."""
    return any(unicodedata.category(sign) == "Lo" for sign in text)


def prepare(record: Record, words: NameWords, book: Sources, known: Iterable[str] = ()) -> Masker:
    """Reads every text of a record and decides who is masked in all that is shown of it."""
    sources = sorted({link for claim in record.claims for link in claim.attribution}, key=lambda s: (s.source, s.kind))
    bodies = {keys_of(name) for name in (*_known_names(record, sources), *known)} - {()}
    texts = [text for report in in_order(record.reports) for text in (report.title, report.text) if text]
    found = [(candidate, text) for text in texts for candidate in find(text, words)]
    officials = {c.keys for c, _ in found if c.official} | {keys_of(s.source) for s in sources if s.kind == "official"}
    masker = Masker(
        words,
        book,
        frozenset(bodies),
        frozenset(officials),
        frozenset(keys_of(name) for name in _unmasked(record)),
        frozenset(keys[-1] for keys in officials if keys),
        frozenset().union(*map(located, texts)),
        seen={word.key for text in texts for word in words_of(text)},
    )
    for phrase in sorted(bodies):
        if len(phrase) > 1:
            masker.phrases.setdefault(phrase[0], []).append(phrase)
    # Whole names first, so that a surname alone finds its owner wherever it comes first.
    for candidate, text in sorted(found, key=lambda pair: len(pair[0].keys) == 1):
        masker.enrol(candidate, text)
    for source in sources:
        if source.kind not in _BODIES:
            _enrol_source(masker, source)
    return masker


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Reports by day of publication, then by id; undated ones last."""
    return sorted(reports, key=lambda report: (report.published_date is None, report.published or "", report.id))


def _enrol_source(masker: Masker, source: Source) -> None:
    """A source of one to four capitalised words that is a person or a witness is masked even if nothing else says so."""
    inside = words_of(source.source)
    whole = tuple(word.key for word in inside)
    like = 0 < len(inside) <= 4 and all(word.text[0].isupper() for word in inside)
    private = source.kind in {"person", "witness", "medics", "anonymous"} and whole not in masker.officials
    plain = all(masker.words.is_plain(fold(word.text)) or word.key in masker.words.institutions for word in inside)
    if like and private and not plain:
        masker.enrol(Candidate(0, len(source.source), whole, cued=True), source.source)
    for candidate in find(source.source, masker.words):
        masker.enrol(candidate, source.source)


def _known_names(record: Record, sources: Iterable[Source]) -> Iterator[str]:
    """Names of bodies, outlets and places that the record itself gives."""
    yield from (source.source for source in sources if source.kind in _BODIES - {"military", "police"})
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


def standing_unmasks(record: Record) -> list[Ruling]:
    """The rulings that unmask a name with a reason and were not withdrawn."""
    return [ruling for ruling in standing(record.rulings) if ruling.action == "unmask" and ruling.why.strip()]


def _one_person(one: Keys, other: Keys) -> bool:
    """True where the shorter name's words all fit the longer one's, an initial fitting the word it starts."""
    short, long = sorted((one, other), key=len)
    if short[-1] != long[-1] and len(short) > 1:
        return False
    return all(any(k == full or (len(k) == 1 and full.startswith(k)) for full in long) for k in short)


def _apart(found: list[Masked]) -> list[Masked]:
    """In order and without overlaps, the longer first."""
    kept: list[Masked] = []
    for mask in sorted(found, key=lambda m: (m.start, m.start - m.end)):
        if not kept or mask.start >= kept[-1].end:
            kept.append(mask)
        elif mask.end > kept[-1].end:
            kept[-1] = Masked(kept[-1].start, mask.end, kept[-1].token)
    return kept
