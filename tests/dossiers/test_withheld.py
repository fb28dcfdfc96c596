"""What people withhold is nowhere in what is published; figures stay, and a commitment stands in its place."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import dossier_records as made
import pytest

from tollbook.dossiers import html
from tollbook.dossiers.build import build
from tollbook.dossiers.formats import FORMATS
from tollbook.dossiers.hiding import Hider, Sought
from tollbook.dossiers.masks import Masked, over
from tollbook.dossiers.value import Dossier
from tollbook.model import Placement, Quantity, Record, Ruling, Span
from tollbook.rulings import commitment, opening, withheld

SALT = bytes(range(32))


def withhold(seq: int, why: str = "in danger", **given: object) -> Ruling:
    about = {key: given.pop(key) for key in ("claim", "text_sha256", "span", "measure", "said") if key in given}
    return Ruling(seq, "withhold", "ann", "2031-05-09T10:00:00Z", why, values=given, **about)  # type: ignore[arg-type]


def of_report(record: Record, name: str, seq: int = 7) -> Ruling:
    report = next(one for one in record.reports if one.id == name)
    return withhold(seq, report=name, text_sha256=report.text_sha256)


def of_words(record: Record, name: str, words: str, seq: int = 7) -> Ruling:
    report = next(one for one in record.reports if one.id == name)
    start = report.text.index(words)
    return withhold(seq, text_sha256=report.text_sha256, span=Span(start, start + len(words)), said=words)


def of_claim(record: Record, said: str, seq: int = 7) -> Ruling:
    claim = next(one for one in record.claims if one.said == said)
    text = next(one.text_sha256 for one in record.reports if one.id == claim.report)
    return withhold(seq, claim=claim.id, text_sha256=text, span=claim.span, measure=claim.measure, said=said)


def ruled(record: Record, *rulings: Ruling) -> Record:
    return replace(record, rulings=rulings)


def everything(dossier: Dossier) -> str:
    """All that is published, in every format, as one text."""
    files = [
        *html.render(dossier),
        *((form.file, form.content(dossier)) for form in FORMATS.values() if form.published),
    ]
    return "\n".join(f"{name}\n{content.decode()}" for name, content in files)


def published(record: Record) -> str:
    return everything(build(record, salt=SALT))


def figures(dossier: Dossier) -> list[tuple[object, ...]]:
    found = (one for page in dossier.pages for column in page.columns for one in column.ruled)
    return [(one.low, one.best, one.high, one.status, one.origins) for one in found]


def test_a_withheld_report_leaves_its_figures_and_nothing_by_which_it_is_known() -> None:
    record = made.small()
    shown = published(record)
    hidden = published(ruled(record, of_report(record, "union.txt")))
    report = next(one for one in record.reports if one.id == "union.txt")
    for gone in ("Boatmen", "44 dead", "19 of them women", "10 May 2031", "2031-05-10", report.text_sha256, report.id):
        assert gone not in hidden, gone
    assert "44 dead" in shown
    dossier = build(ruled(record, of_report(record, "union.txt")), salt=SALT)
    assert figures(dossier) == figures(build(record, salt=SALT))
    (told,) = [one for one in dossier.reports if one.title == "[withheld 7]"]
    assert (told.publisher, told.url, told.issued, told.sha256, told.hash_kind) == ("", None, "", "", "withheld")
    assert told.ref == "R5"
    assert "withheld by a ruling" in hidden
    entries = [entry for page in dossier.pages for entry in page.entries if entry.report == told.ref]
    assert [(e.words.before, e.words.said, e.words.after) for e in entries] == [("", "[withheld 7]", "")] * 3
    assert {link.name for entry in entries for link in entry.chain} == {"[withheld 7]"}
    assert sorted(str(e.quantity.value) for e in entries) == ["19", "200", "44"]


def test_a_report_with_the_very_same_text_is_withheld_too() -> None:
    record = made.small()
    twin = replace(next(one for one in record.reports if one.id == "union.txt"), id="again.txt", title="Again")
    placed = (*record.placements, Placement("again.txt", incident="i1", incidents=("i1",)))
    both = ruled(replace(record, reports=(*record.reports, twin), placements=placed), of_report(record, "union.txt"))
    assert [one.title for one in build(both).reports].count("[withheld 7]") == 2
    assert "Boatmen" not in published(both)


def test_withheld_words_are_gone_from_near_copies_too_and_stay_elsewhere_where_they_are_common() -> None:
    record = made.small()
    one = ruled(record, of_words(record, "wire-1.txt", "river Sarn left its bed"))
    assert "left its bed" not in published(one)
    common = ruled(record, of_words(record, "wire-1.txt", "12 people"))
    dossier = build(common, salt=SALT)
    (entry,) = [e for page in dossier.pages for e in page.entries if e.words.said.startswith("At least")]
    assert (entry.words.said, entry.chain[0].name) == ("At least [withheld 7]", "[withheld 7]")
    assert "12 people" not in published(common)


def test_a_withheld_claim_takes_its_sentence_with_it() -> None:
    record = made.small()
    hidden = published(ruled(record, of_claim(record, "hundreds of dead")))
    for gone in ("hundreds of dead", "low town", "Tem Birk", "A resident"):
        assert gone not in hidden, gone
    assert "More than 300 people" in hidden


@pytest.mark.parametrize(
    "text",
    [
        "Orsa Lindal", "ORSA LINDAL", "orsa lindal", "Lindal, Orsa", "Orsa\nLindal", "OrsaLindal", "orsa_lindal",
        "the Lindals", "Lin\u00addal", "Órsa Líndal", "Lindal’s", "orsa%20lindal", "Orsa&nbsp;Lindal", "O. Lindal",
        "\\u004frsa Lindal", "Mayor Lindal", "#JusticeForOrsaLindal", "Lindal Street",
    ],
)  # fmt: skip
def test_a_withheld_name_is_found_in_every_spelling(text: str) -> None:
    one = made.report("r", f"Mayor Orsa Lindal said that 12 people died. Then {text} left.")
    record = made.record([one], [made.claim(one, "12 people", Quantity.exact(12), ("Orsa Lindal", "official"))])
    shown = published(ruled(record, withhold(3, name="Orsa Lindal")))
    assert "lindal" not in shown.lower()
    assert "[withheld 3]" in shown


def test_a_withheld_name_stays_so_where_another_ruling_shows_it() -> None:
    one = made.report("r", "Orsa Lindal, 9, was hurt when 12 people died.")
    record = made.record([one], [made.claim(one, "12 people", Quantity.exact(12), ("police", "police"))])
    show = Ruling(
        2, "unmask", "ben", "2031-05-10T10:00:00Z", "she asked", claim="c" * 16, values={"name": "Orsa Lindal"}
    )
    assert "Lindal" in published(ruled(record, show))
    assert "Lindal" not in published(ruled(record, withhold(1, name="Orsa Lindal"), show))


def test_a_withheld_body_is_gone_under_its_whole_name_alone() -> None:
    record = ruled(made.small(), withhold(9, name="Radio Sarn"))
    shown = published(record)
    assert "Radio Sarn" not in shown
    assert "river Sarn" in shown


@pytest.mark.parametrize("name", ["Cadmer Post", "Water"])
def test_a_town_or_a_common_word_in_a_withheld_name_is_shown_where_it_is_no_name(name: str) -> None:
    text = "12 people died in the water near Cadmer, Water said to the Cadmer Post."
    one = made.report("r", text, publisher="Cadmer Post")
    record = made.record([one], [made.claim(one, "12 people", Quantity.exact(12), ("police", "police"))])
    shown = published(ruled(record, withhold(3, name=name)))
    assert "in the water near Cadmer" in shown
    assert "[withheld 3]" in shown
    assert name not in shown


def test_the_same_words_in_the_title_go_with_a_withheld_claim_and_no_digits_within_others() -> None:
    one = made.report(
        "r", "In 2012 the dam broke and 12 died. Later 412 houses stood.", title="12 dead: 12 died at the dam"
    )
    record = made.record([one], [made.claim(one, "12 died", Quantity.exact(12), ("police", "police"))])
    claimed = published(ruled(record, of_claim(record, "12 died")))
    assert "at the dam" not in claimed
    words = build(ruled(record, of_words(record, "r", "12 died")), salt=SALT)
    assert words.reports[0].title == "12 dead: [withheld 7] at the dam"
    digits = replace(of_words(record, "r", "12 died"), span=Span(26, 28), said="12")
    (told,) = build(ruled(record, digits), salt=SALT).reports
    assert told.title == "[withheld 7] dead: [withheld 7] died at the dam"


def test_a_withdrawn_ruling_withholds_nothing() -> None:
    record = made.small()
    back = Ruling(8, "withdraw", "ann", "2031-05-10T10:00:00Z", "safe now", values={"ruling": 7})
    assert published(ruled(record, of_report(record, "union.txt"), back)) == published(record)


def test_a_step_of_a_derivation_is_shown_where_the_open_claims_alone_give_it() -> None:
    record = made.small(("range@1",))
    ruling = of_claim(record, "31 people")
    gone = {c.id for c in record.claims if (c.report == "wire-2.txt" and "31" in c.said) or c.said == "14 women"}
    rest = replace(record, findings=made.findings([c for c in record.claims if c.id not in gone]))
    steps = [r.derivation for p in build(ruled(record, ruling), without=rest).pages for c in p.columns for r in c.ruled]
    told = [step for some in steps for step in some]
    assert any("not shown" in step for step in told)
    assert any(step.startswith("Claim c") for step in told)
    unsure = [r.derivation for p in build(ruled(record, ruling)).pages for c in p.columns for r in c.ruled]
    assert all(len(some) == 1 and "not shown" in some[0] for some in unsure)


def test_a_commitment_is_opened_by_its_own_salt_and_hides_what_can_be_guessed() -> None:
    record = ruled(made.small(), withhold(3, "asked by Orsa Lindal’s mother", name="Orsa Lindal"))
    (one,) = build(record, salt=SALT).redactions
    made_open = opening(withheld(record.rulings)[0], SALT)
    text = json.dumps([made_open.salt, "name", {"name": "Orsa Lindal"}], separators=(",", ":"), sort_keys=True)
    assert one.commitment == hashlib.sha256(text.encode()).hexdigest() == made_open.commitment
    assert one.why == "asked by [withheld 3]’s mother"
    assert commitment(made_open.salt, "name", {"name": "Orsa Lindel"}) != one.commitment
    assert opening(withheld(record.rulings)[0], bytes(32)).commitment != one.commitment
    assert build(record).redactions[0].commitment == ""


def test_what_is_sought_may_stand_within_another_mask() -> None:
    assert over([Masked(4, 8, "[withheld 1]")], [Masked(0, 6, "[name 1]"), Masked(7, 10, "[name 2]")]) == [
        Masked(0, 4, "[name 1]"), Masked(4, 8, "[withheld 1]"), Masked(8, 10, "[name 2]"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Lindalberg", "Lindalberg"),
        ("the Lindals’ house", "the [x]s’ house"),
        ("x.example/?q=%4Cindal&z=1", "x.example/?q=[x]&z=1"),
        ("Orsa. Lindal", "Orsa. [x]"),
        ("L&iacute;ndal", "[x]"),
        ("Łukaş", "[y]"),
        ("في بيت لندل كان", "في بيت [z] كان"),
    ],
)
def test_words_are_sought_by_their_letters(text: str, hidden: str) -> None:
    seeker = Hider([Sought("lindal", "[x]"), Sought("lukas", "[y]"), Sought("لندل", "[z]")])
    assert seeker.text(text) == hidden
