"""Which state a named official speaks for, as the report itself says.

"The President of the Republic of Lorn, Ada Orr, said" → ("Ada Orr", "Lorn"); "Lornish Foreign Minister Ivo Dask" →
("Ivo Dask", "Lorn"). Only what the words state is told; nobody's office is known beforehand. A president and his
state's agency are then one party, wherever the report names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tollbook.lexicon import Lexicon
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import Report
from tollbook.text import any_of, fold, is_shouted

_NAME = r"(?:[A-ZÀ-Þ][\w'’-]+\s+){1,3}[A-ZÀ-Þ][\w'’-]+"
_STATE = r"[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){0,2}?"
_GAP = r"[\s,]+(?:the\s+)?"


@cache
def _office(lexicon: Lexicon) -> re.Pattern[str]:
    """The gate: most reports name no office at all."""
    return re.compile(rf"\b{any_of(lexicon.table('offices')['titles'])}")


@cache
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    table = lexicon.table("offices")
    titles, forms = any_of(table["titles"]), any_of(table["forms"])
    office = rf"(?:(?i:{titles}))"
    of_state = rf"of\s+(?:(?i:{forms})\s+)?(?P<state>{_STATE})"
    adjective = rf"(?P<state>{_STATE})(?:['’]s)?\s+(?:[a-z]+\s+)?{office}"
    return (
        re.compile(rf"\b{office}\s+{of_state}{_GAP}(?P<name>{_NAME})"),
        re.compile(rf"(?P<name>{_NAME}){_GAP}{office}\s+{of_state}\b"),
        re.compile(rf"\b{adjective}{_GAP}(?P<name>{_NAME})"),
        re.compile(rf"(?P<name>{_NAME}){_GAP}{adjective}\b"),
    )


@cache
def _titled(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """ "the President of Lorn said" and "President Ada Orr": an office that the report names once with its state."""
    table = lexicon.table("offices")
    titles, forms = any_of(table["titles"]), any_of(table["forms"])
    return (
        re.compile(rf"\b(?P<title>(?i:{titles}))\s+of\s+(?:(?i:{forms})\s+)?(?P<state>{_STATE})\b"),
        re.compile(rf"\b(?P<title>(?i:{titles}))\s+(?P<name>{_NAME})"),
    )


def find(report: Report, lexicon: Lexicon, gazetteer: Gazetteer | None) -> tuple[tuple[str, str], ...]:
    """(full name, name of the state) of each official whose state the text gives, in order of name."""
    found: dict[str, set[str]] = {}
    for text in (report.title or "", report.text):
        if not _office(lexicon).search(fold(text)) or is_shouted(text):
            continue  # in capitals nothing tells where a name ends
        for pattern in _patterns(lexicon):
            for match in pattern.finditer(text):
                _note(found, match["name"], match["state"], lexicon, gazetteer)
        _by_office(text, found, lexicon, gazetteer)
    return tuple(sorted((name, min(states)) for name, states in found.items() if len(states) == 1))


def bodies(names: Iterable[str], lexicon: Lexicon, gazetteer: Gazetteer | None) -> tuple[tuple[str, str], ...]:
    """(name, state) of each source that is a body of a state by its own name ("Lornish Foreign Ministry")."""
    found = []
    for name in sorted(set(names)):
        if _body(lexicon).search(fold(name)):
            states = {state_of(word, lexicon, gazetteer) for word in re.findall(r"[A-ZÀ-Þ][\w’-]+", name)} - {None}
            if len(states) == 1:
                found.append((name, str(next(iter(states)))))
    return tuple(found)


@cache
def _body(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(lexicon.table('offices')['bodies'])}(?!\w)")


def _by_office(text: str, found: dict[str, set[str]], lexicon: Lexicon, gazetteer: Gazetteer | None) -> None:
    """Holders of an office that the text gives one state only."""
    of_state, bearer = _titled(lexicon)
    states: dict[str, set[str]] = {}
    for match in of_state.finditer(text):
        state = state_of(match["state"], lexicon, gazetteer)
        if state:
            states.setdefault(fold(match["title"]), set()).add(state)
    for match in bearer.finditer(text):
        known = states.get(fold(match["title"]), set())
        name = " ".join(match["name"].split())
        if len(known) == 1 and name not in found:
            found[name] = set(known)


def _note(found: dict[str, set[str]], name: str, words: str, lexicon: Lexicon, gazetteer: Gazetteer | None) -> None:
    state = state_of(words, lexicon, gazetteer)
    if state:
        found.setdefault(" ".join(name.split()), set()).add(state)


def state_of(words: str, lexicon: Lexicon, gazetteer: Gazetteer | None) -> str | None:
    """The state that a name or demonym stands for, by the gazetteer's name; None for what is no state."""
    if gazetteer is None:
        return None
    places = lexicon.table("places")
    key = fold(" ".join(words.split())).removesuffix("'s")
    code = places["demonyms"].get(key) or {fold(name): code for name, code in places["countries"].items()}.get(key)
    if code:
        return gazetteer.country(code)
    named = [candidate.place for candidate in gazetteer.lookup(key) if candidate.place.precision == 6]
    return named[0].name if named else None
