"""The little of HTTP that a listener to events speaks, read strictly.

One request a connection, a GET without a body. Not a library: of those that are
installed with us (rasa-sdk brings sanic and httptools) none is ours to rely on, and
what we need is a head of at most 8 KiB. What is odd in any way is refused: two
readers that understand a request differently is how requests are smuggled.
https://www.rfc-editor.org/rfc/rfc9112
"""

import re
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

LONGEST = 8192  # bytes of a head
MOST_FIELDS = 64

_LINE = re.compile(rb"([A-Z]{1,16}) (/[\x21-\x7e]{0,2000}) HTTP/1\.([01])")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x20-\x7e\x80-\xff\t]*)")
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_ONLY_ONCE = frozenset({"host", "origin", "sec-fetch-site"})


class RefusedError(Exception):
    """A request is refused; the status, and one sentence for whoever sent it."""

    def __init__(self, status: str, words: str, **headers: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.headers = headers


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was asked for, and by whom."""

    path: str
    query: dict[str, str]
    fields: dict[str, str]
    #: The name in the Host field, without its port.
    host: str

    def cookie(self, name: str) -> str | None:
        """Return a cookie, None if there is none of this name."""
        try:
            found = SimpleCookie(self.fields.get("cookie", "")).get(name)
        except CookieError:
            return None
        return None if found is None else found.value


def parse(head: bytes) -> Request:
    """Return the request with this head, or raise RefusedError."""
    first, *others = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    line = _LINE.fullmatch(first)
    if line is None:
        raise RefusedError("400 Bad Request", "That is no request.")
    if line[1] != b"GET":
        raise RefusedError("405 Method Not Allowed", "Ask with GET.", Allow="GET")
    fields = _fields(others)
    host = _HOST.fullmatch(fields.get("host", ""))
    if host is None:
        raise RefusedError("400 Bad Request", "The Host field is missing or odd.")
    if "content-length" in fields or "transfer-encoding" in fields:
        raise RefusedError("400 Bad Request", "A GET has no body here.")
    target = urlsplit(line[2].decode("ascii"))
    query = {name: values[0] for name, values in parse_qs(target.query).items()}
    return Request(path=target.path, query=query, fields=fields, host=host[1])


def _fields(lines: list[bytes]) -> dict[str, str]:
    if len(lines) > MOST_FIELDS:
        raise RefusedError("431 Request Header Fields Too Large", "Too many fields.")
    found: dict[str, str] = {}
    for line in lines:
        field = _FIELD.fullmatch(line)
        if field is None:
            raise RefusedError("400 Bad Request", "A field is malformed.")
        name = field[1].decode("ascii").lower()
        if name in found and name in _ONLY_ONCE:
            raise RefusedError("400 Bad Request", "A field is there twice.")
        value = field[2].decode("latin-1").strip()
        # A proxy may split the cookies over several fields.
        found[name] = f"{found[name]}; {value}" if name in found else value
    return found
