"""Which reader makes text of which bytes: one visible registry.

Input: a `Raw`. Output: an `Extract`. A file that begins with `%PDF-` is a PDF whatever its name; "page.html" is HTML;
where neither name nor media type nor first bytes tell, it is plain text, and binary data is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tollbook.errors import InputError
from tollbook.reports.decode import decode
from tollbook.reports.options import InputOptions
from tollbook.reports.sources import Extract, Raw

Reader = Callable[[Raw, InputOptions], Extract]


def read_text(raw: Raw, options: InputOptions) -> Extract:
    """Plain text exactly as given, line ends and all, less a byte order mark."""
    decoded = decode(raw.data, raw.name, charset=raw.charset)
    if not decoded.text.strip():
        raise empty(raw.name)
    return Extract(decoded.text, "text", notices=decoded.notices)


def read_html(raw: Raw, options: InputOptions) -> Extract:
    """Trafilatura takes half a second to import, so only a page loads it."""
    from tollbook.reports import html

    return html.extract(raw)


def read_pdf(raw: Raw, options: InputOptions) -> Extract:
    """PDFium takes a tenth of a second to import, so only a PDF loads it."""
    from tollbook.reports import pdf

    return pdf.extract(raw, options.max_size)


FORMATS: dict[str, Reader] = {"text": read_text, "html": read_html, "pdf": read_pdf}
_SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
}
_MEDIA = {"text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "text/plain": "text"}
_UNSTATED = frozenset({"", "application/octet-stream", "binary/octet-stream", "unknown/unknown", "unk"})
ROWS = frozenset({".jsonl", ".ndjson"})
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def extract(raw: Raw, options: InputOptions) -> Extract:
    """The text of `raw` by the reader of its format; raises `InputError` where there is none to be had."""
    if not raw.data.strip():
        raise empty(raw.name)
    if len(raw.data) > options.max_size:
        raise too_large(raw.name, options.max_size)
    return FORMATS[format_of(raw)](raw, options)


def format_of(raw: Raw) -> str:
    """A name in `FORMATS`: by the first bytes, then what a server says, then the name's ending, then the look of it."""
    if raw.data.startswith(b"%PDF-"):
        return "pdf"
    by_name = _MEDIA.get(raw.media_type or "") or _SUFFIXES.get(suffix_of(raw.name))
    return by_name or ("html" if _HTML.match(raw.data[:2048]) else "text")


def is_readable(media_type: str, data: bytes) -> bool:
    """Whether a server's answer may be a report: a page, a PDF or a text; one of no stated type by the look of it."""
    if media_type in _MEDIA or media_type in ("text/markdown", "text/x-markdown"):
        return True
    return media_type in _UNSTATED and (data.startswith(b"%PDF-") or bool(_HTML.match(data[:2048])))


def suffix_of(name: str) -> str:
    """The ending of a file's name or of a URL's path, in lower case: ".pdf"."""
    try:
        path = urlsplit(name).path if "://" in name else name
    except ValueError:  # no URL, whatever it looks like
        path = name
    return PurePosixPath(path).suffix.lower()


def empty(name: str) -> InputError:
    return InputError("empty: there is nothing to read", what=name)


def too_large(name: str, limit: int) -> InputError:
    return InputError(f"larger than {limit:,} bytes", what=name, advice="raise --max-size to read it")
