"""A ruling as pages send it: one order, one event, one line for what is wrong with it."""

from __future__ import annotations

import pytest
from project_values import log
from review_server import Review


def order(**more: object) -> dict[str, object]:
    return {"action": "accept", "why": "checked against the words", "key": "0123456789abcdef", "seen": 0, **more}


@pytest.fixture
def claim(served: Review) -> str:
    """A claim of the sample."""
    _, incident = served.app.state.desk.incident(served.app.state.desk.incidents()[0].id)
    return str(min(incident.claims))


def test_the_same_ruling_sent_twice_is_one_event(served: Review, claim: str) -> None:
    client = served.client()
    first = client.post("/rule", json=order(target=claim, seen=None)).json()
    again = client.post("/rule", json=order(target=claim, seen=None)).json()
    assert first["again"] is False
    assert again == {"number": first["number"], "head": first["head"], "again": True}


def test_what_another_ruled_meanwhile_is_told_and_nothing_is_written(served: Review, claim: str) -> None:
    served.client("Bo", "coder").post("/rule", json=order(target=claim, action="reject", why="named as rescued"))
    head = served.app.state.desk.head()
    answer = served.client("Ann", "coder").post("/rule", json=order(target=claim, key="fedcba9876543210"))
    assert answer.status_code == 409
    told = answer.json()
    assert told["changed"] is True
    assert [(one["who"], one["action"], one["why"]) for one in told["since"]] == [("Bo", "reject", "named as rescued")]
    assert served.app.state.desk.head() == head


def test_who_has_seen_it_rules_over_it(served: Review, claim: str) -> None:
    first = served.client("Bo", "coder").post("/rule", json=order(target=claim, action="reject", why="twice")).json()
    mine = order(target=claim, key="fedcba9876543210", seen=first["number"])
    assert served.client("Ann", "coder").post("/rule", json=mine).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"values": {"value": -3}, "action": "correct"}, "'value' can't be negative: -3"),
        ({"why": " "}, "'accept' needs a reason; say why with --why"),
        ({"action": "bless"}, "no action 'bless'; there are: "),
        ({"seen": "many"}, "'seen' needs the number of a ruling"),
        ({"values": [1]}, "'values' needs names and values"),
        ({"values": {"value": True}}, "'value' needs a text or a number"),
        ({"target": 12}, "'target' needs text"),
    ],
)
def test_a_wrong_order_is_one_line(served: Review, claim: str, wrong: dict[str, object], line: str) -> None:
    head = served.app.state.desk.head()
    answer = served.client().post("/rule", json=order(**{"target": claim, **wrong}))
    assert answer.status_code == 400
    assert answer.json()["line"].startswith(line)
    assert served.app.state.desk.head() == head


def test_what_is_no_order_is_refused(served: Review) -> None:
    client = served.client()
    assert client.post("/rule", content=b"[[[").json()["line"] == "a ruling comes as JSON"
    assert client.post("/rule", content=b"[]").json()["line"] == "a ruling comes as one JSON object"
    assert client.post("/rule", content=b" " * 300_000).status_code == 413


def test_readers_rule_nothing(served: Review, claim: str) -> None:
    head = served.app.state.desk.head()
    answer = served.client("Cy", "reader").post("/rule", json=order(target=claim))
    assert answer.status_code == 403
    assert answer.json()["line"] == "readers can't rule; ask an admin for the role coder"
    assert served.app.state.desk.head() == head


def test_what_can_t_be_written_for_now_is_no_refusal_so_that_the_page_keeps_it(served: Review, claim: str) -> None:
    client, head = served.client(), served.app.state.desk.head()
    served.app.state.desk.close()
    answer = client.post("/rule", json=order(target=claim))
    assert answer.status_code == 503
    assert "the app is being stopped; this was not kept; try again" in answer.json()["line"]
    assert answer.json()["changed"] is False
    assert sum(1 for event in log(served.folder) if event.seq > head) == 0


@pytest.mark.parametrize("wrong", [{"head": "many"}, {"head": -1}, {"seen": True}, {"head": 1.5}, {"seen": 1 << 70}])
def test_a_number_of_the_log_is_one(served: Review, claim: str, wrong: dict[str, object]) -> None:
    answer = served.client().post("/rule", json=order(**{"target": claim, **wrong}))
    assert answer.status_code == 400
    assert answer.json()["line"] == f"'{next(iter(wrong))}' needs the number of a ruling"
