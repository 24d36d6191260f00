"""Codes of an authenticator app, and recovery codes for whoever has lost theirs.

https://www.rfc-editor.org/rfc/rfc6238 with what all apps take: SHA-1, six digits,
thirty seconds.
"""

import base64
import hmac
import secrets
from urllib.parse import quote, urlencode

STEP = 30  # seconds
DIGITS = 6
AROUND = (0, -1, 1)  # steps by which a phone's clock may be off
ISSUER = "Frontdesk"
RECOVERY_CODES = 10
# Without letters that are taken for digits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """Return a secret for an app, in the letters that can be typed into it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code(secret: str, step: int, digits: int = DIGITS) -> str:
    """Return the code of one time step."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_of(secret: str, given: str, seconds: float) -> int | None:
    """Return the time step near *seconds* whose code was given."""
    now = int(seconds // STEP)
    fitting = [
        now + off
        for off in AROUND
        if hmac.compare_digest(code(secret, now + off).encode(), given.encode())
    ]
    return fitting[0] if fitting else None


def uri(secret: str, login: str) -> str:
    """Return what an app reads from the QR code."""
    label = quote(f"{ISSUER}:{login}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER})}"


def grouped(secret: str) -> str:
    """Return a secret or a code as it is easy to read off."""
    return " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))


def new_recovery_codes() -> list[str]:
    """Return ten recovery codes, each worth 79 bits."""
    return [
        "".join(map(secrets.choice, [_LETTERS] * 16)) for _ in range(RECOVERY_CODES)
    ]


def plain(given: str) -> str:
    """Return a code as it is kept, however it was typed."""
    return "".join(given.split()).replace("-", "").casefold()
