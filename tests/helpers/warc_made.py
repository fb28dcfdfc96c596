"""Web archives as crawlers write them, by warcio: captures of invented pages."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2031-05-07T08:30:00Z"
PAGE = (
    "<!doctype html><html><head><title>Flood in Harim</title></head><body><article><p>Two people were hurt in Harim on "
    "Monday, the Flood Office said, when the river rose over the lower bridge.</p><p>{} houses stood in water for a "
    "day and a night, and the road to the mill was closed.</p></article></body></html>"
)


def page(number: int = 12) -> bytes:
    return PAGE.format(number).encode()


class Crawl:
    """A WARC in the making; each method adds one record."""

    def __init__(self, packed: bool = True, **options: Any) -> None:
        self.out = io.BytesIO()
        self._writer = WARCWriter(self.out, gzip=packed, **options)

    def response(
        self,
        url: str,
        body: bytes,
        *headers: tuple[str, str],
        status: str = "200 OK",
        kind: str = "response",
        media_type: str = "text/html",
        **about: str,
    ) -> str:
        """A capture of an answer; returns the record's id. `about` are WARC headers, WARC_Date for WARC-Date."""
        answer = StatusAndHeaders(status, [("Content-Type", media_type), *headers], protocol="HTTP/1.1")
        told = {"WARC-Date": DATE, **{name.replace("_", "-"): value for name, value in about.items()}}
        record = self._writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), length=len(body), http_headers=answer, warc_headers_dict=told
        )
        self._writer.write_record(record)
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def revisit(self, url: str, digest: str, of: str, **about: str) -> None:
        answer = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("X-Again", "yes")], protocol="HTTP/1.1")
        told = {"WARC-Date": "2031-05-09T10:00:00Z", **{name.replace("_", "-"): one for name, one in about.items()}}
        record = self._writer.create_revisit_record(url, digest, of, DATE, http_headers=answer, warc_headers_dict=told)
        self._writer.write_record(record)

    def other(self, kind: str, url: str, body: bytes, media_type: str) -> None:
        record = self._writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), length=len(body), warc_content_type=media_type,
            warc_headers_dict={"WARC-Date": DATE},
        )  # fmt: skip
        self._writer.write_record(record)

    def info(self) -> None:
        self._writer.write_record(self._writer.create_warcinfo_record("crawl.warc.gz", {"software": "walker/3.2"}))

    def bytes(self) -> bytes:
        return self.out.getvalue()

    def save(self, path: Path) -> Path:
        path.write_bytes(self.bytes())
        return path


def sha1(body: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


def chunked(body: bytes, size: int = 50) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def wacz(path: Path, warcs: dict[str, bytes], **changed: bytes) -> Path:
    """A WACZ of these WARC files; `changed` are members put in place of others after all was listed."""
    members = {f"archive/{name}": data for name, data in warcs.items()}
    members["pages/pages.jsonl"] = b'{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n'
    listed = [
        {"name": name.rpartition("/")[2], "path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
         "bytes": len(data)}
        for name, data in members.items()
    ]  # fmt: skip
    package = json.dumps({"profile": "data-package", "resources": listed, "wacz_version": "1.1.1"}).encode()
    members["datapackage.json"] = package
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
    members["datapackage-digest.json"] = json.dumps(digest).encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(name, changed.get(name.rpartition("/")[2].replace(".", "_").replace("-", "_"), data))
    return path
