"""A URL becomes bytes, politely and safely.

Input: a URL that the user gave. Output: a `Raw` with the body, the server's headers and the hops that led to it, or
`FetchRefused`: "http://localhost/admin" is refused, since localhost is a loopback address.

robots.txt is read and kept to, one host is asked at most once in `delay` seconds, and each redirect is a new request
with all checks anew. No proxy, cookie or password is used.
"""

from __future__ import annotations

import time
from dataclasses import field
from typing import Protocol

import httpcore
import httpx

from tollbook.errors import FetchRefused
from tollbook.reports import robots
from tollbook.reports.options import InputOptions
from tollbook.reports.sources import Raw
from tollbook.reports.transport import CheckedTransport, Deadline
from tollbook.values import dataclass

_MAX_HOPS = 10
# A site that asks for more than a minute between two pages is better read by hand.
_MAX_DELAY = 60.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Codings whose expansion is bounded (about 1,000 : 1 of a 64 KB piece); others can burst before they can be measured.
_CODINGS = frozenset({"", "identity", "gzip", "deflate"})
_NETWORK_ERRORS = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpx.HTTPError)


class Clock(Protocol):
    """The clock that a polite reader waits by: `time` itself, or one of a test."""

    def monotonic(self) -> float: ...
    def sleep(self, seconds: float, /) -> None: ...


@dataclass(slots=True)
class Fetcher:
    """Fetches URLs for one run: keeps what sites allow, and when each host was asked last."""

    options: InputOptions
    clock: Clock = time
    _robots: dict[str, robots.Robots] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str) -> Raw:
        """The bytes at `url`; raises `FetchRefused`, naming the URL."""
        try:
            return self._follow(url)
        except FetchRefused as error:
            raise FetchRefused(error.message, what=url, advice=error.advice) from error

    def _follow(self, given: str) -> Raw:
        hops: list[str] = []
        url = given
        for _ in range(_MAX_HOPS):
            target = _checked(url)
            hops.append(str(target))
            rules = self._rules(target)
            if not rules.allows(target.raw_path.decode("ascii")):
                raise FetchRefused(f"the site's robots.txt does not allow {target}", advice="save the page by hand")
            response, body = self._get(target, self.options.max_size, rules.delay)
            if response.status_code not in _REDIRECTS:
                return _raw(given, response, body, tuple(hops))
            url = str(target.join(_location(response)))
        raise FetchRefused(f"more than {_MAX_HOPS} redirects")

    def _rules(self, target: httpx.URL) -> robots.Robots:
        """What the site's robots.txt allows; where the site can't answer, nothing is (RFC 9309, 2.3.1.4)."""
        site = f"{target.scheme}://{target.netloc.decode('ascii')}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(httpx.URL(f"{site}/robots.txt"))
        return self._robots[site]

    def _read_robots(self, url: httpx.URL) -> robots.Robots:
        for _ in range(5):  # the standard asks to follow at least five redirects
            response, body = self._get(url, robots.MAX_SIZE, 0.0, cut=True)
            if response.status_code in _REDIRECTS:
                url = _checked(str(url.join(_location(response))))
                continue
            if response.status_code >= 500:
                return robots.REFUSE_ALL
            if response.status_code != 200:
                return robots.ALLOW_ALL
            return robots.parse(body.decode("utf-8", "replace"), self.options.user_agent)
        return robots.ALLOW_ALL

    def _get(self, url: httpx.URL, limit: int, delay: float, *, cut: bool = False) -> tuple[httpx.Response, bytes]:
        """One request: status, headers and at most `limit` bytes of the body (`cut`: the rest is left)."""
        self._wait(url.host, delay)
        deadline = Deadline(self.options.timeout)
        headers = {"User-Agent": self.options.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
        transport = CheckedTransport(self.options.allow_hosts, deadline)
        try:
            with (
                httpx.Client(transport=transport, trust_env=False, headers=headers, timeout=None) as client,
                client.stream("GET", url) as response,
            ):
                return response, b"" if response.status_code in _REDIRECTS else _body(response, limit, cut, deadline)
        except _NETWORK_ERRORS as error:
            raise FetchRefused(_reason(error, self.options.timeout), advice="try again later") from error

    def _wait(self, host: str, delay: float) -> None:
        """Waits until the host may be asked again."""
        pause = min(max(delay, self.options.delay), _MAX_DELAY)
        now = self.clock.monotonic()
        due = self._asked.get(host, now - pause) + pause
        if due > now:
            self.clock.sleep(due - now)
        self._asked[host] = self.clock.monotonic()


def _checked(url: str) -> httpx.URL:
    """The URL as httpx reads it, where it is one of the web and carries no password."""
    try:
        parsed = httpx.URL(url).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchRefused("no URL", advice="give one as https://example.org/page") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise FetchRefused(f"{parsed.scheme or 'this'} is no address of the web", advice="http and https are read")
    if parsed.userinfo:
        raise FetchRefused("a user name in a URL is not sent", advice="take it out, or save the page by hand")
    return parsed


def _location(response: httpx.Response) -> str:
    where = response.headers.get("location")
    if not where:
        raise FetchRefused("a redirect that leads nowhere")
    return str(where)


def _body(response: httpx.Response, limit: int, cut: bool, deadline: Deadline) -> bytes:
    if response.headers.get("content-encoding", "").strip().lower() not in _CODINGS:
        raise FetchRefused("its content is packed in a way that was not asked for")
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_bytes():
        deadline.left()
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            if cut:
                break
            raise FetchRefused(f"larger than {limit:,} bytes", advice="raise --max-size to read it")
    return b"".join(pieces)[:limit]


def _raw(given: str, response: httpx.Response, body: bytes, hops: tuple[str, ...]) -> Raw:
    if response.status_code != 200:
        raise FetchRefused(f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Raw(
        name=given,
        data=body,
        how="url",
        url=hops[-1],
        media_type=media_type or None,
        charset=response.charset_encoding,
        headers=tuple(response.headers.multi_items()),
        hops=hops,
        status=f"{response.http_version} {response.status_code} {response.reason_phrase}".rstrip(),
    )


def _reason(error: Exception, timeout: float) -> str:
    if isinstance(error, (httpcore.TimeoutException, httpx.TimeoutException)):
        return f"not read within {timeout:g} seconds"
    return f"could not be fetched ({' '.join(str(error).split()) or type(error).__name__})"
