from __future__ import annotations

from pathlib import Path

import pytest
from reports_pdf import pdf
from reports_reading import Read


def test_the_text_of_all_pages(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.pdf").write_bytes(
        pdf(["At least two people were hurt\nin Harim.", "One was missing."], title="Harim")
    )
    (report,), failures = read(tmp_path / "a.pdf")
    assert failures == []
    assert report.text == "At least two people were hurt\nin Harim.\n\nOne was missing."
    assert report.title == "Harim"
    assert report.extractor.startswith("pypdfium2 ")
    assert report.language == "en"
    assert report.notices == ()


def test_a_scan_is_told_and_gives_no_text(tmp_path: Path, read: Read) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf([None, None]))
    (report,), failures = read(tmp_path / "scan.pdf")
    assert failures == []
    assert report.text == ""
    assert [notice.code for notice in report.notices] == ["no_text"]
    assert report.language is None


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (pdf([]), "without pages"),
        (pdf(["Two were hurt."], password="secret"), "encrypted"),
        (b"%PDF-1.7\nnothing more", "no readable PDF"),
        (pdf(["Two were hurt."])[:60], "no readable PDF"),
    ],
)
def test_a_pdf_that_can_t_be_read_is_one_line(tmp_path: Path, read: Read, data: bytes, what: str) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    (tmp_path / "b.txt").write_text("Two people were hurt in Harim.")
    reports, (failure,) = read(tmp_path)
    assert [report.id for report in reports] == ["b.txt"]
    assert failure.input == "a.pdf"
    assert str(failure).startswith("a.pdf: ")
    assert what in str(failure)


def test_the_first_bytes_say_pdf_whatever_the_name(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_bytes(pdf(["Two people were hurt."]))
    (report,), _ = read(tmp_path / "a.txt")
    assert report.text == "Two people were hurt."


def test_more_text_than_allowed_is_refused(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(["\n".join(["Two people were hurt in Harim."] * 45)] * 10))
    assert (tmp_path / "a.pdf").stat().st_size < 10_000
    _, (failure,) = read(tmp_path / "a.pdf", max_size=10_000)
    assert str(failure) == "a.pdf: holds more than 10,000 letters; raise --max-size to read it"
    reports, failures = read(tmp_path / "a.pdf", max_size=100_000)
    assert len(reports) == 1 and failures == []


@pytest.mark.parametrize("title", ["Microsoft Word - harim.docx", "report.pdf", "Untitled", "   "])
def test_a_title_that_a_program_filled_in_is_none(tmp_path: Path, read: Read, title: str) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(["Two people were hurt."], title=title))
    (report,), _ = read(tmp_path / "a.pdf")
    assert report.title is None
