#!/usr/bin/env python3
"""Checks a bundle that tollbook published: a folder or zip of pages and data, and the log of how they came about.

    python3 verify.py [FOLDER or ZIP] [--key KEY]... [--checkpoint FILE]... [--reveal ITEM]...

Without a path it checks the folder that it lies in. It needs Python 3.8 or later and nothing else: no installation, no
network, nothing of tollbook. It only reads, and takes nothing in the bundle on trust.

KEY is the public key of who published it, `name+id+base64`, or a file that holds it; get it from them, not from here.
FILE is the file `checkpoint` of an earlier bundle, or that bundle: then this log has to go on from it.
ITEM is a file that `tollbook reveal` printed: that it is what the bundle withholds under that number.

What it shows: that the files are those that were published and signed, that the log was not altered, and that figures,
claims and reports fit together. What it can't show: that what the reports say is true.

Exit status: 0 all matches; 1 something does not, each thing named; 2 it could not be checked.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import io
import json
import re
import stat
import sys
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Callable, Dict, Iterator, NamedTuple, Sequence, Tuple

FORMAT, EVENT_FORMAT = "tollbook-bundle/1", "tollbook-event/1"
SUMS, CHECKPOINT, MANIFEST, LOG = "SHA256SUMS", "checkpoint", "bundle.json", "log.jsonl"
# Left by systems in folders that somebody looked into; they are no part of a bundle and are passed over.
BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}
MOST_FILES, MOST_BYTES, MOST_LINE, MOST_TIMES = 200_000, 1 << 36, 1 << 26, 200
SHOWN = 20  # things that do not match, of each check
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
HASH = re.compile(r"[0-9a-f]{64}")
Json = Dict[str, Any]


class Refused(Exception):
    """What can't be checked at all, in one line: no bundle, a harmful zip, a key that is none."""


class Check(NamedTuple):
    """One thing that was checked: its name, what was found, and everything that does not match."""

    name: str
    found: str
    wrong: list[str]


class Key(NamedTuple):
    """An Ed25519 public key: its name, four bytes that tell it from others of that name, 32 bytes."""

    name: str
    id: bytes
    key: bytes


class Event(NamedTuple):
    """An event of the log without its content: `promise` is a salted hash of that."""

    seq: int
    kind: str
    when: str
    promise: str
    hash: str


# ---- reading a folder or a zip, as if somebody wished us harm ----


class Bundle(NamedTuple):
    """The plain files of a folder or zip, with their sizes, and a way to open them; `odd` is what is no plain file."""

    path: Path
    sizes: dict[str, int]
    odd: list[str]
    open_file: Callable[[str], IO[bytes]]
    close: Callable[[], None] = lambda: None

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A file as a stream of bytes."""
        try:
            with self.open_file(name) as stream:
                yield stream
        except (OSError, EOFError, NotImplementedError, zipfile.BadZipFile, zlib.error) as error:
            raise Refused(f"{self.path}: {name} can't be read ({error}); get it again") from error

    def read(self, name: str) -> bytes:
        """A small file as a whole, nothing where it is missing."""
        if name not in self.sizes:
            return b""
        with self.open(name) as stream:
            found = stream.read(MOST_LINE + 1)
        if len(found) > MOST_LINE:
            raise Refused(f"{self.path}: {name} is larger than {MOST_LINE} bytes")
        return found

    def lines(self, name: str, wrong: list[str]) -> Iterator[tuple[str, Json]]:
        """Where each line of a .jsonl file stands, and its object; what is no line of JSON goes to `wrong`."""
        if name not in self.sizes:
            return
        with self.open(name) as stream:
            for number, line in enumerate(iter(lambda: stream.readline(MOST_LINE), b""), 1):
                found = parsed(line)
                if found is None:
                    wrong.append(f"{name}, line {number}: is no JSON object")
                else:
                    yield f"{name}, line {number}", found


def parsed(text: bytes) -> Json | None:
    """The JSON object in some bytes, None where there is none; endless depth and endless numbers are none."""
    try:
        found = json.loads(text.decode("utf-8"), parse_int=_number, parse_constant=_number)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _number(digits: str) -> int:
    if len(digits) > 400:
        raise ValueError("too long a number")
    return int(digits)


def open_bundle(path: Path) -> Bundle:
    """The files of a folder or zip; Refused where there is none, or where opening it could do harm."""
    if not path.is_dir() and not path.is_file():
        raise Refused(f"{path}: no such file or folder")
    bundle = _folder(path) if path.is_dir() else _zip(path)
    why = _no_bundle(bundle)
    if why:
        bundle.close()
        raise Refused(f"{path}: {why}")
    return bundle


def _no_bundle(bundle: Bundle) -> str:
    """Why some files are no bundle, empty where they are one."""
    if {"tollbook.sqlite", "store.toml"} & set(bundle.sizes):
        return "is a project, no bundle; check it with: tollbook verify --project DIR"
    if SUMS not in bundle.sizes:
        return f"is no bundle: it has no {SUMS}"
    if not {MANIFEST, CHECKPOINT, LOG} & set(bundle.sizes):
        return f"is no bundle: it has no log; check its files with: sha256sum -c {SUMS}"
    return ""


def _folder(path: Path) -> Bundle:
    sizes: dict[str, int] = {}
    odd: list[str] = []
    for entry in path.iterdir():
        if len(sizes) + len(odd) >= MOST_FILES:
            raise Refused(f"{path}: holds more than {MOST_FILES} files")
        kind = entry.lstat()
        if stat.S_ISREG(kind.st_mode) and NAME.fullmatch(entry.name):
            sizes[entry.name] = kind.st_size
        elif entry.name not in BY_SYSTEMS:
            odd.append(entry.name)
    return Bundle(path, sizes, sorted(odd), lambda name: (path / name).open("rb"))


def _zip(path: Path) -> Bundle:
    """A zip's files. A bundle has no folders inside; one that was packed with its folder around it is taken as well."""
    try:
        packed = zipfile.ZipFile(path)
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
        raise Refused(f"{path}: is no whole zip ({error}); get it again") from error
    try:
        found = _members(path, packed.infolist())
    except Refused:
        packed.close()
        raise
    sizes = {name: info.file_size for name, info in found.items()}
    return Bundle(path, sizes, [], lambda name: packed.open(found[name]), packed.close)


def _members(path: Path, listed: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files of a zip by name, none of them harmful; a folder around all of them is taken away."""
    infos = [info for info in listed if not info.orig_filename.endswith("/")]
    tops = {info.orig_filename.rpartition("/")[0] for info in infos}
    top = f"{tops.pop()}/" if len(tops) == 1 else ""
    if not NAME.fullmatch(top[:-1]):
        top = ""
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_FILES or total > MOST_BYTES or _is_bomb(total, path.stat().st_size):
        raise Refused(f"{path}: holds too much for its size; don't unpack it")
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.orig_filename[len(top) :]
        why = "comes twice" if name in found else _harm(info, name)
        if why:
            raise Refused(f"{path}: {info.orig_filename[:100]!a} {why}; don't unpack it")
        if name not in BY_SYSTEMS:
            found[name] = info
    return found


def _harm(info: zipfile.ZipInfo, name: str) -> str:
    """Why a file of a zip is refused, empty where it is not."""
    if name not in BY_SYSTEMS and not NAME.fullmatch(name):
        return "is no plain name of a file"
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return "is a link or another thing that is no file"
    if info.flag_bits & 0x2041:
        return "is locked with a password"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in an unknown way"
    return f"unpacks to more than {MOST_TIMES} times its size" if _is_bomb(info.file_size, info.compress_size) else ""


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > 10_000_000 and unpacked > MOST_TIMES * packed


# ---- files ----


def check_files(bundle: Bundle) -> Check:
    """Every file has the SHA-256 that SHA256SUMS gives it, none is missing, none is there that it does not list."""
    wrong = [f"{name!a}: is no file of a bundle" for name in bundle.odd]
    sums: dict[str, str] = {}
    for number, line in enumerate(bundle.read(SUMS).decode("utf-8", "replace").split("\n")[:-1], 1):
        digest, _, name = line.partition("  ")
        if not HASH.fullmatch(digest) or not NAME.fullmatch(name) or name in sums:
            wrong.append(f"{SUMS}, line {number}: is no hash, two spaces and a name that comes once")
        else:
            sums[name] = digest
    for name in sorted({*sums, *bundle.sizes, CHECKPOINT} - {SUMS}):
        if name not in bundle.sizes:
            wrong.append(f"{name}: is missing")
        elif name not in sums and name != CHECKPOINT:
            wrong.append(f"{name}: is not listed in {SUMS}")
        elif name in sums and sums[name] != digest_of(bundle, name):
            wrong.append(f"{name}: is altered, its SHA-256 is not the one in {SUMS}")
    return Check("files", f"{len(sums)} files, each with the SHA-256 that {SUMS} gives", wrong)


def digest_of(bundle: Bundle, name: str) -> str:
    """The SHA-256 of a file, as 64 hex digits."""
    found = hashlib.sha256()
    with bundle.open(name) as stream:
        for chunk in iter(lambda: stream.read(1 << 20), b""):
            found.update(chunk)
    return found.hexdigest()


def read_manifest(bundle: Bundle) -> Json:
    """What bundle.json tells, nothing where it can't be read; Refused for another format, where it is unaltered."""
    told = parsed(bundle.read(MANIFEST)) or {}
    unaltered = told and f"{digest_of(bundle, MANIFEST)}  {MANIFEST}\n".encode() in bundle.read(SUMS)
    if unaltered and told.get("format") != FORMAT:
        known = f"its format is {told.get('format')!a}, not {FORMAT}"
        raise Refused(f"{bundle.path}: was made by a later tollbook ({known}); use the verify.py that is in it")
    return told


# ---- log ----


def leaf_of(event: Event, before: str) -> bytes:
    """What an event's hash is taken of: the format, its number, the hash before it, its kind, time and promise."""
    told = [EVENT_FORMAT, event.seq, before, event.kind, event.when, event.promise]
    return json.dumps(told, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def check_log(bundle: Bundle) -> tuple[Check, list[Event], list[bytes]]:
    """Every event has the next number and the hash of what it holds, the hash before it included.

    Returns the events too, and the hashes of their leaves (RFC 6962: the SHA-256 of a zero byte and the leaf).
    """
    wrong: list[str] = []
    events: list[Event] = []
    leaves: list[bytes] = []
    before = "0" * 64
    for where, told in bundle.lines(LOG, wrong):
        seq, *texts = (told.get(name) for name in Event._fields)
        if type(seq) is not int or not all(isinstance(text, str) for text in texts):
            wrong.append(f"{where}: is no event")
            continue
        event = Event(seq, *map(str, texts))
        if seq != len(events) + 1:
            wrong.append(f"{where}: is event {seq}, where event {len(events) + 1} should be")
        leaf = leaf_of(event, before)
        if hashlib.sha256(leaf).hexdigest() != event.hash:
            wrong.append(f"{where}: event {seq} does not have the hash of what it holds and of the event before it")
        events.append(event)
        leaves.append(hashlib.sha256(b"\0" + leaf).digest())
        before = event.hash
    return Check("log", f"{len(events)} events, each bound to the one before it", wrong), events, leaves


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root over hashes of leaves (RFC 6962): pairs are hashed behind a one byte, an odd one goes up as it is."""
    level = list(leaves)
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) & ~1 :]
    return level[0] if level else hashlib.sha256(b"").digest()


def origin_of(events: Sequence[Event]) -> str:
    """The name of a log: the beginning of its first event's hash."""
    return f"tollbook/{events[0].hash[:16] if events else ''}"


# ---- checkpoint ----


class Noted(NamedTuple):
    """A checkpoint: which log, how many events, their root, further lines; the text that was signed, and by whom."""

    origin: str
    size: int
    root: bytes
    more: list[str]
    text: str
    signatures: list[tuple[str, bytes, bytes]]


def read_checkpoint(content: bytes) -> Noted | None:
    """The checkpoint in some bytes (C2SP's tlog-checkpoint in a signed-note), None where there is none."""
    try:
        text, blank, rest = content.decode("utf-8").rpartition("\n\n")
    except ValueError:
        return None
    lines, signed = text.split("\n"), rest.split("\n")
    root = from_base64(lines[2]) if len(lines) > 2 else None
    if not blank or signed.pop() or root is None or len(root) != 32 or not re.fullmatch(r"[0-9]{1,18}", lines[1]):
        return None
    signatures = []
    for line in signed:
        dash, name, encoded = line.split(" ") if line.count(" ") == 2 else ("", "", "")
        decoded = from_base64(encoded) or b""
        if dash != "\u2014" or not name or len(decoded) < 5:
            return None
        signatures.append((name, decoded[:4], decoded[4:]))
    return Noted(lines[0], int(lines[1]), root, lines[3:], f"{text}\n", signatures)


def from_base64(text: str) -> bytes | None:
    """The bytes of a Base64 text, None where it is not exactly as they would be written."""
    try:
        found = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        return None
    return found if base64.b64encode(found).decode("ascii") == text else None


def check_checkpoint(bundle: Bundle, noted: Noted | None, events: Sequence[Event], leaves: Sequence[bytes]) -> Check:
    """The checkpoint names this log, its number of events, their Merkle root, and this SHA256SUMS."""
    if noted is None:
        return Check("checkpoint", "", [f"{CHECKPOINT}: is missing or no checkpoint"])
    wrong = []
    if noted.origin != origin_of(events):
        wrong.append(f"{CHECKPOINT}: is of the log {noted.origin[:100]!a}, this one is {origin_of(events)!a}")
    if noted.size != len(events):
        wrong.append(f"{CHECKPOINT}: is over {noted.size} events, the log has {len(events)}")
    if noted.root != merkle_root(leaves):
        wrong.append(f"{CHECKPOINT}: its root is not that of the log")
    if noted.more != [f"bundle sha256:{digest_of(bundle, SUMS)}"]:
        wrong.append(f"{CHECKPOINT}: it does not name this {SUMS}")
    return Check("checkpoint", f"names this log, its {noted.size} events by their Merkle root, and {SUMS}", wrong)


def check_earlier(earlier: Noted, keys: Sequence[Key], events: Sequence[Event], leaves: Sequence[bytes]) -> Check:
    """The log goes on from an earlier checkpoint: its first events have the root that was given then."""
    wrong = [f"the earlier checkpoint: {line}" for line in unsigned(earlier, keys)]
    if earlier.origin != origin_of(events):
        wrong.append(f"the earlier checkpoint is of another log: {earlier.origin[:100]!a}")
    elif earlier.size > len(events):
        wrong.append(f"the earlier checkpoint is over {earlier.size} events, the log has {len(events)}")
    elif merkle_root(leaves[: earlier.size]) != earlier.root:
        wrong.append(f"the log does not go on from the earlier checkpoint: its first {earlier.size} events were others")
    return Check("earlier", f"the log goes on from the earlier checkpoint over {earlier.size} events", wrong)


# ---- signatures: Ed25519, written out as in RFC 8032, section 5.1 ----

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)  # its square is -1
Point = Tuple[int, int, int, int]  # X, Y, Z, T, where x = X/Z, y = Y/Z, xy = T/Z
_ZERO = (0, 1, 1, 0)


def _add(a: Point, b: Point) -> Point:
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % _P, (a[1] + a[0]) * (b[1] + b[0]) % _P
    t, z = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
    e, f, g, h = n - m, z - t, z + t, n + m
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(factor: int, point: Point) -> Point:
    total = _ZERO
    while factor:
        if factor & 1:
            total = _add(total, point)
        point, factor = _add(point, point), factor >> 1
    return total


def _same(a: Point, b: Point) -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % _P == 0 and (a[1] * b[2] - b[1] * a[2]) % _P == 0


def _point(encoded: bytes) -> Point | None:
    """The point in 32 bytes; None where there is none, it is written in a second way, or its order is small."""
    number = int.from_bytes(encoded, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if y >= _P or (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    point = (x, y, 1, x * y % _P)
    return None if _same(_times(8, point), _ZERO) else point


_BASE = _point((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little")) or _ZERO


def is_signed(key: bytes, signature: bytes, message: bytes) -> bool:
    """True where an Ed25519 signature over a message is that of a public key."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = _point(key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= _L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % _L
    return _same(_times(s, _BASE), _add(r, _times(k, a)))


def read_key(text: str) -> Key:
    """The public key in `name+id+base64`; Refused where there is none, or its id is not its own."""
    name, _, rest = text.strip().partition("+")
    told, _, encoded = rest.partition("+")
    found = from_base64(encoded) or b""
    key = Key(name, hashlib.sha256(name.encode("utf-8", "replace") + b"\n" + found).digest()[:4], found[1:])
    if not name or len(found) != 33 or found[0] != 1 or told != key.id.hex():
        raise Refused(f"{text.strip()[:100]!a}: is no public key, which reads name+id+base64; copy it whole")
    return key


def shown(key: Key) -> str:
    """A key's name and id."""
    return ascii(f"{key.name}+{key.id.hex()}")


def unsigned(noted: Noted, keys: Sequence[Key]) -> list[str]:
    """The keys that did not sign a checkpoint, a line each."""
    wrong = []
    for key in keys:
        own = [signature for name, id, signature in noted.signatures if (name, id) == (key.name, key.id)]
        if not own:
            wrong.append(f"is not signed by {shown(key)}")
        elif not all(is_signed(key.key, signature, noted.text.encode("utf-8")) for signature in own):
            wrong.append(f"its signature by {shown(key)} does not fit")
    return wrong


def check_signatures(noted: Noted | None, keys: Sequence[Key], told: Json) -> Check:
    """The keys given have signed the checkpoint, and so has the key that the bundle itself names, if any."""
    wrong: list[str] = []
    own: list[Key] = []
    if told.get("signer") is not None:
        try:
            own = [read_key(str(told["signer"]))]
        except Refused as error:
            wrong.append(f"{MANIFEST}: {error}")
    if noted is not None:
        asked = [*keys, *(key for key in own if key not in keys)]
        wrong += [f"{CHECKPOINT}: {line}" for line in unsigned(noted, asked)]
    if keys:
        return Check("signatures", f"signed by {', '.join(map(shown, keys))}", wrong)
    if own:
        found = f"signed by {shown(own[0])}, a key that came with the bundle: ask its owner if it is theirs"
        return Check("signatures", found, wrong)
    return Check("signatures", "not signed: nobody vouches for it", wrong)


# ---- what the data files say of each other ----


def check_data(bundle: Bundle, events: Sequence[Event], told: Json) -> Check:
    """Every name in the data files leads somewhere, low <= best <= high everywhere, the counts are those told."""
    wrong: list[str] = []
    known: dict[str, set[Any]] = {"log": {(event.seq, event.when) for event in events if event.kind == "ruling"}}
    for kind, file, field in (("reports", "evidence.jsonl", "report"), ("incidents", "incidents.jsonl", "incident"),
                              ("claims", "claims.jsonl", "claim")):  # fmt: skip
        known[kind] = set()
        for where, line in bundle.lines(file, wrong):
            if line.get(field) is None or str(line[field]) in known[kind]:
                wrong.append(f"{where}: its {field} is missing or comes twice")
            known[kind].add(str(line.get(field)))
    counts = {"events": len(events), "reports": len(known["reports"]), "figures": 0, "rulings": 0}
    for kind, fields in (
        ("incidents", {"reports": "reports"}),
        ("claims", {"report": "reports", "copies": "reports", "incident": "incidents"}),
        ("figures", {"incident": "incidents", "supports": "claims", "set_aside": "claims"}),
        ("rulings", {"claim": "claims", "incident": "incidents"}),
    ):
        counts[kind] = 0
        for where, line in bundle.lines(f"{kind}.jsonl", wrong if kind in ("figures", "rulings") else []):
            counts[kind] += 1
            why = [
                *out_of_order(line),
                *(one for field, of in fields.items() for one in strange(line, field, known[of])),
            ]
            if kind == "rulings" and (line.get("ruling"), line.get("when")) not in known["log"]:
                why.append("the log has no ruling of that number and time")
            wrong += [f"{where}: {one}" for one in why]
    if told.get("counts") != counts:
        wrong.append(f"{MANIFEST}: its counts are not those of the data files")
    found = f"{counts['figures']} figures, {counts['claims']} claims, {counts['reports']} reports fit together"
    return Check("data", found, wrong)


def strange(line: Json, field: str, known: set[Any]) -> Iterator[str]:
    """What a field names that is not there; it holds a name, several with spaces between, or a list."""
    value = line.get(field) or []
    for one in value.split() if isinstance(value, str) else value if isinstance(value, list) else [value]:
        name = one.get("claim") if isinstance(one, dict) else one
        if not isinstance(name, str) or name not in known:
            yield f"its {field} names {name!a}, which is not there"


def out_of_order(line: Json) -> Iterator[str]:
    """What is wrong with low, best and high, where a line has them."""
    numbers = [line[name] for name in ("low", "best", "high") if line.get(name) is not None]
    if not all(type(one) in (int, float) for one in numbers) or numbers != sorted(numbers):
        yield "low, best and high are no numbers in order"


def check_evidence(bundle: Bundle) -> Check:
    """Every report in reports.csv has its line of evidence, with the same hashes, and there are no others."""
    wrong: list[str] = []
    fields = ("hash_kind", "sha256", "text_sha256")
    evidence = {
        str(line.get("report")): [line.get(field) or "" for field in fields]
        for _, line in bundle.lines("evidence.jsonl", [])
    }
    listed: dict[str, list[str]] = {}
    csv.field_size_limit(MOST_LINE)
    if "reports.csv" in bundle.sizes:
        with bundle.open("reports.csv") as stream, io.TextIOWrapper(stream, "utf-8", "replace", newline="") as text:
            try:
                for row in csv.DictReader(text):
                    listed[row.get("report") or ""] = [row.get(field) or "" for field in fields]
            except csv.Error as error:
                wrong.append(f"reports.csv: is no table ({error})")
    for name in sorted({*listed, *evidence}):
        if listed.get(name) != evidence.get(name):
            wrong.append(f"report {name!a}: evidence.jsonl and reports.csv differ")
    return Check("evidence", f"{len(evidence)} reports, each with the hashes of its evidence", wrong)


def check_redactions(bundle: Bundle, events: Sequence[Event]) -> Check:
    """Every line on what was withheld names its ruling, says what kind of thing it is and why, and commits to it."""
    wrong: list[str] = []
    count = 0
    rulings = {event.seq for event in events if event.kind == "ruling"}
    for where, line in bundle.lines("redactions.jsonl", wrong):
        count += 1
        if type(line.get("withheld")) is not int or line["withheld"] not in rulings:
            wrong.append(f"{where}: the log has no ruling of that number")
        if not all(isinstance(line.get(name), str) and line[name].strip() for name in ("kind", "reason")):
            wrong.append(f"{where}: says no kind or no reason")
        if not HASH.fullmatch(str(line.get("commitment"))):
            wrong.append(f"{where}: its commitment is no SHA-256")
    found = f"{count} withheld, each with its reason and a commitment" if count else "nothing is withheld"
    return Check("redactions", found, wrong)


def check_revealed(bundle: Bundle, items: Sequence[Json]) -> Check:
    """What is revealed now is what the bundle committed to: sha256 of the JSON of [salt, kind, content]."""
    wrong: list[str] = []
    lines = {line.get("withheld"): line for _, line in bundle.lines("redactions.jsonl", [])}
    for item in items:
        number, kind = item.get("withheld"), item.get("kind")
        line = lines.get(number) if type(number) is int else None
        text = json.dumps([item.get("salt"), kind, item.get("content")], sort_keys=True, separators=(",", ":"))
        if line is None:
            wrong.append(f"revealed item {number!a}: nothing of that number is withheld here")
        elif line.get("kind") != kind or line.get("commitment") != hashlib.sha256(text.encode("ascii")).hexdigest():
            wrong.append(f"revealed item {number!a}: is not what the bundle commits to")
    told = ", ".join(f"[withheld {item.get('withheld')}]" for item in items)
    return Check("revealed", f"{told}: what is shown is what was withheld", wrong)


# ---- all of it ----


def verify(
    path: Path, keys: Sequence[Key] = (), earlier: Sequence[Noted] = (), revealed: Sequence[Json] = ()
) -> list[Check]:
    """Every check of a bundle, in order. Raises Refused where it can't be checked."""
    bundle = open_bundle(path)
    try:
        files, told = check_files(bundle), read_manifest(bundle)
        log, events, leaves = check_log(bundle)
        noted = read_checkpoint(bundle.read(CHECKPOINT))
        checks = [files, log, check_checkpoint(bundle, noted, events, leaves), check_signatures(noted, keys, told)]
        checks += [check_earlier(one, keys, events, leaves) for one in earlier]
        checks += [check_data(bundle, events, told), check_evidence(bundle), check_redactions(bundle, events)]
        return [*checks, check_revealed(bundle, revealed)] if revealed else checks
    finally:
        bundle.close()


def told_lines(checks: Sequence[Check]) -> Iterator[str]:
    """The result, a line for each check and for each thing that does not match."""
    for check in checks:
        if not check.wrong:
            yield f"ok     {check.name:11} {check.found}"
        for line in check.wrong[:SHOWN]:
            yield f"WRONG  {check.name:11} {line}"
        if len(check.wrong) > SHOWN:
            yield f"WRONG  {check.name:11} and {len(check.wrong) - SHOWN} more"
    wrong = sum(len(check.wrong) for check in checks)
    yield f"{wrong} {'things do' if wrong > 1 else 'thing does'} not match" if wrong else "all that was checked matches"


def given_key(text: str) -> Key:
    """A public key as given: its text, or the file that holds it."""
    if "+" in text and not Path(text).is_file():
        return read_key(text)
    try:
        with Path(text).open(encoding="utf-8", errors="replace") as file:
            return read_key(file.read(10_000))
    except OSError as error:
        raise Refused(f"{text!a}: is no public key and no file that holds one ({error.strerror})") from error


def given_checkpoint(path: Path) -> Noted:
    """An earlier checkpoint as given: its file, or the bundle that holds it."""
    if path.is_dir() or zipfile.is_zipfile(path):
        bundle = open_bundle(path)
        content = bundle.read(CHECKPOINT)
        bundle.close()
    else:
        with path.open("rb") as file:
            content = file.read(MOST_LINE)
    noted = read_checkpoint(content)
    if noted is None:
        raise Refused(f"{path}: is no checkpoint and no bundle with one")
    return noted


def given_item(path: Path) -> Json:
    """What somebody reveals, as `tollbook reveal` printed it."""
    with path.open("rb") as file:
        item = parsed(file.read(MOST_LINE))
    if item is None or not {"withheld", "kind", "salt", "content"} <= item.keys():
        raise Refused(f"{path}: is not what tollbook reveal printed")
    return item


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Checks a bundle that tollbook published, offline.")
    parser.add_argument("path", nargs="?", default=Path(__file__).parent, type=Path, help="the bundle: a folder or zip")
    parser.add_argument("--key", action="append", default=[], help="public key of who published it, or its file")
    parser.add_argument("--checkpoint", action="append", default=[], help="that of an earlier bundle, or that bundle")
    parser.add_argument(
        "--reveal", action="append", default=[], help="what 'tollbook reveal' printed of a withheld item"
    )
    given = parser.parse_args(arguments)
    try:
        earlier = [given_checkpoint(Path(path)) for path in given.checkpoint]
        items = [given_item(Path(path)) for path in given.reveal]
        checks = verify(given.path, [given_key(text) for text in given.key], earlier, items)
    except (Refused, OSError) as error:
        print("verify:", str(error).encode("ascii", "backslashreplace").decode(), file=sys.stderr)
        return 2
    print("\n".join(told_lines(checks)))
    return 1 if any(check.wrong for check in checks) else 0


if __name__ == "__main__":
    sys.exit(main())
