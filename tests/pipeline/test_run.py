"""`run` as a whole: the files, the same bytes whatever the order and the number of processes, bad input."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_lines import record_lines

from tollbook import __version__, sample
from tollbook.errors import InputError, OutputError, UsageError
from tollbook.model import Report
from tollbook.pipeline.analyse import Overlays, analyse
from tollbook.pipeline.run import RunOptions, Summary, run
from tollbook.reports import InputOptions
from tollbook.rows import encoded

Row = dict[str, Any]

STORY = "At least 40 people were killed when a roof fell in at Tessavar on 3 March 2019, the Civil Office said."


def row(report: str, text: str, **more: object) -> Row:
    return {"id": report, "text": text, "published": "2019-03-04", "publisher": "Wexmoor Wire", **more}


def jsonl(path: Path, rows: Iterable[object]) -> str:
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return str(path)


def read(out: Path, name: str) -> list[Row]:
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def told(out: Path, name: str = "run") -> Row:
    found: Row = json.loads((out / f"{name}.json").read_text(encoding="utf-8"))
    return found


def contents(out: Path) -> dict[str, str]:
    """The hash of every file but the one that holds times."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and path.name != "timing.json")
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def run_rows(folder: Path, rows: Sequence[object], options: RunOptions | None = None) -> Summary:
    return run([jsonl(folder / "in.jsonl", rows)], folder / "out", options)


ALL = RunOptions(annotations=True, parquet=True)
FILES = ["annotations", "characterisations", "claims", "findings", "incidents", "reports", "statements"]


# ---- the files ----


def test_a_run_writes_every_file_of_the_format(tmp_path: Path) -> None:
    summary = run_rows(tmp_path, [row("r1", STORY)], ALL)
    names = sorted(path.name for path in summary.out.iterdir())
    expected = [f"{name}.{ending}" for name in FILES for ending in ("jsonl", "parquet")]
    assert names == sorted([*expected, "run.json", "timing.json"])
    assert told(summary.out) == {
        "format": 1,
        "version": __version__,
        "options": {
            "rules": ["range"],
            "as_of": None,
            "annotations": True,
            "parquet": True,
            "strict": False,
            "max_size": 50_000_000,
            "sources": None,
            "places": None,
        },
        "counts": {name: len(read(summary.out, name)) for name in FILES},
        "failed": [],
        "skipped": [],
    }
    assert set(told(summary.out, "timing")["seconds"]) == {"inputs", "claims", "incidents", "findings", "files"}


def test_without_annotations_the_layers_beneath_are_left_out(tmp_path: Path) -> None:
    summary = run_rows(tmp_path, [row("r1", STORY)])
    assert not {path.name for path in summary.out.iterdir()} & {
        "annotations.jsonl",
        "statements.jsonl",
        "claims.parquet",
    }


def test_the_figure_goes_all_the_way(tmp_path: Path) -> None:
    out = run_rows(tmp_path, [row("r1", STORY)], RunOptions(rules=("acled", "range"))).out
    (claim,) = read(out, "claims")
    assert STORY[claim["start"] : claim["end"]] == claim["said"] == "At least 40 people"
    assert (claim["measure"], claim["group"], claim["low"], claim["high"]) == ("killed", "all", 40, None)
    (incident,) = read(out, "incidents")
    assert incident["claims"] == [claim["claim"]]
    assert claim["incident"] == incident["incident"] == read(out, "reports")[0]["incident"]
    findings = read(out, "findings")
    assert [one["rules"].partition("@")[0] for one in findings] == ["acled", "range"]
    assert findings[1]["low"] == 40


def test_every_span_of_the_sample_holds_its_words(tmp_path: Path) -> None:
    with sample.inputs() as inputs:
        summary = run(inputs, tmp_path / "out", ALL)
    assert summary.failed == ()
    reports = {report.id: report for report in summary.reports}
    for name in ("claims", "annotations", "characterisations"):
        for one in read(summary.out, name):
            report = reports[one["report"]]
            words = (report.title or "") if one["part"] == "title" else report.text
            assert words[one["start"] : one["end"]] == one["said"]


def test_extracted_texts_are_written_under_their_hash(tmp_path: Path) -> None:
    with sample.inputs() as inputs:
        out = run(inputs, tmp_path / "out").out
    texts = {path.stem: path.read_bytes() for path in (out / "texts").iterdir()}
    assert all(hashlib.sha256(data).hexdigest() == name for name, data in texts.items())
    pages = {one["text_sha256"] for one in read(out, "reports") if one["report"].endswith((".html", ".pdf"))}
    assert set(texts) == pages
    assert pages


def test_the_files_are_the_record_that_memory_holds(tmp_path: Path) -> None:
    """A run goes report by report and incident by incident, with all but numbers of nodes on disk."""
    with sample.path() as files:
        overlays = Overlays(sources=files / "sources.toml")
        summary = run([str(files / "reports")], tmp_path / "out", RunOptions(("acled", "range"), overlays=overlays))
        record = analyse(summary.reports, rules=("acled", "range"), overlays=overlays)
    for name, lines in record_lines(record).items():
        assert (tmp_path / "out" / f"{name}.jsonl").read_bytes() == b"".join(encoded(f"{one}\n") for one in lines), name


def test_a_common_parent_in_a_user_s_file_makes_two_origins_one(tmp_path: Path) -> None:
    texts = {
        "Lowland Post": "TARROW, March 14 (Norpress) - Nine people were killed by a silo in Tarrow, Iowa on Monday.",
        "Norvel Radio": "Nine people died on Monday in Tarrow, Iowa, where a silo of rye burst by the railway.",
    }
    lines = [
        {"id": outlet, "text": text, "published": "2031-03-14", "publisher": outlet} for outlet, text in texts.items()
    ]
    reports, sources = tmp_path / "reports.jsonl", tmp_path / "sources.toml"
    reports.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    entry = '[[source]]\nname = "{}"\nkind = "media"\nparent = "Norvel Group"\n'
    sources.write_text("".join(entry.format(name) for name in ("Norpress", "Norvel Radio")), encoding="utf-8")
    found = []
    for overlays in (Overlays(), Overlays(sources=sources)):
        out = run([str(reports)], tmp_path / "out", RunOptions(("range",), overlays=overlays)).out
        found += [(one["status"], one["origins"], one["parties"]) for one in read(out, "findings")]
    assert found == [("agreed", 2, ["Norpress", "Norvel Radio"]), ("single", 1, ["Norvel Group"])]


def test_a_users_own_sources_say_in_which_country_an_outlet_means_its_towns(tmp_path: Path) -> None:
    reports, sources = tmp_path / "reports.jsonl", tmp_path / "sources.toml"
    line = {"id": "r", "text": "Nine people died in a fire in Perth on Monday.", "publisher": "Norvel Radio"}
    reports.write_text(json.dumps(line) + "\n", encoding="utf-8")
    found = []
    for country in ("AU", "GB"):
        sources.write_text(f'[[source]]\nname = "Norvel Radio"\nkind = "media"\ncountry = "{country}"\n')
        copy = sources.rename(tmp_path / f"{country}.toml")
        out = run([str(reports)], tmp_path / "out", RunOptions(("range",), overlays=Overlays(sources=copy))).out
        found += [one["place"]["country"] for one in read(out, "incidents")]
    assert found == ["AU", "GB"]
    sources.write_text('[[source]]\nname = "Norvel Radio"\ncountry = "Norvelia"\n')
    with pytest.raises(UsageError, match="'Norvel Radio' must be a code"):
        run([str(reports)], tmp_path / "out", RunOptions(("range",), overlays=Overlays(sources=sources)))


def test_rows_are_sorted_by_id_then_offset(tmp_path: Path) -> None:
    with sample.inputs() as inputs:
        out = run(inputs, tmp_path / "out", RunOptions(("range", "acled"), annotations=True)).out
    for name, key in (("reports", "report"), ("claims", "claim"), ("incidents", "incident")):
        ids = [one[key] for one in read(out, name)]
        assert ids == sorted(ids)
    places = [(one["report"], one["part"], one["start"], one["end"]) for one in read(out, "annotations")]
    assert places == sorted(places)
    rules = [one["rules"].partition("@")[0] for one in read(out, "findings")]
    assert rules == sorted(rules, key=["range", "acled"].index)


def test_a_lone_surrogate_stops_nothing_and_keeps_offsets(tmp_path: Path) -> None:
    text = "\udc80İ " + STORY
    out = run_rows(tmp_path, [row("r\udc801", text, title="\ud800 40 killed")], ALL).out
    assert read(out, "reports")[0]["report"] == "r\udc801"
    claims = [claim for claim in read(out, "claims") if claim["part"] == "text"]
    assert [text[claim["start"] : claim["end"]] for claim in claims] == ["At least 40 people"]


# ---- the same bytes ----

WORDS = st.sampled_from(
    [
        "At least {n} people were killed in Tessavar on 3 March 2019, the Civil Office said.",
        "The Health Ministry put the toll at {n} dead, including {m} children.",
        "{n} people were injured and {m} are missing after the fire in Wexmoor.",
        "Dozens were hurt. Police denied that {n} people had died.",
        "Officials in Tessavar reported {n} dead.",
        "Page {n}.",
    ]
)
TEXTS = st.lists(
    st.builds(lambda words, n, m: words.format(n=n, m=m), WORDS, st.integers(2, 999), st.integers(2, 99)), max_size=3
).map(" ".join)
ROWS = st.lists(st.tuples(TEXTS, st.dates().map(str), st.sampled_from(["Wexmoor Wire", "Ledger", None])), max_size=7)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.randoms(use_true_random=False))
def test_shuffled_input_gives_the_same_bytes(drawn: list[tuple[str, str, str | None]], random: Any) -> None:
    rows = [
        {"id": f"r{number % 5}", "text": text or "Nothing.", "published": day, "publisher": publisher}
        for number, (text, day, publisher) in enumerate(drawn)
    ]
    shuffled = rows.copy()
    random.shuffle(shuffled)
    found = []
    for order in (rows, shuffled):
        with tempfile.TemporaryDirectory() as folder:
            found.append(contents(run_rows(Path(folder), order, RunOptions(annotations=True)).out))
    assert found[0] == found[1]


def test_one_process_and_two_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [row(f"r{number}", STORY.replace("40", str(number + 2))) for number in range(40)]
    found = []
    for jobs in (1, 2):
        with sample.inputs() as inputs:
            given_inputs = [*inputs, jsonl(tmp_path / "in.jsonl", rows)]
            options = RunOptions(("range", "acled"), annotations=True, parquet=True, jobs=jobs)
            found.append(contents(run(given_inputs, tmp_path / str(jobs), options).out))
    assert found[0] == found[1]


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    first = contents(run_rows(tmp_path, [row("r1", STORY)]).out)
    assert contents(run_rows(tmp_path, [row("r1", STORY)]).out) == first


def test_analyse_does_not_depend_on_order() -> None:
    def report(name: str, count: int) -> Report:
        text = STORY.replace("40", str(count))
        return Report(
            name, text, name, hashlib.sha256(text.encode()).hexdigest(), published="2019-03-04", language="en"
        )

    reports = [report(f"r{number}", number + 10) for number in range(5)]
    assert analyse(reports) == analyse(reversed(reports), jobs=1)


# ---- bad input ----


def errors(summary: Summary) -> dict[str, str]:
    found = {one["input"]: one["error"] for one in told(summary.out)["failed"]}
    assert all("\n" not in error for error in found.values())
    return found


def test_an_id_with_two_texts_fails_for_all_that_bear_it(tmp_path: Path) -> None:
    rows = [row("r1", STORY), row("r2", STORY), row("r1", "Nothing happened.")]
    summary = run_rows(tmp_path, rows)
    told = "in.jsonl: id 'r1': several texts have this id (in.jsonl); none is kept; give each report an id of its own"
    assert errors(summary) == {"in.jsonl": told}
    assert [one["report"] for one in read(summary.out, "reports")] == ["r2"]


def test_the_same_report_twice_is_kept_once_and_said(tmp_path: Path) -> None:
    summary = run_rows(tmp_path, [row("r1", STORY), row("r1", STORY, publisher="Ledger"), row("r1", STORY)])
    told = "in.jsonl: id 'r1': given 3 times with the same text (in.jsonl); kept once"
    assert errors(summary) == {"in.jsonl": told}
    assert len(read(summary.out, "reports")) == 1


def test_failures_are_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "empty.txt").write_text("")
    (inputs / "blank.txt").write_text(" \n\t\n")
    (inputs / "junk.txt").write_bytes(bytes(range(256)) * 40)
    (inputs / "good.txt").write_text(STORY)
    (inputs / "broken.jsonl").write_text(
        f'{json.dumps(row("r1", STORY))}\n{{"text": \n{json.dumps(row("r2", STORY))}\n'
    )
    (inputs / "loop").symlink_to(inputs)
    summary = run([str(inputs), str(tmp_path / "missing.txt")], tmp_path / "out")
    assert {one["report"] for one in read(summary.out, "reports")} == {"good.txt", "r1", "r2"}
    found = errors(summary)
    for name in ("empty.txt", "blank.txt", "junk.txt", "broken.jsonl", "loop", "missing.txt"):
        assert any(name in failed for failed in found), (name, found)


def test_strict_stops_at_the_first_and_writes_nothing(tmp_path: Path) -> None:
    rows = [row("r1", STORY), row("r1", "Nothing happened.")]
    with pytest.raises(InputError, match="id 'r1': the id is taken by another text"):
        run_rows(tmp_path, rows, RunOptions(strict=True))
    with pytest.raises(InputError, match="missing"):
        run([str(tmp_path / "missing.txt")], tmp_path / "out", RunOptions(strict=True))
    assert not (tmp_path / "out").exists()


def test_a_size_above_the_bound_is_refused_unless_allowed(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(STORY * 20)
    small = run([str(tmp_path / "long.txt")], tmp_path / "out", RunOptions(inputs=InputOptions(max_size=1000)))
    assert [one["input"] for one in told(small.out)["failed"]]
    assert read(small.out, "reports") == []
    assert run([str(tmp_path / "long.txt")], tmp_path / "out").failed == ()


def test_names_are_checked_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"(?s)acld.*acled.*range"):
        run([str(tmp_path / "missing.txt")], tmp_path / "out", RunOptions(rules=("acld",)))
    (tmp_path / "diary.txt").write_text("dear")
    with pytest.raises(OutputError, match="holds files that are not of a tollbook run"):
        run([str(tmp_path / "missing.txt")], tmp_path)


def test_a_result_inside_an_input_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    for out in (tmp_path / "out", tmp_path / "deep" / "er" / "out"):
        with pytest.raises(UsageError, match=r"lies inside the input .*; choose a folder beside it"):
            run([str(tmp_path)], out)
    (tmp_path / "in").mkdir()
    assert run([str(tmp_path / "in")], tmp_path / "in-record").failed


@pytest.mark.parametrize("text", ["[]", "{}", '{"format": 1}', "no json"])
def test_a_folder_that_only_looks_like_a_run_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(OutputError, match="holds files that are not of a tollbook run"):
        run([], tmp_path)


def test_no_hash_seed_shows(tmp_path: Path) -> None:
    found = []
    for seed in ("0", "4242"):
        with sample.inputs() as inputs:
            command = [sys.executable, "-m", "tollbook", "run", *inputs, "--out", str(tmp_path / seed), "--annotations"]
            subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, timeout=120)
        found.append(contents(tmp_path / seed))
    assert found[0] == found[1]
