"""Tables of text: widths on a terminal, breaks, what gives first."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.cli.console import Screen
from tollbook.cli.tabular import Table, broken, cells


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("34 !", 4),
        ("≥ 34 → 38", 9),
        ("陸上自衛隊", 10),
        ("ﾊﾝｶｸ", 4),
        ("é", 1),
        ("e\u0301", 1),
        ("וזארת הבריאות", 13),
        ("וִזָארַת", 5),
        ("وزارة", 5),
        ("한", 2),
        ("\u1112\u1161\u11ab", 2),
        ("\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}", 2),
        ("🚑", 2),
        ("", 0),
    ],
)
def test_how_many_cells_a_text_takes(text: str, width: int) -> None:
    assert cells(text) == width


def test_a_text_is_broken_between_words_and_a_long_word_where_it_must() -> None:
    assert broken("Civil Protection Office", 12) == ["Civil", "Protection", "Office"]
    assert broken("Civil Protection Office", 16) == ["Civil Protection", "Office"]
    assert broken("34 – 36  disputed", 40) == ["34 – 36  disputed"]
    assert broken("Norrmalmsdistriktet", 8) == ["Norrmalm", "sdistrik", "tet"]
    assert broken("1\N{NO-BREAK SPACE}200 people", 5) == ["1\N{NO-BREAK SPACE}200", "peopl", "e"]
    assert broken("陸上自衛隊", 5) == ["陸上", "自衛", "隊"]
    assert broken("ne\u0301e\u0301", 2) == ["ne\u0301", "e\u0301"]
    assert broken("", 5) == [""]


@given(st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"])), st.integers(2, 12))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(text: str, width: int) -> None:
    lines = broken(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_columns_stand_below_their_names() -> None:
    table = Table(
        ["who", "killed", "injured, police"], [["Health Ministry", "34 !", ""], ["陸上", "", "≥ 2"]], frozenset({1, 2})
    )
    assert [*table.head(80), *table.body(80)] == [
        "who               killed   injured, police",
        "──────────────────────────────────────────",
        "Health Ministry     34 !",
        "陸上                                   ≥ 2",
    ]


def test_the_widest_column_gives_first_and_names_stand_low() -> None:
    table = Table(["who", "killed, children"], [["Relief Desk", "1"]], frozenset({1}))
    assert [*table.head(24), *table.body(24)] == [
        "                 killed,",
        "who             children",
        "────────────────────────",
        "Relief Desk            1",
    ]
    assert max(map(cells, [*table.head(9), *table.body(9)])) <= 9


def test_a_table_without_a_rule() -> None:
    table = Table(["", "best"], [["killed", "1,040"]], frozenset({1}), rule=False)
    assert [*table.head(80), *table.body(80)] == ["         best", "killed  1,040"]


def test_what_is_no_terminal_gets_no_bold_names() -> None:
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        Screen().table(Table(["who"], [["Relief Desk"]]))
    assert stream.getvalue().splitlines()[0] == "who"


def test_a_terminal_without_box_signs_gets_hyphens() -> None:
    code = "from tollbook.cli.console import Screen; from tollbook.cli.tabular import Table;"
    code += "Screen().table(Table(['who'], [['Relief']]))"
    command = [sys.executable, "-X", "utf8=0", "-c", code]
    environment = {"PYTHONIOENCODING": "latin-1", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.splitlines() == ["who", "------", "Relief"]
