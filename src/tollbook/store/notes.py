"""Signed notes and checkpoints, as C2SP has them: a few lines of text that an Ed25519 key vouches for. Pure.

Input: lines and a key; output: a note, or from a note its lines and by whom they are signed. A checkpoint is the note
on a log: which one, how many events, the root over them. The formats are called signed-note and tlog-checkpoint.

    tollbook/3f1c0d9a5b7e2468
    12
    9xS2…=

    — desk Q3Rf…=
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable

from tollbook.errors import StoreError
from tollbook.values import dataclass

_ED25519 = b"\1"
_MOST = 100  # signatures of a note, as in the reference implementation
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]{1,100}")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_SIGNED = re.compile("— ([^ ]+) ([^ ]+)")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")


class NoteError(StoreError):
    """A note, a checkpoint or a key that can't be read, or a signature that isn't of the key that it names."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half of a key that others check signatures by: a name and 32 bytes."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64_of(_ED25519 + self.key)}"

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """The key from `name+hexkeyid+base64`. Raises NoteError where it is none, or its id isn't that of the key."""
        name, key_id, encoded = _parted(text, "a public key")
        key = cls(name, encoded)
        if key.id.hex() != key_id:
            raise NoteError("is no public key: its id is not that of the key", advice="copy it whole")
        return key

    def holds(self, signature: bytes, text: str) -> bool:
        """True where a signature over a text is this key's."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class PrivateKey:
    """The half of a key that signs: a name and 32 secret bytes, which no repr shows."""

    name: str
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """The other half."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return PublicKey(self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def sign(self, text: str) -> bytes:
        """The signature over a text, 64 bytes; the same text has the same one."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())


def is_key_name(name: str) -> bool:
    """True for what a key may be called: no spaces, no plus sign, a hundred characters at most."""
    return _NAME.fullmatch(name) is not None and _CONTROL.search(name) is None


# ---- notes ----


@dataclass(frozen=True, slots=True)
class Signature:
    """One line of a note: the name and id of a key, and the bytes of its signature."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"— {self.name} {base64_of(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, whose last character ends its last line, and the signatures under it; none is checked yet."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    @classmethod
    def parse(cls, content: str) -> Note:
        """The note from its text. Raises NoteError where it is none; one without signatures is one."""
        text, found, rest = content.rpartition("\n\n")
        text += "\n"
        if not found or not text.strip() or _CONTROL.search(content) or (rest and not rest.endswith("\n")):
            raise NoteError("is no signed note", advice="copy it whole, its last line's end included")
        lines = rest.split("\n")[:-1]
        if len(lines) > _MOST:
            raise NoteError(f"has more than {_MOST} signatures")
        return cls(text, tuple(_signature(line) for line in lines))

    def signed(self, key: PrivateKey) -> Note:
        """The note with a key's signature, in place of an older one by it."""
        public = key.public
        own = Signature(key.name, public.id, key.sign(self.text))
        others = (one for one in self.signatures if (one.name, one.key_id) != (own.name, own.key_id))
        return Note(self.text, (*others, own))

    def signers(self, keys: Iterable[PublicKey]) -> tuple[PublicKey, ...]:
        """Which of some keys have signed it; what other keys signed is passed over.

        Raises NoteError where a signature names one of the keys and isn't its: then nothing in the note can be trusted.
        """
        known = {(key.name, key.id): key for key in keys}
        found: dict[PublicKey, None] = {}
        for one in self.signatures:
            key = known.get((one.name, one.key_id))
            if key is None or key in found:
                continue
            if not key.holds(one.signature, self.text):
                raise NoteError(f"its signature by {key.name} does not fit its text")
            found[key] = None
        return tuple(found)


def _signature(line: str) -> Signature:
    match = _SIGNED.fullmatch(line)
    decoded = bytes_of(match[2]) if match else None
    if not match or not is_key_name(match[1]) or decoded is None or len(decoded) < 5:
        raise NoteError("is no signed note: a line under the blank one is no signature")
    return Signature(match[1], decoded[:4], decoded[4:])


# ---- checkpoints ----


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How a log stood: `origin` names it, `size` counts its events, `root` is the root over them, 32 bytes.

    `extensions` are further lines, none of them empty.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Its lines, as they are signed."""
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), base64_of(self.root), *self.extensions))

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The checkpoint from the lines of a note. Raises NoteError where they are none."""
        lines = text.removesuffix("\n").split("\n")
        root = bytes_of(lines[2]) if len(lines) >= 3 and _SIZE.fullmatch(lines[1]) else None
        if root is None or len(root) != 32 or not all(lines):
            raise NoteError("is no checkpoint, which has a line each for the log, its size and its root")
        return cls(lines[0], int(lines[1]), root, tuple(lines[3:]))


def origin_of(first_hash: str) -> str:
    """What a log is called in its checkpoints, by the hash of its first event."""
    return f"tollbook/{first_hash[:16]}"


# ---- bytes as text ----


def base64_of(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def bytes_of(text: str) -> bytes | None:
    """The bytes of a Base64 text, None where it isn't exactly the one that they would be written as."""
    try:
        found = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return None
    return found if base64_of(found) == text else None


def _parted(text: str, noun: str) -> tuple[str, str, bytes]:
    """Name, id and the 32 bytes of a key written as `name+id+base64`."""
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    decoded = bytes_of(encoded)
    if not is_key_name(name) or decoded is None or len(decoded) != 33 or decoded[:1] != _ED25519:
        raise NoteError(f"is not {noun}, which reads name+id+base64", advice="copy it whole")
    return name, key_id, decoded[1:]
