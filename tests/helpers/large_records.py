"""Large projects of invented reports on one flood: forty sources with three hundred claims, and a thousand reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tollbook.pipeline import adding, project_folder
from tollbook.pipeline.desk import Desk, Order
from tollbook.store import Stamp

BY = Stamp("Ann Example", "2031-05-09T12:00:00Z")
_FIRST = ("Arven", "Belmar", "Corlo", "Dunse", "Elvar", "Farrin", "Gostel", "Hallow")
_SECOND = ("Flood Office", "Health Ministry", "Rescue League", "Town Council", "General Hospital")
SOURCES = tuple(f"{one} {other}" for other in _SECOND for one in _FIRST)


def many_sources(folder: Path) -> Path:
    """Forty sources, each told of by a report with seven or eight claims."""
    return _made(folder, (_long(number, name) for number, name in enumerate(SOURCES)))


def many_reports(folder: Path, count: int = 1000) -> Path:
    """So many reports of one incident, from two hundred outlets: eight accounts, each in many editions."""
    made = _made(folder, (_short(number) for number in range(count)))
    desk = Desk(folder)
    first, *others = [one.id for one in desk.incidents()]
    for number, one in enumerate(others):
        desk.rule(Order(one, "merge", {"into": first}, "they are one event", f"merge-{number:04}"), BY)
    desk.close()
    return made


def _long(number: int, source: str) -> dict[str, str]:
    n = number + 12
    text = (
        f"{_lead(n, number, source)}\n\n{n // 3} of the dead were children and {n // 4} were women, the {source} said. "
        f"Another {n % 7 + 2} people were missing in Orvesk.\n\nThe flood displaced {40 * n} people and destroyed "
        f"{3 * n} houses, according to the {source}. About {n + 5} people were rescued."
    )
    return _report(f"long-{number:03}", text, f"{source}: at least {n} killed in Orvesk flood", number)


def _short(number: int) -> dict[str, str]:
    first = number % 8
    n = first + 12
    text = (
        f"{_lead(n, first, SOURCES[first])}\n\nThe river had risen in the night, and boats from Tarn brought people to "
        f"dry ground. Schools stayed closed on Thursday, and the bridge at Velm was shut to lorries. Edition {number}."
    )
    return _report(f"short-{number:04}", text, f"Flood in Orvesk: {n} killed", number)


def _lead(n: int, number: int, source: str) -> str:
    return (
        f"ORVESK, May {7 + number % 9} - At least {n} people were killed and {2 * n} were injured when the river Sarn "
        f"left its bed in Orvesk on 6 May 2031, the {source} said on Wednesday."
    )


def _report(name: str, text: str, title: str, number: int) -> dict[str, str]:
    publisher = f"{_FIRST[number % 8]} {('Post', 'Times', 'Wire', 'Herald', 'News')[number // 8 % 5]} {number % 5 + 1}"
    return {
        "id": name,
        "text": text,
        "title": title,
        "published": f"2031-05-{7 + number % 20:02}",
        "publisher": publisher,
    }


def _made(folder: Path, reports: Iterable[dict[str, str]]) -> Path:
    given = folder.with_suffix(".jsonl")
    given.parent.mkdir(parents=True, exist_ok=True)
    given.write_text("".join(_lines(reports)), encoding="utf-8")
    project_folder.init(folder, BY)
    adding.add(folder, (str(given),), BY)
    return folder


def _lines(reports: Iterable[dict[str, str]]) -> Iterator[str]:
    return (f"{json.dumps(one)}\n" for one in reports)
