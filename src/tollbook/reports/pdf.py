"""A PDF becomes the text of its pages.

Input: the bytes of a PDF. Output: an `Extract`, pages parted by a blank line. A scan, which holds pictures and no
letters, gives an empty text and the notice `no_text`: it is told, and no figure is guessed.
"""

from __future__ import annotations

import re
from importlib.metadata import version

import pypdfium2

from tollbook.errors import InputError
from tollbook.model import Notice
from tollbook.reports.sources import Extract, Particulars, Raw

# Titles that a word processor or a scanner fills in say nothing.
_NO_TITLE = re.compile(r"untitled|microsoft word|.*\.(?:docx?|pdf|indd|odt|rtf|txt)$|\W*", re.IGNORECASE)
# PDFium opens no PDF whose page tree is empty, and calls it broken.
_NO_PAGES = re.compile(rb"/Kids\s*\[\s*\][^>]{0,80}?/Count\s+0\b|/Count\s+0\b[^>]{0,80}?/Kids\s*\[\s*\]")
# PDFium sets U+FFFE, or U+0002, where a word is hyphenated at the end of a line.
_HYPHEN = re.compile("[\ufffe\x02]\r?\n?")


def extract(raw: Raw, max_size: int) -> Extract:
    """The text of all pages; raises `InputError` where the PDF is encrypted, broken, without pages or too long."""
    try:
        document = pypdfium2.PdfDocument(raw.data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(raw, str(error)) from error
    with document:
        if not len(document):
            raise _without_pages(raw.name)
        text, broken = _text(document, raw.name, max_size)
        title = _title(document)
    notices = []
    if not text.strip():
        text = ""
        notices.append(
            Notice("no_text", "the PDF holds no text, it may be a scan; make it searchable and read it again")
        )
    if broken:
        numbers = ", ".join(map(str, broken[:10]))
        notices.append(Notice("pages", f"{len(broken)} pages could not be read: {numbers}"))
    return Extract(text, f"pypdfium2 {version('pypdfium2')}", Particulars(title=title), tuple(notices))


def _unreadable(raw: Raw, message: str) -> InputError:
    name = raw.name
    if _NO_PAGES.search(raw.data):
        return _without_pages(name)
    if "password" in message.lower() or "security" in message.lower():
        return InputError("the PDF is encrypted", what=name, advice="save it without its password")
    return InputError("no readable PDF", what=name, advice="open it in a viewer and save or print it anew")


def _without_pages(name: str) -> InputError:
    return InputError("a PDF without pages", what=name, advice="check how it was saved")


def _text(document: pypdfium2.PdfDocument, name: str, max_size: int) -> tuple[str, list[int]]:
    """The text of all pages, and the numbers of those that could not be read."""
    pages: list[str] = []
    broken: list[int] = []
    size = 0
    for number in range(len(document)):
        try:
            words = _page(document, number)
        except pypdfium2.PdfiumError:
            broken.append(number + 1)
            continue
        size += len(words)
        if size > max_size:
            raise InputError(f"holds more than {max_size:,} letters", what=name, advice="raise --max-size to read it")
        if words:
            pages.append(words)
    return "\n\n".join(pages), broken


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        layer = page.get_textpage()
        try:
            words = str(layer.get_text_bounded(errors="replace"))
        finally:
            layer.close()
    finally:
        page.close()
    return _HYPHEN.sub("", words).replace("\r\n", "\n").replace("\r", "\n").strip()


def _title(document: pypdfium2.PdfDocument) -> str | None:
    title = " ".join(str(document.get_metadata_dict().get("Title") or "").split())
    return None if _NO_TITLE.fullmatch(title) or title.lower().startswith("microsoft word") else title
