"""The commands from end to end, as a user runs them: `run`, `demo`, and a project from `init` to `publish`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tollbook import sample
from tollbook.cli import MODULES, call, cli

STORY = "At least 40 people were killed when a roof fell in at Tessavar on 3 March 2019, the Civil Office said.\n"
LATER = "The toll of the roof that fell in at Tessavar on 3 March 2019 has risen to 45 people killed, the Union said.\n"


def invoke(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=stdin, catch_exceptions=False, standalone_mode=False)


def process(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tollbook", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=120)


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text, day, publisher in (("a", STORY, "2019-03-04", "Ledger"), ("b", LATER, "2019-03-06", "Lantern")):
        (folder / f"{name}.txt").write_text(text)
        (folder / f"{name}.json").write_text(json.dumps({"published": day, "publisher": publisher}))
    return folder


# ---- run ----


def test_run_says_what_it_wrote(reports: Path, tmp_path: Path) -> None:
    done = invoke("run", str(reports), "--out", str(tmp_path / "out"))
    assert done.return_value == 0
    assert done.stdout.startswith(f"{tmp_path / 'out'}: 2 reports, 2 claims, 1 incident, ")
    assert done.stderr == ""


def test_run_reads_standard_input(tmp_path: Path) -> None:
    done = invoke("run", "-", "--out", str(tmp_path / "out"), "--json", stdin=STORY)
    (told,) = lines(done.stdout)
    assert told["counts"]["reports"] == 1
    assert told["failed"] == []


def test_a_failed_input_is_one_line_and_status_1(reports: Path, tmp_path: Path) -> None:
    (reports / "c.txt").write_text("")
    done = process("run", str(reports), "--out", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("tollbook: c.txt: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout.endswith("; 1 of the inputs failed\n")
    assert len((tmp_path / "out" / "reports.jsonl").read_text().splitlines()) == 2


def test_strict_stops_with_the_first_failure(reports: Path, tmp_path: Path) -> None:
    (reports / "c.txt").write_text("")
    done = process("run", str(reports), "--out", "out", "--strict", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert not (tmp_path / "out").exists()


def test_a_wrong_rule_set_lists_the_choices(reports: Path, tmp_path: Path) -> None:
    done = process("run", str(reports), "--out", "out", "--rules", "acld", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("tollbook: no rule set 'acld'; there are: acled, ")


def test_an_output_folder_of_something_else_is_refused(reports: Path, tmp_path: Path) -> None:
    done = process("run", str(reports), "--out", str(reports), cwd=tmp_path)
    assert done.returncode == 5
    assert "holds files that are not of a tollbook run; choose another folder" in done.stderr
    assert sorted(path.name for path in reports.iterdir()) == ["a.json", "a.txt", "b.json", "b.txt"]


def test_a_full_disk_is_one_line(reports: Path, tmp_path: Path) -> None:
    limited = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); from tollbook.cli import main; main()"
    command = [sys.executable, "-B", "-c", limited, "run", str(reports), "--out", "out"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert done.returncode == 5
    assert done.stderr == "tollbook: out: no space left; nothing was written; free some or choose another\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reports"]


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, tollbook.cli; tollbook.cli.call(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"rich", "httpx", "trafilatura", "sqlite3", "jinja2", "tollbook.model", "tollbook.pipeline"}


def loaded_by(*arguments: str, cwd: Path) -> set[str]:
    """The modules that one command loads."""
    code = "import sys, tollbook.cli; tollbook.cli.call(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd)
    return set(done.stderr.split())


def test_show_loads_what_it_prints_and_no_more(reports: Path, tmp_path: Path) -> None:
    folder = made(tmp_path, [str(reports)])
    loaded = loaded_by("show", "Tessavar", "--project", str(folder), cwd=tmp_path)
    ours = {name for name in loaded if name.startswith("tollbook")}
    unneeded = {"rich", "httpx", "jinja2", "tomllib", "difflib", "multiprocessing", "tollbook.dossiers.html"}
    assert not loaded & unneeded
    assert not {name for name in ours if name.startswith(("tollbook.claims.", "tollbook.audit", "tollbook.sheets"))}
    assert not {name for name in ours if name.startswith(("tollbook.bundles", "tollbook.warc"))}
    assert {name for name in ours if name.startswith("tollbook.findings.rules.")} == {"tollbook.findings.rules.range"}
    assert {name for name in ours if name.startswith("tollbook.cli.")} == {
        f"tollbook.cli.{name}" for name in ("console", "options", "project", "tables", "tabular")
    }
    assert len(ours) < 180  # of 380: another on this way is a choice


def test_a_command_is_found_in_the_module_that_has_it() -> None:
    for module, names in MODULES.items():
        commands = import_module(f"tollbook.cli.{module}").COMMANDS
        assert tuple(sorted(command.name for command in commands)) == names


@pytest.mark.parametrize("command", ["run reports --out out --json", "demo"])
def test_a_closed_pipe_is_no_error(reports: Path, tmp_path: Path, command: str) -> None:
    piped = f"set -o pipefail; {sys.executable} -m tollbook {command} | true"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", [("run", "reports", "--out", "out"), ("demo", "--out", "out")])
def test_a_file_of_ones_own_is_not_swept_away(reports: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    assert process(*command, cwd=tmp_path).returncode == 0
    (tmp_path / "out" / ".DS_Store").write_text("a system's")
    assert process(*command, cwd=tmp_path).returncode == 0
    (tmp_path / "out" / "notes.txt").write_text("mine")
    done = process(*command, cwd=tmp_path)
    assert (done.returncode, "holds files that are not of" in done.stderr) == (5, True)
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


# ---- demo ----


def test_the_demo_prints_the_matrix_and_writes_the_dossier(tmp_path: Path) -> None:
    done = process("demo", "--out", "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "who" in done.stdout
    assert "killed" in done.stdout
    assert "range@1" in done.stdout
    assert "acled@1" in done.stdout
    index = tmp_path / "demo" / "dossier" / "index.html"
    assert done.stdout.splitlines()[-1] == f"dossier: {index.as_uri()}"
    assert index.is_file()
    assert json.loads((tmp_path / "demo" / "record" / "run.json").read_text())["counts"]["reports"] == 14
    assert process("demo", "--out", "demo", cwd=tmp_path).returncode == 0


def test_a_terminal_without_unicode_gets_escapes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tollbook", "demo", "--out", "demo"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u2265" in done.stdout


# ---- a project ----


def made(tmp_path: Path, inputs: Sequence[str]) -> Path:
    folder = tmp_path / "atlas"
    assert invoke("init", str(folder), "--name", "Ann Example").return_value is None
    done = invoke("add", *inputs, "--project", str(folder), "--name", "Ann Example")
    assert done.return_value == 0, done.stderr
    return folder


def test_a_project_from_start_to_dossier(reports: Path, tmp_path: Path) -> None:
    folder = str(made(tmp_path, [str(reports)]))
    again = invoke("add", str(reports), "--project", folder, "--json")
    assert lines(again.stdout)[0]["known"] == ["a.txt", "b.txt"]

    shown = invoke("show", "--project", folder).stdout
    assert "Tessavar" in shown
    assert "≥ 40" in shown

    (one,) = lines(invoke("show", "--project", folder, "--json").stdout)
    killed = [claim for claim in one["claims"] if claim["measure"] == "killed"]
    assert {claim["low"] for claim in killed} == {40, 45}
    assert one["findings"][0]["incident"] == one["incident"]["incident"]

    told = invoke("explain", "killed", "--project", folder).stdout
    assert "»At least 40 people« were killed when a roof fell in" in told
    assert "range@1: low " in told
    assert "(where_prec " in told

    members = invoke("explain", one["incident"]["incident"], "--project", folder).stdout
    assert members.startswith("Tessavar, ")
    assert "closest to report " in members
    (as_json,) = lines(invoke("explain", "Tessavar", "--project", folder, "--json").stdout)
    assert {each["report"] for each in as_json["members"]} == set(one["incident"]["reports"])

    claim = next(claim["claim"] for claim in killed if claim["low"] == 45)
    ruled = invoke("rule", claim[:8], "reject", "--why", "counts another roof", "--project", folder, "--name", "Ben")
    assert re.fullmatch(rf"ruling #\d+ by Ben: reject {claim}\n", ruled.stdout)
    after = lines(invoke("explain", "killed", "--project", folder, "--json").stdout)[0]
    assert {quote["claim"]["low"]: quote["fate"] for quote in after["quotes"]}[45].startswith("set aside")
    assert after["rulings"][0]["why"] == "counts another roof"
    assert " by Ben: reject" in invoke("explain", "killed", "--project", folder).stdout

    published = invoke("publish", str(tmp_path / "dossier"), "--project", folder)
    assert published.stdout.startswith(
        f"dossier: {(tmp_path / 'dossier' / 'index.html').as_uri()}\n1 incident, 2 reports, "
    )
    assert invoke("publish", str(tmp_path / "dossier"), "--project", folder).return_value is None
    assert invoke("verify", "--project", folder).stdout.startswith(f"{folder}: all as the log says\nchecked: ")


def test_the_secret_stays_in_the_project_and_stays_the_same(reports: Path, tmp_path: Path) -> None:
    folder = made(tmp_path, [str(reports)])
    assert invoke("publish", str(tmp_path / "one"), "--project", str(folder)).return_value is None
    secret = (folder / "salt.key").read_bytes()
    assert (folder / "salt.key").stat().st_mode & 0o077 == 0
    assert invoke("publish", str(tmp_path / "two"), "--project", str(folder)).return_value is None
    assert (folder / "salt.key").read_bytes() == secret
    assert not list((tmp_path / "one").rglob("salt*"))
    (folder / "salt.key").write_bytes(b"short")
    assert call(["publish", str(tmp_path / "three"), "--project", str(folder)]) == 4


def test_a_project_is_told_by_the_environment(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made(tmp_path, [str(reports)])
    monkeypatch.setenv("TOLLBOOK_PROJECT", str(folder))
    monkeypatch.setenv("TOLLBOOK_NAME", "Cem")
    assert "Tessavar" in invoke("show").stdout
    (one,) = lines(invoke("show", "--json").stdout)
    ruled = invoke("rule", one["incident"]["incident"], "note", "--why", "seen", "--json")
    assert lines(ruled.stdout)[0]["who"] == "Cem"


def test_no_project_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["show"], ["explain", "killed"], ["publish", str(tmp_path / "out")], ["verify"]):
        assert call([*arguments, "--project", str(tmp_path)]) == 4
        said = capsys.readouterr().err
        assert said.startswith("tollbook: ")
        assert said.count("\n") == 1


def test_an_empty_project_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    invoke("init", str(folder))
    assert invoke("show", "--project", str(folder)).stdout == f"{folder}: 0 reports and no incident\n"


def test_a_failed_input_of_add_is_one_line_and_status_1(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (reports / "c.txt").write_text("")
    folder = tmp_path / "atlas"
    assert call(["init", str(folder)]) == 0
    capsys.readouterr()
    assert call(["add", str(reports), "--project", str(folder)]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("tollbook: c.txt: ")
    assert captured.out == f"{folder}: 2 new; 1 new incident\n"


def test_an_altered_archive_is_named(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made(tmp_path, [str(reports)])
    for path in sorted((folder / "archive").rglob("*")):
        if path.is_file() and b"At least 40" in path.read_bytes():
            path.chmod(0o644)
            path.write_bytes(path.read_bytes().replace(b"40", b"41"))
    assert call(["verify", "--project", str(folder)]) == 4
    assert "a.txt" in capsys.readouterr().err


def test_a_figure_that_nobody_says_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two men and a woman were killed in Morva on 3 March 2020.\n")
    folder = str(made(tmp_path, [str(tmp_path / "a.txt")]))
    shown = invoke("show", "--project", folder).stdout
    assert re.search(r"^killed +3 – 3 – 3 +single$", shown, re.MULTILINE)
    assert invoke("publish", str(tmp_path / "dossier"), "--project", folder).return_value is None
    (page,) = (tmp_path / "dossier").glob("incident-*.html")
    assert page.read_text().count("worked out from other counts") == 2  # by each rule set


def test_the_sample_is_shown_as_one_matrix(tmp_path: Path) -> None:
    with sample.inputs() as inputs:
        folder = made(tmp_path, inputs)
    shown = invoke("show", "--project", str(folder), "--rules", "acled").stdout
    assert "acled@1" in shown
    assert "range@1" not in shown


def test_a_sheet_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dam.txt").write_text("At least 47 people were killed when a dam broke near Marwen, the governor said.")
    (tmp_path / "sheet.csv").write_text("Place,Killed,Source\nMarwen,47,dam.txt\nMarwen,74,dam.txt\nDorn,3,gone.txt\n")
    assert call(["check", str(tmp_path / "sheet.csv"), "--out", str(tmp_path / "out")]) == 1
    shown = capsys.readouterr()
    assert "sources: Source\nfigure: Killed: killed\n" in shown.err
    assert "tollbook: gone.txt: no such file; name the folder of sources by --sources" in shown.err
    assert shown.out.startswith("3 rows: 1 supported, 1 looks transposed, 1 source not readable\n")
    assert shown.out.endswith(f"{tmp_path / 'out' / 'report.html'}\n")
    assert call(["check", str(tmp_path / "none.csv"), "--out", str(tmp_path / "other")]) == 1
    assert capsys.readouterr().err.startswith(
        f"tollbook: {tmp_path / 'none.csv'}: can't be read as a sheet (No such file"
    )
    (tmp_path / "right.csv").write_text("Killed,Source\n47,dam.txt\n")
    assert call(["check", str(tmp_path / "right.csv"), "--out", str(tmp_path / "out"), "--json"]) == 0
