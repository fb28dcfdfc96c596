"""`--as-of` replays what was known: of any day the record is what the reports and rulings of that day give alone."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from project_values import ANN, BEN, claim, figure

from tollbook.cli import cli
from tollbook.model import Finding, Reading, Record, Report, Ruling, digest
from tollbook.pipeline.analyse import conclude, in_order, read_all
from tollbook.pipeline.known import made_by
from tollbook.pipeline.project import record, rule

FIRST = dt.date(2031, 5, 3)
SPEAKERS = ("Port Office", "Union", "Clinic")


def told(number: int, who: str, figure: int, days: int) -> Report:
    text = f"{figure} people were killed when a pier fell at Tessavar on 2 May 2031, the {who} said."
    sha = digest(text, length=64)
    return Report(
        f"r{number}", text, sha, sha, published=str(FIRST + dt.timedelta(days)), publisher=f"Paper {number % 3}"
    )


REPORTS = in_order(
    told(number, who, figure, days)
    for number, (who, figure, days) in enumerate(
        [("Port Office", 9, 0), ("Union", 14, 1), ("Port Office", 12, 2), ("Clinic", 12, 2), ("Port Office", 11, 5)]
    )
)
READINGS = read_all(REPORTS, jobs=1)
CLAIMS = [one for reading in READINGS for one in reading.claims]


@st.composite
def rulings(draw: st.DrawFn) -> tuple[Ruling, ...]:
    """Up to five rulings on claims, or on rulings before them, in the order in which they were made."""
    made: list[Ruling] = []
    for seq in range(1, draw(st.integers(0, 5)) + 1):
        days = draw(st.integers(_days(made[-1]) if made else 0, 6))
        when = f"{FIRST + dt.timedelta(days)}T10:00:00Z"
        about = draw(st.sampled_from(CLAIMS))
        action = draw(st.sampled_from(["accept", "reject", "correct", *(["withdraw"] if made else [])]))
        if action == "withdraw":
            made.append(Ruling(seq, action, "ann", when, "so", values={"ruling": draw(st.integers(1, seq - 1))}))
            continue
        text = next(one.text_sha256 for one in REPORTS if one.id == about.report)
        values: dict[str, str | int | float | None] = {"value": 13} if action == "correct" else {}
        made.append(
            Ruling(seq, action, "ann", when, "so", about.id, text, about.span, about.measure, values, about.said)
        )
    return tuple(made)


def _days(one: Ruling) -> int:
    return (dt.date.fromisoformat(one.when[:10]) - FIRST).days


def concluded(day: dt.date | None, rulings: tuple[Ruling, ...], reports: tuple[Report, ...] = REPORTS) -> Record:
    ids = {one.id for one in reports}
    readings: list[Reading] = [one for one in READINGS if one.report in ids]
    return conclude(reports, readings, rules=("range", "ucdp"), as_of=day, rulings=rulings)


@settings(deadline=None, max_examples=40)
@given(rulings(), st.integers(0, 6))
def test_an_earlier_day_is_the_record_of_the_reports_and_rulings_of_that_day(
    made: tuple[Ruling, ...], days: int
) -> None:
    day = FIRST + dt.timedelta(days)
    early = tuple(one for one in REPORTS if (one.published or "") <= day.isoformat())
    by_then = tuple(one for one in made if one.when[:10] <= day.isoformat())
    assert concluded(day, made) == concluded(day, by_then, early)
    undated = concluded(None, by_then, early)
    assert [_undated(one) for one in concluded(day, made).findings] == [_undated(one) for one in undated.findings]


@settings(deadline=None, max_examples=20)
@given(rulings())
def test_the_last_day_is_the_record_without_a_day(made: tuple[Ruling, ...]) -> None:
    last = concluded(FIRST + dt.timedelta(6), made)
    assert replace(last, findings=(), as_of=None) == replace(concluded(None, made), findings=())
    assert [_undated(one) for one in last.findings] == [_undated(one) for one in concluded(None, made).findings]


def _undated(one: Finding) -> Finding:
    """A finding without the day up to which it counts: asked for a day, that is the day."""
    return replace(one, as_of=None)


def test_a_source_s_correction_is_not_known_before_it_is_published() -> None:
    then, now = concluded(FIRST + dt.timedelta(4), ()), concluded(None, ())
    assert (then.findings[0].best, now.findings[0].best) != (None, None)
    assert any("fall@1: Port Office" in line for line in now.findings[0].derivation)
    assert not any("fall@1" in line for line in then.findings[0].derivation)
    assert any(notice.code == "fall" for report in now.reports for notice in report.notices)


def test_rulings_made_later_are_left_out_and_names_are_shown_as_today(filled: Path) -> None:
    twelve = claim(record(filled), "12 people")
    rule(filled, twelve.id, "reject", {}, "withdrawn by the board", ANN)
    assert twelve.id not in figure(record(filled)).supports
    before, after = (dt.date.fromisoformat(one.when[:10]) for one in (ANN, BEN))
    assert record(filled, as_of=after).rulings
    early = record(filled, as_of=before - dt.timedelta(1))
    assert (early.rulings, twelve.id in figure(early).supports) == ((), True)
    unmask = Ruling(7, "unmask", "ann", ANN.when, "an official", twelve.id, values={"name": "Ann"})
    masked = Ruling(8, "withdraw", "ann", BEN.when, "in danger", values={"ruling": 7})
    kept = Ruling(9, "accept", "ann", BEN.when, "read again", twelve.id)
    assert made_by([unmask, masked, kept], before) == (unmask, masked)


@pytest.mark.parametrize("command", ["show", "explain", "publish", "export", "explain --json"])
def test_every_command_replays_the_day(command: str, tmp_path: Path) -> None:
    project, told = str(tmp_path / "atlas"), tmp_path / "in.jsonl"
    keys = ("id", "text", "published", "publisher")
    told.write_text("".join(json.dumps({key: getattr(one, key) for key in keys}) + "\n" for one in REPORTS))
    run = CliRunner()
    for arguments in (["init", project], ["add", str(told), "--project", project]):
        assert run.invoke(cli, arguments, standalone_mode=False, catch_exceptions=False).exit_code == 0
    name, *more = command.split()
    out = str(tmp_path / "out")
    given = {"explain": ["killed", *more], "publish": [out], "export": ["claims-jsonl", "--out", out]}.get(name, more)
    shown = run.invoke(
        cli,
        [name, *given, "--project", project, "--as-of", "2031-05-04"],
        standalone_mode=False,
        catch_exceptions=False,
    ).stdout
    written = [path for path in (Path(out), *Path(out).rglob("*")) if path.is_file()]
    text = shown + "".join(path.read_text(encoding="utf-8", errors="ignore") for path in written)
    assert "14 people" in text or "14" in shown
    assert "12 people" not in text
    assert "11 people" not in text
