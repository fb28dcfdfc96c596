"""A WACZ, the package in which web archives travel: its parts held against its own list before any is read, and made.

Input: a zip that is open. Output: the names of the WARC files in it. What its `datapackage.json` says of a file must
hold; a WARC that it does not list is refused, and so is a list that was altered after it was digested. `lists` makes
the list and its digest for files of ours, as WACZ 1.1.1 has them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from tollbook import __version__
from tollbook.errors import InputError
from tollbook.zips import Zipped, shown

VERSION = "1.1.1"
PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
_ARCHIVE, _WARCS = "archive/", (".warc", ".warc.gz")
_ALGORITHMS = {"md5", "sha1", "sha256", "sha512"}
_LIST = 50_000_000
_CHUNK = 1 << 20
_ADVICE = "get the file again"


def warcs_in(zipped: Zipped, name: str) -> tuple[str, ...]:
    """The WARC files of a WACZ, in order; raises `InputError`, naming `name`, where the package is not as it says."""
    listed = _listed(zipped, name)
    for member, stated in listed.items():
        _check(zipped, name, member, stated)
    found = tuple(own for own in zipped.names if own.startswith(_ARCHIVE) and own.lower().endswith(_WARCS))
    for own in found:
        if own not in listed:
            raise _altered(name, f"{shown(own)} is in no list of it")
    if not found:
        raise InputError("is a WACZ without a WARC", what=name, advice="there is nothing in it to read")
    return found


def _listed(zipped: Zipped, name: str) -> dict[str, str]:
    """The files that the package lists, each with its hash as stated, empty where none is."""
    if PACKAGE not in zipped.names:
        raise InputError(f"is no WACZ: it has no {PACKAGE}", what=name)
    content = zipped.read(PACKAGE, most=_LIST)
    if DIGEST in zipped.names:
        _check_digest(zipped, name, content)
    try:
        return {str(one["path"]): str(one.get("hash") or "") for one in json.loads(content)["resources"]}
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise InputError(f"is no WACZ: its {PACKAGE} can't be read", what=name) from None


def _check_digest(zipped: Zipped, name: str, content: bytes) -> None:
    try:
        stated: Any = json.loads(zipped.read(DIGEST, most=_LIST))["hash"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise InputError(f"is no WACZ: its {DIGEST} can't be read", what=name) from None
    algorithm, _, value = str(stated).partition(":")
    if algorithm in _ALGORITHMS and hashlib.new(algorithm, content).hexdigest() != value:
        raise _altered(name, f"{PACKAGE} does not have the hash that {DIGEST} states")


def _check(zipped: Zipped, name: str, member: str, stated: str) -> None:
    if member not in zipped.names:
        raise _altered(name, f"{shown(member)} is missing")
    algorithm, _, value = stated.partition(":")
    if algorithm not in _ALGORITHMS:
        return
    found = hashlib.new(algorithm)
    with zipped.open(member) as stream:
        while piece := stream.read(_CHUNK):
            found.update(piece)
    if found.hexdigest() != value:
        raise _altered(name, f"{shown(member)} does not have the hash that {PACKAGE} states")


def _altered(name: str, how: str) -> InputError:
    return InputError(f"was altered: {how}; nothing of it is read", what=name, advice=_ADVICE)


def lists(files: Mapping[str, tuple[str, int]], *, title: str, description: str, created: str) -> dict[str, bytes]:
    """The list of a package and its digest, for files by path with their hash ("sha256:…") and size in bytes."""
    resources = [
        {"name": path.rpartition("/")[2], "path": path, "hash": hashed, "bytes": size}
        for path, (hashed, size) in sorted(files.items())
    ]
    package = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": title,
        "description": description,
        "created": created,
        "software": f"tollbook {__version__}",
        "resources": resources,
    }
    listed = (json.dumps(package, indent=2) + "\n").encode()
    digest = {"path": PACKAGE, "hash": f"sha256:{hashlib.sha256(listed).hexdigest()}"}
    return {PACKAGE: listed, DIGEST: (json.dumps(digest, indent=2) + "\n").encode()}


def pages(captures: Iterable[Mapping[str, str]], title: str) -> bytes:
    """The list of pages: a header, and a line for each with `id`, `url`, `ts` and what else is told."""
    head = {"format": "json-pages-1.0", "id": "pages", "title": title}
    return "".join(json.dumps(one) + "\n" for one in (head, *captures)).encode()
