"""A TCP proxy that can be cut: an outage of our own, while others' traffic goes on."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

CHUNK = 65536


class Proxy:
    """Passes bytes between a port of its own and another server's."""

    def __init__(
        self, host: str, port: int, *, at: tuple[str, int] = ("127.0.0.1", 0)
    ) -> None:
        self._target = host, port
        self._host, self.port = at
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy")
        self._thread.start()
        self.mend()

    def mend(self) -> None:
        """Take connections, at the same port as ever; nothing to do where it does."""
        self._do(self._listen())

    def cut(self) -> None:
        """End all connections, as a broker that dies does, and refuse new ones."""
        self._do(self._shut())

    def close(self) -> None:
        """End for good."""
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, what: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(timeout=10)

    async def _listen(self) -> None:
        if self._server is not None:
            return
        self._server = await asyncio.start_server(self._join, self._host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _shut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()
        await asyncio.sleep(0.1)  # the pumps end by themselves

    async def _join(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._writers.add(writer)
        try:
            there, back = await asyncio.open_connection(*self._target)
        except OSError:
            writer.transport.abort()
            return
        self._writers.add(back)
        await asyncio.gather(self._pump(reader, back), self._pump(there, writer))

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter
    ) -> None:
        try:
            while data := await source.read(CHUNK):
                target.write(data)
                await target.drain()
        except OSError:
            pass
        finally:
            self._writers.discard(target)
            target.close()
