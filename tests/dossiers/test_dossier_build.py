"""What a dossier holds: rows, columns, copies, voices, words, refs, hashes."""

from __future__ import annotations

import random
from dataclasses import replace

import dossier_records as made
import pytest

from tollbook.dossiers.build import build
from tollbook.dossiers.figures import interval, label, plural, sign, stated
from tollbook.dossiers.value import Page
from tollbook.model import Notice, Quantity, Record, Ruling, Source


@pytest.fixture
def page() -> Page:
    return build(made.small()).pages[0]


def cell(page: Page, row: str, column: str) -> tuple[str, ...]:
    """The figures of one cell."""
    index = [one.label for one in page.columns].index(column)
    found = next(one for one in page.rows if one.name == row).cells[index]
    return found.figures if found else ()


def test_a_cell_holds_a_sources_figures_in_order_of_time(page: Page) -> None:
    assert cell(page, "Flood Office", "killed") == ("≥ 12", "31")
    assert cell(page, "Boatmen’s Union of Orvesk", "killed, women") == ("19",)
    assert cell(page, "Flood Office", "missing") == ()


def test_disputed_columns_come_first(page: Page) -> None:
    assert [column.label for column in page.columns] == [
        "killed", "killed, women", "killed, girls", "missing", "evacuated", "destroyed, buildings, houses",
    ]  # fmt: skip
    assert [column.disputed for column in page.columns] == [True, True, False, False, False, False]


def test_copies_are_folded_into_what_they_copy(page: Page) -> None:
    entries = [entry for entry in page.entries if entry.figure == "≥ 12"]
    assert [(entry.report, entry.copies) for entry in entries] == [("R1", ("R2",))]
    assert [(one.ref, one.copy_of, one.copied_in) for one in page.reports][:2] == [
        ("R1", None, ("R2",)),
        ("R2", "R1", ()),
    ]


def test_near_copies_without_a_known_first_one_are_folded_into_the_earliest() -> None:
    record = made.small()
    stands = tuple(replace(p, copy_of=None) for p in record.placements)
    entries = [one for one in build(replace(record, placements=stands)).pages[0].entries if one.figure == "≥ 12"]
    assert [(entry.report, entry.copies) for entry in entries] == [("R1", ("R2",))]


def test_conflicting_claims_are_marked_and_a_superseded_one_says_why(page: Page) -> None:
    by_figure = {entry.figure: entry for entry in page.entries}
    assert by_figure["44"].conflicts == ("range@1", "acled@1")
    assert by_figure["≥ 12"].conflicts == ()
    judged = by_figure["≥ 12"].judgements[0]
    assert (judged.rules, judged.verdict) == ("range@1", "set aside")
    assert judged.why == f"a later total of the same source stands, {by_figure['31'].ref}"


def test_who_says_the_same_as_a_conflicting_claim_conflicts_too() -> None:
    one = made.report("r", "Twelve died, police said. 12 died, the court said. 30 died, the union said.")
    claims = [
        made.claim(one, "Twelve", Quantity.exact(12), ("Harim Police", "police")),
        made.claim(one, "12", Quantity.exact(12), ("Harim Court", "government")),
        made.claim(one, "30", Quantity.exact(30), ("Harim Union", "organisation")),
    ]
    found = replace(made.findings(claims)[0], conflicts=((claims[0].id, claims[2].id),))
    page = build(made.record([one], claims, findings=(found,))).pages[0]
    assert {entry.words.said: entry.conflicts for entry in page.entries} == {
        "Twelve": ("range@1",), "12": ("range@1",), "30": ("range@1",),
    }  # fmt: skip


def test_words_stand_in_their_sentence_with_names_masked(page: Page) -> None:
    words = {entry.figure: entry.words for entry in page.entries}
    assert (words["hundreds"].before, words["hundreds"].said) == (
        "Radio Sarn: A resident, [name 3], told us: “There were ",
        "hundreds of dead",
    )
    assert words["1"].said == "[name 1]"


def test_a_denied_figure_says_so_and_does_not_stand(page: Page) -> None:
    denied = next(entry for entry in page.entries if entry.figure == "60")
    assert denied.remarks == ("denied by this source",)
    ruled = page.columns[0].ruled[0]
    assert "60" not in {stance.figure for stance in ruled.standing}
    assert "60" in {stance.figure for stance in ruled.aside}


def test_voices_are_named_and_their_absence_is_said(page: Page) -> None:
    assert dict(page.voices.present)["Governments and officials"] == ("Flood Office", "Ivo Karst")
    assert "No medics or hospitals are quoted." in page.voices.absent
    assert "No government or official is quoted." not in page.voices.absent


def test_a_voice_in_capitals_and_in_small_letters_is_listed_once() -> None:
    one = made.report("r", "Twelve died and nine were hurt.", publisher="Tallow Wire")
    claims = [
        made.claim(one, "Twelve", Quantity.exact(12), ("FLOOD OFFICE", "government")),
        made.claim(one, "nine", Quantity.exact(9), ("Flood Office", "government"), measure="injured"),
    ]
    assert dict(build(made.record([one], claims)).pages[0].voices.present)["Governments and officials"] == (
        "Flood Office",
    )


def test_one_party_of_officials_is_said_and_no_other_is_invented() -> None:
    one = made.report("r", "Twelve died, the Flood Office said.", publisher="Tallow Wire")
    claim = made.claim(one, "Twelve", Quantity.exact(12), ("Flood Office", "government"))
    absent = build(made.record([one], [claim])).pages[0].voices.absent
    assert "All officials quoted speak for one party, Flood Office; no other government is heard." in absent


class Book:
    """A book in which two offices have one parent."""

    def party(self, name: str, /) -> str:
        return "Government of Orvesk" if "Office" in name else name

    def kind(self, name: str, /) -> None:
        return None

    def name(self, name: str, /) -> str:
        return "Flood Office" if name == "Office of Floods" else name


def test_rows_of_one_party_stand_together_and_spellings_are_one_row() -> None:
    one = made.report("r", "Twelve died, one said; 14, said another; 15, said a third.", publisher="Tallow Wire")
    claims = [
        made.claim(one, "Twelve", Quantity.exact(12), ("Flood Office", "government")),
        made.claim(one, "14", Quantity.exact(14), ("Office of Floods", "government")),
        made.claim(one, "15", Quantity.exact(15), ("Press Office", "official")),
    ]
    bands = build(made.record([one], claims, findings=()), sources=Book()).pages[0].bands
    assert [(band.name, [row.name for row in band.rows]) for band in bands] == [
        ("Government of Orvesk", ["Flood Office", "Press Office"]),
    ]


def test_a_body_that_publishes_its_own_statement_is_the_voice_that_others_quote() -> None:
    own = made.report("own", "34 people died.", publisher="Flood Office")
    quoted = made.report("quoted", "34 died, the Flood Office said.", publisher="Tallow Wire")
    claims = [
        made.claim(own, "34 people", Quantity.exact(34)),
        made.claim(quoted, "34", Quantity.exact(34), ("the Flood Office", "government")),
    ]
    page = build(made.record([own, quoted], claims)).pages[0]
    assert [(row.kind, len(row.reports)) for row in page.rows] == [("government", 2)]


def test_order_of_input_changes_nothing() -> None:
    record = made.small()
    die = random.Random(3)
    shuffled = replace(
        record,
        reports=tuple(die.sample(record.reports, len(record.reports))),
        claims=tuple(die.sample(record.claims, len(record.claims))),
        placements=tuple(die.sample(record.placements, len(record.placements))),
    )
    assert build(shuffled).pages == build(record).pages


def test_hashes_that_could_confirm_a_name_are_withheld_or_salted() -> None:
    record = made.small()
    kinds = {one.ref: one for one in build(record).reports}
    plain = {report.sha256 for report in record.reports}
    assert (kinds["R1"].hash_kind, kinds["R1"].sha256) == ("withheld", "")
    assert kinds["R5"].hash_kind == "sha256"
    assert kinds["R5"].sha256 in plain
    salted = {one.ref: one for one in build(record, salt=b"secret").reports}
    assert salted["R1"].hash_kind == "commitment"
    assert len(salted["R1"].sha256) == 64
    assert salted["R1"].sha256 not in plain
    assert build(record, salt=b"other").reports[0].sha256 != salted["R1"].sha256


def test_who_ruled_is_not_published_but_why_is() -> None:
    record = made.small()
    ruling = Ruling(1, "accept", "coder.seven", "2031-05-11T09:00:00Z", "the list was read", claim=record.claims[0].id)
    told = [line for entry in build(replace(record, rulings=(ruling,))).pages[0].entries for line in entry.rulings]
    assert told == ["accept: the list was read"]


def test_claims_without_an_incident_are_kept_apart() -> None:
    one = made.report("r", "Twelve died.", publisher="Tallow Wire")
    claim = made.claim(one, "Twelve", Quantity.exact(12), incident=None)
    dossier = build(Record((one,), claims=(claim,)))
    assert [entry.words.said for entry in dossier.loose] == ["Twelve"]
    assert dossier.pages == ()


def test_an_empty_record_is_an_empty_dossier() -> None:
    assert build(Record()).pages == ()


def test_words_around_a_figure_in_a_script_without_capitals_are_held_back() -> None:
    one = made.report("r", "قتل 12 شخصا في السوق.", title="السوق", language="ar", publisher="جريدة")
    claim = made.claim(one, "12 شخصا", Quantity.exact(12))
    dossier = build(made.record([one], [claim]))
    words = next(dossier.pages[0].entries).words
    assert words.said == "12 شخصا"
    assert "السوق" not in words.before + words.after
    assert dossier.reports[0].title == "[words in a script that is not checked for names]"
    assert dossier.reports[0].publisher == "جريدة"


def test_an_unread_language_is_said() -> None:
    one = made.report("r", "Zwölf.", publisher="Tallow Wire", notices=(Notice("language", "German is not read"),))
    absent = build(made.record([one], [])).pages[0].voices.absent
    assert "1 report is in a language that was not read." in absent


@pytest.mark.parametrize(
    ("quantity", "short", "long"),
    [
        (Quantity.exact(1613), "1,613", "1,613"),
        (Quantity.at_least(40), "≥ 40", "at least 40"),
        (Quantity.more_than(1000), "> 1,000", "more than 1,000"),
        (Quantity.at_most(80), "≤ 80", "at most 80"),
        (Quantity.less_than(5), "< 5", "fewer than 5"),
        (Quantity.about(30), "≈ 30", "about 30"),
        (Quantity.between(12, 31), "12–31", "12 to 31"),
        (Quantity.vague("dozens", 24), "dozens", "dozens"),
        (Quantity.none(), "none", "none"),
        (Quantity.exact(2.5), "2.5", "2.5"),
    ],
)
def test_quantities_in_signs_and_words(quantity: Quantity, short: str, long: str) -> None:
    assert (sign(quantity), stated(quantity)) == (short, long)


def test_intervals_and_labels() -> None:
    assert [interval(34, 38), interval(4, 4), interval(3, None), interval(None, 9), interval(None, None)] == [
        "34–38", "4", "≥ 3", "≤ 9", "unknown",
    ]  # fmt: skip
    assert label("killed_or_missing", "all", "person") == "killed or missing"
    assert label("destroyed", "buildings", "building") == "destroyed, buildings"
    assert [plural("country"), plural("year of age"), plural("USD"), plural("box")] == [
        "countries",
        "years of age",
        "USD",
        "boxes",
    ]


def test_a_source_without_a_name_is_its_publisher_or_says_that_none_is_known() -> None:
    one = made.report("r", "Twelve died.")
    claim = replace(made.claim(one, "Twelve", Quantity.exact(12)), attribution=(Source("a source", "anonymous"),))
    assert [row.name for row in build(made.record([one], [claim])).pages[0].rows] == ["a source"]
    bare = replace(claim, attribution=())
    assert [row.name for row in build(made.record([one], [bare], findings=())).pages[0].rows] == ["Publisher not known"]
