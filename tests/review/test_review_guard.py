"""What the app refuses over plain HTTP: forged forms, planted sessions, other hosts, paths out, bodies without end."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from review_server import Review, reviewing

from tollbook.review import accounts, guard, patience, sessions
from tollbook.review.app import ROUTES
from tollbook.review.limits import Limit
from tollbook.review.people import Person

PASSWORD = "seven grey herons at low tide"
FORM = {"name": "Cy Ferrow", "role": "reader"}
EVIL = "https://elsewhere.example"


def names(review: Review) -> list[str]:
    return [one.name for one in accounts.everyone(review.app.state.kept)]


def raw(review: Review, request: bytes) -> bytes:
    """What the server answers to these very bytes."""
    host, port = review.url.removeprefix("http://").split(":")
    with closing(socket.create_connection((host, int(port)), timeout=20)) as line:
        line.sendall(request)
        return b"".join(iter(lambda: line.recv(65536), b""))


def get(review: Review, path: str, host: str | None = None, more: str = "") -> bytes:
    at = host if host is not None else review.url.removeprefix("http://")
    return raw(review, f"GET {path} HTTP/1.1\r\nHost: {at}\r\n{more}Connection: close\r\n\r\n".encode("latin-1"))


# ---- forged forms ----


@pytest.mark.parametrize(
    "headers",
    [
        {"x-csrf-token": ""},
        {"x-csrf-token": "A" * 43},
        {"x-csrf-token": "\xe9"},
        {"origin": EVIL},
        {"origin": "null"},
        {"origin": "https://127.0.0.1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_elsewhere_does_nothing(served: Review, headers: dict[str, str]) -> None:
    client = served.client()
    encoded = {name: value.encode("latin-1") for name, value in headers.items()}
    assert client.post("/members", data=FORM, headers=encoded).status_code == 403
    assert names(served) == []
    assert client.post("/members", data=FORM).status_code == 200
    assert names(served) == ["Cy Ferrow"]


def test_the_secret_of_another_session_opens_nothing(served: Review) -> None:
    ann, bo = served.client(), served.client("Bo Tarn", "coder")
    refused = ann.post("/members", data=FORM, headers={"x-csrf-token": bo.headers["x-csrf-token"]})
    assert refused.status_code == 403 and "from this session; nothing was done" in refused.text
    del ann.headers["x-csrf-token"]
    assert ann.post(f"/members?csrf={bo.headers['x-csrf-token']}", data=FORM).status_code == 403
    assert (
        ann.post("/members", content=b"name=x&role=reader", headers={"content-type": "text/plain"}).status_code == 403
    )
    assert names(served) == []


def test_a_method_can_t_be_passed_off_as_another(served: Review) -> None:
    client = served.client()
    override = {"x-http-method-override": "POST", "x-method-override": "POST", "x-http-method": "POST"}
    client.get("/members", params={**FORM, "_method": "POST"}, headers=override)
    assert client.get("/leave").status_code == 405
    assert client.request("DELETE", "/members", params=FORM).status_code == 405
    assert client.request("TRACE", "/").status_code == 405
    assert names(served) == [] and client.get("/members").status_code == 200


# ---- sessions ----


def login(client: httpx.Client, name: str = "Bo Tarn", password: str = PASSWORD) -> httpx.Response:
    return client.post("/login", data={"name": name, "password": password})


@pytest.fixture
def bo(team: Review) -> str:
    accounts.add(team.app.state.kept, "Bo Tarn", "coder")
    accounts.set_password(team.app.state.kept, "Bo Tarn", PASSWORD)
    return "Bo Tarn"


def test_a_planted_session_is_never_taken_up_and_the_old_one_ends(team: Review, bo: str) -> None:
    client = team.stranger()
    client.cookies.set(team.cookie, "planted")
    answer = login(client)
    assert answer.status_code == 303, answer.text
    secret = answer.cookies[team.cookie]
    assert answer.status_code == 303 and secret != "planted" and len(secret) >= 43
    said = answer.headers.get_list("set-cookie")
    assert all("HttpOnly" in one and "SameSite=lax" in one and "Path=/" in one for one in said) and len(said) == 2
    assert sessions.find(team.app.state.kept, "planted") is None
    again = team.stranger()
    again.cookies.set(team.cookie, secret)
    session = sessions.find(team.app.state.kept, secret)
    assert session is not None and login(again).status_code == 403
    again.headers["x-csrf-token"] = session.csrf
    assert login(again).cookies[team.cookie] != secret
    assert sessions.find(team.app.state.kept, secret) is None


@pytest.mark.parametrize("cookie", ["", "x", "A" * 60_000, '"', "%00%ff", "é", "a=b; {0}=c", "{0}=; {0}={0}"])
def test_a_bad_cookie_is_nobody(served: Review, cookie: str) -> None:
    sent = f"Cookie: {served.cookie}={cookie.format(served.cookie)}\r\n"
    assert re.match(rb"HTTP/1.1 (303|400|431) ", get(served, "/", more=sent))


def test_sessions_end(served: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, now = served.app.state.kept, time.time()
    at = now
    monkeypatch.setattr(sessions.time, "time", lambda: at)
    idle, used = (sessions.begin(kept, Person("Bo", "coder")) for _ in range(2))
    for hour in range(1, 13):
        at = now + hour * 3600 - 1
        found = sessions.find(kept, used)
        assert found is not None, hour
        assert found.due
        sessions.note(kept, found)
        assert (sessions.find(kept, idle) is None) == (hour > 2)
    at = now + 12 * 3600 + 1
    assert sessions.find(kept, used) is None


def test_a_session_of_a_run_without_accounts_is_worth_nothing_to_a_team(team: Review) -> None:
    secret = sessions.begin(team.app.state.kept, Person("Ann Example", "admin"))
    client = team.stranger()
    client.cookies.set(team.cookie, secret)
    assert client.get("/members").headers["location"] == "/login?to=%2Fmembers"


def test_after_login_nobody_is_sent_elsewhere(team: Review, bo: str) -> None:
    for to in ("//elsewhere.example", "/\\elsewhere.example", EVIL, "javascript:alert(1)", "/\n/x", ""):
        answer = team.stranger().post("/login", data={"name": bo, "password": PASSWORD, "to": to})
        assert answer.headers["location"] == "/", to


# ---- guessing ----


def test_guesses_run_out_and_a_known_browser_has_its_own(team: Review, bo: str) -> None:
    known, stranger = team.stranger(), team.stranger()
    assert login(known).status_code == 303
    known.cookies.delete(team.cookie)
    tried = [login(stranger, bo, f"guess number {number}").status_code for number in range(12)]
    assert tried == [401] * 10 + [429] * 2
    refused = login(stranger)
    assert refused.status_code == 429 and "too many tries; wait 1 minute" in refused.text
    assert login(known).status_code == 303


def test_tries_come_back_with_time() -> None:
    now = 0.0
    limit = Limit(3, 60.0, lambda: now)
    assert [limit.take("a") for _ in range(4)] == [0.0, 0.0, 0.0, 60.0]
    assert limit.take("b") == 0.0
    now = 45.0
    assert limit.take("a") == pytest.approx(15.0)
    now = 60.0
    assert [limit.take("a") > 0 for _ in range(2)] == [False, True]
    now = 1e9
    assert [limit.take("a") > 0 for _ in range(4)] == [False, False, False, True]


def test_too_many_requests_of_one_session_leave_others_free(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_BY_SESSION", (5, 3600.0))
    with reviewing(project) as review:
        greedy, other = review.client(), review.client("Bo Tarn", "coder")
        assert [greedy.get("/account").status_code for _ in range(7)] == [200] * 5 + [429] * 2
        assert other.get("/account").status_code == 200


# ---- who may what ----

OPEN = {"/enter", "/login", "/leave", "/invite", "/published/{token}/{name:path}"}


def test_no_page_but_the_door_is_shown_to_strangers(served: Review) -> None:
    for route in ROUTES:
        path = re.sub(r"\{[^}]*\}", "x", route.path)
        for method in set(route.methods or ()) - {"HEAD"}:
            answer = served.stranger().request(method, path)
            if route.path not in OPEN:
                assert answer.status_code in {303, 401}, (method, path)
                assert answer.headers.get("location", "/login").startswith("/login")


@pytest.mark.parametrize(
    ("role", "refused"), [("reader", ["/add", "/publish", "/members"]), ("coder", ["/publish", "/members"])]
)
def test_a_page_above_one_s_role_is_refused(served: Review, role: str, refused: list[str]) -> None:
    client = served.client("Bo Tarn", role)  # type: ignore[arg-type]
    for path in refused:
        assert client.get(path).status_code == 403
        assert path.encode() not in client.get("/").content


# ---- hosts, headers, paths ----


@pytest.mark.parametrize("host", ["elsewhere.example", "", "127.0.0.1", "127.0.0.1:1", "localhost.elsewhere.example"])
def test_another_host_is_refused(served: Review, host: str) -> None:
    answer = get(served, "/login", host)
    assert answer.startswith((b"HTTP/1.1 421", b"HTTP/1.1 400"))


def test_a_host_twice_or_forwarded_is_refused(served: Review) -> None:
    assert get(served, "/login", more="Host: elsewhere.example\r\n").startswith(b"HTTP/1.1 4")
    answer = get(served, "/account", more=f"X-Forwarded-Host: {EVIL}\r\nForwarded: host={EVIL}\r\n")
    assert b"location: /login?to=%2Faccount\r\n" in answer and b"elsewhere" not in answer


def test_every_answer_bears_the_policy(served: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    client = served.client()
    for path in ("/", "/nothing", "/static/review.css", "/static/nothing", "/leave", "/enter?token=x", "/publish/open"):
        answer = client.get(path)
        assert answer.headers["content-security-policy"] == guard.POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert (answer.headers.get("cache-control") == "no-store") == (not path.startswith("/static/"))
        assert "server" not in answer.headers or "uvicorn" not in answer.headers["server"]
    for part in ("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'", "default-src 'none'"):
        assert part in guard.POLICY
    assert "unsafe" not in guard.POLICY
    assert b"content-security-policy" in get(served, "/", "elsewhere.example").lower()


def test_a_fault_of_ours_shows_no_trace(served: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(accounts, "everyone", broken)
    answer = served.client().get("/members")
    assert answer.status_code == 500 and "something went wrong in tollbook itself" in answer.text
    assert "secret detail" not in answer.text and "Traceback" not in answer.text
    assert answer.headers["content-security-policy"] == guard.POLICY


PATHS = [
    "/static/../app.py",
    "/static/%2e%2e/app.py",
    "/static/..%2fapp.py",
    "/static/..%5capp.py",
    "/static//etc/passwd",
    "/static/%2fetc/passwd",
    "/../../../../etc/passwd",
    "/publish/../../review.sqlite",
    "/published/x/../../../review.sqlite",
    "/jobs/..%2f..%2freview.sqlite",
    "/report/..%2f..%2freview.sqlite",
    "/report/%2fetc%2fpasswd",
    "/incident/..%2f..%2freview.sqlite",
    "/static/%00",
    "/%ff%fe",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(served: Review, path: str) -> None:
    client = served.client()
    sent = f"Cookie: {served.cookie}={client.cookies[served.cookie]}\r\n"
    answer = get(served, path, more=sent)
    assert re.match(rb"HTTP/1.1 (303|4\d\d) ", answer), answer[:80]
    assert b"root:" not in answer and b"SQLite format" not in answer and b"import annotations" not in answer


# ---- bodies ----


def begun(review: Review, length: str) -> bytes:
    """What the server answers to a form of that length, of which only the first word comes."""
    cookie = f"{review.cookie}={review.client().cookies[review.cookie]}"
    head = f"POST /members HTTP/1.1\r\nHost: {review.url[7:]}\r\nCookie: {cookie}\r\nContent-Type: {guard.FORM}\r\n"
    return raw(review, f"{head}Content-Length: {length}\r\nConnection: close\r\n\r\nname=".encode())


def test_a_body_beyond_its_page_s_limit_is_refused_before_it_is_read(served: Review) -> None:
    assert begun(served, "999999999999999999").startswith(b"HTTP/1.1 413 ")

    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"name=" + b"x" * 65536

    answer = served.client().post("/members", content=endless(), headers={"content-type": guard.FORM})
    assert answer.status_code == 413 and "larger than 1 MB" in answer.text
    assert names(served) == []


def test_a_body_that_does_not_come_is_not_waited_for(served: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_PIECE", 0.2)
    told = begun(served, "50")
    assert told.startswith(b"HTTP/1.1 408 ") and b"too slowly" in told


def test_a_head_that_does_not_come_is_not_waited_for(served: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD", 0.2)
    assert raw(served, b"GET / HTTP/1.1\r\nHost: ") == b""
    assert raw(served, b"") == b""


def test_behind_a_proxy_its_word_is_taken_from_this_machine_alone() -> None:
    from starlette.datastructures import Headers

    from tollbook.review.settings import Settings

    behind = Settings(None, ("review.example.org",), secure=True, behind=True)
    head = Headers({"x-forwarded-for": "203.0.113.9, 198.51.100.4"})
    asked = [guard._address({"client": (who, 1)}, head, behind) for who in ("127.0.0.1", "192.0.2.8")]
    assert asked == ["198.51.100.4", "192.0.2.8"]
    assert guard._address({"client": ("127.0.0.1", 1)}, head, Settings(None, ("x",))) == "127.0.0.1"
    assert guard._address({"client": ("2001:db8::7:1", 1)}, head, behind) == "2001:db8::/64"
    assert behind.cookie == "__Host-tollbook" and behind.url == "https://review.example.org"
    assert Settings(None, ("127.0.0.1:8123",)).cookie == "tollbook-8123"
