"""The whole pipeline on the sample, held against the record that was written by hand before the reader existed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from comparison import Comparison, Row, compare, place, rows, same_chain, slugs

from tollbook import sample
from tollbook.model import Report
from tollbook.pipeline.analyse import Overlays
from tollbook.pipeline.demo import demo
from tollbook.pipeline.run import RunOptions, run

CLAIMS = sample.expected("claims")
REQUIRED = [row for row in CLAIMS if not row["optional"]]


@dataclass(frozen=True)
class Outcome:
    """One run over the sample: its files' rows, the reports as read, and the claims paired with the record."""

    reports: dict[str, Report]
    files: dict[str, list[Row]]
    compared: Comparison
    incidents: dict[str, str]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    out = tmp_path_factory.mktemp("sample") / "run"
    with sample.path() as folder:
        overlays = Overlays(sources=folder / "sources.toml")
        options = RunOptions(("range", "acled"), annotations=True, jobs=1, overlays=overlays)
        summary = run([str(folder / "reports")], out, options)
    assert summary.failed == ()
    names = ("reports", "claims", "incidents", "findings", "characterisations", "annotations")
    files = {name: rows(out, name) for name in names}
    reports = {report.id: report for report in summary.reports}
    compared = compare(CLAIMS, files["claims"], reports)
    return Outcome(reports, files, compared, slugs(compared))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What `make demo` shows: every page of the dossier, by name."""
    made = demo(tmp_path_factory.mktemp("sample") / "demo")
    return {page.name: page.read_text(encoding="utf-8") for page in sorted(made.index.parent.rglob("*.html"))}


def label(row: Row) -> str:
    return f"{row['report']}: {' '.join(str(row['near']).split())}"


# ---- what is read ----


def test_all_reports_are_read_with_their_particulars(outcome: Outcome) -> None:
    read = {row["report"]: row for row in outcome.files["reports"]}
    expected = sample.expected("reports")
    assert set(read) == {row["report"] for row in expected}
    for row in expected:
        found = read[row["report"]]
        particulars = (found["publisher"], str(found["published"])[:10], found["language"])
        assert particulars == (row["publisher"], row["published"], row["language"]), row["report"]


@pytest.mark.parametrize("layer", ["claims", "characterisations", "ignored"])
def test_every_quote_stands_once_in_the_extracted_text(outcome: Outcome, layer: Any) -> None:
    for row in sample.expected(layer):
        start, end = place(row, outcome.reports[row["report"]])
        assert start < end


AROUND = [
    "Most read",
    "200 people are dead",
    "More than 100 dead for sure",
    "Council votes",
    "1,400 people displaced",
    "Ferry fares",
    "Storm: 3 killed",
    "Subscribe",
]


@pytest.mark.parametrize("words", AROUND)
def test_words_around_a_report_are_left_out(outcome: Outcome, words: str) -> None:
    assert not [key for key, report in outcome.reports.items() if words in report.text]


# ---- claims ----


@pytest.mark.parametrize("row", REQUIRED, ids=label)
def test_claim_is_as_recorded(outcome: Outcome, row: Row) -> None:
    read = next((read for each, read in outcome.compared.pairs if each is row), None)
    assert read is not None, "not found"
    assert outcome.compared.differences(row, read) == {}


def test_nothing_is_claimed_that_the_record_does_not_have(outcome: Outcome) -> None:
    assert [(row["report"], row["said"], row["measure"]) for row in outcome.compared.spurious] == []


def test_every_claim_quotes_the_exact_words(outcome: Outcome) -> None:
    for row in outcome.files["claims"]:
        report = outcome.reports[row["report"]]
        text = report.title if row["part"] == "title" else report.text
        assert text is not None
        assert text[row["start"] : row["end"]] == row["said"]


@pytest.mark.parametrize("row", sample.expected("ignored"), ids=label)
def test_numerals_that_are_no_counts_are_in_no_claim(outcome: Outcome, row: Row) -> None:
    start, end = place(row, outcome.reports[row["report"]])
    touching = [
        claim["said"]
        for claim in outcome.files["claims"]
        if claim["report"] == row["report"]
        and claim["part"] == row.get("part", "text")
        and claim["start"] < end
        and start < claim["end"]
    ]
    assert touching == []


@pytest.mark.parametrize("row", sample.expected("characterisations"), ids=label)
def test_labels_are_somebodys(outcome: Outcome, row: Row) -> None:
    start, end = place(row, outcome.reports[row["report"]])
    touching = [
        each
        for each in outcome.files["characterisations"]
        if each["report"] == row["report"] and each["start"] < end and start < each["end"]
    ]
    told = [(each["kind"], each["value"], each["modality"]) for each in touching]
    assert told == [(row["kind"], row["value"], row["modality"])]
    assert same_chain(row["attribution"], touching[0]["attribution"])


# ---- copies and incidents ----


def test_copies_and_credited_wires_are_told(outcome: Outcome) -> None:
    read = {row["report"]: row for row in outcome.files["reports"]}
    for row in sample.expected("reports"):
        found = read[row["report"]]
        assert found["copy_of"] == row["copy_of"], row["report"]
        if row["origins"]:
            assert found["origins"] == row["origins"], row["report"]
    assert read["evening-post-0313.html"]["family"] == read["wexmoor-0313.txt"]["family"] is not None


def test_claims_are_in_their_incidents(outcome: Outcome) -> None:
    stray = [
        (label(row), row["incident"], read["incident"])
        for row, read in outcome.compared.required()
        if read["incident"] != outcome.incidents.get(row["incident"]) and row["incident"]
    ]
    assert stray == []


@pytest.mark.parametrize("row", sample.expected("incidents"), ids=lambda row: row["incident"])
def test_incident_is_as_recorded(outcome: Outcome, row: Row) -> None:
    incident = next(
        each for each in outcome.files["incidents"] if each["incident"] == outcome.incidents[row["incident"]]
    )
    assert incident["kind"] in (row["kind"], row["kind_alt"])
    date = incident["date"]
    assert (date["start"], date["end"], date["precision"]) == (row["start"], row["end"], row["precision"])
    assert incident["name"] == row["name"]
    assert incident["reports"] == row["reports"]


def test_reports_lead_to_their_incidents(outcome: Outcome) -> None:
    for row in sample.expected("reports"):
        found = next(each for each in outcome.files["reports"] if each["report"] == row["report"])
        assert found["incident"] == outcome.incidents[row["incident"]], row["report"]
        wanted = {outcome.incidents[slug] for slug in row["incidents"]}
        assert wanted <= set(found["incidents"]), row["report"]


# ---- findings ----


@pytest.mark.parametrize(
    "row",
    sample.expected("findings"),
    ids=lambda row: f"{row['rules']}: {row['incident']}, {row['measure']}, {row['group']}",
)
def test_finding_is_as_recorded(outcome: Outcome, row: Row) -> None:
    keys = ("measure", "group", "unit")
    found = [
        each
        for each in outcome.files["findings"]
        if each["incident"] == outcome.incidents[row["incident"]]
        and each["rules"].partition("@")[0] == row["rules"]
        and all(each[key] == row[key] for key in keys)
    ]
    assert len(found) == 1
    wanted = (row["low"], row["best"], row["high"], row["status"], len(row["origins"]))
    told = found[0]
    assert (told["low"], told["best"], told["high"], told["status"], told["origins"]) == wanted, told["derivation"]


# ---- the dossier ----


@pytest.mark.parametrize("row", sample.expected("names"), ids=lambda row: f"{row['name']}, {row['role']}")
def test_names_are_masked_as_recorded(pages: dict[str, str], row: Row) -> None:
    shown = [name for name, page in pages.items() if re.search(rf"\b{row['name']}\b", page)]
    assert (shown == []) == row["masked"]


@pytest.mark.parametrize("name", ["Varlow", "Mirel", "Lenna"])
def test_no_part_of_a_masked_name_is_left(pages: dict[str, str], name: str) -> None:
    assert [page for page, text in pages.items() if name in text] == []
