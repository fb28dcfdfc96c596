"""Audit: a row of somebody's sheet held against the source that it cites.

Input: what the row claims (`Row`) and what a reader finds in the cited report. Output: a `Verdict` with the words.
"""

from tollbook.audit.verdicts import Kind, Row, Verdict, judge
from tollbook.audit.wording import meaning

__all__ = ["Kind", "Row", "Verdict", "judge", "meaning"]
