"""Claims that people make of words no reader found: like all others from then on, and gone again when taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from project_values import ANN, BEN, BOTH, PLAIN, SQLITE, WIDE, claim, figure, log, write
from test_around import check

from tollbook.errors import UsageError
from tollbook.model import Claim, Record, Span
from tollbook.pipeline import asked
from tollbook.pipeline.histories import history
from tollbook.pipeline.project import add, record, rule, verify
from tollbook.pipeline.regroup import split_id
from tollbook.rulings import HAND, Value

STORES = BOTH
MORE = {
    "f.txt": "In Arvelle on 1 May 2031 the ferry went down. Of those aboard, seven drowned. The clinic told of it.",
    "g.txt": "\u0642\u062a\u0644 \u0661\u0662 \u0634\u062e\u0635\u0627 \u0641\u064a \u0628\u064a\u062a",
}
SEVEN: dict[str, Value] = {"words": "seven", "measure": "killed", "value": 7}
ARABIC: dict[str, Value] = {"words": MORE["g.txt"][4:11], "start": 4, "measure": "killed", "value": 12}


@pytest.fixture
def more(filled: Path, tmp_path: Path) -> Path:
    add(filled, [str(path) for path in write(tmp_path / "in", MORE)], ANN, reader=PLAIN)
    return filled


def flood(found: Record) -> str:
    """The incident of 2031."""
    return claim(found, "12 people").incident or ""


# ---- like all other claims ----


def test_a_missed_claim_counts_is_told_and_is_gone_when_taken_back(more: Path) -> None:
    before = record(more)
    made = rule(more, "f.txt", "claim", {**SEVEN, "incident": flood(before)}, "drowned is killed", ANN)
    after = record(more)
    seven = claim(after, "seven")
    assert seven.id == made.claim == Claim.id_of(seven_text(after), Span(63, 68), "killed")
    assert (seven.reader, seven.incident, seven.confidence) == (HAND, flood(before), 1.0)
    assert seven.date is not None and seven.date.rule == "date of the incident"
    assert seven.id in figure(after).supports
    assert "Reason given: drowned is killed" in " ".join(figure(after).derivation)
    check(more)
    rule(more, f"#{made.seq}", "withdraw", {}, "they were found alive", BEN)
    assert record(more).findings == before.findings
    assert record(more).claims == before.claims
    check(more)
    assert verify(more) == ()


def seven_text(found: Record) -> str:
    return next(one.text_sha256 for one in found.reports if one.id == "f.txt")


def test_what_is_ruled_on_other_claims_is_ruled_on_these(more: Path) -> None:
    now = record(more)
    made = rule(more, "f.txt", "claim", {**SEVEN, "incident": flood(now)}, "drowned", ANN)
    name = made.claim or ""
    rule(more, name[:8], "correct", {"value": 8, "bound": "at_least"}, "recounted", BEN)
    found = record(more)
    assert "correct (bound at_least, value 8)" in " ".join(figure(found).derivation)
    rule(more, name, "link", {"incident": claim(now, "40 people").incident or ""}, "another river", BEN)
    assert claim(record(more), "seven").incident == claim(now, "40 people").incident
    check(more)
    rule(more, name, "split", {}, "an event of its own", BEN)
    assert claim(record(more), "seven").incident == split_id(name)
    check(more)
    rule(more, split_id(name), "merge", {"into": flood(now)}, "one flood", ANN)
    assert claim(record(more), "seven").incident == flood(now)
    check(more)
    rule(more, name, "reject", {}, "no such ferry", ANN)
    assert name not in figure(record(more)).supports
    assert asked.target(more, name[:8])[1].incident == flood(now)  # type: ignore[union-attr]


def test_a_report_that_no_reader_knows_has_claims_by_hand(more: Path) -> None:
    with pytest.raises(UsageError, match=r"g.txt: the report tells of no incident yet; .*incident=new"):
        rule(more, "g.txt", "claim", ARABIC, "as translated", ANN)
    made = rule(more, "g.txt", "claim", {**ARABIC, "incident": "new", "date": "2031-05-01"}, "as translated", ANN)
    found = record(more)
    one = next(one for one in found.incidents if one.id == split_id(made.claim or ""))
    assert (one.name, one.reports) == ("2031-05-01", ("g.txt",))
    assert next(each for each in found.placements if each.report == "g.txt").incident == one.id
    assert claim(found, str(ARABIC["words"])).quantity.value == 12
    other = rule(more, "f.txt", "claim", {**SEVEN, "incident": one.id[:8]}, "the same ferry", ANN)
    assert claim(record(more), "seven").incident == one.id
    check(more)
    rule(more, f"#{made.seq}", "withdraw", {}, "a wrong translation", ANN)
    assert claim(record(more), "seven").incident == split_id(other.claim or ""), "one of its own, for that one is gone"
    check(more)


def test_an_incident_that_is_not_named_is_the_only_one_of_the_report(more: Path) -> None:
    given: dict[str, Value] = {"words": "A flood", "measure": "other", "value": 1, "unit": "flood"}
    assert rule(more, "a.txt", "claim", given, "it is one", ANN).values["incident"] == flood(record(more))
    with pytest.raises(UsageError, match=r"e.txt: the report tells of 2 incidents: "):
        rule(more, "e.txt", "claim", {"words": "Clinic said", "measure": "killed", "value": 1}, "so", ANN)


def test_who_says_so_is_a_chain_and_ends_with_the_publisher(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        '{"id": "r", "text": "Seven drowned in the ferry, it is said.", "publisher": "Plain News", "published": '
        '"2031-05-02"}\n'
    )
    add(folder, [str(tmp_path / "in.jsonl")], ANN, reader=PLAIN)
    chain = "Arvelle Clinic (medics) < Health Ministry (government)"
    rule(folder, "r", "claim", {"words": "Seven", "measure": "killed", "value": 7, "incident": "new", "chain": chain},
         "drowned", ANN)  # fmt: skip
    (seven,) = record(folder).claims
    assert [(link.source, link.kind) for link in seven.attribution] == [
        ("Arvelle Clinic", "medics"), ("Health Ministry", "government"), ("Plain News", "publisher"),
    ]  # fmt: skip
    assert seven.as_of == dt.date(2031, 5, 2)


def test_its_history_begins_with_the_ruling_that_made_it(more: Path) -> None:
    made = rule(more, "f.txt", "claim", {**SEVEN, "incident": "new"}, "drowned", ANN)
    name = made.claim or ""
    rule(more, name, "correct", {"value": 9}, "recounted", BEN)
    told = history(more, name)
    assert [(step.number, step.what, step.why) for step in told.fields["quantity"]] == [
        (made.seq, "claim", "drowned"),
        (made.seq + 1, "correct", "recounted"),
    ]
    assert told.fields["incident"][0].after.startswith(split_id(name))
    rule(more, f"#{made.seq}", "withdraw", {}, "no ferry", ANN)
    assert history(more, name).fields["stands"][-1].after == "taken back: it is no claim"


def test_as_of_an_earlier_day_it_is_not_there_yet(more: Path) -> None:
    rule(more, "f.txt", "claim", {**SEVEN, "incident": "new"}, "drowned", BEN)
    assert "seven" in {one.said for one in record(more, as_of=dt.date(2031, 5, 10)).claims}
    assert "seven" not in {one.said for one in record(more, as_of=dt.date(2031, 5, 9)).claims}


def test_a_later_reader_that_finds_the_words_has_one_claim_with_what_was_said_of_it(
    folder: Path, tmp_path: Path
) -> None:
    """The new reader reads "12 people were killed" where a person had marked "12 people" before any reader could."""

    def blind(reports: object) -> object:
        return tuple(replace(reading, claims=(), settings={}) for reading in PLAIN.read(reports))  # type: ignore[arg-type]

    paths = [str(path) for path in write(tmp_path / "in", {"a.txt": "12 people were killed in Arvelle on 1 May 2031."})]
    add(folder, paths, ANN, reader=replace(PLAIN, read=blind, name="blind@1"))  # type: ignore[arg-type]
    values: dict[str, Value] = {"words": "12 people", "measure": "killed", "value": 12, "bound": "at_least"}
    made = rule(folder, "a.txt", "claim", {**values, "incident": "new"}, "it says so", ANN)
    rule(folder, made.claim or "", "note", {}, "seen on paper", BEN)
    add(folder, paths, ANN, reader=WIDE)
    (one,) = record(folder).claims
    assert (one.said, one.reader) == ("12 people were killed", "plain")
    assert one.incident == split_id(made.claim or "")
    (found,) = record(folder).findings
    assert (found.low, found.high) == (12, None), "at least 12, as the person said"
    assert "seen on paper" in " ".join(found.derivation)
    assert not any(notice.code == "loose_ruling" for report in record(folder).reports for notice in report.notices)
    check(folder)


def test_the_same_claim_again_is_one_event(more: Path) -> None:
    incident = flood(record(more))
    made = rule(more, "f.txt", "claim", {**SEVEN, "incident": incident}, "drowned", ANN)
    events = log(more)
    assert rule(more, "f.txt", "claim", {**SEVEN, "incident": incident}, "drowned", ANN) == made
    assert rule(more, "f.txt", "claim", SEVEN, "drowned", ANN) == made
    assert log(more) == events


# ---- what is refused, and leaves nothing ----


@SQLITE
@pytest.mark.parametrize(
    ("target", "values", "wrong"),
    [
        ("f.txt", {"measure": "killed", "value": 7}, r"'claim' needs the words that say it; write words="),
        ("f.txt", {**SEVEN, "words": "eight"}, "the words “eight” don't occur"),
        ("f.txt", {**SEVEN, "words": "w"}, "the words “w” occur 3 times: .*say which"),
        ("f.txt", {**SEVEN, "start": 62}, "at 62:67 stands “ seve”, not “seven”; mark the words again"),
        ("f.txt", {**SEVEN, "start": 900}, "900:905 is no place in a text of 100 characters"),
        ("f.txt 63:68", {**SEVEN, "words": "eight"}, "there stands “seven”, not “eight”"),
        ("f.txt 45:46", {"measure": "killed", "value": 7}, "only blanks"),
        ("f.txt", {**SEVEN, "measure": "drowned"}, "no measure 'drowned'"),
        ("f.txt", {**SEVEN, "group": "childern"}, "no group 'childern'; did you mean 'children'"),
        ("f.txt", {"words": "seven", "measure": "killed"}, "a claim needs its figure; write value="),
        ("f.txt", {**SEVEN, "bound": "perhaps"}, "no bound 'perhaps'; there are: exact"),
        ("f.txt", {**SEVEN, "value": -1}, "'value' can't be negative"),
        ("f.txt", {**SEVEN, "date": "1 May"}, "'date' needs a day as YYYY-MM-DD"),
        ("f.txt", {**SEVEN, "chain": "A", "source": "B"}, "either the whole chain or its source"),
        ("f.txt", {**SEVEN, "incident": "ffff0000"}, "no incident 'ffff0000'"),
        ("f.txt", {**SEVEN, "words": None}, "needs the words"),
        ("nowhere.txt", SEVEN, "no report 'nowhere.txt'"),
        ("a.txt", {"words": "12 people were", "measure": "killed", "value": 12}, r"claim \w+ reads these words"),
    ],
)
def test_a_claim_that_is_not_exact_is_one_line(more: Path, target: str, values: dict[str, Value], wrong: str) -> None:
    events = log(more)
    with pytest.raises(UsageError, match=wrong):
        rule(more, target, "claim", {"incident": "new", **values}, "so", ANN)
    assert log(more) == events


def test_words_of_a_title_that_is_another_now_are_no_claim(folder: Path, tmp_path: Path) -> None:
    def told(title: str) -> str:
        (tmp_path / "in.jsonl").write_text(
            f'{{"id": "r", "title": "{title}", "text": "A ferry went down at night."}}\n'
        )
        return str(tmp_path / "in.jsonl")

    add(folder, [told("Seven drown in river")], ANN, reader=PLAIN)
    values: dict[str, Value] = {"words": "Seven", "start": 0, "part": "title", "measure": "killed", "value": 7}
    rule(folder, "r", "claim", {**values, "incident": "new"}, "drowned", ANN)
    assert [one.span.part for one in record(folder).claims] == ["title"]
    add(folder, [told("Eight drown in river")], ANN, reader=PLAIN)
    (report,) = record(folder).reports
    assert record(folder).claims == ()
    assert "loose_ruling" in {notice.code for notice in report.notices}
    check(folder)
