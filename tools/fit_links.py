"""Fit what the reasons of a link weigh to reports whose events are known.

    python tools/fit_links.py SCORERS OUT NAME=WEIGHT...

SCORERS is the folder of the public scorers (`reports.py`, with its data beside it), OUT the lexicon's links.toml, whose
`part` stays as it is; each NAME is a set of reports (gva.train, airwars.train, isaf.dev, claims.incidents), and WEIGHT
what a pair of it counts. "NAME~" is the set as if nobody knew its publisher, so that a war told in one desk's phrases
teaches what it would be if many desks told it. A logistic regression over the pairs of main events that share a block
or are one event, held small by PENALTY. Signs are held: what two share never speaks against, what they differ in never
speaks for. Shipped: gva.train=1 airwars.train=2 isaf.dev=6 airwars.train~=.1 isaf.dev~=.1, 20 for each set of claims.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from tollbook.incidents.blocks import Blocks  # noqa: E402
from tollbook.incidents.kept import SortedKeys  # noqa: E402
from tollbook.incidents.nodes import told_of  # noqa: E402
from tollbook.incidents.reasons import amounts  # noqa: E402
from tollbook.incidents.relations import Relations  # noqa: E402
from tollbook.incidents.traits import Node  # noqa: E402
from tollbook.model import Reading, Report  # noqa: E402
from tollbook.pipeline.analyse import NO_OVERLAYS, in_order, outline, read_all, relate  # noqa: E402
from tollbook.rows import claim_row  # noqa: E402

Floats = npt.NDArray[np.float64]
PENALTY = 1.0
# Added to the base: a split costs more than a merge where groups join by their average.
LEAN = 1.87
# Set by hand, for nearly all reports that the weights are fitted to are of one country, and few of one desk.
BY_HAND = {"other country": -1.2, "one desk's figures": -2.8, "one desk's tolls": -1.5}
# A happening is of the event that so much of its figures are of.
PURE = 0.6
AGAINST = frozenset({"one desk", "one desk's words", "two events", "no date"})


@dataclass(frozen=True, slots=True)
class Pair:
    """What two main events share and differ in, whether they are one, and what that counts."""

    amounts: dict[str, float]
    same: bool
    weight: float


def speaks_against(name: str) -> bool:
    """True for what two differ in: "other street", "dates apart"."""
    return name in AGAINST or "other" in name.split() or "apart" in name.split()


# ---- reports with known events ----


def pairs(scorers: Any, name: str, weight: float) -> list[Pair]:
    """The labelled pairs of a set."""
    kind, _, split = name.removesuffix("~").partition(".")
    gold = scorers.reports.data_file(kind, split)
    reports = in_order(map(_report, scorers.reports.reports(kind, gold)))
    if name.endswith("~"):
        reports = tuple(replace(report, publisher=None) for report in reports)
    readings = read_all(reports)
    outlines = [outline(report, own, NO_OVERLAYS)[0] for report, own in zip(reports, readings, strict=True)]
    relations = relate(reports, outlines, NO_OVERLAYS)
    if kind == "claims":
        event = _events_of_claims(scorers, gold, reports, readings, relations)
    else:
        event = _events(kind, scorers.common.read_jsonl(gold), relations)
    members = defaultdict(list)
    for index, own in event.items():
        members[own].append(index)
    nodes = relations.index.nodes
    chosen = {(a, b) for a, b in _near(list(nodes.values())) if a in event and b in event}
    chosen |= {pair for group in members.values() for pair in combinations(sorted(group), 2)}
    return [
        Pair(amounts(nodes[a], nodes[b]), event[a] == event[b], weight)
        for a, b in sorted(chosen)
        if nodes[a].report != nodes[b].report and nodes[a].whole and nodes[b].whole
    ]


def _near(nodes: list[Node]) -> set[tuple[int, int]]:
    """The pairs that share a block."""
    blocks = Blocks(SortedKeys())
    ordered, _ = blocks.expect(nodes)
    found = ((node.index, other) for node in ordered for other in blocks.add(node)[0])
    return {(min(pair), max(pair)) for pair in found}


def _report(row: dict[str, Any]) -> Report:
    sha = hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest()
    given = {key: row[key] for key in ("id", "text", "title", "published", "publisher", "url")}
    return Report(**given, sha256=sha, text_sha256=sha, language="en")


def _events(kind: str, rows: list[dict[str, Any]], relations: Relations) -> dict[int, str]:
    """Main event → its incident; of other sets than gva each report tells of its own."""
    known = {row["id"]: row["gold"]["incidents"][0]["incident_id"] if kind == "gva" else row["id"] for row in rows}
    return {node.index: str(known[node.report]) for node in relations.index.nodes.values() if node.whole}


def _events_of_claims(
    scorers: Any, gold: Path, reports: tuple[Report, ...], readings: tuple[Reading, ...], relations: Relations
) -> dict[int, str]:
    """Main event → the incident of most of its figures, by the claims made by hand."""
    rows, _ = scorers.score_claims.read_gold(gold, gold.parent)
    event: dict[int, str] = {}
    for report, reading in zip(reports, readings, strict=True):
        own = [row for row in rows if row["file"] == report.id]
        claims = [claim for claim in reading.claims if claim.span.part == "text"]
        matched, _ = scorers.score_claims.pair_up(own, [claim_row(claim) for claim in claims])
        incident = {claims[j].id: own[i]["incident"] for i, j in matched if own[i]["incident"]}
        for index, happening in zip(relations.places[report.id], told_of(report, reading), strict=True):
            told = Counter(incident[fact.claim.id] for fact in happening.facts if fact.claim.id in incident)
            most = max(sorted(told), key=lambda name: told[name], default=None)
            if most is not None and told[most] >= PURE * told.total():
                event[index] = most
    return event


# ---- fitting ----


def fit(labelled: list[Pair]) -> dict[str, float]:
    """The weight of each reason, and `base`: Newton's steps, a weight of the wrong sign held at nothing."""
    names = sorted({name for pair in labelled for name in pair.amounts} - {"period"})
    x = np.array([[1.0, *(pair.amounts.get(name, 0.0) for name in names)] for pair in labelled])
    y = np.array([float(pair.same) for pair in labelled])
    count = np.array([pair.weight for pair in labelled])
    held = np.diag([1e-9, *(PENALTY * x[:, 1:].var(axis=0) + 1e-9)])
    sign = np.array([0.0, *(-1.0 if speaks_against(name) else 1.0 for name in names)])
    weights = np.zeros(len(names) + 1)
    for _ in range(200):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (count * (p - y)) + held @ weights
        free = (sign == 0) | (sign * weights > 0) | (sign * slope < 0)
        curve = (x * (count * p * (1 - p))[:, None]).T @ x + held
        step = np.zeros(len(weights))
        step[free] = np.linalg.solve(curve[np.ix_(free, free)], slope[free])
        moved = weights
        for length in 0.5 ** np.arange(20):
            moved = weights - length * step
            moved = np.where((sign != 0) & (sign * moved < 0), 0.0, moved)
            if _loss(moved, x, y, count, held) < _loss(weights, x, y, count, held):
                break
        if abs(moved - weights).max() < 1e-6:
            break
        weights = moved
    return dict(zip(["base", *names], weights.tolist(), strict=True))


def _loss(weights: Floats, x: Floats, y: Floats, count: Floats, held: Floats) -> float:
    told = x @ weights
    return float(count @ (np.logaddexp(0, told) - y * told) + weights @ held @ weights / 2)


def table(weights: dict[str, float], part: dict[str, float]) -> str:
    """links.toml."""
    weights = weights | BY_HAND
    told = {name: weight for name, weight in sorted(weights.items()) if name != "base" and abs(weight) >= 0.005}
    lines = [
        "# What speaks for two happenings of different reports being one event, and against: the logarithm of the odds",
        "# that each unit of a reason adds or takes away; at 0 they are tied. What each reason is and how much of it",
        "# there is: incidents/traits.py. One that is missing weighs nothing.",
        "",
        "# Between two whole reports: made by tools/fit_links.py (decision 30).",
        "[whole]",
        f"base = {weights['base'] + LEAN:.2f}",
        *(f'"{name}" = {weight:.2f}' for name, weight in told.items()),
        "",
        "# Where one is only part of a report, whose words say nothing of it: set by hand.",
        "[part]",
        *(f"base = {weight}" if name == "base" else f'"{name}" = {weight}' for name, weight in part.items()),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorers", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("sets", nargs="+", metavar="NAME=WEIGHT")
    given = parser.parse_args()
    sys.path.insert(0, str(given.scorers))
    import common
    import reports
    import score_claims

    scorers = SimpleNamespace(common=common, reports=reports, score_claims=score_claims)
    labelled: list[Pair] = []
    for name, _, weight in (each.partition("=") for each in given.sets):
        own = pairs(scorers, name, float(weight))
        print(f"{name}: {len(own)} pairs, {sum(pair.same for pair in own)} of one event")
        labelled += own
    part = tomllib.loads(given.out.read_text(encoding="utf-8"))["part"]
    weights = fit([pair for pair in labelled if "period" not in pair.amounts])
    given.out.write_text(table(weights, part), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
