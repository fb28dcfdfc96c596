"""Train the parser from Universal Dependencies treebanks and write its weights and model card.

    python tools/train_parser.py TRAIN DEV TEST OUT [--epochs 14] [--seed 7] [--checkpoint FILE]

Needs PyTorch, which the package itself never imports. One thread, seeded: the same files and arguments give the same
weights on the same machine. After every second epoch OUT/weights.npz holds the averaged weights so far; `--checkpoint`
also keeps them in full precision. The scores are those of the numpy parser and the float16 weights that ship.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import json
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from parser_card import card  # noqa: E402
from parser_treebank import Sentence, read, recased, scores, varied, without_stop  # noqa: E402

from tollbook.claims.parser import Parser  # noqa: E402
from tollbook.claims.parser_net import FAR, NEAR  # noqa: E402
from tollbook.claims.parser_words import AFFIXES, SHAPES, normal, rows  # noqa: E402

WIDTH, ARC, LABEL = 128, 96, 96
REACH = (1, 1, 2, 4, 8, 1)  # how far aside each layer looks
TABLE_WIDTHS = (96, 32, 48, 48, 32, 32)  # normal form, suffixes of 2, 3 and 4 letters, prefix of 3, shape
SEEN_TWICE = 2  # a word form of the training files seen so often has a row of its own
MOST_WORDS = 110  # a longer training sentence is left out
BATCH = 1_000  # words
PEAK = 3e-3  # learning rate


class Model(nn.Module):
    """As `tollbook.claims.parser_net`, with dropout and a gradient."""

    def __init__(self, vocabulary: int, labels: int, tags: int) -> None:
        super().__init__()
        sizes = (vocabulary, *(size for _, size in AFFIXES), SHAPES)
        self.tables = nn.ModuleList(nn.Embedding(n, d) for n, d in zip(sizes, TABLE_WIDTHS, strict=True))
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)
        self.mix = nn.Linear(sum(TABLE_WIDTHS), 2 * WIDTH)
        self.layers = nn.ModuleList(nn.Linear(3 * WIDTH, 2 * WIDTH) for _ in REACH)
        self.mix_norm, self.last_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in REACH)
        self.scorers = nn.Linear(WIDTH, 2 * ARC + 2 * LABEL)
        self.tag, self.label = nn.Linear(WIDTH, tags), nn.Linear(LABEL, labels)
        self.arc = nn.Parameter(torch.randn(ARC, ARC) * 0.05)
        self.arc_bias, self.arc_root = nn.Parameter(torch.zeros(ARC)), nn.Parameter(torch.zeros(ARC))
        self.far = nn.Parameter(torch.zeros(2 * FAR + 2, ARC))
        self.near = nn.Parameter(torch.zeros(2 * NEAR + 2, LABEL))
        self.label_root = nn.Parameter(torch.zeros(LABEL))

    def forward(self, ids: Tensor, mask: Tensor, gold: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Arc scores (batch, words, 1 + words), label scores under the gold heads, tag scores."""
        embedded = [table(ids[:, :, i]) for i, table in enumerate(self.tables)]
        if self.training:
            for i, rate in ((0, 0.15), (3, 0.10)):  # learn words by their letters alone, too
                embedded[i] = embedded[i] * (torch.rand(ids.shape[:2]) >= rate).unsqueeze(-1)
        keep = mask.unsqueeze(-1)
        looked_up = functional.dropout(torch.cat(embedded, -1), 0.2, self.training)
        x = self.mix_norm(self._halves(self.mix(looked_up))) * keep
        for step, layer, norm in zip(REACH, self.layers, self.norms, strict=True):
            wide = functional.pad(x, (0, 0, step, step))
            seen = torch.cat([wide[:, : x.shape[1]], x, wide[:, 2 * step :]], -1)
            x = (x + functional.dropout(norm(self._halves(layer(seen))), 0.15, self.training)) * keep
        x = functional.dropout(self.last_norm(x), 0.2, self.training)
        parts = self.scorers(x).split([ARC, ARC, LABEL, LABEL], -1)
        dep, head = (functional.dropout(torch.relu(part), 0.2, self.training) for part in parts[:2])
        return self._arcs(dep, head, mask), self._labels(parts[2], parts[3], gold), self.tag(x)

    @staticmethod
    def _halves(x: Tensor) -> Tensor:
        first, second = x.chunk(2, -1)
        return torch.maximum(first, second)

    def _arcs(self, dep: Tensor, head: Tensor, mask: Tensor) -> Tensor:
        words = dep.shape[1]
        far = dep @ self.far.T
        turned = dep @ self.arc + self.arc_bias
        at = torch.arange(words)
        steps = (at[None, :] - at[:, None]).clamp(-FAR, FAR) + FAR
        inner = turned @ head.transpose(1, 2) + far.gather(2, steps.expand(len(dep), -1, -1))
        barred = ~mask.bool()[:, None, :] | torch.eye(words, dtype=torch.bool)
        root = turned @ self.arc_root + far[:, :, -1]
        return torch.cat([root.unsqueeze(-1), inner.masked_fill(barred, -1e9)], -1)

    def _labels(self, dep: Tensor, head: Tensor, gold: Tensor) -> Tensor:
        with_root = torch.cat([self.label_root.expand(len(dep), 1, -1), head], 1)
        above = with_root.gather(1, gold.unsqueeze(-1).expand(-1, -1, LABEL))
        steps = (gold - 1 - torch.arange(gold.shape[1])).clamp(-NEAR, NEAR) + NEAR
        near = self.near[torch.where(gold == 0, 2 * NEAR + 1, steps)]
        return self.label(functional.dropout(torch.relu(dep + above + near), 0.2, self.training))


class Coder:
    """Sentences to numbers, by the words, labels and tags of the training file."""

    def __init__(self, train: list[Sentence]) -> None:
        counts = Counter(normal(word) for sentence in train for word in sentence.words)
        self.vocabulary = ["", *sorted(word for word, count in counts.items() if count >= SEEN_TWICE)]
        self.rows_of = {word: index for index, word in enumerate(self.vocabulary) if index}
        found = sorted({label for sentence in train for label in sentence.labels} - {"root"})
        self.labels = ["root", *found]
        self.tags = sorted({tag for sentence in train for tag in sentence.tags})
        self.label_ids = {label: index for index, label in enumerate(self.labels)}
        self.tag_ids = {tag: index for index, tag in enumerate(self.tags)}
        self.seen: dict[str, tuple[int, ...]] = {}

    def rows(self, word: str) -> tuple[int, ...]:
        """As the parser looks the word up."""
        if word not in self.seen:
            self.seen[word] = rows(word, self.rows_of)
        return self.seen[word]

    def batch(self, sentences: list[Sentence]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Rows, mask, heads (0 the root), labels, tags; -100 where there is no word."""
        shape = len(sentences), max(len(sentence.words) for sentence in sentences)
        ids = np.zeros((*shape, len(TABLE_WIDTHS)), dtype=np.int64)
        gold = np.full((3, *shape), -100, dtype=np.int64)
        for i, sentence in enumerate(sentences):
            size = len(sentence.words)
            ids[i, :size] = [self.rows(word) for word in sentence.words]
            gold[0, i, :size] = [head + 1 for head in sentence.heads]
            gold[1, i, :size] = [self.label_ids[label] for label in sentence.labels]
            gold[2, i, :size] = [self.tag_ids[tag] for tag in sentence.tags]
        heads, labels, tags = torch.from_numpy(gold)
        return torch.from_numpy(ids), (heads >= 0).float(), heads, labels, tags


def batches(train: list[Sentence], chance: random.Random) -> Iterator[list[Sentence]]:
    """The training sentences, varied, in batches of like length, in random order."""
    ordered = sorted((varied(s, chance) for s in train), key=lambda s: len(s.words) + 3 * chance.random())
    packed: list[list[Sentence]] = [[]]
    for sentence in ordered:
        if (len(packed[-1]) + 1) * len(sentence.words) > BATCH:
            packed.append([])
        packed[-1].append(sentence)
    chance.shuffle(packed)
    return iter([batch for batch in packed if batch])


def export(model: nn.Module, coder: Coder, out: Path) -> bytes:
    """Writes OUT/weights.npz: float16, with the words, labels and tags in "about"."""
    about = {
        "tables": len(TABLE_WIDTHS), "reach": REACH, "vocabulary": coder.vocabulary, "labels": coder.labels,
        "tags": coder.tags,
    }  # fmt: skip
    weights = {name: value.detach().numpy().astype(np.float16) for name, value in model.state_dict().items()}
    for index in range(len(TABLE_WIDTHS)):
        weights[f"table{index}"] = weights.pop(f"tables.{index}.weight")
    packed = np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), dtype=np.uint8)
    out.mkdir(parents=True, exist_ok=True)
    path = out / "weights.npz"
    np.savez(path, about=packed, **weights)
    return path.read_bytes()


def judged(parser: Parser, gold: list[Sentence]) -> dict[str, float]:
    """The shipped parser's scores on gold sentences."""
    return scores(gold, [(tree.heads, tree.labels, tree.tags) for tree in parser.parse([s.words for s in gold])])


def learn(model: Model, batch: tuple[Tensor, ...], optimizer: torch.optim.Optimizer) -> float:
    """One step; the loss."""
    ids, mask, heads, labels, tags = batch
    arcs, by_label, by_tag = model(ids, mask, heads.clamp(min=0))
    loss = functional.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=-100)
    loss = loss + functional.cross_entropy(by_label.flatten(0, 1), labels.flatten(), ignore_index=-100)
    loss = loss + 0.7 * functional.cross_entropy(by_tag.flatten(0, 1), tags.flatten(), ignore_index=-100)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 2.0)
    optimizer.step()
    return float(loss.detach())


def train_all(given: argparse.Namespace) -> None:
    """Trains, exporting as it goes, and writes the model card at the end."""
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    chance = random.Random(given.seed)
    train = [s for s in read(given.train) if len(s.words) <= MOST_WORDS]
    dev = list(read(given.dev))
    coder = Coder(train)
    model = Model(len(coder.vocabulary), len(coder.labels), len(coder.tags))
    average = copy.deepcopy(model)
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK, betas=(0.9, 0.98), weight_decay=0.01)
    start, steps = time.monotonic(), itertools.count(1)
    total = given.epochs * len(list(batches(train, random.Random(0))))
    for epoch in range(1, given.epochs + 1):
        model.train()
        losses = []
        for sentences, step in zip(batches(train, chance), steps):  # noqa: B905  (the batches end, the steps don't)
            for group in optimizer.param_groups:
                group["lr"] = rate(step, total)
            losses.append(learn(model, coder.batch(sentences), optimizer))
            follow(average, model, min(0.9985, (1 + step) / (10 + step)))
        minutes = (time.monotonic() - start) / 60
        print(f"epoch {epoch}: {minutes:.1f} min, loss {sum(losses) / len(losses):.3f}", flush=True)
        if epoch % 2 == 0 or epoch == given.epochs:
            parser = Parser.from_bytes(export(average, coder, given.out))
            print(f"  dev {judged(parser, dev)}", flush=True)
        if given.checkpoint:
            torch.save({"model": model.state_dict(), "average": average.state_dict()}, given.checkpoint)
    about = (
        f"{len(train):,} sentences, {given.epochs} epochs, seed {given.seed}, {minutes:.0f} minutes on a shared core"
    )
    describe(given.out, dev, list(read(given.test)), about)


def rate(step: int, total: int) -> float:
    """The learning rate: up over 200 steps, then down along a cosine to a fiftieth."""
    return PEAK * min(step / 200, 1) * (0.02 + 0.49 * (1 + math.cos(math.pi * min(step / total, 1))))


def follow(average: nn.Module, model: nn.Module, decay: float) -> None:
    """Moves the averaged weights, which are what ships, a little toward the model's."""
    with torch.no_grad():
        torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - decay)


def describe(out: Path, dev: list[Sentence], test: list[Sentence], about: str) -> None:
    """Writes OUT/CARD.md with the scores of OUT/weights.npz."""
    packed = (out / "weights.npz").read_bytes()
    parser = Parser.from_bytes(packed)
    table = {"dev": judged(parser, dev), "test": judged(parser, test)}
    for name, case in (("all capitals", "upper"), ("small letters", "lower"), ("title case", "title")):
        table[f"dev, {name}"] = judged(parser, [recased(s, case) for s in dev])
    table["dev, no final stop"] = judged(parser, [without_stop(s) for s in dev])
    (out / "CARD.md").write_text(card(table, about, len(packed)), encoding="utf-8")


def main() -> int:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("train", "dev", "test", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--checkpoint", type=Path)
    train_all(parser.parse_args())
    return 0


if __name__ == "__main__":
    sys.exit(main())
