"""Near-copies: trimmed, re-headlined, edited and partly quoted texts form a family; furniture and speech make none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from incident_texts import linked, report

from tollbook.incidents import copies
from tollbook.incidents.copies import sampled
from tollbook.incidents.families import Copy, families, texts_of, ties
from tollbook.incidents.origins import Known, SourceBook
from tollbook.incidents.shared import shared
from tollbook.model import Report

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
BOOK = SourceBook.of(
    [
        Known("Wexmoor Wire", "media", agency=True),
        Known("Inforvel", "media", agency=True),
        Known("The Times", "media"),
        Known("Coastline", "media", agency=True),
    ]
)


def found(*reports: Report, **credits: tuple[str, ...]) -> dict[str, Copy]:
    return credited(reports, {name.replace("_", "-"): names for name, names in credits.items()})


def credited(reports: Sequence[Report], origins: Mapping[str, tuple[str, ...]]) -> dict[str, Copy]:
    ordered = sorted(reports, key=lambda one: one.id)
    return families(ordered, ties(texts_of(ordered, [sampled(one.text) for one in ordered])), origins, BOOK)


def test_a_trimmed_text_is_a_copy_and_another_account_is_none() -> None:
    result = found(ORIGINAL, TRIMMED, OTHER)
    assert set(result) == {"b-wire", "a-post"}
    assert result["a-post"].copy_of == "b-wire"
    assert result["b-wire"].copy_of is None
    assert result["a-post"].family == result["b-wire"].family


FERRY = (
    "The ferry Orlisk left the pier of Sandvere at half past six with 212 passengers on board.\n\n"
    "It struck a sandbank off Little Hamm some forty minutes later and began to take in water by its bow doors.\n\n"
    "Fishing boats from three villages took most of the passengers off before the coastguard's cutter arrived.\n\n"
    "Nine people drowned when a raft turned over beside the hull, the port office of Sandvere told reporters at noon.\n"
)
RETOLD = (
    "Nine passengers of the Orlisk are dead after the ship ran aground near Little Hamm on its morning run.\n\n"
    "A raft capsized in the swell while families were climbing down, said the mate, whom villagers pulled out.\n\n"
    "Of the 212 who had boarded in Sandvere at dawn, all others were brought ashore in small craft.\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "HARBOUR IN MOURNING\n\n" + FERRY,
        FERRY.replace("some forty minutes", "about 40 minutes").replace("took most of", "lifted nearly all"),
        FERRY.partition("It struck")[0] + FERRY.partition("later and")[2],
        FERRY
        + "Divers will look at the wreck as soon as the wind falls, and the line has stopped its two other ships.",
    ],
    ids=["re-headlined", "lightly edited", "trimmed", "updated"],
)
def test_versions_of_a_text_are_copies(text: str) -> None:
    result = found(report("x", FERRY), report("y", text))
    assert result["x"].family == result["y"].family
    assert result["x"].version == result["y"].version


def test_two_accounts_of_one_event_are_no_copies() -> None:
    assert found(report("x", FERRY), report("y", RETOLD)) == {}


QUOTED = (
    "\n\nIt struck a sandbank off Little Hamm some forty minutes later and began to take in water by its bow doors."
    " Fishing boats from three villages took most of the passengers off before the coastguard's cutter arrived.\n\n"
)
LONG = (
    RETOLD
    + "The line was founded by two brothers who carried salt and timber before the bridge at Hamm was closed to carts."
    " Its ships are older than those of the state, and the harbour master had asked for new doors twice since spring."
    " Relatives waited in the school, where a list hung beside the map of the coast until late in the evening."
    " The mayor of Sandvere spoke of a debt to the fishermen; a service will be held in the chapel on the pier."
)


def test_a_text_that_quotes_two_sentences_is_of_the_family_but_no_version() -> None:
    result = found(report("x", FERRY * 1, "2019-05-02"), report("y", LONG + QUOTED + LONG[:200], "2019-05-03"))
    assert result["x"].family == result["y"].family
    assert result["y"].copy_of == "x"
    assert result["x"].version != result["y"].version


def test_words_that_two_reporters_heard_make_no_copies() -> None:
    spoken = (
        "“We heard a knock under the floor, and then the lamps went out and water came up the stairs,” the cook said."
    )
    assert found(report("x", f"{FERRY}\n{spoken}"), report("y", f"{RETOLD}\n{spoken}")) == {}


def test_what_one_says_itself_and_the_other_quotes_has_one_text_behind_it() -> None:
    release = (
        "the vessel was inspected in March, its doors were found to close without a gap and no fault was entered"
        " in the book of the harbour master"
    )
    quoted = f"{RETOLD}\n“{release.capitalize()},” the line wrote in a release."
    assert len(found(report("x", f"{FERRY}\nOn Monday {release}."), report("y", quoted))) == 2


RELEASE = (
    "Officers of the Sandvere harbour police were called to pier four at 11.40 p.m. after a guard heard two shots."
    " They found a docker of 34 years beside a crane with wounds of the shoulder and the hip.\n"
    "He was brought to the clinic of Hamm, where he was in a stable condition on Sunday."
    " A second man was arrested at the gate and is held on suspicion of grave assault.\n"
)
REWRITTEN = (
    "Harbour police in Sandvere were called to pier four at 11.40 p.m. on Saturday after a guard heard two shots."
    " There they found a docker of 34 years beside a crane, with wounds of the shoulder and the hip.\n"
    "The man was brought to the clinic of Hamm and was in a stable condition on Sunday, police said."
    " Another man, arrested at the gate, is held on suspicion of grave assault.\n"
)


def test_a_release_rewritten_sentence_by_sentence_is_a_copy() -> None:
    assert len(found(report("x", RELEASE), report("y", REWRITTEN))) == 2


@pytest.mark.parametrize(
    "furniture",
    [
        "Sign up for our newsletter and get the morning's headlines before the ferry leaves the pier of your choice.",
        "Anyone with information on this or another crime on the quays may call the desk of the harbour police.",
        "Copyright 2031 Coastline Radio and Picture House of Sandvere, a part of the Hamm group of stations. All rights"
        " reserved by the owners of this and other pages.",
        "The accused are presumed innocent until a court of law has heard the case and found them guilty beyond doubt.",
        "\n".join(f"0:{i}4 Watch the parade of the {word} guilds on the long quay" for i, word in enumerate("abcdef")),
        "\n".join(
            ["Ferry season opens with a fair at Hamm", "Salt prices fall for a third month", "Old bridge to close"]
        ),
    ],
    ids=["service", "appeal", "rights", "formula", "videos", "headlines"],
)
def test_furniture_of_a_page_makes_no_copies(furniture: str) -> None:
    assert found(report("x", f"{FERRY}\n{furniture}"), report("y", f"{RETOLD}\n{furniture}")) == {}
    assert found(report("x", furniture), report("y", furniture + "\nLinks")) == {}


GUIDE = (
    "The five best inns along the coast offer rooms over the water, smoked eel and a view of the seal banks."
    " Guests may borrow a boat at dawn, and in winter the kitchens stay open until the last tram has gone."
)


def test_a_page_s_other_matter_under_two_headlines_makes_no_copies() -> None:
    one = report("x", GUIDE, title="Docker wounded by shots near crane")
    two = report("y", GUIDE, title="Warehouse roof collapses during storm")
    assert found(one, two) == {}
    assert len(found(report("x", GUIDE), report("y", GUIDE))) == 2


FALLS = [
    "The weir at Ansel was being cleared of driftwood when the rope of the winch parted; masons on the bank saw it.",
    "In Brude the orchard wall had leaned since the thaw, and three pickers sat in its shade to eat their bread.",
    "Nobody in Corvik heard the quarry's siren, for the wind stood from the sea and the mill was grinding barley.",
    "A tannery's vat in Dunmere overflowed after midnight because a float had rusted; the foreman was at a wedding.",
    "Elsing's barn burned from the loft down while its owner looked for the key of the pump house by candle light.",
    "The tower clock of Farrow lost its weight, which went through two floors and the sexton's kitchen on market day.",
    "At Gormey a ladder slid from the gable of the dairy when its foot met a wet leaf; two apprentices were painting.",
    "The lock gate of Hesk gave way under ice that nobody had broken for a week, and a lighter went with the flood.",
    "Ivel's cable car stood still over the gorge for nine hours because a goat had chewed the wire of the bell.",
]


def test_phrases_that_come_again_on_many_days_are_formulas() -> None:
    formula = (
        "He was taken to the clinic of Hamm by the crew of the harbour ambulance, where a doctor found that he had"
        " died on the way there, and day"
    )
    reports = [report(f"r{i}", f"{text} {formula} {i}.", f"2031-04-{10 + i}") for i, text in enumerate(FALLS)]
    assert len(found(*reports[:2])) == 2
    assert found(*reports) == {}


# ---- which families ----


def test_a_round_up_ties_its_stories_to_itself_but_not_to_the_next_round_up() -> None:
    stories = [FERRY, STORY, RELEASE]
    first = report("r1", f"{FERRY}\n{STORY}\n{GUIDE}", "2031-01-02")
    second = report("r2", f"{STORY}\n{RELEASE}\n{LONG}", "2031-01-05")
    result = found(first, second, *(report(f"s{i}", text, f"2031-01-0{i + 1}") for i, text in enumerate(stories)))
    assert result["s0"].family == result["r1"].family
    assert result["s2"].family == result["r2"].family
    assert result["s0"].family != result["s2"].family


def test_families_are_the_same_in_any_order() -> None:
    some = [ORIGINAL, TRIMMED, OTHER, report("x", FERRY), report("y", LONG + QUOTED)]
    backwards = found(*reversed(some))
    assert backwards == found(*some)


# ---- which is the original ----


def test_a_credit_outweighs_the_date() -> None:
    early = report("a-post", STORY, "2019-03-13T07:00:00+00:00", publisher="Cadrine Post")
    result = found(ORIGINAL, early, a_post=("Wexmoor Wire",))
    assert (result["a-post"].copy_of, result["b-wire"].copy_of) == ("b-wire", None)


def test_a_credit_is_of_a_whole_name() -> None:
    tarn = report("a", STORY, "2019-03-14", publisher="Tarn Times")
    desk = report("b", STORY, "2019-03-15", publisher="Wexmoor Wire English")
    post = report("c", STORY, "2019-03-13", publisher="Cadrine Post")
    assert found(tarn, post, c=("The Times",))["c"].copy_of == "a"  # c credits somebody, but not a
    assert found(tarn, post, a=("Inforvel",), c=("The Times",))["a"].copy_of == "c"
    assert found(desk, post, c=("Wexmoor Wire",))["c"].copy_of == "b"


def test_the_earlier_before_the_longer() -> None:
    early, late = report("y", STORY[:400], "2019-03-12"), report("x", STORY, "2019-03-13")
    assert found(early, late)["x"].copy_of == "y"


def test_without_credit_or_date_the_longest_is_the_original() -> None:
    result = found(report("x", STORY), report("y", STORY[:400]))
    assert (result["x"].copy_of, result["y"].copy_of) == (None, "x")


def test_a_chain_of_credits_ends_at_the_first_and_a_ring_at_the_earliest() -> None:
    chain = [
        report("a", STORY, "2019-03-13", publisher="Coastline"),
        report("b", STORY, "2019-03-12", publisher="Inforvel"),
        report("c", STORY, "2019-03-14", publisher="Wexmoor Wire"),
    ]
    credits = {"a": ("Inforvel",), "b": ("Wexmoor Wire",)}
    assert {name: copy.copy_of for name, copy in credited(chain, credits).items()} == {
        "a": "c", "b": "c", "c": None,
    }  # fmt: skip
    ring = credited(chain, {**credits, "c": ("Coastline",)})
    assert {name: copy.copy_of for name, copy in ring.items()} == {"a": "b", "b": None, "c": "b"}


# ---- bad input ----


def test_short_formulas_are_no_copies() -> None:
    assert (
        found(report("x", "No comment was given on Monday."), report("y", "No comment was given on Monday, too.")) == {}
    )


@pytest.mark.parametrize("text", ["", " \n", "Nine dead.", "Home\nNews\nSport\nWeather"])
def test_next_to_nothing_is_no_copy(text: str) -> None:
    assert found(report("x", text), report("y", text)) == {}


def test_short_texts_that_are_the_same_are_copies() -> None:
    text = "A footbridge over the river Tarn fell in on Sunday, killing three."
    assert len(found(report("x", text), report("y", text))) == 2
    assert len(found(report("x", text.rstrip(".")), report("y", text.rstrip(".")))) == 2


def test_a_text_wrapped_at_a_margin_is_read_by_its_paragraphs() -> None:
    words, lines = FERRY.split(), [""]
    for word in words:
        lines = [*lines[:-1], f"{lines[-1]} {word}"] if len(lines[-1]) < 60 else [*lines, word]
    assert len(found(report("x", FERRY), report("y", "\n".join(lines)))) == 2


SIGNS = (
    "救援人员星期三在塔恩霍尔特镇一座有顶市场的废墟中搜寻。至少十七人死亡，六十四人受伤，二十三人失踪。"
    "士兵下午吊起了屋顶的最后一部分，搜救犬被带进大厅下面的地窖。"
)


def test_scripts_without_spaces_are_compared_sign_by_sign() -> None:
    other = "渡轮早晨六点半离开码头，四十分钟后撞上沙洲。三个村子的渔船救起了大部分乘客。港务局说有九人溺水身亡。"
    assert set(found(report("x", SIGNS), report("y", SIGNS[:60]), report("z", other))) == {"x", "y"}
    assert found(report("x", SIGNS[:26] + other), report("y", other[::-1] + SIGNS[:14])) == {}


def test_a_thousand_copies_are_one_family_and_few_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    monkeypatch.setattr(copies, "shared", lambda *args: compared.append(args) or shared(*args))
    many = [report(f"r{i:04}", f"{STORY} Edition {i}.", "2019-03-13") for i in range(1000)]
    result = credited(many, {})
    assert len({copy.family for copy in result.values()}) == 1
    assert sum(copy.copy_of is None for copy in result.values()) == 1
    assert len(compared) <= 24 * 1000


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
