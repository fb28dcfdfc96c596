"""Which store a folder has, and what becomes of one that was half made."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from own_postgres import PASSWORD, Server
from store_values import ANN

from tollbook.errors import StoreError
from tollbook.store import Unit, create_in, open_in, place
from tollbook.store.address import Address, parse
from tollbook.store.place import STORE


@pytest.fixture
def address(server: Server, tmp_path: Path) -> Address:
    return parse(server.address(f"f_{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:20]}"))


def begin(unit: Unit) -> None:
    unit.append("project", {}, ANN)


def kinds(folder: Path) -> list[str]:
    with open_in(folder) as store, store.read() as unit:
        return [event.kind for event in unit.events()]


def test_a_folder_names_its_schema_and_no_password(tmp_path: Path, address: Address, server: Server) -> None:
    create_in(tmp_path, begin, parse(server.port_address(address.schema, password=PASSWORD)))
    assert [path.name for path in tmp_path.iterdir()] == [STORE]
    text = (tmp_path / STORE).read_text()
    assert f"postgresql://tollbook@127.0.0.1:{server.port}/tollbook?schema={address.schema}" in text
    assert PASSWORD not in text


@pytest.mark.parametrize("second", ["file", "schema"])
def test_a_folder_has_one_record(tmp_path: Path, address: Address, second: str) -> None:
    create_in(tmp_path, begin, address)
    with pytest.raises(StoreError, match="is a project already; nothing was changed"):
        create_in(tmp_path, begin, address if second == "schema" else None)
    assert kinds(tmp_path) == ["project"]
    (tmp_path / "tollbook.sqlite").write_bytes(b"")
    with pytest.raises(StoreError, match=r"names a record beside tollbook\.sqlite"):
        open_in(tmp_path)


def test_two_folders_never_share_a_record(tmp_path: Path, address: Address) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    create_in(tmp_path / "one", begin, address)
    with pytest.raises(StoreError, match="is a project already"):
        create_in(tmp_path / "two", begin, address)
    assert not list((tmp_path / "two").iterdir())


def test_a_folder_whose_record_was_made_anew_elsewhere_is_told(
    tmp_path: Path, address: Address, server: Server
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    create_in(tmp_path / "one", begin, address)
    server.sql(f"DROP SCHEMA {address.schema} CASCADE")
    with pytest.raises(StoreError, match="holds no tollbook record"):
        open_in(tmp_path / "one")
    create_in(tmp_path / "two", begin, address)
    with pytest.raises(StoreError, match="holds another record than this folder belongs to"):
        open_in(tmp_path / "one")


def test_killed_before_the_folder_names_it_a_record_is_found_by_the_next_try(
    tmp_path: Path, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> bool:
        raise Killed

    with monkeypatch.context() as context, pytest.raises(Killed):
        context.setattr(place, "put_new", killed)
        create_in(tmp_path, begin, address)
    assert [path.name for path in tmp_path.iterdir()] == [f".{STORE}.partial"]
    # Another folder can't take it, this one can.
    (tmp_path / "other").mkdir()
    with pytest.raises(StoreError, match="is a project already"):
        create_in(tmp_path / "other", begin, address)
    create_in(tmp_path, begin, address)
    assert kinds(tmp_path) == ["project"]
    assert not (tmp_path / f".{STORE}.partial").exists()


def test_killed_before_the_record_is_made_nothing_hinders_the_next_try(
    tmp_path: Path, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: Unit) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_in(tmp_path, killed, address)
    create_in(tmp_path, begin, address)
    assert kinds(tmp_path) == ["project"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("address = ", "can't be used (Invalid value"),
        ('record = "x"', "can't be used (lacks 'address')"),
        ('address = "postgresql://h/floods"', "can't be used (lacks 'record')"),
        ('address = 5\nrecord = "x"', "can't be used ("),
        ('address = "mysql://h/floods"\nrecord = "x"', "is no address of a record"),
    ],
)
def test_settings_that_can_not_be_used(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / STORE).write_text(text)
    with pytest.raises(StoreError) as caught:
        open_in(tmp_path)
    assert told in str(caught.value) and "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / STORE}: ")
