"""The people of a team: name, role, password, second factor. Made by commands and by admins, kept in `review.sqlite`.

Input: the app's state. Output: `Account` values. A name is looked up as it reads, not as it is typed ("ANN  example" is
Ann Example); rulings bear it as it was given. Whatever changes a role or a password ends that person's sessions.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from tollbook.errors import UsageError
from tollbook.review import passwords, second
from tollbook.review.people import ROLES, Person, Role
from tollbook.review.sessions import hashed
from tollbook.review.state import State

INVITED, REMEMBERED = 3 * 86_400.0, 180 * 86_400.0
_INVITED = "FROM invitation WHERE token_sha256 = ? AND until > ?"
_LONGEST = 80
_NOBODY = "a" * 32  # the secret whose codes are worked out for names that nobody has


@dataclass(frozen=True, slots=True)
class Account:
    """One person. `active`: a password is set; `second`: a second factor too; `invited`: a link is waiting."""

    name: str
    role: Role
    active: bool
    second: bool
    invited: bool = False

    @property
    def person(self) -> Person:
        return Person(self.name, self.role)


def everyone(state: State) -> list[Account]:
    """All accounts by name."""
    asked = (
        "SELECT name, role, password <> '', totp <> '',"
        " EXISTS (SELECT 1 FROM invitation WHERE invitation.name = account.name AND until > ?)"
        " FROM account ORDER BY folded"
    )
    rows = state.rows(asked, time.time())
    return [
        Account(str(name), as_role(str(role)), bool(active), bool(two), bool(invited))
        for name, role, active, two, invited in rows
    ]


def any_admin(state: State) -> bool:
    """Whether somebody can come in by a password or a link and make others' accounts."""
    return any(one.role == "admin" and (one.active or one.invited) for one in everyone(state))


def get(state: State, name: str) -> Account:
    """The account of a name. Raises UsageError, listing the names there are."""
    found = next((one for one in everyone(state) if folded(one.name) == folded(name)), None)
    if found is None:
        names = ", ".join(one.name for one in everyone(state)[:20]) or "none yet"
        raise UsageError("there is no such account", what=repr(name), advice=f"there are: {names}")
    return found


def add(state: State, name: str, role: str, *, again: bool = False) -> Account:
    """A new account, without a password. Raises UsageError for a name that can't be, or that is taken.

    `again`: who had this name before, and was removed, comes back.
    """
    told, known = _name(name), as_role(role)
    if not again and state.rows("SELECT 1 FROM removed WHERE folded = ?", folded(told)):
        advice = "choose another; if the same person comes back: tollbook account add --again"
        raise UsageError("that name was somebody's, and rulings bear it", what=told, advice=advice)
    with state.change() as kept:
        try:
            kept.execute("INSERT INTO account (name, folded, role) VALUES (?, ?, ?)", (told, folded(told), known))
        except sqlite3.IntegrityError:
            raise UsageError("that name is taken", what=told, advice="rulings bear names: choose another") from None
    return Account(told, known, False, False)


def set_role(state: State, name: str, role: str) -> Account:
    """Another role; that person's sessions end. Raises UsageError where no admin would be left."""
    account, known = get(state, name), as_role(role)
    if known == account.role:
        return account
    _check_admin_left(state, account)
    with state.change() as kept:
        kept.execute("UPDATE account SET role = ? WHERE name = ?", (known, account.name))
        kept.execute("DELETE FROM session WHERE name = ?", (account.name,))
    return get(state, account.name)


def remove(state: State, name: str) -> None:
    """No account any more; rulings keep the name. Raises UsageError where no admin would be left."""
    account = get(state, name)
    _check_admin_left(state, account)
    with state.change() as kept:
        kept.execute("DELETE FROM account WHERE name = ?", (account.name,))
        kept.execute("INSERT OR IGNORE INTO removed VALUES (?)", (folded(account.name),))
        kept.execute("DELETE FROM session WHERE name = ?", (account.name,))


def set_password(state: State, name: str, password: str, token: str = "") -> bool:
    """Another password; that person's sessions, links and known browsers end. Raises UsageError for a bad one.

    With the `token` of an invitation only while that is good, which it then no longer is; else False.
    """
    kept_as = passwords.kept(passwords.checked(password, name))
    with state.change() as kept:
        if token and not kept.execute(f"SELECT 1 {_INVITED}", (hashed(token), time.time())).fetchone():
            return False
        kept.execute("UPDATE account SET password = ? WHERE name = ?", (kept_as, name))
        for table in ("session", "invitation", "device"):
            kept.execute(f"DELETE FROM {table} WHERE name = ?", (name,))
    return True


def invite(state: State, name: str) -> str:
    """The token of a link by which that person chooses a password, once; earlier links end. Changes nothing else."""
    token = secrets.token_urlsafe(32)
    with state.change() as kept:
        kept.execute("DELETE FROM invitation WHERE name = ? OR until < ?", (name, time.time()))
        kept.execute("INSERT INTO invitation VALUES (?, ?, ?)", (hashed(token), name, time.time() + INVITED))
    return token


def reset(state: State, name: str) -> str:
    """Nobody comes in by what was known of this person; the token of a link to begin anew."""
    account = get(state, name)
    with state.change() as kept:
        kept.execute("UPDATE account SET password = '', totp = '', offered = '' WHERE name = ?", (account.name,))
        for table in ("session", "device", "recovery"):
            kept.execute(f"DELETE FROM {table} WHERE name = ?", (account.name,))
    return invite(state, account.name)


def invited(state: State, token: str) -> Account | None:
    """Whose link it is; None where it was used, is too old or never was."""
    rows = state.rows(f"SELECT name {_INVITED}", hashed(token), time.time())
    return get(state, str(rows[0][0])) if rows else None


# ---- coming in ----


def has_password(state: State, name: str, password: str) -> bool:
    """Whether it is that person's."""
    rows = state.rows("SELECT password FROM account WHERE name = ?", name)
    return passwords.is_right(password, str(rows[0][0]) if rows else "")


def remember(state: State, name: str, now: float) -> str:
    """The secret of a browser that this person came in with, to be known by."""
    secret = secrets.token_urlsafe(32)
    with state.change() as kept:
        kept.execute("DELETE FROM device WHERE until < ?", (now,))
        kept.execute("INSERT INTO device VALUES (?, ?, ?)", (hashed(secret), name, now + REMEMBERED))
    return secret


def remembers(state: State, secret: str, name: str, now: float) -> bool:
    """Whether that person came in with this browser before."""
    asked = "SELECT account.folded FROM device JOIN account USING (name) WHERE secret_sha256 = ? AND until > ?"
    return (folded(name),) in state.rows(asked, hashed(secret[:200]), now)


@dataclass(frozen=True, slots=True)
class Codes:
    """How often second factors may be tried: `may` takes a try, `good` gives it back."""

    may: Callable[[], bool]
    good: Callable[[], None]


def came(state: State, name: str, password: str, code: str, now: float, codes: Codes | None = None) -> Account | None:
    """Who shows name, password and, where there is one, the second factor; None, after as much work, for anything else.

    A code is spent, and a try of `codes` taken, only where the password is right, so that strangers can't use up
    anybody's.
    """
    asked = "SELECT name, role, password, totp, step FROM account WHERE folded = ?"
    rows = state.rows(asked, folded(name[: 4 * _LONGEST]))
    known, role, against, totp, step = rows[0] if rows else ("", "reader", "", _NOBODY, 0)
    right = passwords.is_right(password, str(against))
    new_step = second.step_of(str(totp) or _NOBODY, code, now, int(str(step)))
    if not right or not known:
        return None
    if totp:
        if codes is not None and not codes.may():
            return None
        if not _spent(state, str(known), code, new_step):
            return None
        if codes is not None:
            codes.good()
    return Account(str(known), as_role(str(role)), True, bool(totp))


def _spent(state: State, name: str, code: str, step: int | None) -> bool:
    """Whether a code was good, and is used up now; two at the same moment are not both good."""
    with state.change() as kept:
        if step is not None:
            done = kept.execute("UPDATE account SET step = ? WHERE name = ? AND step < ?", (step, name, step))
        else:
            typed = hashed(second.as_typed(code[:100]))
            done = kept.execute("DELETE FROM recovery WHERE name = ? AND code_sha256 = ?", (name, typed))
        return done.rowcount == 1


# ---- the second factor ----


def offer(state: State, name: str) -> str:
    """A new secret, which is the second factor only once a code of it is shown."""
    secret = second.new_secret()
    with state.change() as kept:
        kept.execute("UPDATE account SET offered = ? WHERE name = ?", (secret, name))
    return secret


def offered(state: State, name: str) -> str:
    """The secret that waits for its first code; empty where none does."""
    rows = state.rows("SELECT offered FROM account WHERE name = ?", name)
    return str(rows[0][0]) if rows else ""


def take_up(state: State, name: str, code: str, now: float) -> list[str]:
    """The offered secret is the second factor from now on; its recovery codes. Raises UsageError for a wrong code."""
    secret = offered(state, name)
    step = second.step_of(secret, code, now, 0) if secret else None
    if step is None:
        raise UsageError("that is not the code of this moment", advice="wait for the next one; is the clock right?")
    codes = second.recovery_codes()
    with state.change() as kept:
        kept.execute("UPDATE account SET totp = offered, offered = '', step = ? WHERE name = ?", (step, name))
        kept.execute("DELETE FROM recovery WHERE name = ?", (name,))
        kept.executemany("INSERT INTO recovery VALUES (?, ?)", [(name, hashed(one)) for one in codes])
    return codes


def give_up(state: State, name: str) -> None:
    """No second factor any more."""
    with state.change() as kept:
        kept.execute("UPDATE account SET totp = '', offered = '' WHERE name = ?", (name,))
        kept.execute("DELETE FROM recovery WHERE name = ?", (name,))


# ---- names and roles ----


def folded(name: str) -> str:
    """By which a name is looked up."""
    known = name.encode("utf-8", "replace").decode()  # lone surrogates are in nobody's name
    return " ".join(unicodedata.normalize("NFKC", known).casefold().split())


def as_role(role: str) -> Role:
    """A role by its name. Raises UsageError, listing them."""
    for one in ROLES:
        if one == role:
            return one
    raise UsageError("is no role", what=repr(role[:_LONGEST]), advice=f"there are: {', '.join(ROLES)}")


def _name(name: str) -> str:
    told = " ".join(unicodedata.normalize("NFC", name).split())
    if not told:
        raise UsageError("an account needs a name", advice="give the one that rulings shall bear")
    if len(told) > _LONGEST:
        raise UsageError(f"a name has at most {_LONGEST} signs", what=f"{told[:20]!r}…")
    if not told.isprintable():
        raise UsageError("a name has no signs that can't be seen", what=ascii(told))
    return told


def _check_admin_left(state: State, account: Account) -> None:
    admins = [one for one in everyone(state) if one.role == "admin" and one.active and one.name != account.name]
    if account.role == "admin" and not admins and len(everyone(state)) > 1:
        raise UsageError("is the last admin", what=account.name, advice="make another one first")
