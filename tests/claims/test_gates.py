"""The gates that spare most words a reading drop nothing: with every gate open the same is found."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from claims_reading import report_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tollbook.claims import dates, lone, numerals, offices, placenames, placewords, quantities, timewords
from tollbook.lexicon import load
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import Span
from tollbook.text import any_of, tokens


class _Everything(frozenset[str]):
    def __contains__(self, item: object) -> bool:
        return True


def _words(value: object) -> list[str]:
    """All words in a table of the lexicon, keys and values."""
    if isinstance(value, str):
        return value.split("_")
    if isinstance(value, dict):
        return [word for pair in value.items() for part in pair for word in _words(part)]
    return [word for part in value for word in _words(part)] if isinstance(value, (list, tuple)) else []


LEXICON = load("en")
PLAIN = [
    "Orune",
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "at",
    "12",
    "1994",
    "3rd",
    "7:30",
    "p.m.",
    "-",
    ",",
    "'s",
    "men",
    "was",
    "killed",
]
TABLES = ("times", "numbers", "grammar", "groups")
WORDS = sorted({word for name in TABLES for word in _words(LEXICON.table(name)) if word} | set(PLAIN))
PLACED = sorted({*_words(LEXICON.table("places")["locative"]), *PLAIN, "Marwen", "St.", "Orune's", "\n"})
SENTENCES = st.lists(st.sampled_from(WORDS) | st.sampled_from(PLAIN), min_size=1, max_size=14).map(" ".join)


def _ungated() -> timewords.TimeGrammar:
    rules = timewords.grammar(LEXICON)
    tables = LEXICON.table("times")
    pattern = "|".join(timewords._alternatives(timewords._parts(tables)))
    return replace(rules, hint=re.compile(""), pattern=re.compile(f"{timewords.LEFT}(?:{pattern})"))


UNGATED = _ungated()


@settings(max_examples=300, deadline=None)
@given(SENTENCES)
@example("on the eve of the 3rd of May")
@example("mid-1994 and post-1994, the day before yesterday")
@example("in the spring; year-ago figures; the latest period")
def test_no_time_is_passed_over(sentence: str) -> None:
    found = dates.find(sentence, Span(0, len(sentence)), LEXICON)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "grammar", lambda lexicon: UNGATED)
        assert dates.find(sentence, Span(0, len(sentence)), LEXICON) == found


@settings(max_examples=300, deadline=None)
@given(SENTENCES)
@example("half a million, a dozen, hundreds, .5 and at least a couple")
def test_no_number_is_passed_over(sentence: str) -> None:
    read = tokens(sentence)
    found = quantities.find(read, LEXICON)
    open_words = replace(numerals.number_words(LEXICON), opens=_Everything())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quantities, "number_words", lambda lexicon: open_words)
        assert quantities.find(read, LEXICON) == found


@settings(max_examples=300, deadline=None)
@given(SENTENCES)
@example("Orune's wife, another man, nobody and no one was hurt without any casualties")
def test_no_lone_person_is_passed_over(sentence: str) -> None:
    read = tokens(sentence)
    found = lone.find(read, [], LEXICON)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lone, "_openings", lambda lexicon: _Everything())
        assert lone.find(read, [], LEXICON) == found


def test_a_tree_finds_what_the_list_finds() -> None:
    words = {"may", "march", "mar", "mid may", "new year's day", "new year's", "a.b"}
    tree = re.compile(any_of(words))
    for word in words:
        assert tree.fullmatch(word)
        assert tree.match(f"{word} x").group() == word  # type: ignore[union-attr]
    assert tree.match("mid \n may").group() == "mid \n may"  # type: ignore[union-attr]
    assert not tree.fullmatch("ma")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PLACED), min_size=1, max_size=14).map(" ".join))
@example("in the north-west of Orune, St. Lorn near the town of Marwen and north of Zarand")
def test_no_located_name_is_passed_over(text: str) -> None:
    words = placewords.place_words(LEXICON)
    opened = replace(words, locating=_Everything())
    assert list(placenames.names(text, words)) == list(placenames.names(text, opened))


@pytest.mark.parametrize(
    "text",
    [
        "Prime\nMinister of Ghana Ada Orr spoke.",
        "ADA ORR, THE PRESIDENT",
        "King Ada Orr of Lorn",
        "a kingly minister's",
    ],
)
def test_no_office_is_passed_over(text: str) -> None:
    found = offices.find(report_of(text), LEXICON, Gazetteer())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offices, "_office", lambda lexicon: re.compile(""))
        assert offices.find(report_of(text), LEXICON, Gazetteer()) == found
