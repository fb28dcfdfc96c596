"""Trees of a report's sentences: found by their place in the text, made once."""

from __future__ import annotations

import pytest

from tollbook.claims.parser import Parser
from tollbook.claims.trees import ROOT, Trees
from tollbook.model import Report, Span

TEXT = "A storm came.\n\nThe blast killed 12 people, including three children. Nine men died."


def report() -> Report:
    return Report(id="r", text=TEXT, title="Blast kills 12", sha256="", text_sha256="")


def span(words: str, part: str = "text") -> Span:
    start = (TEXT if part == "text" else "Blast kills 12").index(words)
    return Span(start, start + len(words), "text" if part == "text" else "title")


def test_nodes_are_found_by_their_place_in_the_report() -> None:
    tree = Trees(report()).of(span("The blast killed 12 people, including three children."))
    assert tree is not None
    number, people, verb = (tree.at(TEXT.index(word)) for word in ("12", "people", "killed"))
    assert number is not None and people is not None and verb is not None
    assert (tree.head(number), tree.label(number)) == (people, "nummod")
    assert (tree.head(people), tree.label(people), tree.head(verb)) == (verb, "obj", ROOT)
    assert tree.tag(verb) == "VERB"
    assert people in tree.children(verb) and tree.children(verb, "obj") == [people]
    assert list(tree.up(number)) == [people, verb]
    assert tree.reach(verb) == (TEXT.index("The"), TEXT.index(" Nine"))


def test_between_words_there_is_no_node() -> None:
    tree = Trees(report()).of(span("Nine men died."))
    assert tree is not None
    assert tree.at(TEXT.index("Nine") + 4) is None
    assert tree.at(0) is None
    assert tree.at(len(TEXT)) is None


def test_a_sentence_has_the_same_tree_asked_for_alone_or_ahead() -> None:
    sentences = [span("A storm came."), span("Nine men died."), span("Blast kills 12", "title")]
    together = Trees(report())
    together.ahead(sentences)
    assert [together.of(one) for one in sentences] == [Trees(report()).of(one) for one in sentences]


def test_a_sentence_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    parse = Parser.parse
    monkeypatch.setattr(Parser, "parse", lambda self, words: calls.append(len(words)) or parse(self, words))
    trees = Trees(report())
    trees.ahead([span("A storm came."), span("Nine men died."), span("A storm came.")])
    trees.of(span("Nine men died."))
    assert calls == [2]


def test_blank_spans_have_no_tree() -> None:
    start = TEXT.index("\n")
    assert Trees(report()).of(Span(start, start + 2)) is None
