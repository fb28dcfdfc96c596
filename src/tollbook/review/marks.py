"""A report's words, cut where a claim, a source or a cue word begins or ends, so that each can be marked where it
stands.

Input: a report, its claims, its statements. Output: `Block`s of `Piece`s, each with the offset, in code points, of
its first character. Worked: "At least 12 people died, the Flood Office said." with a claim at 0–18 and its source at
25–41 is cut at 18, 25 and 41; the first piece is of the claim, the third of the first link of its chain.

Spans may overlap or lie in one another: a piece names all claims that it is of. A sign that can't be seen is a piece
of its own, so that what stands in the page can always be counted back to offsets; so is the end of a line that was
broken at a margin, which the page shows as a space.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tollbook.dossiers.sentences import sentence_around
from tollbook.dossiers.site.frame import UNSEEN
from tollbook.model import Claim, Report, Span, Statement
from tollbook.model.spans import Part
from tollbook.passages import lines

# A block is some screens long: few enough of them for a text of a million signs, each quick to lay out.
SIZE = 8_000
# So many blocks come with the page, those around the chosen claim among them; others come when they are scrolled to.
FIRST = 6
# How far from a source its cue word is looked for, where no statement says where it stands.
_REACH = 60
# A shorter line ends where its writer wanted it to.
_END = re.compile(r"(?<=[^\r\n]{40})\r?(\n)")
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one kind from `start` on: the claims they are of, the links of chains ("ID:0", its cue "ID:0c") and the
    sentences of claims ("ID:s").

    `sign` is the code of a sign that can't be seen, in hexadecimal; then the text is that one sign. `soft` is the end
    of a line within a paragraph.
    """

    start: int
    text: str
    claims: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    sign: str = ""
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text, whole paragraphs where they aren't too long; its pieces are None where it isn't asked
    for.
    """

    start: int
    end: int
    pieces: tuple[Piece, ...] | None = None


class Marked:
    """One report, ready to be shown in blocks."""

    def __init__(
        self,
        report: Report,
        claims: Iterable[Claim],
        statements: Iterable[Statement] = (),
        sentences: Sequence[Span] = (),
    ) -> None:
        self._report = report
        self._claims: dict[Part, list[tuple[Span, str]]] = {"text": [], "title": []}
        self._links: dict[Part, list[tuple[Span, str]]] = {"text": [], "title": []}
        said = defaultdict(list)
        for one in statements:
            if one.source is not None and one.cue is not None:
                said[one.source].append(one)
        for claim in sorted(claims, key=lambda one: (one.span, one.measure)):
            self._claims[claim.span.part].append((claim.span, claim.id))
            for name, span in links_of(claim, report, said):
                self._links[span.part].append((span, f"{claim.id}:{name}"))
            around = sentence_around(report, claim.span, sentences)
            self._links[around.part].append((around, f"{claim.id}:s"))
        self._soft = soft_ends(report.text)
        self._cuts = _cuts(report.text, [span for span, _ in self._claims["text"]])

    def title(self) -> tuple[Piece, ...]:
        """The pieces of the title."""
        return self._pieces("title", 0, len(self._report.title or ""))

    def blocks(self, at: int = 0) -> list[Block]:
        """All blocks in order; those at the start and around the offset `at` with their pieces."""
        around = bisect_right(self._cuts, at) - 1
        near = {*range(FIRST), around - 1, around, around + 1}
        return [
            Block(start, end, self._pieces("text", start, end) if number in near else None)
            for number, (start, end) in enumerate(pairwise(self._cuts))
        ]

    def block(self, start: int) -> Block:
        """The block that an offset lies in."""
        number = min(max(bisect_right(self._cuts, start) - 1, 0), len(self._cuts) - 2)
        first, last = self._cuts[number], self._cuts[number + 1]
        return Block(first, last, self._pieces("text", first, last))

    def _pieces(self, part: Part, start: int, end: int) -> tuple[Piece, ...]:
        text = (self._report.title or "") if part == "title" else self._report.text
        claims, links = (_within(some[part], start, end) for some in (self._claims, self._links))
        hidden = [at for match in UNSEEN.finditer(text, start, end) for at in (match.start(), match.end())]
        ends = (at for span, _ in (*claims, *links) for at in (span.start, span.end) if start < at < end)
        within = slice(bisect_left(self._soft, start), bisect_left(self._soft, end))
        soft = frozenset(self._soft[within] if part == "text" else ())
        cuts = sorted({start, end, *hidden, *ends, *soft, *(at + 1 for at in soft)})
        in_claims, in_links = _covering(cuts, claims), _covering(cuts, links)
        return tuple(
            Piece(
                first, text[first:last], in_claims.get(first, ()), in_links.get(first, ()),
                f"{ord(text[first]):X}" if UNSEEN.match(text, first) else "", first in soft,
            )
            for first, last in pairwise(cuts)
        )  # fmt: skip


def soft_ends(text: str) -> list[int]:
    """Where lines end that were broken at a margin: within paragraphs, but for those set in columns."""
    return [
        found.start(1)
        for block in lines.blocks(text)
        if block.lines > 1 and not _COLUMNS.search(text, block.start, block.end)
        for found in _END.finditer(text, block.start, block.end)
    ]


def links_of(claim: Claim, report: Report, said: Mapping[Span, Sequence[Statement]]) -> Iterator[tuple[str, Span]]:
    """Where the links of a claim's chain stand, and their cue words: ("0", the first link's words), ("0c", its cue)."""
    for number, link in enumerate(claim.attribution):
        if link.span is None or link.span.end > len((report.title or "") if link.span.part == "title" else report.text):
            continue
        yield str(number), link.span
        cue = next((one.cue for one in said.get(link.span, ()) if one.cue and one.content.overlaps(claim.span)), None)
        cue = cue or _cue_near(link.span, link.cue, report)
        if cue is not None:
            yield f"{number}c", cue


def _cue_near(source: Span, cue: str | None, report: Report) -> Span | None:
    """The nearest place beside a source where its cue word stands."""
    if not cue:
        return None
    text = (report.title or "") if source.part == "title" else report.text
    after = text.find(cue, source.end, source.end + _REACH)
    before = text.rfind(cue, max(0, source.start - _REACH), source.start)
    near = [at for at in (after, before) if at >= 0]
    at = min(near, key=lambda place: abs(place - source.start), default=None)
    return None if at is None else Span(at, at + len(cue), source.part)


def _within(some: Sequence[tuple[Span, str]], start: int, end: int) -> list[tuple[Span, str]]:
    return [one for one in some if one[0].start < end and start < one[0].end]


def _covering(cuts: Sequence[int], some: Iterable[tuple[Span, str]]) -> dict[int, tuple[str, ...]]:
    """For each cut the names of the spans that go on behind it, in their order."""
    found: dict[int, list[str]] = defaultdict(list)
    for span, name in some:
        for at in cuts[bisect_left(cuts, span.start) : bisect_left(cuts, span.end)]:
            found[at].append(name)
    return {at: tuple(dict.fromkeys(names)) for at, names in found.items()}


def _cuts(text: str, claims: Sequence[Span]) -> list[int]:
    """Where blocks begin: behind the last line's end that still fits, else behind a space, never within a claim."""
    starts = [span.start for span in claims]
    reach = 0
    ends = [reach := max(reach, span.end) for span in claims]
    cuts = [0]
    while len(text) - cuts[-1] > SIZE:
        limit = cuts[-1] + SIZE
        at = max(text.rfind("\n", cuts[-1], limit), text.rfind(" ", limit - SIZE // 8, limit)) + 1
        if text.rfind("\n", cuts[-1] + SIZE // 2, limit) >= 0:
            at = text.rfind("\n", cuts[-1], limit) + 1
        at = at if at > cuts[-1] else limit
        inside = bisect_left(starts, at) - 1  # the last claim that begins before it
        while inside >= 0 and ends[inside] > at and starts[inside] > cuts[-1]:
            at = starts[inside]
            inside = bisect_left(starts, at) - 1
        cuts.append(at)
    return [*cuts, len(text)]


_WORD = re.compile(r"\S")


def found_in(text: str, words: str, most: int = 20) -> list[int]:
    """Where exact words stand in a text: each offset, the first ones."""
    found: list[int] = []
    at = text.find(words) if _WORD.search(words) else -1
    while at >= 0 and len(found) < most:
        found.append(at)
        at = text.find(words, at + 1)
    return found
