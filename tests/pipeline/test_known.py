"""`--as-of`: the record of a day is the one that the reports published by then would give alone."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tollbook import sample
from tollbook.cli import cli
from tollbook.model import Report
from tollbook.pipeline.known import known
from tollbook.pipeline.run import RunOptions, run

DAY = dt.date(2019, 3, 5)
EARLY = "At least 40 people were killed when a roof fell in at Tessavar on 3 March 2019, the Civil Office said."
LATE = "The toll of the roof that fell in at Tessavar on 3 March 2019 has risen to 45 people killed, the Union said."


def rows(tmp_path: Path, *given: tuple[str, str, str | None]) -> str:
    path = tmp_path / "in.jsonl"
    told = [{"id": name, "text": text, "published": day} for name, text, day in given]
    path.write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
    return str(path)


def read(out: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def report(name: str, published: str | None) -> Report:
    return Report(name, "", "", "", published=published)


@pytest.mark.parametrize(
    ("published", "is_known"),
    [
        ("2019-03-05", True),
        ("2019-03-05T23:59:59+09:00", True),
        ("2019-03-06", False),
        (None, True),
        ("spring", True),
    ],
)
def test_the_day_as_written_decides(published: str | None, is_known: bool) -> None:
    split = known([report("a", published)], DAY)
    assert [one.id for one in split.reports] == (["a"] if is_known else [])
    assert [one.id for one in split.later] == ([] if is_known else ["a"])


def test_without_a_day_everything_is_known_and_nothing_said() -> None:
    split = known([report("a", None), report("b", "2999-01-01")], None)
    assert ([one.id for one in split.reports], split.later, split.notes) == (["a", "b"], (), ())


def test_what_came_later_is_in_no_file(tmp_path: Path) -> None:
    given = rows(tmp_path, ("a", EARLY, "2019-03-04"), ("b", LATE, "2019-03-06"), ("c", "Nothing new.", None))
    summary = run([given], tmp_path / "out", RunOptions(as_of=DAY, annotations=True))
    for path in (tmp_path / "out").glob("*.jsonl"):
        assert '"b"' not in path.read_text(encoding="utf-8"), path.name
        assert "45 people" not in path.read_text(encoding="utf-8"), path.name
    (finding,) = read(tmp_path / "out", "findings")
    assert (finding["low"], finding["high"], finding["as_of"], finding["status"]) == (40, None, "2019-03-05", "single")
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert told["skipped"] == [{"input": "b", "why": "published 2019-03-06, after 2019-03-05"}]
    assert told["counts"]["reports"] == 2
    assert summary.notes[-2:] == (
        "1 report published after 2019-03-05, left out",
        "1 report without a day of publication, taken as known",
    )


def test_a_day_of_the_sample_is_the_record_of_its_reports_alone(tmp_path: Path) -> None:
    with sample.path() as files:
        reports = str(files / "reports")
        whole = run([reports], tmp_path / "whole")
        days = sorted({day for one in whole.reports if (day := one.published_date)})
        middle = days[len(days) // 2]
        options = RunOptions(as_of=middle, annotations=True)
        run([reports], tmp_path / "then", options)
        alone = tmp_path / "alone.jsonl"
        early = known(whole.reports, middle)
        assert early.later
        assert len(early.reports) > 2
    keys = ("id", "text", "title", "published", "publisher", "url")
    alone.write_text("".join(json.dumps({key: getattr(one, key) for key in keys}) + "\n" for one in early.reports))
    run([str(alone)], tmp_path / "alone", options)
    for name in ("claims", "incidents", "findings", "characterisations", "statements", "annotations"):
        then, now = (tmp_path / out / f"{name}.jsonl" for out in ("then", "alone"))
        assert then.read_bytes() == now.read_bytes(), name


def test_a_project_shows_and_publishes_a_day_under_the_same_ids(tmp_path: Path) -> None:
    def call(*arguments: str) -> str:
        done = CliRunner().invoke(cli, arguments, catch_exceptions=False, standalone_mode=False)
        return done.stdout

    project = str(tmp_path / "atlas")
    call("init", project)
    call("add", rows(tmp_path, ("a", EARLY, "2019-03-04"), ("b", LATE, "2019-03-06")), "--project", project)
    day = ("--project", project, "--as-of", "2019-03-05")
    now, then = (json.loads(call("show", *more, "--json")) for more in (("--project", project), day))
    assert now["incident"]["incident"] == then["incident"]["incident"]
    assert [one["report"] for one in then["claims"]] == ["a"]
    shown = call("show", *day)
    assert shown.startswith(
        "What was known on 5 March 2019; reports published later and rulings made later are left out."
    )
    assert "45" not in shown
    call("publish", str(tmp_path / "dossier"), *day)
    for path in (tmp_path / "dossier").glob("in*.html"):
        text = path.read_text(encoding="utf-8")
        assert "What was known on 5 March 2019." in text
        assert "risen to" not in text
    assert call("show", "--project", project, "--as-of", "2019-03-01").endswith(
        "0 reports published by 2019-03-01 and no incident\n"
    )
