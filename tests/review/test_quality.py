"""The second look and blind double coding as people do it: an editor draws, two code in browsers of their own, it shows
where they differ, one key decides, another person confirms.
"""

from __future__ import annotations

import csv
import io
import json
import re

import httpx
import pytest
from playwright.sync_api import Page, expect
from queue_page import Queue
from review_server import Review, violations
from waiting import submit

from tollbook.pipeline import publish
from tollbook.pipeline.desk import Filters, Order
from tollbook.pipeline.desk.blind import Wanted
from tollbook.store import Stamp

DAY = "2031-05-09T12:00:00Z"
HOSTILE = "<img src=x onerror=alert(1)>\u202e=1+1"


def drawn(review: Review, size: str = "3", name: str = "May", coders: tuple[str, ...] = ("Ann", "Ben")) -> list[str]:
    """The claims of a sample; its id first."""
    wanted = Wanted(name, size, "spring", coders, Filters(state="all"))
    task = review.app.state.desk.blind.draw(wanted, Stamp("Eda", DAY))
    return [task.id, *task.claims]


def coded(review: Review, task: str, who: str, *actions: str) -> None:
    blind = review.app.state.desk.blind
    for claim, action in zip(blind.task(task).claims, actions, strict=True):
        blind.code(task, claim, action, {}, HOSTILE, Stamp(who, DAY))


def key(page: Page, name: str) -> None:
    """Press a key that has the page send something, and wait for what comes of it."""
    with page.expect_navigation():
        page.keyboard.press(name)


def test_two_code_blind_an_editor_decides_and_another_person_confirms(team: Review) -> None:
    for name, role in (("Ann", "coder"), ("Ben", "coder"), ("Eda", "editor"), ("Cleo", "editor")):
        team.came_in(name, role)  # type: ignore[arg-type]
    eda = team.page("/quality", "Eda", "editor")
    assert violations(eda) == []
    eda.get_by_label("Name").fill("May")
    eda.get_by_label("Size").fill("3")
    eda.get_by_label("Seed").fill("spring")
    for name in ("Ann", "Ben"):
        eda.get_by_label(name, exact=True).check()
    submit(eda, "Draw it")
    expect(eda.get_by_text("being coded")).to_be_visible()

    ann = team.page("/coding", "Ann", "coder")
    expect(ann.get_by_text("claim 1 of 3")).to_be_visible()
    assert violations(ann) == []
    key(ann, "a")
    expect(ann.get_by_text("claim 2 of 3, 1 coded")).to_be_visible()
    key(ann, "a")
    key(ann, "a")
    expect(ann.get_by_text("You have coded all claims")).to_be_visible()
    eda.reload()
    expect(eda.get_by_text("No sample has been coded yet")).to_be_visible()

    ben = team.page("/coding", "Ben", "coder")
    assert "Ann" not in ben.content()
    key(ben, "r")
    ben.keyboard.press("e")
    ben.get_by_label("Value").fill("1234")
    ben.get_by_label("Bound").select_option("exact")
    submit(ben, "Correct")
    expect(ben.get_by_text("claim 3 of 3")).to_be_visible()
    key(ben, "a")

    eda.reload()
    expect(eda.locator("article.differ")).to_have_count(2)
    assert violations(eda) == []
    expect(eda.get_by_role("row", name=re.compile("^decision"))).to_contain_text("3")
    key(eda, "2")  # what Ben made of the first: rejected
    expect(eda.get_by_text(re.compile("decided by ruling #"))).to_have_count(1)
    key(eda, "2")
    expect(eda.get_by_text(re.compile("decided by ruling #"))).to_have_count(2)
    submit(eda, "Rule on them as coded")
    expect(eda.get_by_text("All coded")).to_have_count(0)

    desk = team.app.state.desk
    assert (desk.progress(Filters()).coded, desk.progress(Filters()).rejected) == (2, 1)
    cleo = team.page("/queue?state=coded", "Cleo", "editor")
    expect(cleo.get_by_role("button", name="Confirm")).to_be_visible()
    cleo.keyboard.press("c")
    expect(cleo.locator("#told-words")).to_contain_text("Confirmed")
    expect(cleo.locator("[data-count=confirmed]")).to_have_text("1")
    Queue(cleo).sent()
    expect(cleo.locator("#outbox")).to_be_hidden()
    assert desk.progress(Filters()).confirmed == 1
    own = team.page("/queue?state=rejected", "Eda", "editor")
    own.keyboard.press("c")
    expect(own.locator("#wrong")).to_contain_text("coded themselves")
    complaints = [one for one in team.complaints if "400" not in one]
    assert complaints == []


def test_who_codes_blind_is_shown_nothing_else_of_these_claims(served: Review) -> None:
    desk = served.app.state.desk
    task, claim, *_ = drawn(served, "1")
    record, one = desk.claim(claim)
    report, incident = record.reports[0].id, one.incident
    desk.rule(Order(claim, "reject", why="a secret reason"), Stamp("Cleo", DAY))
    coded(served, task, "Ben", "reject")
    ann, cleo = served.client("Ann", "coder"), served.client("Cleo", "coder")
    paths = [
        f"/claim/{claim}/history", f"/claim/{claim[:8]}/history", f"/report/{report}", f"/incident/{incident}",
        f"/desk/claim?claim={claim}", f"/desk/rulings?report={report}", f"/desk/matrix?incident={incident}",
        f"/desk/sheet?report={report}&incident={incident}", f"/incident/{incident}/history",
    ]  # fmt: skip
    for path in paths:
        answer = ann.get(path)
        assert (answer.status_code, "a secret reason" in answer.text) == (403, False), path
        assert "blind" in answer.text
        assert cleo.get(path).status_code != 403, path
    ruled = ann.post("/rule", json={"target": claim, "action": "accept", "why": "read", "seen": 0})
    assert (ruled.status_code, "a secret reason" in ruled.text) == (400, False)
    queue = {"state": "rejected", "report": report}
    assert claim not in ann.get("/queue", params=queue).text and claim in cleo.get("/queue", params=queue).text
    assert ann.get("/queue/item", params={"claim": claim, "report": report}).status_code == 403
    page = ann.get("/coding").text
    assert claim in page and "a secret reason" not in page and "Ben" not in page
    assert ann.get("/quality").status_code == 403
    coded(served, task, "Ann", "accept")
    assert ann.get(f"/claim/{claim}/history").status_code == 200


def test_no_list_shows_who_codes_blind_the_figures_of_that_incident(served: Review) -> None:
    desk = served.app.state.desk
    desk.work_off()
    task, claim = drawn(served, "1")
    incident = desk.claim(claim)[1].incident
    other = next(one.id for one in desk.summaries() if one.id != incident)
    assert next(one for one in desk.summaries() if one.id == incident).figure
    ann, cleo = served.client("Ann", "coder"), served.client("Cleo", "coder")
    blind, rest = "not shown: you code claims of it blind", "You code other claims of its incident blind"
    asked = {"incident": incident, "state": "all"}

    def found(client: httpx.Client) -> str:
        lines = client.get("/queue/incidents", params={"but": other}).text
        return next(line for line in lines.splitlines() if str(incident) in line)

    assert [blind in one.get("/").text for one in (ann, cleo)] == [True, False]
    assert [rest in one.get("/queue", params=asked).text for one in (ann, cleo)] == [True, False]
    assert "Were it rejected" not in ann.get("/queue", params=asked).text
    assert [bool(re.search(r"<small>[^<]*, ", found(one))) for one in (ann, cleo)] == [False, True]
    for target, into in ((incident, other), (other, incident)):
        merge = {"target": target, "action": "merge", "values": {"into": into}, "why": "one flood"}
        told = ann.post("/rule", json=merge)
        assert (told.status_code, "you code claims of this incident blind" in told.text) == (400, True)
    for who in ("Ann", "Ben"):
        coded(served, task, who, "accept")
    assert blind not in ann.get("/").text


def test_no_count_tells_who_codes_blind_what_became_of_a_claim(served: Review) -> None:
    desk = served.app.state.desk
    desk.work_off()
    _, claim = drawn(served, "1")
    report = desk.claim(claim)[0].reports[0].id
    ann, cleo = served.client("Ann", "editor"), served.client("Cleo", "editor")

    def counts(client: httpx.Client, **asked: str) -> dict[str, object]:
        answer = client.post("/queue/ping", params=asked, json={"have": [], "screen": "s" * 16})
        return {name: told for name, told in answer.json().items() if name != "mine"}

    def pages(client: httpx.Client) -> list[list[str]]:
        paths = ("/queue?state=returned", f"/queue?state=returned&report={report}", "/quality/second")
        return [re.findall(r"<b[^>]*data-count[^<]*<|[0-9]+ [a-z ]+</a>", client.get(path).text) for path in paths]

    before = [counts(ann), counts(ann, report=report), pages(ann)]
    others = [counts(cleo), counts(cleo, report=report), pages(cleo)]
    assert before[2] != others[2] and all(pages(ann))
    desk.rule(Order(claim, "reject", why="a secret reason"), Stamp("Cleo", DAY))
    assert [counts(ann), counts(ann, report=report), pages(ann)] == before
    now = [counts(cleo), counts(cleo, report=report), pages(cleo)]
    assert all(one != other for one, other in zip(now, others, strict=True))
    for who in ("Ann", "Ben"):
        coded(served, desk.blind.tasks()[0].id, who, "accept")
    assert [counts(ann), counts(ann, report=report), pages(ann)] == now


def test_what_others_made_of_a_claim_in_another_sample_waits_too(served: Review) -> None:
    first, claim = drawn(served, "1")
    for who, action in (("Ann", "accept"), ("Ben", "reject")):
        coded(served, first, who, action)
    eda, cleo = served.client("Eda", "editor"), served.client("Cleo", "editor")
    paths = ("/quality", f"/quality?sample={first}", "/quality/codings.csv")
    assert all(claim in client.get(path).text for client in (eda, cleo) for path in paths)
    _, again = drawn(served, "1", "June", ("Eda", "Ann"))
    assert again == claim
    assert not any(claim in eda.get(path).text for path in paths)
    assert all(claim in cleo.get(path).text for path in paths)
    form = {"sample": first, "claim": claim, "choice": "1"}
    assert eda.post("/quality/decide", data=form).status_code == 400


def test_a_ruling_on_what_one_codes_blind_is_not_taken_back_nor_told_by_number(served: Review) -> None:
    desk = served.app.state.desk
    _, claim = drawn(served, "1")
    incident = desk.claim(claim)[1].incident
    assert incident is not None
    made = desk.rule(Order(claim, "reject", why="a secret reason"), Stamp("Cleo", DAY)).ruling.seq
    taken = desk.rule(Order(f"#{made}", "withdraw", why="a slip"), Stamp("Cleo", DAY)).ruling.seq
    linked = desk.rule(Order(claim, "link", {"incident": incident}, "a secret reason"), Stamp("Cleo", DAY)).ruling.seq
    head, ann = desk.head(), served.client("Ann", "coder")
    for number in (made, taken, linked):
        for action in ("withdraw", "note"):
            answer = ann.post("/rule", json={"target": f"#{number}", "action": action, "why": "x"})
            assert (answer.status_code, "secret" in answer.text) == (400, False), (number, action)
    for target in (f"#{10**30}", "#x", "#", f"#{head + 9}"):
        assert ann.post("/rule", json={"target": target, "action": "withdraw", "why": "x"}).status_code == 400
    told = ann.post("/rule", json={"target": incident, "action": "note", "why": "x", "seen": 0})
    assert "secret" not in told.text
    assert desk.head() in (head, head + 1)
    cleo = served.client("Cleo", "coder")
    assert cleo.post("/rule", json={"target": f"#{linked}", "action": "withdraw", "why": "x"}).status_code == 200


def test_who_codes_blind_reads_no_bundle_till_all_have_coded(served: Review) -> None:
    publish.publish(served.folder, served.folder / "published" / "bundle.zip")
    ann, cleo = served.client("Ann", "editor"), served.client("Cleo", "editor")
    opened = ann.get("/publish/open").headers["location"]
    task, *_ = drawn(served, "1")
    coded(served, task, "Ben", "reject")
    for path in ("/publish/bundle.zip", "/publish/open", opened):
        answer = ann.get(path)
        assert answer.status_code == 403 and "you code claims blind" in answer.text, path
    assert served.stranger().get(opened).status_code == 403  # its address is Ann's, wherever it is opened
    assert ann.get("/publish").status_code == 200
    shown = cleo.get("/publish/open").headers["location"]
    assert served.stranger().get(shown).status_code == cleo.get("/publish/bundle.zip").status_code == 200
    coded(served, task, "Ann", "accept")
    assert ann.get("/publish/bundle.zip").status_code == ann.get(opened).status_code == 200


def test_nobody_codes_for_another_nor_twice_nor_from_elsewhere(served: Review) -> None:
    task, claim, *_ = drawn(served, "1")
    form = {"task": task, "claim": claim, "action": "accept"}
    ann, cleo = served.client("Ann", "coder"), served.client("Cleo", "editor")
    assert served.client("Rea", "reader").post("/coding", data=form).status_code == 403
    assert "isn’t yours" in cleo.post("/coding", data=form).text.replace("&#39;", "’").replace("'", "’")
    ann.headers.pop("x-csrf-token")
    assert ann.post("/coding", data=form).status_code == 403
    blind = served.app.state.desk.blind
    assert blind.task(task).codings == {}
    assert cleo.post("/quality/decide", data={"sample": task, "claim": claim, "choice": "1"}).status_code == 409
    assert cleo.get("/quality?sample=x").status_code == 400


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"size": "9999"}, "more than the"),
        ({"seed": ""}, "a name and a seed"),
        ({"others": "Ann"}, "two coders or more"),
        ({"state": "x"}, "no state"),
    ],
)
def test_a_sample_that_cannot_be_drawn_is_said(served: Review, change: dict[str, str], line: str) -> None:
    form = {"name": "May", "size": "2", "seed": "s", "state": "all", "others": "Ann, Ben", **change}
    answer = served.client("Eda", "editor").post("/quality/draw", data=form)
    assert answer.status_code == 400 and line in answer.text
    assert served.app.state.desk.blind.tasks() == ()


def test_hostile_words_are_text_on_the_page_and_in_files(review: Review) -> None:
    task, *_ = drawn(review, "2", name=HOSTILE, coders=("Ann", HOSTILE))
    coded(review, task, "Ann", "accept", "reject")
    coded(review, task, " ".join(HOSTILE.split()), "reject", "reject")
    page = review.page(f"/quality?sample={task}", "Eda", "editor")
    assert page.locator("img").count() == 0 and "<img src=x" in page.locator("main").inner_text()
    assert violations(page) == [] and review.complaints == []
    client: httpx.Client = review.client("Eda", "editor")
    rows = list(csv.DictReader(io.StringIO(client.get(f"/quality/codings.csv?sample={task}").text, newline="")))
    assert len(rows) == 4 and [one["decision"] for one in rows].count("reject") == 3
    told = json.loads(client.get("/quality/agreement.json").text)
    assert (told[0]["field"], told[0]["units"], told[0]["differ"]) == ("decision", 2, 1)
    assert client.get("/quality/agreement.csv").text.startswith("field,scale,units,answers,differ,alpha,low,high,why")
