"""How far a claim was checked, from the rulings on it."""

from __future__ import annotations

import pytest

from tollbook.model import Ruling
from tollbook.rulings import Stage, Value, Verdict, is_coder, stage_of, stages


def made(*told: tuple[str, str] | tuple[str, str, int]) -> list[Ruling]:
    """`made(("Ann", "accept"), ("Ben", "withdraw", 1))`: rulings 1, 2, … on one claim."""
    rulings = []
    for seq, (who, action, *taken) in enumerate(told, 1):
        values: dict[str, Value] = {"ruling": taken[0]} if taken else {}
        rulings.append(Ruling(seq, action, who, "", f"reason {seq}", None if taken else "c1", values=values))
    return rulings


ANN, BEN = "Ann", "Ben"
CASES = [
    ([], Stage.OPEN),
    ([(ANN, "note"), (ANN, "link")], Stage.OPEN),
    ([(ANN, "accept")], Stage.CODED),
    ([(ANN, "reject")], Stage.CODED),
    ([(ANN, "accept"), (BEN, "confirm")], Stage.CONFIRMED),
    ([(ANN, "reject"), (BEN, "confirm")], Stage.CONFIRMED),
    ([(ANN, "accept"), (BEN, "return")], Stage.RETURNED),
    ([(ANN, "accept"), (BEN, "return"), (ANN, "correct")], Stage.CODED),
    ([(ANN, "accept"), (BEN, "return"), (ANN, "correct"), (BEN, "confirm")], Stage.CONFIRMED),
    # Beside it, nothing changes; anything else on it does, be it taken back or not.
    ([(ANN, "accept"), (BEN, "confirm"), (ANN, "note")], Stage.CONFIRMED),
    ([(ANN, "accept"), (BEN, "confirm"), (ANN, "link")], Stage.CODED),
    ([(ANN, "accept"), (BEN, "confirm"), (ANN, "reject")], Stage.CODED),
    ([(ANN, "accept"), (BEN, "confirm"), (ANN, "reject"), (ANN, "withdraw", 3)], Stage.CODED),
    # A look that is taken back never was; what was coded and is taken back leaves nothing to stand behind.
    ([(ANN, "accept"), (BEN, "confirm"), (BEN, "withdraw", 2)], Stage.CODED),
    ([(ANN, "accept"), (BEN, "confirm"), ("Cleo", "return"), ("Cleo", "withdraw", 3)], Stage.CONFIRMED),
    ([(ANN, "accept"), (BEN, "confirm"), (ANN, "withdraw", 1)], Stage.OPEN),
    ([(ANN, "accept"), (ANN, "withdraw", 1), (ANN, "withdraw", 2), (BEN, "confirm")], Stage.CONFIRMED),
    # Nobody stands behind their own.
    ([(ANN, "accept"), (ANN, "confirm")], Stage.CODED),
    ([(ANN, "accept"), ("  ann", "confirm")], Stage.CODED),
    ([(ANN, "accept"), (BEN, "correct"), (ANN, "confirm")], Stage.CODED),
    ([(ANN, "accept"), (BEN, "correct"), (BEN, "withdraw", 2), ("Cleo", "confirm")], Stage.CONFIRMED),
    ([("Ann", "accept"), (BEN, "reject"), (ANN, "withdraw", 2), (BEN, "confirm")], Stage.CONFIRMED),
]


@pytest.mark.parametrize(("told", "stage"), CASES)
def test_stage_follows_from_the_rulings_whatever_their_order(told: list[tuple[str, str]], stage: Stage) -> None:
    assert stage_of(made(*told)).stage is stage
    assert stage_of(reversed(made(*told))).stage is stage


def test_a_stage_names_who_coded_and_who_looked_second() -> None:
    found = stage_of(made((ANN, "reject"), (BEN, "confirm")))
    assert (found.verdict, found.coders, found.second) == (Verdict.REJECTED, frozenset({ANN}), BEN)
    assert is_coder("ANN", found) and not is_coder(BEN, found)


def test_each_claim_has_a_stage_of_its_own_withdrawals_included() -> None:
    first = Ruling(1, "accept", ANN, "", "read", "c1")
    rulings = [
        first,
        Ruling(2, "accept", ANN, "", "read", "c2"),
        Ruling(3, "confirm", BEN, "", "read again", "c1"),
        Ruling(4, "confirm", BEN, "", "read again", "c2"),
        Ruling(5, "withdraw", BEN, "", "wrong page", values={"ruling": 3}),
        Ruling(6, "merge", BEN, "", "one flood", values={"incident": "i1", "into": "i2"}),
    ]
    assert {claim: one.stage for claim, one in stages(rulings).items()} == {"c1": Stage.CODED, "c2": Stage.CONFIRMED}
