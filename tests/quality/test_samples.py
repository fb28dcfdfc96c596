"""Samples that a seed repeats, tasks from their events, answers from codings."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.errors import UsageError
from tollbook.model import Bound, Claim, Place, Quantity, Source, Span
from tollbook.quality import answers, draw, size_of, tasks_of

CLAIMS = {f"{number:04x}": "killed" if number % 5 else "injured" for number in range(100)}


def test_a_seed_draws_the_same_claims_in_whatever_order_they_come() -> None:
    drawn = draw(CLAIMS, 20, "spring")
    assert drawn == draw(dict(reversed(CLAIMS.items())), 20, "spring") != draw(CLAIMS, 20, "autumn")
    assert len(set(drawn)) == 20


@given(st.integers(1, 100), st.text(max_size=8))
def test_every_stratum_has_its_share(size: int, seed: str) -> None:
    drawn = draw(CLAIMS, size, seed)
    counts = Counter(CLAIMS[one] for one in drawn)
    assert len(drawn) == len(set(drawn)) == size
    assert abs(counts["injured"] - size / 5) < 1


@pytest.mark.parametrize(("told", "size"), [("20", 20), (" 10% ", 10), ("2.5 %", 2), ("0.1%", 1), ("100%", 100)])
def test_a_size_is_a_number_or_a_share(told: str, size: int) -> None:
    assert size_of(told, 100) == size


@pytest.mark.parametrize("told", ["", "0", "0%", "-3", "2.5", "ten", "101", "101%", "1e3", "٣٠ claims", "9" * 40])
def test_what_is_no_size_is_one_line(told: str) -> None:
    with pytest.raises(UsageError):
        size_of(told, 100)


def claim() -> Claim:
    chain = (Source("Flood Office", "government", "said"), Source("Plain News", "publisher"))
    return Claim(
        "c1", "r1", Span(0, 9), "12 people", "killed", "all", "person", Quantity.exact(12), attribution=chain,
        place=Place("Arvelle"),
    )  # fmt: skip


def test_answers_are_of_the_claim_as_coded() -> None:
    assert answers(claim(), "accept", {}) == {
        "decision": "accept", "measure": "killed", "group": "all", "bound": "exact", "value": 12, "date": "none",
        "place": "arvelle", "source": "flood office",
    }  # fmt: skip
    coded = answers(claim(), "correct", {"low": 10, "high": 14, "source": " FLOOD  office", "place": None})
    assert (coded["bound"], coded["place"], coded["source"]) == (str(Bound.RANGE), "none", "flood office")
    assert "value" not in coded  # a range has no single value to be measured by
    assert answers(claim(), "reject", {}) == {"decision": "reject"}


def event(seq: int, kind: str, who: str, **told: Any) -> tuple[int, str, str, str, dict[str, Any]]:
    return seq, kind, who, "2031-05-09T12:00:00Z", {"task": "t1", **told}


def test_a_task_is_open_until_all_have_coded_or_it_is_ended() -> None:
    part = {"text_sha256": "a" * 64, "part": "text", "start": 0, "end": 9, "measure": "killed", "said": "12 people"}
    parts = [{"claim": "c1", **part}, {"claim": "c2", **part}]
    log = [event(1, "task", "Ed", name="May", seed="s", coders=["Ann", "Ben"], parts=parts)]
    for seq, (who, name) in enumerate([("Ann", "c1"), ("Ann", "c2"), ("Ben", "c1"), ("Ann", "c1")], 2):
        log.append(event(seq, "coding", who, claim=name, action="accept"))
    (task,) = tasks_of(log)
    assert (task.is_open, task.done("Ann"), task.done("Ben"), task.by) == (True, 2, 1, "Ed")
    assert task.codings["c1", "Ann"].seq == 5  # the later one
    (done,) = tasks_of([*log, event(6, "coding", "Ben", claim="c2", action="reject")])
    assert not done.is_open and [one.who for one in done.of("c2")] == ["Ann", "Ben"]
    (ended,) = tasks_of([*log, event(6, "task", "Ed", ended=True)])
    assert (ended.is_open, ended.ended) == (False, "Ed")
