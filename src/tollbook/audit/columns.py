"""Which columns of a sheet hold figures, what they count, and which cite the source: guessed, or told by a file.

Input: headings, and perhaps a mapping as TOML. Output: a `Layout`. A sheet may have a column for each count ("Killed",
"Women killed", "Injured min", "Injured max"), or one figure in each row and columns that say what is counted. What is
guessed is shown to the user before it is believed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tollbook.audit.wording import meaning
from tollbook.errors import UsageError
from tollbook.lexicon import Lexicon, load_taxonomy
from tollbook.values import dataclass

_WORDS = re.compile(r"[^\W_]+")
_ADVICE = "name it in a file for --columns"


@dataclass(frozen=True, slots=True)
class Figure:
    """Columns of one figure: its ends (the same column for one number), what it counts, and its whole.

    `measure` and `group` hold for all rows, `counted` and `who` are columns that say it row by row; None for neither.
    """

    low: str
    high: str
    measure: str | None = None
    group: str | None = None
    counted: str | None = None
    who: str | None = None
    whole: str | None = None

    @property
    def told(self) -> str:
        """ "Injured min, Injured max: injured, women of Killed"."""
        columns = self.low if self.low == self.high else f"{self.low}, {self.high}"
        what = self.measure or (f"as in {self.counted}" if self.counted else "whatever is counted")
        who = self.group or (f"as in {self.who}" if self.who else "")
        return f"{columns}: {', '.join(filter(None, (what, who)))}{f', a part of {self.whole}' if self.whole else ''}"


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that cite sources, and the figures."""

    sources: tuple[str, ...]
    figures: tuple[Figure, ...]


# ---- guessed ----


def guess(headings: Sequence[str], lexicon: Lexicon) -> Layout:
    """The layout that headings suggest; UsageError where none is a source's, or none a figure's."""
    words = lexicon.table("sheets")
    sources = tuple(one for one in headings if _without(_plain(one), words["beside_source"]) in words["source"])
    if not sources:
        raise UsageError(f"no column cites sources; there are: {', '.join(headings)}", advice=_ADVICE)
    counts, rest = tuple(_counts(headings, lexicon)), tuple(_long(headings, words))
    ends = tuple(one for one in rest if one.low != one.high and one.counted is None)
    figures = (*counts, *ends) if counts else rest
    if not figures:
        raise UsageError(f"no column holds figures; there are: {', '.join(headings)}", advice=_ADVICE)
    return Layout(sources, figures)


def _plain(heading: str) -> str:
    return " ".join(_WORDS.findall(heading.lower().replace("_", " ")))


def _without(plain: str, words: Sequence[str]) -> str:
    """A heading without words that tell nothing in it, and without numbers: "second source" is "source"."""
    bare = (word.rstrip("0123456789") for word in plain.split())
    return " ".join(word for word in bare if word and word not in words)


def _counts(headings: Sequence[str], lexicon: Lexicon) -> Iterator[Figure]:
    """A figure for each measure and group that headings name, with its ends where they are apart."""
    found: dict[tuple[str, str | None], dict[str, str]] = defaultdict(dict)
    for heading in headings:
        measure, group, end = heading_meaning(heading, lexicon)
        if measure:
            found[measure, group].setdefault(end, heading)
    for (measure, group), ends in found.items():
        one = ends.get("best") or ends.get("low") or ends["high"]
        whole = _topmost(found.get((measure, None)) or found.get((measure, "all")) or {})
        part = group not in (None, "all")
        yield Figure(ends.get("low", one), ends.get("high", one), measure, group, whole=whole if part else None)


def _topmost(ends: Mapping[str, str]) -> str | None:
    """The column above which no part may lie."""
    return ends.get("high") or ends.get("best") or ends.get("low")


def heading_meaning(heading: str, lexicon: Lexicon) -> tuple[str | None, str | None, str]:
    """Measure, group and which end of the figure a heading names: "killed_women_min" is killed, women, low."""
    words, plain = lexicon.table("sheets"), _plain(heading)
    plain = " ".join(words["run_together"].get(word, word) for word in plain.split())
    told = [(end, word) for end in ("low", "high", "best") for word in words[end] if _is_at_an_end(plain, word)]
    end, word = max(told, key=lambda pair: len(pair[1]), default=("best", ""))
    bare = plain.removesuffix(f" {word}").removeprefix(f"{word} ") if word else plain
    if set(bare.split()) & set(words["other"]):
        return None, None, end
    return (*meaning(bare, lexicon), end)


def _is_at_an_end(plain: str, word: str) -> bool:
    """True for "min" of "killed min" and of "min killed"."""
    return plain.endswith(f" {word}") or plain.startswith(f"{word} ")


def _long(headings: Sequence[str], words: Mapping[str, Sequence[str]]) -> Iterator[Figure]:
    """One figure in each row, with columns for what is counted."""
    plain = {one: {_plain(one), _without(_plain(one), words["beside_figure"])} for one in headings}
    of = {what: next((one for one in headings if plain[one] & set(words[what])), None) for what in words}
    low = of["low"] or of["figure"] or of["high"]
    high = of["high"] or of["figure"] or of["low"]
    if low and high:
        yield Figure(low, high, counted=of["counted"], who=of["group"], whole=of["whole"])


# ---- told ----


def told(mapping: Mapping[str, Any], headings: Sequence[str]) -> Layout:
    """The layout that a mapping file tells: `source = "URL"`, and `[[figure]]` tables with

    `column` (or `low` and `high`), `measure` and `group` of all rows or `counted` and `who`, columns that say it, and
    `whole`, the column of the whole. UsageError names what is unknown or missing.
    """
    sources = mapping.get("source", [])
    columns = [sources] if isinstance(sources, str) else list(sources)
    _known(mapping, {"source", "figure"}, "the mapping")
    figures = tuple(_figure(table) for table in mapping.get("figure", ()))
    if not columns or not figures:
        raise UsageError("a mapping needs 'source' and at least one [[figure]]")
    for column in columns + [one for each in figures for one in _columns(each)]:
        if column not in headings:
            raise UsageError(f"the mapping names a column '{column}'; there are: {', '.join(headings)}")
    return Layout(tuple(columns), figures)


def _figure(table: Mapping[str, Any]) -> Figure:
    _known(table, {"column", "low", "high", "measure", "group", "counted", "who", "whole"}, "a [[figure]]")
    low, high = table.get("low", table.get("column")), table.get("high", table.get("column"))
    if low is None or high is None:
        raise UsageError("a [[figure]] needs 'column', or 'low' and 'high'")
    for key, names in (("measure", load_taxonomy().measures), ("group", load_taxonomy().labels)):
        if table.get(key) not in (None, *names):
            raise UsageError(f"no {key} '{table[key]}'; there are: {', '.join(names)}")
    kept = {key: table.get(key) for key in ("measure", "group", "counted", "who", "whole")}
    return Figure(low, high, **kept)


def _known(table: Mapping[str, Any], keys: set[str], what: str) -> None:
    for key in table:
        if key not in keys:
            raise UsageError(f"{what} has no '{key}'; there are: {', '.join(sorted(keys))}")


def _columns(figure: Figure) -> Iterator[str]:
    yield from (one for one in (figure.low, figure.high, figure.counted, figure.who, figure.whole) if one is not None)
