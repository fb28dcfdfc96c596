"""The treebank's reader, the copies made of its sentences, and the scores: what the parser is trained and judged by."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).parents[2] / "tools"
CONLLU = """# sent_id = invented-1
# text = The blast didn't kill 12 people and Ann.
1	The	the	DET	DT	_	2	det	_	_
2	blast	blast	NOUN	NN	Number=Sing	5	nsubj	_	_
3-4	didn't	_	_	_	_	_	_	_	_
3	did	do	AUX	VBD	_	5	aux	_	_
4	n't	not	PART	RB	_	5	advmod	_	_
5	kill	kill	VERB	VB	_	0	root	_	_
6	12	12	NUM	CD	_	7	nummod	_	_
7	people	people	NOUN	NNS	Number=Plur	5	obj	_	_
8	and	and	CCONJ	CC	_	9	cc	_	_
8.1	_	_	_	_	_	_	_	_	_
9	Ann	Ann	PROPN	NNP	_	7	conj	_	SpaceAfter=No
10	.	.	PUNCT	.	_	5	punct	_	_

1	Guards	guard	NOUN	NNS	Number=Plur	2	nsubj	_	_
2	carried	carry	VERB	VBD	_	0	root	_	_
3	it	it	PRON	PRP	_	2	obj:weird	_	_

"""


@pytest.fixture(scope="module")
def bank() -> ModuleType:
    spec = importlib.util.spec_from_file_location("parser_treebank", TOOLS / "parser_treebank.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sentences(bank: ModuleType, tmp_path: Path) -> list:  # type: ignore[type-arg]
    path = tmp_path / "invented.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return list(bank.read(path))


def test_words_heads_and_spaces(sentences: list) -> None:  # type: ignore[type-arg]
    first, second = sentences
    assert first.words == ("The", "blast", "did", "n't", "kill", "12", "people", "and", "Ann", ".")
    assert first.heads == (1, 4, 4, 4, -1, 6, 4, 8, 6, 4)
    assert first.spaces == (True, True, False, True, True, True, True, True, False, True)
    assert second.labels == ("nsubj", "root", "obj")
    assert second.now == ("", "carry", "")


def test_a_bare_number_takes_the_place_of_its_noun(bank: ModuleType, sentences: list) -> None:  # type: ignore[type-arg]
    bare = bank.without_counted(sentences[0])
    assert bare.words == ("The", "blast", "did", "n't", "kill", "12", "and", "Ann", ".")
    assert (bare.heads[5], bare.labels[5], bare.tags[5]) == (4, "obj", "NUM")
    assert (bare.heads[7], bare.labels[7]) == (5, "conj")


def test_a_stop_is_left_out(bank: ModuleType, sentences: list) -> None:  # type: ignore[type-arg]
    assert bank.without_stop(sentences[0]).words[-1] == "Ann"
    assert bank.without_stop(sentences[1]) == sentences[1]


def test_every_copy_is_a_tree(bank: ModuleType, sentences: list) -> None:  # type: ignore[type-arg]
    chance = random.Random(1)
    seen = set()
    for _ in range(400):
        for sentence in sentences:
            copy = bank.varied(sentence, chance)
            seen.add(" ".join(copy.words))
            assert copy.heads.count(-1) == 1
            assert all(-1 <= head < len(copy.words) and head != word for word, head in enumerate(copy.heads))
            assert len(copy.words) == len(copy.heads) == len(copy.labels) == len(copy.tags) == len(copy.now)
    assert {"Guards Carry It", "GUARDS CARRIED IT", "guards carried it", "Blast Did N't Kill 12 People , Ann"} <= seen


def test_scores_leave_punctuation_out_of_uas(bank: ModuleType, sentences: list) -> None:  # type: ignore[type-arg]
    gold = sentences[0]
    heads = [*gold.heads[:-1], 0]  # the stop on another word
    labels = ["nsubj:pass" if label == "nsubj" else label for label in gold.labels]
    assert bank.scores([gold], [(heads, labels, gold.tags)]) == {
        "UAS": 100.0, "LAS": 100.0, "tag": 100.0,
        "UAS with punctuation": 90.0, "LAS with punctuation and subtypes": 80.0,
    }  # fmt: skip
