"""Claims: a report's passages become figures with exact words. Input `Report`, output `Reading`.

"At least 12 people were killed, officials said" → killed, all, at least 12, by officials.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbook.lexicon import Lexicon
    from tollbook.lexicon.gazetteer import Gazetteer
    from tollbook.model import Reading, Report

READER = "flat@1"


def read(report: Report, lexicon: Lexicon, gazetteer: Gazetteer | None = None, country: str | None = None) -> Reading:
    """All that the default reader finds in one report, whose publisher is of `country`, where that is known.

    Its parts are imported on first need.
    """
    from tollbook.claims.reader import read as read_flat

    return read_flat(report, lexicon, gazetteer, country)


__all__ = ["READER", "read"]
