"""Sources of tables: lines whose source the text names elsewhere, and figures with their source in brackets.

In: passages and what was read in them. Out: statements. In "Deaths | 34 (Fire Service) or 38 (Traders' Union)" the 34
is the fire service's, the 38 the union's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.claims.speech_naming import Phrase
from tollbook.claims.speech_sources import after
from tollbook.claims.speech_state import State, Voice
from tollbook.claims.speech_words import items
from tollbook.model import Passage
from tollbook.text import fold

_SOURCE_OF = re.compile(
    r"(?:the )?sources? (?:for|of) (?:the )?(?:(\w+) )?(?:figures?|data|numbers?|tolls?|statistics) "
    r"(?:is|are|was|were) "
)
_DATELINE = re.compile(r"\s?(?:[-–—_]|--)\s")
_SOURCES = re.compile(r"sources? (?:for|of) ", re.IGNORECASE)
# "34 (Fire Service)", "4–6 dead (per the ministry)", "12 [police]".
_SOURCED = re.compile(
    r"(\d(?<![\w.,]\d)[\d.,]*\+?(?:\s?[-–]\s?\d[\d.,]*)?(?:\s[a-z]{3,12})?)\s?"
    r"[(\[]((?:source:?\s|per\s|according to\s)?)([^()\[\]\d]{2,60})[)\]]"
)


def tables(state: State, passages: Sequence[Passage]) -> None:
    """Lines of a table whose source the text names: "The source for the Lornian figures is the fire service."

    Where several are named, the word before "figures" and the table's heading ("LORN:") must open alike.
    """
    if not _SOURCES.search(state.text):
        return
    sources: list[tuple[str, Voice]] = []
    current: Voice | None = None
    for passage in passages:
        said = fold(state.text[passage.span.start : passage.span.end])
        match = _SOURCE_OF.match(said) if passage.kind in {"sentence", "item"} else None
        if match:
            tokens = items(state.text, passage.span.start + match.end(), passage.span.end)
            phrase = after(tokens, 0, state.words)
            cue = (passage.span.start, passage.span.start + match.end() - 1)
            if phrase:
                sources.append((match.group(1) or "", state.voice(tokens, phrase, cue)))
        elif passage.kind == "infobox":
            voice = current or (sources[0][1] if len(sources) == 1 else None)
            if voice:
                state.says(passage.span.start, passage.span.end, voice, "indirect")
        elif said.rstrip().endswith(":") and sources:
            current = next((voice for word, voice in sources if word and _alike(word, said)), None)


def _alike(word: str, heading: str) -> bool:
    """Four letters in common at the start: "Lornian" and "LORN:"."""
    return len(word) > 3 and heading.startswith(word[:4])


def bracketed(state: State, passages: Sequence[Passage]) -> None:
    """Figures that have their source in brackets, each as that source's statement.

    What stands in the brackets must be a short name with a word that makes it a source: "5 (women)" has none.
    """
    if not _SOURCED.search(state.text):
        return
    for passage in passages:
        span = passage.span
        if passage.kind == "boilerplate":
            continue
        for match in _SOURCED.finditer(state.text, span.start, span.end):
            if _DATELINE.match(state.text, match.end()):
                continue  # "ORLEN, May 5 (XNA) - …"
            tokens = items(state.text, match.start(3), match.end(3))
            if 0 < len(tokens) <= 8 and _names_source(state, match.group(2), [token.low for token in tokens]):
                cue = (match.start(2), match.end(2)) if match.group(2) else None
                voice = state.voice(tokens, Phrase(0, len(tokens)), cue)
                state.says(match.start(1), match.end(1), voice, "indirect")


def _names_source(state: State, led: str, lows: list[str]) -> bool:
    """True for "Traders' Union of Orlen", not for "women" or "as of Monday"."""
    words = state.words
    if any(low in words.finite or low in words.clause or low in {",", ";", ":"} for low in lows):
        return False
    if led:
        return True
    kinds = [kind for kind, entries in words.kinds if any(low.removesuffix("'s") in entries for low in lows)]
    return any(kind in {"government", "organisation", "media", "official"} for kind in kinds) or lows == ["police"]
