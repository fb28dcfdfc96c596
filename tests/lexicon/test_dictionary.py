"""What the dictionary holds is no name: plain words in any regular inflection."""

from __future__ import annotations

import pytest

from tollbook.lexicon.dictionary import is_plain, load_words


@pytest.mark.parametrize("word", ["shelter", "shelters", "stopped", "rebuildings", "carried", "quickly", "larger"])
def test_an_inflected_word_is_plain(word: str) -> None:
    assert is_plain(word, load_words("en"))


@pytest.mark.parametrize("word", ["vormell", "tarasco", "rosa", ""])
def test_a_name_is_not(word: str) -> None:
    assert not is_plain(word, load_words("en"))


def test_a_language_without_a_list_has_no_plain_words() -> None:
    assert load_words("xx") == frozenset()
