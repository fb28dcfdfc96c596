"""RFC 3161: what an authority is asked, what it answers, and whether that holds. No network and no clock.

Input: an event, replies, certificates. Output: the bytes of a query; a `Token`, which says that bytes of a hash were
there at a time; or why a reply isn't one. What is stamped is the hash of an event, which is the sha256 of its leaf in
the tree over the log: `openssl ts -verify -digest HASH -in reply.tsr -CAfile root.pem` checks the same.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbook.errors import InputError, StoreError, UsageError
from tollbook.store.der import in_order
from tollbook.store.log import Event, Mismatch, hash_of, leaf_of
from tollbook.values import dataclass

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimeStampResponse

    from tollbook.store.unit import Unit

KIND = "timestamp"
INSTALL = "pip install 'tollbook[timestamp]'"
# A reply holds a few certificates; a megabyte is none.
MOST = 1_000_000
_SHA256 = "2.16.840.1.101.3.4.2.1"


@dataclass(frozen=True, slots=True)
class Token:
    """What an authority vouches for: that bytes with this sha256 (hex) were there at `time` (ISO 8601, UTC)."""

    reply: bytes
    hash: str
    time: str
    serial: str
    policy: str
    nonce: int | None


def is_installed() -> bool:
    """Whether the extra that reads time stamps is there."""
    try:
        import rfc3161_client  # noqa: F401
    except ImportError:
        return False
    return True


def need_client() -> None:
    """Raises UsageError where the extra is missing."""
    if not is_installed():
        raise UsageError("time stamps need rfc3161-client", advice=INSTALL)


def query_of(event: Event, *, nonce: bool) -> TimeStampRequest:
    """The query that asks for a stamp on an event's hash, and for the authority's certificates."""
    need_client()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    asked = leaf_of(event).encode()
    return TimestampRequestBuilder(asked, HashAlgorithm.SHA256, nonce=nonce, cert_req=True).build()


def token_of(reply: bytes, what: str) -> Token:
    """The token in a reply; raises InputError, naming `what`, where there is none or it was not granted."""
    need_client()
    answer = _decoded(reply, what)
    info = answer.tst_info
    if info.message_imprint.hash_algorithm.dotted_string != _SHA256:
        raise InputError("stamps no sha256", what=what, advice="ask the authority for one")
    return Token(
        reply,
        info.message_imprint.message.hex(),
        info.gen_time.isoformat().replace("+00:00", "Z"),
        str(info.serial_number),
        info.policy.dotted_string,
        info.nonce,
    )


def _decoded(reply: bytes, what: str) -> TimeStampResponse:
    from rfc3161_client import PKIStatus, decode_timestamp_response

    wrong = InputError("is no time stamp reply", what=what, advice="give what the authority answered, in DER")
    if len(reply) > MOST:
        raise wrong
    try:
        answer = decode_timestamp_response(in_order(reply))
        status = answer.status
        if status not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
            said = "; ".join(answer.status_string) or PKIStatus(status).name.lower()
            raise InputError(f"the authority refused ({said})", what=what, advice="ask again or ask another")
        _ = answer.tst_info.message_imprint.message
    except ValueError:  # of the ASN.1 and of the numbers in it
        raise wrong from None
    return answer


def fault_of(token: Token, roots: Sequence[Certificate]) -> str:
    """Why a token's signature doesn't lead to one of the root certificates, empty where it does."""
    from rfc3161_client import VerificationError, VerifierBuilder

    verifier = VerifierBuilder(roots=list(roots)).build()
    try:
        verifier.verify(_decoded(token.reply, "time stamp"), bytes.fromhex(token.hash))
    except VerificationError as error:
        return " ".join(str(error).split())
    except ValueError as error:
        return f"its certificates can't be read ({error})"
    return ""


def read_roots(path: Path) -> tuple[Certificate, ...]:
    """The certificates in a PEM or DER file; raises UsageError, naming it, where there are none."""
    need_client()
    from cryptography import x509

    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"can't be read ({error.strerror})", what=str(path)) from error
    try:
        if b"-----BEGIN" in content:
            return tuple(x509.load_pem_x509_certificates(content))
        return (x509.load_der_x509_certificate(content),)
    except ValueError:
        raise UsageError(
            "is no certificate", what=str(path), advice="give the authority's root as PEM or DER"
        ) from None


def payload(event: Event, token: Token, authority: str | None) -> dict[str, Any]:
    """What an event `timestamp` tells: the event it is about, and the reply, word for word."""
    return {
        "event": event.seq,
        "hash": event.hash,
        "time": token.time,
        "authority": authority,
        "serial": token.serial,
        "policy": token.policy,
        "reply": base64.b64encode(token.reply).decode("ascii"),
    }


class Stamps:
    """Every token of a log held against it, and against `roots`, where there are any. An observer of `verify.walk`.

    `checked` counts the tokens; `remarks` are what was not looked at.
    """

    def __init__(self, unit: Unit, roots: Sequence[Certificate] = ()) -> None:
        self.checked = 0
        self.remarks: list[Mismatch] = []
        self._unit, self._roots = unit, roots
        self._seen = 0
        self._can = is_installed()

    def see(self, event: Event) -> Iterator[Mismatch]:
        """What is wrong with the token of an event."""
        if event.kind != KIND:
            return
        self._seen += 1
        if self._can:
            self.checked += 1
            if wrong := self._wrong(event):
                yield Mismatch(str(event), wrong)

    def skip(self, seq: int) -> None:
        """Nothing is known of what it tells."""

    def end(self) -> Iterator[Mismatch]:
        """Nothing more is wrong; what was not looked at is a remark."""
        if self._seen and not self._can:
            self.remarks.append(Mismatch("time stamps", f"not checked, as this needs rfc3161-client; {INSTALL}"))
        elif self._seen and not self._roots:
            said = "held against the log, but not against a certificate; --tsa-root CERT does that"
            self.remarks.append(Mismatch("time stamps", said))
        return iter(())

    def _wrong(self, event: Event) -> str:
        try:
            told = json.loads(event.payload)
            token = token_of(base64.b64decode(told["reply"], validate=True), str(event))
            about = self._unit.event(int(told["event"]))
        except InputError as error:
            return error.message
        except (ValueError, KeyError, TypeError, binascii.Error, StoreError):
            return "holds no time stamp that can be read"
        if about is None or about.seq >= event.seq:
            return "is about an event that isn't before it"
        if token.hash != hash_of(about) or about.hash != told.get("hash"):
            return f"its token is of another hash than that of {about}"
        if token.time != told.get("time"):
            return "its token tells another time"
        if self._roots and (fault := fault_of(token, self._roots)):
            return f"its token is not from an authority of that root: {fault}"
        return ""
