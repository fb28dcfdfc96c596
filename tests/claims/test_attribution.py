"""Who says what: every case of tests/cases/attribution.toml, and what holds for any text."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proportion import grows_at_most

from tollbook.claims import attribution, characterisations
from tollbook.lexicon import load
from tollbook.model import Report, Span, Statement
from tollbook.passages import split

LEXICON = load("en")
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "attribution.toml").read_text(encoding="utf-8"))
PIECES = [
    *(
        "said",
        "told",
        "Ada Orr",
        ",",
        "“",
        "”",
        '"',
        ".",
        ":",
        "according to",
        "the mayor",
        "police",
        "quoted",
        "as saying",
    ),
    *(
        "by",
        "citing",
        "who",
        "and",
        "he",
        "They",
        "\n\n",
        "\n",
        "(",
        ")",
        "-",
        "reports",
        "that",
        "ten died",
        "was",
        "İ",
    ),
    *(
        "said to",
        "\ud800",
        "א",
        "\u2028",
        "``",
        "''",
        "'",
        "official toll",
        "accused",
        "of killing",
        "denied",
        "massacre",
    ),
    *(
        "not",
        "issued",
        "a statement",
        "In his speech",
        "The source for the figures is",
        "X:",
        "is",
        "[",
        "]",
        "responsible",
    ),
]


def report_of(case: dict[str, Any]) -> Report:
    return Report("r", case["text"], "", "", publisher=case.get("publisher"), origins=tuple(case.get("origins", ())))


def statements_of(report: Report) -> tuple[Statement, ...]:
    return attribution.statements(report, split(report, LEXICON), LEXICON)


@pytest.mark.parametrize("case", CASES["case"], ids=[case["why"] for case in CASES["case"]])
def test_the_chain_behind_words(case):
    report = report_of(case)
    passages = split(report, LEXICON)
    start = case["text"].index(case["words"])
    span = Span(start, start + len(case["words"]))
    statements = attribution.statements(report, passages, LEXICON)
    chain = attribution.Chains(report, statements).of(span)
    assert [f"{link.source} ({link.kind})" for link in chain] == case["chain"]


@pytest.mark.parametrize("case", CASES["statement"], ids=[case["text"][:40] for case in CASES["statement"]])
def test_a_statement_has_its_source_cue_and_content(case):
    report = report_of(case)
    (found,) = statements_of(report)
    assert report.words(found.content) == case["content"]
    assert (found.source and report.words(found.source)) == case.get("source")
    assert found.cue is not None
    assert report.words(found.cue) == case["cue"]
    assert (found.name, found.style) == (case.get("name"), case["style"])
    assert (found.modality, found.role) == (case.get("modality", "asserted"), case.get("role", "says"))


@pytest.mark.parametrize("case", CASES["label"], ids=[case["text"][:40] for case in CASES["label"]])
def test_labels_and_responsibility_are_somebodys(case):
    report = report_of(case)
    passages = split(report, LEXICON)
    found = characterisations.find(report, passages, statements_of(report), LEXICON)
    shown = [[one.said, one.value, one.modality, one.attribution[0].source if one.attribution else ""] for one in found]
    assert shown == case["found"]


@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join), st.text(max_size=60)))
def test_spans_lie_in_the_text_whatever_it_holds(text):
    report = Report("r", text, "", "", title=text[:40])
    passages = split(report, LEXICON)
    statements = attribution.statements(report, passages, LEXICON)
    for statement in statements:
        for span in (statement.content, statement.source, statement.cue):
            assert span is None or report.words(span)
    for one in characterisations.find(report, passages, statements, LEXICON):
        assert report.words(one.span) == one.said
    assert statements == attribution.statements(report, passages, LEXICON)


def test_quotations_fifty_deep_are_read():
    deep = "".join(f"Ada Orr{n} said: “" for n in range(50)) + "Ten died." + "”" * 50
    assert [one.name for one in statements_of(Report("r", deep, "", ""))] == [f"Ada Orr{n}" for n in range(50)]


@pytest.mark.parametrize(
    "unit",
    [
        "Ada Orr said: “",
        "Critics savaged the plan, ",
        "He said ",
        "said ",
        "“A b c d e f ",
        "according to ",
        "Ada Orr, the mayor, said. ",
        "( ",
        "A a. “",
    ],
)
def test_time_grows_with_length_alone(unit):
    def prepared(size: int) -> Callable[[], object]:
        report = Report("r", unit * (size // len(unit)), "", "")
        return lambda: statements_of(report)

    grows_at_most(24, prepared, 5_000, 40_000)  # a quadratic reading would take 64 times as long
