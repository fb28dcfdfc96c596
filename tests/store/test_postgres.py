"""PostgreSQL as a backend: what it refuses, what it survives, and the one line each gives."""

from __future__ import annotations

import hashlib
import signal

import own_postgres
import pytest
from own_postgres import Server
from store_postgres import refused
from store_values import ANN, report

from tollbook.errors import InputError, StoreError
from tollbook.store import Stamp, migrations, postgres, postgres_session, verify
from tollbook.store.address import Address, parse
from tollbook.store.postgres import create_postgres, open_postgres
from tollbook.store.postgres_session import Session, numbered


def edit(address: Address, *statements: str) -> None:
    """Do what only somebody who goes round the program does."""
    session = Session(address)
    try:
        for statement in statements:
            session.run(statement)
    finally:
        session.close()


def found(address: Address) -> list[str]:
    with open_postgres(address) as store, store.read() as unit:
        return [str(mismatch) for mismatch in (*store.check(), *verify(unit))]


def tables(server: Server, schema: str) -> str:
    return server.sql(f"SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class "
                      f"WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'r'")  # fmt: skip


# ---- what is refused ----


def test_an_empty_database_holds_no_record(server: Server, address: Address) -> None:
    assert refused(address).startswith("holds no tollbook record; check the address, or make a project with")
    assert server.sql(f"SELECT count(*) FROM pg_namespace WHERE nspname = '{address.schema}'") == "0"


def test_a_schema_of_another_program_is_left_alone(server: Server, address: Address) -> None:
    server.sql(f"CREATE SCHEMA {address.schema}; CREATE TABLE {address.schema}.tollbook (one int)")
    assert refused(address) == f"the schema '{address.schema}' is of another program; name another: ?schema=NAME"
    with pytest.raises(StoreError, match="is of another program"):
        create_postgres(address)
    assert tables(server, address.schema) == "tollbook"


def test_a_record_is_never_made_over_another(record: Address) -> None:
    with pytest.raises(StoreError, match="is a project already; nothing was changed"):
        create_postgres(record)
    assert found(record) == []


def test_a_schema_that_is_there_and_empty_is_used(server: Server, address: Address) -> None:
    server.sql(f"CREATE SCHEMA {address.schema}")
    create_postgres(address)
    assert found(address) == []


def test_a_schema_from_the_future(record: Address) -> None:
    edit(record, "UPDATE tollbook SET version = 99")
    known = migrations.latest("postgresql")
    assert refused(record) == f"was made by a later tollbook (schema 99; this one knows up to {known}); update tollbook"


def test_another_record_than_the_folder_belongs_to(record: Address) -> None:
    open_postgres(record, record="floods").close()
    assert refused(record, record="fires").startswith("holds another record than this folder belongs to")


def test_a_database_that_keeps_no_unicode(server: Server) -> None:
    server.sql("CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0")
    with pytest.raises(StoreError, match="keeps texts in SQL_ASCII, which lacks letters; make a database with"):
        create_postgres(parse(server.address("floods", database="ascii")))


def test_a_record_that_another_process_writes(record: Address) -> None:
    with open_postgres(record) as one, one.write():
        with open_postgres(record, wait=0.05) as two, pytest.raises(StoreError, match="in use by another"), two.write():
            pass
        with open_postgres(record) as three, three.read() as unit:
            assert unit.head() is not None


# ---- who may what ----


@pytest.fixture
def reader(server: Server, record: Address) -> Address:
    """A user who may only read."""
    name = f"r_{record.schema}"
    server.sql(
        f"CREATE ROLE {name} LOGIN; GRANT USAGE ON SCHEMA {record.schema} TO {name};"
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {record.schema} TO {name}"
    )
    return parse(server.address(record.schema, user=name))


def test_who_may_only_read_reads(reader: Address, server: Server) -> None:
    assert found(reader) == []
    with open_postgres(reader) as store, pytest.raises(StoreError, match="may only be read; ask for"), store.write():
        pass
    with pytest.raises(StoreError, match="no schema may be made there by this user; ask for the right"):
        create_postgres(parse(server.address(f"x_{reader.schema}", user=reader.user or "")))


def test_a_member_of_the_team_writes_and_goes_on_when_the_owner_has_brought_a_later_schema(
    server: Server, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema, ben = address.schema, f"b_{address.schema}"
    with monkeypatch.context() as older:
        older.setattr(postgres, "steps", lambda name: migrations.steps(name)[:1])
        older.setattr(postgres, "latest", lambda *_: 1)
        create_postgres(address)
    rights = "SELECT, INSERT, UPDATE, DELETE"
    server.sql(
        f"CREATE ROLE {ben} LOGIN; GRANT USAGE ON SCHEMA {schema} TO {ben};"
        f"GRANT {rights} ON ALL TABLES IN SCHEMA {schema} TO {ben};"
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT {rights} ON TABLES TO {ben}"
    )
    member = parse(server.address(schema, user=ben))
    assert "so it can't be brought up" in refused(member)
    open_postgres(address).close()
    with open_postgres(member) as store, store.write() as unit:
        unit.put_report(report(), ANN)
        unit.derived().enter("r1")
    for statement in ("UPDATE events SET who = 'eve'", "ALTER TABLE events DISABLE TRIGGER ALL"):
        with pytest.raises(StoreError, match=r"its log does not allow|can't be used|may not be read"):
            edit(member, statement)
    assert found(address) == []


def test_who_may_only_read_can_not_bring_up_an_older_schema(reader: Address, record: Address) -> None:
    edit(record, "UPDATE tollbook SET version = 1")
    told = refused(reader)
    assert told.startswith("has schema 1 and may not be written, so it can't be brought up to ")


def test_who_may_nothing(server: Server, record: Address) -> None:
    server.sql(f"CREATE ROLE n_{record.schema} LOGIN")
    told = refused(parse(server.address(record.schema, user=f"n_{record.schema}")))
    assert told == "may not be read, or not be changed, by this user; ask for the right"


# ---- what was altered ----


def test_events_can_neither_be_changed_nor_deleted_nor_slipped_in(record: Address) -> None:
    for statement in (
        "UPDATE events SET who = 'eve' WHERE seq = 4",
        "DELETE FROM events WHERE seq = 4",
        "TRUNCATE events CASCADE",
        "INSERT INTO events SELECT seq, kind, '', who, at, salt, prev_hash, hash FROM events "
        "ON CONFLICT (seq) DO UPDATE SET payload = ''",
        "INSERT INTO events VALUES (9, 'note', '{}', 'eve', '2031', '', '', 'x')",
        "INSERT INTO events VALUES (5, 'note', '{}', 'eve', '2031', '', 'not the last hash', 'x')",
    ):
        with pytest.raises(StoreError, match="refuses a change that its log does not allow"):
            edit(record, statement)
    assert found(record) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("ALTER TABLE events DISABLE TRIGGER events_keep", ["trigger events_keep: turned off"]),
        ("DROP INDEX homes_incident", ["index homes_incident: missing"]),
        ("CREATE TABLE songs (title TEXT)", ["table songs: tollbook made none of this name"]),
        (
            "CREATE OR REPLACE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            ["function events_stay: it is not as tollbook makes it"],
        ),
        (
            "UPDATE readings SET reading = replace(reading, '12', '21')",
            ["reading of r1: it is not as event 2 tells it"],
        ),
        ("DELETE FROM readings", ["reading of r1: missing; event 2 tells of it"]),
    ],
)
def test_what_was_altered_is_named_exactly(record: Address, change: str, named: list[str]) -> None:
    edit(record, change)
    assert found(record) == named


# ---- what breaks off ----


def test_a_server_that_goes_away_in_the_middle_keeps_nothing_of_the_step(own_server: Server) -> None:
    address = parse(own_server.address("floods"))
    create_postgres(address)
    with open_postgres(address) as store:
        with store.write() as unit:
            unit.put_report(report("kept"), ANN)
        with pytest.raises(StoreError, match="the connection to the server was lost"), store.write() as unit:
            unit.put_report(report("lost"), ANN)
            own_server.stop(signal.SIGQUIT)
        with pytest.raises(StoreError, match="the connection to the server was lost"), store.read() as unit:
            unit.head()
    again = own_postgres.start(own_server.folder)
    try:
        with open_postgres(parse(again.address("floods"))) as store, store.read() as unit:
            assert {name for name in ("kept", "lost") if unit.report(name)} == {"kept"}
            assert not list(verify(unit))
    finally:
        again.stop(signal.SIGQUIT)


def test_a_connection_on_which_nothing_can_be_done_is_not_left_open(
    server: Server, record: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_session, "_SETTINGS", "SELECT * FROM nowhere")
    with pytest.raises(StoreError) as caught:
        Session(record)
    made = caught.tb.tb_next.tb_frame.f_locals["self"]  # type: ignore[union-attr]
    assert made._connection._usock is None


def test_an_id_too_long_to_be_looked_up_is_one_line(record: Address) -> None:
    scattered = "".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(90))
    with open_postgres(record) as store:
        with pytest.raises(InputError, match="an id is too long for PostgreSQL"), store.write() as unit:
            unit.put_report(report(scattered), ANN)
        with store.write() as unit:
            assert unit.put_report(report("short"), ANN)
    assert found(record) == []


def test_stopped_in_the_middle_the_step_is_taken_back_and_nobody_waits_for_it(record: Address) -> None:
    with open_postgres(record) as store:
        with pytest.raises(KeyboardInterrupt), store.write() as unit:
            unit.put_report(report("stopped"), ANN)
            raise KeyboardInterrupt
        with pytest.raises(StoreError, match="the connection to the server was lost"), store.read() as unit:
            unit.head()
    with open_postgres(record) as store, store.write() as unit:
        assert unit.report("stopped") is None


# ---- statements and values ----


def test_question_marks_become_numbers_but_in_quotes() -> None:
    assert numbered("a = ? AND b = 'why?' AND c IN (?, ?)") == "a = $1 AND b = 'why?' AND c IN ($2, $3)"


@pytest.mark.parametrize("who", ["a\x00b", "\x10", "\x100", "\x10\x00\x10\x10", "Ä€𝔘", "'; DROP TABLE events; --", "?"])
def test_any_text_comes_back(record: Address, who: str) -> None:
    with open_postgres(record) as store:
        with store.write() as unit:
            unit.append("note", {}, Stamp(who, who))
        with store.read() as unit:
            last = unit.head()
    assert last is not None and (last.who, last.when) == (who, who)


def test_many_rows_come_in_portions_while_others_are_asked_for(record: Address) -> None:
    with open_postgres(record) as store:
        with store.write() as unit:
            for number in range(1200):
                unit.append("note", {"number": number}, ANN)
        with store.read() as unit:
            seen = [(event.seq, unit.event(event.seq) == event) for event in unit.events()]
            half = unit.events()
            assert next(half).seq == 1
            assert unit.head() is not None
    assert seen == [(number, True) for number in range(1, 1205)]
