"""Worked cases of every rule set: what is said, what comes of it, and by which clause (`tests/cases/rules`).

A claim is written "WHO @DAY in REPORT: FIGURE …", where the words behind the figure are a measure, a group, a modality
or a kind of source in any order: "Harbour Ministry @2: 12+ injured soldiers denied". "-" is the report itself, and with
"thereof" the figure is a part of the first one of its report.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from findings_build import claim, day, ends, findings

from tollbook.findings import RULES
from tollbook.lexicon import load_taxonomy
from tollbook.model import Claim, Finding
from tollbook.model.claims import Modality, SourceKind

CASES = Path(__file__).parent.parent / "cases" / "rules"
TAXONOMY = load_taxonomy()
GROUPS = ("women", "men", "children", "civilians", "soldiers", "militants", "police")
SAID = re.compile(r"(?P<by>.+?)(?: @(?P<day>\d+))?(?: in (?P<report>\w+))?: (?P<figure>\S+)(?P<more>.*)")
KINDS = {
    "measure": set(TAXONOMY.measures),
    "group": {"all", *(group for group in GROUPS if "all" in TAXONOMY.wholes(group))},
    "modality": set(get_args(Modality)),
    "kind": set(get_args(SourceKind)),
}


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return loaded


def claims(case: dict[str, Any]) -> list[Claim]:
    lines = [line.removesuffix(" thereof") for line in case["claims"]]
    made = [written(line, number) for number, line in enumerate(lines)]
    first = {one.report: one.id for one in reversed(made)}
    return [
        replace(one, part_of=first[one.report]) if line.endswith(" thereof") else one
        for one, line in zip(made, case["claims"], strict=True)
    ]


def written(line: str, number: int) -> Claim:
    """One claim in the compact form; each stands in a report of its own where none is named."""
    said = SAID.fullmatch(line)
    assert said is not None, line
    more: dict[str, Any] = {}
    for word in said["more"].split():
        more[next(key for key, known in KINDS.items() if word in known)] = word
    own = said["by"] == "-"
    if said["day"]:
        more["as_of"] = day(int(said["day"]))
    by, publisher = (None, f"Paper {said['report'] or number}") if own else (said["by"], None)
    report = said["report"] or f"r{number}"
    return claim(said["figure"], by, report, publisher=publisher, at=10 + 100 * number, **more)


def decided(case: dict[str, Any], rules: str) -> Finding | None:
    """The finding of the case's measure and group, None where the rule set gives no line."""
    found = findings(claims(case), rules)
    return found.get((case.get("measure", "killed"), case.get("group", "all")))


ALL = [(name, case) for name in sorted(RULES) for case in cases(name)]


@pytest.mark.parametrize(("name", "case"), ALL, ids=[f"{name}: {case['name']}" for name, case in ALL])
def test_a_worked_case(name: str, case: dict[str, Any]) -> None:
    found = decided(case, name)
    if case.get("no_line"):
        assert found is None
        return
    assert found is not None
    wanted = tuple(case.get(end) for end in ("low", "best", "high"))
    assert (*ends(found), found.status) == (*wanted, case["status"]), found.derivation
    assert any(case["words"] in line for line in found.derivation), found.derivation


@pytest.mark.parametrize(
    ("name", "case"),
    [(name, case) for name, case in ALL if case.get("differs_from_range")],
    ids=lambda one: one if isinstance(one, str) else one["name"],
)
def test_a_case_that_differs_from_range_does(name: str, case: dict[str, Any]) -> None:
    found, plain = decided(case, name), decided(case, "range") or decided({**case, "group": "all"}, "range")
    assert plain is not None
    assert found is None or ends(found) != ends(plain)


@pytest.mark.parametrize("name", sorted(RULES))
def test_each_rule_set_has_ten_cases_and_three_that_differ_from_range(name: str) -> None:
    some = cases(name)
    assert len(some) >= 10
    assert len({case["name"] for case in some}) == len(some)
    assert all(case["clause"] for case in some)
    assert name == "range" or sum(bool(case.get("differs_from_range")) for case in some) >= 3
