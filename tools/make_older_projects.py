"""Projects as older releases made them, by running the code of then: what `tests/store/older/` holds.

Input: the history of this repository. Output: for each schema of old, `schemaN.tar.xz`, a project folder with the
sample's reports and some rulings, and `schemaN.json`, the figures that `tollbook show --json` of then printed of it.

    python tools/make_older_projects.py             only those that are missing: a file made once is never made again
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "tests" / "store" / "older"
# The last commit that wrote each schema.
COMMITS = {1: "5fe21ba", 2: "2fdef4b"}
FIGURE = ("incident", "measure", "group", "unit", "low", "best", "high")


def main() -> None:
    """Make what is missing."""
    OUT.mkdir(exist_ok=True)
    for schema, commit in COMMITS.items():
        packed = OUT / f"schema{schema}.tar.xz"
        if packed.exists():
            continue
        with tempfile.TemporaryDirectory() as place:
            figures = _make(Path(place), commit)
            (OUT / f"schema{schema}.json").write_text("[\n" + ",\n".join(map(json.dumps, figures)) + "\n]\n")
            with tarfile.open(packed, "w:xz", format=tarfile.PAX_FORMAT) as tar:
                tar.add(Path(place) / "project", "project", filter=_nobody)
        print(f"{packed.relative_to(ROOT)}: {packed.stat().st_size} bytes, by {commit}")


def _make(place: Path, commit: str) -> list[list[object]]:
    """A project by the code of a commit, in `place/project`; the figures that it showed."""
    code = place / "code"
    code.mkdir()
    with subprocess.Popen(["git", "archive", commit, "src"], cwd=ROOT, stdout=subprocess.PIPE) as told:
        assert told.stdout is not None
        with tarfile.open(fileobj=told.stdout, mode="r|") as tar:
            tar.extraction_filter = getattr(tarfile, "data_filter", lambda member, path: member)
            tar.extractall(code)
    gazetteer = "src/tollbook/lexicon/places.sqlite"
    (code / gazetteer).symlink_to(ROOT / gazetteer)

    def tollbook(*asked: str) -> str:
        settings = {**os.environ, "PYTHONPATH": str(code / "src"), "TOLLBOOK_NAME": "ann"}
        command = [sys.executable, "-m", "tollbook", *asked]
        return subprocess.run(command, cwd=place, env=settings, check=True, capture_output=True, text=True).stdout

    reports = sorted(path for path in (code / "src/tollbook/sample/reports").iterdir() if path.suffix != ".json")
    tollbook("init", "project")
    for some in (reports[:6], reports[6:]):
        tollbook("add", *map(str, some), "--project", "project")
    one, two, three = [claim["id"] for claim in _claims(place / "project") if claim["measure"] == "killed"][:3]
    tollbook("rule", one, "accept", "--why", "seen on the list", "--project", "project")
    made = tollbook("rule", two, "reject", "--why", "said of another day", "--json", "--project", "project")
    tollbook("rule", three, "correct", "value=33", "--why", "a slip of the pen", "--project", "project")
    tollbook("rule", f"#{json.loads(made)['ruling']}", "withdraw", "--why", "it was that day", "--project", "project")
    shown = [json.loads(line) for line in tollbook("show", "--json", "--project", "project").splitlines()]
    return [[finding[name] for name in FIGURE] for one in shown for finding in one["findings"]]


def _claims(project: Path) -> list[dict[str, str]]:
    """The claims of a project, by the readings kept."""
    with closing(sqlite3.connect(project / "tollbook.sqlite")) as connection:
        rows = connection.execute("SELECT reading FROM readings ORDER BY report").fetchall()
    return [claim for (reading,) in rows for claim in json.loads(reading)["claims"]]


def _nobody(item: tarfile.TarInfo) -> tarfile.TarInfo:
    """An entry that tells neither who made it nor when."""
    item.uid = item.gid = item.mtime = 0
    item.uname = item.gname = ""
    return item


if __name__ == "__main__":
    main()
