"""The line that says where everything of the demo is."""

import json
import sys
import threading
import time
from urllib.error import URLError
from urllib.request import Request, urlopen

import click

from bot.clock import monotonic
from bot.settings import Settings

ANNOUNCED = "announced"
PATIENCE = 60.0  # seconds


def announce(settings: Settings) -> None:
    """Print where everything is, once, as soon as the server answers."""
    if (settings.home / ANNOUNCED).exists():
        return
    threading.Thread(target=_announce, args=(settings,), name="announce").start()


def _announce(settings: Settings) -> None:
    app = f"http://{settings.host}:{settings.port}"
    links = _sign_in_links(app)
    if links is None:
        return
    facts = {
        "app": app,
        "emulator": settings.graph_url,
        "page_id": settings.page_id,
        "app_secret": settings.app_secrets[0],
        "sign_in": links,
    }
    (settings.home / ANNOUNCED).touch()
    # For programs that start a demo; a person needs one address.
    if not sys.stdout.isatty():
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()
    click.echo(_words(app), err=True)


def _words(app: str) -> str:
    """Return what a person is to see last, the address last of all."""
    address = click.style(f"{app}/", bold=True)
    return (
        f"\n  Frontdesk is ready; Ctrl+C ends it. Open this page:\n\n      {address}\n"
    )


def _sign_in_links(app: str) -> object:
    """Ask our own server for two links, as soon as it listens."""
    until = monotonic() + PATIENCE
    while monotonic() < until and threading.main_thread().is_alive():
        asked = Request(f"{app}/demo/sign-in-links", method="POST")  # noqa: S310
        try:
            with urlopen(asked, timeout=5) as answer:  # noqa: S310 - our own server
                found: object = json.load(answer)
                return found
        except (URLError, OSError):
            time.sleep(0.05)
    return None
