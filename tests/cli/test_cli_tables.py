"""The figure matrix and the derivation as text: marks, folds, widths, unknowns."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re

import pytest

from tollbook.cli.console import Screen
from tollbook.cli.explain import chain, figures, quote_lines, tell_figure
from tollbook.cli.tables import cell_text, heading, page_parts, print_dossier, print_page, print_record, three
from tollbook.dossiers.build import build
from tollbook.dossiers.value import Page
from tollbook.model import Claim, Finding, Quantity, Record, Report, Source, Span
from tollbook.pipeline.analyse import analyse
from tollbook.pipeline.figures import Quote, explain
from tollbook.pipeline.lookup import find_figure

MINISTRY = "The roof of a market fell in at Tessavar on 12 March 2019. {} people were killed, the Health Ministry said."
UNION = "The roof of a market fell in at Tessavar on 12 March 2019. {} people were killed, the Traders' Union said."


def report(name: str, text: str, day: str) -> Report:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Report(name, text, sha256, sha256, published=day, publisher=f"Outlet {name}", language="en")


@pytest.fixture(scope="module")
def record() -> Record:
    return analyse(
        [report("a", MINISTRY.format(34), "2019-03-18"), report("b", UNION.format(38), "2019-03-18")], rules=["range"]
    )


@pytest.fixture(scope="module")
def page(record: Record) -> Page:
    (only,) = build(record).pages
    return only


def printed(page: Page, width: int = 120) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        print_page(page, Screen(width))
    return stream.getvalue()


def explained(record: Record) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        tell_figure(explain(record, find_figure(record, "killed")), as_json=False)
    return stream.getvalue()


def test_the_matrix_has_sources_as_rows_and_marks_what_cannot_both_be_true(page: Page) -> None:
    text = printed(page)
    assert text.startswith("Tessavar, 12 March 2019 (collapse): 2 claims, 2 reports\n")
    rows = {re.split(r"\s{2,}", line)[0]: line for line in text.splitlines() if line}
    assert rows["Health Ministry"].endswith("34 !")
    assert rows["Traders' Union"].endswith("38 !")
    assert "! can't be true together with another figure of the column" in text
    assert re.search(r"^killed +34 – .* – 38  disputed$", text, re.MULTILINE)
    assert "not asserted" not in text


def test_what_is_denied_or_added_is_not_shown_as_a_total() -> None:
    told = MINISTRY.format(34) + " It denied that 60 people were killed."
    more = "On 13 March 2019 another eight people were found dead in Tessavar, the Health Ministry said."
    record = analyse([report("a", told, "2019-03-13"), report("b", more, "2019-03-14")])
    text = "".join(printed(page) for page in build(record).pages)
    assert "(60)" in text
    assert "() not asserted: denied, planned or supposed" in text
    assert "+8" in text
    assert "+ added to an earlier figure" in text


def test_a_narrow_terminal_gets_the_columns_in_pieces(page: Page) -> None:
    wide = [part for part in page_parts(page, 400) if not isinstance(part, str)]
    narrow = [part for part in page_parts(page, 20) if not isinstance(part, str)]
    assert len(wide) == 2
    assert len(narrow) == len(page.columns) + 1
    assert all(len(line) <= 60 for line in printed(page, 60).splitlines()[1:-2])


def test_an_incident_without_figures_is_only_named() -> None:
    record = analyse([report("a", "210 stalls stood in the market of Tessavar on 12 March 2019.", "2019-03-13")])
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        print_dossier(build(record), Screen(120))
    first, named = stream.getvalue().splitlines()
    assert first == "Told of, without a figure of the dead, hurt or others affected:"
    assert named.endswith(", 12 March 2019 (other): 1 claim, 1 report")


def test_only_the_chosen_incidents_are_printed(record: Record) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        print_record(record, set(), Screen())
        assert stream.getvalue() == ""
        print_record(record, {record.incidents[0].id}, Screen())
    assert heading(build(record).pages[0]) in stream.getvalue()


def test_empty_cells_and_unknown_ends(page: Page) -> None:
    assert cell_text(None) == ""
    ruled = page.columns[0].ruled[0]
    assert three(ruled) == f"{ruled.low:,} – {'?' if ruled.best is None else ruled.best} – {ruled.high:,}"


def test_unknown_is_not_zero() -> None:
    finding = Finding("i", "killed", "all", "person", "range@1", 0, None, 12000, "single")
    assert figures(finding) == "low 0, best ?, high 12,000"


def test_a_quote_marks_the_words_and_names_the_chain() -> None:
    text = "Officials said\nthat 34 people were killed."
    sources = (Source("Officials", "official"), Source("Ledger", "publisher"))
    claim = Claim(
        "c1", "r1", Span(20, 29), "34 people", "killed", "all", "person", Quantity.exact(34), attribution=sources
    )
    quote = Quote(claim, report("r1", text, "2019-03-18"), text[:20], "34 people", text[29:], "supports")
    first, words, by, when = quote_lines(quote)
    assert first == "  c1  r1, 2019-03-18: supports"
    assert words == "      Officials said that »34 people« were killed."
    assert by == "      said by Officials, as told by Ledger; text 20–29"
    assert when == "      date not known; place not known"
    assert chain(Claim("c", "r", Span(0, 1), "x", "killed", "all", "person", Quantity.exact(1))) == "nobody named"


def test_where_every_claim_is_set_aside_nothing_stands() -> None:
    record = analyse(
        [
            report(
                "a", "The Health Ministry denied that 60 people were killed at Tessavar on 12 March 2019.", "2019-03-18"
            )
        ]
    )
    (finding,) = record.findings
    assert (finding.status, finding.standing, finding.supports) == ("single", "nothing stands", ())
    (only,) = build(record).pages
    text = printed(only)
    assert re.search(r"killed\s+\? – \? – \?\s+nothing stands", text)
    assert "single" not in text
    lines = explained(record)
    assert lines.startswith(f"{only.name}: killed, all, person")
    assert "range@1: low ?, best ?, high ?, nothing stands" in lines
    assert "set-aside@1: “60 people” is set aside: it is denied, not claimed." in lines
