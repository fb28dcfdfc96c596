from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proportion import grows_at_most
from reports_reading import Read, read_both

from tollbook.model import Report
from tollbook.reports import Failure, InputOptions, read_inputs
from tollbook.reports.assemble import text_hash
from tollbook.reports.rows import read_rows

ANY_TEXT = st.text(st.characters(exclude_categories=[])).filter(lambda text: bool(text.strip()))


def rows(*values: object) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def from_stdin(data: bytes) -> list[Report | Failure]:
    return list(read_inputs(["-"], InputOptions(stdin=io.BytesIO(data))))


@given(ANY_TEXT)
def test_text_is_taken_exactly_as_given(text: str) -> None:
    """Whatever it holds: lone surrogates, U+2028, NUL, a byte order mark, İ and marks that combine."""
    stream = io.BytesIO(rows({"id": "r1", "text": text}))
    (item,) = read_rows(stream, "a.jsonl", InputOptions())
    assert not isinstance(item, Failure)
    assert item.report.text == text
    assert item.report.text_sha256 == text_hash(text)


@given(st.lists(ANY_TEXT, max_size=8))
def test_an_id_that_is_missing_is_the_hash_of_the_text(texts: list[str]) -> None:
    items = from_stdin(rows({"id": "first", "text": "Two hurt."}, *({"text": text} for text in texts)))
    ids = {item.id for item in items if isinstance(item, Report)} - {"first"}
    assert ids == {text_hash(text) for text in texts}
    assert len([item for item in items if isinstance(item, Failure)]) == len(texts) - len(set(texts))


def test_all_particulars(tmp_path: Path, read: Read) -> None:
    row = {
        "id": "r1",
        "text": "Two people were hurt.",
        "title": "  Two hurt ",
        "published": "2017-02-23T10:00:00+04:00",
        "publisher": "Norland Courier",
        "url": "\n https://courier.example/1\n ",
        "more": {"kept": "apart"},
    }
    (tmp_path / "a.jsonl").write_bytes(rows(row))
    (report,), failures = read(tmp_path / "a.jsonl")
    assert failures == []
    assert report.title == "  Two hurt "
    assert report.published == "2017-02-23T10:00:00+04:00"
    assert (report.publisher, report.url) == ("Norland Courier", "https://courier.example/1")
    assert (report.extractor, report.notices) == ("text", ())


BROKEN = {
    b'{"id": "x", "text": ': "no JSON",
    b"not json": "no JSON",
    b"[1, 2]": "no JSON object",
    b'{"id": "x"}': "'text' is missing",
    b'{"id": "x", "text": 7}': "'text' is no text",
    b'{"id": "x", "text": " \\n "}': "empty",
    b'{"id": ["x"], "text": "Two hurt."}': "'id' is no text",
    b'{"text": "caf\xe9"}': "no UTF-8",
    b"[" * 100_000: "nested too deeply",
    b'{"n": ' + b"9" * 5000 + b', "text": "Two hurt."}': "no JSON",
}


@pytest.mark.parametrize(("line", "what"), BROKEN.items())
def test_a_broken_line_in_the_middle(tmp_path: Path, read: Read, line: bytes, what: str) -> None:
    before, after = rows({"id": "a", "text": "Two were hurt."}), rows({"id": "b", "text": "One is missing."})
    (tmp_path / "list.jsonl").write_bytes(before + line + b"\n\n" + after)
    reports, (failure,) = read(tmp_path / "list.jsonl")
    assert [report.id for report in reports] == ["a", "b"]
    assert failure.input == "list.jsonl:2"
    assert str(failure).startswith("list.jsonl:2: ")
    assert what in str(failure)
    assert "\n" not in str(failure) and len(str(failure)) < 300


def test_only_a_line_feed_ends_a_line(tmp_path: Path, read: Read) -> None:
    text = "Two\u2028people\u0085were\x0churt\r\nin Harim."
    line = json.dumps({"text": text}, ensure_ascii=False).encode()
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + line + b"\r\n" + line.replace(b"Two", b"One"))
    reports, failures = read(tmp_path / "a.jsonl")
    assert failures == []
    assert [report.text for report in reports] == [text, text.replace("Two", "One")]


def test_a_row_over_the_limit_is_refused_and_the_rest_goes_on(tmp_path: Path, read: Read) -> None:
    long = {"id": "long", "text": "hurt " * 1000}
    (tmp_path / "a.jsonl").write_bytes(rows({"text": "Two were hurt."}, long, {"text": "One is missing."}))
    reports, (failure,) = read(tmp_path / "a.jsonl", max_size=1000)
    assert [report.text for report in reports] == ["Two were hurt.", "One is missing."]
    assert str(failure) == "a.jsonl:2: larger than 1,000 bytes; raise --max-size to read it"


DATES = {
    "2017-02-23": ("2017-02-23", 0),
    "1066-10-14": ("1066-10-14", 1),
    "2999-01-01": ("2999-01-01", 1),
    "2099-01-01": ("2099-01-01", 0),
    "2017-02-23T10:00Z": ("2017-02-23T10:00Z", 0),
    "2017-02-23 10:00:01+04:00": ("2017-02-23T10:00:01+04:00", 0),
    " 2017-02-23\n": ("2017-02-23", 0),
    "": (None, 0),
    "1999-06-07T19:00": ("1999-06-07", 1),
    "31 February": (None, 1),
    "2017-02-31": (None, 1),
    "2017-13-01": (None, 1),
    "2017-02-23T25:00Z": (None, 1),
    "0000-01-01": (None, 1),
    "20170223": (None, 1),
    "2017-W08-4": (None, 1),
    "yesterday": (None, 1),
    "٢٠١٧-٠٢-٢٣": (None, 1),
}


@pytest.mark.parametrize(("given_date", "kept"), DATES.items())
def test_a_bad_date_is_left_out_and_told(given_date: str, kept: tuple[str | None, int]) -> None:
    (report,) = from_stdin(rows({"text": "Two were hurt.", "published": given_date}))
    assert isinstance(report, Report)
    assert report.published == kept[0]
    assert [notice.code for notice in report.notices] == ["published"] * kept[1]
    assert report.published is None or dt.datetime.fromisoformat(report.published)


def test_a_particular_that_is_no_text_is_left_out_and_told() -> None:
    (report,) = from_stdin(rows({"id": 17, "text": "Two were hurt.", "title": 3, "publisher": ["x"], "url": None}))
    assert isinstance(report, Report)
    assert report.id == "17"
    assert (report.title, report.publisher) == (None, None)
    assert [notice.code for notice in report.notices] == ["particulars", "particulars"]


def test_the_date_of_the_text_serves_where_none_is_given() -> None:
    text = "HARIM, 6 MAY 89 (XYZ) -- TWO PEOPLE WERE HURT IN THE OLD TOWN."
    known, unknown = from_stdin(rows({"id": "a", "text": text, "published": "1989-05-07"}, {"id": "b", "text": text}))
    assert isinstance(known, Report) and isinstance(unknown, Report)
    assert (known.published, known.notices) == ("1989-05-07", ())
    assert unknown.published == "1989-05-06"
    assert [notice.code for notice in unknown.notices] == ["published_from_text"]
    assert unknown.origins == ("XYZ",)
    assert unknown.dateline is not None and unknown.dateline.place == "HARIM"


def test_an_unread_language_is_told_by_its_code() -> None:
    (report,) = from_stdin(rows({"text": "Al menos doce personas murieron en el ataque, dijo la policía."}))
    assert isinstance(report, Report)
    assert report.language == "es"
    assert [notice.code for notice in report.notices] == ["language"]


def test_rows_are_streamed() -> None:
    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.number = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.number += 1
            return rows({"text": f"{self.number} people were hurt."})

    stream = Endless()
    reader = read_inputs(["-"], InputOptions(stdin=stream))  # type: ignore[arg-type]
    assert [getattr(next(reader), "text", None) for _ in range(3)] == [f"{n} people were hurt." for n in (1, 2, 3)]
    assert stream.number <= 4


def test_ten_times_the_rows_take_about_ten_times_as_long(tmp_path: Path) -> None:
    text = "At least two people were hurt in Harim on Monday, the district office of Norland said in the evening. "

    def prepared(count: int) -> Callable[[], object]:
        path = tmp_path / f"{count}.jsonl"
        path.write_bytes(rows(*({"id": f"r{n}", "text": f"{n} {text}"} for n in range(count))))
        return lambda: read_both(path)

    grows_at_most(25, prepared, 500, 5000)
    reports, _ = read_both(tmp_path / "5000.jsonl")
    assert len(reports) == 5000
