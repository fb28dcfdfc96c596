"""The way to a PostgreSQL server, and what goes wrong on it as one clear line.

Input: an `Address`. Output: an open connection of pg8000, or a TollbookError that names the address without its
password: "postgresql://db/floods: no PostgreSQL server answers at db:5432; check that it runs, and host and port".
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tollbook.errors import ConnectionLost, InputError, OutputError, StoreError, TollbookError
from tollbook.store.address import Address

if TYPE_CHECKING:
    from pg8000.native import Connection

_CONNECT_SECONDS = 10.0
# A server that is gone without a word is noticed after a minute and a half.
_KEEP_ALIVE = (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3))


class Forbidden(StoreError):
    """The server doesn't let this role do this."""


def connected(address: Address) -> Connection:
    """A connection to the database of an address, or the line that says why there is none."""
    try:
        from pg8000.exceptions import DatabaseError, InterfaceError
        from pg8000.native import Connection
    except ModuleNotFoundError:
        raise StoreError("needs pg8000", what=str(address), advice="pip install 'tollbook[postgresql]'") from None
    secret, role, tls = address.secret(), address.role, _tls(address)
    link = _link(address)
    try:
        made = Connection(
            role, host=address.host, database=address.database, password=secret or "", sock=link, ssl_context=tls,
            application_name="tollbook", startup_params={"client_encoding": "UTF8"},
        )  # fmt: skip
        made._usock.settimeout(None)
        return made
    except BaseException as error:
        link.close()
        # What the server said comes first, not that the goodbye didn't reach it any more.
        for said in _chain(error):
            if isinstance(said, DatabaseError):
                raise explained(said.args[0], address) from error
        if isinstance(error, ssl.SSLError):
            raise _untrusted(address, error) from error
        if isinstance(error, (InterfaceError, OSError)):
            raise _not_accepted(address, error) from error
        raise


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those in whose handling it came up."""
    while error is not None:
        yield error
        error = error.__context__


def _link(address: Address) -> socket.socket:
    """A way to the server on which its silence is noticed."""
    try:
        if not address.is_local:
            link = socket.create_connection((address.host, address.port), _CONNECT_SECONDS)
            link.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for name, value in _KEEP_ALIVE:
                if hasattr(socket, name):
                    link.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
            return link
        link = socket.socket(socket.AF_UNIX)
        try:
            link.settimeout(_CONNECT_SECONDS)
            link.connect(address.socket)
        except BaseException:
            link.close()
            raise
        return link
    except OSError as error:
        where = address.socket if address.is_local else f"{address.host}:{address.port}"
        raise StoreError(
            f"no PostgreSQL server answers at {where} ({error.strerror or error})",
            what=str(address), advice="check that it runs, and host and port",
        ) from error  # fmt: skip


def _tls(address: Address) -> ssl.SSLContext | bool | None:
    """How pg8000 is to encrypt: None where it can be, True always, a context with whom to trust."""
    if address.is_local or address.sslmode == "disable":
        return False
    if address.sslmode != "verify-full":
        return True if address.sslmode == "require" else None
    try:
        return ssl.create_default_context(cafile=address.sslrootcert)
    except OSError as error:
        raise StoreError(
            f"can't be read as certificates ({error.strerror or error})",
            what=str(address.sslrootcert), advice="name a PEM file with sslrootcert=FILE",
        ) from error  # fmt: skip


def _untrusted(address: Address, error: ssl.SSLError) -> StoreError:
    why = getattr(error, "verify_message", "") or error.reason or str(error)
    return StoreError(
        f"shows no certificate to be trusted ({why})",
        what=str(address), advice="check the host's name, or say with sslrootcert=FILE who signed it",
    )  # fmt: skip


def _not_accepted(address: Address, error: Exception) -> StoreError:
    if "SSL" in str(error):
        return StoreError("doesn't encrypt", what=str(address), advice="set it up to, or leave sslmode=require out")
    return StoreError(
        f"no PostgreSQL server can be talked to there ({error})", what=str(address), advice="check host and port"
    )


def lost(address: Address) -> ConnectionLost:
    """The line of a server that went away."""
    return ConnectionLost(
        "the connection to the server was lost; this step may not have been kept",
        what=str(address), advice="run it again when the server is back",
    )  # fmt: skip


_NO_RIGHT = (Forbidden, "may not be read, or not be changed, by this user", "ask for the right")
_FULL = (OutputError, "no space left; this step was not kept", "free some space, then run it again")
_BUSY = (StoreError, "is in use by another process", "try again when it is done")
_WRONG_NAME = (StoreError, "the server doesn't let you in", "check the user's name, PGPASSWORD and ~/.pgpass")
_DAMAGED = (StoreError, "is damaged", "restore it from a copy")
# By PostgreSQL's SQLSTATE: the whole, else its first two characters.
_LINES: dict[str, tuple[type[TollbookError], str, str]] = {
    "28": _WRONG_NAME,
    "3D": (StoreError, "the server has no such database", "check its name, or make one with 'createdb'"),
    "42501": _NO_RIGHT,
    "25006": (Forbidden, "may only be read", "ask for the right to write there"),
    "55P03": _BUSY,
    "40": _BUSY,
    "23": (StoreError, "refuses a change that its log does not allow", "restore it from a copy"),
    "53100": _FULL,
    "53200": (StoreError, "the server has no memory left; this step was not kept", "try again when it has"),
    "53300": (StoreError, "the server takes no more connections", "try again later"),
    "54000": (InputError, "an id is too long for PostgreSQL, which can look up 2,700 bytes", "give it a shorter one"),
    "57014": (StoreError, "the server's time limit stopped this step; it was not kept", "raise statement_timeout"),
    "57P03": (StoreError, "the server is starting or stopping", "try again later"),
    "58": (OutputError, "no space left, or the server's disk fails; this step was not kept", "check its disk"),
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}


def explained(told: Mapping[str, str], address: Address) -> TollbookError:
    """An error of the server as one line: by its code, else in the server's own words."""
    code = told.get("C", "")
    if code in ("57P01", "57P02", "57P05") or code.startswith("08"):
        return lost(address)
    line = _LINES.get(code) or _LINES.get(code[:2])
    if line is None:
        return StoreError(f"can't be used ({told.get('M', 'the server gives no reason')})", what=str(address))
    kind, message, advice = line
    return kind(message, what=str(address), advice=advice)
