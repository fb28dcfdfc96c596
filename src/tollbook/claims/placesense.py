"""Which of the places of one name is meant: the names of a report vote for each other's countries, areas and regions.

Input: the names of a report with their candidates, and hints (demonyms, abbreviated states, the publisher's country).
Output: for each name the likeliest candidate. "Dover" beside "Kent County" and "Delaware" is that one; a name keeps
one meaning within a report unless its own words qualify it ("Dover, England").

Votes are kept in one table: by country ("US"), by first-level area ("US.TX"), and by square of the map (a number).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, MutableMapping, Sequence

from tollbook.lexicon.gazetteer import PRECISION, ROW, Candidate
from tollbook.values import dataclass

Votes = Mapping[str | int, float]

# How much the logarithm of its population speaks for a place, and that of the votes for its country, area and square.
PRIOR, COUNTRY, AREA, NEAR = 0.9, 1.3, 1.5, 0.8
# A publisher's town is as likely small as large.
LOCAL = 0.3
# Areas and countries are meant more often than towns of the same size.
KIND = {"country": 1.0, "admin1": 0.5, "admin2": 1.0, "region": 1.0, "sea": 1.0, "site": 0.0, "town": 0.0}
ROUNDS = 3
# What is less likely, and not twice as likely as any place elsewhere, is not known (decision 28).
LIKELY, TWICE = 0.3, 2
# What is less likely than this has no vote.
_LEAST = 0.05
_AROUND = (-ROW - 1, -ROW, -ROW + 1, -1, 0, 1, ROW - 1, ROW, ROW + 1)
_POINTS = frozenset({"town", "admin2", "site"})


@dataclass(slots=True)
class Named:
    """A name of a report: what it may mean, and how much its own vote counts; `local` where the publisher bears it."""

    candidates: Sequence[Candidate]
    weight: float
    local: bool = False


@dataclass(slots=True)
class Meaning:
    """The likeliest place of a name, how much the rest of the report speaks of where it lies, and `others`.

    `others` are the places of that name where none is likely enough to be the one; then `precision` is that of what
    holds it likely enough: an area or a country.
    """

    best: Candidate
    support: float
    precision: int
    others: int = 0


def meanings(named: Mapping[str, Named], hints: Votes) -> dict[str, Meaning]:
    """What each name likeliest means."""
    sure = {key: _own(one, [1.0]) for key, one in named.items() if len(one.candidates) == 1}
    votes, owns = hints, dict.fromkeys(named, _NOTHING)
    for _ in range(ROUNDS):
        owns = {key: sure.get(key) or _own(one, _shares(one, votes, owns[key])) for key, one in named.items()}
        votes = _counted(owns, hints)
    best = {}
    for key, one in named.items():
        scores = _scores(one, votes, owns[key])
        likeliest = one.candidates[scores.index(max(scores))]
        support = _support(likeliest, votes, owns[key])
        precision = _precision(likeliest, one.candidates, _weighed(scores))
        unsure = precision != likeliest.place.precision
        best[key] = Meaning(likeliest, support, precision, len(one.candidates) if unsure else 0)
    return best


def _precision(best: Candidate, candidates: Sequence[Candidate], shares: Sequence[float]) -> int:
    """`where_prec` of the least that is likely enough: the place itself or its neighbours, its area, its country."""
    own = best.place.precision
    if best.kind not in _POINTS or len(candidates) == 1:
        return own
    around = {(best.cell or 0) + step for step in _AROUND}
    here = [one is best or (one.cell in around and one.kind in _POINTS) for one in candidates]
    elsewhere = max((share for share, is_so in zip(shares, here, strict=True) if not is_so), default=0.0)
    if _share(shares, here) >= LIKELY or shares[candidates.index(best)] >= TWICE * elsewhere:
        return own
    area = _share(shares, [one.area == best.area for one in candidates])
    return PRECISION["admin1"] if best.area is not None and area >= LIKELY else PRECISION["country"]


def _share(shares: Sequence[float], chosen: Sequence[bool]) -> float:
    return sum(share for share, is_so in zip(shares, chosen, strict=True) if is_so)


_NOTHING: Votes = {}


def _support(candidate: Candidate, votes: Votes, own: Votes) -> float:
    """What the report's other names add to a candidate; `own` is what its own name voted."""
    total = 0.0
    for key, much in (
        (candidate.place.country, COUNTRY),
        (candidate.area, AREA),
        (candidate.cell if candidate.kind in _POINTS else None, NEAR),
    ):
        said = votes.get(key, 0.0) - own.get(key, 0.0) if key is not None else 0.0
        if said > 0:
            total += much * math.log1p(said)
    return total


def _scores(named: Named, votes: Votes, own: Votes) -> list[float]:
    prior = PRIOR * LOCAL if named.local else PRIOR
    return [prior * one.score + KIND[one.kind] + _support(one, votes, own) for one in named.candidates]


def _shares(named: Named, votes: Votes, own: Votes) -> list[float]:
    """How likely each candidate of a name is, together 1."""
    return _weighed(_scores(named, votes, own))


def _weighed(scores: Sequence[float]) -> list[float]:
    """Scores as shares, together 1."""
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]


def _own(named: Named, shares: Sequence[float]) -> Votes:
    """What one name votes for."""
    votes: dict[str | int, float] = {}
    for candidate, share in zip(named.candidates, shares, strict=True):
        if share < _LEAST:
            continue
        said = share * named.weight
        for code in (candidate.place.country, candidate.area):
            if code is not None:
                votes[code] = votes.get(code, 0.0) + said
        if candidate.cell is not None and candidate.kind in _POINTS:
            for step in _AROUND:
                cell = candidate.cell + step
                votes[cell] = votes.get(cell, 0.0) + said
    return votes


def _counted(owns: Mapping[str, Votes], hints: Votes) -> Votes:
    votes: MutableMapping[str | int, float] = dict(hints)
    for own in owns.values():
        for key, said in own.items():
            votes[key] = votes.get(key, 0.0) + said
    return votes
