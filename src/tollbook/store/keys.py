"""Keys in files: a private one that only its owner may read, with a passphrase if wanted, and the public one beside it.

Input: a name and a path, later the path and who knows the passphrase. Output: `PrivateKey` and `PublicKey`. Without a
passphrase the line in the file is the one that other tools for signed notes write and read; with one it is

    ENCRYPTED+PRIVATE+KEY+<name>+<id>+<base64 of: 1 byte cost, 16 bytes salt, 48 bytes box>

where the box holds the 32 secret bytes under ChaCha20-Poly1305, with all that stands before the Base64 as associated
data, a nonce of zeros, and a key of its own: scrypt(passphrase, salt, n=2**cost, r=8, p=1).
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tollbook.errors import OutputError, UsageError
from tollbook.files import explained, sync
from tollbook.store.notes import NoteError, PrivateKey, PublicKey, base64_of, bytes_of, is_key_name

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_PLAIN, _LOCKED = "PRIVATE+KEY+", "ENCRYPTED+PRIVATE+KEY+"
# Half a second and 128 MiB for each guess; files that ask for more than sixteen times that are not ours.
_COST, _MOST_COST = 17, 21
_NONCE = bytes(12)
_LONGEST = 4096

Ask = Callable[[], str]


def new_key(name: str) -> PrivateKey:
    """A key that nobody has, of this name. Raises UsageError for what can be no name."""
    if not is_key_name(name):
        raise UsageError("is no name for a key", what=repr(name), advice="use no spaces and no '+', 100 signs at most")
    return PrivateKey(name, secrets.token_bytes(32))


def public_path(path: Path) -> Path:
    """Where the public half lies: beside the private one."""
    return path.with_name(f"{path.name}.pub")


def write_key(path: Path, key: PrivateKey, passphrase: str = "") -> None:
    """Write both halves, the private one for its owner alone. Raises OutputError; nothing is ever overwritten."""
    for one in (path, public_path(path)):
        if os.path.lexists(one):
            raise OutputError("is there already", what=str(one), advice="a key is never overwritten; name another file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path, locked(key, passphrase) if passphrase else _plain(key), 0o600)
        try:
            _create(public_path(path), f"{key.public}\n", 0o644)
            sync(path.resolve().parent)
        except BaseException:
            path.unlink()
            raise
    except OSError as error:
        raise explained(error, path) from error


def _create(path: Path, text: str, mode: int) -> None:
    """A new file, whole or not at all; open to others never, not even for a moment."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), mode)  # whatever the umask
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink()
        raise


def read_private(path: Path, ask: Ask) -> PrivateKey:
    """The private key in a file; `ask` gives the passphrase where it has one. Raises NoteError, UsageError."""
    return private_of(_read(path), ask, str(path))


def private_of(text: str, ask: Ask, what: str) -> PrivateKey:
    """The private key in the text of a file that errors call `what`. Raises NoteError."""
    try:
        if text.startswith(_LOCKED):
            return _unlocked(text, ask)
        if text.startswith(_PLAIN):
            # The seed stands where a public key has its bytes, so that the id alone shows whether it is whole.
            name, key_id, seed = _parts(text.removeprefix(_PLAIN), 33)
            return _whole(PrivateKey(name, seed[1:]), key_id)
    except NoteError as error:
        raise NoteError(error.message, what=what, advice=error.advice) from None
    wrong = "is the public half of a key" if _is_public(text) else "is no private key"
    raise NoteError(wrong, what=what, advice="name the file that 'tollbook key new' wrote with --out")


def read_public(given: str) -> PublicKey:
    """A public key from a file, or from its text itself. Raises NoteError, UsageError."""
    if _is_public(given):
        return PublicKey.parse(given)
    path = Path(given)
    if given.count("+") >= 2 and not path.exists():
        raise NoteError("is no whole public key", what=given, advice="copy it whole, or name its file")
    text = _read(path)
    if text.startswith((_PLAIN, _LOCKED)):
        raise NoteError("is a private key; keep it to yourself", what=given, advice=f"give {public_path(path)} instead")
    try:
        return PublicKey.parse(text)
    except NoteError as error:
        raise NoteError(error.message, what=given, advice=error.advice) from None


def public_of(path: Path, ask: Ask) -> PublicKey:
    """The public half of the key in a file, which may be either half; `ask` is called only for a locked one."""
    text = _read(path)
    return read_private(path, ask).public if text.startswith((_PLAIN, _LOCKED)) else read_public(str(path))


# ---- with a passphrase ----


def locked(key: PrivateKey, passphrase: str, cost: int = _COST) -> str:
    """The line of a file that only who knows the passphrase can use."""
    head = f"{_LOCKED}{key.name}+{key.public.id.hex()}+"
    salt = secrets.token_bytes(16)
    box = _cipher(passphrase, salt, cost).encrypt(_NONCE, key.seed, head.encode())
    return f"{head}{base64_of(bytes([cost]) + salt + box)}\n"


def _unlocked(text: str, ask: Ask) -> PrivateKey:
    from cryptography.exceptions import InvalidTag

    name, key_id, held = _parts(text.removeprefix(_LOCKED), 65)
    cost, salt, box = held[0], held[1:17], held[17:]
    if not 1 <= cost <= _MOST_COST:
        raise NoteError("is no private key of this tollbook")
    head = f"{_LOCKED}{name}+{key_id}+"
    try:
        seed = _cipher(ask(), salt, cost).decrypt(_NONCE, box, head.encode())
    except InvalidTag:
        raise NoteError("wrong passphrase, or the file is damaged", advice="try again") from None
    return _whole(PrivateKey(name, seed), key_id)


def _cipher(passphrase: str, salt: bytes, cost: int) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    secret = passphrase.encode("utf-8", "surrogateescape")
    return ChaCha20Poly1305(hashlib.scrypt(secret, salt=salt, n=1 << cost, r=8, p=1, maxmem=1 << cost + 11, dklen=32))


# ---- lines ----


def _plain(key: PrivateKey) -> str:
    held = base64_of(b"\1" + key.seed)
    return f"{_PLAIN}{key.name}+{key.public.id.hex()}+{held}\n"


def _parts(text: str, size: int) -> tuple[str, str, bytes]:
    name, key_id, encoded = [*text.strip().split("+", 2), "", "", ""][:3]
    held = bytes_of(encoded)
    if not is_key_name(name) or held is None or len(held) != size:
        raise NoteError("is no private key, or a part of one", advice="restore it from a copy")
    return name, key_id, held


def _whole(key: PrivateKey, key_id: str) -> PrivateKey:
    if key.public.id.hex() != key_id:
        raise NoteError("is damaged: its id is not that of the key", advice="restore it from a copy")
    return key


def _is_public(text: str) -> bool:
    try:
        PublicKey.parse(text)
    except NoteError:
        return False
    return True


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST).decode("utf-8", "replace")
    except OSError as error:
        advice = "name the file of a key; 'tollbook key new NAME --out FILE' makes one"
        raise UsageError(f"can't be read ({error.strerror})", what=str(path), advice=advice) from None
    except ValueError:
        raise UsageError("is no file", what=repr(str(path))) from None
