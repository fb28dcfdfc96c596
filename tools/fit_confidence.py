"""Fit what confidence a claim gets to claims made by hand, and tell how well it does on events left out.

    python tools/fit_confidence.py SCORERS OUT GOLD...

SCORERS is the folder of the public scorers (`score_claims.py`, `reports.py`), OUT the lexicon's confidence.toml, each
GOLD a file of hand-made claims with its texts beside it. A logistic regression over the traits that
`claims/confidence.py` gives a claim, held small by PENALTY; nothing is drawn by chance.

Data: the claims that the reader finds in these texts, right where the gold has value, measure and group. Its words and
patterns were made while the same texts were read, so that even an event left out isn't new to it: expect a little less
on others.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from tollbook.claims import confidence, read  # noqa: E402
from tollbook.lexicon import load  # noqa: E402
from tollbook.model import Claim, Report  # noqa: E402
from tollbook.rows import claim_row  # noqa: E402

Floats = npt.NDArray[np.float64]
PENALTY = 1.0
SEEN = 6  # claims that must have a trait before it gets a weight
BINS = 10
UNJUDGED = ("killed_or_injured",)  # the gold writes casualties as `affected`: a convention, no error


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its traits, the confidence that ships, the events it belongs to, and whether it is right."""

    event: str
    traits: frozenset[str]
    shipped: float
    right: bool


def judged(scorers: Path, golds: list[Path]) -> list[Judged]:
    """The claims that the reader finds in the texts of each gold, compared with it by the public scorer."""
    sys.path.insert(0, str(scorers))
    import reports
    import score_claims

    found = []
    for gold in golds:
        rows, _ = score_claims.read_gold(gold, gold.parent)
        events = _events(rows)
        for row in reports.reports("claims", gold):
            own = [one for one in rows if one["file"] == row["id"]]
            event = f"{gold.parent.name} {events.get(row['id'], row['id'])}"
            claims = [one for one in _read(row) if one[0]["part"] == "text"]
            pairs, touching = score_claims.pair_up(own, [claim for claim, _ in claims])
            partner = {j: own[i] for i, j in pairs}
            for j, (claim, traits) in enumerate(claims):
                if claim["measure"] not in UNJUDGED:
                    right = claim["measure"] == "other" and j not in touching
                    if j in partner:
                        right = score_claims.judge(partner[j], claim)["value+measure+group"]
                    found.append(Judged(event, traits, claim["confidence"], right))
    return found


def _read(row: dict[str, Any]) -> list[tuple[dict[str, Any], frozenset[str]]]:
    """Public rows of a report's claims, each with the traits that its confidence was made of."""
    sha = hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest()
    given = {key: row[key] for key in ("id", "text", "title", "published", "publisher", "url")}
    report = Report(**given, sha256=sha, text_sha256=sha, language="en")
    with mock.patch.object(confidence, "of", lambda mention, measure, lexicon: (mention, measure)):
        claims = read(report, load("en")).claims
    return [_with_traits(claim) for claim in claims]


def _with_traits(claim: Claim) -> tuple[dict[str, Any], frozenset[str]]:
    mention, measure = claim.confidence
    shipped = replace(claim, confidence=confidence.of(mention, measure, load("en")))
    return claim_row(shipped), frozenset(confidence.traits(mention, measure))


def _events(rows: list[dict[str, Any]]) -> dict[str, str]:
    """File → a name shared by all files that tell of the same incidents."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            name = above[name]
        return name

    for row in rows:
        if row["incident"]:
            above[top(f"file {row['file']}")] = top(f"incident {row['incident']}")
    return {row["file"]: top(f"file {row['file']}") for row in rows}


# ---- fitting ----


def fit(claims: list[Judged]) -> dict[str, float]:
    """The weight of each trait, and `base`."""
    seen = Counter(name for claim in claims for name in claim.traits)
    names = ["base", *sorted(name for name, count in seen.items() if count >= SEEN)]
    x = np.array([[1.0, *(float(name in claim.traits) for name in names[1:])] for claim in claims])
    y = np.array([float(claim.right) for claim in claims])
    held = np.diag([1e-9, *[PENALTY] * (len(names) - 1)])
    weights = np.zeros(len(names))
    for _ in range(100):  # Newton's steps
        p = 1 / (1 + np.exp(-x @ weights))
        slope = (x * (p * (1 - p))[:, None]).T @ x + held
        step = np.linalg.solve(slope, x.T @ (p - y) + held @ weights)
        weights -= step
        if abs(step).max() < 1e-9:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def believed(weights: dict[str, float], claim: Judged) -> float:
    total = weights["base"] + sum(weights.get(name, 0.0) for name in sorted(claim.traits))
    return float(1 / (1 + np.exp(-total)))


def left_out(claims: list[Judged]) -> list[float]:
    """The confidence of each claim by weights fitted without its event."""
    events = dict.fromkeys(claim.event for claim in claims)
    weights = {event: fit([claim for claim in claims if claim.event != event]) for event in events}
    return [believed(weights[claim.event], claim) for claim in claims]


# ---- how good it is ----


def bins(believed: list[float], right: list[bool]) -> list[tuple[int, float, float]]:
    """(claims, mean confidence, share right) in each tenth of confidence that holds any."""
    tenths = [min(int(value * BINS), BINS - 1) for value in believed]
    rows = []
    for tenth in sorted(set(tenths)):
        own = [at for at, one in enumerate(tenths) if one == tenth]
        rows.append((len(own), sum(believed[at] for at in own) / len(own), sum(right[at] for at in own) / len(own)))
    return rows


def calibration_error(believed: list[float], right: list[bool]) -> float:
    """Expected calibration error: how far confidence and share right are apart, on average over claims."""
    return sum(count * abs(mean - share) for count, mean, share in bins(believed, right)) / len(right)


def ranked(believed: list[float], right: list[bool]) -> float:
    """How often a right claim has more confidence than a wrong one; .5 by chance."""
    good = [value for value, is_right in zip(believed, right, strict=True) if is_right]
    bad = [value for value, is_right in zip(believed, right, strict=True) if not is_right]
    won = sum((a > b) + (a == b) / 2 for a in good for b in bad)
    return won / (len(good) * len(bad))


def summary(name: str, believed: list[float], right: list[bool]) -> str:
    brier = sum((value - is_right) ** 2 for value, is_right in zip(believed, right, strict=True)) / len(right)
    error = calibration_error(believed, right)
    return f"{name}: {len(right)} claims, ECE {error:.3f}, ranked {ranked(believed, right):.3f}, Brier {brier:.3f}"


def report(claims: list[Judged]) -> list[str]:
    """How well confidence does on events left out, of all claims and of those with a measure of their own."""
    lines = []
    for name, own in (("all", claims), ("typed", [claim for claim in claims if "other" not in claim.traits])):
        lines.append(summary(f"{name}, events left out", left_out(own), [claim.right for claim in own]))
    return lines


def table(weights: dict[str, float]) -> str:
    """confidence.toml."""
    lines = [
        "# Made by tools/fit_confidence.py from claims made by hand: the weight of each trait of a claim (logistic)."
    ]
    lines += ["# What the traits are is in claims/confidence.py, how well it does in decision 22.", ""]
    lines += [f"base = {weights['base']:.2f}", "", "[weights]"]
    lines += [f'"{name}" = {weight:.2f}' for name, weight in weights.items() if name != "base"]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorers", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    given = parser.parse_args()
    claims = judged(given.scorers, given.gold)
    for line in report(claims):
        print(line)
    given.out.write_text(table(fit(claims)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
