"""The parser's network in numpy: weights to scores. Imported late, with the first sentence parsed.

*Input* rows of features for the words of some sentences, end to end. *Output* for each sentence heads, labels, tags.
Look-up, six layers that each see the neighbours, then three small scorers (arc, label, tag); the same arithmetic as
`tools/train_parser.py` trains.
"""

from __future__ import annotations

import ctypes
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tollbook.claims.parser_tree import heads

Floats: TypeAlias = npt.NDArray[np.float32]
FAR = 30  # words away; distances beyond count as this
NEAR = 5  # the same for labels
# Rows are padded to a multiple of this, so that a word's figures don't hang on how many are read with it. By OpenBLAS's
# kernels for AVX2 they still hang on its place, in the last bit.
BLOCK = 32
TINY = np.float32(1e-5)


class Network:
    """Weights, ready to run. `weights` as the training tool wrote them (float16), `reach` each layer's step."""

    def __init__(self, weights: dict[str, npt.NDArray[np.float16]], tables: int, reach: tuple[int, ...]) -> None:
        _one_thread()
        # Matrices that words are multiplied with lie as the product reads them: a third faster than turned each time.
        self.w: dict[str, Floats] = {
            name: np.ascontiguousarray(value.T if name.endswith(".weight") else value, dtype=np.float32)
            for name, value in weights.items()
            if not name.startswith("table")
        }
        self.reach = reach
        self.tables, at = [], 0
        for table in (weights[f"table{index}"] for index in range(tables)):
            self.tables.append(Mixed(table, self.w["mix.weight"][at : at + table.shape[1]]))
            at += table.shape[1]

    def read(self, rows: npt.NDArray[np.int32], lengths: list[int]) -> list[tuple[list[int], list[int], list[int]]]:
        """(heads, labels, tags) of each sentence; `rows` is (words, tables), the sentences end to end."""
        words = len(rows)
        x = self._layers(rows, lengths)
        tags = self._times(x, "tag")[:words].argmax(axis=1)
        scored = self._times(x, "scorers")
        size = len(self.w["arc_root"])
        dep, head = np.maximum(scored[:, :size], 0), np.maximum(scored[:, size : 2 * size], 0)
        far = dep @ self.w["far"].T
        dep = dep @ self.w["arc"] + self.w["arc_bias"]
        above: list[int] = []  # row of the head over all sentences, -1 for the root
        found, start = [], 0
        for length in lengths:
            end = start + length
            own = heads(self._arcs(dep[start:end], head[start:end], far[start:end]))
            above += [start + h if h >= 0 else -1 for h in own]
            found.append((own, tags[start:end].tolist()))
            start = end
        labels = self._labels(scored[:, 2 * size :], above, len(x))
        starts = np.cumsum([0, *lengths]).tolist()
        return [(own, labels[s : s + len(own)], tag) for (own, tag), s in zip(found, starts, strict=False)]

    def _layers(self, rows: npt.NDArray[np.int32], lengths: list[int]) -> Floats:
        padded = -(-len(rows) // BLOCK) * BLOCK
        mixed = self.tables[0].rows(rows[:, 0])
        mixed += self.w["mix.bias"]
        for index in range(1, len(self.tables)):
            mixed += self.tables[index].rows(rows[:, index])
        x = np.zeros((padded, mixed.shape[1] // 2), dtype=np.float32)
        x[: len(rows)] = self._norm(_halves(mixed), "mix_norm")
        place = np.full(padded, -1)
        left = np.full(padded, -1)
        place[: len(rows)] = np.concatenate([np.arange(length) for length in lengths])
        left[: len(rows)] = np.concatenate([np.arange(length)[::-1] for length in lengths])
        width = x.shape[1]
        edges = {step: (np.flatnonzero(place < step), np.flatnonzero(left < step)) for step in set(self.reach)}
        seen = np.zeros((padded, 3 * width), dtype=np.float32)
        for index, step in enumerate(self.reach):
            seen[step:, :width] = x[:-step]
            seen[:, width : 2 * width] = x
            seen[:-step, 2 * width :] = x[step:]
            first, last = edges[step]
            seen[first, :width] = 0
            seen[last, 2 * width :] = 0
            x += self._norm(_halves(self._times(seen, f"layers.{index}")), f"norms.{index}")
        return self._norm(x, "last_norm")

    def _arcs(self, dep: Floats, head: Floats, far: Floats) -> Floats:
        """Scores of each word under the root (column 0) and under each word."""
        count = len(dep)
        scores = np.empty((count, count + 1), dtype=np.float32)
        scores[:, 0] = dep @ self.w["arc_root"] + far[:, -1]
        away = np.arange(count)
        scores[:, 1:] = dep @ head.T + far[away[:, None], _steps(count)]
        scores[away, away + 1] = -np.inf
        return scores

    def _labels(self, scored: Floats, above: list[int], padded: int) -> list[int]:
        size = scored.shape[1] // 2
        rows = np.array(above)
        root = rows < 0
        hidden = np.zeros((padded, size), dtype=np.float32)
        count = len(above)
        hidden[:count] = np.where(root[:, None], self.w["label_root"], scored[rows, size:])
        steps = np.clip(rows - np.arange(count), -NEAR, NEAR) + NEAR
        hidden[:count] += scored[:count, :size] + self.w["near"][np.where(root, 2 * NEAR + 1, steps)]
        result = self._times(np.maximum(hidden, 0), "label")[:count]
        result[~root, 0] = -np.inf  # label 0 is "root"
        best = result.argmax(axis=1)
        best[root] = 0
        labels: list[int] = best.tolist()
        return labels

    def _times(self, x: Floats, name: str) -> Floats:
        product: Floats = x @ self.w[f"{name}.weight"]
        product += self.w[f"{name}.bias"]
        return product

    def _norm(self, x: Floats, name: str) -> Floats:
        width = np.float32(x.shape[1])
        mean: Floats = np.add.reduce(x, axis=1, keepdims=True)
        mean /= width
        x = x - mean
        x /= np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / width + TINY)
        x *= self.w[f"{name}.weight"]
        x += self.w[f"{name}.bias"]
        return x


class Mixed:
    """A look-up table times its part of the mixing matrix, so that mixing is a sum of rows; each made when first asked.

    A process that reads one report asks for a few hundred of 26,000.
    """

    def __init__(self, table: npt.NDArray[np.float16], part: Floats) -> None:
        self._table, self._part = table, part
        self._done: Floats = np.empty((len(table), part.shape[1]), dtype=np.float32)
        self._ready = np.zeros(len(table), dtype=bool)

    def rows(self, wanted: npt.NDArray[np.int32]) -> Floats:
        """The rows of these numbers, as a new array."""
        ready = self._ready[wanted]
        if not ready.all():
            new = np.unique(wanted[~ready])
            # Row by row: in one product of all, the last bit of a row hangs on its place and on how many there are.
            self._done[new] = (self._table[new].astype(np.float32)[:, None] @ self._part)[:, 0]
            self._ready[new] = True
        found: Floats = self._done[wanted]
        return found


@lru_cache(maxsize=64)
def _steps(count: int) -> npt.NDArray[np.intp]:
    """The row of each distance between two of so many words, from each word (down) to each (across)."""
    away = np.arange(count)
    steps: npt.NDArray[np.intp] = np.clip(away[None, :] - away[:, None], -FAR, FAR) + FAR
    return steps


def _halves(x: Floats) -> Floats:
    """The larger of each pair: the layer's only bend."""
    half = x.shape[1] // 2
    larger: Floats = np.maximum(x[:, :half], x[:, half:])
    return larger


def _one_thread() -> None:
    """Holds numpy's OpenBLAS to one thread for this process; another build of numpy is left as it is.

    Reports are read by a process for each core; threads below them only get in each other's way: with both cores busy,
    calls for one sentence took two to four times as long with two threads.
    """
    for path in sorted((Path(np.__file__).parent.parent / "numpy.libs").glob("*openblas*")):
        library = ctypes.CDLL(str(path))
        for name in ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads", "openblas_set_num_threads"):
            if hasattr(library, name):
                getattr(library, name)(1)
