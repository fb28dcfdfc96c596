"""Names of private persons are replaced before anything of a record is shown or exported.

Input: a record, the word lists, and names known to be no private person's. Output: a `Masker` that gives the masked
form of any text, name or address of that record. Worked: where one report says "Orsa Lindal, 9, was hurt", then
"Lindal's mother" in another becomes "[name 1]'s mother", and so does every heading, attribution and link that holds
the name.

Two passes: the first reads every text of the record and decides who is masked (victims always; officials acting as
such, organisations and places never; any other run of capitals that looks like a person, to be safe), the second
replaces. Numbers go by first appearance, so that they say nothing about a name. Nothing here touches the network, the
clock or a disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import field
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from tollbook.dossiers.clues import BODIES, Keys
from tollbook.dossiers.cues import Word, each_word, key_of, keys_of, words_of
from tollbook.dossiers.hiding import Hider, Sought
from tollbook.dossiers.masks import Masked, apart, apply, cut, over
from tollbook.dossiers.namekeys import address_keys, one_person
from tollbook.dossiers.names import Candidate, find, style_of
from tollbook.dossiers.sources import NoSources, Sources
from tollbook.dossiers.wordlists import NameWords
from tollbook.model import Place, Source
from tollbook.values import dataclass

_SPEAKS = re.compile(r"(?:['’]s)?\s+(?:said|says|told|added|was|is|had|has|and\s+h(?:is|er))\b", re.IGNORECASE)
_OF_ADDRESSES = frozenset({"www", "com", "org", "net", "html", "htm", "php", "utm"})
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w/])@\w{2,}|\+\d[\d ().-]{7,}\d")


class Phrases:
    """Names of bodies of two words or more, by their first word; `told` gives those of a larger record."""

    def __init__(self, bodies: Iterable[Keys] = ()) -> None:
        self._own: dict[str, list[Keys]] = {}
        for phrase in sorted(bodies):
            if len(phrase) > 1:
                self._own.setdefault(phrase[0], []).append(phrase)
        self.told: Callable[[str], Iterable[Keys]] = lambda _: ()

    def of(self, first: str) -> list[Keys]:
        """The names that begin with a word."""
        own = self._own.get(first, [])
        return [*own, *(phrase for phrase in self.told(first) if phrase not in own)]


@dataclass(slots=True)
class Masker:
    """Replaces names in any text of one record; `numbers` gives each masked person's keys their number.

    `withheld` are the tokens of the numbers whose names are withheld by a ruling, `hider` finds all that is, and `net`
    finds a masked name that no cue betrays, by its letters.
    """

    words: NameWords
    book: Sources = field(default_factory=NoSources)
    known: Container[Keys] = frozenset()
    officials: Container[Keys] = frozenset()
    shown: frozenset[Keys] = frozenset()
    office_holders: Container[str] = frozenset()
    places: Container[str] = frozenset()
    numbers: dict[Keys, int] = field(default_factory=dict)
    parts: dict[str, list[Keys]] = field(default_factory=dict)
    lower: Container[str] = frozenset()
    seen: set[str] = field(default_factory=set)
    phrases: Phrases = field(default_factory=Phrases)
    told: dict[str, str] = field(default_factory=dict)
    withheld: dict[int, str] = field(default_factory=dict)
    hider: Hider = field(default_factory=Hider)
    net: Hider = field(default_factory=Hider)

    # ---- who is masked ----

    def enrol(self, candidate: Candidate, text: str) -> None:
        """Gives a candidate a number unless it is an official, a body, a place, or a name that a ruling shows."""
        keys = self.without_known(candidate.keys)
        if not keys or keys in self.shown or keys in self.numbers or not self.is_private(candidate, keys):
            return
        if len(keys) == 1 and keys[0] in self.parts:
            return
        kind = self.book.kind(text[candidate.start : candidate.end])
        if not candidate.victim and kind is not None and kind not in {"person", "witness"}:
            return
        self.enter(keys, candidate.cued or any(key in self.words.given for key in keys))

    def enter(self, keys: Keys, told: bool) -> None:
        """Gives a person a number, and the words by which it is known; `told` where cues say that it is one."""
        self.numbers[keys] = self._same(keys) or max(self.numbers.values(), default=0) + 1
        for key in keys:
            if self.tells(key, told):
                self.parts.setdefault(key, []).append(keys)

    def withhold(self, keys: Keys, token: str) -> None:
        """Gives a person whom a ruling withholds a number, whoever it is: an official, somebody shown by a ruling."""
        self.numbers[keys] = number = max(self.numbers.values(), default=0) + 1
        self.withheld[number] = token
        for key in keys:
            if self.tells(key, True):
                self.parts.setdefault(key, []).append(keys)

    def spread(self) -> None:
        """Once all are enrolled: a masked person's whole name is found however it is written."""
        self.net = Hider(
            Sought("".join(keys), self._mask(number), whole=len("".join(keys)) < 8)
            for keys, number in self.numbers.items()
            if len(keys) > 1 and min(map(len, keys)) > 1
        )

    @property
    def count(self) -> int:
        """How many persons are masked, those that rulings withhold not counted."""
        return len(set(self.numbers.values()) - self.withheld.keys())

    def _mask(self, number: int) -> str:
        return self.withheld.get(number) or f"[name {number}]"

    def is_private(self, candidate: Candidate, keys: Keys) -> bool:
        """True unless it is an official, a body or a place, as far as anything said of the name tells."""
        if len(keys) == 1 and keys[0] in self.places and not candidate.sure:
            return False
        if candidate.victim:
            return keys not in self.known or len(keys) > 1
        if candidate.official or keys in self.officials or (len(keys) > 2 and keys[-2:] in self.officials):
            return False
        if len(keys) == 1 and keys[0] in self.office_holders:
            return False
        return keys not in self.known

    def tells(self, key: str, told: bool) -> bool:
        """True where a part of a name gives the person away by itself: no initial, no place, no word of the language.

        Where it is `told` that the whole is a person's name, a word that is also a surname ("Hill") counts, and so does
        a town's name that no text says anything to be in.
        """
        if len(key) < 3 or key in self.places or key in self.words.functions:
            return False
        return told or not ((key,) in self.known or self.words.is_plain(key) or key in self.words.institutions)

    def without_known(self, keys: Keys) -> Keys:
        """Keys of a run without the name of a body of two words or more that it starts with."""
        for size in range(len(keys) - 1, 1, -1):
            if keys[:size] in self.known:
                return keys[size:]
        return keys

    def _same(self, keys: Keys) -> int | None:
        """The number of a person already known by these keys and more, or by fewer: "Orsa Lindal", "O. Lindal",
        "Lindal".
        """
        others = (other for other in self.parts.get(keys[-1], []) if len(other) > 1)
        same = {self.numbers[other] for other in others if one_person(keys, other)}
        return same.pop() if len(same) == 1 else None

    # ---- where a text is masked ----

    def spans(self, text: str) -> list[Masked]:
        """The stretches of a text to be replaced, in order, none overlapping."""
        found = [Masked(m.start(), m.end(), "[contact]") for m in _CONTACT.finditer(text)]
        for candidate in find(text, self.words):
            keys = self.without_known(candidate.keys)
            number = self.numbers.get(keys)
            acting = candidate.official and not candidate.victim and number not in self.withheld
            if number is not None and not acting:
                start = self._start_of_name(text, candidate)
                found.append(Masked(start, candidate.end, self._mask(number)))
        found.extend(list(self._mentions(text, found)))
        return over(self.hider.spans(text), over(apart(found), self.net.spans(text)))

    def _start_of_name(self, text: str, candidate: Candidate) -> int:
        """Where the person's own words begin in a run that starts with a body's name."""
        dropped = len(candidate.keys) - len(self.without_known(candidate.keys))
        if not dropped:
            return candidate.start
        inside = words_of(text[candidate.start : candidate.end])
        return candidate.start + inside[dropped].start

    def _mentions(self, text: str, found: list[Masked]) -> Iterator[Masked]:
        """Later mentions by a part of the name: any capitalised word that belongs to a masked person."""
        exempt: list[tuple[int, int]] | None = None
        before = None
        for word in each_word(text) if self.parts else ():
            last, before = before, word
            owners = self.parts.get(word.key)
            if not owners or not word.text[0].isupper():
                continue
            lead = last.key if last and text[last.end : word.start] in {" ", ". "} else ""
            always = any(self.numbers[owner] in self.withheld for owner in owners)
            if not always and (lead in self.words.offices or lead in self.words.place_leads):
                continue
            if not always and word.key in self.lower and self._placed(text, word):
                continue
            exempt = self._exempt(text) if exempt is None else exempt
            if always or not any(start <= word.start < end for start, end in exempt):
                yield Masked(word.start, word.end, self._token(owners, word.start, found))

    def _placed(self, text: str, word: Word) -> bool:
        """True for a word the record has in lower case too, and whose capital its place explains; "Hill said" not."""
        if _SPEAKS.match(text, word.end):
            return False
        line = text[text.rfind("\n", 0, word.start) + 1 : (text.find("\n", word.end) + 1 or len(text) + 1) - 1]
        before = text[max(0, word.start - 20) : word.start].rstrip(" \t\"“'‘«(")
        return style_of(line) != "sentence" or not before or before[-1] in ".!?:;\n•*-–"

    def _token(self, owners: list[Keys], at: int, found: list[Masked]) -> str:
        """The number of the one who has this name; of several the one named last before, else all of them."""
        numbers = sorted({self.numbers[owner] for owner in owners})
        before = [mask.token for mask in found if mask.start < at and mask.token in set(map(self._mask, numbers))]
        for number in numbers if not before else ():
            if number in self.withheld:
                return self.withheld[number]
        return before[-1] if before else f"[name {' or '.join(map(str, numbers))}]"

    def _exempt(self, text: str) -> list[tuple[int, int]]:
        """Where a known name of two words or more stands in the text: a district that shares a victim's surname."""
        words = words_of(text)
        spans = []
        for at, word in enumerate(words):
            for phrase in self.phrases.of(word.key):
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
        keys = keys_of(source.source)
        body = source.kind in BODIES - {"military", "police"} or keys in self.known
        return self.body(source.source) if body and keys not in self.numbers else self.text(source.source)

    def body(self, name: str | None) -> str:
        """The name of an outlet, a body or a place, in which only a masked person's whole name is replaced, and what
        rulings withhold.
        """
        short = cut(name or "")
        return apply(short, 0, len(short), over(self.hider.spans(short), self.net.spans(short)))

    def place(self, place: Place | None) -> Place | None:
        """A place under the name that may be shown; where that is withheld, so are its degrees."""
        if place is None or (name := self.body(place.name)) == place.name:
            return place
        return Place(name, country=place.country, precision=place.precision)

    def url(self, url: str | None) -> tuple[str | None, str, bool]:
        """(address to link, host to show, True where the address is withheld because it may hold a name)."""
        try:
            split = urlsplit((url or "").strip())
            host = split.hostname or ""
        except ValueError:
            return None, "", False
        if split.scheme not in {"http", "https"} or not host or split.username is not None:
            return None, "", False
        if self._names_in(host) or self.hider.first(host):
            return None, "", True
        rest = unquote(f"{split.path} {split.query} {split.fragment}")
        if self._names_in(rest) or self.hider.first(rest):
            return None, host, True
        return split.geturl(), host, False

    def file(self, name: str) -> str:
        """The name of a file, which may hold a person's name as an address does."""
        return "[file name withheld]" if self._has_name(name, address_keys(name)) else self.text(name)

    def _names_in(self, address: str) -> bool:
        """True where an address holds a masked name, or words that no text of the record has."""
        keys = address_keys(address)
        strange = [key not in self.seen and not self._explained(key) for key in keys]
        return self._has_name(address, keys) or any(left and right for left, right in pairwise(strange))

    def _has_name(self, address: str, keys: Sequence[str]) -> bool:
        """True where an address holds a masked name, as words or run together."""
        joined = "".join(filter(str.isalnum, key_of(address)))
        for person in self.numbers:
            hits = sum(key in keys for key in person)
            whole = "".join(person)
            if (len(whole) > 5 and whole in joined) or hits > 1:
                return True
            if hits and not all(self.words.is_plain(key) for key in person if key in keys):
                return True
        return False

    def _explained(self, key: str) -> bool:
        return self.words.is_plain(key) or key in self.words.institutions or key in _OF_ADDRESSES
