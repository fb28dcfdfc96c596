"""Ids of a record in a sentence become public numbers, whatever the size of the record.

Input: the public numbers of claims and reports, and a sentence. Output: the sentence. Worked: "Claim 9f2c41d07be3a815
stands, as report 2031/flood.txt has it." is "Claim c12 stands, as report R7 has it."
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping

from tollbook.values import dataclass

_HEX = re.compile(r"\b[0-9a-f]{16,64}\b")
_REPORT = re.compile(r"\breport ")


def key_of(salt: bytes, *parts: str) -> str:
    """What a thing of the record is called in all that is published of it: an id under the project's secret."""
    return hmac.new(salt, "\x1f".join(parts).encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class Refs:
    """Public numbers by id; `sizes` are the lengths that a report's id has, the longest first."""

    claims: Mapping[str, str]
    reports: Mapping[str, str]
    sizes: tuple[int, ...]

    @classmethod
    def of(cls, claims: Mapping[str, str], reports: Mapping[str, str]) -> Refs:
        return cls(claims, reports, tuple(sorted({len(report) for report in reports}, reverse=True)))

    def numbered(self, text: str) -> str:
        """The sentence with numbers in place of ids; an id of anything else is "[id]"."""
        short = _HEX.sub(lambda match: self.claims.get(match.group(), "[id]"), text)
        out, at = [], 0
        for match in _REPORT.finditer(short):
            size = self._report_at(short, match.end()) if match.end() >= at else 0
            if size:
                out += [short[at : match.end()], self.reports[short[match.end() : match.end() + size]]]
                at = match.end() + size
        return "".join((*out, short[at:]))

    def _report_at(self, text: str, start: int) -> int:
        """The length of the longest report's id that stands here as a whole word; 0 for none."""
        for size in self.sizes:
            after = text[start + size : start + size + 1]
            if text[start : start + size] in self.reports and not (after.isalnum() or after == "_"):
                return size
        return 0
