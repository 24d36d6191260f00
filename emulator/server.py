"""How a request becomes an answer: connections, keep-alive, and breaking both."""

import asyncio
import http
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol
from urllib.parse import unquote

from emulator import wire

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, read to its end."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass(slots=True)
class Response:
    """One answer, and how much of it reaches the other side."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)
    ending: Literal["whole", "cut", "reset"] = "whole"
    #: What happens once the answer has left.
    then: Callable[[], None] | None = None


class App(Protocol):
    """What the server serves."""

    def drops(self, method: str, path: str) -> bool:
        """Say whether the connection dies before the body is read."""

    async def answer(self, request: Request) -> Response:
        """Return the answer to *request*."""


class Server:
    """Serves one app on one port, in one thread."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, host: str, port: int) -> str:
        """Begin to listen; return the address to reach us under."""
        self._server = await asyncio.start_server(self._connected, host, port)
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def stop(self) -> None:
        """End every connection, also those that wait for news."""
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _connected(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while await self._exchange(reader, writer):
                pass
        except wire.MalformedError as what:
            await _write(writer, Response(400, str(what).encode(), "text/plain"))
        except (OSError, EOFError):
            pass  # the other side went away, which is its right
        finally:
            writer.close()

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        head = await wire.read_head(reader)
        path, _, query = head.second.partition("?")
        if self._app.drops(head.first, path):
            wire.reset(writer)
            return False
        if head.headers.get("expect", "").lower() == "100-continue":
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = await wire.read_body(reader, head)
        response = await self._answered(
            Request(head.first, unquote(path), query, head.headers, body)
        )
        await _write(writer, response, head_only=head.first == "HEAD")
        return head.keeps_alive and response.ending == "whole"

    async def _answered(self, request: Request) -> Response:
        try:
            return await self._app.answer(request)
        except Exception:
            log.exception("%s %s failed", request.method, request.path)
            return Response(500, b'{"error": "the emulator failed; see its log"}')


async def _write(
    writer: asyncio.StreamWriter, response: Response, *, head_only: bool = False
) -> None:
    try:
        if response.ending == "reset":
            wire.reset(writer)
            return
        body = b"" if head_only else response.body
        if response.ending == "cut":
            body = body[: len(body) // 2]
        writer.write(_head(response) + body)
        await writer.drain()
    finally:
        if response.then is not None:
            response.then()


def _head(response: Response) -> bytes:
    reason = http.HTTPStatus(response.status).phrase
    rows = [
        f"HTTP/1.1 {response.status} {reason}",
        f"Content-Type: {response.content_type}",
        f"Content-Length: {len(response.body)}",
        *(f"{name}: {value}" for name, value in response.headers.items()),
    ]
    return ("\r\n".join(rows) + "\r\n\r\n").encode("latin-1")
