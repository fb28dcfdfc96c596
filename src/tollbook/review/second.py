"""The second factor: codes of an authenticator app (RFC 6238), and recovery codes for who has lost it.

Input: a secret and what a person types. Output: the time step that a code is of, or None; the picture that an app
reads. A step's code is taken once: who has looked over a shoulder can't use it again.
"""

from __future__ import annotations

import hmac
import io
import re
import secrets

STEP = 30
_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


def new_secret() -> str:
    """160 bits in Base32, as RFC 4226 asks for."""
    import pyotp

    return pyotp.random_base32()


def step_of(secret: str, code: str, now: float, after: int) -> int | None:
    """The time step that a code is of: this one, the one before or the next, later than `after`; None for none."""
    import pyotp

    given = re.sub(r"\s", "", code)
    maker, found = pyotp.TOTP(secret), None
    for step in range(int(now) // STEP - 1, int(now) // STEP + 2):
        right = hmac.compare_digest(maker.generate_otp(step).encode(), given.encode("utf-8", "surrogatepass"))
        if right and step > after:
            found = step
    return found


def address(secret: str, name: str, host: str) -> str:
    """What an authenticator app is told: an `otpauth` address."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=f"tollbook {host}")


def picture(text: str) -> bytes:
    """A QR code as SVG, black on white in light and dark."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=5, border=4, light="#fff")
    return out.getvalue()


def recovery_codes() -> list[str]:
    """Ten codes that work once each: "k3np-7wqx-a2fd", 59 bits."""
    return ["-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)) for _ in range(_CODES)]


def as_typed(code: str) -> str:
    """A recovery code however it was typed: "K3NP 7WQX A2FD" is k3np-7wqx-a2fd."""
    signs = re.sub(r"[^a-z0-9]", "", code.lower())
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))
