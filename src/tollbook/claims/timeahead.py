"""Whether a weekday or month without a year is to come, by the verb that governs it.

Input: the tense words of a language, folded text and where the time stands. Output: True for "is to open Monday", "set
to resume Friday", "no sooner than Tuesday"; False for "said Monday they will go", "was arrested on Friday".
"""

from __future__ import annotations

import re
from typing import Any

from tollbook.text import any_of
from tollbook.values import dataclass

# How far a clause is looked at, in code points.
CLAUSE = 90
# A time of day before its day: "until 9 a.m. Tuesday".
_CLOCK = r"(?:(?:\d\d?(?::\d\d)?\s*[ap]\.?m\b\.?|noon|midnight)(?:\s+[a-z]{2,4})?\s+)?"
_POSSESSED = re.compile(r"['’]s\s+[a-z]")
# "Will be held", "the wounded": a participle that tells of no past.
_NOT_AFTER = "".join(rf"(?<!\b{word}\s)" for word in ("be", "been", "being", "the", "an", "a", "to"))


@dataclass(frozen=True, slots=True)
class Tense:
    """Where clauses end, and the verbs that look ahead or back, before a time and after it."""

    breaks: re.Pattern[str]
    leads: re.Pattern[str]
    until: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]

    def is_ahead(self, low: str, start: int, end: int) -> bool:
        """True where the words around a time say that it is to come."""
        before = self.breaks.split(low[max(0, start - CLAUSE) : start])[-1]
        if self.leads.search(before):
            return True
        if _POSSESSED.match(low, end):
            return before.rstrip().endswith("ahead of")
        cues = [found.lastgroup for found in self.before.finditer(before)]
        if not cues and self.until.search(before):
            return True
        if not cues:
            found = self.after.search(self.breaks.split(low[end : end + CLAUSE].lstrip(","))[0])
            cues = [found.lastgroup] if found else []
        return bool(cues) and cues[-1] == "ahead"


def tense(tables: dict[str, Any]) -> Tense:
    """The tense words of a language, compiled."""
    words = {name: any_of(listed) for name, listed in tables["tense"].items()}
    past = rf"{_NOT_AFTER}\b(?!{words['not_past']}\b)(?:[a-z]+[^e\W]ed|{words['past']})\b"
    ahead = rf"(?<!\bto\s)\b(?:{words['ahead']}|(?:{words['wish']})\s+to)\b"
    wished = rf"\b{words['wished']}\s+to\b"
    arranged = rf"\b(?:{words['arranged']})\s+(?:an?|another|more|further)\b"
    undone = rf"\bhad\s+(?:been\s+)?{words['planned']}\b(?:\s+to\s+\w+)?"
    abbreviated = "".join(rf"(?<!\b{word})" for word in ("[a-z]", "mr", "dr", "ms", "mrs", "gen"))
    return Tense(
        breaks=re.compile(
            rf"{abbreviated}[.;:!?]['\"”’]*\s|[“”\"]|--|,\s+(?:{words['clause']}|{words['joint']})\b|\s{words['clause']}\s"
        ),
        leads=re.compile(
            rf"\b(?:{words['lead']}|{words['put_off']}\b[^.;]{{0,40}}\b{words['until']})\s+(?:on\s+|at\s+)?{_CLOCK}$"
        ),
        until=re.compile(rf"\b{words['lasts']}\s+{_CLOCK}$"),
        before=re.compile(rf"(?P<undone>{undone})|(?P<ahead>{wished}|{arranged}|{ahead})|(?P<past>{past})"),
        after=re.compile(rf"(?P<past>{past})|(?P<ahead>{ahead})"),
    )
