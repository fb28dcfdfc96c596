"""Passages are exact, in order, complete, and split where a reader would split."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proportion import grows_at_most

from tollbook.lexicon import load
from tollbook.model import Passage, Report
from tollbook.passages import split

LEXICON = load("en")
CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "passages.toml").read_text(encoding="utf-8"))["case"]
# Signs that decide something, then any code point, lone surrogates too.
LETTERS = st.one_of(
    st.sampled_from('aAbZ.!?"”“’ \n\r\u2028\u2029\x85\t:-•1(),İ\ud800\u0301א#'), st.characters(codec=None)
)


def passages(text: str, title: str | None = None) -> tuple[Passage, ...]:
    return split(Report("r", text, "", "", title=title), LEXICON)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_text_is_split_where_a_reader_would(case):
    found = passages(case["text"])
    assert [passage.span.of(case["text"]) for passage in found] == case["passages"]
    if "kinds" in case:
        assert [passage.kind for passage in found] == case["kinds"]
    if "speakers" in case:
        assert [passage.speaker.of(case["text"]) if passage.speaker else "" for passage in found] == case["speakers"]


@given(st.text(alphabet=LETTERS, max_size=120))
def test_passages_are_in_order_apart_and_complete(text):
    for part in ("text", "title"):
        rest, last = "", 0
        for passage in (one for one in passages(text, text) if one.span.part == part):
            assert passage.span.start >= last
            words = passage.span.of(text)
            assert words == words.strip()
            rest, last = rest + text[last : passage.span.start], passage.span.end
        assert not (rest + text[last:]).strip()


@given(
    st.lists(st.sampled_from(["Ten died.", "Gen. Orr left.", "“We saw it.”", "It rained!", "Who came?"]), max_size=12)
)
def test_sentences_put_together_come_apart_again(sentences):
    text = " ".join(sentences)
    assert [passage.span.of(text) for passage in passages(text)] == sentences


@given(
    st.lists(
        st.sampled_from(["and", ".", ":", "[", "]", "of", "Orr", "Q", "The", "said", "\n", "A."]), max_size=10
    ).map(" ".join)
)
def test_anything_may_stand_before_a_colon(text):
    found = passages(text)
    assert all(one.speaker is None or one.speaker.of(text).strip() for one in found)


def test_the_title_comes_first_as_a_headline():
    title, text = passages("Ten died.", "  Ten die in Orlen. Two live  ")
    assert (title.span.part, title.kind, title.paragraph) == ("title", "headline", 0)
    assert (text.span.part, text.paragraph) == ("text", 1)
    assert (title.span.start, title.span.end) == (2, 28)


def test_paragraphs_are_numbered_from_one():
    assert [one.paragraph for one in passages("Ten died. Two live.\n\nNobody came.")] == [1, 1, 2]


@pytest.mark.parametrize(
    "unit", ["word ", "a. ", "U.S.", "- a\n", "x:", "“A.” ", "Mr.A", "KILLED\n", "Abc: def.\n", "\n"]
)
def test_time_grows_with_length_alone(unit):
    def prepared(size: int) -> Callable[[], object]:
        text = unit * (size // len(unit))
        return lambda: passages(text)

    grows_at_most(30, prepared, 10_000, 100_000)  # a quadratic reading would take a hundred times as long
