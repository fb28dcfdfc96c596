"""What the app keeps of its own when the disk is full, and secrets that are kept as what they are: hashes."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from review_server import Review, reviewing

from tollbook.errors import OutputError
from tollbook.pipeline import project_folder
from tollbook.review import accounts, second, sessions
from tollbook.review.people import Person
from tollbook.review.state import State

PASSWORD = "seven grey herons at low tide"


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path)


def bo(state: State) -> str:
    accounts.add(state, "Bo Tarn", "coder")
    accounts.set_password(state, "Bo Tarn", PASSWORD)
    return "Bo Tarn"


def test_a_full_disk_is_told_and_keeps_what_there_was(
    state: State, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    name = bo(state)
    secret = sessions.begin(state, Person(name, "coder"))
    with file_limit(1_000):
        for change in (
            lambda: accounts.add(state, "Cy Ferrow", "editor"),
            lambda: accounts.set_role(state, name, "editor"),
            lambda: sessions.begin(state, Person(name, "coder")),
        ):
            with pytest.raises(OutputError, match=r"review\.sqlite: .*free some space, then send it again"):
                change()
        assert sessions.find(state, secret) is not None
    assert [(one.name, one.role) for one in accounts.everyone(state)] == [(name, "coder")]
    assert accounts.add(state, "Cy Ferrow", "editor").name == "Cy Ferrow"


def test_a_ruling_on_a_full_disk_is_told_in_words_and_goes_through_later(
    project: Path, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    claim = project_folder.record(project).claims[0].id
    order = {"target": claim, "action": "accept", "why": "checked against the words", "key": "a" * 32}
    with reviewing(project) as review:
        client, head = review.client(), review.app.state.desk.head()
        with file_limit(1_000):
            refused = client.post("/rule", json=order)
        assert refused.status_code == 507 and "no space left, or the disk fails" in refused.json()["line"]
        assert review.app.state.desk.head() == head
        assert client.post("/rule", json=order).status_code == 200
        assert client.post("/rule", json=order).json()["again"] is True
        assert review.app.state.desk.head() == head + 1


def test_no_secret_stands_in_the_file(tmp_path: Path) -> None:
    state = State(tmp_path)
    name = bo(state)
    secret, token = sessions.begin(state, Person(name, "coder")), accounts.invite(state, name)
    device = accounts.remember(state, name, 0.0)
    accounts.offer(state, name)
    with state.change() as kept:
        kept.execute("UPDATE account SET totp = offered")
    kept_bytes = b"".join(path.read_bytes() for path in tmp_path.glob("review.sqlite*"))
    for one in (PASSWORD, secret, token, device):
        assert one.encode() not in kept_bytes
    assert re.search(rb"\$argon2id\$v=19\$m=19456,t=3,p=1\$", kept_bytes)
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.glob("review.sqlite*"))


def test_who_has_no_account_takes_as_many_hashes_as_who_has(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    name, counted = bo(state), list[str]()
    real, step = accounts.passwords.is_right, second.step_of
    monkeypatch.setattr(accounts.passwords, "is_right", lambda *given: counted.append("hash") or real(*given))
    monkeypatch.setattr(accounts.second, "step_of", lambda *given: counted.append("step") or step(*given))
    for who, password in ((name, "wrong password here"), ("Nobody", PASSWORD), (name, PASSWORD), ("\udcff", "x")):
        counted.clear()
        found = accounts.came(state, who, password, "123456", 1_900_000_000.0)
        assert (found is not None) == (password == PASSWORD and who == name)
        assert counted == ["hash", "step"], who


def test_a_code_is_good_for_its_own_half_minute_and_its_neighbours_once() -> None:
    import pyotp

    secret, now = second.new_secret(), 1_900_000_000.0
    code = pyotp.TOTP(secret).at(now)
    step = int(now) // 30
    assert [second.step_of(secret, code, now + late, 0) for late in (-60, -30, 0, 30, 60)] == [
        None,
        step,
        step,
        step,
        None,
    ]
    assert second.step_of(secret, code, now, step) is None
    assert second.step_of(secret, f" {code[:3]} {code[3:]}", now, step - 1) == step
    for wrong in ("", "0" * 6 if code != "0" * 6 else "1" * 6, code + "1", "\udcff", "９" * 6):
        assert second.step_of(secret, wrong, now, 0) is None


def test_an_invitation_ends_with_time_and_with_a_newer_one(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    name = accounts.add(state, "Cy Ferrow", "coder").name
    first, later = accounts.invite(state, name), accounts.invite(state, name)
    assert accounts.invited(state, first) is None and accounts.invited(state, later) is not None
    moment = accounts.time.time() + accounts.INVITED + 1
    monkeypatch.setattr(accounts.time, "time", lambda: moment)
    assert accounts.invited(state, later) is None
    assert accounts.set_password(state, name, PASSWORD, later) is False
    assert not accounts.get(state, name).active


def test_a_member_that_is_removed_is_out_at_once(team: Review) -> None:
    client = team.client("Bo Tarn", "coder")
    assert client.get("/").status_code == 200
    accounts.remove(team.app.state.kept, "Bo Tarn")
    assert client.get("/").headers["location"] == "/login"
