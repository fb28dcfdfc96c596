"""Text code that stages share: folding that keeps offsets, tokens with exact spans, counts in words, harmless cells."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from tollbook.values import dataclass

# Digits keep inner separators ("1,000", "0.9", "1'000"), words keep inner apostrophes and abbreviating stops ("U.S."),
# every other non-space code point is a token of its own. "76-year-old" is five tokens.
_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    r"\d+(?:[.,٬٫，]\d+|['’]\d{3}(?!\d))*|\.(?<![\w.]\.)\d+"
    rf"|{_LETTER}(?:\.(?:{_LETTER}\.)+|[a-z]*{_LETTER}*(?:(?:[\u0300-\u036f]|['’](?={_LETTER})){_LETTER}*)*)"
    r"|-{2,}|\S"
)


def fold(text: str) -> str:
    """Lower case of the same length: "İ" is the one letter whose `lower()` grows, so it is replaced first.

    Curly apostrophes become straight, so that one spelling in the lexicon serves both.
    """
    return text.lower() if text.isascii() else text.replace("İ", "i").lower().replace("’", "'")


@dataclass(slots=True)
class Token:
    """A word, number or sign: code points `start` to `end` of the text, the words as they stand and folded.

    Nothing changes a token; it isn't frozen, for a report has hundreds and a frozen one takes four times as long.
    """

    start: int
    end: int
    text: str
    low: str

    @property
    def is_number(self) -> bool:
        return self.text[0].isdecimal() or (self.text[0] == "." and len(self.text) > 1)

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets into the whole text."""
    end = len(text) if end is None else end
    low = fold(text[start:end])
    spans = [match.span() for match in _TOKEN.finditer(text, start, end)]
    return [Token(first, last, text[first:last], low[first - start : last - start]) for first, last in spans]


_ASCII = re.compile(r"[\x00-\x7f]+")
_CAPITALS, _SMALL = string.ascii_uppercase.encode(), string.ascii_lowercase.encode()
_SAMPLE = 4000  # code points of a text that tell whether it is set in capitals


@lru_cache(maxsize=64)
def is_shouted(text: str) -> bool:
    """True where a text is set in capitals (wire copy): four letters in five or more are upper case."""
    head = text[:_SAMPLE]
    plain, other = head.encode("ascii", "ignore"), _ASCII.sub("", head)
    upper = len(plain) - len(plain.translate(None, _CAPITALS)) + sum(map(str.isupper, other))
    lower = len(plain) - len(plain.translate(None, _SMALL)) + sum(map(str.islower, other))
    return upper > 20 and upper >= 4 * lower


_SIGNS = {" ": r"\s+"}


def any_of(phrases: Iterable[str], signs: Mapping[str, str] = _SIGNS) -> str:
    """An expression for the longest of some phrases, as a tree by their letters: "may", "march" → `ma(?:rch|y)`.

    A list of hundreds is tried letter by letter then, not phrase by phrase. `signs` are characters that stand for more
    than themselves; a space is any white space.
    """
    root: dict[str, Any] = {}
    for phrase in phrases:
        node = root
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[""] = {}
    return f"(?:{_branches(root, signs)})"


def _branches(node: dict[str, Any], signs: Mapping[str, str]) -> str:
    """The expression of a node's branches; where a phrase ends here, all of them may be missing."""
    way = ""
    while len(node) == 1 and "" not in node:  # one letter after the other, without a branch
        ((letter, node),) = node.items()
        way += _sign(letter, signs)
    letters = sorted(filter(None, node))
    if any(letter in signs for letter in letters):
        letters.sort(key=lambda letter: letter not in signs)
    ways = [_sign(letter, signs) + _branches(node[letter], signs) for letter in letters]
    if not ways:
        return way
    return f"{way}(?:{'|'.join(ways)}){'?' if '' in node else ''}"


def _sign(letter: str, signs: Mapping[str, str]) -> str:
    return signs[letter] if letter in signs else _escaped(letter)


@lru_cache(maxsize=512)
def _escaped(letter: str) -> str:
    return re.escape(letter)


# A spreadsheet takes these for the start of a formula, also after blanks; a full-width sign counts as its plain form.
_RUNS = r"[\s\x00-\x20]*[=+\-@\t\r＝＋－＠]"
_FORMULA = re.compile(rf"'*{_RUNS}")
_QUOTED = re.compile(rf"'+{_RUNS}")
_SIGNED = re.compile(r"[+-]?[\d.,]+")


def harmless(text: str) -> str:
    """A text that a spreadsheet can't take for a formula: "=1+1" is "'=1+1"."""
    return f"'{text}" if not text[:1].isalnum() and _FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text that `harmless` was given: "'=1+1" is "=1+1", "'tis" is "'tis"."""
    return text[1:] if _QUOTED.match(text) else text


def is_signed(text: str) -> bool:
    """True for a number, which is no formula whatever its sign: "-5"."""
    return _SIGNED.fullmatch(text) is not None


def plural(noun: str) -> str:
    """The usual plural of a noun: "copy", "copies"; "cross", "crosses"."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def counted(count: int, noun: str) -> str:
    """A count with its noun: "1 report", "2,000 copies"."""
    return f"{count:,} {noun if count == 1 else plural(noun)}"
