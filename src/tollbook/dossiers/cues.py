"""What stands beside a name and tells whose it is: an age, a relation, harm, an office, a speaker's label.

Input: a block of text as words, and which of them are the name. Output: yes or no for each cue. Worked: in "her uncle,
the mayor of Harim, Tem Birk, 51, was hurt" the name has an office before it, an age and harm after it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from tollbook.dossiers.wordlists import NameWords
from tollbook.text import fold
from tollbook.values import dataclass

# Signs that are not seen may stand within a word: a soft hyphen, a joiner, a space of no width.
# What is elided before a name ("d’Avrisse", "L’Hermel") is a word of its own.
WORD = re.compile(
    r"(?:[DdLl]|[Dd][ae]ll|[Nn]ell)(?=['’ʼ][A-ZÀ-ÖØ-Þ])|"
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]|['’ʼ](?=[^\W\d_]))*"
)
# Letters that are written plainly where a keyboard lacks them, and that Unicode takes for letters of their own.
_WITH_STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d"}
)
_POSSESSIVE = re.compile(r"['’ʼ][sS]$")
_AGE_AFTER = re.compile(
    r"\s*[,(]\s*(?:(?:who\s+(?:is|was)\s+)?(?:aged?|age)\s+)?\d{1,3}\s*(?:[,.;:)\]\n]|$|years?\b|months?\b|y/?o\b|and\b|was\b|were\b)"
    r"|\s*,?\s+aged?\s+\d|\s*,?\s*\(?\s*an?\s+(?:\d{1,3}|\w+)[-\s](?:year|month|week|day)s?[-\s]old",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(
    r"(?:\d{1,3}|\w+)[-\s](?:year|month|week|day)s?[-\s]old,?\s+(?:[a-z]+\s+){0,2}$", re.IGNORECASE
)
_LABEL = re.compile(r"\s*:\s+[\"“«‘]?(?=\S)(?![a-z])")
_ITEM = re.compile(r"(?:^|\n)\s*(?:\d{1,3}[.)]|[-*•–])\s*$")
_BE = r"(?:was|were|is|are|be|been|being|had|has|have|got|getting|lay|lies)"


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place, and a key without case, accents and signs, so that "ÖRMAN" and "Orman" meet."""

    start: int
    end: int
    text: str
    key: str


@lru_cache(1 << 16)
def key_of(word: str) -> str:
    """The letters of a word in lower case without accents; kept, since words come again and again."""
    parts = unicodedata.normalize("NFKD", fold(word)).translate(_WITH_STROKES)
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return "".join(filter(str.isalnum, bare))


def keys_of(name: str) -> tuple[str, ...]:
    """The keys of all words of a name."""
    return tuple(word.key for word in words_of(name))


def words_of(text: str) -> list[Word]:
    """All words of a text; a possessive ending is no part of its word."""
    return list(each_word(text))


def each_word(text: str) -> Iterator[Word]:
    """The words of a text one by one, for texts too long to hold all of them."""
    for match in WORD.finditer(text):
        said = _POSSESSIVE.sub("", match.group())
        yield Word(match.start(), match.start() + len(said), said, key_of(said))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What may follow a name: kin, harm done to it, an office."""

    kin: re.Pattern[str]
    harm: re.Pattern[str]
    office: re.Pattern[str]
    office_of: re.Pattern[str]


@cache
def _patterns(words: NameWords) -> _Patterns:
    kin = "|".join(sorted(words.relations | {"resident", "survivor", "witness", "eyewitness"}))
    # A place can be captured; a single word that was is no victim for that.
    harms = "|".join(sorted(words.harms - {"captured"}))
    offices = "|".join(sorted(words.offices))
    # "X, secretary" may be anybody's; "X, secretary of state" holds an office.
    held = "|".join((*sorted(words.offices - {"secretary"}), r"secretary[\s-]+(?:of|for|general)"))
    article = r"(?:(?:the|a|an|his|her|its|their|then|former|acting|deputy|vice)\s+)?"
    return _Patterns(
        re.compile(
            rf"['’]s\s+(?:\w+\s+){{0,2}}(?:{kin})\b|,\s+(?:an?|the|his|her|their|whose)\s+(?:\w+[\s-]+){{0,2}}(?:{kin})\b",
            re.I,
        ),
        re.compile(
            rf"(?:,[^,.;\n]{{1,60}},)?\s+{_BE}\s+(?:\w+\s+)?(?:{harms})\b|\s+(?:died|drowned|perished|disappeared)\b",
            re.I,
        ),
        re.compile(rf"\s*[,(–—-]\s*{article}(?:[\w-]+(?:['’]s)?\s+){{0,3}}?({held})\b(?!['’]s)", re.I),
        re.compile(rf"\b(?:{offices})\s+(?:of|for|at|in)\s+[^,.;:\n]{{1,40}},\s+$", re.I),
    )


class Around:
    """What stands directly before and after a run of words."""

    def __init__(self, text: str, shaped: list[Word], words: NameWords, start: int, end: int) -> None:
        self.text, self.shaped, self.words, self.start, self.end = text, shaped, words, start, end
        self.ahead = text[shaped[end - 1].end : shaped[end - 1].end + 120]
        self.behind = text[max(0, shaped[start].start - 80) : shaped[start].start]

    def _before(self, steps: int) -> str:
        """The key of the word `steps` before, where nothing but blanks and one comma lie between."""
        at = self.start - steps
        if at < 0:
            return ""
        gap = self.text[self.shaped[at].end : self.shaped[at + 1].start]
        return self.shaped[at].key if re.fullmatch(r"\.?,?\s+[\"“'(]?", gap) else ""

    def aged(self) -> bool:
        return _AGE_AFTER.match(self.ahead) is not None or _AGE_BEFORE.search(self.behind) is not None

    def kin(self) -> bool:
        """True beside "mother of", "her son", "a girl named", "…'s brother"."""
        one, two = self._before(1), self._before(2)
        if one in self.words.relations or (
            one in {"of", "as", "was"} and two in self.words.relations | self.words.naming
        ):
            return True
        if one in self.words.naming - {"called", "identified", "known"}:
            return True
        return _patterns(self.words).kin.match(self.ahead) is not None

    def harmed(self) -> bool:
        one, two = self._before(1), self._before(2)
        if one in self.words.harm_before or (one in {"of", "as"} and two in self.words.harm_before):
            return True
        match = _patterns(self.words).harm.match(self.ahead)
        # "Omar was killed" but not "Harimites were killed", unless somebody stands before: "Leyla and Omar were".
        many = match is not None and match.group().split()[0] in {"were", "are", "have"} and self.end - self.start == 1
        return match is not None and not (many and not re.search(r"(?:\band|,|&)\s+$", self.behind))

    def labelled(self) -> bool:
        """True for a speaker's label or an item of a list: the line starts with the name."""
        opening = self.text[max(0, self.shaped[self.start].start - 8) : self.shaped[self.start].start]
        fresh = not opening.strip(" \t") or opening.rstrip(" \t").endswith("\n")
        plain = all(
            self.words.is_plain(fold(w.text)) or w.key in self.words.institutions
            for w in self.shaped[self.start : self.end]
        )
        if plain:
            return False
        return (fresh and _LABEL.match(self.ahead) is not None) or _ITEM.search(opening) is not None

    def official_before(self) -> bool:
        """True after an office: "mayor X", "the mayor of Harim, X"."""
        one, two = self._before(1), self._before(2)
        # "the president of Orvesk Ilan Sorek": the run holds place and name.
        if one == "of" and two in self.words.offices and self.end - self.start > 2:
            return True
        return one in self.words.offices or _patterns(self.words).office_of.search(self.behind) is not None

    def official_after(self) -> bool:
        """True for an apposition: "X, the deputy governor of …"; "X, the governor's driver" is none."""
        match = _patterns(self.words).office.match(self.ahead)
        if match is None:
            return False
        between = {key_of(word) for word in match.group().split()}
        return not between & (self.words.relations | {"of", "to", "for", "who", "whose", "and", "by", "said", "told"})
