"""Learn which cues are meant, from articles whose attributions people marked.

    python tools/train_attribution.py TRAIN.jsonl DEV.jsonl OUT [--epochs 10] [--seed 7]

Each line of the files is an article: `text`, and `attributions` with `source`, `cue` and `content`, lists of [start,
end, words]. OUT gets `weights.json` and `CARD.md`, for `src/tollbook/claims/speech_model/`. Seeded: the same files give
the same weights. Nothing but the Python library is needed; three minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from attribution_card import card  # noqa: E402

from tollbook.claims.speech_clauses import Found  # noqa: E402
from tollbook.claims.speech_report import prepare  # noqa: E402
from tollbook.claims.speech_signs import Signs, stem  # noqa: E402
from tollbook.claims.speech_weigh import candidates, places  # noqa: E402
from tollbook.claims.speech_words import words as words_of  # noqa: E402
from tollbook.lexicon import load  # noqa: E402
from tollbook.model import Report  # noqa: E402
from tollbook.passages import split  # noqa: E402
from tollbook.text import Token  # noqa: E402

LEXICON = load("en")
WORDS = words_of(LEXICON)
LEAST_CUES = 3  # a stem that is a cue so often …
LEAST_SHARE = 0.04  # … and in this share of its places can be one
ALONE = 0.2  # from this share on it makes a sentence worth reading
LEAST_SEEN = 4  # candidates that show a sign, for it to get a weight
SMALLEST = 0.1  # weights nearer to 0 are left out
RATE, PULL = 0.1, 8.0  # the pull of each weight toward 0, over an epoch
BARS = [at / 10 for at in range(-12, 7)]

Spans = list[tuple[int, int, str]]
Article = dict[str, Any]


@dataclass(slots=True)
class Example:
    """A candidate: the article it is from, its signs, and whether it is one of the marked attributions."""

    article: int
    signs: list[str]
    right: bool


def articles(path: Path) -> list[Article]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [row for row in rows if row.get("primary", True)]


def sentences(article: Article) -> Iterator[tuple[list[Token], bool]]:
    """The tokens of each sentence of an article, and whether it stands in a quotation."""
    report = Report(article["id"], article["text"], "", "")
    for sentence in prepare(report, split(report, LEXICON), WORDS).sentences:
        if sentence.tokens:
            yield sentence.tokens, sentence.inside is not None


def stems(held: Sequence[Article]) -> dict[str, float]:
    """The stems of words that are often a cue's first word of substance, each with how often it is one."""
    plain = WORDS.auxiliaries | WORDS.adverbs | WORDS.determiners | WORDS.prepositions | WORDS.pronouns
    cues: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for article in held:
        marked = {at: number for number, one in enumerate(article["attributions"]) for at in _places(one["cue"])}
        done = set()
        for tokens, _ in sentences(article):
            for token in tokens:
                root = stem(token.low)
                seen[root] += 1
                number = marked.get(token.start)
                if number is not None and number not in done and token.is_word and token.low not in plain:
                    done.add(number)
                    cues[root] += 1
    shares = {root: count / seen[root] for root, count in cues.items() if count >= LEAST_CUES and len(root) > 1}
    return {root: share for root, share in sorted(shares.items()) if share >= LEAST_SHARE}


def _places(spans: Spans) -> set[int]:
    return {at for start, end, _ in spans for at in range(start, end)}


def examples(held: Sequence[Article], roots: frozenset[str]) -> list[Example]:
    """Every candidate of some articles."""
    every = []
    for number, article in enumerate(held):
        found, shown = [], []
        for tokens, inside in sentences(article):
            here = candidates(tokens, WORDS, places(tokens, roots))
            found += here
            sight = Signs(tokens, here, inside, WORDS)
            shown += [sight.of(number) for number in range(len(here))]
        right = _right(found, article)
        every += [Example(number, seen, at in right) for at, seen in enumerate(shown)]
    return every


def _right(found: Sequence[Found], article: Article) -> set[int]:
    """Which candidates are marked attributions: paired one to one, best cue and content first."""
    at_content, at_cue = defaultdict(set), defaultdict(set)
    sizes = []
    for number, one in enumerate(article["attributions"]):
        sizes.append(len(_places(one["content"])))
        for at in _places(one["content"]):
            at_content[at].add(number)
        for at in _places(one["cue"]):
            at_cue[at].add(number)
    pairs = []
    for at, one in enumerate(found):
        cues = {number for place in range(*one.cue) for number in at_cue.get(place, ())}
        shared = Counter(number for place in range(one.start, one.end) for number in at_content.get(place, ()))
        for number, count in shared.items():
            overlap = count / (sizes[number] + one.end - one.start - count)
            rule = 0 if one.role == "mind" else 1 if one.role in {"weak", "reported", "relay"} else 2
            if number in cues or rule:
                pairs.append((number in cues, rule if number in cues else 0, overlap, -at, number))
    right: set[int] = set()
    taken: set[int] = set()
    for _, _, _, at, number in sorted(pairs, reverse=True):
        if -at not in right and number not in taken:
            right.add(-at)
            taken.add(number)
    return right


def learn(held: Sequence[Example], epochs: int, seed: int) -> tuple[float, dict[str, float]]:
    """Logistic regression by AdaGrad, each weight pulled toward 0: the bias, and a weight for each sign."""
    counts = Counter(sign for one in held for sign in set(one.signs))
    names = sorted(sign for sign, count in counts.items() if count >= LEAST_SEEN)
    index = {sign: at for at, sign in enumerate(names)}
    rows = [([index[sign] for sign in sorted(set(one.signs)) if sign in index], float(one.right)) for one in held]
    pull = [*(PULL / counts[sign] for sign in names), 0.0]
    weights, squares = [0.0] * (len(names) + 1), [1e-6] * (len(names) + 1)
    for row, _ in rows:
        row.append(len(names))  # the bias
    chance = random.Random(seed)
    for _ in range(epochs):
        chance.shuffle(rows)
        for row, right in rows:
            total = sum(weights[at] for at in row)
            wrong = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - right
            for at in row:
                slope = wrong + pull[at] * weights[at]
                squares[at] += slope * slope
                weights[at] -= RATE * slope / math.sqrt(squares[at])
    return weights[-1], dict(zip(names, weights, strict=False))


def total(one: Example, bias: float, weights: dict[str, float]) -> float:
    return bias + sum(weights.get(sign, 0.0) for sign in one.signs)


def score(
    held: Sequence[Example], wanted: int, bias: float, weights: dict[str, float], bar: float
) -> tuple[float, ...]:
    """Precision, recall and F1 of the candidates above a bar."""
    kept = [one for one in held if total(one, bias, weights) > bar]
    right = sum(one.right for one in kept)
    return right / max(1, len(kept)), right / wanted, 2 * right / (len(kept) + wanted)


def wanted(held: Sequence[Article]) -> int:
    return sum(bool(one["content"]) for article in held for one in article["attributions"])


def main() -> None:
    """Learn from nine tenths to choose the bar, then from all; the scores are those of the file that is written."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("train", type=Path)
    options.add_argument("dev", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--epochs", type=int, default=10)
    options.add_argument("--seed", type=int, default=7)
    asked = options.parse_args()
    train, dev = articles(asked.train), articles(asked.dev)
    shares = stems(train)
    roots = frozenset(shares)
    seen = examples(train, roots)
    aside = [one for one in seen if one.article % 10 == 0]
    bias, weights = learn([one for one in seen if one.article % 10], asked.epochs, asked.seed)
    bar = max(BARS, key=lambda at: score(aside, wanted(train[::10]), bias, weights, at)[2])
    bias, weights = learn(seen, asked.epochs, asked.seed)
    bias = round(bias, 2)
    kept = {sign: round(weight, 2) for sign, weight in weights.items() if abs(weight) >= SMALLEST}
    asked.out.mkdir(parents=True, exist_ok=True)
    alone = [root for root, share in shares.items() if share >= ALONE]
    packed = {"bias": bias, "bar": bar, "alone": alone, "stems": sorted(roots), "signs": kept}
    text = json.dumps(packed, ensure_ascii=False, indent=0)
    (asked.out / "weights.json").write_text(text + "\n", encoding="utf-8")
    figures = score(examples(dev, roots), wanted(dev), bias, kept, bar)
    about = {
        "articles": len(train), "candidates": len(seen), "right": sum(one.right for one in seen), "stems": len(roots),
        "signs": len(kept), "least": LEAST_SEEN, "bar": bar, "seed": asked.seed, "epochs": asked.epochs,
    }  # fmt: skip
    page = card(figures, about)
    (asked.out / "CARD.md").write_text(page, encoding="utf-8")
    print(*(f"{100 * figure:.1f}" for figure in figures), f"bar {bar}, {len(roots)} stems, {len(kept)} signs")


if __name__ == "__main__":
    main()
