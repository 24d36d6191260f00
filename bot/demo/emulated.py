"""Wait for the emulated Messenger, which starts beside us."""

import time
from urllib.request import urlopen

from bot.clock import monotonic
from bot.settings import SettingError

PATIENCE = 20.0  # seconds
PAUSE = 0.02


def wait(url: str, patience: float = PATIENCE) -> None:
    """Return when the emulator answers; raise SettingError if it never does."""
    until = monotonic() + patience
    while not _answers(url):
        if monotonic() > until:
            raise SettingError("the emulated Messenger did not start: see above")
        time.sleep(PAUSE)


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/api/clock", timeout=PATIENCE):  # noqa: S310 - on loopback
            return True
    except OSError:
        return False
