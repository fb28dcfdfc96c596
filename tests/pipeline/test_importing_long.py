"""Long sheets come in by portions, many rows a transaction; killed, changed or sent again, each row is there once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import project_values
import pytest
from project_values import ANN, BEN, SQLITE, log

from tollbook.errors import InputError
from tollbook.model import Reading, Report
from tollbook.pipeline import adding
from tollbook.pipeline.adding import Reader, reader_of
from tollbook.pipeline.importing import bringing
from tollbook.pipeline.importing.bringing import import_sheet
from tollbook.pipeline.project import record, verify
from tollbook.pipeline.project_folder import open_project
from tollbook.pipeline.proven import obtained
from tollbook.reports import Archive
from tollbook.store.sqlite import SqliteStore
from tollbook.store.unit import Unit

ROWS = 60
TOWNS = ("Arvelle", "Dorn", "Harim")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "long.csv"
    rows = (f"2031-05-{at % 28 + 1:02},{TOWNS[at % 3]},Slide {at},{at}\n" for at in range(1, ROWS + 1))
    path.write_text("".join(["Date,Town,Event,Killed\n", *rows]))
    return path


def rows_there(folder: Path) -> dict[str, str]:
    found = record(folder)
    texts = {report.id: report.text for report in found.reports}
    return {texts[one.report]: one.said for one in found.claims}


@SQLITE
def test_many_rows_are_one_transaction_and_each_has_its_events(
    folder: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units, write = list[Counter[str]](), SqliteStore.write
    append = Unit.append

    @contextmanager
    def counted(store: SqliteStore) -> Iterator[Unit]:
        units.append(Counter())
        with write(store) as unit:
            yield unit

    def noted(unit: Unit, kind: str, *more: object) -> object:
        units[-1][kind] += 1
        return append(unit, kind, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(SqliteStore, "write", counted)
    monkeypatch.setattr(Unit, "append", noted)
    import_sheet(folder, sheet, ANN)
    assert [dict(unit) for unit in units if unit["report"]] == [dict.fromkeys(("report", "custody", "reading"), ROWS)]


@SQLITE
def test_portions_give_what_the_whole_sheet_gives(folder: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = sheet.read_text().splitlines(keepends=True)
    sheet.write_text("".join([*lines, lines[1], lines[40]]))
    monkeypatch.setattr(bringing, "_PORTION", 7)
    monkeypatch.setattr(adding, "TOGETHER", 3)
    steps = list[tuple[str, int, int]]()
    made = import_sheet(folder, sheet, ANN, progress=lambda *step: steps.append(step))
    assert (len(made.added.new), len(made.added.known), len(made.added.incidents)) == (ROWS, 0, ROWS)
    assert made.notes == ("2 rows that say the same as another: each counts once with it",)
    assert steps[0] == ("bringing rows in", 7, ROWS + 2)
    assert steps[-1] == ("bringing rows in", ROWS, ROWS + 2)
    assert len(rows_there(folder)) == len(record(folder).claims) == ROWS
    assert verify(folder) == ()
    events = log(folder)
    assert len(import_sheet(folder, sheet, BEN).added.known) == ROWS
    assert log(folder) == events


IMPORTER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from project_values import ANN
    from tollbook.pipeline import adding
    from tollbook.pipeline.importing import bringing
    bringing._PORTION, adding.TOGETHER = 20, 6
    print("go", flush=True)
    bringing.import_sheet(Path({folder!r}), Path({sheet!r}), ANN)
    print("done", flush=True)
"""


@pytest.mark.parametrize("rows", [1, 6, 19, 31, 55])
def test_a_kill_in_the_middle_leaves_whole_rows_and_the_same_again_goes_on(
    folder: Path, sheet: Path, rows: int
) -> None:
    tests = str(Path(project_values.__file__).parent)
    script = textwrap.dedent(IMPORTER.format(tests=tests, folder=str(folder), sheet=str(sheet)))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as importer:
        assert importer.stdout is not None
        assert importer.stdout.readline() == "go\n"
        while importer.poll() is None and _rows(folder) < rows:
            time.sleep(0.002)
        os.kill(importer.pid, signal.SIGKILL)
    kept = _rows(folder)
    left = {one.why for one in verify(folder)}
    assert left <= {"no event tells of it"}, "files whose events were not kept; the next import removes them"
    assert len(rows_there(folder)) == kept >= rows
    kinds = Counter(event.kind for event in log(folder))
    assert kinds["report"] == kinds["custody"] == kinds["reading"] == kept, "no row without its events"
    again = import_sheet(folder, sheet, ANN)
    assert (len(again.added.new), len(again.added.known)) == (ROWS - kept, kept)
    assert len(rows_there(folder)) == len(record(folder).claims) == ROWS
    assert verify(folder) == ()


def _rows(folder: Path) -> int:
    with open_project(folder) as store, store.read() as unit:
        return sum(1 for _ in unit.events("report"))


@SQLITE
def test_a_sheet_that_changes_while_it_is_read_is_one_line(
    folder: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "_PORTION", 20)
    own = reader_of(folder, jobs=1)

    def saved_meanwhile(reports: Sequence[Report]) -> Sequence[Reading]:
        sheet.write_text(sheet.read_text().replace("Slide 50,50", "Slide 50,5"))
        return own.read(reports)

    with pytest.raises(InputError, match=r"changed while it was read; import it again; what is there stays"):
        import_sheet(folder, sheet, ANN, reader=Reader(saved_meanwhile, own.name))
    assert len(rows_there(folder)) == 20
    assert verify(folder) == ()


@SQLITE
def test_how_rows_were_obtained_is_read_once_for_all(
    folder: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_sheet(folder, sheet, ANN)
    read, custody = list[str](), Archive.custody

    def counted(archive: Archive, sha256: str, way: str) -> dict[str, object]:
        read.append(way)
        return custody(archive, sha256, way)

    monkeypatch.setattr(Archive, "custody", counted)
    found = obtained(record(folder).reports, folder, b"salt")
    assert len(found) == len(read) == ROWS
    assert all(len(ways) == 1 for ways in found.values())
