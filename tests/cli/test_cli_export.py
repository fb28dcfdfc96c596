"""`tollbook export`: one file in a format of the field, or one line that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli_commands import STORY, invoke, made, process

from tollbook.dossiers.formats import FORMATS


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
    assert "no format 'gedd'; there are: acled, airwars, " in done.stderr
    done = process("export", "hxl", "--project", "atlas", "--out", "atlas", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (5, "tollbook: atlas: is a folder, not a file; name a file\n")


def test_help_lists_every_format() -> None:
    shown = " ".join(invoke("export", "--help").stdout.split())
    assert all(name in shown for name in FORMATS)
