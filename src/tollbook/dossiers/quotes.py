"""The words of reports as they may be shown: names masked, what is withheld held back.

Input: a masker, what is withheld, where sentences are. Output: the exact words of a span between the rest of their
sentence, titles. Worked: "31 people" in "Tessaly Lindal counted 31 people." is ("[name 1] counted ", "31 people", ".").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from tollbook.dossiers.masking import Masker
from tollbook.dossiers.masks import UNCHECKED, Masked, apart, apply, caseless, over
from tollbook.dossiers.sentences import sentence_around
from tollbook.dossiers.value import Words
from tollbook.dossiers.veil import Veil
from tollbook.model import Report, Span
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Quotes:
    """What may be shown of the texts of one record; without `quoted` nothing is, and nothing is looked for in them.

    `sentences` are those of each report, in order; `masks` what was found in a part of one already.
    """

    masker: Masker
    veil: Veil
    sentences: Mapping[str, Sequence[Span]]
    quoted: bool = True
    masks: dict[tuple[str, str], list[Masked]] = field(default_factory=dict)

    def words(self, report: Report, span: Span) -> Words:
        """The exact words of a span between the rest of its sentence, names masked."""
        if not self.quoted:
            return Words("", "", "")
        text = (report.title or "") if span.part == "title" else report.text
        around = sentence_around(report, span, self.sentences.get(report.id, ()))
        start, end = around.start, around.end
        masks = self._masks(report, span.part, text)
        before = apply(text, start, span.start, masks)
        # A masked stretch that runs into the words is shown before them, one that leaves them is shown in them.
        said = (
            apply(text, span.start, span.end, [m for m in masks if m.start >= span.start])
            if not any(m.start < span.start < m.end for m in masks)
            else apply(text, max(m.end for m in masks if m.start < span.start < m.end), span.end, masks)
        )
        after = apply(text, max([span.end, *(m.end for m in masks if m.start < span.end < m.end)]), end, masks)
        return Words(_checked(before), said, _checked(after))

    def is_clear(self, report: Report) -> bool:
        """True where nothing of a report is masked or held back; else its hash and offsets would tell of what is."""
        if not self.quoted:
            return False
        parts = (("title", report.title or ""), ("text", report.text))
        if any(self._masks(report, part, text) or caseless(text) for part, text in parts):
            return False
        return not self.masker.spans(report.author or "") and not self.masker.url(report.url)[2]

    def _masks(self, report: Report, part: str, text: str) -> list[Masked]:
        key = (report.id, part)
        if key not in self.masks:
            self.masks[key] = over(apart(list(self.veil.spans.get(key, ()))), self.masker.spans(text))
        return self.masks[key]

    def title(self, report: Report) -> str:
        """A report's title as it may be shown."""
        title = report.title or ""
        if caseless(title):
            return UNCHECKED
        own = self.veil.spans.get((report.id, "title"))
        return apply(title, 0, len(title), self._masks(report, "title", title)) if own else self.masker.text(title)


def _checked(text: str) -> str:
    """Words around a figure in a script without capitals can't be checked for names, so they are held back."""
    if not caseless(text):
        return text
    lead = text[: len(text) - len(text.lstrip())]
    tail = text[len(text.rstrip()) :]
    return f"{lead or ' '}{UNCHECKED}{tail or ' '}"
