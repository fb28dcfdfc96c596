"""The public rows: keys in the order of FORMATS, floats, nulls, and text that UTF-8 can't hold."""

from __future__ import annotations

import datetime as dt
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook import rows
from tollbook.model import (
    Actor,
    Characterisation,
    Claim,
    DateRange,
    Finding,
    Ignored,
    Incident,
    Link,
    Notice,
    NumberMention,
    Place,
    Placement,
    PlaceMention,
    Position,
    Quantity,
    Reading,
    Report,
    SetAside,
    Source,
    Span,
    Statement,
    TimeMention,
)

TEXT = "At least 40 people died in Tessavar, the ministry said."
SPAN = Span(0, 18)
REPORT = Report("r1", TEXT, "a" * 64, "b" * 64, title="Toll", origins=("Agency",), notices=(Notice("n", "m", 1, 2),))
HARIM = Place("Tessavar", None, 1.23456, 2.0, "XX", 1)
NIGHT = DateRange(dt.date(2020, 3, 1), dt.date(2020, 3, 2), "days", "written out")
CHAIN = (Source("Ministry", "government", "said", Span(34, 46)), Source("Outlet", "publisher"))
CLAIM = Claim(
    "c1", "r1", SPAN, "At least 40 people", "killed", "all", "person", Quantity.at_least(40),
    alternatives=(Quantity.exact(40),), attribution=CHAIN, date=NIGHT, as_of=dt.date(2020, 3, 3), place=HARIM,
    incident="i1", trigger=Span(19, 23), confidence=2 / 3, reader="rules 1", computed_from=("c2",), part_of="c0",
)  # fmt: skip


def keys(names: str) -> list[str]:
    return names.split()


def test_claim_row_has_the_keys_of_formats_in_order() -> None:
    row = rows.claim_row(CLAIM)
    assert list(row) == keys(
        "claim report part start end said measure group affiliation unit value low high bound basis part_of "
        "computed_from alternatives modality attribution date as_of place incident trigger confidence reader"
    )
    assert (row["value"], row["low"], row["high"], row["bound"]) == (40, 40, None, "at_least")
    assert row["alternatives"] == [{"low": 40, "high": 40, "bound": "exact"}]
    assert row["attribution"][0] == {
        "source": "Ministry", "kind": "government", "cue": "said", "part": "text", "start": 34, "end": 46,
    }  # fmt: skip
    assert row["attribution"][1] == {
        "source": "Outlet", "kind": "publisher", "cue": None, "part": None, "start": None, "end": None,
    }  # fmt: skip
    assert row["date"] == {"start": "2020-03-01", "end": "2020-03-02", "precision": "days", "rule": "written out"}
    assert (row["as_of"], row["trigger"], row["computed_from"]) == ("2020-03-03", {"start": 19, "end": 23}, ["c2"])


def test_what_a_claim_does_not_say_is_null() -> None:
    row = rows.claim_row(Claim("c", "r", SPAN, "x", "killed", "all", "person", Quantity.vague("dozens", 24)))
    empty = {key for key, value in row.items() if value is None}
    assert empty == {
        "affiliation", "value", "high", "part_of", "computed_from", "date", "as_of", "place", "incident", "trigger",
    }  # fmt: skip
    assert row["alternatives"] == [] == row["attribution"]


def test_floats_have_at_most_three_decimals_and_whole_ones_none() -> None:
    written = json.loads(rows.line(rows.claim_row(CLAIM)))
    assert written["confidence"] == 0.667
    assert written["place"]["lat"] == 1.235
    half_million = Claim("c", "r", SPAN, "x", "displaced", "all", "person", Quantity.exact(0.5e6))
    assert '"value": 500000,' in rows.line(rows.claim_row(half_million))
    share = Claim("c", "r", SPAN, "x", "killed", "all", "percent", Quantity.exact(12.5))
    assert rows.claim_row(share)["value"] == 12.5


def test_a_stated_number_keeps_its_decimals() -> None:
    share = Claim("c", "r", SPAN, "x", "other", "all", "percent", Quantity.about(0.0025))
    written = json.loads(rows.line(rows.claim_row(share)))
    assert (written["value"], written["low"], written["high"]) == (0.0025, 0.0025, 0.0025)


def test_numbers_that_json_lacks_are_an_error() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        rows.line({"value": math.inf})


def test_report_row() -> None:
    placement = Placement("r1", "r0", "f1", ("Wire",), "i1", ("i1", "i2"), (Notice("late", "m"),))
    row = rows.report_row(REPORT, placement)
    assert list(row) == keys(
        "report sha256 text_sha256 url title publisher published language copy_of family origins incident "
        "incidents notices"
    )
    assert row["origins"] == ["Wire"]
    assert [notice["code"] for notice in row["notices"]] == ["late", "n"]
    assert rows.report_row(REPORT, Placement("r1"))["origins"] == ["Agency"]


def test_incident_row() -> None:
    incident = Incident(
        "i1", "Tessavar, 1 March 2020", "attack", NIGHT, HARIM, (Actor("A", "attacker", "Ministry"),), ("i0",), ("r1",),
        ("c1",), (Link("c1", 0.5, ("both name Tessavar",)),),
    )  # fmt: skip
    row = rows.incident_row(incident)
    assert list(row) == keys("incident aliases name kind date place actors reports claims links")
    assert row["actors"] == [{"name": "A", "role": "attacker", "said_by": "Ministry"}]
    assert row["links"] == [{"claim": "c1", "score": 0.5, "reasons": ["both name Tessavar"]}]


def test_finding_row_keeps_unknown_apart_from_zero() -> None:
    finding = Finding(
        "i1", "killed", "all", "person", "range@1", 0, None, None, "single", supports=("c1",),
        positions=(Position("Ministry", 40, None, ("c1",)),), set_aside=(SetAside("c2", "denied"),),
        conflicts=(("c1", "c3"),), derivation=("40 or more.",), as_of=dt.date(2020, 3, 3),
    )  # fmt: skip
    row = rows.finding_row(finding)
    assert list(row) == keys(
        "incident measure group unit rules low best high status grade as_of origins parties positions "
        "supports set_aside conflicts derivation"
    )
    assert (row["low"], row["best"]) == (0, None)
    assert row["positions"] == [{"party": "Ministry", "low": 40, "high": None, "claims": ["c1"]}]


def test_statement_row_is_null_where_nobody_is_named() -> None:
    row = rows.statement_row(Statement("r1", SPAN, Span(34, 46), "Ministry", "government", Span(47, 51)))
    assert list(row) == keys("report part start end source cue style modality")
    assert row["source"] == {"start": 34, "end": 46, "name": "Ministry", "kind": "government"}
    assert rows.statement_row(Statement("r1", SPAN))["source"] is None
    credited = rows.statement_row(Statement("r1", SPAN, name="Wire", kind="media"))
    assert credited["source"] == {"start": None, "end": None, "name": "Wire", "kind": "media"}


def test_characterisation_row() -> None:
    said = Characterisation("r1", SPAN, "an accident", "label", "accident", "denied", CHAIN, "i1")
    row = rows.characterisation_row(said)
    assert list(row) == keys("report part start end said kind value modality attribution incident")
    assert row["modality"] == "denied"


def test_annotation_rows_cover_every_layer() -> None:
    reading = Reading(
        "r1",
        numbers=(NumberMention(SPAN, "At least 40", Quantity.at_least(40), "person"),),
        times=(
            TimeMention(Span(0, 3), "1–2 May 2020", "DATE", "2020-05-01", 2020, 5, 1, end_day=2),
            TimeMention(Span(0, 3), "May", "DATE", "XXXX-05", month=5),
        ),
        places=(PlaceMention(Span(27, 32), "Tessavar", HARIM), PlaceMention(Span(27, 32), "Elsewhere")),
        ignored=(Ignored(Span(9, 11), "40", "page"),),
        sentences=(Span(0, len(TEXT)),),
    )
    found = list(rows.annotation_rows(reading, REPORT))
    assert [row["layer"] for row in found] == ["quantity", "time", "time", "place", "place", "sentence", "ignored"]
    quantity, dated, undated, known, unknown, sentence, ignored = found
    assert list(quantity) == keys("report part start end said layer value low high bound unit")
    assert (dated["start_date"], dated["end_date"]) == ("2020-05-01", "2020-05-02")
    assert (undated["start_date"], undated["end_date"]) == (None, None)
    assert list(known)[6:] == keys("name geonames lat lon country")
    assert (unknown["name"], unknown["lat"]) == ("Elsewhere", None)
    assert sentence["said"] == TEXT
    assert ignored["why"] == "page"


def test_a_day_that_no_calendar_has_gives_no_dates() -> None:
    reading = Reading("r1", times=(TimeMention(Span(0, 3), "31 June 2020", "DATE", "2020-06-31", 2020, 6, 31),))
    assert [row["start_date"] for row in rows.annotation_rows(reading, REPORT)] == [None]


def test_a_lone_surrogate_is_written_as_json_escape() -> None:
    written = rows.encoded(rows.line({"said": 'a\udc80"\\'}))
    assert written == b'{"said": "a\\udc80\\"\\\\"}'
    assert json.loads(written) == {"said": 'a\udc80"\\'}


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["", "\ud800", "\udfff"]))
def test_any_text_comes_back_the_same(text: str, surrogate: str) -> None:
    written = rows.encoded(rows.line({"said": text + surrogate + "x"}))
    assert b"\n" not in written
    assert json.loads(written)["said"] == text + surrogate + "x"
