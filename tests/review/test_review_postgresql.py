"""The whole app on a record in PostgreSQL, as a team uses it: every page, every kind of ruling, adding, publishing."""

from __future__ import annotations

import hashlib
import io
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from own_postgres import Server
from review_server import Review, reviewing

from tollbook import sample
from tollbook.bundles import verify
from tollbook.pipeline import adding, project_folder
from tollbook.review import accounts
from tollbook.store import Stamp, open_in
from tollbook.store import verify as verified
from tollbook.store.place import DATABASE

BY = Stamp("Ann Example", "2031-05-09T12:00:00Z")
PASSWORD = "seven grey herons at low tide"
PEOPLE = {"Bo": "coder", "Cy": "coder", "Eda": "editor", "Ann Example": "admin"}
SHEET = "Date,Town,Killed\n2031-05-01,Ostrel,12\n2031-05-02,Ostrel,13\n"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Iterator[Review]:
    """The sample's reports in a record in PostgreSQL, and a team."""
    folder = tmp_path_factory.mktemp("shared") / "project"
    schema = f"r_{hashlib.sha256(str(folder).encode()).hexdigest()[:20]}"
    project_folder.init(folder, BY, server.address(schema))
    (folder / "sources.toml").write_text(sample.sources(), encoding="utf-8")
    with sample.inputs() as inputs:
        adding.add(folder, inputs, BY)
    with reviewing(folder, alone=None) as running:
        for name, role in PEOPLE.items():
            accounts.add(running.app.state.kept, name, role)
            accounts.set_password(running.app.state.kept, name, PASSWORD)
        yield running


def came(review: Review, name: str) -> httpx.Client:
    """Somebody who has logged in by name and password."""
    client = review.stranger()
    answer = client.post("/login", data={"name": name, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/account").text)
    assert found
    client.headers["x-csrf-token"] = found[1]
    return client


@pytest.fixture(scope="module")
def bo(shared: Review) -> httpx.Client:
    return came(shared, "Bo")


@pytest.fixture(scope="module")
def eda(shared: Review) -> httpx.Client:
    return came(shared, "Eda")


def page(client: httpx.Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.text[:400])
    return answer.text


def ruled(client: httpx.Client, target: str, action: str, **more: object) -> int:
    order = {"target": target, "action": action, "why": "checked against the words", **more}
    answer = client.post("/rule", json=order)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["number"])


def done(client: httpx.Client, text: str) -> str:
    """The page of a task once that has ended."""
    found = re.search(r"/jobs/([0-9a-f]+)", text)
    while found:
        time.sleep(0.1)
        text = page(client, f"/jobs/{found[1]}")
        found = re.search(r"/jobs/([0-9a-f]+)", text)
    assert 'class="done"' in text, text
    return text


def test_the_record_is_there_alone(shared: Review) -> None:
    assert not (shared.folder / DATABASE).exists()


def test_the_queue_gives_claims_and_takes_rulings(shared: Review, bo: httpx.Client) -> None:
    items = re.findall(r'data-claim="([0-9a-f]{16})"[^>]*? data-seen="(\d+)"', page(bo, "/queue"))
    assert len(items) > 3
    (first, seen), (second, _) = items[:2]
    number = ruled(bo, first, "accept", seen=int(seen), key="0123456789abcdef")
    again = {"target": first, "action": "accept", "why": "checked against the words", "key": "0123456789abcdef"}
    assert bo.post("/rule", json=again).json() == {"number": number, "head": number, "again": True}
    ruled(bo, second, "correct", values={"value": 77})
    cy = came(shared, "Cy")
    assert cy.post("/rule", json={"target": second, "action": "reject", "why": "no", "seen": 0}).status_code == 409
    ruled(bo, f"#{number}", "withdraw")
    ruled(bo, first, "reject")
    assert first not in page(cy, "/queue")
    text = page(bo, "/queue?state=rejected")
    assert first in text


def test_the_desk_shows_and_moves_incidents(shared: Review, bo: httpx.Client) -> None:
    desk = shared.app.state.desk
    before = desk.incidents()
    large, small = before[0], before[1]
    claims = desk.incident(large.id)[1].claims
    report = desk.claim(claims[0])[1].report
    mine = re.search(r'data-claim="([0-9a-f]{16})"', page(bo, "/queue"))  # others may hold any other
    assert mine is not None
    item = f"/queue/item?claim={mine[1]}&report={desk.claim(mine[1])[1].report}"
    for path in (
        "/", "/?q=a&sort=name", f"/incident/{large.id}", f"/incident/{large.id}/history", f"/report/{report}",
        f"/claim/{claims[0]}/history", f"/desk/sheet?report={report}&incident={large.id}",
        f"/desk/after?report={report}&incident={large.id}", f"/desk/claim?claim={claims[0]}&report={report}",
        f"/desk/matrix?incident={large.id}", f"/desk/reports?incident={large.id}", "/desk/incidents?q=",
        f"/desk/rulings?incident={large.id}", f"/desk/edit?claim={claims[0]}", f"/desk/add?report={report}",
        item, "/queue/incidents", "/account", "/add", "/import", "/coding",
    ):  # fmt: skip
        page(bo, path)
    head = desk.head()
    split = ruled(bo, claims[0], "split", head=head)
    assert len(desk.incidents()) == len(before) + 1
    ruled(bo, f"#{split}", "withdraw")
    merged = ruled(bo, small.id, "merge", values={"into": large.id}, head=desk.head())
    assert len(desk.incidents()) == len(before) - 1
    assert "also 1 incident merged into it" in page(bo, f"/incident/{small.id}")
    ruled(bo, f"#{merged}", "withdraw")
    assert [one.id for one in desk.incidents()] == [one.id for one in before]


def test_a_missed_claim_is_added_by_its_words(shared: Review, bo: httpx.Client) -> None:
    desk = shared.app.state.desk
    incident = desk.incidents()[0].id
    report = desk.claim(desk.incident(incident)[1].claims[0])[0].reports[0]
    word = next(iter(re.finditer(r"\b[a-z]{5,}\b", report.text)))
    words = {"words": word[0], "start": word.start(), "end": word.end(), "part": "text"}
    values = {**words, "measure": "missing", "value": 3, "incident": incident}
    before = len(desk.report(report.id).claims)
    ruled(bo, report.id, "claim", values=values, head=desk.head())
    assert len(desk.report(report.id).claims) == before + 1
    ruled(bo, report.id, "withhold")
    ruled(bo, incident, "grade", values={"grade": "weak"})


def test_a_sample_is_coded_blind_and_decided(shared: Review, bo: httpx.Client, eda: httpx.Client) -> None:
    form = {"name": "May", "size": "2", "seed": "s", "state": "all", "coder": ["Bo", "Cy"]}
    assert eda.post("/quality/draw", data=form).status_code == 303
    (task,) = shared.app.state.desk.blind.tasks()
    for client, action in ((bo, "accept"), (came(shared, "Cy"), "reject")):
        for claim in task.claims:
            page(client, f"/coding?task={task.id}&claim={claim}")
            coded = client.post("/coding", data={"task": task.id, "claim": claim, "action": action})
            assert coded.status_code == 303, coded.text
    assert page(eda, "/quality").count('class="differ') == 2
    for claim in task.claims:
        form = {"sample": task.id, "claim": claim, "choice": "2"}
        assert eda.post("/quality/decide", data=form).status_code == 303
    assert "decided by ruling #" in page(eda, f"/quality?sample={task.id}")
    assert page(eda, f"/quality/codings.csv?sample={task.id}").count("\r\n") == 5


def test_reports_and_sheets_come_in(shared: Review, bo: httpx.Client) -> None:
    text = b"Two people were killed in Ostrel on 4 May 2031 when a wall fell, the fire service said.\n"
    answer = bo.post("/add/files", files={"files": ("ostrel.txt", text)})
    assert "1 new" in done(bo, answer.text)
    assert bo.post("/import/file", files={"file": ("deaths.csv", SHEET.encode())}).status_code == 303
    assert "2 rows" in page(bo, "/import")
    assert bo.post("/import/bring").status_code == 303
    assert "Rows: 2 new" in done(bo, page(bo, "/import"))
    row = next(one for one in project_folder.record(shared.folder).claims if one.is_of_sheet)
    page(bo, f"/claim/{row.id}/tie")


def test_a_bundle_is_made_and_holds(shared: Review, eda: httpx.Client, tmp_path: Path) -> None:
    answer = eda.post("/publish", data={"rules": "range"}, files={"key": ("", b"")})
    assert "reports" in done(eda, answer.text)
    content = eda.get("/publish/bundle.zip").content
    assert "index.html" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    (tmp_path / "bundle.zip").write_bytes(content)
    assert [line for check in verify.verify(tmp_path / "bundle.zip", [], [], []) for line in check.wrong] == []


def test_members_and_the_log_are_as_they_should_be(shared: Review) -> None:
    ann = came(shared, "Ann Example")
    assert "Bo" in page(ann, "/members")
    with open_in(shared.folder) as store, store.read() as unit:
        assert list(verified(unit)) == []
        people = {event.who for event in unit.events("ruling")}
    assert people == {"Bo", "Eda"}
    assert shared.app.state.desk.left() >= 0


def test_a_restart_of_the_database_is_not_noticed(shared: Review, bo: httpx.Client, server: Server) -> None:
    cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    assert int(server.sql(cut)) > 1
    claim = re.findall(r'data-claim="([0-9a-f]{16})"', page(bo, "/queue"))[0]
    assert int(server.sql(cut)) > 1
    ruled(bo, claim, "accept", key="fedcba9876543210")
    page(bo, "/")
