"""Near-copies: trimmed, re-headlined and edited texts form a family; the original is by credit, date, then length."""

from __future__ import annotations

from incident_texts import linked, report

from tollbook.incidents.copies import families

STORY = (
    "Rescue teams searched the remains of a covered market in the town of Tarnholt on Wednesday, a day after its roof"
    " fell in and a fire swept the stalls. At least 17 people were killed, the rescue office said. The office said"
    " 64 people had been injured and 23 were missing. Most of those who were in the hall were shoppers and traders,"
    " it said."
    " Soldiers lifted the last part of the roof in the afternoon, and dogs were led through the cellars under the hall."
)
ORIGINAL = report("b-wire", STORY, "2019-03-13T08:00:00+00:00", publisher="Wexmoor Wire")
TRIMMED = report("a-post", STORY[: len(STORY) * 2 // 3], "2019-03-13T16:00:00+00:00", publisher="Cadrine Post")
OTHER = report(
    "c-other",
    "The roof of a market in Tarnholt fell in on Tuesday; at least 17 people were killed, according to the rescue"
    " office. Traders say that more than thirty are still under the beams and that nobody has asked for their lists.",
    "2019-03-13T09:00:00+00:00",
)


def test_a_trimmed_text_is_a_copy_and_another_account_is_none() -> None:
    found = families([ORIGINAL, TRIMMED, OTHER], {})
    assert set(found) == {"b-wire", "a-post"}
    assert found["a-post"].copy_of == "b-wire"
    assert found["b-wire"].copy_of is None
    assert found["a-post"].family == found["b-wire"].family


def test_a_credit_outweighs_the_date() -> None:
    early = report("a-post", STORY, "2019-03-13T07:00:00+00:00", publisher="Cadrine Post")
    found = families([ORIGINAL, early], {"a-post": ("Wexmoor Wire",)})
    assert (found["a-post"].copy_of, found["b-wire"].copy_of) == ("b-wire", None)


def test_without_credit_or_date_the_longest_is_the_original() -> None:
    found = families([report("x", STORY), report("y", STORY[:400])], {})
    assert (found["x"].copy_of, found["y"].copy_of) == (None, "x")


def test_short_formulas_are_no_copies() -> None:
    assert (
        families(
            [report("x", "No comment was given on Monday."), report("y", "No comment was given on Monday, too.")], {}
        )
        == {}
    )


def test_a_thousand_copies_are_one_family() -> None:
    many = [report(f"r{i:04}", f"{STORY} Edition {i}.", "2019-03-13") for i in range(1000)]
    found = families(many, {})
    assert len({copy.family for copy in found.values()}) == 1
    assert sum(copy.copy_of is None for copy in found.values()) == 1


def test_credits_reach_the_placement_but_not_the_publisher_s_own() -> None:
    text = f"TARNHOLT, March 13 (Reuters) - {STORY}"
    placements = {
        placement.report: placement.origins
        for placement in linked(
            [
                report("own", text, "2019-03-13", publisher="Reuters"),
                report("post", text, "2019-03-13", publisher="Post"),
            ]
        ).placements
    }
    assert placements == {"own": (), "post": ("Reuters",)}
