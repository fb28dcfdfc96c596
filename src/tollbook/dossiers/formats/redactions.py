"""What a dossier doesn't show by a person's ruling, a line each: the number, what kind of thing, why, a commitment.

Input: a `Dossier`. Output: text. Worked: `{"withheld": 12, "kind": "name", "reason": "she is in danger", "commitment":
"9f2c…"}` stands for every `[withheld 12]`. What was withheld can be shown later, it alone, with its salt
(`tollbook reveal`): sha256(json([salt, kind, content])) is the commitment.
"""

from __future__ import annotations

import json

from tollbook.dossiers.value import Dossier

FILE = "redactions.jsonl"


def write(dossier: Dossier) -> str:
    """One JSON object a line, in the order of the rulings."""
    return "".join(
        json.dumps(
            {"withheld": one.number, "kind": one.kind, "reason": one.why, "commitment": one.commitment},
            ensure_ascii=False,
        )
        + "\n"
        for one in dossier.redactions
    )
