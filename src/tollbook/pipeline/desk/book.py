"""What a ruling asks, answered from the one claim that it is about.

Input: a unit of work, rulings by what they are about. Output: the claim, and the rulings on its text. Where more is
asked, the part of the record around it answers, as it does for `tollbook rule`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tollbook.model import Claim, Report, Ruling
from tollbook.pipeline.around import Around
from tollbook.pipeline.books import PartBook
from tollbook.pipeline.desk.decided import Indexed
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.withholding import Stretch
from tollbook.rulings import Value, with_hand
from tollbook.store import Unit

# As many rulings as a message lists where none is of the number given.
_LISTED = 8


class DeskBook(PartBook):
    """Asks as little as a ruling on `target` needs; `settled` is its claim with date and place, where it is held."""

    def __init__(
        self, unit: Unit, folder: Path, linking: Linking, decided: Indexed, target: str, settled: Claim | None = None
    ) -> None:
        super().__init__(Around(unit, folder, linking, decided))
        self._unit, self._linking, self._decided, self._target = unit, linking, decided, target
        self._settled = settled
        self._found: list[Claim] = []
        self.words: Stretch | None = None

    @property
    def rulings(self) -> Sequence[Ruling]:
        """Those that the target is among, or that are about the same thing."""
        if self._target.startswith("#"):
            number = int(self._target[1:]) if self._target[1:].isdecimal() else 0
            own = self._decided.of(number)
            return [*own, *self._decided.about([self._target])] if own else self._unit.rulings()[-_LISTED:]
        if self._found:
            return self._decided.about([self.text_of(self._found[0])])
        if self.words is not None:
            return self._decided.about([self.words.report.text_sha256])
        return self._decided.about([self._target])

    def find(self, given: str, what: str) -> Claim | str:
        found = self._read(given) or super().find(given, what)
        if isinstance(found, Claim):
            self._found.append(found)  # the first is the one that is ruled on
        else:
            self._target = found
        return found

    def stretch(self, given: str, values: Mapping[str, Value]) -> Stretch | None:
        """`words` is what was found last."""
        self.words = super().stretch(given, values)
        return self.words

    def claims_in(self, report: Report) -> Sequence[Claim]:
        """The claims of a report; of no incident, which nobody asks for who names one."""
        read, _ = self._unit.claims_in(report.id)
        return with_hand(self._decided.about([report.text_sha256]), read, [report])

    def _read(self, name: str) -> Claim | None:
        """A claim of a whole id, as it is read: nothing else of its report is looked at."""
        if self._settled is not None and self._settled.id == name:
            return self._settled
        for number in self._linking.reports_with(name):
            report, _ = self._linking.derived.report(number)
            claims, _ = self._unit.claims_in(report, {name})
            if claims:
                return claims[0]
        return None
