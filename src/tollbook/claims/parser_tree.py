"""From scores of arcs to a tree: each word's best head, mended where these form a ring or have two roots.

*Input* `scores[i, j]`: how well word i hangs on word j - 1; column 0 is the root. *Output* for each word its head's
index, -1 for the one root. Greedy first; only where that is no tree, the word that is root by the widest margin is
fixed, and the best tree under it is found by Chu, Liu and Edmonds.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


def heads(scores: Scores) -> list[int]:
    """The heads, -1 for the root: always one root, and no word above itself."""
    greedy: list[int] = scores.argmax(axis=1).tolist()
    if greedy.count(0) == 1 and _ring([0, *greedy]) is None:
        return [head - 1 for head in greedy]
    size = len(greedy)
    inner = scores[:, 1:].astype(np.float64)
    np.fill_diagonal(inner, -np.inf)
    root = int((scores[:, 0] - inner.max(axis=1)).argmax())
    square = np.full((size, size), -np.inf)  # node 0 is the root word, then the others in order
    order = np.array([root, *(word for word in range(size) if word != root)])
    square[1:] = inner[np.ix_(order[1:], order)]
    found = [-1] * size
    for word, head in zip(order[1:].tolist(), _best(square)[1:], strict=True):
        found[word] = int(order[head])
    return found


def _ring(above: list[int]) -> list[int] | None:
    """A ring among the heads (`above[0]` is the root's own, not looked at), or None."""
    seen = [0] * len(above)
    seen[0] = -1
    for start in range(1, len(above)):
        node = start
        while seen[node] == 0:
            seen[node] = start
            node = above[node]
        if seen[node] == start:
            ring = [node]
            while above[ring[-1]] != node:
                ring.append(above[ring[-1]])
            return ring
        node = start
        while seen[node] == start:
            seen[node] = -1
            node = above[node]
    return None


def _best(scores: npt.NDArray[np.float64]) -> list[int]:
    """The best tree under node 0 by contracting rings; at most as many turns as there are words."""
    contracted: list[tuple[npt.NDArray[np.float64], list[int]]] = []
    above: list[int] = [0, *scores[1:].argmax(axis=1).tolist()]
    while (ring := _ring(above)) is not None:
        contracted.append((scores, ring))
        scores = _contract(scores, ring)
        above = [0, *scores[1:].argmax(axis=1).tolist()]
    while contracted:
        scores, ring = contracted.pop()
        above = _expand(scores, ring, above)
    return above


def _outside(size: int, ring: list[int]) -> list[int]:
    inside = set(ring)
    return [node for node in range(size) if node not in inside]


def _contract(scores: npt.NDArray[np.float64], ring: list[int]) -> npt.NDArray[np.float64]:
    """The same scores with the ring as one node, the last."""
    kept = _outside(len(scores), ring)
    above = {node: scores[node].argmax() for node in ring}
    small = np.full((len(kept) + 1, len(kept) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(kept, kept)]
    small[:-1, -1] = scores[np.ix_(kept, ring)].max(axis=1)
    lost = np.array([scores[node, above[node]] for node in ring])
    small[-1, :-1] = (scores[np.ix_(ring, kept)] - lost[:, None]).max(axis=0)
    return small


def _expand(scores: npt.NDArray[np.float64], ring: list[int], above: list[int]) -> list[int]:
    """Heads over the larger graph from those over the contracted one."""
    kept = _outside(len(scores), ring)
    heads_of = [0] * len(scores)
    for node in ring:
        heads_of[node] = int(scores[node].argmax())
    entry = kept[above[-1]]
    gains = [scores[node, entry] - scores[node, heads_of[node]] for node in ring]
    broken = ring[max(range(len(ring)), key=gains.__getitem__)]
    for small, node in enumerate(kept[1:], start=1):
        head = above[small]
        heads_of[node] = kept[head] if head < len(kept) else ring[int(scores[node, ring].argmax())]
    heads_of[broken] = entry
    return heads_of
