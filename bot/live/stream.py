"""One page that listens: what it is owed, and its line."""

import asyncio
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot.store.lists import View
from bot.store.people import Role

BEAT = 15.0  # seconds
RETRY = 2000  # ms until a browser tries again by itself
MOST_UNREAD = 4096  # bytes we keep for a page that reads slowly
SLOWEST = 10.0  # seconds a page may take to read what it is sent

#: A proxy takes the comment for life on the line; the page's script can't see
#: comments, and takes the event.
_BEAT = b": beat\nevent: beat\ndata: 1\n\n"


@dataclass(eq=False, kw_only=True)
class Stream:
    """A page, who sits before it, and what it looks at."""

    session_id: int
    token_hash: bytes
    staff_id: int
    role: Role
    view: View
    conversation_id: int | None
    _owed: set[str] = field(default_factory=set)
    _known: dict[str, Any] = field(default_factory=dict)
    _stirred: asyncio.Event = field(default_factory=asyncio.Event)
    _is_over: bool = False

    def see(self, parts: dict[str, Any]) -> None:
        """Owe the page word of the parts that are not as it knows them.

        At first these are all: what changed since the page was made is found when
        it asks, which is after we began to look.
        """
        changed = {
            name
            for name, what in parts.items()
            if name not in self._known or self._known[name] != what
        }
        if changed:
            self._known = parts
            self._owed |= changed
            self._stirred.set()

    def end(self) -> None:
        """Let the line end."""
        self._is_over = True
        self._stirred.set()

    async def carry(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Send what is owed until either side ends the line.

        What is owed is a set: however slow the page reads, it does not grow.
        """
        gone = asyncio.create_task(_hung_up(reader))
        sending = asyncio.create_task(self._send(writer))
        try:
            await asyncio.wait({gone, sending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (gone, sending):
                task.cancel()
            await asyncio.gather(gone, sending, return_exceptions=True)

    async def _send(self, writer: StreamWriter) -> None:
        writer.transport.set_write_buffer_limits(high=MOST_UNREAD)
        writer.write(f"retry: {RETRY}\n\n".encode())
        while not self._is_over:
            with suppress(TimeoutError):
                async with asyncio.timeout(BEAT):
                    await self._stirred.wait()
            self._stirred.clear()
            writer.write(self._news() if self._owed else _BEAT)
            async with asyncio.timeout(SLOWEST):
                await writer.drain()

    def _news(self) -> bytes:
        told = " ".join(sorted(self._owed))
        self._owed = set()
        return f"event: news\ndata: {told}\n\n".encode()


async def _hung_up(reader: StreamReader) -> None:
    """Return when the page has gone, or says more than its one request."""
    with suppress(ConnectionError):
        await reader.read(1)
