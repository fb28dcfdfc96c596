"""Where sentences end inside a paragraph, also inside long quotations.

In: a text and the offsets of a paragraph. Out: offsets at which to cut. In "Gen. Ada Orr came. She spoke." the
cut is after "came." and not after "Gen.".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tollbook.lexicon import Lexicon
from tollbook.values import dataclass

_STOP = re.compile(r"[.!?…。؟।]+[\"'”’»)\]]*")
_NEXT = re.compile(r"\s*[\"'“”‘’«»(\[\-–—_•*]*\s*")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]+\.)*[^\W\d_]+$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLOSING = "\"'”’»"
# An abbreviation is never longer than this; it keeps the look back short.
_LOOK_BACK = 16


@dataclass(frozen=True, slots=True)
class _Words:
    never: frozenset[str]
    before_number: frozenset[str]
    either: frozenset[str]
    openers: frozenset[str]
    domains: frozenset[str]
    tagged: re.Pattern[str]  # "Ada Orr asked on Monday" behind a quotation that ends in a question


@cache
def _words(lexicon: Lexicon) -> _Words:
    table = lexicon.table("abbreviations")
    said, behind = "|".join(table["tags"]), "|".join(table["behind_tags"])
    tagged = rf"(?:[^\W_][\w.'’-]{{0,20}}[ \xa0]){{1,5}}?(?:{said})(?:[.,;:]|[ \xa0](?:{behind})\b|$)"
    return _Words(
        never=frozenset(table["never"]),
        before_number=frozenset(table["before_number"]),
        either=frozenset(table["either"]),
        openers=frozenset(table["openers"]),
        domains=frozenset(table["domains"]),
        tagged=re.compile(tagged),
    )


def cuts(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[int]:
    """Offsets inside `start`–`end` at which a sentence ends and another begins."""
    words = _words(lexicon)
    for match in _STOP.finditer(text, start, end):
        if match.end() < end and _is_end(text, start, end, match, words):
            yield match.end()


def _is_end(text: str, start: int, end: int, match: re.Match[str], words: _Words) -> bool:
    after = _NEXT.match(text, match.end(), end)
    begin = after.end() if after else match.end()
    if begin >= end:
        return False
    sign, spaced = match.group(), text[match.end()].isspace()
    if sign[0] in "。؟।":
        return True
    if not spaced:
        return _missing_space(text, match, words)
    if sign[0] == "." and not sign.startswith(".."):
        return _stop_ends(text, start, begin, match, words)
    if sign[-1] in _CLOSING and words.tagged.match(text, begin, end):
        return False
    return _opens(text, begin)


def _opens(text: str, at: int) -> bool:
    """True where what stands at `at` can open a sentence: anything but a lower-case letter or a sign that goes on."""
    return not text[at].islower() and text[at] not in ",;:%&)]}"


def _stop_ends(text: str, start: int, begin: int, match: re.Match[str], words: _Words) -> bool:
    """Decide a single stop that white space follows, by the word before and what comes next."""
    if not _opens(text, begin):
        return False
    found = _WORD_BEFORE.search(text, max(start, match.start() - _LOOK_BACK), match.start())
    if not found or len(match.group()) > 1:
        return True
    before, number = found.group(), text[begin].isdigit()
    low = before.lower()
    if low in words.never:
        # "No." before a word is an answer; "No. 4" is not.
        return low in words.before_number and not number
    if number and low in words.before_number:
        return False
    word = _WORD.match(text, begin)
    opener = bool(word) and word is not None and word.group().lower() in words.openers
    if low in words.either or low in words.before_number:
        return opener or (text[match.end()] in "\n\r\u2028\u2029" and not text[begin].isalnum())
    if len(before) == 1 and before.isupper():
        return (opener and before != "A") or before == "I"
    if "." in before and all(len(part) == 1 for part in before.split(".")):
        return opener
    return True


def _missing_space(text: str, match: re.Match[str], words: _Words) -> bool:
    """A stop between a word and a capitalised word ("told XNA.The minister") ends a sentence; "example.com" goes on."""
    at = match.end()
    if len(match.group()) > 1 and match.group()[-1] not in '"”»)]':
        return text[at].isupper() and match.group()[0] in "!?"
    before = _WORD_BEFORE.search(text, max(0, match.start() - _LOOK_BACK), match.start())
    word = _WORD.match(text, at)
    if text[at] in "“«" and before:
        return True
    if not word or not word.group()[0].isupper() or word.group().lower() in words.domains:
        return False
    if len(match.group()) > 1 or text[match.start()] in "!?":
        return True
    if not before or "." in before.group() or before.group().lower() in words.never | words.before_number:
        return False
    inside = word.group()
    shouted = before.group().isupper() and inside.isupper() and inside.lower() not in words.openers
    alone = text[word.end() : word.end() + 1] not in {".", "/", "@"}
    return len(before.group()) > 1 and not shouted and alone and before.group().lower() != "www"
