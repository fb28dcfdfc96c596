"""Who asks, once `needs` has let them in, and the desk that answers."""

from __future__ import annotations

from starlette.requests import Request

from tollbook.pipeline.desk import Desk
from tollbook.review.people import Person, Refused, person_of


def who_of(request: Request) -> Person:
    """Who is asking. Raises Refused before anybody has come in."""
    person = person_of(request)
    if person is None:
        raise Refused("you are not logged in", 401)
    return person


def desk_of(request: Request) -> Desk:
    """The desk of the app."""
    desk: Desk = request.app.state.desk
    return desk
