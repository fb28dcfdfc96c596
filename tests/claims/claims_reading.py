"""Reads a text as a report of its own: what the claim tests share."""

from __future__ import annotations

import hashlib

from tollbook.claims import read
from tollbook.lexicon import load
from tollbook.model import Reading, Report


def report_of(text: str, title: str | None = None) -> Report:
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(id="r1", text=text, sha256=sha, text_sha256=sha, title=title, language="en")


def reading_of(text: str, title: str | None = None) -> Reading:
    return read(report_of(text, title), load("en"))
