"""The log is time-stamped by an authority that openssl runs, and each token is held against log and certificate."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from project_values import ANN, BEN, PLAIN, log
from tsa_local import Authority, Office, make_authority, serving

from tollbook.cli import call
from tollbook.errors import FetchRefused, InputError, StoreError, TollbookError, UsageError
from tollbook.pipeline.chain import chain_of, find_report
from tollbook.pipeline.evidence import export_evidence
from tollbook.pipeline.project import add, check, open_project, verify
from tollbook.pipeline.timestamping import ask, take_reply, write_query
from tollbook.reports import Archive
from tollbook.store.der import in_order
from tollbook.store.timestamps import read_roots


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("tsa") / "one")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("tsa") / "other", "Other")


@pytest.fixture
def office(authority: Authority) -> Iterator[Office]:
    with serving(authority.answer) as running:
        yield running


def test_an_authority_stamps_the_hash_of_the_last_event(filled: Path, office: Office, authority: Authority) -> None:
    last = log(filled)[-1]
    made = ask(filled, office.url, ANN)
    ((media_type, query),) = office.asked
    assert media_type == "application/timestamp-query"
    assert bytes.fromhex(last.hash) in query
    event = log(filled)[-1]
    assert (event.kind, event.who, made.about, made.event) == ("timestamp", "ann", last.seq, event.seq)
    told = json.loads(event.payload)
    assert (told["event"], told["hash"], told["authority"], told["policy"]) == (
        last.seq, last.hash, office.url, "1.2.3.4.1",
    )  # fmt: skip
    found = check(filled, roots=read_roots(authority.root))
    assert (found.mismatches, found.remarks, found.counts["time stamps"]) == ((), (), 1)
    (remark,) = check(filled).remarks
    assert str(remark).startswith("time stamps: held against the log, but not against a certificate; --tsa-root")


def test_openssl_finds_the_token_good_too(filled: Path, office: Office, authority: Authority, tmp_path: Path) -> None:
    last = log(filled)[-1]
    ask(filled, office.url, ANN)
    (tmp_path / "reply.tsr").write_bytes(base64.b64decode(json.loads(log(filled)[-1].payload)["reply"]))
    run = subprocess.run(
        ["openssl", "ts", "-verify", "-digest", last.hash, "-in", tmp_path / "reply.tsr", "-CAfile", authority.root],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in run.stdout


def test_without_a_network_query_and_reply_go_by_file(filled: Path, authority: Authority, tmp_path: Path) -> None:
    about = write_query(filled, tmp_path / "out.tsq")
    assert log(filled)[-1] == about
    (tmp_path / "reply.tsr").write_bytes(authority.answer((tmp_path / "out.tsq").read_bytes()))
    path = tmp_path / "late.txt"
    path.write_text("The log goes on while the query is away.")
    add(filled, [str(path)], BEN, reader=PLAIN)
    made = take_reply(filled, tmp_path / "reply.tsr", BEN)
    assert (made.about, made.new) == (about.seq, True)
    before = log(filled)
    again = take_reply(filled, tmp_path / "reply.tsr", BEN)
    assert (again.event, again.new) == (made.event, False)
    assert log(filled) == before
    assert check(filled, roots=read_roots(authority.root)).mismatches == ()


def test_a_stamp_is_a_link_of_the_chain_of_what_was_there(filled: Path, office: Office, tmp_path: Path) -> None:
    ask(filled, office.url, ANN)
    path = tmp_path / "late.txt"
    path.write_text("This came later.")
    add(filled, [str(path)], BEN, reader=PLAIN)
    ask(filled, office.url, ANN)
    found = {}
    with open_project(filled) as store, store.read() as unit:
        for name in ("a.txt", "late.txt"):
            chain = chain_of(unit, Archive(filled / "archive"), find_report(unit, name))
            found[name] = [(link.name, link.event.seq if link.event else 0) for link in chain.links]
    stamps = [event.seq for event in log(filled) if event.kind == "timestamp"]
    assert [kind for kind, _ in found["a.txt"]] == ["obtained", "timestamped"]
    assert found["a.txt"][1][1] == stamps[0]
    assert found["late.txt"][1][1] == stamps[1]
    with open_project(filled) as store, store.write() as unit:
        unit.append("timestamp", {"event": "seven"}, ANN)
    export_evidence(filled, tmp_path / "out.warc", ANN, reports=["late.txt"])
    assert f'"authority": "{office.url}"' in (tmp_path / "out.warc").read_text()


# ---- what is refused ----


def refused(filled: Path, reply: bytes, tmp_path: Path) -> str:
    """The line for a reply from a file, once it is sure that the log is as it was."""
    (tmp_path / "reply.tsr").write_bytes(reply)
    before = log(filled)
    with pytest.raises(InputError) as caught:
        take_reply(filled, tmp_path / "reply.tsr", ANN)
    assert log(filled) == before
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{tmp_path}/")


def test_a_token_of_another_hash_is_refused(filled: Path, authority: Authority, tmp_path: Path) -> None:
    reply = authority.stamp(hashlib.sha256(b"another log").hexdigest())
    assert refused(filled, reply, tmp_path) == (
        "reply.tsr: stamps a hash that is of no event of this log; it is of another project, or of a query that was "
        "not made here"
    )
    reply = authority.stamp(hashlib.sha512(b"x").hexdigest(), "sha512")
    assert refused(filled, reply, tmp_path) == "reply.tsr: stamps no sha256; ask the authority for one"


def test_garbage_is_refused(filled: Path, authority: Authority, tmp_path: Path) -> None:
    good = authority.stamp(log(filled)[-1].hash)
    line = "reply.tsr: is no time stamp reply; give what the authority answered, in DER"
    query = (authority.folder / "own.tsq").read_bytes()
    for bad in (b"", b"x", b"<html>", good[:100], good[:-1], query, b"\0" * 2_000_000, b"\x30\x84\xff\xff\xff\xff"):
        assert refused(filled, bad, tmp_path) == line
    assert "the authority refused (" in refused(filled, authority.answer(query[:20]), tmp_path)
    with pytest.raises(InputError, match=r"none\.tsr: can't be read \(no such file or directory\)"):
        take_reply(filled, tmp_path / "none.tsr", ANN)


def test_an_office_that_does_not_answer_as_it_should_is_one_line(filled: Path, office: Office) -> None:
    before = log(filled)
    good = office.answer

    def line() -> str:
        with pytest.raises(TollbookError) as caught:
            ask(filled, office.url, ANN)
        assert isinstance(caught.value, (FetchRefused, InputError))
        return str(caught.value).removeprefix(f"{office.url}: ")

    office.answer = lambda query: b"<html>Welcome</html>"
    assert line().startswith("is no time stamp reply")
    office.answer = lambda query: b"x" * 3_000_000
    assert line().startswith("answered with more than a time stamp")
    earlier = good(office.asked[0][1])
    office.answer = lambda query: earlier  # of another query, as its nonce shows
    assert line() == "answered another query (nonce); ask again"
    office.status = 503
    assert line().startswith("the authority answered 503; try again later")
    office.status = 302
    assert line().startswith("the authority answered 302; try again later")
    assert log(filled) == before


def test_an_authority_that_stamps_something_else_is_refused(filled: Path, office: Office, authority: Authority) -> None:
    office.answer = lambda query: authority.stamp(hashlib.sha256(b"else").hexdigest())
    with pytest.raises(InputError, match="stamped another hash than it was asked to"):
        ask(filled, office.url, ANN)


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("http://127.0.0.1:1/tsr", "can't be reached"),
        ("http://no.such.host.example/tsr", "the host no.such.host.example is not known"),
        ("ftp://tsa.example", "is no URL of an authority"),
        ("tsa.example", "is no URL of an authority"),
        ("http://[::1", "is no URL of an authority"),
    ],
)
def test_an_authority_that_is_none_is_one_line(filled: Path, url: str, line: str) -> None:
    before = log(filled)
    with pytest.raises(TollbookError) as caught:
        ask(filled, url, ANN)
    assert line in str(caught.value)
    assert url in str(caught.value)
    assert log(filled) == before


def test_a_wrong_root_and_an_altered_token_are_named(
    filled: Path, office: Office, authority: Authority, stranger: Authority
) -> None:
    ask(filled, office.url, ANN)
    event = log(filled)[-1]
    (found,) = check(filled, roots=read_roots(stranger.root)).mismatches
    assert (found.what, found.why.partition(":")[0]) == (
        f"event {event.seq} (timestamp)", "its token is not from an authority of that root",
    )  # fmt: skip
    told = json.loads(event.payload)
    for change, why in (
        ({"event": 2}, "its token is of another hash than that of event 2 (report)"),
        ({"event": 999}, "is about an event that isn't before it"),
        ({"reply": "AAAA"}, "is no time stamp reply"),
        ({"reply": "?"}, "holds no time stamp that can be read"),
        ({"time": "2031-01-01T00:00:00Z"}, "its token tells another time"),
        ({"reply": base64.b64encode(authority.stamp("0" * 64)).decode()}, "its token is of another hash than that of"),
    ):
        with open_project(filled) as store, store.write() as unit:
            unit.append("timestamp", {**told, **change}, ANN)
        assert check(filled, roots=read_roots(authority.root)).mismatches[-1].why.startswith(why)


def test_a_flipped_bit_of_a_token_is_found(filled: Path, office: Office, authority: Authority) -> None:
    ask(filled, office.url, ANN)
    told = json.loads(log(filled)[-1].payload)
    reply = bytearray(base64.b64decode(told["reply"]))
    reply[-20] ^= 1  # within the signature
    with open_project(filled) as store, store.write() as unit:
        unit.append("timestamp", {**told, "reply": base64.b64encode(reply).decode()}, ANN)
    assert verify(filled) == ()
    (found,) = check(filled, roots=read_roots(authority.root)).mismatches
    assert found.why.startswith("its token is not from an authority of that root")


def test_what_is_no_certificate_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (tmp_path / "root.der").write_bytes(b"x")
    for name, line in (
        ("root.pem", "is no certificate"), ("root.der", "is no certificate"), ("none", "can't be read"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=line):
            read_roots(tmp_path / name)


def test_certificates_of_a_reply_are_put_in_order_and_nothing_else_is_touched(authority: Authority) -> None:
    reply = authority.stamp("1" * 64)
    sorted_once = in_order(reply)
    assert sorted(sorted_once) == sorted(reply)
    assert in_order(sorted_once) == sorted_once
    for size in range(0, len(reply), 13):
        assert len(in_order(reply[:size])) == size
    assert in_order(b"\x30\x80\x00\x00") == b"\x30\x80\x00\x00"


# ---- the command ----


def test_the_command_stamps_and_verify_tells(
    filled: Path, office: Office, authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = ["--project", str(filled)]
    assert call(["timestamp", "--authority", office.url, *project, "--name", "ann"]) == 0
    assert "says the authority; event" in capsys.readouterr().out
    assert call(["verify", *project, "--tsa-root", str(authority.root)]) == 0
    assert "time stamps 1" in capsys.readouterr().out
    assert call(["timestamp", "--query", str(tmp_path / "q.tsq"), *project]) == 0
    assert call(["timestamp", "--query", str(tmp_path / "q.tsq"), *project]) == 5
    (tmp_path / "r.tsr").write_bytes(authority.answer((tmp_path / "q.tsq").read_bytes()))
    assert call(["timestamp", "--response", str(tmp_path / "r.tsr"), *project]) == 0
    assert call(["timestamp", *project]) == 2
    assert call(["timestamp", "--authority", office.url, "--query", "x", *project]) == 2
    capsys.readouterr()
    assert call(["custody", "a.txt", *project]) == 0
    assert f"authority {office.url}" in capsys.readouterr().out


def test_without_the_extra_one_line_says_what_to_install(
    filled: Path, office: Office, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(filled, office.url, ANN)
    before = log(filled)
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    for way in (
        lambda: ask(filled, office.url, ANN),
        lambda: write_query(filled, filled / "q.tsq"),
        lambda: take_reply(filled, filled / "r.tsr", ANN),
        lambda: read_roots(authority.root),
    ):
        with pytest.raises(UsageError) as caught:
            way()
        assert str(caught.value) == "time stamps need rfc3161-client; pip install 'tollbook[timestamp]'"
    found = check(filled)
    assert (found.mismatches, found.counts["time stamps"]) == ((), 0)
    assert list(map(str, found.remarks)) == [
        "time stamps: not checked, as this needs rfc3161-client; pip install 'tollbook[timestamp]'"
    ]
    assert log(filled) == before


def test_a_project_that_may_only_be_read_asks_nobody(
    filled: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tollbook.store import sqlite

    monkeypatch.setattr(sqlite, "may_write", lambda path: False)
    with pytest.raises(StoreError, match="may only be read"):
        ask(filled, office.url, ANN)
    assert office.asked == []
