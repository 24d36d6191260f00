"""How many tries has this browser left to sign in?

Strangers who try an account from many places use up the tries of unknown
browsers alone. One in which its owner has signed in before holds a sealed cookie
and has tries of its own; and a sign-in link always works.
"""

import hashlib
import hmac
import ipaddress
import secrets

from flask import request

from bot.store.attempts import Limit
from bot.store.staff import normal
from bot.web import cookies
from bot.web.current import parts

QUARTER = 15 * 60.0
HOUR = 3600.0


def limits(login: str) -> list[Limit]:
    """Return under which limits this request may try *login*."""
    known = _known(login)
    if known is not None:
        return [_limit("known", known, 10, QUARTER)]
    address = _address()
    return [
        _limit("pair", f"{normal(login)} {address}", 10, QUARTER),
        _limit("address", address, 60, QUARTER),
        _limit("account", normal(login), 100, HOUR),
    ]


def code_limits(login: str) -> list[Limit]:
    """Return under which limits this request may try codes: fewer than passwords.

    A code is six digits, and whoever is asked for one has the password already.
    """
    known = _known(login)
    if known is not None:
        return [_limit("know-code", known, 10, QUARTER)]
    return [
        _limit("pair-code", f"{normal(login)} {_address()}", 10, QUARTER),
        _limit("account-code", normal(login), 30, HOUR),
    ]


def own(limited: list[Limit]) -> list[str]:
    """Return the keys that a success makes up for: not those strangers share."""
    return [limit.key for limit in limited if limit.key[:4] in ("know", "pair")]


def known_browser(login: str) -> str:
    """Return what a browser keeps in which the owner of *login* has signed in."""
    nonce = secrets.token_urlsafe(16)
    return f"{nonce}.{_seal(nonce, login)}"


def _known(login: str) -> str | None:
    nonce, _, seal = request.cookies.get(cookies.name(cookies.KNOWN), "").partition(".")
    good = hmac.compare_digest(seal.encode(), _seal(nonce, login).encode())
    return nonce if good else None


def _seal(nonce: str, login: str) -> str:
    key = hashlib.sha256(b"frontdesk browser" + parts().settings.secret_key.encode())
    return hmac.digest(
        key.digest(), f"{nonce} {normal(login)}".encode(), "sha256"
    ).hex()


def _limit(kind: str, what: str, most: int, seconds: float) -> Limit:
    # A hash: a login that was mistyped may be a password.
    digest = hashlib.sha256(what.encode()).hexdigest()[:40]
    return Limit(key=f"{kind}:{digest}", most=most, seconds=seconds)


def _address() -> str:
    """Return where the request comes from; of IPv6 the network that one house has."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)
