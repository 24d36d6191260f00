"""The thread on which pages listen: one event loop, a port of its own.

A page that listens for eight hours must not hold one of the web server's threads:
with as many pages as threads no webhook is answered any more.
"""

import asyncio
import socket
import threading
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from bot.live import answers, door
from bot.live.asker import Asker
from bot.live.request import LONGEST, RefusedError, Request, parse
from bot.live.stream import Stream
from bot.live.watch import Facts, Watch
from bot.settings import Settings
from bot.store import changes, sessions
from bot.store.database import Database
from bot.store.lists import View
from bot.store.people import Role
from bot.store.sessions import SignedIn

log = structlog.get_logger()

TICK = 0.25  # seconds
CHECK = 30.0  # seconds between two looks whether the sessions still live
PATIENCE = 10.0  # seconds for a whole request
AGAIN = 2.0  # seconds until a port that is taken, or a database, is tried again
MOST_OF_ONE = 6  # streams of a session; browsers have no more tabs open to one host
MOST = 500
MOST_CONNECTIONS = MOST + 100  # with those that have not said yet what they want
UNSENT = 16 * 1024  # bytes the kernel keeps for a connection


class Listener:
    """The thread, its event loop, and all pages that listen."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._watch = Watch(database)
        self._facts: Facts | None = None
        self._streams: set[Stream] = set()
        self._lines: set[asyncio.Task[None]] = set()
        self._door = Asker("live-door")
        self._watcher = Asker("live-watch")
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        self._thread = threading.Thread(target=self._work, name="live")

    def start(self) -> None:
        """Begin to listen, if the settings name a port for it."""
        if self._settings.live_port is None:
            return
        for thread in (self._door, self._watcher, self._thread):
            thread.start()

    def close(self) -> None:
        """End all streams, then the threads; pages come back to who is next."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._ended.set)
            self._thread.join()
        self._door.close()
        self._watcher.close()
        self._watch.close()
        self._loop.close()

    def __len__(self) -> int:
        """Return how many pages listen."""
        return len(self._streams)

    def _work(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())

    async def _listen(self) -> None:
        duties = [
            asyncio.create_task(self._over_and_over(TICK, self._tell)),
            asyncio.create_task(self._over_and_over(CHECK, self._check)),
        ]
        server = await self._server()
        if server is not None:
            await self._ended.wait()
            server.close()
        rest = [*duties, *self._lines]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _server(self) -> asyncio.Server | None:
        """Return the server, None if we are to end before the port is free."""
        host, port = self._settings.host, self._settings.live_port
        is_told = False
        while not self._ended.is_set():
            try:
                return await asyncio.start_server(self._came, host, port, limit=LONGEST)
            except OSError as error:
                if not is_told:
                    log.warning("live_port_taken", port=port, reason=error.strerror)
                is_told = True
                await self._pause(AGAIN)
        return None

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ended.wait()

    async def _over_and_over(
        self, seconds: float, duty: Callable[[], Awaitable[None]]
    ) -> None:
        while not self._ended.is_set():
            await self._pause(seconds)
            try:
                if self._streams:
                    await duty()
            except Exception as error:  # noqa: BLE001 - pages ask by themselves meanwhile
                log.warning("live_failed", error=type(error).__name__)
                await self._pause(AGAIN)

    # What is done for all streams at once

    async def _tell(self) -> None:
        """Look what changed, and owe each page word of what it shows."""
        streams = list(self._streams)
        opened = frozenset(
            one.conversation_id for one in streams if one.conversation_id is not None
        )
        self._facts = await self._watcher.ask(lambda: self._watch.look(opened))
        for one in streams:
            one.see(self._facts.seen_by(one.staff_id, one.view, one.conversation_id))

    async def _check(self) -> None:
        """End the streams of sessions that ended, and of those with another role."""
        hashes = {one.token_hash for one in self._streams}
        living = await self._door.ask(lambda: self._living(hashes))
        for one in self._streams:
            if living.get(one.token_hash) != one.role:
                one.end()

    def _living(self, hashes: set[bytes]) -> dict[bytes, Role]:
        with self._database.read() as connection:
            return changes.signed_in(connection, hashes)

    # One connection

    async def _came(self, reader: StreamReader, writer: StreamWriter) -> None:
        line = asyncio.current_task()
        if line is None or len(self._lines) >= MOST_CONNECTIONS:
            writer.transport.abort()
            return
        self._lines.add(line)
        try:
            await self._serve(reader, writer)
        except (ConnectionError, TimeoutError):
            pass  # it went away, or reads too slowly
        except asyncio.CancelledError:
            pass  # we end
        except Exception as error:  # noqa: BLE001 - one line fails alone
            log.warning("stream_failed", error=type(error).__name__)
        finally:
            self._lines.discard(line)
            _hang_up(writer)

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            request = await _read(reader)
            origin = door.origin(request, self._settings)
            stream = await self._admit(request)
        except RefusedError as refusal:
            writer.write(answers.refused(refusal, self._settings))
            async with asyncio.timeout(PATIENCE):
                await writer.drain()
            return
        try:
            _keep_little(writer)
            writer.write(answers.welcome(origin, self._settings))
            await stream.carry(reader, writer)
        finally:
            self._streams.discard(stream)

    async def _admit(self, request: Request) -> Stream:
        """Return the stream that a page asks for, or raise RefusedError."""
        if request.path != door.PATH:
            raise RefusedError("404 Not Found", "There is nothing here.")
        if len(self._streams) >= MOST:
            raise _too_many()
        token = door.token(request, self._settings)
        someone = await self._door.ask(lambda: self._who(token))
        if someone is None:
            raise RefusedError("401 Unauthorized", "Sign in first.")
        stream = _stream(request, someone, sessions.hashed(token))
        session = stream.session_id
        theirs = sum(one.session_id == session for one in self._streams)
        if theirs >= MOST_OF_ONE or len(self._streams) >= MOST:
            raise _too_many()
        self._streams.add(stream)
        return stream

    def _who(self, token: str) -> SignedIn | None:
        with self._database.read() as connection:
            return sessions.current(connection, token)


async def _read(reader: StreamReader) -> Request:
    """Return the request of a connection, unless it takes too long or is too long."""
    try:
        async with asyncio.timeout(PATIENCE):
            head = await reader.readuntil(b"\r\n\r\n")
    except TimeoutError:
        raise RefusedError("408 Request Timeout", "That took too long.") from None
    except asyncio.LimitOverrunError:
        raise RefusedError(
            "431 Request Header Fields Too Large", "That is too much at once."
        ) from None
    except asyncio.IncompleteReadError:
        raise ConnectionError from None
    return parse(head)


def _stream(request: Request, someone: SignedIn, token_hash: bytes) -> Stream:
    """Return the stream of somebody; odd wishes become usual ones, as on pages."""
    view = request.query.get("view", "")
    opened = request.query.get("conversation", "")
    is_number = opened.isascii() and opened.isdecimal() and len(opened) < 18
    return Stream(
        session_id=someone.session_id,
        token_hash=token_hash,
        staff_id=someone.id,
        role=someone.role,
        view=View(view) if view in list(View) else View.WAITING,
        conversation_id=int(opened) if is_number else None,
    )


def _too_many() -> RefusedError:
    return RefusedError(
        "503 Service Unavailable",
        "Too many pages listen. This one asks by itself instead.",
        **{"Retry-After": "30"},
    )


def _keep_little(writer: StreamWriter) -> None:
    """Let little wait in the kernel, so that a page which does not read is noticed."""
    line = writer.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNSENT)


def _hang_up(writer: StreamWriter) -> None:
    """End a line at once if it does not read, else when what was said is sent."""
    if writer.transport.get_write_buffer_size():
        writer.transport.abort()
    else:
        writer.close()
