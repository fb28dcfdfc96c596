"""Each page and each form asks for a role; all are listed here, and a role below it gets and changes nothing."""

from __future__ import annotations

import re

import pytest
from review_server import Review

from tollbook.review.app import ROUTES
from tollbook.review.people import ROLES, Role

# The least role for each, by method and path; "" for what strangers reach.
LEAST: dict[str, tuple[str, ...]] = {
    "": (
        "GET /enter", "GET /login", "POST /login", "GET /invite", "POST /invite", "POST /leave",
        "GET /published/{token}/{name:path}",
    ),
    "reader": (
        "GET /", "GET /account", "POST /account/password", "POST /account/others", "GET /account/second",
        "POST /account/second", "GET /account/second.svg", "POST /account/second/code", "POST /account/second/off",
        "GET /queue", "POST /queue/more", "GET /queue/item", "GET /queue/incidents", "GET /incident/{name}",
        "GET /queue/counting",
        "GET /incident/{name}/history", "GET /claim/{name}/history", "GET /report/{name:path}", "GET /desk/sheet",
        "GET /desk/block", "GET /desk/claim", "GET /desk/after", "GET /desk/matrix", "GET /desk/reports",
        "GET /desk/incidents", "GET /desk/edit", "GET /desk/rulings",
    ),
    "coder": (
        "POST /rule", "POST /queue/ping", "POST /queue/leave", "GET /desk/add", "POST /desk/check", "GET /add",
        "POST /add/files", "POST /add/urls", "GET /jobs/{id:str}", "POST /jobs/{id:str}/stop", "GET /import",
        "POST /import/file", "POST /import/columns", "POST /import/bring", "POST /import/drop",
        "GET /claim/{claim}/tie", "POST /claim/{claim}/tie", "GET /coding", "POST /coding",
    ),
    "editor": (
        "GET /publish", "POST /publish", "GET /publish/bundle.zip", "GET /publish/open", "GET /quality",
        "GET /quality/second",
        "POST /quality/draw", "POST /quality/end", "POST /quality/decide", "POST /quality/agree",
        "GET /quality/agreement.csv", "GET /quality/agreement.json", "GET /quality/codings.csv",
    ),
    "admin": (
        "GET /members", "POST /members", "POST /members/role", "POST /members/reset", "POST /members/remove",
    ),
}  # fmt: skip


def routes() -> list[str]:
    return [f"{method} {one.path}" for one in ROUTES for method in sorted(set(one.methods or ()) - {"HEAD"})]


def test_every_route_is_listed_once() -> None:
    assert sorted(routes()) == sorted(one for some in LEAST.values() for one in some)


@pytest.mark.parametrize("least", ROLES[1:])
def test_the_role_below_gets_nothing_and_changes_nothing(served: Review, least: Role) -> None:
    client, head = served.client("Bo Tarn", ROLES[ROLES.index(least) - 1]), served.app.state.desk.head()
    for route in LEAST[least]:
        method, path = route.split(" ")
        answer = client.request(method, re.sub(r"\{[^}]*\}", "x", path))
        assert answer.status_code == 403, route
        assert f"role {least}" in answer.text, route
    assert served.app.state.desk.head() == head


def test_a_stranger_gets_nothing(served: Review) -> None:
    head = served.app.state.desk.head()
    for route in (one for some in ROLES for one in LEAST[some]):
        method, path = route.split(" ")
        answer = served.stranger().request(method, re.sub(r"\{[^}]*\}", "x", path))
        assert answer.status_code in {303, 401}, route
        assert answer.headers.get("location", "/login").startswith("/login"), route
    assert served.app.state.desk.head() == head
