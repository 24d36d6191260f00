"""Start an emulator: `python -m emulator --help`.

When it is ready it prints one line of JSON to standard output: {"url": ...}.
"""

import asyncio
import logging
import os
import signal
import sys

import orjson

from emulator import options
from emulator.app import App
from emulator.messenger import Messenger
from emulator.options import Options
from emulator.server import Server

LOOK_FOR_PARENT_EVERY = 0.5


def main() -> None:
    """Play Messenger until somebody ends it."""
    # Asked for first: a parent that dies while we start must not be missed.
    parent = os.getppid()
    chosen = options.parse(sys.argv[1:])
    logging.basicConfig(
        level=logging.WARNING if chosen.quiet else logging.INFO,
        format="%(asctime)s emulator %(levelname)s %(message)s",
    )
    try:
        asyncio.run(_play(chosen, parent if chosen.with_parent else None))
    except (OSError, ValueError) as wrong:  # a port that is taken, a URL that is none
        raise SystemExit(f"the emulator did not start: {wrong}") from wrong


async def _play(chosen: Options, parent: int | None) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    messenger = Messenger(chosen)
    server = Server(App(messenger))
    messenger.base_url = await server.start(chosen.host, chosen.port)
    messenger.reset()  # so that it begins with the address it is reached under
    sys.stdout.write(orjson.dumps({"url": messenger.base_url}).decode() + "\n")
    sys.stdout.flush()
    logging.getLogger(__name__).info("the phone is at %s/", messenger.base_url)
    while not ended.is_set() and parent in (None, os.getppid()):
        await _rest(ended)
    messenger.postman.close()
    await server.stop()


async def _rest(ended: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(LOOK_FOR_PARENT_EVERY):
            await ended.wait()
    except TimeoutError:
        pass


if __name__ == "__main__":
    main()
