"""What a paragraph is (sentence, headline, item, info-box line, dateline, boilerplate) and who speaks in it.

In: a text and a block of it. Out: a kind, told by form and by the words of `passages.toml`. "Deaths 161+ or 200+
(disputed)" is an info-box line, "Read: 1597" is boilerplate, "Resident: Welcome." has the speaker "Resident".
"""

from __future__ import annotations

import re
from functools import cache

from tollbook.lexicon import Lexicon
from tollbook.model import PassageKind, Span
from tollbook.passages.lines import Block, ends_sentence
from tollbook.text import fold
from tollbook.values import dataclass

_LABEL = re.compile(r"([^\W\d_](?:[^\W_]|[ .'’,\-()/]){0,70}):(?=\s|$|[\"“«])")
# "[ORR] THANK YOU": broadcasts in writing name the speaker in brackets, behind other bracketed notes.
_BRACKETED = re.compile(r"(?:\[[^\]\n]{1,30}\]\s*){0,3}?\[([^\W\d_][^\]\n\d]{1,30})\]\s+(?=[^\s\[])")
_LABEL_WORD = re.compile(r"[^\s,()/]+")
_BOX = re.compile(r"([^\W\d_](?:[^\W\d_]|[ \-/]){1,30}?)(?:\s*[:=|]\s*|\s{2,}|\t| (?=[\d~<>(≥]))(?=\S)")
_COUNTED = re.compile(r"[^\W\d_][^.!?:\d]{1,50}[:=]\s*[~<>≥≤+]?\s*\d[\d,. ]*\+?")
_DATELINE = re.compile(
    r"[A-Z][^\d\n.!?]{1,60},?\s*(?:\d{1,2}\s+[A-Za-z]{3,9}\.?|[A-Z][a-z]{2,8}\.?\s+\d{1,2})(?:,?\s+\d{2,4})?,?[^.!?\n]{0,30}"
    r"|[A-Z][^\n.!?\d]{1,50}\([A-Z][\w .\-]{1,20}\)\s*[-–—_]*"
)
_SMALL = frozenset(
    {"of", "the", "and", "for", "to", "in", "de", "del", "la", "al", "el", "bin", "van", "von", "der", "da", "dos"}
)
# Longer lines without a final stop are sentences that lost it, not headlines.
_HEADLINE = 130
_BOILERPLATE = 120


@dataclass(frozen=True, slots=True)
class _Words:
    boilerplate: re.Pattern[str]
    counter: re.Pattern[str]
    infobox: frozenset[str]
    speakers: frozenset[str]
    described: frozenset[str]
    not_speakers: frozenset[str]
    first_person: re.Pattern[str]


@cache
def _words(lexicon: Lexicon) -> _Words:
    table = lexicon.table("passages")

    def alternatives(name: str) -> str:
        return "|".join(re.escape(word) for word in sorted(table[name], key=len, reverse=True))

    return _Words(
        re.compile(rf"\W*(?:{alternatives('boilerplate')})\b"),
        re.compile(rf"(?:.*\s{{2,}}|.*\|\s*)?(?:{alternatives('counters')})\s*[:\-]?\s*\d[\d.,:/ ]*(?:[ap]m)?$"),
        frozenset(table["infobox"]),
        frozenset(table["speakers"]),
        frozenset(table["described"]),
        frozenset(table["not_speakers"]),
        re.compile(rf"(?<![\w'])(?:{alternatives('first_person')})(?![\w'])"),
    )


def kind_of(text: str, block: Block, lexicon: Lexicon, listed: bool) -> PassageKind:
    """The kind of a block; `listed` says that a neighbour opens with a bullet too."""
    words, said = _words(lexicon), text[block.start : block.end]
    low = fold(said[:_BOILERPLATE])
    stopped = ends_sentence(text, block)
    if not any(map(str.isalnum, said)):
        return "boilerplate"
    if said.startswith("#") and block.marker:
        return "headline"
    if len(said) <= _BOILERPLATE and (words.counter.match(low) or (not stopped and words.boilerplate.match(low))):
        return "boilerplate"
    if not stopped and len(said) <= _HEADLINE and _is_box(said, words):
        return "infobox"
    if block.marker and (listed or said[0] not in "-–—"):
        return "item"
    if stopped or said[-1] in ":;," or len(said) > _HEADLINE:
        return "sentence"
    return "dateline" if _DATELINE.fullmatch(said) else "headline"


def _is_box(said: str, words: _Words) -> bool:
    match = _BOX.match(said)
    named = match is not None and fold(match.group(1)).strip() in words.infobox
    return named or bool(_COUNTED.fullmatch(said))


def label_of(text: str, block: Block) -> Span | None:
    """What stands before a colon at the opening of a block and has the form of a name, or None."""
    bracketed = _BRACKETED.match(text, block.start, block.end)
    if bracketed:
        return Span(bracketed.start(1), bracketed.end(1))
    if text.find(":", block.start, block.end) < 0:
        return None
    match = _LABEL.match(text, block.start + (block.marker if text[block.start] in "-–—" else 0), block.end)
    if not match or not any(map(str.isalpha, text[match.end() : block.end])):
        return None
    pieces = [piece for piece in _LABEL_WORD.findall(match.group(1)) if piece.lower() not in _SMALL]
    return Span(match.start(1), match.end(1)) if 0 < len(pieces) <= 9 else None


def is_speaker(text: str, label: Span, often: bool, lexicon: Lexicon) -> bool:
    """True for a label that names a speaker: by a word of the lexicon, or a name that the text uses so `often`."""
    words, said = _words(lexicon), label.of(text)
    low = fold(said)
    if low in words.not_speakers or low in words.infobox or words.boilerplate.match(low):
        return False
    pieces = [piece.strip(".") for piece in _LABEL_WORD.findall(said) if piece.lower() not in _SMALL]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return False
    if often and fold(pieces[0]) in words.described and len(pieces) <= 3:
        return True
    known = [piece for piece in pieces if fold(piece) in words.speakers]
    # "The mayor, Ada Orr, said:" is no label: a word in it is neither capitalised nor known.
    if any(piece[0].islower() and piece not in known for piece in pieces) or fold(pieces[0]) in words.not_speakers:
        return False
    bracketed = text[label.start - 1 : label.start] == "[" and low.split()[0] not in _SMALL
    return (bool(known) and len(pieces) <= 6) or ((often or bracketed) and len(pieces) <= 4)


def speaks_on(text: str, block: Block, lexicon: Lexicon) -> bool:
    """True where a paragraph speaks of "I", "we" or "you": a speaker goes on."""
    return bool(_words(lexicon).first_person.search(fold(text[block.start : block.end])))
