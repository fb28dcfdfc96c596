"""The database restarts while people review: what they ask and rule goes on by a new connection, nothing is lost."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import own_postgres
import pytest
from own_postgres import Server
from project_values import ANN, PLAIN, TEXTS, log, write

from tollbook.errors import StoreError
from tollbook.pipeline.desk import Desk, Filters, Order
from tollbook.pipeline.desk.writer import Writer
from tollbook.pipeline.project import add, init
from tollbook.store import Unit

WHY = "checked against the words"
CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE usename = current_user AND pid <> pg_backend_pid()"
)


@pytest.fixture
def own_server() -> Iterator[Server]:
    with own_postgres.server() as running:
        yield running


@pytest.fixture
def desk(own_server: Server, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "floods"
    init(folder, ANN, own_server.address("floods"))
    add(folder, [str(path) for path in write(tmp_path / "in", TEXTS)], ANN, reader=PLAIN)
    made = Desk(folder)
    yield made
    made.close()


def cut(server: Server) -> int:
    """End every connection, as a restart does."""
    return int(server.sql(CUT))


def ruled(desk: Desk) -> list[str]:
    return [event.kind for event in log(desk._folder) if event.kind == "ruling"]


def test_pages_and_rulings_go_on_after_every_connection_was_cut(own_server: Server, desk: Desk) -> None:
    claims = [one.claim for one in desk.queue(Filters(), "ann", 100)]
    for number, claim in enumerate(claims[:3], 1):
        desk.rule(Order(claim, "accept", why=WHY, key=f"key-of-ann-{number}", seen=0), ANN)
        assert cut(own_server) > 1
        assert len(desk.queue(Filters(state="coded"), "ann", 100)) == number
        assert desk.incidents()
    assert len(ruled(desk)) == 3


def test_a_ruling_that_was_kept_though_its_connection_broke_is_one_event(
    own_server: Server, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = desk.queue(Filters(), "ann")[0].claim
    plain, broken = Writer._enter, [True]

    def enter(self: Writer, some: list[object], unit: Unit) -> object:
        told = plain(self, some, unit)  # type: ignore[arg-type]
        if broken and broken.pop():
            unit._sql.session.run("COMMIT")  # type: ignore[attr-defined]
            cut(own_server)
        return told

    desk.rule(Order(desk.queue(Filters(), "ann")[1].claim, "accept", why=WHY), ANN)  # it is open already
    monkeypatch.setattr(Writer, "_enter", enter)
    outcome = desk.rule(Order(claim, "accept", why=WHY, key="key-of-ann-1", seen=0), ANN)
    assert outcome.again is True
    assert len(ruled(desk)) == 2


def test_while_the_database_is_away_nothing_is_told_as_kept(own_server: Server, desk: Desk) -> None:
    claim = desk.queue(Filters(), "ann")[0].claim
    desk.rule(Order(claim, "note", why="look again"), ANN)
    own_server.stop(signal.SIGQUIT)
    for _ in range(2):
        with pytest.raises(StoreError, match="no PostgreSQL server answers"):
            desk.rule(Order(claim, "accept", why=WHY, key="key-of-ann-2"), ANN)
        with pytest.raises(StoreError, match="no PostgreSQL server answers"):
            desk.queue(Filters(), "ann")
