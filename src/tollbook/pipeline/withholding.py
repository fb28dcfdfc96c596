"""What people withhold in a project: found as they name it, left out of derivations, opened again one by one.

Input: a record and "notes.txt", "notes.txt 120:180" or words of a report; a project's folder and a ruling's number.
Output: what a `withhold` ruling is about; the record as it would be without it; an `Opening` for a court.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tollbook.dossiers.hiding import Hider, Sought, bare
from tollbook.dossiers.sources import Sources
from tollbook.dossiers.veil import are_copies, veil_of
from tollbook.dossiers.wordlists import load_name_words
from tollbook.errors import UsageError
from tollbook.model import Record, Report, Ruling, Span
from tollbook.model.spans import Part
from tollbook.pipeline.analyse import Overlays, source_book
from tollbook.pipeline.project_folder import record
from tollbook.rulings import Opening, Value, opening, withheld
from tollbook.values import dataclass

if TYPE_CHECKING:
    from tollbook.findings import RuleSet

_PLACE = re.compile(r"(?P<report>.+?)\s+(?:(?P<part>title)\s+)?(?P<start>\d+):(?P<end>\d+)", re.DOTALL)
# As many reports as a message lists.
_LISTED = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """A report that a ruling is about, or words of it."""

    report: Report
    span: Span | None = None

    @property
    def said(self) -> str | None:
        return None if self.span is None else self.report.words(self.span)


# ---- what a person names ----


def find_stretch(record: Record, target: str, values: Mapping[str, Value]) -> Stretch | None:
    """The report, or the words of it, that `target` and `values` name; None where it names no report.

    Raises UsageError for a place outside of the text, and for words that don't occur or occur more than once.
    """
    whole = _report(record, target)
    place = _PLACE.fullmatch(target.strip())
    if whole is None and place is not None and (report := _report(record, place["report"])) is not None:
        return Stretch(report, _span(report, place))
    if whole is None:
        return None
    words = values.get("words")
    if "start" in values:
        return Stretch(whole, exact_span(whole, values))
    return Stretch(whole, None if words is None else _of_words(whole, str(words)))


def report_names(target: str) -> list[str]:
    """What in `target` may be the name of a report."""
    place = _PLACE.fullmatch(target.strip())
    return [target] if place is None else [target, place["report"]]


def _report(record: Record, given: str) -> Report | None:
    """The report of that id, or the only one whose id ends with it after a slash."""
    exact = [one for one in record.reports if one.id == given]
    ending = [one for one in record.reports if one.id.endswith(f"/{given}")]
    if len(exact or ending) > 1:
        there = ", ".join(one.id for one in ending[:_LISTED])
        raise UsageError(f"'{given}' names {len(ending)} reports: {there}", advice="write more of it")
    return next(iter(exact or ending), None)


def _span(report: Report, place: re.Match[str]) -> Span:
    start, end = int(place["start"]), int(place["end"])
    part, text = ("title", report.title or "") if place["part"] else ("text", report.text)
    if start >= end or end > len(text):
        raise UsageError(
            f"{start}:{end} is no place in a {part} of {len(text)} characters",
            what=report.id,
            advice="write START:END, the first character being 0",
        )
    return Span(start, end, "title" if part == "title" else "text")


def _of_words(report: Report, words: str) -> Span:
    parts: tuple[tuple[Part, str], ...] = (("title", report.title or ""), ("text", report.text))
    sought = re.compile(r"\s+".join(map(re.escape, words.split())) or "(?!)")
    found = [Span(*match.span(), part) for part, text in parts for match in sought.finditer(text)]
    if not found:
        raise UsageError(f"the words “{words}” don't occur", what=report.id, advice="write them as the report has them")
    if len(found) > 1:
        there = ", ".join(f"{'title ' if one.part == 'title' else ''}{one.start}:{one.end}" for one in found[:_LISTED])
        raise UsageError(
            f"the words “{words}” occur {len(found)} times: {there}",
            what=report.id,
            advice=f'say which, for example "{report.id} {found[0].start}:{found[0].end}"',
        )
    return found[0]


def exact_span(report: Report, values: Mapping[str, Value]) -> Span:
    """The span of `start`, and `end` or `words`, in the text or, with part=title, the title.

    Raises UsageError where it lies outside, or where other words stand there than those given.
    """
    title = values.get("part", "text") == "title"
    text = (report.title or "") if title else report.text
    words, start = values.get("words"), values["start"]
    end = values.get("end", start + len(str(words)) if isinstance(start, int) and words is not None else None)
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise UsageError(
            f"{start}:{'' if end is None else end} is no place in a {'title' if title else 'text'} of {len(text)} "
            "characters",
            what=report.id,
            advice="write start=N, the first character being 0, and words=… or end=N",
        )
    if words is not None and text[start:end] != words:
        raise UsageError(
            f"at {start}:{end} stands “{_brief(text[start:end])}”, not “{_brief(str(words))}”",
            what=report.id,
            advice="mark the words again",
        )
    return Span(start, end, "title" if title else "text")


def _brief(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:79]}…"


def particulars(report: Report) -> dict[str, Value]:
    """What an opening shows of a withheld report: by these and the hash of its text it is known again."""
    return {
        "report": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "author": report.author,
        "url": report.url,
        "published": report.published,
        "sha256": report.sha256,
    }


def check_name(record: Record, name: str) -> None:
    """Raises UsageError where a name occurs nowhere in a record, or holds no letter."""
    letters = bare(name)
    if not letters:
        raise UsageError(f"'{name}' is no name", advice="write it as a report has it")
    seeker = Hider([Sought(letters, "x", whole=len(letters) < 8)])
    for one in record.reports:
        told = (one.text, one.title, one.publisher, one.author, one.url, *one.origins)
        if any(seeker.first(text) for text in told if text):
            return
    if not any(seeker.first(link.source) for claim in record.claims for link in claim.attribution):
        raise UsageError(f"no report has the name '{name}'", advice="write it as a report has it")


def check_new(rulings: Sequence[Ruling], draft: Ruling) -> None:
    """Raises UsageError where the very same thing is withheld already."""
    (new,) = withheld([draft])
    for one in withheld(rulings):
        if (one.kind, one.content) == (new.kind, new.content):
            raise UsageError(
                f"is withheld already, by ruling #{one.number}", advice="withdraw that one first to give another reason"
            )


def still_shown(folder: Path, made: Ruling) -> list[str]:
    """Lines on near-copies of a report that a ruling withholds: they tell the same and stay shown."""
    if made.span is not None or made.values.get("name"):
        return []
    now = record(folder)
    own = next((one for one in now.placements if one.report == made.values["report"]), None)
    texts = {one.id: one.text_sha256 for one in now.reports}
    return [
        f"{one.report}: is a near-copy of it and stays shown; withhold it too if need be"
        for one in now.placements
        if own is not None and texts[one.report] != made.text_sha256 and are_copies(own, one)
    ]


# ---- what is told of it ----


def without(
    record: Record, rules: Sequence[str | RuleSet], overlays: Overlays, book: Sources | None = None
) -> Record | None:
    """The record with the findings and grades of the claims that are not withheld; None where no claim is."""
    from tollbook import findings  # on first need, as `conclude` needs the stage

    sources = source_book(overlays)
    veil = veil_of(record, load_name_words(), book or sources)
    if not veil.claims:
        return None
    found = findings.reckon(
        record.incidents,
        [claim for claim in record.claims if claim.id not in veil.claims],
        [one for one in record.rulings if one.claim not in veil.claims],
        rules,
        placements=[one for one in record.placements if one.report not in veil.reports],
        characterisations=[one for one in record.characterisations if one.report not in veil.reports],
        sources=sources.with_officials(
            pair for reading in record.readings if reading.report not in veil.reports for pair in reading.offices
        ),
        as_of=record.as_of,
        published={report.id: report.published_date for report in record.reports},
        texts={report.id: report.text_sha256 for report in record.reports},
    )
    return replace(record, findings=found.findings, grades=found.grades)


def hidden(record: Record, overlays: Overlays) -> frozenset[str]:
    """The claims of which something is withheld."""
    if not withheld(record.rulings):
        return frozenset()
    return frozenset(veil_of(record, load_name_words(), source_book(overlays)).claims)


def open_one(rulings: Sequence[Ruling], number: int, secret: bytes) -> Opening:
    """What shows a withheld item to a court; raises UsageError where no ruling of that number withholds anything."""
    made = [one for one in rulings if one.seq == number]
    items = withheld(made)
    if not items:
        there = ", ".join(str(one.number) for one in withheld(rulings)[-_LISTED:]) or "nothing is withheld"
        raise UsageError(f"ruling {number} withholds nothing; there are: {there}")
    return opening(items[0], secret)
