"""The book of sources, which this stage shares with the reading of reports: see `tollbook.lexicon.sources`.

Input: none. Output: the names of that module: `SourceBook.load().party("IRNA")` is the state that runs it.
"""

from __future__ import annotations

from tollbook.lexicon.sources import Known, SourceBook, parse_sources, source_key

__all__ = ["Known", "SourceBook", "parse_sources", "source_key"]
