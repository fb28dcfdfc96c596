"""Swapped corpora keep their form: every gold row, its quote, what goes with what; nothing else changes."""

import json
import random
import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

import swap_dates
import swap_numbers
from mutate import regrouped
from swap_corpus import Mutation, families, read, write
from swap_text import Edit, Layer, apply, moved

TEXT = """Orvella, Feb. 24 (Reuters) - At least 12 people were killed and 30 of the 80 wounded remained in hospital,
Mayor Tomas Velbrand said on Monday. "Two of them were children," Mr Velbrand told reporters. MAYOR VELBRAND WEPT.
Maria Oskari, 43, a nurse, said three of the 12 died near Lyon, France, on February 25-26, 1992. Lyon had 1,200,000
people in 1990. A 17-year-old boy was shot 20 years ago at 12 Elm Street. Paris is the capital of France.
"""
GOLD = [
    ("At least 12 people were killed", 12, "Tomas Velbrand"),
    ("30 of the 80 wounded", 30, "Mayor Tomas Velbrand"),
    ("80 wounded", 80, "Velbrand"),
    ("Two of them were children", 2, "Mr Velbrand"),
    ("three of the 12 died", 3, "Maria Oskari"),
    ("Lyon had 1,200,000\npeople", 1_200_000, None),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One report with its gold and sidecar."""
    folder = tmp_path / "corpus"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "a.txt").write_text(TEXT, encoding="utf-8")
    about = {"title": "12 killed near Lyon", "published": "1992-02-27T08:00", "url": None}
    (folder / "reports" / "a.json").write_text(json.dumps(about), encoding="utf-8")
    rows = [
        {"file": "reports/a.txt", "quote": quote, "value": value, "attributed_to": by, "start": TEXT.index(quote)}
        | {"bound": "exact", "measure": "killed", "group": "all", "incident": "lyon", "attributed_alt": [by]}
        for quote, value, by in GOLD
    ]
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


@pytest.fixture(params=range(3))
def mutated(corpus: Path, request: pytest.FixtureRequest) -> tuple[str, list[dict], dict]:
    """The text, the gold and the sidecar of a mutation that was written and read again."""
    out = corpus.parent / "out"
    write(Mutation(read(corpus), request.param).corpus_of(), out)
    back = read(out)
    return back.texts["reports/a.txt"].text, back.gold, back.texts["reports/a.txt"].about


def test_every_row_is_there_and_its_quote_too(mutated: tuple[str, list[dict], dict]) -> None:
    text, gold, _ = mutated
    assert len(gold) == len(GOLD)
    for row in gold:
        assert text[row["start"] :].startswith(row["quote"])


def test_numbers_keep_their_order_and_kind(mutated: tuple[str, list[dict], dict]) -> None:
    text, gold, about = mutated
    killed, part, whole, two, three, people = (row["value"] for row in gold)
    assert two == 2 and three < killed < part < whole < people
    assert f"At least {killed} people" in text and f"{part} of the {whole} wounded" in text
    assert f" {killed} died" in text and about["title"].startswith(f"{killed} killed")
    assert f"{people:,}" in text
    assert re.search(r"said [a-z]+ of the", text)
    assert "A 17-year-old boy was shot 20 years ago at 12 Elm Street" in text


def test_a_name_is_the_same_everywhere(mutated: tuple[str, list[dict], dict]) -> None:
    text, gold, _ = mutated
    assert not re.search("velbrand|oskari", text, re.I)
    surname = re.search(r"Mayor (\w+) (\w+) said", text)
    assert surname and f"Mr {surname[2]} told" in text and f"MAYOR {surname[2].upper()} WEPT" in text
    assert gold[0]["attributed_to"] == f"{surname[1]} {surname[2]}" and gold[3]["attributed_alt"] == [
        f"Mr {surname[2]}"
    ]


def test_towns_change_and_countries_stay(mutated: tuple[str, list[dict], dict]) -> None:
    text, _, about = mutated
    town = re.search(r"near (\w+), France, on", text)
    assert town and town[1] != "Lyon" and "Lyon" not in text
    assert about["title"].endswith(f"near {town[1]}")


def test_dates_move_together(corpus: Path) -> None:
    mutation = Mutation(read(corpus), 3)
    one = mutation.corpus_of().texts["reports/a.txt"]
    assert 25 < mutation.shift.days % 365 < 340
    first = mutation.shift.day(1992, 2, 25)
    assert f"{first:%B} {first.day}-{first.day + 1}, {first.year}" in one.text
    assert one.about["published"] == mutation.shift.day(1992, 2, 27).isoformat() + "T08:00"
    weekday = swap_dates.DAYS[mutation.shift.days % 7].capitalize()
    assert f"said on {weekday}." in one.text


def test_one_kind_alone(corpus: Path) -> None:
    one = Mutation(read(corpus), 1, ["numbers"]).corpus_of().texts["reports/a.txt"]
    words = re.compile(r"\d[\d,]*|three|four|five|six")
    assert words.sub("#", one.text) == words.sub("#", TEXT) and one.text != TEXT
    assert "Feb. 24" in one.text and "February 25-26, 1992" in one.text


def test_the_same_seed_gives_the_same_corpus(corpus: Path) -> None:
    again = [Mutation(read(corpus), 5).corpus_of() for _ in range(2)]
    assert again[0] == again[1]
    assert Mutation(read(corpus), 6).corpus_of() != again[0]


def test_a_gold_row_that_is_not_in_its_text_is_an_error(corpus: Path) -> None:
    path = corpus / "gold.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("At least 12", "At most 12"), encoding="utf-8")
    with pytest.raises(ValueError, match="At most 12"):
        Mutation(read(corpus), 1).corpus_of()


def test_reports_of_one_incident_share_their_numbers(corpus: Path) -> None:
    rows = (corpus / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    (corpus / "reports" / "b.txt").write_text(TEXT, encoding="utf-8")
    (corpus / "reports" / "c.txt").write_text(TEXT, encoding="utf-8")
    more = rows[0].replace("a.txt", "b.txt")
    (corpus / "gold.jsonl").write_text("\n".join([*rows, more]) + "\n", encoding="utf-8")
    group = families(read(corpus))
    assert group["reports/b.txt"] == group["reports/a.txt"] != group["reports/c.txt"]
    mutation = Mutation(read(corpus), 2)
    assert mutation.numbers["reports/a.txt"] == mutation.numbers["reports/b.txt"]


CASES = [
    ("seven people and 1,000 homes", [7.0, 1000.0]),
    ("forty-two of 1.7 million", [42.0, 1_700_000.0]),
    ("a hundred and six villagers", [106.0]),
    ("half a million people", [500_000.0]),
    ("between 500-1,000 men", [500.0, 1000.0]),
    ("at 9:50 p.m., aged 31, 24 hours later, call (318) 673-7373", []),
    ("two thirds of the 366th regiment at 469 Vermont St.", []),
    ("Ann Lee, 43, of Dover", []),
]


@pytest.mark.parametrize(("text", "values"), CASES)
def test_what_is_a_count(text: str, values: list[float]) -> None:
    assert [one.value for one in swap_numbers.find(Layer(text))] == values


@given(st.lists(st.integers(0, 2_000_000), min_size=1, max_size=30), st.integers())
def test_a_map_of_numbers_never_turns_their_order_round(numbers: list[int], seed: int) -> None:
    text = " deaths; ".join(f"{number:,}" for number in numbers) + " deaths"
    table = swap_numbers.draw(swap_numbers.find(Layer(text)), random.Random(seed))
    pairs = sorted(table.items())
    assert all(a[1] < b[1] for a, b in pairwise(pairs))
    assert all(len(str(int(old))) == len(str(int(new))) for old, new in pairs)
    assert all(old == new for old, new in pairs if old < 3)


@given(
    st.text("ab", max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(1, 4), st.text("xy", max_size=5)))
)
def test_spans_follow_their_words(text: str, wanted: list[tuple[int, int, str]]) -> None:
    layer = Layer(text)
    for start, length, new in wanted:
        if start + length <= len(text):
            layer.put(start, start + length, new)
    edits = layer.edits()
    new = apply(text, edits)
    for at in range(len(text)):
        if layer.free(at, at + 1):
            assert new[moved(at, edits, end=False)] == text[at]
    assert moved(len(text), edits, end=True) == len(new)


def test_a_span_within_an_edit_covers_all_of_it() -> None:
    edits = [Edit(4, 6, "twenty")]
    assert (moved(5, edits, end=False), moved(5, edits, end=True)) == (4, 10)


DATES = [
    ("on Feb. 24, 1992", 30, "on March 25, 1992"),
    ("on 28 February 1992", 2, "on 1 March 1992"),
    ("BOGOTA, 6 DEC 89 (EFE)", 30, "BOGOTA, 5 JAN 90 (EFE)"),
    ("since March 2003, in May, you may march", 31, "since April 2003, in June, you may march"),
    ("1,992 people, 1992 and 2019-2022", 365, "1,992 people, 1993 and 2020-2023"),
    ("Thursday, and on Thu, 10 Nov 2011", 1, "Friday, and on Fri, 11 Nov 2011"),
    ("on the 2nd of June 2010", 1, "on the 3rd of June 2010"),
]


@pytest.mark.parametrize(("text", "days", "expected"), DATES)
def test_dates_as_texts_write_them(text: str, days: int, expected: str) -> None:
    layer = Layer(text)
    swap_dates.Shift(days).edit(layer, 1992)
    assert apply(text, layer.edits()) == expected


def test_a_range_over_two_months_is_refused() -> None:
    with pytest.raises(ValueError, match="two months"):
        swap_dates.Shift(4).edit(Layer("on 25-26 February 1992"), 1992)


def test_rows_that_stand_with_others_than_before() -> None:
    assert regrouped(["a", "a", "b", None], ["x", "x", "y", None]) == []
    assert regrouped(["a", "a", "b"], ["x", "y", "y"]) == [0, 1, 2]
