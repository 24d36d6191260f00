"""Fetch one file into a folder, within limits of size and time."""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import certifi
import urllib3

from bot.attachments import content
from bot.attachments.address import NotAllowedError, Place, Resolve, place, resolve
from bot.clock import monotonic
from bot.tongue import english, shape

LARGEST = 25 * 1024 * 1024  # Messenger takes no larger ones
TIMEOUT = urllib3.Timeout(connect=5.0, read=15.0)
LONGEST = 90.0  # seconds for all of it
PIECE = 65_536
MOST_REDIRECTS = 3
REDIRECTS = (301, 302, 303, 307, 308)

UNREACHED = shape("its server can't be reached ({error})")
ANSWERED = shape("its server answered {status}")
LARGER = shape("it is larger than {most} MB")


class FetchError(Exception):
    """The file was not fetched; *again* says whether it is worth another try."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.again = again


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A file that is kept."""

    name: str
    content_type: str
    size: int
    #: Whether a page may show it: a picture, and none too large.
    is_shown: bool


@dataclass(frozen=True, kw_only=True)
class Fetcher:
    """Fetches files into *folder*; from *emulator* alone if there is one."""

    folder: Path
    emulator: str | None = None
    look_up: Resolve = resolve
    largest: int = LARGEST
    longest: float = LONGEST

    def fetch(self, url: str, *, is_picture: bool) -> Fetched:
        """Return the file at *url* as it is kept; raise FetchError if it is not."""
        try:
            with _opened(self, url) as response:
                return self._keep(response, is_picture=is_picture)
        except NotAllowedError as error:
            raise FetchError(str(error), again=False) from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            reason = UNREACHED.format(error=type(error).__name__)
            raise FetchError(reason, again=True) from error

    def _keep(self, response: urllib3.BaseHTTPResponse, *, is_picture: bool) -> Fetched:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        name = secrets.token_hex(16)
        draft = self.folder / f".{name}"
        try:
            first, size = self._write(response, draft)
            kind = content.kind(first)
            if size == 0:
                raise FetchError(english("it is empty"), again=True)
            if is_picture and kind not in content.SHOWN:
                raise FetchError(
                    english("it is not the picture it is said to be"), again=False
                )
            draft.rename(self.folder / name)
        finally:
            draft.unlink(missing_ok=True)
        shown = content.may_be_shown(first)
        return Fetched(name=name, content_type=kind, size=size, is_shown=shown)

    def _write(
        self, response: urllib3.BaseHTTPResponse, path: Path
    ) -> tuple[bytes, int]:
        """Write what comes; return its first bytes and its length."""
        first, size = b"", 0
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for piece in self._pieces(response):
                file.write(piece)
                first += piece[: content.ENOUGH - len(first)]
                size += len(piece)
            file.flush()
            os.fsync(file.fileno())
        return first, size

    def _pieces(self, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        began, size = monotonic(), 0
        announced = response.headers.get("Content-Length", "0")
        if announced.isdigit() and int(announced) > self.largest:
            raise FetchError(_too_large(self.largest), again=False)
        while piece := response.read(PIECE, decode_content=False):
            size += len(piece)
            if size > self.largest:
                raise FetchError(_too_large(self.largest), again=False)
            if monotonic() - began > self.longest:
                raise FetchError(english("it took too long"), again=True)
            yield piece


@contextmanager
def _opened(fetcher: Fetcher, url: str) -> Iterator[urllib3.BaseHTTPResponse]:
    """Open a URL, or where it leads to if that is allowed as well."""
    for _ in range(MOST_REDIRECTS + 1):
        where = place(url, fetcher.emulator, fetcher.look_up)
        with closing(_pool(where)) as pool, closing(_ask(pool, where)) as response:
            if response.status not in REDIRECTS:
                yield _good(response)
                return
            url = urljoin(url, response.headers.get("Location", ""))
    raise FetchError(english("it leads on and on"), again=False)


def _ask(pool: urllib3.HTTPConnectionPool, where: Place) -> urllib3.BaseHTTPResponse:
    return pool.urlopen(
        "GET",
        where.path,
        headers={"Host": _host(where), "Accept-Encoding": "identity"},
        redirect=False,
        retries=False,
        preload_content=False,
        timeout=TIMEOUT,
    )


def _pool(where: Place) -> urllib3.HTTPConnectionPool:
    """Return a connection to the address that was looked at, and to no other."""
    if where.scheme == "http":
        return urllib3.HTTPConnectionPool(where.address, where.port)
    return urllib3.HTTPSConnectionPool(
        where.address,
        where.port,
        server_hostname=where.host,
        assert_hostname=where.host,
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
    )


def _host(where: Place) -> str:
    return where.host if where.scheme == "https" else f"{where.host}:{where.port}"


def _good(response: urllib3.BaseHTTPResponse) -> urllib3.BaseHTTPResponse:
    if response.status == 200:
        return response
    raise FetchError(ANSWERED.format(status=response.status), again=True)


def _too_large(most: int) -> str:
    return LARGER.format(most=most // 1024 // 1024)
