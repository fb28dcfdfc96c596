"""Events, and where each report stands among the others."""

from __future__ import annotations

from tollbook.model.reports import Notice
from tollbook.model.settings import DateRange, Place
from tollbook.values import dataclass

# Kinds that say that somebody did something to somebody; an explosion, a fire or "other" may be an accident.
VIOLENT = frozenset({"attack", "bombing", "shooting", "clash", "detention", "protest", "mine"})


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a report stands among the others: whose copy it is, its family, credited origins, its incidents."""

    report: str
    copy_of: str | None = None
    family: str | None = None
    origins: tuple[str, ...] = ()
    incident: str | None = None
    incidents: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Why a claim belongs to an incident: a score from 0 to 1 and reasons a person understands."""

    claim: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    name: str
    role: str
    said_by: str


@dataclass(frozen=True, slots=True)
class Incident:
    """An event: neutral name (place and date, nothing else), kind from a closed list, and what is linked to it."""

    id: str
    name: str
    kind: str
    date: DateRange | None = None
    place: Place | None = None
    actors: tuple[Actor, ...] = ()
    aliases: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
