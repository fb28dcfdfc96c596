"""Trees of a report's sentences, for readers that want one: parsed when first asked for, then kept.

*Input* a report, then spans of its sentences. *Output* a `Tree` for each, its nodes found by their place in the text.

> trees = Trees(report); trees.of(span) → the tree of "12 people were killed"; its node at "people" hangs on "killed"

Ask for all spans at once where you can (`ahead`): one call for many sentences is two to three times as fast as one for
each. Parser and numpy are loaded with the first sentence asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from tollbook.claims.parser import Parser, tokenise
from tollbook.claims.parser import Tree as Arcs
from tollbook.model import Report, Span
from tollbook.text import fold

ROOT = -1  # the head of the root


@dataclass(frozen=True)
class Tree:
    """A sentence's words as nodes 0, 1, 2 …, in order: `spans` are code points of the whole text, `lows` the words."""

    spans: tuple[tuple[int, int], ...]
    lows: tuple[str, ...]
    arcs: Arcs

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.spans]

    @cached_property
    def _children(self) -> list[list[int]]:
        below: list[list[int]] = [[] for _ in self.spans]
        for node, head in enumerate(self.arcs.heads):
            if head != ROOT:
                below[head].append(node)
        return below

    def at(self, offset: int) -> int | None:
        """The node whose word holds a code point, or None."""
        node = bisect_right(self._starts, offset) - 1
        return node if node >= 0 and offset < self.spans[node][1] else None

    def head(self, node: int) -> int:
        """The node that `node` hangs on, ROOT for the root."""
        return self.arcs.heads[node]

    def label(self, node: int) -> str:
        """The relation to the head: "nsubj", "nsubj:pass", "obj" …"""
        return self.arcs.labels[node]

    def tag(self, node: int) -> str:
        """The part of speech: "VERB", "NOUN" …"""
        return self.arcs.tags[node]

    def children(self, node: int, *labels: str) -> list[int]:
        """What hangs on a node, in order; of these relations where some are named."""
        below = self._children[node]
        return [child for child in below if self.arcs.labels[child] in labels] if labels else below

    def up(self, node: int) -> Iterator[int]:
        """The nodes above a node, nearest first."""
        head = self.arcs.heads[node]
        while head != ROOT:
            yield head
            head = self.arcs.heads[head]

    def reach(self, node: int) -> tuple[int, int]:
        """Code points from the first to the last word at or below a node."""
        todo, low, high = [node], node, node
        while todo:
            at = todo.pop()
            low, high = min(low, at), max(high, at)
            todo += self._children[at]
        return self.spans[low][0], self.spans[high][1]


class Trees:
    """The trees of one report."""

    def __init__(self, report: Report) -> None:
        self._texts = {"text": report.text, "title": report.title or ""}
        self._known: dict[Span, Tree] = {}

    def of(self, span: Span) -> Tree | None:
        """The tree of a sentence, None where the span holds no word."""
        self.ahead((span,))
        return self._known.get(span)

    def known(self, span: Span) -> Tree | None:
        """The tree of a sentence that was asked for ahead."""
        return self._known.get(span)

    def ahead(self, spans: Iterable[Span]) -> None:
        """Parses sentences that will be asked for, all at once."""
        new = [span for span in dict.fromkeys(spans) if span not in self._known]
        cut = {span: tuple(self._cut(span)) for span in new}
        full = [span for span in new if cut[span]]
        words = [[self._texts[span.part][start:end] for start, end in cut[span]] for span in full]
        if not full:
            return
        for span, arcs in zip(full, Parser.load().parse(words), strict=True):
            lows = tuple(fold(self._texts[span.part][start:end]) for start, end in cut[span])
            self._known[span] = Tree(cut[span], lows, arcs)

    def _cut(self, span: Span) -> Iterator[tuple[int, int]]:
        for start, end in tokenise(self._texts[span.part][span.start : span.end]):
            yield span.start + start, span.start + end
