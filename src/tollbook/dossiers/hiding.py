r"""Names and words sought in any text by their letters alone, however spaced, cased, accented or encoded. Pure.

Input: what to hide, each with the token that takes its place. Output: the stretches of a text that hold it. Worked:
"Orsa Lindal" is found in "ORSA\nLINDAL", "orsa-lindal", "#OrsaLindal", "Orsa%20Lindal", "Orsa&nbsp;Lindal" and, with a
soft hyphen in it, "Lin\u00addal".
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from ahocorasick_rs import AhoCorasick

from tollbook.dossiers.cues import key_of
from tollbook.dossiers.masks import Masked, apart, caseless
from tollbook.values import dataclass

# Signs written otherwise: "Orsa%20Lindal", "&Ouml;rman", "\\u00d6rman".
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+|&#?\w{1,8};|(?:\\u[0-9A-Fa-f]{4})+")
# More signs between two letters of a name than these are no spelling of it.
_GAP = 6


@dataclass(frozen=True, slots=True)
class Sought:
    """Something to hide by its `letters` (`key_of`), and what takes its place.

    A `whole` one begins and ends where words do; one that is not is found within other words too ("saveorsalindal").
    """

    letters: str
    token: str
    whole: bool = True


class Hider:
    """Finds all of what is sought in one pass over a text; makes nothing of an empty list."""

    def __init__(self, sought: Iterable[Sought] = ()) -> None:
        some = {one.letters: one for one in reversed(list(sought)) if one.letters}
        self._sought: Sequence[Sought] = [some[letters] for letters in sorted(some)]
        self._all = AhoCorasick([one.letters for one in self._sought]) if self._sought else None

    def __bool__(self) -> bool:
        return bool(self._sought)

    def spans(self, text: str) -> list[Masked]:
        """The stretches of a text that hold what is sought, in order, none overlapping."""
        if self._all is None or not text:
            return []
        found = list(self._plain(text))
        if _ESCAPED.search(text):
            plain, places = _decoded(text)
            found += [Masked(places[m.start][0], places[m.end - 1][1], m.token) for m in self._plain(plain)]
        return apart(found)

    def tokens(self, text: str) -> set[str]:
        """The tokens of all that a text holds as it stands."""
        return {one.token for one in self._plain(text)}

    def first(self, text: str) -> str:
        """The token of the first that a text holds, empty where it holds none."""
        return next((one.token for one in self._plain(text)), "")

    def text(self, text: str) -> str:
        """A text with tokens in place of all that is sought."""
        out, at = [], 0
        for mask in self.spans(text):
            out += [text[at : mask.start], mask.token]
            at = mask.end
        return "".join((*out, text[at:]))

    def _plain(self, text: str) -> Iterator[Masked]:
        if self._all is None:
            return
        stream = bare(text)
        hits = self._all.find_matches_as_indexes(stream, overlapping=True)
        if not hits:
            return
        places = _places(text)
        for number, start, end in hits:
            one, first, last = self._sought[number], places[start], places[end - 1] + 1
            if _together(places[start:end]) and (not one.whole or _is_whole(text, first, last)):
                yield Masked(first, last, one.token)


def bare(text: str) -> str:
    """The letters and digits of a text, without case, accents and all signs between them."""
    return "".join(map(_letters, text)) if not text.isascii() else "".join(filter(str.isalnum, text.lower()))


@lru_cache(1 << 14)
def _letters(sign: str) -> str:
    """One sign as `bare` has it: "Ö" is "o", "ß" is "ss", a hyphen is nothing."""
    return key_of(sign)


def _places(text: str) -> list[int]:
    """Where in the text each sign of its bare form stands."""
    return [at for at, sign in enumerate(text) for _ in _letters(sign)]


def _together(places: Sequence[int]) -> bool:
    return all(right - left <= _GAP + 1 for left, right in pairwise(places))


def _is_whole(text: str, start: int, end: int) -> bool:
    """True where words begin and end here: at a blank, sign or digit, or where small letters meet a capital.

    Scripts without capitals often set no blanks between words.
    """
    if caseless(text[start:end]):
        return True
    before, first = text[max(0, start - 1) : start], text[start]
    last, after = text[end - 1], text[end : end + 1]
    if (first.isdigit() and before.isdigit()) or (last.isdigit() and after.isdigit()):
        return False
    opens = not before.isalpha() or (before.islower() and first.isupper())
    closes = not after.isalpha() or (last.islower() and after.isupper()) or _ends_in_s(text, end)
    return opens and closes


def _ends_in_s(text: str, end: int) -> bool:
    """True for "the Lindals"."""
    return text[end : end + 1] in {"s", "S"} and not text[end + 1 : end + 2].isalpha()


def _decoded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text with what is escaped in it resolved, and where each of its signs stands in the text as given."""
    out: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    for match in (*_ESCAPED.finditer(text), None):
        start, end = match.span() if match else (len(text), len(text))
        sign = _resolved(match.group()) if match else ""
        out += [text[at:start], sign]
        places += [(one, one + 1) for one in range(at, start)] + [(start, end)] * len(sign)
        at = end
    return "".join(out), places


def _resolved(escaped: str) -> str:
    r""" "%20" is a blank, "&Ouml;" and "\u00d6" are "Ö"."""
    if escaped[0] == "\\":
        return "".join(chr(int(code, 16)) for code in escaped.split("\\u")[1:])
    return unquote(escaped, errors="replace") if escaped[0] == "%" else html.unescape(escaped)
