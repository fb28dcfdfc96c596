"""Words and names of whole reports, weighed by how rare they are in news whatever stands beside them."""

from __future__ import annotations

import pickle

from incident_texts import report

from tollbook.incidents.evidence import NO_WORDS, Vector, counted, likeness, names, vector
from tollbook.lexicon.dictionary import load_words
from tollbook.lexicon.rarity import load_rarity

RARITY = load_rarity()


def weighed(text: str) -> Vector:
    return vector(counted(report("r", text)), RARITY)


def named(text: str) -> set[str]:
    one = report("r", text)
    return set(names(one, counted(one).keys(), RARITY, load_words()).words)


def test_rare_words_weigh_more_than_common_ones() -> None:
    made = weighed("The police said that the ferry Varlow sank off the pier on the day after.")
    own = dict(zip(made.words, made.weights, strict=True))
    assert own["varlow"] > own["ferry"] > own.get("police", 0)
    assert "the" not in own


def test_likeness_is_of_the_words_alone() -> None:
    one = weighed("The ferry Varlow sank off the pier and the crew of it was saved.")
    same = weighed("The crew of the ferry Varlow was saved and it sank off the pier.")
    other = weighed("The mayor opened a library and a school in the town on the hill.")
    assert likeness(one, same) > 0.99
    assert likeness(one, other) < 0.05


def test_a_text_in_another_language_has_no_words_to_be_alike_by() -> None:
    assert weighed("Yangın gece yarısı başladı ve sabaha kadar sürdü, yetkililer açıkladı.") is NO_WORDS


def test_names_are_what_the_report_writes_with_a_capital() -> None:
    text = "Police said Orla Venn hurt herself. Varlow's crew waved as Venn left on Monday with an Armenian friend."
    assert named(text) == {"orla", "venn"}


def test_names_of_a_text_in_capitals_are_words_that_no_list_has() -> None:
    assert "varlow" in named("THE FERRY VARLOW SANK OFF THE PIER, AND THE CREW WAS SAVED BY FISHERMEN.")


def test_words_that_another_process_has_read_are_held_once_too() -> None:
    own = weighed("The ferry Varlow sank off the pier.")
    sent = pickle.loads(pickle.dumps(own))
    assert (sent.words, sent.weights) == (own.words, own.weights)
    assert {id(word) for word in sent.words} == {id(word) for word in own.words}
