"""Passwords: what is taken as one, and what is kept of it.

Input: what a person types. Output: an argon2id hash that says its own cost. Checking takes the same work whether there
is such a person or not, so that time tells nobody which names there are.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tollbook.errors import UsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST, MOST = 12, 1000
# 19 MiB, two passes and one lane are what OWASP asks for at least; a third pass costs a login 15 ms more.
_PASSES, _KIB, _LANES = 3, 19 * 1024, 1


def checked(password: str, name: str) -> str:
    """A password that may be kept. Raises UsageError: long is asked for, signs of certain kinds are not."""
    if len(password) < LEAST:
        raise UsageError(f"a password has at least {LEAST} signs", advice="take some words that nobody would guess")
    if len(password) > MOST:
        raise UsageError(f"a password has at most {MOST} signs")
    if len(set(password)) < 5 or password.casefold() in {name.casefold(), name.casefold() * 2}:
        raise UsageError("that password would be guessed at once", advice="take some words that nobody would guess")
    return password


def kept(password: str) -> str:
    """The hash to keep."""
    return _hasher().hash(password.encode("utf-8", "surrogatepass"))


def is_right(password: str, against: str) -> bool:
    """Whether it is the password of a hash; where there is no hash the same work is done for nothing."""
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    given = password[: MOST + 1].encode("utf-8", "surrogatepass")
    try:
        return _hasher().verify(against or _nobodys(), given) and bool(against)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # 30 ms, which the start of the app does without

    return PasswordHasher(_PASSES, _KIB, _LANES)


@cache
def _nobodys() -> str:
    return _hasher().hash(b"nobody has this password")
