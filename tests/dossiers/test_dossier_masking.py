"""Who is masked and who is not, case by case, and that nothing leaks by another way."""

from __future__ import annotations

from dataclasses import replace

import dossier_records as made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.dossiers.cues import words_of
from tollbook.dossiers.enrolling import prepare
from tollbook.dossiers.masking import Masker
from tollbook.dossiers.masks import Masked, apply
from tollbook.dossiers.names import find
from tollbook.dossiers.sources import NoSources
from tollbook.dossiers.wordlists import load_name_words
from tollbook.model import Place, Quantity, Record, Report, Ruling, SourceKind

WORDS = load_name_words()


def masker(*texts: str, title: str | None = None, rulings: tuple[Ruling, ...] = ()) -> Masker:
    reports = tuple(Report(f"r{i}", text, made.sha(text), made.sha(text), title=title) for i, text in enumerate(texts))
    return prepare(Record(reports, rulings=rulings), WORDS, NoSources())


MASKED = [
    ("A 76-year-old man, Orhan Veltri, was killed.", "A 76-year-old man, [name 1], was killed."),
    ("Leyla, 9, and her brothers Omar and Sami fell.", "[name 1], 9, and her brothers [name 2] and [name 3] fell."),
    ("Mother of Fatima Al-Hassan tells of loss.", "Mother of [name 1] tells of loss."),
    ("Abu Bakr al-Torvi and Jean-Pierre de la Cruz died.", "[name 1] and [name 2] died."),
    ("J. K. Orman was identified as the victim.", "[name 1] was identified as the victim."),
    ("Orhan's mother said he was 12.", "[name 1]'s mother said he was 12."),
    ("Marta Ödegård-Öz’s son was hurt.", "[name 1]’s son was hurt."),
    ("Mrs Veltri wept.", "Mrs [name 1] wept."),
    ("Dr Tam Ols treated 14 people.", "Dr [name 1] treated 14 people."),
    ("Grace Baker, a teacher, said so.", "[name 1], a teacher, said so."),
    ("The body of Tem was found.", "The body of [name 1] was found."),
    ("Baby Ivo survived.", "[name 1] survived."),
    ("Ana Birk, the mayor's driver, was killed.", "[name 1], the mayor's driver, was killed."),
    ("Governor Dana Quell was killed in the blast.", "Governor [name 1] was killed in the blast."),
    ("ORHAN VELTRI, 34, WAS AMONG THE DEAD, POLICE SAID.", "[name 1], 34, WAS AMONG THE DEAD, POLICE SAID."),
    ("POLICE SAID KARIM BAKER AND ORSA LINDAL DIED IN HARIM.", "POLICE SAID [name 1] AND [name 2] DIED IN HARIM."),
    ("Family Mourns Orsa Lindal After Harim Flood", "Family Mourns [name 1] After Harim Flood"),
    ("Иван Петров, 34, погиб.", "[name 1], 34, погиб."),
    ("Dead:\n1. Orsa Lindal\n2. Tem Birk\n", "Dead:\n1. [name 1]\n2. [name 2]\n"),
    ("Orsa\nLindal, 9, was hurt.", "[name 1], 9, was hurt."),
    ("Write to orsa@mail.example or @orsalindal, +44 20 7946 0018.", "Write to [contact] or [contact], [contact]."),
    ("Orsa Lindal saw it. LINDAL spoke. Lindal’s son hid.", "[name 1] saw it. [name 1] spoke. [name 1]’s son hid."),
    ("Ana Birk, secretary, and the driver died.", "[name 1], secretary, and the driver died."),
    ("Rose Hill saw it. Hill said the water rose.", "[name 1] saw it. [name 1] said the water rose."),
    ("Orsa Lindal and O. Lindal are one.", "[name 1] and [name 1] are one."),
]  # fmt: skip

SHOWN = [
    "President Ilan Sorek said 12 people died. Sorek left.",
    "The mayor of Harim, Dana Orvelle, said so. Orvelle was calm.",
    "Ana Birk, the deputy mayor, said so. Ms Birk left.",
    "Foreign Minister Sella Orwick, 54, said 40 beds were ready.",
    "Lt. Col. Rovan Pell, a spokesman, said that.",
    "The United Nations Security Council met on Tuesday.",
    "Human Rights Watch and the Red Cross counted 12 in Harim Valley.",
    "Eleven Killed As Flood Hits Harim Valley Town",
    "AT LEAST NINE PEOPLE WERE KILLED AND DOZENS INJURED ON TUESDAY.",
    "Children were killed. Soldiers, 12, died. Residents were hurt.",
    "Deaths: 12\nMissing: 3\n",
    "Police, 12 soldiers and 3 Americans were killed. Turks were killed.",
    "On Christmas Day many prayed in Old Harim Church.",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_private_persons_are_masked(text: str, masked: str) -> None:
    assert masker(text).text(text) == masked


@pytest.mark.parametrize("text", SHOWN)
def test_officials_bodies_places_and_plain_words_are_shown(text: str) -> None:
    assert masker(text).text(text) == text


def test_a_person_has_one_number_in_all_texts_and_a_surname_finds_its_owner() -> None:
    mask = masker("Orsa Lindal, 9, was hurt.", "“We ran,” Lindal said. Tem Birk ran too.")
    assert mask.text("Lindal and Birk met ORSA LINDAL.") == "[name 1] and [name 2] met [name 1]."


def test_a_surname_of_two_persons_is_the_one_named_last_before_it() -> None:
    text = "Orsa Lindal, 9, was hurt. Tem Lindal saw it. Lindal wept."
    assert masker(text).text(text) == "[name 1], 9, was hurt. [name 2] saw it. [name 2] wept."
    assert masker(text).text("Lindal wept.") == "[name 1 or 2] wept."


def test_a_surname_that_is_also_a_town_is_masked_unless_something_is_in_that_town() -> None:
    one = made.report("r", "Maria Torva, 9, was hurt. Torva wept.")
    claim = made.claim(one, "9", Quantity.exact(9))
    record = made.record([one], [replace(claim, place=Place("Torva"))], findings=())
    assert prepare(record, WORDS, NoSources()).text("Torva wept.") == "[name 1] wept."
    other = made.report("s", "Nine died in Torva.")
    both = replace(record, reports=(one, other))
    assert prepare(both, WORDS, NoSources()).text("Torva wept.") == "Torva wept."


def test_numbers_go_by_first_appearance_and_say_nothing_of_the_name() -> None:
    assert masker("Zora Wex, 3, and Abel Ankt, 4.").text("Abel Ankt, Zora Wex") == "[name 2], [name 1]"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/2031/orsa-lindal-hurt",
        "https://a.example/ORSA%2DLINDAL",
        "https://a.example/x?q=lindal",
        "https://a.example/@orsalindal/post",
        "https://orsalindal.example/",
        "https://a.example/strange-unseen-xyloq-vantrim",
    ],
)
def test_an_address_with_a_name_is_withheld(url: str) -> None:
    address, host, withheld = masker("Orsa Lindal, 9, was hurt.").url(url)
    assert (address, withheld) == (None, True)
    assert "lindal" not in host


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://u:p@a.example/", "http://[", "", None],
)
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    assert masker("").url(url)[0] is None


def test_an_address_without_names_stays_as_it_is() -> None:
    url = "https://tallow.example/2031/05/07/harim-flood?page=2"
    assert masker("A flood in Harim.").url(url) == (url, "tallow.example", False)


def unmask(seq: int, why: str, action: str = "unmask", **values: str | int) -> Ruling:
    return Ruling(seq, action, "someone", "2031-05-09T10:00:00Z", why, claim="c" * 16, values=dict(values))


def test_a_ruling_with_a_reason_shows_a_name_and_its_withdrawal_masks_it_again() -> None:
    text = "Orsa Lindal, 9, was hurt. Tem Birk, 8, too."
    shown = unmask(1, "she asked to be named", name="Orsa Lindal")
    assert masker(text, rulings=(shown,)).text(text) == "Orsa Lindal, 9, was hurt. [name 1], 8, too."
    taken_back = unmask(2, "she asked not to be", action="withdraw", ruling=1)
    assert masker(text, rulings=(shown, taken_back)).text(text) == "[name 1], 9, was hurt. [name 2], 8, too."


def test_a_ruling_without_a_reason_shows_nothing() -> None:
    text = "Orsa Lindal, 9, was hurt."
    assert masker(text, rulings=(unmask(1, "  ", name="Orsa Lindal"),)).text(text) == "[name 1], 9, was hurt."


@pytest.mark.parametrize("kind", ["person", "witness", "medics", "anonymous"])
def test_a_source_that_may_be_a_private_person_is_masked_by_its_kind(kind: SourceKind) -> None:
    one = made.report("r", "Twelve died, Veltri said.")
    claim = made.claim(one, "Twelve", Quantity.exact(12), ("Veltri", kind))
    mask = prepare(made.record([one], [claim]), WORDS, NoSources())
    assert mask.name(claim.attribution[0]) == "[name 1]"
    assert mask.text(one.text) == "Twelve died, [name 1] said."


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ivo Karst", "official"),
        ("Karst Relief", "organisation"),
        ("Daily Veltri", "media"),
        ("a resident", "witness"),
        ("doctors", "medics"),
        ("Orvask General Hospital", "medics"),
    ],
)
def test_officials_bodies_and_nameless_sources_are_shown(name: str, kind: SourceKind) -> None:
    one = made.report("r", f"Twelve died, {name} said.")
    claim = made.claim(one, "Twelve", Quantity.exact(12), (name, kind))
    assert prepare(made.record([one], [claim]), WORDS, NoSources()).name(claim.attribution[0]) == name


def test_a_person_whom_a_reader_took_for_a_body_is_masked_all_the_same() -> None:
    one = made.report("r", "Twelve died, Maria Veltri said.")
    claim = made.claim(one, "Twelve", Quantity.exact(12), ("Maria Veltri", "organisation"))
    mask = prepare(made.record([one], [claim]), WORDS, NoSources())
    assert mask.name(claim.attribution[0]) == "[name 1]"


@given(st.text(max_size=200))
def test_candidates_and_words_lie_in_any_text(text: str) -> None:
    for word in words_of(text):
        assert text[word.start : word.end] == word.text
    for candidate in find(text, WORDS):
        assert 0 <= candidate.start < candidate.end <= len(text)


@given(st.text(alphabet="Orsa Lindal,. \n9İ’-é\u0301\u202e\ud800مرحبا", max_size=120))
def test_a_masked_name_never_survives(text: str) -> None:
    mask = masker("Orsa Lindal, 9, was hurt.")
    shown = mask.text(f"{text} Orsa Lindal {text}")
    assert "Orsa Lindal" not in shown


def test_a_masked_stretch_that_crosses_an_edge_is_never_shown_in_part() -> None:
    mask = [Masked(4, 10, "[name 1]")]
    assert apply("Ask Lindal now", 0, 6, mask) == "Ask [name 1]"
    assert apply("Ask Lindal now", 6, 14, mask) == " now"
