"""How we reach a webhook: HTTP over connections that are kept for the next event."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from emulator import wire

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said."""

    status: int
    body: bytes


class Client:
    """Sends requests to one URL."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.hostname is None:
            raise ValueError(f"{url!r} is no http:// or https:// address")
        self.url = url
        self._secure = parts.scheme == "https"
        self._address = parts.hostname, parts.port or (443 if self._secure else 80)
        self._path = parts.path or "/"
        self._host = parts.netloc.rpartition("@")[2]
        self._idle: list[Streams] = []
        self._closed = False

    async def get(self, query: str, seconds: float) -> Answer:
        """GET the URL with *query*; OSError if there is no answer in time."""
        return await self._ask(self._head("GET", f"{self._path}?{query}", []), seconds)

    async def post(self, body: bytes, signature: str, seconds: float) -> Answer:
        """POST *body* with its *signature*; OSError if there is no answer in time."""
        rows = [
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            f"X-Hub-Signature-256: {signature}",
        ]
        return await self._ask(self._head("POST", self._path, rows) + body, seconds)

    def close(self) -> None:
        """End the connections that nobody uses, and those in use after their answer."""
        self._closed = True
        while self._idle:
            self._idle.pop()[1].close()

    def _head(self, method: str, target: str, rows: list[str]) -> bytes:
        lines = [
            f"{method} {target} HTTP/1.1",
            f"Host: {self._host}",
            "User-Agent: facebookexternalua",
            "Accept: */*",
            *rows,
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    async def _ask(self, request: bytes, seconds: float) -> Answer:
        async with asyncio.timeout(seconds):
            reader, writer = streams = await self._streams()
            try:
                writer.write(request)
                head = await wire.read_head(reader)
                body = await wire.read_body(reader, head, to_end=True)
                answer = Answer(int(head.second), body)
            except BaseException:
                writer.transport.abort()
                raise
        self._put_back(streams, head)
        return answer

    async def _streams(self) -> Streams:
        while self._idle:
            reader, writer = self._idle.pop()
            if not (reader.at_eof() or writer.is_closing()):
                return reader, writer
            writer.close()
        return await asyncio.open_connection(*self._address, ssl=self._secure or None)

    def _put_back(self, streams: Streams, head: wire.Head) -> None:
        # Without a length the answer ended with its connection.
        measured = head.headers.keys() & {"content-length", "transfer-encoding"}
        if head.keeps_alive and measured and not self._closed:
            self._idle.append(streams)
        else:
            streams[1].close()
