"""Passwords: which are good enough, how they are kept, whether one is right."""

import re
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.tongue import _

LEAST, MOST = 12, 1000

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
# Each takes 64 MiB and all cores for a third of a second: guessing must not
# starve those who wait for an answer.
_AT_ONCE = threading.BoundedSemaphore(2)
# What is checked when there is nothing to check, so that it takes as long.
_NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$c2FsdG9mbm9ib2R5$"
    "PIn4YEsKqPRbsAqmVLBF6yO2JyzXRWBSr2eKlVS1kaQ"
)
_OBVIOUS = re.compile(
    "(password|passwort|passw0rd|passord|motdepasse|contrasena|qwertyuiop|qwerty|qwertz"
    "|azerty|asdfghjkl|asdfgh|zxcvbnm|letmein|welcome|iloveyou|monkey|dragon|football"
    "|baseball|sunshine|princess|administrator|admin|root|changeme|secret|trustno"
    "|starwars|superman|batman|whatever|frontdesk|messenger|facebook|support)+"
)
_ROW = "01234567890123456789" * 50


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(_normal(password))


def matches(password_hash: str | None, given: str) -> bool:
    """Return whether *given* is the password; it takes as long if there is none."""
    with _AT_ONCE:
        try:
            _HASHER.verify(password_hash or _NOBODYS, _normal(given))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Return whether a password is kept in a weaker way than is usual now."""
    return _HASHER.check_needs_rehash(password_hash)


def problem(password: str, *about: str) -> str | None:
    """Return why a password is not good enough; *about* is what others know of you."""
    if len(password) < LEAST:
        return _(
            "Use at least %(least)s characters. A few words in a row are fine.",
            least=LEAST,
        )
    if len(password) > MOST:
        return _("Use at most %(most)s characters.", most=MOST)
    plain = _normal(password).casefold()
    if any(len(word) > 3 and word.casefold() in plain for word in about):
        return _("Leave out your name: it is the first thing others would try.")
    if _is_obvious(plain):
        return _("This is among the first passwords others would try. Use another.")
    return None


def _is_obvious(plain: str) -> bool:
    """Return whether it is a usual word with trimmings, a row of digits, or dull."""
    letters = re.sub(r"[\W\d_]+", "", plain)
    row = plain in _ROW or plain[::-1] in _ROW
    return row or len(set(plain)) < 5 or _OBVIOUS.fullmatch(letters) is not None


def _normal(password: str) -> str:
    """Return a password alike for all keyboards that may type it."""
    return unicodedata.normalize("NFKC", password)
