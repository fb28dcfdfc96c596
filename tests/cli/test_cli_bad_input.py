"""Bad input to rules and rulings: one clear line each, nothing lost, nothing written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tollbook.cli import call, cli

EARLY = "At least 40 people were killed when a roof fell in at Tessavar on 3 March 2019, the Civil Office said."


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False, standalone_mode=False)


@pytest.fixture
def project(tmp_path: Path) -> str:
    folder = str(tmp_path / "atlas")
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": EARLY, "published": "2019-03-04"}) + "\n")
    assert invoke("init", folder).exit_code == 0
    assert invoke("add", str(tmp_path / "a.jsonl"), "--project", folder).exit_code == 0
    return folder


def claim_of(project: str) -> str:
    told = json.loads(invoke("explain", "killed", "--project", project, "--json").stdout)
    return str(told["quotes"][0]["claim"]["claim"])


@pytest.mark.parametrize("command", ["run", "show", "explain", "publish", "export"])
def test_an_unknown_rule_set_lists_the_choices_in_one_line(
    command: str, project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    given = {
        "run": ["run", str(tmp_path / "a.jsonl"), "--out", str(out)],
        "show": ["show", "--project", project],
        "explain": ["explain", "killed", "--project", project],
        "publish": ["publish", str(out), "--project", project],
        "export": ["export", "claims-jsonl", "--out", str(out), "--project", project],
    }[command]
    capsys.readouterr()
    status = call([*given, "--rules", "acledd"])
    said = capsys.readouterr()
    assert (status, said.out, out.exists()) == (2, "", False)
    assert said.err.count("\n") == 1
    assert "no rule set 'acledd'" in said.err
    assert all(name in said.err for name in ("acled", "airwars", "gtd", "range", "ucdp"))


def test_contradictory_rulings_the_later_stands_and_both_are_shown(project: str, tmp_path: Path) -> None:
    target = claim_of(project)
    for action, why in (("reject", "the list was wrong"), ("accept", "the list was right after all")):
        assert invoke("rule", target, action, "--why", why, "--project", project, "--name", "Ann").exit_code == 0
    explained = " ".join(invoke("explain", "killed", "--project", project).stdout.split())
    told = json.loads(invoke("explain", "killed", "--project", project, "--json").stdout)
    (finding,) = told["findings"]
    assert (finding["low"], finding["supports"], finding["set_aside"]) == (40, [target], [])
    for text in (explained, " ".join(finding["derivation"])):
        assert "by Ann: reject. Reason given: the list was wrong." in text
        assert "by Ann: accept. Reason given: the list was right after all." in text
        assert "ruling@1: the rulings on this claim contradict each other: the last of them stands." in text
    assert [one["action"] for one in told["rulings"]] == ["reject", "accept"]
    invoke("publish", str(tmp_path / "dossier"), "--project", project)
    (page,) = (tmp_path / "dossier").glob("incident-*.html")
    shown = re.sub(r"\s+", " ", page.read_text(encoding="utf-8"))
    assert "the list was wrong" in shown
    assert "the list was right after all" in shown
    assert "contradict each other: the last of them stands" in shown


def test_a_group_nobody_knows_is_kept_as_stated_with_a_notice(project: str, tmp_path: Path) -> None:
    invoke(
        "rule", claim_of(project), "correct", "group=lamplighters", "--why", "it says so below", "--project", project
    )
    explained = " ".join(invoke("explain", "killed/lamplighters", "--project", project).stdout.split())
    said = "the group “lamplighters” is in no list of groups: it is kept as stated."
    assert f"group@1: {said}" in explained
    invoke("publish", str(tmp_path / "dossier"), "--project", project)
    assert any(said in path.read_text(encoding="utf-8") for path in (tmp_path / "dossier").glob("*.html"))


def test_a_slip_in_a_group_is_asked_about(project: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = call(["rule", claim_of(project), "correct", "group=childrens", "--why", "so", "--project", project])
    said = capsys.readouterr().err
    assert (status, said.count("\n")) == (2, 1)
    assert "did you mean 'children'?" in said


def test_a_toll_that_falls_is_in_findings_notices_and_dossier(tmp_path: Path) -> None:
    later = EARLY.replace("At least 40", "35")
    rows = [("a", EARLY, "2019-03-04"), ("b", later, "2019-03-06")]
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": i, "text": t, "published": d}) + "\n" for i, t, d in rows))
    assert invoke("run", str(path), "--out", str(tmp_path / "out")).exit_code == 0
    (finding,) = map(json.loads, (tmp_path / "out" / "findings.jsonl").read_text().splitlines())
    assert any(line.startswith("fall@1: Civil Office counted fewer killed later") for line in finding["derivation"])
    reports = [json.loads(line) for line in (tmp_path / "out" / "reports.jsonl").read_text().splitlines()]
    assert [[one["code"] for one in report["notices"]] for report in reports] == [[], ["fall"]]
    (notice,) = reports[1]["notices"]
    assert later[notice["start"] : notice["end"]] == "35 people"
    project = str(tmp_path / "atlas")
    invoke("init", project)
    invoke("add", str(path), "--project", project)
    invoke("publish", str(tmp_path / "dossier"), "--project", project)
    text = " ".join(page.read_text(encoding="utf-8") for page in (tmp_path / "dossier").glob("*.html"))
    assert text.count("counted fewer killed later") >= 2
