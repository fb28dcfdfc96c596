"""The treebank for the parser's trainer and bench: reading CoNLL-U, copies in capitals and headlines, and scoring."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

# Subtypes that tell a reader who did what to whom; every other one is cut to its universal relation.
KEPT = frozenset(
    ("nsubj:pass", "csubj:pass", "aux:pass", "acl:relcl", "obl:agent", "obl:unmarked", "nmod:poss", "nmod:unmarked")
) | {"compound:prt"}
Parsed: TypeAlias = tuple[Sequence[int], Sequence[str], Sequence[str]]  # heads, labels, tags
STOPS = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Gold: `heads` 0-based with -1 for the root; `spaces` says whether a space follows the token; `now` is the present
    tense of a verb told in the past ("" otherwise), as a headline has it.
    """

    words: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    tags: tuple[str, ...]
    spaces: tuple[bool, ...]
    now: tuple[str, ...]


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file; empty nodes are left out, of multi-word tokens only the spacing is taken."""
    rows: list[list[str]] = []
    spaces: list[bool] = []
    inside = 0  # the last word of the multi-word token being read
    inside_space = True
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        if not line:
            if rows:
                yield _sentence(rows, spaces)
            rows, spaces, inside = [], [], 0
            continue
        cells = line.split("\t")
        space = "SpaceAfter=No" not in cells[9]
        if "-" in cells[0]:
            inside, inside_space = int(cells[0].split("-")[1]), space
        elif "." not in cells[0]:
            at = int(cells[0])
            spaces.append(space if at > inside else inside_space if at == inside else False)
            rows.append(cells)


def _sentence(rows: list[list[str]], spaces: list[bool]) -> Sentence:
    labels = (row[7] if row[7] in KEPT else row[7].split(":")[0] for row in rows)
    return Sentence(
        tuple(row[1] for row in rows), tuple(int(row[6]) - 1 for row in rows), tuple(labels),
        tuple(row[3] for row in rows), tuple(spaces), tuple(_present(row, rows) for row in rows),
    )  # fmt: skip


def _present(row: list[str], rows: list[list[str]]) -> str:
    """ "killed" → "kills", or "kill" where the subject is plural."""
    if row[3] != "VERB" or row[4] != "VBD" or row[2] in ("be", "have"):
        return ""
    subjects = [other for other in rows if other[6] == row[0] and other[7].startswith("nsubj")]
    if any("Number=Plur" in other[5] for other in subjects):
        return row[2]
    if row[2][-1] == "y" and row[2][-2:-1] not in "aeiou":
        return row[2][:-1] + "ies"
    return row[2] + ("es" if row[2].endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def varied(sentence: Sentence, chance: random.Random) -> Sentence:
    """The sentence as it is, or as wire copy, a careless message or a headline would have it."""
    draw = chance.random()
    if draw < 0.10:
        sentence = recased(sentence, "upper")
    elif draw < 0.16:
        sentence = recased(sentence, "lower")
    elif draw < 0.30:
        sentence = headline(sentence, chance)
        if chance.random() < 0.25:
            sentence = recased(sentence, "upper")
    if chance.random() < 0.20:
        sentence = without_counted(sentence)
    if chance.random() < 0.15:
        sentence = without_stop(sentence)
    return sentence


def recased(sentence: Sentence, case: str) -> Sentence:
    """In "upper", "lower" or "title" case."""
    words = tuple(word[:1].upper() + word[1:] if case == "title" else getattr(word, case)() for word in sentence.words)
    return replace(sentence, words=words)


def headline(sentence: Sentence, chance: random.Random) -> Sentence:
    """In title case or not, without its final stop; often in the present tense, without articles and the "were" of a
    passive, and with commas for "and".
    """
    if chance.random() < 0.6:
        words = tuple(now or word for word, now in zip(sentence.words, sentence.now, strict=True))
        sentence = replace(sentence, words=words)
    leaf = _leaves(sentence)
    if chance.random() < 0.4:
        for index in leaf:
            if index and sentence.words[index] == "and" and sentence.words[index - 1] != ",":
                sentence = _with_comma(sentence, index)
    if chance.random() < 0.7:
        drop = {
            index
            for index in leaf
            if sentence.words[index].lower() in ("a", "an", "the") or sentence.labels[index] in ("aux:pass", "cop")
        }
        sentence = _without(sentence, drop)
    if chance.random() < 0.6:
        sentence = recased(sentence, "title")
    return without_stop(sentence)


def _with_comma(sentence: Sentence, at: int) -> Sentence:
    words, labels, tags = list(sentence.words), list(sentence.labels), list(sentence.tags)
    words[at], labels[at], tags[at] = ",", "punct", "PUNCT"
    return replace(sentence, words=tuple(words), labels=tuple(labels), tags=tuple(tags))


def without_stop(sentence: Sentence) -> Sentence:
    """Without its final stop."""
    last = len(sentence.words) - 1
    if last > 0 and sentence.words[last] in STOPS and last in _leaves(sentence):
        return _without(sentence, {last})
    return sentence


def without_counted(sentence: Sentence) -> Sentence:
    """With each number in its noun's place where only the number stands before it: "40 people were" → "40 were"."""
    labels, stands = list(sentence.labels), {}
    for number, (noun, label) in enumerate(zip(sentence.heads, sentence.labels, strict=True)):
        if (
            label != "nummod"
            or noun != number + 1
            or sentence.tags[noun] != "NOUN"
            or sentence.labels[noun] == "compound"
        ):
            continue
        before = [sentence.labels[i] for i in range(noun) if sentence.heads[i] == noun]
        if before.count("nummod") == 1 and set(before) <= {"nummod", "case", "cc", "punct", "mark"}:
            labels[number] = labels[noun]
            stands[noun] = number
    heads = [stands.get(head, head) for head in sentence.heads]
    for noun, number in stands.items():
        heads[number] = heads[noun]
    return _without(replace(sentence, heads=tuple(heads), labels=tuple(labels)), set(stands))


def _leaves(sentence: Sentence) -> list[int]:
    heads = set(sentence.heads)
    return [i for i, head in enumerate(sentence.heads) if i not in heads and head >= 0]


def _without(sentence: Sentence, drop: set[int]) -> Sentence:
    kept = [index for index in range(len(sentence.words)) if index not in drop]
    new = {old: index for index, old in enumerate(kept)} | {-1: -1}
    return Sentence(
        tuple(sentence.words[i] for i in kept), tuple(new[sentence.heads[i]] for i in kept),
        tuple(sentence.labels[i] for i in kept), tuple(sentence.tags[i] for i in kept),
        tuple(sentence.spaces[i] for i in kept), tuple(sentence.now[i] for i in kept),
    )  # fmt: skip


def scores(gold: Sequence[Sentence], parsed: Sequence[Parsed]) -> dict[str, float]:
    """Per cent: UAS and LAS without punctuation (universal relations), both with it (and kept subtypes), and tags."""
    sums: Counter[str] = Counter()
    for sentence, (heads, labels, tags) in zip(gold, parsed, strict=True):
        for i, label in enumerate(sentence.labels):
            arc = heads[i] == sentence.heads[i]
            same = arc and labels[i].split(":")[0] == label.split(":")[0]
            sums["all"] += 1
            sums["tag"] += tags[i] == sentence.tags[i]
            sums["arc_all"] += arc
            sums["exact_all"] += arc and labels[i] == label
            if label != "punct":
                sums["words"] += 1
                sums["arc"] += arc
                sums["label"] += same
    return {
        "UAS": round(100 * sums["arc"] / sums["words"], 2), "LAS": round(100 * sums["label"] / sums["words"], 2),
        "UAS with punctuation": round(100 * sums["arc_all"] / sums["all"], 2),
        "LAS with punctuation and subtypes": round(100 * sums["exact_all"] / sums["all"], 2),
        "tag": round(100 * sums["tag"] / sums["all"], 2),
    }  # fmt: skip
