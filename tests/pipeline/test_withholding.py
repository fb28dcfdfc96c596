"""What people withhold in a project, how they name it, and how one item is shown later."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from project_values import ANN, BEN, claim, log

from tollbook.bundles import verify as bundled
from tollbook.errors import UsageError
from tollbook.model import Span
from tollbook.pipeline.project import record, rule, verify
from tollbook.pipeline.publish import publish, reveal
from tollbook.pipeline.withholding import still_shown


def files(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))


def test_a_report_is_withheld_and_published_again_when_that_is_withdrawn(filled: Path, tmp_path: Path) -> None:
    publish(filled, tmp_path / "before")
    before = files(tmp_path / "before")
    made = rule(filled, "c.txt", "withhold", {}, "in danger", ANN)
    assert (made.values["report"], made.span) == ("c.txt", None)
    publish(filled, tmp_path / "now")
    now = files(tmp_path / "now")
    assert "40 people" in before
    assert not {word for word in ("40 people", "another river", "c.txt") if word in now}
    assert "5 people" in now, "another report tells of the same place"
    rule(filled, f"#{made.seq}", "withdraw", {}, "safe now", BEN)
    publish(filled, tmp_path / "after")
    told = ["claims.csv", "reports.csv", "findings.csv", "evidence.jsonl", "figures.jsonl"]
    assert [(tmp_path / "after" / name).read_bytes() for name in told] == [
        (tmp_path / "before" / name).read_bytes() for name in told
    ]
    assert verify(filled) == ()


def test_words_are_named_by_their_place_or_by_themselves(filled: Path) -> None:
    text = next(one.text for one in record(filled).reports if one.id == "c.txt")
    start = text.index("another river")
    by_place = rule(filled, f"c.txt {start}:{start + 13}", "withhold", {}, "tells where", ANN)
    assert (by_place.said, by_place.span) == ("another river", Span(start, start + 13))
    with pytest.raises(UsageError, match=f"is withheld already, by ruling #{by_place.seq}"):
        rule(filled, "c.txt", "withhold", {"words": "another  river"}, "another reason", BEN)
    assert rule(filled, "c.txt", "withhold", {"words": "another river"}, "tells where", ANN) == by_place


@pytest.mark.parametrize(
    ("target", "values", "line"),
    [
        ("z.txt", {}, "no claim, incident or report 'z.txt'"),
        ("c.txt 9:900", {}, "c.txt: 9:900 is no place in a text of 85 characters; write START:END"),
        ("c.txt 9:9", {}, "c.txt: 9:9 is no place in a text"),
        ("c.txt title 0:4", {}, "c.txt: 0:4 is no place in a title of"),
        ("c.txt", {"words": "no such words"}, "c.txt: the words “no such words” don't occur"),
        ("a.txt", {"words": "people were"}, "a.txt: the words “people were” occur 2 times: 17:28, 77:88; say which"),
        ("c.txt", {"name": "Orsa Lindal"}, "no report has the name 'Orsa Lindal'"),
        ("c.txt", {"name": "–"}, "'–' is no name"),
        ("c.txt", {"name": "Dorn", "words": "Dorn"}, "'withhold' takes either words or a name"),
        ("incident", {}, "an incident can't be withheld; withhold its reports"),
        ("claim", {"words": "people"}, "'words' are of a report"),
        ("c.txt", {"who": "x"}, "'withhold' has no value 'who'; there are: words, name"),
    ],
)
def test_what_can_not_be_withheld_is_one_line_and_no_event(
    filled: Path, target: str, values: dict[str, str], line: str
) -> None:
    found = record(filled)
    ids = {"incident": found.incidents[0].id, "claim": found.claims[0].id}
    events = log(filled)
    with pytest.raises(UsageError) as caught:
        rule(filled, ids.get(target, target), "withhold", dict(values), "because", ANN)
    assert str(caught.value).startswith(line)
    assert log(filled) == events


def test_a_report_is_no_target_of_other_actions(filled: Path) -> None:
    with pytest.raises(UsageError, match="'reject' is about a claim, not a report"):
        rule(filled, "c.txt", "reject", {}, "because", ANN)


def test_one_item_is_revealed_alone_even_when_it_is_withheld_no_more(filled: Path, tmp_path: Path) -> None:
    forty = claim(record(filled), "40 people")
    one = rule(filled, forty.id, "withhold", {}, "in danger", ANN)
    two = rule(filled, "c.txt", "withhold", {"name": "Dorn"}, "in danger", ANN)
    publish(filled, tmp_path / "out")
    lines = [json.loads(line) for line in (tmp_path / "out" / "redactions.jsonl").read_text().splitlines()]
    assert [(line["withheld"], line["kind"]) for line in lines] == [(one.seq, "claim"), (two.seq, "name")]
    rule(filled, f"#{one.seq}", "withdraw", {}, "safe now", BEN)
    shown = reveal(filled, one.seq)
    told = json.dumps([shown.salt, shown.kind, shown.content], sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(told.encode()).hexdigest() == shown.commitment == lines[0]["commitment"]
    assert shown.content["words"] == "40 people"
    item = {"withheld": one.seq, **{key: value for key, value in asdict(shown).items() if key != "number"}}
    assert bundled.verify(tmp_path / "out", revealed=[item])[-1].wrong == []
    for field, value in (
        ("content", {"words": "41 people"}),
        ("salt", "0" * 64),
        ("kind", "words"),
        ("withheld", two.seq),
    ):
        (wrong,) = bundled.verify(tmp_path / "out", revealed=[{**item, field: value}])[-1].wrong
        assert "is not what the bundle commits to" in wrong
    assert "nothing of that number" in bundled.verify(tmp_path / "out", revealed=[{**item, "withheld": 1}])[-1].wrong[0]
    with pytest.raises(UsageError, match=f"ruling 1 withholds nothing; there are: {two.seq}"):
        reveal(filled, 1)


def test_nothing_of_a_day_before_shows_what_is_withheld_today(filled: Path, tmp_path: Path) -> None:
    rule(filled, "c.txt", "withhold", {"name": "Dorn"}, "in danger", ANN)
    publish(filled, tmp_path / "out", as_of=record(filled).incidents[0].date.start)  # type: ignore[union-attr]
    assert "Dorn" not in files(tmp_path / "out")


def test_near_copies_that_stay_shown_are_named(filled: Path) -> None:
    made = rule(filled, "c.txt", "withhold", {}, "in danger", ANN)
    assert still_shown(filled, made) == []
