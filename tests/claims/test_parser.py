"""The parser: heads of invented sentences, any case, any input, the same for ever."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proportion import grows_at_most

from tollbook.claims.parser import MOST_TOKENS, Parser, Tree, tokenise
from tollbook.claims.parser_tree import heads as best_heads
from tollbook.claims.parser_words import normal, rows, shape

BLAST = "The blast killed 12 people, including three children, and injured 40 others."


def words_of(text: str) -> list[str]:
    return [text[start:end] for start, end in tokenise(text)]


def arcs(text: str) -> set[tuple[str, str, str]]:
    """(word, relation, head), in small letters; the root's head is ""."""
    words = words_of(text)
    (tree,) = Parser.load().parse([words])
    return {
        (word.lower(), label, words[head].lower() if head >= 0 else "")
        for word, head, label in zip(words, tree.heads, tree.labels, strict=True)
    }


def assert_tree(tree: Tree, size: int) -> None:
    """One root, every word under it, every label and tag filled in."""
    assert len(tree.heads) == len(tree.labels) == len(tree.tags) == size
    assert tree.heads.count(-1) == (1 if size else 0)
    for word in range(size):
        steps, at = 0, word
        while at >= 0:
            at, steps = tree.heads[at], steps + 1
            assert steps <= size
        assert (tree.labels[word] == "root") == (tree.heads[word] == -1)
    assert all(tree.tags)


EXPECTED = {
    BLAST: {
        ("killed", "root", ""), ("blast", "nsubj", "killed"), ("12", "nummod", "people"), ("people", "obj", "killed"),
        ("three", "nummod", "children"), ("including", "case", "children"), ("injured", "conj", "killed"),
        ("40", "nummod", "others"), ("others", "obj", "injured"),
    },
    "Three gunmen killed 12 villagers in the market on Friday.": {
        ("gunmen", "nsubj", "killed"), ("villagers", "obj", "killed"), ("friday", "obl", "killed"),
    },
    "Two soldiers were wounded by a mine near Velden.": {
        ("soldiers", "nsubj:pass", "wounded"), ("were", "aux:pass", "wounded"), ("two", "nummod", "soldiers"),
    },
    "A woman who was waiting for a tram was killed.": {
        ("woman", "nsubj:pass", "killed"), ("waiting", "acl:relcl", "woman"), ("killed", "root", ""),
    },
    "The minister denied that 10 civilians had died in the raid.": {
        ("died", "ccomp", "denied"), ("civilians", "nsubj", "died"), ("minister", "nsubj", "denied"),
    },
    "The death toll rose to 42 after two more bodies were found.": {
        ("toll", "nsubj", "rose"), ("bodies", "nsubj:pass", "found"), ("found", "advcl", "rose"),
    },
    "The army said the rebels had captured 15 soldiers.": {
        ("army", "nsubj", "said"), ("captured", "ccomp", "said"), ("soldiers", "obj", "captured"),
    },
}  # fmt: skip


@pytest.mark.parametrize("text", EXPECTED)
def test_who_did_what_to_whom(text: str) -> None:
    assert EXPECTED[text] <= arcs(text)


@pytest.mark.parametrize("text", list(EXPECTED)[:4])
def test_capitals_read_the_same(text: str) -> None:
    assert EXPECTED[text] <= arcs(text.upper())


@pytest.mark.parametrize("text", list(EXPECTED)[:4])
def test_without_a_stop_and_over_hard_wraps(text: str) -> None:
    assert EXPECTED[text] <= arcs(text.removesuffix(".").replace(" ", "\n", 3))


def test_headline_in_title_case() -> None:
    found = arcs("Bomb Kills 12 Villagers, Injures 40 In Morva")
    assert {("kills", "root", ""), ("villagers", "obj", "kills"), ("12", "nummod", "villagers")} <= found


def test_tags() -> None:
    (tree,) = Parser.load().parse([words_of("Twelve miners died in Velden yesterday.")])
    assert tree.tags == ("NUM", "NOUN", "VERB", "ADP", "PROPN", "NOUN", "PUNCT")


def test_tokens_are_cut_as_the_treebank_cuts() -> None:
    text = "Morva's 76-year-old mayor didn’t say: “cannot” U.S. Gen. Smith, 1,000 at 10:30; No. 7, no."
    assert "|".join(words_of(text)) == (
        "Morva|'s|76|-|year|-|old|mayor|did|n’t|say|:|“|can|not|”|U.S.|Gen.|Smith|,|1,000|at|10:30|;|No.|7|,|no|."
    )
    assert words_of("see http://a.example/b?c=1. Write to x.y@z.example!") == [
        "see", "http://a.example/b?c=1", ".", "Write", "to", "x.y@z.example", "!",
    ]  # fmt: skip


def test_features() -> None:
    assert normal("O’NEILL-2003") == "o'neill-0000"
    assert shape("Morva") == "Xxxxx" and shape("MORVANIANS") == "XXXX" and shape("12,000") == "dd,ddd"
    assert rows("Morva", {"morva": 5})[0] == 5 and rows("Velden", {"morva": 5})[0] == 0
    assert rows("morva", {})[1:5] == rows("MORVA", {})[1:5]


def test_a_sentence_is_parsed_alike_alone_and_in_company() -> None:
    sentences = [words_of(text) for text in EXPECTED] * 3
    random.Random(4).shuffle(sentences)
    parser = Parser.load()
    assert parser.parse(sentences) == [parser.parse([sentence])[0] for sentence in sentences]
    assert parser.parse(sentences) == parser.parse(sentences)


def test_nothing_and_empty_sentences() -> None:
    parser = Parser.load()
    empty = Tree((), (), ())
    assert parser.parse([]) == []
    trees = parser.parse([[], ["Morva"], []])
    assert trees[0] == trees[2] == empty
    assert trees[1].heads == (-1,) and trees[1].labels == ("root",)
    assert parser.parse([[""]])[0].heads == (-1,)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_is_cut_and_parsed(text: str) -> None:
    spans = tokenise(text)
    assert "".join(text[start:end] for start, end in spans) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert_tree(Parser.load().parse([[text[start:end] for start, end in spans]])[0], len(spans))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(), max_size=50), max_size=400))
def test_any_tokens_make_a_tree(tokens: list[str]) -> None:
    assert_tree(Parser.load().parse([tokens])[0], len(tokens))


def test_a_hundred_thousand_characters_are_read_in_pieces() -> None:
    parser = Parser.load()
    for text in (BLAST.replace(".", " and ") * 1_300, "7 " * 50_000, "x" * 100_000, "." * 100_000):
        words = words_of(text[:100_000])
        tree = parser.parse([words])[0]
        assert len(tree.heads) == len(words) and tree.heads.count(-1) == 1


def test_time_grows_with_length_not_its_square() -> None:
    parser = Parser.load()

    def prepared(words: int) -> Callable[[], object]:
        sentence = (words_of(BLAST) * words)[:words]
        return lambda: parser.parse([sentence])

    grows_at_most(40 * 4, prepared, MOST_TOKENS, 40 * MOST_TOKENS)


def _best_of_all(scores: np.ndarray, root: int) -> float:  # type: ignore[type-arg]
    """The best total over all trees of three words under that root, by trying each."""
    best = -np.inf
    for tree in np.ndindex(4, 4, 4):
        above = [head - 1 for head in tree]
        if above.count(-1) != 1 or above[root] != -1:
            continue
        for word in range(3):
            at = word
            for _ in range(3):
                at = above[at] if at >= 0 else -1
            if at >= 0:
                break
        else:
            best = max(best, float(sum(scores[word, above[word] + 1] for word in range(3))))
    return best


def test_the_tree_is_the_best_under_its_root() -> None:
    draw = np.random.default_rng(3)
    for _ in range(300):
        scores = draw.normal(size=(3, 4)).astype(np.float32)
        scores[np.arange(3), np.arange(3) + 1] = -np.inf
        found = best_heads(scores)
        assert found.count(-1) == 1
        total = sum(scores[word, head + 1] for word, head in enumerate(found))
        assert total == pytest.approx(_best_of_all(scores, found.index(-1)))


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 30), st.integers(0, 2**31))
def test_any_scores_make_a_tree(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    scores[np.arange(size), np.arange(size) + 1] = -np.inf
    found = best_heads(scores)
    assert_tree(Tree(tuple(found), tuple("root" if h < 0 else "dep" for h in found), ("X",) * size), size)


def test_importing_the_parser_loads_no_numpy() -> None:
    code = "import sys, tollbook.claims.parser; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
