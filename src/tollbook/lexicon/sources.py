"""Who stands behind a name: kinds and parents of outlets, agencies and offices, and the credits a text gives them.

Input: `lexicon/sources.toml` and, if wanted, a user's file of the same form. Output: a `SourceBook`: the party of
"IRNA" is the state that runs it, and "with files from AP" credits AP. What no file knows is its own party;
independence is claimed only where parents are known to differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any, Self, get_args

from tollbook.errors import UsageError
from tollbook.lexicon import load_sources
from tollbook.lexicon.tables import own_tables, parsed
from tollbook.model import SourceKind
from tollbook.text import fold
from tollbook.values import dataclass

_KINDS = frozenset(get_args(SourceKind))
_ARTICLES = re.compile(r"^(?:the|a|an)\s+")
_ISO = re.compile(r"[A-Z]{2}")
# How deep parents may nest: a ring of sources naming each other as parents ends here.
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Known:
    """One source as a file states it: its name, other spellings, kind, and the name of who runs or owns it.

    `agency` is true of a news agency, whose reports others print: a byline or notice of copyright may credit it.
    `country` is the ISO code of the country that it mostly tells of, where there is one.
    """

    name: str
    kind: SourceKind
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    agency: bool = False
    country: str | None = None


@dataclass(frozen=True, slots=True)
class SourceBook:
    """Sources by every spelling. Names are compared without case, article, possessive and closing signs."""

    sources: tuple[Known, ...] = ()
    _by_name: Mapping[str, Known] = field(default_factory=dict, repr=False)
    media: tuple[str, ...] = field(default=(), repr=False)  # names that may be credited, longer ones first

    @classmethod
    def load(cls, *files: Path) -> Self:
        """The shipped book, with a user's own files laid over it: a later entry of the same name replaces it."""
        own = (entry for path in files for entry in _entries(own_tables(path, "sources"), str(path)))
        return cls.of([*_entries(load_sources(), "sources.toml"), *own])

    @classmethod
    def of(cls, entries: Iterable[Known]) -> Self:
        """A book of these sources."""
        merged = {source_key(entry.name): entry for entry in entries}
        by_name: dict[str, Known] = {}
        for entry in merged.values():
            for alias in entry.aliases:
                by_name.setdefault(source_key(alias), entry)
        by_name |= merged
        media = sorted((k for k, known in by_name.items() if known.kind == "media"), key=lambda key: (-len(key), key))
        return cls(tuple(sorted(merged.values(), key=lambda entry: source_key(entry.name))), by_name, tuple(media))

    def with_officials(self, offices: Iterable[tuple[str, str]]) -> SourceBook:
        """The book with officials as the reports name them, each with the state that all who name it agree on.

        A person whom the book knows already stays as it is; one who is given two states is left out.
        """
        by_key: dict[str, list[tuple[str, str]]] = {}
        for pair in offices:
            by_key.setdefault(source_key(pair[0]), []).append(pair)
        labels = self._labels()
        learned = [found for key in sorted(by_key) if (found := self._official(by_key[key], labels)) is not None]
        return SourceBook.of([*self.sources, *learned]) if learned else self

    def with_offices(self, offices_of: Callable[[str], Iterable[tuple[str, str]]]) -> SourceBook:
        """The same for officials too many to hold: `offices_of` gives those of one spelling, when it is looked up."""
        labels = self._labels()
        return SourceBook(
            self.sources, _Learned(self._by_name, lambda key: self._official(offices_of(key), labels)), self.media
        )

    def _official(self, offices: Iterable[tuple[str, str]], labels: Mapping[str, str]) -> Known | None:
        """What names of one spelling and their states come to: the last name in the order of letters that has one."""
        states: dict[str, set[str]] = {}
        for name, state in offices:
            if self.find(name) is None:
                states.setdefault(name, set()).add(state)
        sure = [(name, state) for name, given in sorted(states.items()) if len(given) == 1 for state in given]
        if not sure:
            return None
        name, state = sure[-1]
        return Known(name, "official", parent=labels.get(f"state of the {fold(state)}", f"State of {state}"))

    def _labels(self) -> dict[str, str]:
        return {source_key(known.parent): known.parent for known in self.sources if known.parent}

    def find(self, name: str) -> Known | None:
        """What is known of a name in any of its spellings, or None. A title before a known name is passed over."""
        key = source_key(name)
        while key:
            if key in self._by_name:
                return self._by_name[key]
            head, _, rest = key.partition(" ")
            if head not in _TITLES:
                return None
            key = rest
        return None

    def name(self, name: str) -> str:
        """The name under which a source is known, else the name itself."""
        known = self.find(name)
        return known.name if known else name

    def kind(self, name: str) -> SourceKind | None:
        """The kind of a known source, None of an unknown one."""
        known = self.find(name)
        return known.kind if known else None

    def is_agency(self, name: str) -> bool:
        """Whether a name is a known news agency's."""
        known = self.find(name)
        return known is not None and known.agency

    def parent(self, name: str) -> str | None:
        """Who runs or owns a source, None where not known."""
        known = self.find(name)
        return known.parent if known else None

    def country(self, name: str) -> str | None:
        """The country whose places a source mostly means, None where not known: a parent's says nothing of it."""
        known = self.find(name)
        return known.country if known else None

    def party(self, name: str) -> str:
        """The topmost known parent of a source: whose voice it is in the end; the name itself if unknown."""
        known = self.find(name)
        for _ in range(_DEEPEST):
            if known is None or known.parent is None:
                break
            above = self.find(known.parent)
            if above is None:
                return known.parent
            known = above
        return known.name if known else name


class _Learned(Mapping[str, Known]):
    """A book's names, and behind them officials, each looked up once."""

    def __init__(self, known: Mapping[str, Known], official: Callable[[str], Known | None]) -> None:
        self._known, self._official = known, cache(official)

    def __getitem__(self, key: str) -> Known:
        found = self._known.get(key) or self._official(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


_TITLES = frozenset(
    [
        "president",
        "prime",
        "minister",
        "foreign",
        "defence",
        "defense",
        "interior",
        "health",
        "minister",
        "mr",
        "mrs",
        "ms",
        "dr",
        "general",
        "gen",
        "colonel",
        "col",
        "the",
        "state",
        "news",
        "agency",
        "newspaper",
        "daily",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "for",
        "former",
        "acting",
    ]
)


def source_key(name: str) -> str:
    """The spelling under which a source is looked up."""
    plain = " ".join(fold(name).split()).strip(" .,:;\"“”'()[]")
    return _ARTICLES.sub("", plain.removesuffix("'s")) or plain


def parse_sources(text: str, what: str = "sources") -> list[Known]:
    """The entries of a sources file given as text."""
    return list(_entries(parsed(text), what))


def _entries(table: Mapping[str, Any], what: str) -> Iterable[Known]:
    for entry in table.get("source", ()):
        name, kind = entry.get("name"), entry.get("kind", "organisation")
        if not isinstance(name, str) or kind not in _KINDS:
            raise UsageError(
                f"a source needs a name, and a kind among {', '.join(sorted(_KINDS))}",
                what=what,
                advice="see docs/incidents.md",
            )
        country = entry.get("country")
        if country is not None and not (isinstance(country, str) and _ISO.fullmatch(country)):
            raise UsageError(
                f"the country of '{name}' must be a code such as \"KE\"", what=what, advice="see docs/incidents.md"
            )
        agency = entry.get("agency") is True
        yield Known(name, kind, tuple(entry.get("aliases", ())), entry.get("parent"), agency, country)
