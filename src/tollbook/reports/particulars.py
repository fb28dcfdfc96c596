"""What JSON says of a report (a sidecar or a row of JSONL), checked.

Input: a JSON object. Output: `Particulars` and notices: `{"title": "T", "published": "31 February"}` gives the title,
no date, and a notice `published`. Keys that mean nothing here are left alone.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path

from tollbook.errors import InputError
from tollbook.model import Notice
from tollbook.model.reports import is_publishing_day
from tollbook.reports.sources import Particulars

# A sidecar holds five short values; a megabyte is no sidecar.
_SIDECAR_SIZE = 1_000_000
# The first year that no report of today is of.
_FAR = 2100
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?")


def particulars_of(values: Mapping[str, object]) -> tuple[Particulars, tuple[Notice, ...]]:
    """The particulars in a JSON object; `outlet` serves as `publisher`. A value that is no string gives a notice."""
    notices: list[Notice] = []
    published, notice = published_of(_string(values, "published", notices))
    if notice:
        notices.append(notice)
    publisher = _trimmed(values, "publisher", notices) or _trimmed(values, "outlet", notices)
    title = _string(values, "title", notices)
    found = Particulars(
        title=title if title and title.strip() else None,  # exactly as given: offsets count into it
        published=published,
        publisher=publisher,
        url=_trimmed(values, "url", notices),
        author=_trimmed(values, "author", notices),
    )
    return found, tuple(notices)


def published_of(given: str | None) -> tuple[str | None, Notice | None]:
    """A day or a time with its zone as ISO 8601, and what was wrong with it.

    A time without a zone keeps its day. Anything else is kept out: a date is never guessed from a bad one.
    """
    words = (given or "").strip()
    if not words:
        return None, None
    time = _TIME.fullmatch(words)
    if not (time or _DATE.fullmatch(words)) or not _is_moment(words):
        return None, Notice(
            "published", f"published '{words[:60]}' is no day (as 2017-02-23) nor a time with its zone; left out"
        )
    if not is_publishing_day(dt.date.fromisoformat(words[:10])):
        return words.replace(" ", "T"), Notice(
            "published", f"published '{words}': no report is of that year; no date is resolved against it"
        )
    if int(words[:4]) >= _FAR:
        return words.replace(" ", "T"), Notice(
            "published", f"published '{words}' lies far ahead; days are counted from it, so check it"
        )
    if time and not time["zone"]:
        return time["day"], Notice("published", f"published '{words}' is a time without its zone; its day is kept")
    return words.replace(" ", "T"), None


def _is_moment(words: str) -> bool:
    try:
        dt.datetime.fromisoformat(words)
    except ValueError:
        return False
    return True


def read_sidecar(path: Path, name: str) -> tuple[Particulars, tuple[Notice, ...]]:
    """The particulars in the JSON file beside a report; raises `InputError`, naming `name`, where it is none."""
    try:
        with path.open("rb") as file:
            data = file.read(_SIDECAR_SIZE + 1)
        values = json.loads(data.decode("utf-8-sig")) if len(data) <= _SIDECAR_SIZE else None
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror})", what=name) from error
    except (ValueError, RecursionError) as error:
        raise InputError("no JSON", what=name, advice="its report is read without particulars") from error
    if not isinstance(values, dict):
        raise InputError("no JSON object", what=name, advice="its report is read without particulars")
    return particulars_of(values)


def _string(values: Mapping[str, object], key: str, notices: list[Notice]) -> str | None:
    value = values.get(key)
    if value is None or isinstance(value, str):
        return value
    notices.append(Notice("particulars", f"'{key}' is no text; left out"))
    return None


def _trimmed(values: Mapping[str, object], key: str, notices: list[Notice]) -> str | None:
    return (_string(values, key, notices) or "").strip() or None
