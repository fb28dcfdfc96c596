"""A figure told over decades by one side's voices: disputes, a part, a series, one party (all names invented)."""

import datetime as dt

from findings_build import Book, claim

from tollbook.findings import reconcile
from tollbook.model import DateRange, Finding, Incident

NIGHT = DateRange(dt.date(1973, 3, 25), dt.date(1973, 3, 26), "days", "said")
LEDRA = Incident("i1", "Ledra, 25–26 March 1973", "attack", NIGHT)
PRESIDENT = "President Mila Orvane"
SPEECH_2020, AGENCY_2017 = dt.date(2020, 7, 30), dt.date(2017, 2, 23)
SPEECH_2021, SPEECH_2024 = dt.date(2021, 7, 13), dt.date(2024, 2, 26)
WHOLE = claim(540, None, "agency", publisher="Velmark State News", as_of=AGENCY_2017)
CIVILIANS = claim("hundreds", PRESIDENT, "speech21", group="civilians", as_of=SPEECH_2021)

CLAIMS = [
    claim(540, PRESIDENT, "speech20", as_of=SPEECH_2020),
    claim(">1000", PRESIDENT, "speech20", "missing", as_of=SPEECH_2020),
    WHOLE,
    claim(
        97,
        None,
        "agency",
        group="women",
        publisher="Velmark State News",
        as_of=AGENCY_2017,
        part_of=WHOLE.id,
        basis="part",
    ),
    claim(52, None, "agency", group="children", publisher="Velmark State News", as_of=AGENCY_2017, part_of=WHOLE.id),
    claim(411, None, "agency", "injured", publisher="Velmark State News", as_of=AGENCY_2017),
    CIVILIANS,
    claim(86, PRESIDENT, "speech21", group="women", as_of=SPEECH_2021, basis="part", part_of=CIVILIANS.id),
    claim(52, PRESIDENT, "speech21", group="children", as_of=SPEECH_2021, basis="part", part_of=CIVILIANS.id),
    claim(11, PRESIDENT, "speech21", "recognised", "countries", unit="country", as_of=SPEECH_2021),
    claim(540, PRESIDENT, "speech24", as_of=SPEECH_2024),
    claim(120, PRESIDENT, "speech24", "missing", as_of=SPEECH_2024),
    claim(">1000", PRESIDENT, "speech24", "captured", as_of=SPEECH_2024),
    claim(">50", PRESIDENT, "speech24", group="children", as_of=SPEECH_2024),
    claim(">80", PRESIDENT, "speech24", group="women", as_of=SPEECH_2024),
    claim(16, PRESIDENT, "speech24", "recognised", "countries", unit="country", as_of=SPEECH_2024),
]


def found() -> dict[tuple[str, str], Finding]:
    return {(one.measure, one.group): one for one in reconcile([LEDRA], CLAIMS, sources=Book())}


def test_the_whole_has_its_part_below_it_and_one_origin() -> None:
    killed = found()["killed", "all"]
    assert (killed.low, killed.best, killed.high) == (540, 540, 540)
    assert (killed.status, killed.origins, killed.parties) == ("single", 1, ("Government of Velmark",))
    assert killed.conflicts == ()
    assert "100 by “hundreds civilians” (President Mila Orvane)" in " ".join(killed.derivation)
    assert any("belong to Government of Velmark and count as one source" in line for line in killed.derivation)


def test_two_figures_for_women_are_disputed_and_the_loose_one_fits_both() -> None:
    women = found()["killed", "women"]
    assert (women.status, women.low, women.best, women.high) == ("disputed", 86, None, 97)
    ids = {one.quantity.value: one.id for one in CLAIMS if one.group == "women"}
    assert women.conflicts == (tuple(sorted((ids[86], ids[97]))),)
    assert ids[80] in women.supports


def test_children_are_compatible() -> None:
    children = found()["killed", "children"]
    assert (children.status, children.low, children.best, children.high) == ("compatible", 52, 52, 52)


def test_one_speaker_contradicts_himself_years_apart() -> None:
    missing = found()["missing", "all"]
    assert (missing.status, missing.low, missing.best, missing.high) == ("disputed", 120, None, None)
    assert missing.origins == 1
    assert len(missing.conflicts) == 1


def test_a_count_that_grows_by_nature_is_a_series() -> None:
    recognised = found()["recognised", "countries"]
    assert (recognised.status, recognised.low, recognised.best, recognised.high) == ("series", 11, 16, 16)
    assert recognised.as_of == SPEECH_2024
    assert recognised.conflicts == ()


def test_a_figure_said_once_is_single() -> None:
    assert found()["injured", "all"].status == "single"
    captured = found()["captured", "all"]
    assert (captured.low, captured.best, captured.high) == (1000, 1000, None)
