"""Whose voice a claim is: copies, wires, quoted sources, common parents, echoes."""

from typing import Any

from findings_build import PARENTS, claim, copies, copy_of, day, ends, killed

from tollbook.findings.origins import leads_of, name_key
from tollbook.model import Claim, Placement


def test_two_offices_of_one_parent_are_one_origin() -> None:
    found = killed([claim(12, "Harbour Ministry", "a"), claim(12, None, "b", publisher="Velmark State News")])
    assert (found.origins, found.parties, found.status) == (1, ("Government of Velmark",), "single")


def test_two_sources_not_known_to_share_a_parent_agree() -> None:
    found = killed([claim(12, "Harbour Ministry", "a"), claim(12, "Tarn Hospital", "b")])
    assert (found.origins, found.status, ends(found)) == (2, "agreed", (12, 12, 12))


def test_a_name_also_in_capitals_is_shown_in_small_letters() -> None:
    found = killed([claim(12, "TARN HOSPITAL", "a"), claim(12, "Tarn Hospital", "b")])
    assert (found.origins, found.parties) == (1, ("Tarn Hospital",))


def test_many_papers_that_quote_one_hospital_are_one_origin() -> None:
    found = killed([claim(12, "Tarn Hospital", f"r{i}", publisher=f"Paper {i}") for i in range(9)])
    assert (found.origins, found.parties, found.status) == (1, ("Tarn Hospital",), "single")


def test_a_report_that_repeats_a_quoted_figure_is_no_second_voice() -> None:
    quoted = claim("12+", "Tarn Hospital", "a", publisher="The Lamp", at=10)
    own = claim(12, None, "a", publisher="The Lamp", at=50)
    assert killed([quoted, own]).parties == ("Tarn Hospital",)


def test_a_source_without_a_name_is_whoever_vouches_for_it() -> None:
    found = killed([claim(12, "a source", "a", kind="anonymous", publisher="The Lamp")])
    assert found.parties == ("The Lamp",)


def test_a_credited_wire_is_the_voice_of_its_subscribers() -> None:
    wired = [Placement(name, origins=("Selwire",)) for name in ("a", "b")]
    claims = [claim(12, None, name, publisher=f"Paper {name}") for name in ("a", "b")]
    found = killed(claims, placements=wired)
    assert (found.parties, found.origins) == (("Selwire",), 1)


def test_a_chain_of_credits_ends_at_its_first_voice() -> None:
    chain = [Placement("a", origins=("Harbour Echo",)), Placement("b", origins=("Selwire",)), Placement("c")]
    papers = {"a": "Evening Bell", "b": "Harbour Echo", "c": "The Lamp"}
    found = killed([claim(12, None, name, publisher=paper) for name, paper in papers.items()], placements=chain)
    assert (found.parties, found.status) == (("Selwire", "The Lamp"), "agreed")


def test_a_ring_of_pages_that_credit_one_another_is_one_voice() -> None:
    papers = {"a": "Evening Bell", "b": "Harbour Echo", "c": "The Lamp"}
    ring = [Placement("a", origins=("Harbour Echo",)), Placement("b", origins=("The Lamp",))]
    ring.append(Placement("c", origins=("Evening Bell",)))
    claims = [claim(12, None, name, publisher=paper) for name, paper in papers.items()]
    found = killed(claims, placements=ring)
    assert (found.origins, found.parties, found.status) == (1, ("Evening Bell",), "single")
    said = "Evening Bell, Harbour Echo and The Lamp credit one another in turn, so that nobody knows whose figure it is"
    assert f"one-source@1: {said}: they count as one source." in found.derivation
    assert killed(claims[::-1], placements=ring[::-1]) == found


def test_an_outlet_with_a_report_of_its_own_relays_nobody() -> None:
    both = [Placement("a", origins=("Harbour Echo",)), Placement("b", origins=("Selwire",)), Placement("c")]
    papers = {"a": "Evening Bell", "b": "Harbour Echo", "c": "Harbour Echo"}
    found = killed([claim(12, None, name, publisher=paper) for name, paper in papers.items()], placements=both)
    assert found.parties == ("Harbour Echo", "Selwire")


def test_a_copy_changes_no_number_and_no_origin_and_is_told() -> None:
    original = [claim(12, None, "a", publisher="The Lamp", at=1), claim(3, None, "a", group="women", at=2)]
    alone = killed(original)
    both = killed([*original, *copy_of(original, "b")], placements=copies("a", "b"))
    assert (ends(both), both.origins, both.parties, both.status) == (ends(alone), 1, ("The Lamp",), alone.status)
    assert [(one.claim, one.why) for one in both.set_aside] == [
        (copy_of(original, "b")[0].id, "it is a copy of what report a says")
    ]


def test_an_edited_copy_speaks_as_what_it_copies() -> None:
    claims = [claim(12, None, "a", publisher="The Lamp"), claim(14, None, "b", publisher="Evening Bell")]
    found = killed(claims, placements=copies("a", "b"))
    assert (found.origins, found.parties, found.status) == (1, ("The Lamp",), "disputed")


def test_a_headline_is_the_voice_of_its_report() -> None:
    body = claim("12+", "Tarn Hospital", "a", at=80)
    found = killed([body, claim(12, None, "a", part="title", at=3, publisher="The Lamp")])
    assert (found.low, found.best, found.high, found.origins) == (12, 12, None, 1)
    assert found.supports == (body.id,)


def test_a_surname_is_the_one_person_who_has_it() -> None:
    claims = [claim(12, "Ada Brel", "a"), claim(12, "Brel", "b")]
    assert killed(claims).parties == ("Ada Brel",)
    two = [*claims, claim(12, "Ivo Brel", "c")]
    assert killed(two).parties == ("Ada Brel", "Brel", "Ivo Brel")


def test_spellings_of_one_name_are_one_voice() -> None:
    assert {name_key(name) for name in ("The Harbour Ministry", "harbour  ministry", "Harbour Ministry's")} == {
        "harbour ministry"
    }
    assert name_key("The") == "the"


def test_leads_follow_copies_to_their_end() -> None:
    placements = {one.report: one for one in copies("a", "b")} | {"c": Placement("c", copy_of="b", family="f1")}
    assert leads_of(["a", "b", "c", "d"], placements) == {"a": "a", "b": "a", "c": "a", "d": "d"}
    loop = {"a": Placement("a", copy_of="b"), "b": Placement("b", copy_of="a")}
    assert set(leads_of(["a", "b"], loop)) == {"a", "b"}
    kin = {name: Placement(name, family="f2") for name in ("y", "x")}
    assert leads_of(["x", "y"], kin) == {"x": "x", "y": "x"}


def test_each_party_has_its_position() -> None:
    found = killed(
        [
            claim("12+", "Harbour Ministry", "a", as_of=day(1)),
            claim(15, "President Mila Orvane", "b", as_of=day(1)),
            claim(21, "Tarn Hospital", "c", as_of=day(1)),
        ]
    )
    assert [(one.party, one.low, one.high, len(one.claims)) for one in found.positions] == [
        (PARENTS["Harbour Ministry"], 15, 15, 2),
        ("Tarn Hospital", 21, 21, 1),
    ]


def agreed(*claims: Claim, **more: Any) -> bool:
    return killed(list(claims), **more).status == "agreed"


def test_agreement_needs_two_that_are_known_to_count_for_themselves() -> None:
    hospital, union = claim(12, "Tarn Hospital", "a"), claim(12, "Ferry Union", "b")
    assert agreed(hospital, union)
    assert agreed(hospital, claim(12, "residents", "b", kind="witness"))
    assert agreed(union, claim(12, "Red Lantern Relief", "c"))
    assert not agreed(claim(12, "aid workers", "c", kind="organisation"), union)  # they may be the union's
    assert not agreed(hospital, claim(12, "Mila Orvane", "c", kind="person"))  # for whom she speaks is not said


def test_two_offices_have_one_parent_unless_two_are_known() -> None:
    police, sheriff = claim(12, "police", "a", kind="police"), claim(12, "Tarn County Sheriff", "b", kind="police")
    found = killed([police, sheriff])
    assert (found.status, found.origins) == ("single", 2)
    assert any("may have it from one source" in line for line in found.derivation)
    known = Known({"Harbour Ministry": "State of Velmark", "Border Guard": "State of Norvel"})
    assert agreed(claim(12, "Harbour Ministry", "a"), claim(12, "Border Guard", "b"), sources=known)


def test_a_paper_that_quotes_anybody_may_have_its_own_figures_from_them() -> None:
    lamp, bell = claim(12, None, "a", publisher="The Lamp"), claim(12, None, "b", publisher="Evening Bell")
    assert agreed(lamp, bell)
    quoted = claim(7, "police", "b", "injured", publisher="Evening Bell", kind="police")
    assert not agreed(lamp, bell, quoted)
    assert not agreed(lamp, claim(12, "Tarn Hospital", "b"))
    shared = [Placement("a", family="f"), Placement("b", family="f")]
    assert not agreed(lamp, bell, placements=shared)


class Known(dict[str, str]):
    """A book of parents."""

    def party(self, name: str, /) -> str:
        return self.get(name, name)

    def kind(self, name: str, /) -> None:
        return None


def test_an_outlet_is_one_by_its_name_and_by_its_address() -> None:
    names = ("The Harbour Echo", "www.harbourecho.example", "harbour echo")
    found = killed([claim(12, None, f"r{i}", publisher=name) for i, name in enumerate(names)])
    assert (found.origins, found.parties) == (1, ("The Harbour Echo",))


def test_the_end_of_one_longer_name_alone_is_that_name() -> None:
    names = ("Orvane", "Mila Orvane", "Harbour Warden Mila Orvane")
    assert killed([claim(12, name, f"r{i}") for i, name in enumerate(names)]).origins == 1
    assert killed([claim(12, name, f"r{i}") for i, name in enumerate((*names, "Tam Orvane"))]).origins == 3
