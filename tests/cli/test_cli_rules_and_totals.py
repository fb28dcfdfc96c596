"""`tollbook rules` and `tollbook total`, and `--rules` with a user's own file or Python function."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli_commands import invoke, made, process

# Invented: a bombing with two sources, and a flood.
BOMBING = """A bomb killed 12 people at the fish market of Orune on 3 May 2031, police said. 14 people were killed in
the bombing, Tarn Hospital said."""
FLOOD = "Floods in Velm killed at least 30 people on 9 June 2032, the mayor of Velm said."
OWN = """name = "handbook"
version = 3
about = "the lowest alone"
[figures]
high = "best"
best = ["lowest"]
"""
FUNCTION = '''
from tollbook.findings.ruleset import Case, Figures


def top_only(case: Case) -> Figures:
    """The highest that anybody says."""
    top = max((one.interval.low for one in case.standing), default=None)
    return Figures(top, top, top, (f"top-only@1: {top}.",))


def broken(case: Case) -> Figures:
    raise ValueError("no luck")


NUMBER = 3
'''


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("own")
    for name, text in (("bombing", BOMBING), ("flood", FLOOD)):
        (base / f"{name}.txt").write_text(text)
    folder = made(base, [str(base / "bombing.txt"), str(base / "flood.txt")])
    (folder / "rules").mkdir()
    (folder / "rules" / "handbook.toml").write_text(OWN)
    (base / "mine.py").write_text(FUNCTION)
    return folder


def figures(project: Path, rules: str) -> dict[tuple[str, str], tuple[object, object, object]]:
    done = invoke("show", "3 May 2031", "--project", str(project), "--rules", rules, "--json")
    found = json.loads(done.stdout)["findings"]
    return {(one["rules"], one["measure"]): (one["low"], one["best"], one["high"]) for one in found}


def test_a_project_s_own_rule_set_goes_by_its_name(project: Path) -> None:
    assert figures(project, "handbook")["handbook@3", "killed"] == (12, 12, 12)
    assert figures(project, "handbook@3") == figures(project, str(project / "rules" / "handbook.toml"))


def test_a_function_is_named_outright(project: Path) -> None:
    own = f"{project.parent / 'mine.py'}:top_only"
    assert figures(project, own)["top-only@1", "killed"] == (14, 14, 14)


def test_no_code_of_a_project_folder_runs(project: Path, tmp_path: Path) -> None:
    (project / "rules" / "sly.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    try:
        done = process("show", "--project", str(project), "--rules", "sly", cwd=tmp_path)
        invoke("rules", "--project", str(project))
    finally:
        (project / "rules" / "sly.py").unlink()
    assert done.returncode == 2
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        (
            "acld",
            "no rule set 'acld'; there are: acled, airwars, desinventar, gtd, ibc, majority, range, ucdp; of this ",
        ),
        ("acld", "of this project: handbook; your own is a file: --rules ./mine.toml"),
        ("handbook@2", "no version 2 of rule set 'handbook'; there is: handbook@3"),
        ("./none.toml", "none.toml: can't be read (No such file or directory)"),
        ("no.such:thing", "no.such:thing: can't be imported (ModuleNotFoundError"),
        ("MINE:nothing", "has no 'nothing'; write module:function"),
        ("MINE:NUMBER", "is neither a RuleSet nor a function"),
        ("MINE:broken", "mine.py:broken: failed on killed/all of "),
        ("none.py:x", "none.py: is no file"),
    ],
)
def test_what_is_none_is_one_line(project: Path, rules: str, line: str) -> None:
    given = rules.replace("MINE", str(project.parent / "mine.py"))
    done = process("show", "--project", str(project), "--rules", given, cwd=project.parent)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert line in done.stderr


def test_a_file_under_another_name_is_refused(project: Path) -> None:
    (project / "rules" / "manual.toml").write_text(OWN)
    try:
        done = process("show", "--project", str(project), "--rules", "manual", cwd=project.parent)
    finally:
        (project / "rules" / "manual.toml").unlink()
    assert "calls itself 'handbook'; name it 'manual', as the file" in done.stderr


def test_two_sets_of_one_name_are_refused(project: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(OWN + "low = 'none'\n")
    both = ("--rules", "handbook", "--rules", str(tmp_path / "mine.toml"))
    done = process("show", "--project", str(project), *both, cwd=tmp_path)
    assert "two rule sets are called 'handbook'; rename one of them" in done.stderr
    again = ("--rules", "handbook", "--rules", "handbook@3")
    assert invoke("show", "3 May 2031", "--project", str(project), *again).exit_code == 0


def test_a_run_names_the_file_and_its_hash(project: Path, tmp_path: Path) -> None:
    own = project / "rules" / "handbook.toml"
    invoke("run", str(project.parent / "flood.txt"), "--out", str(tmp_path / "out"), "--rules", str(own))
    told = json.loads((tmp_path / "out" / "run.json").read_text())["options"]
    assert told["rules"] == ["handbook"]
    assert told["own_rules"]["handbook@3"]["source"] == "handbook.toml"
    found = (tmp_path / "out" / "findings.jsonl").read_text()
    assert told["own_rules"]["handbook@3"]["sha256"] in found


def test_rules_lists_all_and_tells_of_one(project: Path) -> None:
    listed = invoke("rules", "--project", str(project)).stdout
    assert "range@1 " in listed
    assert "handbook@3       the lowest alone (handbook.toml)" in listed
    told = invoke("rules", "acled").stdout
    assert told.startswith("acled@1: deaths, the lowest until")
    assert "Source" in told or "ACLED" in told
    assert OWN.strip() in invoke("rules", "handbook", "--project", str(project)).stdout
    rows = [json.loads(line) for line in invoke("rules", "--json", "--project", str(project)).stdout.splitlines()]
    assert {"range@1", "handbook@3"} <= {row["rules"] for row in rows}


# ---- sums ----


def total(project: Path, *options: str) -> list[dict[str, object]]:
    done = invoke("total", "--project", str(project), "--json", *options)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_total_sums_minima_and_maxima_apart(project: Path) -> None:
    (row,) = total(project, "--measure", "killed", "--group", "all")
    assert (row["low"], row["high"], len(row["incidents"]), len(row["open"])) == (42, None, 2, 1)  # type: ignore[arg-type]


def test_a_total_by_grade_and_year(project: Path) -> None:
    rows = total(project, "--by", "grade", "--by", "year", "--measure", "killed")
    assert [(row["grade"], row["year"], row["low"], row["high"]) for row in rows] == [
        ("fair", "2031", 12, 14), ("not graded", "2032", 30, None),
    ]  # fmt: skip


def test_a_total_is_a_table_with_what_it_leaves_out(project: Path) -> None:
    shown = invoke("total", "--project", str(project), "--by", "grade", "--measure", "killed").stdout
    assert "12–14" in shown
    assert "≥ 30" in shown
    assert "A sum has no upper end (≥) where an incident has none: 1 incident." in shown


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--by", "gade"), "nothing is summed by 'gade'; there are: grade, year, country, place, kind"),
        (("--measure", "kiled"), "no measure 'kiled' has a figure; there are: killed"),
        (("--group", "women"), "no group 'women' has a figure; there are: all"),
    ],
)
def test_a_wrong_total_is_one_line(project: Path, options: tuple[str, ...], line: str) -> None:
    done = process("total", "--project", str(project), *options, cwd=project.parent)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert line in done.stderr


def test_a_ruled_grade_counts_and_a_wrong_one_is_refused(project: Path) -> None:
    where = ("--project", str(project))
    bombing = json.loads(invoke("show", "3 May 2031", *where, "--json").stdout)["incident"]["incident"]
    done = process("rule", bombing, "grade", "grade=good", "--why", "x", *where, cwd=project.parent)
    assert "no grade 'good'; there are: confirmed, fair, weak, contested, discounted, none" in done.stderr
    ruling = invoke("rule", bombing, "grade", "grade=confirmed", "--why", "the army's own report", *where).stdout
    assert "graded confirmed: the army's own report" in invoke("show", "3 May 2031", *where).stdout
    assert [row["grade"] for row in total(project, "--by", "grade", "--measure", "killed")] == [
        "confirmed",
        "not graded",
    ]
    invoke("rule", ruling.split()[1], "withdraw", "--why", "it was about another day", *where)
    assert [row["grade"] for row in total(project, "--by", "grade", "--measure", "killed")] == ["fair", "not graded"]
