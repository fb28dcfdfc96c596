"""How rare words are in news: common ones first, names told from words, and what no list has rarest of all."""

from __future__ import annotations

from tollbook.lexicon.rarity import UNSEEN, load_rarity


def test_common_words_have_low_classes_and_unknown_ones_the_highest() -> None:
    rarity = load_rarity()
    assert rarity.of("the") <= rarity.of("police") < rarity.of("boat") < rarity.of("varlowish")
    assert rarity.classes.get("varlowish", UNSEEN) == UNSEEN
    assert max(rarity.classes.values()) < UNSEEN


def test_names_are_told_from_words() -> None:
    assert "october" in load_rarity().names
    assert "boat" not in load_rarity().names


def test_a_language_without_a_list_knows_no_word() -> None:
    assert not load_rarity("xx").classes
