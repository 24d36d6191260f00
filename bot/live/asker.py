"""A thread that asks the database on behalf of an event loop."""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


class Asker:
    """Does one job after the other.

    Not an executor of the standard library: the interpreter ends those before the
    threads that still ask them.
    """

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[
            tuple[Callable[[], Any], asyncio.Future[Any]] | None
        ] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name)

    def start(self) -> None:
        """Begin to do jobs."""
        self._thread.start()

    async def ask(self, job: Callable[[], T]) -> T:
        """Return what *job* returns, which runs on the thread."""
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put((job, answer))
        return await answer

    def close(self) -> None:
        """Do what was asked, then end."""
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, answer = item
            try:
                result, error = job(), None
            except Exception as failure:  # noqa: BLE001 - raised where it was asked
                result, error = None, failure
            # The loop may have ended: then nobody waits for the answer.
            with suppress(RuntimeError):
                answer.get_loop().call_soon_threadsafe(_settle, answer, result, error)


def _settle(
    answer: "asyncio.Future[Any]", result: Any, error: Exception | None
) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(result)
    else:
        answer.set_exception(error)
