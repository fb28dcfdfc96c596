"""What can go wrong, as a user should read it: one line that names the input and says what to do.

Every error that tollbook raises on purpose is a `TollbookError`. It knows its exit status for the command line and its
HTTP status for the review app, so that each surface shows errors in one place.
"""

from __future__ import annotations


class TollbookError(Exception):
    """An error with a message for the user.

    `message` says what is wrong, `what` names the input it is wrong with, `advice` says what to do about it.
    """

    exit_code = 1
    status = 400

    def __init__(self, message: str, *, what: str | None = None, advice: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.what = what
        self.advice = advice

    def __str__(self) -> str:
        line = f"{self.what}: {self.message}" if self.what else self.message
        line = f"{line}; {self.advice}" if self.advice else line
        return " ".join(line.split())


class UsageError(TollbookError):
    """A command, an option or a name that does not exist or does not fit."""

    exit_code = 2


class InputError(TollbookError):
    """An input that can't be read as a report; the run goes on with the others."""

    status = 422


class QuoteMismatch(TollbookError):
    """A span whose words are not the words that were quoted: the claim fails, it is never re-anchored."""

    exit_code = 3
    status = 422


class FetchRefused(InputError):
    """A URL that may not or could not be fetched (robots, private address, size, time)."""


class StoreError(TollbookError):
    """A project folder that can't be used: missing, foreign, altered, or of a newer schema."""

    exit_code = 4
    status = 409


class ConnectionLost(StoreError):
    """The database server went away: what it was last told may have been done or not."""

    status = 503


class OutputError(TollbookError):
    """A result that could not be written; nothing is left half-written."""

    exit_code = 5
    status = 507
