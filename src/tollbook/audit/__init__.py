"""Audit: a row of somebody's sheet held against the source that it cites.

Input: what the row claims (`Row`) and what a reader finds in the cited report (`Account`). Output: a `Verdict` with the
words.
"""

from tollbook.audit.accounts import Account, account
from tollbook.audit.verdicts import Kind, Row, Verdict, exceeding, judge
from tollbook.audit.wording import counts_people, meaning

__all__ = ["Account", "Kind", "Row", "Verdict", "account", "counts_people", "exceeding", "judge", "meaning"]
