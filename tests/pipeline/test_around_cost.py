"""What is asked of one incident, or brought by one report, looks at no whole table of a record: steps, not seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
from project_values import ANN, PLAIN, write
from test_project_growing import SOME

from tollbook.pipeline import asked
from tollbook.pipeline.project import add, record, rule
from tollbook.store.sqlite import SqliteStore

BIG = (
    "events", "reports", "readings", "homes", "incidents", "told", "shown", "custody", "text_",
    "linked_reports", "linked_nodes", "linked_ties", "linked_part", "linked_keys", "linked_claims",
)  # fmt: skip


@pytest.fixture
def asked_of(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each statement put to a database, and how SQLite answers it."""
    seen: list[str] = []
    rows, do = SqliteStore.rows, SqliteStore.do

    def plan(store: SqliteStore, statement: str, values: object) -> None:
        if statement.split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}:
            plans = rows(store, f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
            seen.extend(f"{told[3]}: {statement}" for told in list(plans))

    def noted_rows(store: SqliteStore, statement: str, values: object = (), /) -> object:
        plan(store, statement, values)
        return rows(store, statement, values)  # type: ignore[arg-type]

    def noted_do(store: SqliteStore, statement: str, /, *values: object) -> None:
        plan(store, statement, values)
        do(store, statement, *values)

    monkeypatch.setattr(SqliteStore, "rows", noted_rows)
    monkeypatch.setattr(SqliteStore, "do", noted_do)
    return seen


def scans(seen: list[str]) -> list[str]:
    """Looks at a whole table that grows; not those that end at the first row, nor what SQLite plans for a foreign key
    that is not there yet, which it never does for a new event.
    """
    looks = {one for one in seen if one.startswith("SCAN") and one.split()[1].rstrip(":").startswith(BIG)}
    return sorted(one for one in looks if "LIMIT 1" not in one and "INSERT INTO events" not in one)


def test_nothing_that_is_asked_for_one_incident_or_report_looks_at_all(
    folder: Path, tmp_path: Path, asked_of: list[str]
) -> None:
    paths = [str(path) for path in write(tmp_path / "in", SOME)]
    add(folder, paths[:-1], ANN, reader=PLAIN)
    one = record(folder).incidents[0]
    asked_of.clear()
    add(folder, paths[-1:], ANN, reader=PLAIN)
    asked.dossier(folder, one.id)
    asked.incident(folder, one.id[:8])
    asked.target(folder, one.claims[0])
    asked.target(folder, f"{one.id}/killed")
    made = rule(folder, one.claims[0], "unlink", {}, "told of another valley", ANN)
    rule(folder, f"#{made.seq}", "withdraw", {}, "it was that valley", ANN)
    assert len(asked_of) > 100
    assert scans(asked_of) == []


def test_an_incident_is_shown_from_its_own_reports_alone(folder: Path, tmp_path: Path, asked_of: list[str]) -> None:
    text = "7 people were killed in Dorn on {day} May 20{year}. The mill of the day {day} in {year} stood still."
    texts = {f"r{year}.txt": text.format(day=year % 20 + 1, year=year) for year in range(10, 40)}
    texts["a.txt"] = "A ferry sank. 41 people were killed in Arvelle on 2 May 1999."
    paths = [str(path) for path in write(tmp_path / "in", dict(sorted(texts.items())))]
    read = []
    for size in (3, 31):
        add(folder, paths[:size], ANN, reader=PLAIN)
        asked_of.clear()
        assert len(asked.dossier(folder, "Arvelle, 2 May 1999").pages) == 1
        read.append(sum("SELECT reading FROM readings" in statement for statement in asked_of))
    assert len(record(folder).incidents) > 20
    assert read == [1, 1]
