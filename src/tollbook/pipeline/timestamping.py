"""A project's log gets a time stamp: from an authority on the network, or by way of files where there is none.

Input: a project, and the URL of an authority or its reply. Output: an event `timestamp`, which holds the reply as it
came. What is stamped is the hash of the log's last event, and with it all that was before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tollbook.errors import FetchRefused, InputError, StoreError, UsageError
from tollbook.files import new_file
from tollbook.pipeline.chain import payload_of
from tollbook.pipeline.project_folder import open_project
from tollbook.store import Event, Stamp, Store, Unit
from tollbook.store import timestamps as tsp
from tollbook.values import dataclass

if TYPE_CHECKING:
    import httpx

    from tollbook.reports.transport import Deadline
    from tollbook.store.timestamps import Token

_SECONDS = 30.0
_AGAIN = "try again later, ask another, or use --query and --response"
_ASKED, _ANSWERED = "application/timestamp-query", "application/timestamp-reply"


@dataclass(frozen=True, slots=True)
class Stamped:
    """A token in the log: the event it is about, the one that holds it, the authority's time; `new` if it came now."""

    about: int
    event: int
    time: str
    new: bool = True


def ask(folder: Path, authority: str, by: Stamp) -> Stamped:
    """Have an authority stamp the log as it stands.

    Raises FetchRefused or InputError, naming it, where it doesn't answer as it should; nothing is written then.
    """
    tsp.need_client()
    with open_project(folder) as store:
        with store.write():
            pass  # says before anybody is asked that the project may not be written or is in use
        last = _last(store)
        query = tsp.query_of(last, nonce=True)
        token = tsp.token_of(_post(authority, query.as_bytes()), authority)
        if token.hash != last.hash:
            raise InputError("stamped another hash than it was asked to", what=authority, advice="ask another")
        if token.nonce != query.nonce:
            raise InputError("answered another query (nonce)", what=authority, advice="ask again")
        return _keep(store, token, authority, by)


def write_query(folder: Path, out: Path) -> Event:
    """Write the query for the log as it stands to a new file, to be carried to an authority; returns the event."""
    tsp.need_client()
    with open_project(folder) as store:
        last = _last(store)
    with new_file(out) as file:
        file.write(tsp.query_of(last, nonce=False).as_bytes())
    return last


def take_reply(folder: Path, path: Path, by: Stamp) -> Stamped:
    """Put an authority's reply from a file into the log; InputError, naming it, where it is of no event of this log."""
    tsp.need_client()
    try:
        with path.open("rb") as file:
            reply = file.read(tsp.MOST + 1)
    except OSError as error:
        raise InputError(f"can't be read ({(error.strerror or str(error)).lower()})", what=str(path)) from error
    token = tsp.token_of(reply, str(path))
    with open_project(folder) as store:
        return _keep(store, token, None, by, str(path))


def _last(store: Store) -> Event:
    with store.read() as unit:
        last = unit.head()
    if last is None:
        raise StoreError("has no event", what="the log", advice="restore it from a copy")
    return last


def _keep(store: Store, token: Token, authority: str | None, by: Stamp, what: str = "") -> Stamped:
    with store.write() as unit:
        about = next((event for event in unit.events() if event.hash == token.hash), None)
        if about is None:
            advice = "it is of another project, or of a query that was not made here"
            raise InputError("stamps a hash that is of no event of this log", what=what or authority, advice=advice)
        told = tsp.payload(about, token, authority)
        known = _known(unit, str(told["reply"]))
        if known is not None:
            return Stamped(about.seq, known, token.time, new=False)
        event = unit.append(tsp.KIND, told, by)
    return Stamped(about.seq, event.seq, token.time)


def _known(unit: Unit, reply: str) -> int | None:
    """The event that holds the same reply already."""
    return next((event.seq for event in unit.events(tsp.KIND) if payload_of(event).get("reply") == reply), None)


def _post(authority: str, query: bytes) -> bytes:
    """What an authority answers; its address was named by the user, so that a host of the own network will do."""
    import httpcore
    import httpx

    from tollbook.reports.transport import CheckedTransport, Deadline

    host = _host(authority)
    deadline = Deadline(_SECONDS)
    headers = {"Content-Type": _ASKED, "Accept": _ANSWERED}
    try:
        with (
            httpx.Client(transport=CheckedTransport({host}, deadline), trust_env=False, timeout=None) as client,
            client.stream("POST", authority, content=query, headers=headers) as response,
        ):
            if response.status_code != 200:
                raise FetchRefused(f"the authority answered {response.status_code}", what=authority, advice=_AGAIN)
            return _body(response, authority, deadline)
    except FetchRefused as error:
        raise FetchRefused(error.message, what=authority, advice=error.advice) from error
    except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise FetchRefused(f"can't be reached ({reason})", what=authority, advice=_AGAIN) from error


def _host(authority: str) -> str:
    """The host in an authority's URL; raises UsageError where it is none."""
    import httpx

    try:
        url = httpx.URL(authority)
    except (httpx.InvalidURL, ValueError):
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise UsageError(f"'{authority}' is no URL of an authority", advice="give one as https://tsa.example/tsr")
    return url.host


def _body(response: httpx.Response, authority: str, deadline: Deadline) -> bytes:
    pieces: list[bytes] = []
    for piece in response.iter_bytes():
        deadline.left()
        pieces.append(piece)
        if sum(map(len, pieces)) > tsp.MOST:
            raise FetchRefused("answered with more than a time stamp", what=authority, advice=_AGAIN)
    return b"".join(pieces)
