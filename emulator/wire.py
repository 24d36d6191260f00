"""HTTP/1.1 over asyncio streams: what the server and the webhook client both read.

No HTTP library lets us reset a connection or cut an answer in half, and doing that on
demand is much of what this emulator is for.
"""

import asyncio
import socket
import struct
from dataclasses import dataclass

LONGEST_BODY = 32 * 1024 * 1024
_RESET_AT_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER on, for no time at all


class MalformedError(Exception):
    """What came in is not HTTP/1.1 as we read it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first line and the headers of a request or an answer; names in lower case."""

    first: str
    second: str
    third: str
    headers: dict[str, str]

    @property
    def keeps_alive(self) -> bool:
        """Say whether the connection serves again afterwards."""
        wish = self.headers.get("connection", "").lower()
        return wish == "keep-alive" or (wish != "close" and "HTTP/1.0" not in self.line)

    @property
    def line(self) -> str:
        """Return the first line as it came."""
        return f"{self.first} {self.second} {self.third}"


async def read_head(reader: asyncio.StreamReader) -> Head:
    """Read up to the empty line; EOFError if the other side has gone."""
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as ended:
        raise EOFError from ended
    except asyncio.LimitOverrunError as too_long:
        raise MalformedError("the headers are too long") from too_long
    line, *rows = raw[:-4].decode("latin-1").split("\r\n")
    first, _, rest = line.partition(" ")
    second, _, third = rest.partition(" ")
    return Head(first, second, third, dict(_header(row) for row in rows))


def _header(row: str) -> tuple[str, str]:
    name, colon, value = row.partition(":")
    if not colon:
        raise MalformedError("a header has no colon")
    return name.lower(), value.strip()


async def read_body(
    reader: asyncio.StreamReader, head: Head, *, to_end: bool = False
) -> bytes:
    """Read the body *head* announces; without a length up to the end, if *to_end*."""
    if head.headers.get("transfer-encoding", "").lower() == "chunked":
        return await _read_chunks(reader)
    if "content-length" in head.headers:
        return await reader.readexactly(_length(head.headers["content-length"], 10))
    return await reader.read(-1) if to_end else b""


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    chunks: list[bytes] = []
    while size := _length((await reader.readline()).split(b";")[0].decode(), 16):
        chunks.append(await reader.readexactly(size))
        await reader.readexactly(2)
        if sum(map(len, chunks)) > LONGEST_BODY:
            raise MalformedError("the body is too long")
    while (await reader.readline()).strip():
        pass  # trailers
    return b"".join(chunks)


def _length(text: str, base: int) -> int:
    try:
        length = int(text, base)
    except ValueError as not_a_number:
        raise MalformedError("the body has no readable length") from not_a_number
    if not 0 <= length <= LONGEST_BODY:
        raise MalformedError("the body is too long")
    return length


def reset(writer: asyncio.StreamWriter) -> None:
    """End the connection with RST: the other side sees "connection reset by peer"."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)
    writer.transport.abort()
