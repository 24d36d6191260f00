"""From where may a file be fetched? From Meta's hosts, at addresses of the internet.

A message names an address, and whoever can make us open it might have us open doors
inside: so the host must be known, it is looked up once, and the connection goes to
the very address that was looked at.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

from bot.tongue import english

#: Where Meta keeps what people send: pictures and videos, and files.
HOSTS = (".fbcdn.net", ".fbsbx.com")
HTTPS = 443
NAME = re.compile("[a-z0-9.-]+")

Resolve: TypeAlias = Callable[[str, int], Sequence[str]]


class NotAllowedError(Exception):
    """The address is none that we fetch from; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where to connect, to whom, and what to ask for."""

    scheme: str
    host: str
    port: int
    #: The address that the host was looked up as.
    address: str
    path: str


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host, as the machine knows them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ConnectionError(
            f"the host is not known ({type(error).__name__})"
        ) from error
    return [str(entry[4][0]) for entry in found]


def place(url: str, emulator: str | None, look_up: Resolve = resolve) -> Place:
    """Return where to fetch *url*; raise NotAllowedError if we do not.

    *emulator* is the address of an emulator on this machine, which stands in for
    Meta in the demo and the tests: beside it nothing leaves the machine.
    """
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotAllowedError(english("its address can't be read")) from None
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    if emulator:
        if not url.startswith(f"{emulator}/"):
            raise NotAllowedError(english("its address is not one of Messenger's"))
        address = look_up(host, port or 80)[0]
        return Place(
            scheme="http", host=host, port=port or 80, address=address, path=path
        )
    plain = (
        parts.scheme == "https" and port in (None, HTTPS) and "@" not in parts.netloc
    )
    if not plain or not _is_metas(host):
        raise NotAllowedError(english("its address is not one of Messenger's"))
    address = _public(look_up(host, HTTPS))
    return Place(scheme="https", host=host, port=HTTPS, address=address, path=path)


def _is_metas(host: str) -> bool:
    return bool(NAME.fullmatch(host.lower())) and host.lower().endswith(HOSTS)


def _public(addresses: Sequence[str]) -> str:
    """Return the first of *addresses*, if all are of the internet."""
    if not addresses or not all(map(is_public, addresses)):
        raise NotAllowedError(english("its host leads into a private network"))
    return addresses[0]


def is_public(address: str) -> bool:
    """Return whether an address is one of the internet, however it is written."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inside = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if any(inner is not None and not inner.is_global for inner in inside):
            return False
    return found.is_global and not found.is_multicast
