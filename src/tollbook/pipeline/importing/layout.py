"""What the columns of a sheet hold: guessed from their headings, or as a person says. Pure.

Input: headings. Output: a field for each, by a name that a person can write: "date", "place", "killed",
"injured/children", "killed low", "skip". Worked: "Date", "Where", "Deaths (min)", "Remarks" give date, place,
"killed low", skip.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from tollbook.audit.columns import heading_meaning
from tollbook.errors import UsageError
from tollbook.lexicon import Lexicon, load_taxonomy
from tollbook.values import dataclass

SKIP = "skip"
# What a column may hold beside figures.
FIELDS = ("date", "date_end", "place", "country", "lat", "lon", "name", "source", SKIP)
ENDS = ("low", "high")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Counted:
    """A column of figures: what is counted, who, and which end of a range it gives, "" for the figure itself."""

    measure: str
    group: str = "all"
    end: str = ""

    @property
    def of(self) -> tuple[str, str]:
        """What is counted, whichever end it is."""
        return self.measure, self.group

    @property
    def told(self) -> str:
        """ "injured/children low"."""
        group = "" if self.group == "all" else f"/{self.group}"
        return f"{self.measure}{group}{f' {self.end}' if self.end else ''}"


def guessed(headings: Sequence[str], lexicon: Lexicon) -> dict[str, str]:
    """A field for each heading, "skip" for those that say nothing known; each field is given once, to the first."""
    words = lexicon.table("sheets")["imported"]
    found: dict[str, str] = {}
    for heading in headings:
        plain = " ".join(_WORD.findall(heading.lower().replace("_", " ")))
        field = next((one for one in FIELDS if plain in words.get(one, ())), "") or _of_figures(heading, lexicon)
        found[heading] = field if field and field not in found.values() else SKIP
    return _with_ends(found)


def _of_figures(heading: str, lexicon: Lexicon) -> str:
    measure, group, end = heading_meaning(heading, lexicon)
    return Counted(measure, group or "all", "" if end == "best" else end).told if measure else ""


def _with_ends(fields: Mapping[str, str]) -> dict[str, str]:
    """Ends of a range beside a column of the figure itself are left to the person: three columns are one figure."""
    plain = set(fields.values())
    beside = {field for field in plain if (one := figure_of(field)) and one.end and Counted(*one.of).told in plain}
    return {heading: SKIP if field in beside else field for heading, field in fields.items()}


def figure_of(field: str) -> Counted | None:
    """The figure that a field names; None for any other field."""
    what, _, end = field.partition(" ")
    measure, _, group = what.partition("/")
    return None if field in FIELDS else Counted(measure, group or "all", end)


def checked(fields: Mapping[str, str], headings: Sequence[str]) -> dict[str, str]:
    """Fields for all headings, "skip" where none is given; UsageError for no column, field, measure or group."""
    for heading in fields:
        if heading not in headings:
            raise UsageError(f"no column '{heading}'; there are: {', '.join(headings)}")
    full = {heading: fields.get(heading) or SKIP for heading in headings}
    for heading, field in full.items():
        if (one := figure_of(field)) is not None:
            _check_figure(one, field, heading)
    used = [field for field in full.values() if field != SKIP]
    twice = next((field for field in used if used.count(field) > 1), None)
    if twice is not None:
        names = ", ".join(f"'{heading}'" for heading, field in full.items() if field == twice)
        raise UsageError(f"{names} are all taken for '{twice}'", advice="leave the others out: --column HEADING=skip")
    if not any(figure_of(field) for field in used):
        raise UsageError(
            f"no column holds figures; there are: {', '.join(headings)}", advice="say which: --column HEADING=killed"
        )
    return full


def _check_figure(one: Counted, field: str, heading: str) -> None:
    taxonomy = load_taxonomy()
    choices = (*FIELDS, *taxonomy.measures)
    if one.measure not in taxonomy.measures:
        near = difflib.get_close_matches(one.measure, choices, n=1)
        advice = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(choices)}"
        raise UsageError(f"column '{heading}': no field '{field}'", advice=advice)
    if one.group not in taxonomy.labels:
        near = difflib.get_close_matches(one.group, taxonomy.labels, n=1)
        raise UsageError(
            f"column '{heading}': no group '{one.group}'", advice=f"did you mean '{near[0]}'?" if near else None
        )
    if one.end not in ("", *ENDS):
        raise UsageError(f"column '{heading}': no end '{one.end}' of a figure", advice="write low or high")


def parsed(pairs: Sequence[str]) -> dict[str, str]:
    """`["Dead=killed", "Remarks="]` as fields by heading; an empty one is skipped. UsageError where there is no `=`."""
    fields: dict[str, str] = {}
    for pair in pairs:
        heading, equals, field = pair.rpartition("=")
        if not equals or not heading.strip():
            raise UsageError(f"'{pair}' is no HEADING=FIELD", advice="write for example --column Dead=killed")
        fields[heading.strip()] = " ".join(field.split()) or SKIP
    return fields
