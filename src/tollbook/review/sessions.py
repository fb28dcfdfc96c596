"""Who has come in: a cookie that only the browser has, its hash with name, role and a form secret in the state.

Input: a cookie. Output: a `Session`, or None. A session ends after two hours without a request, after twelve in all,
when somebody leaves, and when a role or password changes; each coming in makes a new one, so that a cookie planted
before is worth nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

from tollbook.review.people import ROLES, Person, Refused
from tollbook.review.state import State

_LASTS = 12 * 3600.0
_IDLE = 2 * 3600.0
# Noting each request would write to the disk for each; so a session may end this much early.
_NOTED = 5 * 60.0
_ID = 16
_OF = f"substr(secret_sha256, 1, {_ID}) = ?"
_TRIED = 256  # more than any secret is long: what is longer is none


@dataclass(frozen=True, slots=True)
class Session:
    """One coming in: who, and the secret that each of their forms must bring. `id` names it and opens nothing.

    `account`: a password opened it, not a link; `due`: it is time to note that it is still in use.
    """

    person: Person
    csrf: str
    id: str
    account: bool = False
    due: bool = False

    def sent(self, token: str) -> bool:
        """True where a form brought this session's secret."""
        return hmac.compare_digest(self.csrf.encode(), token.encode("utf-8", "surrogatepass"))


def begin(state: State, person: Person, *, account: bool = False) -> str:
    """The value of the cookie of a new session; `account`: a password opened it, not a link.

    An account's role is the one it has in this moment. Raises Refused where it was removed meanwhile.
    """
    secret = secrets.token_urlsafe(32)
    now, role = time.time(), person.role
    with state.change() as kept:
        if account:
            rows = kept.execute("SELECT role FROM account WHERE name = ?", (person.name,)).fetchall()
            if not rows:
                raise Refused("there is no such account any more", 401, advice="ask an admin")
            role = rows[0][0]
        kept.execute("DELETE FROM session WHERE until < ? OR seen < ?", (now, now - _IDLE))
        kept.execute(
            "INSERT INTO session (secret_sha256, name, role, account, csrf, seen, until) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (hashed(secret), person.name, role, account, secrets.token_urlsafe(32), now, now + _LASTS),
        )
    return secret


def find(state: State, secret: str) -> Session | None:
    """The session of a cookie; None where there is none, or where it has ended."""
    if not secret or len(secret) > _TRIED:
        return None
    now, key = time.time(), hashed(secret)
    asked = "SELECT name, role, csrf, account, seen FROM session WHERE secret_sha256 = ? AND until > ? AND seen > ?"
    rows = state.rows(asked, key, now, now - _IDLE)
    if not rows:
        return None
    name, role, csrf, account, seen = rows[0]
    due = now - float(str(seen)) > _NOTED
    return Session(Person(str(name), role), str(csrf), key[:_ID], bool(account), due) if role in ROLES else None


def note(state: State, session: Session) -> None:
    """The session is in use now."""
    with state.change() as kept:
        kept.execute(f"UPDATE session SET seen = ? WHERE {_OF}", (time.time(), session.id))


def end(state: State, secret: str) -> None:
    """Nobody comes in by this cookie again."""
    with state.change() as kept:
        kept.execute("DELETE FROM session WHERE secret_sha256 = ?", (hashed(secret),))


def end_of(state: State, name: str, but: str = "") -> None:
    """All sessions of a person end, but the one whose `id` is named."""
    with state.change() as kept:
        kept.execute(f"DELETE FROM session WHERE name = ? AND NOT {_OF}", (name, but))


def hashed(secret: str) -> str:
    """What is kept of a secret that is too long to be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
