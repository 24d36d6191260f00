"""How a long poll learns that there is something new."""

import asyncio
from collections.abc import Callable


class Bell:
    """Wakes everybody who waits when it rings."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake all who wait now."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self, seconds: float) -> bool:
        """Return True at the next ring, False if *seconds* pass without one."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(future)
        return True

    async def wait_until(self, true: Callable[[], bool], seconds: float) -> None:
        """Return when *true* holds, at once if it does already, or after *seconds*."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not true() and loop.time() < end:
            await self.wait(end - loop.time())
