"""Which store a folder has: its own SQLite file, or the PostgreSQL schema that its `store.toml` names.

Input: a folder; output: its `Store`. `store.toml` holds the address without a password, and the name of the record
that belongs to the folder, so that its archive is never taken for that of another.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tollbook.errors import ConnectionLost, StoreError, UsageError
from tollbook.files import explained, put_new, sync
from tollbook.store.sqlite import create_store, no_project, open_store
from tollbook.store.unit import Unit

if TYPE_CHECKING:
    from tollbook.store import Store
    from tollbook.store.address import Address

DATABASE, STORE = "tollbook.sqlite", "store.toml"
Begin = Callable[[Unit], object]


def create_in(folder: Path, begin: Begin | None = None, address: Address | None = None) -> None:
    """Make a record in a folder that is there, or at a PostgreSQL address that the folder then names.

    What `begin` does is in it from the start. Killed in the middle, either nothing is there, or the next `create_in`
    of the same folder and address finds it made. Raises StoreError where there is a record already.
    """
    if (folder / DATABASE).exists() or (folder / STORE).exists():
        raise _there(folder)
    if address is None:
        create_store(folder / DATABASE, begin)
    else:
        _create_at(folder, address, begin)


def _there(folder: Path) -> StoreError:
    return StoreError("is a project already", what=str(folder), advice="nothing was changed")


def open_in(folder: Path) -> Store:
    """The store of a folder. Raises StoreError where there is none, or where it can't be used."""
    settings = folder / STORE
    if not settings.is_file():
        if not (folder / DATABASE).is_file():
            raise no_project(folder)
        return open_store(folder / DATABASE)
    if (folder / DATABASE).exists():
        advice = "take away the one that isn't meant"
        raise StoreError(f"names a record beside {DATABASE}", what=str(settings), advice=advice)
    from tollbook.store.postgres import open_postgres

    address, record = _read(settings)
    return open_postgres(address, record=record)


def _create_at(folder: Path, address: Address, begin: Begin | None) -> None:
    from tollbook.store.postgres import create_postgres

    settings, beside = folder / STORE, folder / f".{STORE}.partial"
    if not _was_made(beside, address):
        record = secrets.token_hex(8)
        _write(beside, address, record)
        try:
            create_postgres(address, record, begin)
        except ConnectionLost:
            raise  # it may have been made: the next call looks
        except Exception:
            beside.unlink()
            raise
    if not put_new(beside, settings):
        raise _there(folder)
    beside.unlink(missing_ok=True)


def _was_made(beside: Path, address: Address) -> bool:
    """True where an earlier call made the record and then was killed, before the folder named it."""
    from tollbook.store.postgres import NoRecord, open_postgres

    try:
        known, record = _read(beside)
        if known != address:
            return False
        open_postgres(address, record=record).close()
    except (FileNotFoundError, NoRecord):
        return False
    return True


def _write(path: Path, address: Address, record: str) -> None:
    text = (
        "# Where the record of this project is kept. The password comes from PGPASSWORD or ~/.pgpass.\n"
        f'address = "{address}"\n'
        "# The name that the record there bears: another record is refused.\n"
        f'record = "{record}"\n'
    )
    try:
        path.write_text(text, encoding="utf-8")
        sync(path)
    except OSError as error:
        raise explained(error, path) from error


def _read(path: Path) -> tuple[Address, str]:
    from tollbook.store.address import parse

    advice = "restore it from a copy: it has an address and a record"
    import tomllib  # on first need: most records are files

    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        address, record = parse(told["address"]), told["record"]
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, UsageError) as error:
        why = f"lacks '{error.args[0]}'" if isinstance(error, KeyError) else str(error)
        raise StoreError(f"can't be used ({why})", what=str(path), advice=advice) from error
    return address, record
