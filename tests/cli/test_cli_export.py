"""`tollbook export`: one file in a format of the field, or one line that says why not."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from test_cli_commands import STORY, invoke, lines, made, process

from tollbook.dossiers.formats import FORMATS
from tollbook.errors import OutputError, UsageError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    report = tmp_path / "story.txt"
    report.write_text(STORY)
    return made(tmp_path, [str(report)])


def test_a_project_is_exported_by_the_rule_set_of_the_format(project: Path, tmp_path: Path) -> None:
    folder, out = str(project), tmp_path / "new" / "figures.csv"
    done = invoke("export", "acled", "--project", folder, "--out", str(out))
    assert done.stdout == f"{out}: 1 incident by acled@1, 0 names masked\n"
    assert out.read_text(encoding="utf-8").startswith("event_id_cnty,event_date,")
    done = invoke("export", "geojson", "--project", folder, "--out", str(out), "--rules", "range", "--rules", "acled")
    assert "by range@1, acled@1" in done.stdout
    assert [path.name for path in out.parent.iterdir()] == ["figures.csv"]


def test_a_wrong_format_or_place_is_one_line(project: Path, tmp_path: Path) -> None:
    done = process("export", "gedd", "--project", "atlas", "--out", "x.csv", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "no format 'gedd'; there are: acled, airwars, all, claims-csv, " in done.stderr
    done = process("export", "hxl", "--project", "atlas", "--out", "atlas", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (5, "tollbook: atlas: is a folder, not a file; name a file\n")


def test_the_table_of_a_house_has_its_own_rule_set_whatever_else_is_named(project: Path, tmp_path: Path) -> None:
    done = invoke("export", "acled", "--project", str(project), "--out", str(tmp_path / "a.csv"), "--rules", "range")
    assert "by range@1, acled@1" in done.stdout


def test_all_formats_go_into_a_folder_of_their_own(project: Path, tmp_path: Path) -> None:
    folder, out = str(project), tmp_path / "exports"
    for _ in range(2):
        done = invoke("export", "all", "--project", folder, "--out", str(out))
        assert "by range@1, ucdp@1, acled@1, airwars@1" in done.stdout
    assert {path.name for path in out.iterdir()} == {"SHA256SUMS", *(form.file for form in FORMATS.values())}


@pytest.mark.parametrize("made_of", ["other.txt", "index.html"])
def test_a_folder_that_holds_anything_else_is_refused(project: Path, tmp_path: Path, made_of: str) -> None:
    out = tmp_path / "pages"
    out.mkdir()
    (out / made_of).write_text("kept")
    (out / "SHA256SUMS").write_text(f"0  {made_of}\n" if made_of == "index.html" else "")
    with pytest.raises(OutputError) as caught:
        invoke("export", "all", "--project", str(project), "--out", str(out))
    says = f"{out}: holds files that are not of an earlier export; choose another folder or empty it first"
    assert str(caught.value) == says
    assert (out / made_of).read_text() == "kept"


def test_an_empty_project_gives_tables_with_heads_and_no_rows(tmp_path: Path) -> None:
    folder, out = str(tmp_path / "none"), tmp_path / "exports"
    invoke("init", folder)
    done = invoke("export", "all", "--project", folder, "--out", str(out))
    assert done.stdout.startswith(f"{out}: 0 incidents by ")
    assert (out / "claims.csv").read_text(encoding="utf-8").count("\n") == 1
    assert json.loads((out / "incidents.geojson").read_text(encoding="utf-8"))["features"] == []


def test_a_side_is_named_by_a_ruling_and_no_longer_when_it_is_withdrawn(tmp_path: Path) -> None:
    report = tmp_path / "clash.txt"
    report.write_text("At least 12 people were killed in a clash at Tessavar on 3 March 2019, the Civil Office said.\n")
    folder, out = str(made(tmp_path, [str(report)])), tmp_path / "ged.csv"
    incident = lines(invoke("show", "--project", folder, "--json").stdout)[0]["incident"]

    def side() -> str:
        invoke("export", "ucdp-ged", "--project", folder, "--out", str(out))
        (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))
        return row["side_a"]

    assert side() == ""
    named = ("actors", "side_a=River Guard", "--why", "its statement")
    ruled = ("rule", incident["incident"], *named, "--project", folder)
    with pytest.raises(UsageError, match="'actors' needs said_by; write said_by=…"):
        invoke(*ruled)
    (made_one,) = lines(invoke(*ruled, "said_by=Civil Office", "--json").stdout)
    assert side() == "River Guard"
    invoke("rule", f"#{made_one['ruling']}", "withdraw", "--why", "another incident", "--project", folder)
    assert side() == ""


def test_help_lists_every_format() -> None:
    shown = " ".join(invoke("export", "--help").stdout.split())
    assert all(name in shown for name in FORMATS)
