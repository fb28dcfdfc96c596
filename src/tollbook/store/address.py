"""The address of a record in PostgreSQL, as a person writes it, and where its password comes from.

Input: "postgresql://ann@db.example.org/casualties?schema=floods". Output: an `Address`, whose text is the same address
without the password. A password is taken from the address, `PGPASSWORD` or `~/.pgpass`, and is never written anywhere.
"""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from tollbook.errors import StoreError, UsageError
from tollbook.values import dataclass

PORT, SCHEMA, SOCKETS = 5432, "tollbook", "/var/run/postgresql"
# As PostgreSQL's own programs name them; "prefer" takes a connection that isn't encrypted where there is no other.
SSL_MODES = ("prefer", "disable", "require", "verify-full")
_SCHEMES = ("postgresql", "postgres")
_NAME = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")
_FORM = "write it as postgresql://USER@HOST/DATABASE?schema=NAME"
_OTHERS_MAY_READ = 0o077


@dataclass(frozen=True, slots=True)
class Address:
    """Where a record is kept. `host` is a name, a number or the folder of a socket; `user` None is whoever asks."""

    database: str
    host: str = SOCKETS
    port: int = PORT
    schema: str = SCHEMA
    user: str | None = None
    sslmode: str = "prefer"
    sslrootcert: str | None = None
    password: str | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        told = {"host": self.host} if self.is_local else {}
        told |= {"schema": self.schema} if self.schema != SCHEMA else {}
        told |= {"sslmode": self.sslmode} if self.sslmode != "prefer" else {}
        told |= {"sslrootcert": self.sslrootcert} if self.sslrootcert else {}
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port != PORT else ""
        place = f"{user}{'' if self.is_local else host}{port}/{quote(self.database, safe='')}"
        return f"postgresql://{place}{'?' if told else ''}{urlencode(told, safe='/')}"

    @property
    def is_local(self) -> bool:
        """True where the host is the folder of a socket."""
        return self.host.startswith("/")

    @property
    def socket(self) -> str:
        """The socket's file, where the host is its folder."""
        return f"{self.host}/.s.PGSQL.{self.port}"

    @property
    def role(self) -> str:
        """Who asks: as the address says, else `PGUSER`, else the login name."""
        if self.user or os.environ.get("PGUSER"):
            return self.user or os.environ["PGUSER"]
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            raise UsageError("names no user", what=str(self), advice="set PGUSER") from None

    def secret(self) -> str | None:
        """The password, from the address, `PGPASSWORD` or the password file; None where none of them has one."""
        return self.password or os.environ.get("PGPASSWORD") or _from_file(self)


def parse(text: str) -> Address:
    """The address that a person wrote; UsageError names what is wrong with it, and never its password."""
    shown = re.sub(r"(//[^/@:]*):[^/]*@", r"\1@", text)
    try:
        parts = urlsplit(text)
        port, host = parts.port or PORT, parts.hostname or ""
        told = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise UsageError(f"is no address of a record ({error})", what=shown, advice=_FORM) from None
    database = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in _SCHEMES or parts.fragment:
        raise UsageError("is no address of a record", what=shown, advice=_FORM)
    if not database or "/" in database:
        raise UsageError("names no database" if not database else "names no one database", what=shown, advice=_FORM)
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    return _checked(
        told, shown, Address(database, told.pop("host", host or SOCKETS), port, user=user, password=password)
    )


def _checked(told: Mapping[str, str], shown: str, bare: Address) -> Address:
    """An address with what stands behind its question mark."""
    known = ("schema", "sslmode", "sslrootcert")
    for name in told:
        if name not in known:
            advice = f"what may stand behind the question mark is: host, {', '.join(known)}"
            raise UsageError(f"'{name}' is not known in an address", what=shown, advice=advice)
    schema, mode = told.get("schema", SCHEMA), told.get("sslmode", "prefer")
    if not _NAME.fullmatch(schema) or schema == "information_schema":
        raise UsageError(
            f"'{schema}' can't name a schema", what=shown, advice="use small letters, digits and '_', 63 at most"
        )
    if mode not in SSL_MODES:
        raise UsageError(f"'{mode}' is no sslmode", what=shown, advice=f"choose {', '.join(SSL_MODES)}")
    if mode == "verify-full" and bare.is_local:
        raise UsageError("a socket has no certificate to verify", what=shown, advice="leave sslmode out")
    return Address(bare.database, bare.host, bare.port, schema, bare.user, mode, told.get("sslrootcert"), bare.password)


def _from_file(address: Address) -> str | None:
    """The password that `~/.pgpass` (or `PGPASSFILE`) has for an address: lines host:port:database:user:password."""
    path = Path(os.environ.get("PGPASSFILE") or Path.home() / ".pgpass")
    try:
        text, mode = path.read_text("utf-8"), path.stat().st_mode
    except (OSError, ValueError):
        return None
    if mode & _OTHERS_MAY_READ:
        raise StoreError("may be read by others, so its passwords aren't used", what=str(path), advice="chmod 600 it")
    hosts = {address.host, "localhost"} if address.is_local else {address.host}
    wanted = (hosts, {str(address.port)}, {address.database}, {address.role})
    for line in text.splitlines():
        parts = [re.sub(r"\\(.)", r"\1", part) for part in re.split(r"(?<!\\):", line, maxsplit=4)]
        if not line.startswith("#") and len(parts) == 5 and all(map(_fits, parts, wanted)):
            return parts[4]
    return None


def _fits(said: str, wanted: set[str]) -> bool:
    return said == "*" or said in wanted
