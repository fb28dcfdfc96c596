"""`tollbook review` and `tollbook account` as a user meets them: what is served, what is refused in one line."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from waiting import until

from tollbook.cli import call, cli
from tollbook.pipeline import project_folder
from tollbook.review import accounts
from tollbook.review.state import State
from tollbook.store import Stamp

PASSWORD = "seven grey herons at low tide"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project_folder.init(tmp_path / "atlas", Stamp("Ann Example", "2031-05-09T12:00:00Z"))
    return tmp_path / "atlas"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit status and the one line of an error."""
    status = call(arguments)
    error = capsys.readouterr().err
    assert error.count("\n") == (1 if status else 0), error
    return status, error


@contextmanager
def running(*arguments: str, browser: Path | None = None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own, and the address that it prints; `browser` is a program that it opens."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "tollbook", "review", *arguments]
    if browser is None:
        command.append("--no-browser")
    else:  # by the desktop's opener where there is one, else as BROWSER says
        env |= {"BROWSER": str(browser), "PATH": f"{browser.parent}{os.pathsep}{env['PATH']}"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None and process.stderr is not None
        first = process.stdout.readline()
        try:
            found = re.search(r"open (http\S+)$", first)
            assert found, first + process.stderr.read()
            yield process, found[1]
        finally:
            process.kill()


def test_alone_the_link_that_is_printed_opens_the_app_once(project: Path) -> None:
    with running("--project", str(project)) as (process, link), httpx.Client(trust_env=False) as client:
        answer = client.get(link)
        assert answer.status_code == 303 and answer.headers["location"] == "/"
        base = link.partition("/enter")[0]
        assert client.get(f"{base}/").status_code == 200
        assert httpx.get(link, trust_env=False).status_code == 403
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr is not None
        assert process.stderr.read().strip() == "tollbook: stopped; nothing was left half-written"
    assert (project / "review.sqlite").stat().st_mode & 0o077 == 0


def test_the_browser_is_opened_with_the_link_that_works_once(project: Path, tmp_path: Path) -> None:
    opener, noted = tmp_path / "bin" / "xdg-open", tmp_path / "opened"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\necho "$1" >> "{noted}.new" && mv "{noted}.new" "{noted}"\n', encoding="utf-8")
    opener.chmod(0o755)
    with running("--project", str(project), browser=opener) as (process, link):
        assert process.stdout is not None
        assert process.stdout.readline() == "the link works once; stop with Ctrl-C\n"
        until(noted.exists, "the browser's start")
        assert noted.read_text(encoding="utf-8").splitlines() == [link]
        statuses = [httpx.get(link, trust_env=False).status_code for _ in range(2)]
        assert statuses == [303, 403]


def test_a_certificate_without_its_key_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--tls-cert", "--tls-key"):
        status, line = said(capsys, "review", "--project", str(project), option, "desk.pem")
        assert status == 2 and "go together; give both --tls-cert and --tls-key" in line
    assert not (project / "review.sqlite").exists()


def test_with_accounts_login_is_asked_for_on_this_machine_too(project: Path) -> None:
    state = State(project)
    accounts.add(state, "Ann Example", "admin")
    accounts.set_password(state, "Ann Example", PASSWORD)
    with running("--project", str(project)) as (_, address), httpx.Client(base_url=address, trust_env=False) as client:
        assert client.get("/").headers["location"] == "/login"
        assert client.get("/enter?token=x").status_code == 403
        answer = client.post("/login", data={"name": "Ann Example", "password": PASSWORD})
        assert answer.status_code == 303
        assert client.get("/members").status_code == 200


def test_what_can_t_be_served_is_one_line_and_makes_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    for place, words in (("nowhere", "is no folder"), ("folder", "is no project")):
        status, line = said(capsys, "review", "--project", str(tmp_path / place))
        assert status == 4 and f"{tmp_path / place}: {words}" in line
    assert not (tmp_path / "nowhere").exists() and list((tmp_path / "folder").iterdir()) == []
    for options, words in (
        (["--host", "0.0.0.0"], "others are let in only by accounts, and there are none; make the first one"),
        (["--host", "192.0.2.7"], "others are let in only by accounts"),
        (["--public", "https://review.example.org"], "others are let in only by accounts"),
        (["--tls-cert", "cert.pem"], "a certificate and its key go together"),
        (["--tls-cert", "no.pem", "--tls-key", "no.key"], "no.pem: can't be read (No such file or directory)"),
        (["--host", "no-such-host.invalid"], "others are let in only by accounts"),
        (["--port", "70000"], "70000"),
    ):
        status, line = said(capsys, "review", "--project", str(project), *options)
        assert status == 2 and words in line, line


def test_to_others_a_password_never_goes_in_clear(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accounts.add(State(project), "Ann Example", "admin")
    pem = project / "sources.toml"
    pem.write_text("", encoding="utf-8")
    for options, words in (
        (["--host", "192.0.2.7"], "192.0.2.7: passwords would go through the network in clear; give --tls-cert"),
        (["--host", "0.0.0.0"], "0.0.0.0: has no name to come by; say it: --public https://NAME"),
        (["--host", "::"], "::: has no name to come by"),
        (["--public", "ftp://review.example.org"], "is no address of the web for an app"),
        (["--public", "https://ann:word@review.example.org"], "is no address of the web for an app"),
        (["--public", "https://review.example.org/path"], "is no address of the web for an app"),
        (["--tls-cert", str(pem), "--tls-key", str(pem)], "are no certificate with its own key"),
        (["--host", "192.0.2.7", "--public", "https://review.example.org"], "192.0.2.7: can't be served here"),
    ):
        status, line = said(capsys, "review", "--project", str(project), *options)
        assert status == 2 and words in line, line


def test_a_port_that_is_taken(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, line = said(capsys, "review", "--project", str(project), "--port", str(port))
    assert status == 2 and f"port {port} is taken; choose another: --port" in line


@pytest.mark.parametrize(("content", "words"), [(b"no database" * 100, "can't be read"), (None, "update tollbook")])
def test_a_file_of_accounts_that_can_t_be_used(
    project: Path, content: bytes | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = project / "review.sqlite"
    if content is None:
        with sqlite3.connect(place) as connection:
            connection.execute("PRAGMA user_version = 999")
        connection.close()
    else:
        place.write_bytes(content)
    status, line = said(capsys, "review", "--project", str(project))
    assert status == 4 and str(place) in line and words in line


def test_a_full_disk_makes_no_account(
    project: Path, capsys: pytest.CaptureFixture[str], file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    State(project)
    with file_limit(1_000):
        status, line = said(capsys, "account", "add", "Bo Tarn", "--invite", "--project", str(project))
    assert status == 5 and ".sqlite: no space left, or the disk fails" in line and "check the disk" in line
    assert accounts.everyone(State(project)) == []


# ---- accounts ----


def account(project: Path, *arguments: str, typed: str = "") -> tuple[int, str]:
    outcome = CliRunner().invoke(cli, ["account", *arguments, "--project", str(project)], input=typed)
    return (0 if outcome.exception is None else 1), outcome.output + str(outcome.exception or "")


def test_accounts_are_made_changed_and_removed(project: Path) -> None:
    assert account(project, "list")[1].strip().endswith("no accounts; 'tollbook review' serves this machine alone")
    assert "Ann Example, admin" in account(project, "add", "Ann Example", "--role", "admin", typed=f"{PASSWORD}\n")[1]
    told = account(project, "add", "Bo Tarn", "--invite")[1]
    assert "/invite?token=" in told and "works once" in told
    assert account(project, "list")[1].splitlines() == ["Ann Example, admin", "Bo Tarn, coder, invited"]
    assert "Bo Tarn, editor" in account(project, "role", "bo  tarn", "editor")[1]
    assert '"role": "editor"' in account(project, "list", "--json")[1]
    account(project, "reset", "Bo Tarn", typed=f"{PASSWORD}\n")
    state = State(project)
    assert accounts.came(state, "Bo Tarn", PASSWORD, "", time.time()) is not None
    assert "rulings stay" in account(project, "remove", "Bo Tarn")[1]
    assert [one.name for one in accounts.everyone(state)] == ["Ann Example"]
    assert "that name was somebody's, and rulings bear it" in account(project, "add", "BO TARN", "--invite")[1]
    assert "Bo Tarn, coder" in account(project, "add", "Bo Tarn", "--invite", "--again")[1]


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (("add", "ann EXAMPLE", "--invite"), "", "that name is taken"),
        (("add", "Ａｎｎ Example", "--invite"), "", "that name is taken"),
        (("add", "", "--invite"), "", "an account needs a name"),
        (("add", "x" * 81, "--invite"), "", "at most 80 signs"),
        (("add", "Bo\u202e Tarn", "--invite"), "", "signs that can't be seen"),
        (("add", "Bo", "--role", "boss", "--invite"), "", "is no role; there are: reader, coder, editor, admin"),
        (("add", "Bo"), "short\n", "at least 12 signs"),
        (("add", "Bo"), "", "at least 12 signs"),
        (("add", "Bo"), "aaaaaaaaaaaaaaaa\n", "would be guessed at once"),
        (("role", "Cy", "reader"), "", "there is no such account; there are: Ann Example, Bo Tarn"),
        (("role", "Ann Example", "reader"), "", "Ann Example: is the last admin; make another one first"),
        (("remove", "Ann Example"), "", "is the last admin"),
        (("reset", "Cy", "--invite"), "", "there is no such account"),
    ],
)
def test_what_can_t_be_is_one_line_and_changes_nothing(
    project: Path, arguments: tuple[str, ...], typed: str, words: str
) -> None:
    state = State(project)
    for name, role in (("Ann Example", "admin"), ("Bo Tarn", "coder")):
        accounts.add(state, name, role)
        accounts.set_password(state, name, PASSWORD)
    before = accounts.everyone(state)
    status, told = account(project, *arguments, typed=typed)
    assert status == 1 and words in told
    assert accounts.everyone(state) == before


def test_accounts_are_made_in_a_project_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, line = said(capsys, "account", "add", "Bo", "--invite", "--project", str(tmp_path))
    assert status == 4 and "is no project" in line and list(tmp_path.iterdir()) == []


# ---- https ----


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for this machine, signed by itself, and its key."""
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        *subject,
    ]
    subprocess.run([*command, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    return cert, key


def test_by_https_a_cookie_belongs_to_this_host_alone(project: Path, certificate: tuple[Path, Path]) -> None:
    state = State(project)
    accounts.add(state, "Ann Example", "admin")
    accounts.set_password(state, "Ann Example", PASSWORD)
    cert, key = map(str, certificate)
    trusted = ssl.create_default_context(cafile=cert)
    with (
        running("--project", str(project), "--tls-cert", cert, "--tls-key", key) as (_, address),
        httpx.Client(base_url=address, trust_env=False, verify=trusted) as client,
    ):
        assert address.startswith("https://127.0.0.1:")
        answer = client.post("/login", data={"name": "Ann Example", "password": PASSWORD})
        session = answer.headers.get_list("set-cookie")[0]
        assert session.startswith("__Host-tollbook-")
        for part in ("HttpOnly", "Secure", "Path=/", "SameSite=lax"):
            assert part in session
        assert "Domain" not in session
        assert client.get("/members").status_code == 200
        assert "max-age" in client.get("/").headers["strict-transport-security"]
