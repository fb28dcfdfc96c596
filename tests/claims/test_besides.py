"""Which figures come on top of which: members of one list, and people said to be others than those told of before."""

from __future__ import annotations

import pytest
from claims_reading import reading_of

CASES = [
    ("The force detained a rebel leader and two aides.", [("two aides", "a rebel leader")]),
    ("A leader was arrested along with five of his aides.", [("five of his aides", "A leader")]),
    ("Six soldiers, a nurse and two guards died.", [("a nurse", "Six soldiers"), ("two guards", "a nurse")]),
    ("Troops captured a leader. They also detained three men.", [("three men", "a leader")]),
    ("A clerk was arrested in Orne. Two other suspects were held.", []),
    ("A clerk was arrested in Orne. Two other suspects were detained.", [("Two other suspects", "A clerk")]),
    (
        "Eight miners died. One was found in the shaft. It rained. Another miner died.",
        [("Another miner", "Eight miners")],
    ),
    ("Police detained a clerk along with two aides.", [("two aides", "a clerk")]),
    ("Several gunmen were arrested. Troops arrested the commander and two aides.", [("two aides", "the commander")]),
    ("A clerk was arrested. Police detained the clerk and two aides.", [("two aides", "A clerk")]),
    ("The blast killed 31 clerks on the ferry and 4 on the pier.", [("4", "31 clerks")]),
    (
        "The raid killed nine boys, ages five and eight, as well as four glaziers.",
        [("four glaziers", "nine boys")],
    ),
    # What counts nobody new: those counted already, others than the dead, a toll, one far away.
    ("Three people, a man and two women, were killed.", []),
    ("Five people were hurt. One man died and four others were hurt.", []),
    ("A raft sank and others were hurt. A clinic in Orne said that several others were hurt.", []),
    ("The death toll rose to 40 after two others died.", []),
    (
        "Six guards were killed. Two of the murdered guards were cousins. Three more clerks were found dead.",
        [("Three more clerks", "Six guards")],
    ),
    ("The crash killed Ann Lee. Her aunt was also killed.", []),
    ("Nine miners died. It rained. It snowed. It hailed. It thawed. It froze. Two other miners died.", []),
]


@pytest.mark.parametrize(("text", "pairs"), CASES)
def test_who_comes_on_top_of_whom(text: str, pairs: list[tuple[str, str]]) -> None:
    claims = reading_of(text).claims
    said = {claim.id: claim.said for claim in claims}
    assert [(claim.said, said[claim.beside]) for claim in claims if claim.beside] == pairs
