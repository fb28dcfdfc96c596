"""What somebody would try who wants in: guessing codes, using things twice, keeping a session, holding others up."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import httpx
import pyotp
import pytest
from review_server import Review

from tollbook.review import Settings, accounts, build, passwords, sessions
from tollbook.review.door import Door
from tollbook.review.limits import Limit
from tollbook.review.people import Person, Refused
from tollbook.review.state import State
from tollbook.review.uploads import Upload

T = TypeVar("T")
PASSWORD = "seven grey herons at low tide"


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path)


def member(kept: State, name: str = "Bo Tarn", *, second: bool = False) -> pyotp.TOTP | None:
    """An account with the password of these tests; with a second factor its codes."""
    accounts.add(kept, name, "coder")
    accounts.set_password(kept, name, PASSWORD)
    if not second:
        return None
    accounts.offer(kept, name)
    codes = pyotp.TOTP(accounts.offered(kept, name))
    assert accounts.take_up(kept, name, codes.at(time.time() - 30), time.time())
    return codes


def login(client: httpx.Client, code: str = "", password: str = PASSWORD, name: str = "Bo Tarn") -> httpx.Response:
    return client.post("/login", data={"name": name, "password": password, "code": code})


def run(work: Callable[[], Coroutine[object, object, T]]) -> T:
    """What a coroutine comes to, in a thread that has no loop of a browser's."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(lambda: asyncio.run(work())).result()


def secret_of(client: httpx.Client) -> str:
    """The form secret of a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/account").text)
    assert found
    return found[1]


# ---- codes ----


def test_a_code_works_once_also_for_two_at_the_same_moment(state: State) -> None:
    codes = member(state, second=True)
    assert codes is not None
    now, came = time.time(), list[object]()

    def come() -> None:
        came.append(accounts.came(state, "Bo Tarn", PASSWORD, codes.at(now), now))

    threads = [threading.Thread(target=come) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one is not None for one in came) == 1
    assert accounts.came(state, "Bo Tarn", PASSWORD, codes.at(now), now) is None
    assert accounts.came(state, "Bo Tarn", PASSWORD, codes.at(now - 30), now) is None


def test_guesses_at_the_second_factor_run_out_long_before_they_hit(team: Review) -> None:
    codes = member(team.app.state.kept, second=True)
    assert codes is not None
    door = team.app.state.door
    known = team.stranger()
    assert login(known, codes.at(time.time())).status_code == 303
    known.cookies.delete(team.cookie)
    stranger = team.stranger()
    assert {login(stranger, "000000").status_code for _ in range(10)} == {401}
    door._by_name, door._by_address = Limit(100, 1.0), Limit(100, 1.0)  # a day later, these have come back
    assert login(stranger, codes.at(time.time() + 30)).status_code == 401  # the right one, too late
    assert login(known, codes.at(time.time() + 30)).status_code == 303  # a browser of theirs has tries of its own


def test_wrong_passwords_take_no_tries_of_the_second_factor(state: State) -> None:
    codes = member(state, second=True)
    assert codes is not None
    taken: list[int] = []
    tries = accounts.Codes(lambda: not taken.append(1), lambda: taken.clear())  # type: ignore[func-returns-value]
    assert accounts.came(state, "Bo Tarn", "not the password at all", "000000", time.time(), tries) is None
    assert taken == []
    assert accounts.came(state, "Bo Tarn", PASSWORD, "000000", time.time(), tries) is None
    assert taken == [1]
    assert accounts.came(state, "Bo Tarn", PASSWORD, codes.at(time.time()), time.time(), tries) is not None
    assert taken == []


def test_who_has_no_tries_left_uses_up_nobody_else_s() -> None:
    door = Door(Settings(None, ("x",)))
    door._by_address = Limit(3, 3600.0)

    async def guess(address: str, *, right: bool = False) -> bool:
        return await door.tried((("bo tarn", False), address), lambda: right)

    async def guesses() -> int:
        refused = 0
        for _ in range(30):
            try:
                await guess("203.0.113.9")
            except Refused:
                refused += 1
        assert await guess("198.51.100.4", right=True)
        return refused

    assert run(guesses) == 27


# ---- sessions ----


def test_leaving_ends_the_session_for_whoever_kept_its_cookie(team: Review) -> None:
    member(team.app.state.kept)
    client, thief = team.stranger(), team.stranger()
    assert login(client).status_code == 303
    thief.cookies.set(team.cookie, client.cookies[team.cookie])
    assert thief.get("/account").status_code == 200
    client.post("/leave", headers={"x-csrf-token": secret_of(client)})
    assert thief.get("/account").status_code == 303


@pytest.mark.parametrize(("form", "change"), [("remove", {}), ("reset", {}), ("role", {"role": "reader"})])
def test_who_is_removed_begun_anew_or_of_another_role_is_out_at_once(
    team: Review, form: str, change: dict[str, str]
) -> None:
    member(team.app.state.kept)
    client, admin = team.stranger(), team.client("Ann Example", "admin")
    login(client)
    assert client.get("/account").status_code == 200
    assert admin.post(f"/members/{form}", data={"name": "Bo Tarn", **change}).status_code in {200, 303}
    assert client.get("/account").status_code == 303
    assert client.post("/rule", json={"target": "x", "action": "note", "why": "still here"}).status_code == 401


def test_a_second_factor_begins_a_new_session(team: Review) -> None:
    kept = team.app.state.kept
    member(kept)
    client = team.stranger()
    login(client)
    before, headers = client.cookies[team.cookie], {"x-csrf-token": secret_of(client)}
    assert client.post("/account/second", data={"password": PASSWORD}, headers=headers).status_code == 303
    code = pyotp.TOTP(accounts.offered(kept, "Bo Tarn")).at(time.time())
    answer = client.post("/account/second/code", data={"code": code}, headers=headers)
    assert answer.status_code == 200 and "Recovery codes" in answer.text
    assert client.cookies[team.cookie] != before and sessions.find(kept, before) is None
    found = re.search(r'name="csrf" value="([^"]+)"', answer.text)
    assert found and found[1] != headers["x-csrf-token"]
    assert client.post("/leave", headers={"x-csrf-token": found[1]}).headers["location"] == "/login"


def test_who_is_removed_or_gets_another_role_while_coming_in_comes_in_as_they_are_now(state: State) -> None:
    member(state)
    person = Person("Bo Tarn", "coder")  # as it was when the password was looked at
    accounts.set_role(state, "Bo Tarn", "reader")
    found = sessions.find(state, sessions.begin(state, person, account=True))
    assert found is not None and found.person.role == "reader"
    accounts.remove(state, "Bo Tarn")
    assert sessions.find(state, "x") is None
    with pytest.raises(Refused, match="there is no such account any more"):
        sessions.begin(state, person, account=True)


def test_a_link_for_one_time_is_for_one_time(served: Review) -> None:
    link = served.app.state.door.link()
    assert served.stranger().get(link).headers["location"] == "/"
    again = served.stranger().get(link)
    assert again.status_code == 403 and "has been used" in again.text and "set-cookie" not in again.headers


def test_by_https_cookies_never_go_in_clear(project: Path) -> None:
    app = build(project, Settings(None, ("review.example.org",), secure=True))
    try:
        member(app.state.kept)

        async def come() -> httpx.Response:
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://review.example.org")
            async with client:
                return await client.post("/login", data={"name": "Bo Tarn", "password": PASSWORD})

        answer = run(come)
    finally:
        app.state.desk.close()
    said = answer.headers.get_list("set-cookie")
    assert len(said) == 2
    for one in said:
        assert one.startswith("__Host-tollbook") and "Domain" not in one
        assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(one.split("; "))
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


# ---- holding others up ----


def test_no_password_is_hashed_where_all_requests_pass(team: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing takes long: it is never done by the thread that every request goes through."""
    member(team.app.state.kept)
    plain, apart = (passwords.kept, passwords.is_right), list[bool]()

    def watched(which: int, *given: str) -> object:
        try:
            asyncio.get_running_loop()
            apart.append(False)
        except RuntimeError:
            apart.append(True)
        return plain[which](*given)

    monkeypatch.setattr(passwords, "kept", lambda *given: watched(0, *given))
    monkeypatch.setattr(passwords, "is_right", lambda *given: watched(1, *given))
    client = team.stranger()
    assert login(client).status_code == 303
    new = {"password": PASSWORD, "new": "eleven slow barges upstream", "again": "eleven slow barges upstream"}
    changed = client.post("/account/password", data=new, headers={"x-csrf-token": secret_of(client)})
    assert changed.headers["location"] == "/account?done=password"
    token = accounts.invite(team.app.state.kept, "Bo Tarn")
    taken = {"token": token, "password": PASSWORD, "again": PASSWORD}
    assert team.stranger().post("/invite", data=taken).status_code == 303
    assert len(apart) >= 4 and all(apart)


def test_a_form_of_a_hundred_thousand_fields_is_refused_before_it_is_read(served: Review) -> None:
    client, many = served.client(), "a=1&" * 100_000
    del client.headers["x-csrf-token"]
    for form in (many, f"{many}csrf=x"):
        answer = client.post("/members", content=form, headers={"content-type": "application/x-www-form-urlencoded"})
        assert answer.status_code == 413 and "too many fields" in answer.text
    stranger = served.stranger().post(
        "/login", content=many, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert stranger.status_code == 400


def test_an_upload_of_parts_without_end_is_refused(tmp_path: Path) -> None:
    upload = Upload("multipart/form-data; boundary=cut", tmp_path, 1_000)
    part = b'--cut\r\nContent-Disposition: form-data; name="files"; filename=".x"\r\n\r\n\r\n'
    with pytest.raises(Refused, match="more than 4,000 parts at once"):
        for _ in range(50):
            upload.take(part * 100)
    assert len(upload.left_out) <= 4_000
    long = Upload("multipart/form-data; boundary=cut", tmp_path, 1_000)
    with pytest.raises(Refused, match="no upload of files"):
        for piece in (b"--cut\r\nContent-Disposition: ", *(b"x" * 65536 for _ in range(20))):
            long.take(piece)


def test_a_websocket_is_never_opened(served: Review) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    asked = (
        f"GET / HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    with closing(socket.create_connection((host, int(port)), timeout=20)) as line:
        line.sendall(asked.encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 303 ") and b"location: /login" in answer
