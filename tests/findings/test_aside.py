"""What counts and what is set aside: modality, basis, aggregates, repeats, rulings."""

import datetime as dt

import pytest
from findings_build import INCIDENT, Book, claim, ends, findings, killed

from tollbook.findings import apply_rulings, reconcile
from tollbook.model import Claim, DateRange, Incident, Place, Quantity, Ruling, Span

HASH = "5e" * 32


def ruling(seq: int, action: str, claim: Claim | None, **values: str | int | float | None) -> Ruling:
    return Ruling(
        seq, action, "Ann Example", "2031-06-01", "the list was read again", claim and claim.id, values=values
    )


@pytest.mark.parametrize(
    ("modality", "why"),
    [
        ("denied", "it is denied, not claimed"),
        ("planned", "it is planned, not done"),
        ("hypothetical", "it is what may be or might have been, not what is said to have happened"),
    ],
)
def test_what_is_not_asserted_is_set_aside(modality: str, why: str) -> None:
    found = killed([claim(12, "Police", at=1), claim(60, "Union", at=2, modality=modality)])
    assert (ends(found), [one.why for one in found.set_aside]) == ((12, 12, 12), [why])
    alone = killed([claim(60, "Union", modality=modality)])
    assert (ends(alone), alone.origins, alone.supports) == ((None, None, None), 0, ())
    assert any("no claim stands" in line for line in alone.derivation)


def test_aggregates_never_mix_with_an_incident() -> None:
    wide = claim(400, "Union", basis="aggregate")
    found = killed([claim(12, "Police"), wide])
    assert (ends(found), [one.claim for one in found.set_aside]) == ((12, 12, 12), [wide.id])
    assert ends(killed([wide])) == (400, 400, 400)


def test_rates_and_fractions_are_no_counts() -> None:
    odd = claim(Quantity.exact(2.5), "Union", at=1)
    found = killed([claim(12, "Police", at=2), odd, claim(3, "Union", at=3, basis="rate")])
    assert {one.why for one in found.set_aside} == {"it is no whole number", "it is a rate, not a count"}


def test_the_same_figure_said_again_counts_once() -> None:
    found = killed([claim(12, "Police", at=10), claim(12, "Police", at=90)])
    assert [one.why for one in found.set_aside] == ["it says again what the same source says in the same report"]
    assert len(found.supports) == 1


def test_one_text_under_two_names_is_one_claim() -> None:
    one = claim(12, "Police", "a", text="same", at=5)
    other = claim(12, "Police", "b", text="same", at=5)
    assert one.id == other.id
    found = killed([one, other])
    assert (found.supports, found.set_aside) == ((one.id,), ())


def test_claims_of_no_incident_make_no_finding() -> None:
    assert findings([claim(12, incident=None)]) == {}


# ---- rulings ----


def test_a_rejected_claim_is_set_aside_with_the_reason() -> None:
    wrong, right = claim(21, "Police", "a"), claim(12, "Police", "b")
    found = killed([wrong, right], rulings=[ruling(1, "reject", wrong)])
    assert ends(found) == (12, 12, 12)
    assert [(one.claim, one.why) for one in found.set_aside] == [
        (wrong.id, "rejected by Ann Example: the list was read again")
    ]
    assert "ruling@1: number 1, by Ann Example: reject. Reason given: the list was read again." in found.derivation


def test_a_withdrawn_ruling_restores_every_figure() -> None:
    claims = [claim(21, "Police", "a"), claim(12, "Union", "b")]
    rulings = [ruling(1, "reject", claims[0]), ruling(2, "withdraw", None, ruling=1)]
    assert killed(claims, rulings=rulings) == killed(claims)


def test_the_later_of_two_rulings_stands_and_both_are_shown() -> None:
    one = claim(12, "Police")
    found = killed([one], rulings=[ruling(2, "accept", one), ruling(1, "reject", one)])
    assert ends(found) == (12, 12, 12)
    assert [line for line in found.derivation if line.startswith("ruling@1: number")] == [
        "ruling@1: number 1, by Ann Example: reject. Reason given: the list was read again.",
        "ruling@1: number 2, by Ann Example: accept. Reason given: the list was read again.",
    ]
    assert "ruling@1: the rulings on this claim contradict each other: the last of them stands." in found.derivation
    twice = killed([one], rulings=[ruling(1, "accept", one), ruling(2, "correct", one, value=13)])
    assert not any("contradict" in line for line in twice.derivation)


def test_an_accepted_claim_stands_however_it_was_read() -> None:
    one = claim(12, "Police", modality="hypothetical")
    assert ends(killed([one], rulings=[ruling(1, "accept", one)])) == (12, 12, 12)


def test_a_correction_changes_what_is_counted_and_keeps_the_words() -> None:
    one = claim(63, "Police", group="women")
    decided = ruling(1, "correct", one, value=36, group="men", source="Union", date="2031-05-03", as_of="2031-05-04")
    changed = apply_rulings([one], [decided]).claims[0]
    assert (changed.quantity, changed.group, changed.said, changed.id) == (Quantity.exact(36), "men", one.said, one.id)
    assert (changed.attribution[0].source, changed.as_of) == ("Union", dt.date(2031, 5, 4))
    assert changed.date == DateRange(dt.date(2031, 5, 3), dt.date(2031, 5, 3), "day", "ruling")
    assert ends(findings([one], rulings=[decided])["killed", "men"]) == (36, 36, 36)


def test_a_corrected_place() -> None:
    one = claim(12)
    decided = ruling(1, "correct", one, place="Tarn", country="VM", lat=1.5)
    assert apply_rulings([one], [decided]).claims[0].place == Place("Tarn", None, 1.5, None, "VM")


def test_a_correction_that_fits_no_more_leaves_what_is_read_and_says_so() -> None:
    one = claim(12, "Police")
    found = killed([one], rulings=[ruling(1, "correct", one, country="VM")])
    assert ends(found) == (12, 12, 12)
    assert found.derivation[-2] == (
        "ruling@1: the correction of this claim does not fit what is read now, which stands:"
        " the claim has no place to correct."
    )


def test_rulings_that_move_claims_are_told_and_move_nothing_twice() -> None:
    one = claim(12, "Police")
    found = killed([one], rulings=[ruling(1, "link", one, incident="i2")])
    assert (found.incident, ends(found)) == ("i1", (12, 12, 12))
    assert (
        "ruling@1: number 1, by Ann Example: link (incident i2). Reason given: the list was read again."
        in found.derivation
    )


def test_a_ruling_binds_to_words_and_survives_a_new_reader() -> None:
    old = Claim.id_of(HASH, Span(10, 19), "killed")
    bound = Ruling(1, "reject", "Ann Example", "2031-06-01", "not this event", None, HASH, Span(10, 19), "killed")
    by_hash = claim(12, "Police", id=old)
    assert apply_rulings([by_hash], [bound]).rejected.keys() == {old}
    wider = claim(12, "Police", "r9", at=8, text=HASH)
    assert apply_rulings([wider], [bound]).rejected.keys() == {old}  # a claim that is not there: nothing is rejected
    assert apply_rulings([wider], [bound], {"r9": HASH}).rejected.keys() == {wider.id}


def test_findings_come_in_the_order_of_the_rules_then_by_name() -> None:
    second = Incident("i0", "Elsewhere", "other")
    claims = [
        claim(3, "Police", group="women"),
        claim(12, "Police"),
        claim(5, "Police", measure="injured"),
        claim(1, "Police", incident="i0"),
    ]
    found = reconcile([INCIDENT, second], claims, (), ("acled", "range"), sources=Book())
    assert [(one.rules, one.incident, one.measure, one.group) for one in found] == [
        ("acled@1", "i0", "killed", "all"),
        ("acled@1", "i1", "killed", "all"),
        ("acled@1", "i1", "killed", "women"),
        ("range@1", "i0", "killed", "all"),
        ("range@1", "i1", "injured", "all"),
        ("range@1", "i1", "killed", "all"),
        ("range@1", "i1", "killed", "women"),
    ]
