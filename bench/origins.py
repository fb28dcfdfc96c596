"""How often `agreed` is said where the sources share a parent, or where the gold gives another figure.

    python bench/origins.py SCORERS [--data DIR] [--corpora DIR] [--only NAME ...] [--show]

SCORERS is the folder of the public scorers: claims.khojaly, claims.incidents, claims.world and gva.dev are read under
the default rule set. Of the findings that are `agreed`, in which

- the sources share a parent: by the gold (who says it, as hand-made gold has it; texts that are copies; one outlet's
  own words) no two of the claims that give the figure are of different sources;
- the gold disagrees: its figure of that incident, measure and group is another. The archive behind gva knows killed
  and injured of everybody, hand-made gold what a claim's own words say and, of deaths, the recorder's answer.

What the gold says nothing of is counted as not judged. `--show` prints each case that fails.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("claims.khojaly", "claims.incidents", "claims.world", "gva.dev")
STATE = ("official", "government", "police", "military")
COPY = 0.7  # of the shorter text's five-word strings stand in the other: the scorers' own bound for copies
Row = dict[str, Any]


@dataclass
class Bench:
    """One benchmark: its gold, its reports, and what a run of them says."""

    name: str
    gold: Path
    reports: dict[str, Row]
    agreed: list[Row]
    claims: dict[str, list[Row]]
    run: Any
    scorers: Any


@dataclass
class Audit:
    """What became of the agreed findings; the lists hold a line for each case."""

    agreed: int = 0
    judged: int = 0
    shared: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def failed(self) -> int:
        return len({line.split(" | ")[0] for line in [*self.shared, *self.wrong]})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorers", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--only", nargs="+", default=list(NAMES))
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    sys.path.insert(0, str(given.scorers))
    print(
        "| benchmark | agreed | share a parent | judged by the gold | gold disagrees | failed |",
        "|---|---|---|---|---|---|",
        sep="\n",
    )
    audits = {name: audit(opened(name, given.data)) for name in given.only}
    for name, one in audits.items():
        print(_row(name, one))
    print(_row("all", _together(audits.values())))
    for name, one in audits.items() if given.show else ():
        print(*(f"{name}: {line}" for line in [*one.shared, *one.wrong]), sep="\n")
    return 0


def _row(name: str, one: Audit) -> str:
    share = f"{100 * one.failed / one.agreed:.1f} %" if one.agreed else "–"
    return f"| {name} | {one.agreed} | {len(one.shared)} | {one.judged} | {len(one.wrong)} | {one.failed} ({share}) |"


def _together(audits: Iterable[Audit]) -> Audit:
    whole = Audit()
    for number, one in enumerate(audits):
        whole.agreed += one.agreed
        whole.judged += one.judged
        whole.shared += [f"{number} {line}" for line in one.shared]
        whole.wrong += [f"{number} {line}" for line in one.wrong]
    return whole


def opened(name: str, data: Path | None) -> Bench:
    """Reads a benchmark's reports with this checkout, stateless."""
    import common
    import reports

    kind, _, split = name.partition(".")
    gold = reports.data_file(kind, split, data) if data else reports.data_file(kind, split)
    rows = list(reports.reports(kind, gold))
    out = Path(tempfile.mkdtemp())
    common.write_jsonl(out / "in.jsonl", rows)
    command = [sys.executable, "-m", "tollbook", "run", str(out / "in.jsonl"), "--out", str(out / "run")]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT / "src")})
    run = common.Run(out / "run")
    claims = defaultdict(list)
    for claim in run.rows("claims"):
        claims[claim["claim"]].append(claim)
    agreed = [row for row in run.rows("findings") if row["status"] == "agreed"]
    return Bench(name, gold, {row["id"]: row for row in rows}, agreed, claims, run, common)


def audit(bench: Bench) -> Audit:
    """Every agreed finding of a benchmark held against its gold."""
    judge: Any = _Archive(bench) if bench.name.startswith("gva") else _HandMade(bench)
    grams = {report: five_grams(row["text"]) for report, row in bench.reports.items()}
    found = Audit(len(bench.agreed))
    for number, row in enumerate(bench.agreed):
        claims = [claim for name in row["supports"] for claim in bench.claims[name]]
        what = f"{number} | {row['incident'][:8]} {row['measure']} {row['group']} {row['best']}: " + "; ".join(
            f"{judge.source(claim)} “{' '.join(claim['said'].split())}” ({claim['report']})" for claim in claims
        )
        if len(_apart(claims, judge, grams)) < 2:
            found.shared.append(what)
        right = judge.right(row, claims)
        found.judged += right is not None
        if right is False:
            found.wrong.append(what)
    return found


def _apart(claims: Sequence[Row], judge: Any, grams: Mapping[str, set[Any]]) -> list[str]:
    """The different sources behind some claims: one name is one, and so are copies and one outlet's words."""
    voices: list[tuple[str, Row]] = []
    for claim in claims:
        if not any(_one(judge, grams, claim, other) for _, other in voices):
            voices.append((judge.source(claim), claim))
    return [name for name, _ in voices]


def _one(judge: Any, grams: Mapping[str, set[Any]], claim: Row, other: Row) -> bool:
    named, its = judge.named(claim), judge.named(other)
    if named and its:
        return bool(judge.same(named, its))
    if claim["report"] == other["report"]:
        return True  # a report's own words beside whom it quotes: nothing says that it has them from elsewhere
    if copies(grams[claim["report"]], grams[other["report"]]):
        return True
    return not named and not its and judge.same(judge.source(claim), judge.source(other))


def five_grams(text: str) -> set[Any]:
    words = re.findall(r"[a-z0-9']+", text.lower())
    return set(zip(*(words[i:] for i in range(5)), strict=False))


def copies(one: set[Any], other: set[Any]) -> bool:
    return len(one & other) >= COPY * max(1, min(len(one), len(other)))


class _HandMade:
    """Gold that names who says each figure and which incident it is of."""

    def __init__(self, bench: Bench) -> None:
        import score_claims

        self.scorer = score_claims
        rows, _ = score_claims.read_gold(bench.gold, bench.gold.parent)
        pairs, _, _ = score_claims.collect(rows, bench.run)
        self.gold = {(claim["report"], claim["claim"]): row for row, claim in pairs}
        answers = bench.gold.parent / "incidents.json"
        self.truth = json.loads(answers.read_text(encoding="utf-8")) if answers.exists() else {}

    def named(self, claim: Row) -> str | None:
        row = self.gold.get((claim["report"], claim["claim"]))
        if row is not None:
            return str(row["attributed_to"]) if row["attributed_to"] else None
        return next((link["source"] for link in claim["attribution"] if link["start"] is not None), None)

    def source(self, claim: Row) -> str:
        return self.named(claim) or (claim["attribution"][-1]["source"] if claim["attribution"] else claim["report"])

    def same(self, one: str, other: str) -> bool:
        return bool(self.scorer.same_name(one, other)) or one == other

    def right(self, finding: Row, claims: Sequence[Row]) -> bool | None:
        rows = [self.gold.get((claim["report"], claim["claim"])) for claim in claims]
        known = [(row, claim) for row, claim in zip(rows, claims, strict=True) if row is not None]
        if not known:
            return None
        if not all(self.scorer.judge(row, claim)["value+measure+group"] for row, claim in known):
            return False
        if len({row["incident"] for row, _ in known}) > 1:
            return False
        said = self.scorer.answer(self.truth.get(known[0][0]["incident"], {}))
        if said is None or (finding["measure"], finding["group"]) != ("killed", "all"):
            return True
        return bool(said[0] <= finding["best"] <= said[1])


class _Archive:
    """Gold that knows killed and injured of each incident, and not who says so."""

    def __init__(self, bench: Bench) -> None:
        import score_gva

        gold = [row for row in bench.scorers.read_jsonl(bench.gold) if score_gva.usable(row)]
        facts = {row["id"]: row["gold"]["incidents"][0] for row in gold}
        main, members = bench.run.main_incidents(), defaultdict(list)
        for report, fact in facts.items():
            members[fact["incident_id"]].append(report)
        self.facts: dict[str, list[Row]] = defaultdict(list)
        for some in members.values():
            found = score_gva.majority_incident(some, main)
            if found:
                self.facts[found].append(facts[some[0]])

    def named(self, claim: Row) -> str | None:
        return next((link["source"] for link in claim["attribution"] if link["start"] is not None), None)

    def source(self, claim: Row) -> str:
        return self.named(claim) or str(claim["attribution"][-1]["source"])

    def same(self, one: str, other: str) -> bool:
        return one.lower() == other.lower()

    def right(self, finding: Row, claims: Sequence[Row]) -> bool | None:
        facts = self.facts.get(finding["incident"], [])
        if finding["group"] != "all" or finding["measure"] not in ("killed", "injured") or not facts:
            return None
        return any(fact[finding["measure"]] == finding["best"] for fact in facts)


if __name__ == "__main__":
    sys.exit(main())
