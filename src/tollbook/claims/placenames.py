"""Capitalised names and the words around them that tell a place from a person or a body.

Input: a text and the place words of a language. Output: `Name`s in text order: "in the town of Khojaly" gives the name
"Khojaly", located. In a text in capitals every word is capital, so only a few words in a row are taken for a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from operator import itemgetter

from tollbook.claims.placewords import PlaceWords
from tollbook.lexicon.dictionary import is_plain
from tollbook.lexicon.gazetteer import Candidate
from tollbook.text import fold, is_shouted
from tollbook.values import dataclass

# A possessive "'s" ends a word, so that "Iran's Qeshm" is two names.
_WORD = r"[^\W\d_](?:[^\W\d_]|['’ʻ`-](?![sS]\b)(?=[^\W\d_]))*"
_CAPITAL = re.compile(
    r"(?<![^\W_])(?<![^\W\d_]['’ʻ`-])(?=[^\W\d_a-zß-öø-ÿ])"
    r"(?:W\.\s?Va\b|(?:[A-Z]\.){2,}|(?:St|Ft|Mt|ST|FT|MT)\.(?=\s[A-Z])|" + _WORD + ")"
)
# Words of one line, or of two where a line breaks within a sentence.
_GAP = re.compile(r"[ \t]|\n(?!\s)")
# Small words between the parts of a name: "Port of Orune".
_SMALL = re.compile(r"[ \t\n](?:[a-z]{2,3}[ \t\n]){1,3}")
# A place has at most so many words, and so has a name in a text in capitals.
_MOST_WORDS = 4
# And a name with a plain word, in capitals: "SALT LAKE CITY".
_MOST_LOUD = 3
# In a text in capitals the code of a state is no state.
_SHORTEST_STATE = 3
# How far before a name the words are looked at, in code points.
_BEFORE = 60
_SOLID = re.compile(r"\S+")
# The number of a road: "Highway 19".
_ADJECTIVE = re.compile(r"-[a-z]{3,}$")
_ROAD_NUMBER = " -0123456789"
_NUMBER = re.compile(r"[ -]\d{1,4}[A-Z]?\b")
# After the place of a dateline: "MARWEN, Pa. (XYZ) --".
_DATELINE = re.compile(r"(?:,[^\n]{1,40}?)?\s?(?:\([^)\n]{1,30}\)\s?)?(?:--|[—–]|\s-\s)")
# A part of a word with a hyphen: "Zarand-based".
_PART = re.compile(r"(?<=-)[^\W\d_][^\s-]{2,}(?=\s|$)|(?:(?<=\s)|^)[^\W\d_][^\s-]{2,}(?=-)")
Known = Callable[[str], Sequence[Candidate]]
# Between two names of a list: "Scott, Clay and Benton counties".
_LISTED = re.compile(r",\s+|,?\s+(?:and|or)\s+")
_FOLLOWS = re.compile(r"\s+([^\W\d_]+)(?:\s+([^\W\d_]+))?")


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Name:
    """A capitalised name and what stands around it.

    `located`: after "in", "near", "the town of"; `kind`: the word with it that calls it a place ("camp"), with its
    level; `state`: a US state that follows after a comma; `person`, `body`: a title before or a body's word with it;
    `shouted`: in a text in capitals; `free`: no noun follows that the name only describes ("a Marwen spokesman");
    `struck`: the object of a verb that quakes and armies have ("hit Zarand"); `befallen`: an event is called by it
    ("the Orune massacre").
    """

    start: int
    said: str
    located: bool
    dateline: bool
    person: bool
    body: bool
    kind: str | None
    kind_level: str | None
    state: str | None  # the code of an area: "US.PA"
    shouted: bool = False
    free: bool = True
    struck: bool = False
    befallen: bool = False
    state_span: tuple[int, str] | None = None  # where the state is said, and its words

    @property
    def site(self) -> bool:
        """True for "Elm Street", "General Hospital": a spot within a town, whose name is no town's."""
        return self.kind_level == "site" and fold(self.said).rstrip(_ROAD_NUMBER).endswith(self.kind or "")

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Stretches of whole words to look up: the whole, then its beginnings, then its ends; (skip, length)."""
        words = [match.span() for match in _SOLID.finditer(self.said)]
        for count in range(min(len(words), _MOST_WORDS), 0, -1):
            yield 0, words[count - 1][1]
        if not self.person:
            for first in range(max(1, len(words) - _MOST_WORDS), len(words)):
                yield words[first][0], words[-1][1] - words[first][0]
            for part in _PART.finditer(self.said) if "-" in self.said else ():
                yield part.start(), part.end() - part.start()


def nothing_known(_: str) -> Sequence[Candidate]:
    """What a name may mean where there is no gazetteer."""
    return ()


def names(text: str, words: PlaceWords, known: Known = nothing_known) -> list[Name]:
    """The capitalised names of a text, in order. `known` tells a name of several parts that is one place."""
    found = list(_names(text, words, known))
    pairs = list(pairwise(range(len(found))))
    for one, other in (*((i, k) for k, i in reversed(pairs)), *pairs):  # "Clay and Benton counties", "the towns of …"
        name, beside = found[one], found[other]
        first, last = (name, beside) if one < other else (beside, name)
        gap = first.start + len(first.said), last.start
        if name.kind in words.lists and beside.kind is None and _LISTED.fullmatch(text, *gap):
            found[other] = replace(beside, kind=name.kind, kind_level=name.kind_level)
    return found


def _names(text: str, words: PlaceWords, known: Known) -> Iterator[Name]:
    shouted = is_shouted(text)
    low = fold(text)
    run: list[tuple[int, int]] = []
    for match in _CAPITAL.finditer(text):
        start, end = match.span()
        if run and _GAP.fullmatch(text, run[-1][1], start) is None:
            small = _small(text, run[-1][1], start, words)
            if not small:
                yield from _closed(run, text, low, words, shouted, known)
                run = []
            run += small
        if _belongs(start, end, bool(run), text, low, words):
            run.append((start, end))
        else:
            yield from _closed(run, text, low, words, shouted, known)
            run = []
    yield from _closed(run, text, low, words, shouted, known)


def _small(text: str, start: int, end: int, words: PlaceWords) -> list[tuple[int, int]]:
    """The small words that join two parts of a name, none where anything else stands between them."""
    if _SMALL.fullmatch(text, start, end) is None:
        return []
    between = [match.span() for match in _SOLID.finditer(text, start, end)]
    return between if all(text[a:b] in words.inner for a, b in between) else []


def _belongs(start: int, end: int, begun: bool, text: str, low: str, words: PlaceWords) -> bool:
    """True for a word of a name: capital, or small within it ("Port of Orune"); no preposition, no common word."""
    word = low[start:end]
    if word in words.inner:
        return begun
    return text[start].isupper() and word not in words.breaks


def _closed(
    run: Sequence[tuple[int, int]],
    text: str,
    low: str,
    words: PlaceWords,
    shouted: bool,
    known: Known,
) -> Iterator[Name]:
    """The names that a run of words is: "Orune and Zarand" is two; in capitals a name has few words."""
    loud = _quieter(run, text, low, words, known) if shouted else [run]
    for part in (part for stretch in loud for part in _parted(stretch, text, low, words, known)):
        while part and low[part[0][0] : part[0][1]] in words.inner:
            part = part[1:]
        while part and low[part[-1][0] : part[-1][1]] in words.inner:
            part = part[:-1]
        if part:
            last = min(len(part), _MOST_WORDS if shouted else len(part)) - 1
            end = part[last][1]
            if low[part[last][0] : end] in words.numbered and (number := _NUMBER.match(text, end)):
                end = number.end()
            if (tail := _ADJECTIVE.search(text, part[last][0], end)) and not known(text[part[0][0] : end]):
                end = tail.start()  # "New Marwen-based"
            yield _named(part[0][0], end, text, low, words, shouted, _inside(run, part[0], low, words))


def _quieter(
    run: Sequence[tuple[int, int]], text: str, low: str, words: PlaceWords, known: Known
) -> list[Sequence[tuple[int, int]]]:
    """A run of words in capitals without its plain ones: "ORUNE RETURNED" holds "ORUNE", "SALT LAKE CITY" is known."""
    kept = [_is_of_name(low[start:end], words) or _is_country(known(text[start:end])) for start, end in run]
    if all(kept):
        return [run]
    for at, (start, _) in enumerate(run):
        for last in range(at + 1, min(len(run), at + _MOST_LOUD)):
            stretch = slice(at, last + 1)
            closed = last == at + 1 or low[slice(*run[last])] in words.kinds
            if closed and not all(kept[stretch]) and known(text[start : run[last][1]]):
                kept[stretch] = [True] * (last + 1 - at)
    found: list[Sequence[tuple[int, int]]] = []
    for keep, group in groupby(zip(run, kept, strict=True), key=itemgetter(1)):
        if keep:
            found.append([span for span, _ in group])
    return found


def _is_country(candidates: Sequence[Candidate]) -> bool:
    return bool(candidates) and candidates[0].kind == "country"


def _is_of_name(word: str, words: PlaceWords) -> bool:
    """True for a word that a name may hold where capitals tell nothing."""
    if word in words.parts or word in words.inner:
        return True
    if word in words.never:  # "TELL US" is no country
        return False
    called = word in words.kinds or word in words.titles or word in words.bodies
    return called or not is_plain(word, words.plain)


def _inside(run: Sequence[tuple[int, int]], first: tuple[int, int], low: str, words: PlaceWords) -> bool:
    """True for what a longer name holds after "of": "Department of Works", not "City of Marwen"."""
    if first == run[0]:
        return False
    at = next(i for i, span in enumerate(run) if span == first)
    before = [low[start:end] for start, end in run[max(0, at - 3) : at] if low[start:end] != "the"]
    return len(before) > 1 and before[-1] == "of" and before[-2] not in words.holders


def _parted(
    run: Sequence[tuple[int, int]], text: str, low: str, words: PlaceWords, known: Known
) -> list[Sequence[tuple[int, int]]]:
    """A run without its joints ("and", "of"), unless it is one place with them: "Bosnia and Herzegovina"."""
    for joint in ("and", "of"):
        for at in range(1, len(run)):
            if low[run[at][0] : run[at][1]] != joint:
                continue
            whole = joint == "of" and low[run[at - 1][0] : run[at - 1][1]] in words.heads
            if whole or any(known(text[run[at - 1][0] : end]) for _, end in run[at + 1 : at + 3]):
                return [run]
            left, right = run[:at], run[at + 1 :]
            return [*_parted(left, text, low, words, known), *_parted(right, text, low, words, known)]
    return [run]


def _named(start: int, end: int, text: str, low: str, words: PlaceWords, shouted: bool, inside: bool) -> Name:
    before, after = low[max(0, start - _BEFORE) : start], low[end : end + 30]
    own = low[start:end].rstrip(_ROAD_NUMBER).split()
    last = _last(before)
    follows = _FOLLOWS.match(after)
    word, next_word = (follows.group(1), follows.group(2) or "") if follows else ("", "")
    called = before if last in ("of", "the") and not inside else ""
    kind = _kind(own, f"{word} {next_word}" if f"{word} {next_word}" in words.kinds else word, called, words)
    state = words.state.match(text, end) if after[:1] == "," else None
    if state and shouted and len(state.group(1)) < _SHORTEST_STATE:
        state = None  # ", IN WHICH" is no Indiana
    return Name(
        start,
        text[start:end],
        located=last in words.locating and not inside and words.locative.search(before) is not None,
        dateline=not shouted and text[start:end].isupper() and (start == 0 or _DATELINE.match(text, end) is not None),
        person=last in words.titles or own[0] in words.titles,
        body=word in words.bodies or any(part in words.bodies for part in own[1:]),
        kind=kind,
        kind_level=words.kinds.get(kind or ""),
        state=words.states[state.group(1).replace(".", "").replace(" ", "")] if state else None,
        shouted=shouted,
        free=not word or word in words.free or after[:1] in ",.;:)",
        struck=last in words.strikes,
        befallen=word in words.befalls or own[-1] in words.befalls,
        state_span=(state.start(1), state.group(1)) if state else None,
    )


def _last(before: str) -> str:
    """The word right before a name, without the stop of an abbreviation; "" where a sign or nothing stands there."""
    said = before.rstrip()
    if said == before:
        return ""
    said = said.removesuffix(".")
    at = len(said)
    while at and said[at - 1].isalpha():
        at -= 1
    return said[at:]


def _kind(own: list[str], after: str, before: str, words: PlaceWords) -> str | None:
    """The word that calls a name a place: after it, at its end, or before it ("the province of …")."""
    if after in words.kinds:
        return after
    if own[-1] in words.kinds:
        return own[-1]
    called = words.called.search(before) if before else None
    return called.group(1) if called is not None else None
