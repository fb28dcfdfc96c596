"""A small dependency parser of our own: tokens to a tree, with Universal Dependencies' labels and tags.

*Input* sentences as lists of tokens (cut as `tokenise` cuts). *Output* a `Tree` for each: heads, labels, tags.

> The blast killed 12 people → blast ←nsubj— killed —obj→ people —nummod→ 12

The network and its weights are loaded with the first sentence, not with the module, and numpy with them.
A result hangs on the sentence alone: not on the others parsed with it, nor on those parsed before.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from tollbook.claims.parser_words import rows, tokenise
from tollbook.values import dataclass

if TYPE_CHECKING:
    from tollbook.claims.parser_net import Network

__all__ = ["Parser", "Tree", "tokenise"]

MOST_TOKENS = 160  # of one sentence; a longer one is parsed in pieces, so that time stays linear
MOST_AT_ONCE = 2_000  # tokens in one pass through the network
MOST_KEPT = 100_000  # word forms whose rows are remembered
_BREAKS = frozenset(".;:!?,–—-")


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence's tree, one entry for each token: `heads` the index of its head (-1 for the root, exactly one),
    `labels` the relation to it, `tags` the universal part of speech.
    """

    heads: tuple[int, ...]
    labels: tuple[str, ...]
    tags: tuple[str, ...]


class Parser:
    """Parses sentences; make one with `load`. Holds no state but a memory of word forms."""

    def __init__(self, network: Network, vocabulary: Sequence[str], labels: Sequence[str], tags: Sequence[str]) -> None:
        self._network = network
        self._vocabulary = {word: index for index, word in enumerate(vocabulary) if index}
        self._labels = tuple(labels)
        self._tags = tuple(tags)
        self._known: dict[str, tuple[int, ...]] = {}

    @staticmethod
    def load() -> Parser:
        """The parser with the weights shipped; the same one for every call."""
        return _shipped()

    @staticmethod
    def from_bytes(packed: bytes) -> Parser:
        """A parser from the bytes of a file that `tools/train_parser.py` wrote."""
        import numpy as np

        from tollbook.claims.parser_net import Network

        with np.load(io.BytesIO(packed)) as stored:
            weights = {name: stored[name] for name in stored.files}
        about = json.loads(weights.pop("about").tobytes())
        network = Network(weights, about["tables"], tuple(about["reach"]))
        return Parser(network, about["vocabulary"], about["labels"], about["tags"])

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Tree]:
        """A tree for each sentence, in order; an empty sentence has an empty tree."""
        pieces = [piece for sentence in sentences for piece in _pieces(sentence)]
        read = self._read_all(pieces)
        trees, at = [], 0
        for sentence in sentences:
            parts: list[Tree] = []
            taken = 0
            while taken < len(sentence):
                parts.append(read[at])
                taken += len(read[at].heads)
                at += 1
            trees.append(_joined(parts))
        return trees

    def _read_all(self, pieces: list[Sequence[str]]) -> list[Tree]:
        trees: list[Tree] = []
        batch: list[Sequence[str]] = []
        size = 0
        for piece in pieces:
            if size + len(piece) > MOST_AT_ONCE:
                trees += self._read(batch)
                batch, size = [], 0
            batch.append(piece)
            size += len(piece)
        return trees + self._read(batch)

    def _read(self, batch: list[Sequence[str]]) -> list[Tree]:
        if not batch:
            return []
        import numpy as np

        features = np.array([self._rows(form) for piece in batch for form in piece], dtype=np.int32)
        labels, tags = self._labels, self._tags
        return [
            Tree(tuple(heads), tuple(labels[i] for i in label_ids), tuple(tags[i] for i in tag_ids))
            for heads, label_ids, tag_ids in self._network.read(features, [len(piece) for piece in batch])
        ]

    def _rows(self, form: str) -> tuple[int, ...]:
        found = self._known.get(form)
        if found is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            found = self._known[form] = rows(form, self._vocabulary)
        return found


@cache
def _shipped() -> Parser:
    weights = resources.files("tollbook.claims") / "parser_model" / "weights.npz"
    return Parser.from_bytes(weights.read_bytes())


def _pieces(sentence: Sequence[str]) -> list[Sequence[str]]:
    """The sentence itself, or pieces that the network takes, broken behind a mark in their second half if any."""
    pieces = []
    start = 0
    while len(sentence) - start > MOST_TOKENS:
        end = start + MOST_TOKENS
        middle = start + MOST_TOKENS // 2
        end = next((at for at in range(end, middle, -1) if sentence[at - 1] in _BREAKS), end)
        pieces.append(sentence[start:end])
        start = end
    if start < len(sentence):
        pieces.append(sentence[start:])
    return pieces


def _joined(parts: list[Tree]) -> Tree:
    """One tree of the pieces' trees: the later roots hang on the first, as parataxis."""
    if len(parts) == 1:
        return parts[0]
    heads: list[int] = []
    labels: list[str] = []
    tags: list[str] = []
    root = -1
    for part in parts:
        start = len(heads)
        heads += [start + head if head >= 0 else root for head in part.heads]
        pairs = zip(part.heads, part.labels, strict=True)
        labels += ["parataxis" if head < 0 <= root else label for head, label in pairs]
        tags += part.tags
        if root < 0:
            root = part.heads.index(-1)
    return Tree(tuple(heads), tuple(labels), tuple(tags))
