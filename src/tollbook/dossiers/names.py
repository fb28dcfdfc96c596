"""Capitalised words that look like a person's name, and what stands around them.

Input: any text. Output: `Candidate`s in order, with spans into that text. Worked: in "Orsa Lindal, 9, and her uncle,
the mayor Tem Birk, were hurt" the first is a victim by her age, the second an official by his office. What is masked
in the end is decided in `masking`, over all texts of a record together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from tollbook.dossiers.cues import WORD, Around, Word, each_word, key_of, words_of
from tollbook.dossiers.wordlists import NameWords
from tollbook.text import fold
from tollbook.values import dataclass

Style = Literal["sentence", "headline", "capitals"]

_JOIN = re.compile(r"[ \t\u00a0\u2009\u202f]{0,2}\n?[ \t\u00a0\u2009\u202f]{0,12}|[-‐‑]|['’ʼ]")
_AFTER_INITIAL = re.compile(r"\.?[ \t\u00a0\u202f]*\n?[ \t]{0,12}")
_LIST = re.compile(r"(?:,?\s+(?:and|&)\s+|,\s+)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words that may be a person's name, with the keys that identify it and the cues around it.

    `cued` means that something beside it says so, `sure` that this can't be said of a place ("her son X", "Mrs X").
    """

    start: int
    end: int
    keys: tuple[str, ...]
    official: bool = False
    victim: bool = False
    cued: bool = False
    sure: bool = False


def style_of(line: str) -> Style:
    """Whether capitals tell names in this line: they don't where nearly all words have them."""
    words = [word for word in WORD.findall(line) if len(word) > 3]
    upper = sum(word.isupper() for word in words)
    if len(words) >= 2 and upper >= 0.7 * len(words):
        return "capitals"
    titled = sum(word[0].isupper() for word in words)
    return "headline" if len(words) >= 3 and titled >= 0.7 * len(words) else "sentence"


def find(text: str, words: NameWords) -> list[Candidate]:
    """Every run that may be a person's name, single words only where something beside them says so."""
    found: list[Candidate] = []
    for start, end in _lines(text):
        line = text[start:end]
        style = style_of(line)
        shaped = [Word(w.start + start, w.end + start, w.text, w.key) for w in words_of(line)]
        found.extend(_Line(text, shaped, style, words).candidates())
    return _spread(text, found, words)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Blocks between blank lines, so that hard-wrapped names stay whole; lines of another style start a new block."""
    for block in re.finditer(r"[^\n](?:[^\n]|\n(?!\s*\n))*", text):
        start = block.start()
        styles = None
        at = start
        for line in block.group().splitlines(keepends=True):
            style = style_of(line) == "capitals" if len(line) > 12 else styles
            if styles is not None and style != styles:
                yield start, at
                start = at
            styles, at = style, at + len(line)
        yield start, block.end()


class _Line:
    """One block of text: its words, its style, and the runs of capitals in it."""

    def __init__(self, text: str, shaped: list[Word], style: Style, words: NameWords) -> None:
        self.text, self.shaped, self.style, self.words = text, shaped, style, words

    def candidates(self) -> Iterator[Candidate]:
        at = 0
        while at < len(self.shaped):
            run = self._run(at)
            if run == 0:
                at += 1
                continue
            yield from self._judged(at, at + run)
            at += run

    def _run(self, at: int) -> int:
        """How many words from `at` on belong to one run of name-like words, linking words inside included."""
        length = 0
        while at + length < len(self.shaped) and self._like_name(at + length):
            length += 1
            ahead = at + length
            steps = 0
            while (
                ahead + steps < len(self.shaped)
                and steps < 3
                and self._joined(ahead + steps)
                and self._link(self.shaped[ahead + steps])
            ):
                steps += 1
            if (
                steps
                and ahead + steps < len(self.shaped)
                and self._joined(ahead + steps)
                and self._like_name(ahead + steps)
            ):
                length += steps
            elif ahead >= len(self.shaped) or not self._joined(ahead):
                break
        return length

    def _joined(self, at: int) -> bool:
        """True where only a blank, one line break or the stop of an initial lies before the word."""
        left, right = self.shaped[at - 1], self.shaped[at]
        gap = self.text[left.end : right.start]
        pattern = (
            _AFTER_INITIAL if len(left.key) == 1 or left.key in self.words.honorifics | self.words.offices else _JOIN
        )
        return pattern.fullmatch(gap) is not None and gap != ""

    def _like_name(self, at: int) -> bool:
        word = self.shaped[at]
        if not word.text[0].isupper():
            return False
        given = word.key in self.words.given
        if word.key in self.words.functions:
            return given and at + 1 < len(self.shaped) and self._joined(at + 1) and self._unknown(at + 1)
        if self.style == "sentence" or given or word.key in self.words.offices | self.words.honorifics:
            return True
        after_unknown = at > 0 and self._joined(at) and self._unknown(at - 1)
        if word.key in self.words.institutions:
            return after_unknown
        return self._unknown(at) or (at > 0 and self._joined(at) and self.shaped[at - 1].key in self.words.given)

    def _unknown(self, at: int) -> bool:
        word = self.shaped[at]
        return (
            word.text[0].isupper()
            and not self.words.is_plain(fold(word.text))
            and word.key not in self.words.institutions
        )

    def _judged(self, start: int, end: int) -> Iterator[Candidate]:
        """A run cut at titles, with what stands around it weighed."""
        titles = self.words.offices | self.words.honorifics
        cut = max((i + 1 for i in range(start, end) if self.shaped[i].key in titles), default=start)
        office = any(self.shaped[i].key in self.words.offices for i in range(start, cut))
        honorific = (
            cut > start and self.shaped[cut - 1].key in self.words.honorifics and self.shaped[cut - 1].text[0].isupper()
        )
        if cut == end:
            yield from self._judged(start, cut - 1) if cut - 1 > start and self.style == "sentence" else ()
            return
        while cut < end and self._link(self.shaped[cut]):
            cut += 1
        if cut > start or not self._institution(start, end):
            yield from self._named(cut, end, office, honorific)

    def _named(self, start: int, end: int, office: bool, honorific: bool) -> Iterator[Candidate]:
        first, last = self.shaped[start], self.shaped[end - 1]
        finish = last.end
        if len(last.key) == 1 and self.text[finish : finish + 1] == ".":
            finish += 1
        around = Around(self.text, self.shaped, self.words, start, end)
        official = office or around.official_before() or around.official_after()
        aged, kin, harmed = around.aged(), around.kin(), around.harmed()
        cued = honorific or aged or kin or harmed or around.labelled()
        keys = tuple(w.key for w in self.shaped[start:end] if not self._link(w))
        if not any(len(key) > 1 for key in keys) or not (cued or official or self._person(start, end)):
            return
        if len(keys) == 1 and not honorific and self._mere_word(start):
            return
        victim = kin or harmed or (aged and not official)
        yield Candidate(first.start, finish, keys, official, victim, cued, honorific or kin or harmed)

    def _mere_word(self, at: int) -> bool:
        """True for a word of the language whose capital is owed to its place: a headline, capitals, a sentence's
        start.
        """
        word = self.shaped[at]
        if not self.words.is_plain(fold(word.text)) and word.key not in self.words.institutions:
            return False
        before = self.text[max(0, word.start - 20) : word.start].rstrip(" \t\"“'‘«(")
        return self.style != "sentence" or not before or before[-1] in ".!?:;\n•*-–"

    def _person(self, start: int, end: int) -> bool:
        """Two words or more that no institution and no dictionary explains."""
        run = [w for w in self.shaped[start:end] if not self._link(w)]
        if len(run) < 2 or self._institution(start, end):
            return False
        gaps = (self.text[left.end : right.start] for left, right in pairwise(self.shaped[start:end]))
        if not any(gap.strip("-‐‑") for gap in gaps):
            return any(w.key in self.words.given for w in run)
        if any(w.key in self.words.given for w in run):
            return True
        unknown = sum(not self.words.is_plain(fold(w.text)) for w in run)
        return unknown >= (1 if self.style == "sentence" else 2)

    def _link(self, word: Word) -> bool:
        """True for a linking word inside a name; capitalised it is a word of the name ("Abu")."""
        return word.key in self.words.particles and not word.text[0].isupper()

    def _institution(self, start: int, end: int) -> bool:
        run = [w for w in self.shaped[start:end] if not self._link(w)]
        marks = [w for w in run if w.key in self.words.institutions]
        if not marks:
            return False
        surname = len(run) <= 3 and run[0].key in self.words.given and run[-1].key in self.words.surname_like
        return not (surname and len(marks) == 1)


def _spread(text: str, found: list[Candidate], words: NameWords) -> list[Candidate]:
    """A single capitalised word in a list with a cued name is a name too: "her sons Tem, Orl and Ivo"."""
    out = list(found)
    taken = {candidate.start for candidate in found}
    for candidate in found:
        at = candidate.end
        while candidate.cued and (gap := _LIST.match(text, at)):
            word = WORD.match(text, gap.end())
            if (
                word is None
                or not word.group()[0].isupper()
                or words.is_plain(fold(word.group()))
                or word.start() in taken
            ):
                break
            out.append(
                Candidate(
                    word.start(),
                    word.end(),
                    (key_of(word.group()),),
                    victim=candidate.victim,
                    cued=True,
                    sure=candidate.sure,
                )
            )
            taken.add(word.start())
            at = word.end()
    return sorted(out, key=lambda candidate: (candidate.start, candidate.end))


_LOCATIVE = re.compile(r"\b(?:in|near|around|across|outside|IN|NEAR|AROUND|ACROSS|OUTSIDE)\s+$")


def located(text: str) -> frozenset[str]:
    """Keys of single capitalised words that stand where a place stands: "in Harim" speaks against a person."""
    found = (word for word in each_word(text) if word.text[0].isupper())
    return frozenset(
        word.key
        for word in found
        if _LOCATIVE.search(text[max(0, word.start - 10) : word.start])
        and text[word.end : word.end + 1] not in {"'", "’"}
    )
