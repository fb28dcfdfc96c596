"""What changed between two bundles, as lines for people and as rows for programs.

Input: `Changes`. Output: text, or JSON values, one for each thing that changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from tollbook.bundles.changes import Changes, FigureChange, IncidentChange, amount
from tollbook.bundles.loading import Json
from tollbook.dossiers.moved import FIELDS
from tollbook.text import counted

_INCIDENTS = {
    "came": "{name} came",
    "went": "{name} went",
    "merged": "{name} is now in {others}",
    "split": "{name} came from {others}",
    "renamed": "{name} is now called {others}",
    "graded": "{name} is graded {others}",
}
_SIGNS = {"came": "+", "went": "-", "": "·"}


def told(changes: Changes) -> Iterator[str]:
    """The changes in words; one line where there are none."""
    old, new = changes.old, changes.new
    yield f"{old.path} → {new.path}: {len(old.events)} → {counted(len(new.events), 'event')}"
    yield from changes.remarks
    some = changes.reports or changes.rulings or changes.incidents or changes.figures
    if not some:
        yield "no figure, incident, report or ruling changed"
    kinds = Counter(kind for kind, _ in changes.reports)
    if changes.reports:
        yield f"reports: {kinds['added']} added, {kinds['gone']} gone"
    for kind, report in changes.reports:
        parts = [one for one in (report["publisher"], report["published"], report["title"]) if one]
        yield f"  {'+' if kind == 'added' else '-'} {report['report']} {', '.join(parts)}".rstrip()
    if changes.rulings:
        yield f"rulings: {len(changes.rulings)} since"
    for one in changes.rulings:
        yield f"  {one['ruling']} {one['when']} {one['said']}"
    if changes.incidents:
        yield f"incidents: {_counts(Counter(one.kind for one in changes.incidents))}"
    for incident in changes.incidents:
        yield f"  {_incident(incident)}"
    if changes.figures:
        yield f"figures: {_counts(Counter(map(_kind, changes.figures)))}"
    for figure in changes.figures:
        yield from _figure(figure)


def _counts(kinds: Counter[str]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))


def _incident(one: IncidentChange) -> str:
    between = " → " if one.kind == "graded" else " and "
    return _INCIDENTS[one.kind].format(name=one.name, others=between.join(one.others))


def _kind(one: FigureChange) -> str:
    return "came" if one.old is None else "went" if one.new is None else "changed"


def _figure(one: FigureChange) -> Iterator[str]:
    rules = (one.new or one.old or {})["rules"]
    yield f"  {one.incident}: {', '.join(one.of[1:4])} by {rules}"
    yield f"    {_result(one.old)} → {_result(one.new)}"
    for reason in one.reasons:
        yield f"      {_SIGNS[reason.effect]} {reason.why}"


def _result(figure: Json | None) -> str:
    if figure is None:
        return "none"
    best = "" if figure["best"] is None or figure["low"] == figure["high"] else f", best {figure['best']}"
    grade = f", {figure['grade']}" if figure["grade"] else ""
    return f"{amount(figure)}{best} ({figure['status']}{grade})"


def rows(changes: Changes) -> Iterator[Json]:
    """The changes as JSON values, each with what `changed`."""
    for remark in changes.remarks:
        yield {"changed": "bundle", "why": remark}
    for kind, report in changes.reports:
        names = ("report", "key", "publisher", "published", "title")
        yield {"changed": "report", "kind": kind, **{name: report[name] for name in names}}
    for ruling in changes.rulings:
        yield {"changed": "ruling", **ruling}
    for incident in changes.incidents:
        yield {"changed": "incident", **asdict(incident)}
    for one in changes.figures:
        key, measure, group, unit, _ = one.of
        of = {"incident": one.incident, "key": key, "measure": measure, "group": group, "unit": unit}
        values = {name: _values(figure) for name, figure in (("old", one.old), ("new", one.new))}
        yield {
            "changed": "figure",
            "kind": _kind(one),
            **of,
            "rules": (one.new or one.old or {})["rules"],
            **values,
            "reasons": [asdict(reason) for reason in one.reasons],
        }


def _values(figure: Json | None) -> Json | None:
    return None if figure is None else {name: figure[name] for name in FIELDS}
