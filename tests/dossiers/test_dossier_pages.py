"""The pages beside the incidents': sources, counts, methods, corrections. What they tell, and what they must not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import dossier_records as made
import pytest

from tollbook.dossiers import html
from tollbook.dossiers.build import build
from tollbook.dossiers.decided import Changed
from tollbook.dossiers.methods import Method
from tollbook.dossiers.site.corrections import corrections
from tollbook.dossiers.site.counts import counts
from tollbook.dossiers.site.sources import Voice, voices
from tollbook.dossiers.value import Dossier
from tollbook.findings import RULES
from tollbook.model import Claim, Quantity, Record, Ruling
from tollbook.pipeline.described import described

WHEN = "2031-06-{:02}T10:00:00Z"


def ruling(seq: int, action: str, claim: Claim | None = None, why: str = "recounted", **values: object) -> Ruling:
    of = {"claim": claim.id} if claim else {}
    return Ruling(seq, action, "ann", WHEN.format(seq), why, values=values, **of)  # type: ignore[arg-type]


def by_words(record: Record, said: str) -> Claim:
    return next(one for one in record.claims if one.said == said)


def ruled(*rulings: Ruling) -> Dossier:
    return build(replace(made.small(), rulings=rulings))


def plain(path: Path) -> str:
    """What a page says, without tags and with single blanks."""
    text = path.read_text(encoding="utf-8")
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


# ---- sources ----


@pytest.fixture(scope="module")
def every() -> list[Voice]:
    return voices(build(made.small()))


def voice(every: list[Voice], name: str) -> Voice:
    return next(one for one in every if one.name == name)


def test_a_source_has_all_that_it_said_in_order_of_time(every: list[Voice]) -> None:
    office = voice(every, "Flood Office")
    assert [(one.day, one.column.label, one.entry.figure) for one in office.said] == [
        ("2031-05-07", "killed", "≥ 12"),
        ("2031-05-09", "killed", "31"),
        ("2031-05-09", "killed, women", "14"),
    ]
    assert [page.name for page in office.pages] == ["Orvesk, 6 May 2031"]


def test_its_page_says_what_became_of_each_and_who_copied_it(small_folder: Path) -> None:
    text = plain(small_folder / "source-flood-office.html")
    assert "What this source said: 3 figures in 1 incident" in text
    assert "At least 12 people died when the river Sarn left its bed, the Flood Office said." in text
    assert re.search(r"range@1: set aside : a later total of the same source stands, c\d+", text)
    assert "range@1: stands" in text
    assert "copied by R3 , Cadmer Post" in text or "copied by R2 , Cadmer Post" in text
    assert "relayed by Tallow Wire" in text


def test_what_an_outlet_relayed_is_told_apart_from_what_it_says() -> None:
    reports = [
        made.report("a.txt", "12 people died, the Flood Office said.", publisher="Radio Sarn"),
        made.report("b.txt", "31 people died.", publisher="Radio Sarn", published="2031-05-09"),
    ]
    claims = [
        made.claim(reports[0], "12 people", Quantity.exact(12), ("Flood Office", "government")),
        made.claim(reports[1], "31 people", Quantity.exact(31)),
    ]
    radio = voice(voices(build(made.record(reports, claims))), "Radio Sarn")
    assert [one.entry.figure for one in radio.said] == ["31"]
    assert [(one.row.name, one.entry.figure) for one in radio.relayed] == [("Flood Office", "12")]


def test_a_masked_source_has_a_page_under_its_number(small_folder: Path, every: list[Voice]) -> None:
    names = {one.name: one.file for one in every}
    masked = [name for name in names if name.startswith("[name")]
    assert len(masked) >= 2
    for name in masked:
        assert re.fullmatch(r"source-name-\d+\.html", names[name])
        assert (small_folder / names[name]).is_file()


def test_every_name_of_a_matrix_leads_to_a_page_that_is_there(large_folder: Path) -> None:
    page = next(large_folder.glob("incident-*.html")).read_text(encoding="utf-8")
    linked = set(re.findall(r'href="((?:source|count)-[^"#]+)"', page))
    assert len([name for name in linked if name.startswith("source-")]) == 40
    assert all((large_folder / name).is_file() for name in linked)


def links_of(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.html")):
        for link in re.findall(r'href="([^":]*)"', path.read_text(encoding="utf-8")):
            yield path.name, unescape(link)


def test_every_link_within_the_dossier_leads_to_something(small_folder: Path) -> None:
    ids = {
        path.name: set(re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8")))
        for path in small_folder.glob("*.html")
    }
    for name, link in links_of(small_folder):
        file, _, anchor = link.partition("#")
        assert not file or (small_folder / file).is_file(), (name, link)
        if anchor:
            assert anchor in ids[file or name], (name, link)


# ---- counts ----


def test_a_measure_has_a_table_of_each_group_with_its_incidents() -> None:
    killed = next(one for one in counts(build(made.small())) if one.measure == "killed")
    assert killed.file == "count-killed.html"
    assert [table.label for table in killed.tables] == ["killed", "killed, women", "killed, girls"]
    (line,) = killed.tables[0].lines
    assert len(line.drawn) == len(line.column.ruled) == 2
    assert (killed.tables[0].number, killed.tables[0].disputed) == (1, 1)


def test_a_measure_of_many_lines_goes_on_on_further_pages_and_loses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tollbook.dossiers.site.counts._MOST", 4)
    dossier = build(made.small())
    killed = next(one for one in counts(dossier) if one.measure == "killed")
    assert [leaf.file for leaf in killed.leaves] == ["count-killed.html", "count-killed-page-2.html"]
    assert [[table.label for table in leaf.tables] for leaf in killed.leaves] == [
        ["killed", "killed, women"],
        ["killed, girls"],
    ]
    files = dict(html.render(dossier))
    assert b"Page 2 of 2: killed, girls, 6 May 2031." in files["count-killed-page-2.html"]
    assert b'href="count-killed-page-2.html"' in files["count-killed.html"]


def test_a_measure_from_somebodys_own_words_makes_a_safe_file_name() -> None:
    one = made.report("a.txt", "12 people died.", publisher="Tallow Wire")
    claims = [made.claim(one, "12 people", Quantity.exact(12), measure=name) for name in ("../../x y", "x-y", "قتل")]
    files = sorted(count.file for count in counts(build(made.record([one], claims, findings=()))))
    assert files == ["count-count.html", "count-x-y-2.html", "count-x-y.html"]


# ---- methods ----


def test_the_methods_page_has_each_rule_sets_text_and_what_words_mean_to_it(tmp_path: Path) -> None:
    sets = [RULES["range"], RULES["acled"]]
    text = plain(html.write(build(made.small(), methods=described(sets)), tmp_path / "out").parent / "methods.html")
    for rules in sets:
        assert f"{rules.id} " in text
        assert rules.about in text
    assert "dozens ≥ 24 12" in text


@pytest.mark.parametrize("name", sorted(RULES))
def test_no_word_of_a_built_in_is_lost_in_its_parts(name: str) -> None:
    (method,) = described([RULES[name]])
    told = " ".join(f"{part}: {words}" if part else words for part, words in method.parts)
    wanted = "\n".join(method.told.strip().splitlines()[1:])
    assert told.split() == wanted.split()
    assert all(reading for _, reading in method.words)


def test_a_users_own_rule_set_is_shown_as_written_with_names_masked(tmp_path: Path) -> None:
    own = Method("range@1", "as Orsa Lindal counts", 'about = "Orsa Lindal"\n<b>', source="mine.toml", sha256="ab")
    page = html.write(build(made.small(), methods=[own]), tmp_path / "out").parent / "methods.html"
    text = page.read_text(encoding="utf-8")
    assert "Lindal" not in text
    assert "&lt;b&gt;" in text
    assert "mine.toml" in plain(page)


def test_a_dossier_without_texts_says_how_to_get_them(small_folder: Path) -> None:
    assert "tollbook rules acled prints it" in plain(small_folder / "methods.html")


# ---- corrections ----


def test_a_correction_has_what_was_what_is_and_why() -> None:
    claim = by_words(made.small(), "31 people")
    (one,) = corrections(ruled(ruling(5, "correct", claim, value=33)))
    assert (one.day, one.done, one.of, one.source) == ("5 June 2031", "Corrected", "killed", "Flood Office")
    assert one.ruling.changes == (Changed("figure", "31", "33"),)
    assert one.ruling.why == "recounted"


def test_a_withdrawal_says_what_is_again_and_the_ruling_that_it_was_taken_back() -> None:
    claim = by_words(made.small(), "31 people")
    first, second = (
        ruling(5, "correct", claim, value=33),
        ruling(6, "withdraw", why="page 4 is of another town", ruling=5),
    )
    latest, earlier = corrections(ruled(first, second))
    assert latest.ruling.changes == (Changed("figure", "33", "31"),)
    assert (latest.done, latest.of, latest.source) == ("A ruling taken back", "killed", "Flood Office")
    assert earlier.ruling.changes == (Changed("figure", "31", "33"),)
    assert earlier.ruling.taken == "taken back on 6 June 2031: page 4 is of another town"
    assert not earlier.ruling.counts


def test_a_rejection_and_its_acceptance_again_are_both_told_and_a_note_is_not() -> None:
    claim = by_words(made.small(), "44 dead")
    told = corrections(ruled(ruling(5, "reject", claim), ruling(6, "accept", claim), ruling(7, "note", claim)))
    assert [(one.done, [(c.was, c.now) for c in one.ruling.changes]) for one in told] == [
        ("Accepted as read", [("set aside", "counts")]),
        ("Set aside", [("counts", "set aside")]),
    ]


def test_what_corrects_nothing_is_not_there(small_folder: Path) -> None:
    claim = by_words(made.small(), "44 dead")
    assert corrections(ruled(ruling(5, "accept", claim))) == []
    assert "Nothing in this dossier was corrected" in plain(small_folder / "corrections.html")


def test_nobody_is_named_who_is_masked_and_nobody_who_ruled(tmp_path: Path) -> None:
    claim = by_words(made.small(), "31 people")
    dossier = ruled(ruling(5, "correct", claim, "Orsa Lindal told ann", source="Tessaly Lindal", source_kind="witness"))
    text = (html.write(dossier, tmp_path / "out").parent / "corrections.html").read_text(encoding="utf-8")
    assert "Lindal" not in text
    assert "[name " in text
    assert "Said by" in text or "said by" in text


def test_of_what_is_withheld_no_change_is_told() -> None:
    claim = by_words(made.small(), "31 people")
    text = next(one.text_sha256 for one in made.small().reports if one.id == claim.report)
    words = {"text_sha256": text, "span": claim.span, "measure": claim.measure, "said": claim.said}
    withheld = replace(ruling(6, "withhold", claim, "at the family’s wish"), **words)  # type: ignore[arg-type]
    found = corrections(ruled(ruling(5, "correct", claim, value=33), withheld))
    assert [(one.done, one.ruling.changes, one.ruling.why, one.ruling.said) for one in found] == [
        ("Corrected", (), "", "correct")
    ]


def test_two_builds_give_the_same_bytes() -> None:
    claim = by_words(made.small(), "31 people")
    rulings = (ruling(5, "correct", claim, value=33), ruling(6, "withdraw", ruling=5))
    first, second = (dict(html.render(ruled(*rulings))) for _ in range(2))
    assert first == second
