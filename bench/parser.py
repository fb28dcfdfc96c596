"""Score the shipped parser on CoNLL-U files, time it on one core, and show where it is wrong.

    python bench/parser.py FILE.conllu... [--cut] [--wrong]

`--cut` also tells how often its own tokens are the treebank's; `--wrong` lists the relations by their errors. Set
OPENBLAS_NUM_THREADS=1 for a figure of one core.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from parser_treebank import Sentence, read, recased, scores, without_stop  # noqa: E402

from tollbook.claims.parser import Parser, Tree, tokenise  # noqa: E402

LENGTHS = range(18, 33)  # words: a sentence of a report


def parsed(parser: Parser, gold: list[Sentence]) -> tuple[dict[str, float], list[Tree]]:
    """The scores and the trees."""
    trees = parser.parse([sentence.words for sentence in gold])
    return scores(gold, [(tree.heads, tree.labels, tree.tags) for tree in trees]), trees


def timed(parser: Parser, gold: list[Sentence], at_once: int) -> str:
    """Tokens in a second, best of three, `at_once` sentences in a call, each some 25 words long."""
    some = [sentence.words for sentence in gold if len(sentence.words) in LENGTHS]
    calls = [some[at : at + at_once] for at in range(0, len(some), at_once)]
    parser.parse(some)
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        for call in calls:
            parser.parse(call)
        best = max(best, sum(len(words) for words in some) / (time.process_time() - start))
    return f"{best:,.0f} tokens/s of processor time, {at_once} sentences at once"


def cut(gold: list[Sentence]) -> str:
    """How many of the treebank's tokens `tokenise` finds, and how many of its own are right, in per cent."""
    right = ours = theirs = 0
    for sentence in gold:
        text, spans = "", set()
        for word, space in zip(sentence.words, sentence.spaces, strict=True):
            spans.add((len(text), len(text) + len(word)))
            text += word + (" " if space else "")
        found = set(tokenise(text))
        right, ours, theirs = right + len(found & spans), ours + len(found), theirs + len(spans)
    return f"tokens found {100 * right / theirs:.2f} %, right {100 * right / ours:.2f} %"


def wrong(gold: list[Sentence], trees: list[Tree]) -> list[str]:
    """The relations with most errors: how often there, how often head and label right."""
    there: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for sentence, tree in zip(gold, trees, strict=True):
        for i, label in enumerate(sentence.labels):
            there[label] += 1
            right[label] += tree.heads[i] == sentence.heads[i] and tree.labels[i] == label
    order = sorted(there, key=lambda label: right[label] - there[label])[:15]
    return [f"  {label:<14} {there[label]:>6} {100 * right[label] / there[label]:5.1f} %" for label in order]


def main() -> int:
    """Prints it all."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--cut", action="store_true")
    arguments.add_argument("--wrong", action="store_true")
    given = arguments.parse_args()
    start = time.process_time()
    parser = Parser.load()
    parser.parse([["Cold", "start"]])
    print(f"loaded with numpy in {time.process_time() - start:.2f} s")
    for path in given.files:
        gold = list(read(path))
        plain, trees = parsed(parser, gold)
        print(path.name, plain)
        for case in ("upper", "lower", "title"):
            print(f"  {case} case", parsed(parser, [recased(s, case) for s in gold])[0])
        print("  no final stop", parsed(parser, [without_stop(s) for s in gold])[0])
        for at_once in (1, 4, 64):
            print(" ", timed(parser, gold, at_once))
        if given.cut:
            print(" ", cut(gold))
        if given.wrong:
            print("\n".join(wrong(gold, trees)))
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
