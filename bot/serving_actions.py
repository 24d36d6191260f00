"""Our actions on rasa-sdk's own server.

`python -m rasa_sdk --actions bot.serving_actions` serves them on port 5055.

That server makes each class of an action with nothing, in a process where it registers
them and once more in each that it starts. So classes that can be made so stand in for
ours here, and the shop's ports are opened where they are first asked.
"""

import asyncio
import os
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker, utils
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot import content, wiring
from bot.commands import environment
from bot.settings import SettingError, Settings
from bot.starting import named
from bot.store import revision
from bot.store.database import Database, glance, open_database
from flows.actions import all_actions
from flows.executor import OURS

_SQLITE = "sqlite:///"
_opening = threading.Lock()


def _settings() -> Settings:
    """Return the settings of `frontdesk run`; nothing that is not there is made."""
    environment.load()
    given = os.environ.get("FRONTDESK_HOME")
    home = Path(given or "var").absolute()
    if not home.is_dir():
        lacking = f"{home} is no folder" if given else "is not set, and there is no var"
        raise SettingError(f"FRONTDESK_HOME {lacking}: name that of `frontdesk run`")
    settings = Settings.offline(os.environ)
    _refuse_missing(settings.database_url)
    return settings


def _refuse_missing(url: str) -> None:
    """Raise SettingError unless the tables are there, and of this version."""
    path = Path(url.removeprefix(_SQLITE))
    is_there = not url.startswith(_SQLITE) or path.is_file()
    if is_there:
        with glance(url) as connection:
            is_there = revision.found(connection) == revision.head()
    if not is_there:
        raise SettingError(
            "DATABASE_URL names no database with the tables of this version"
            f"{f' ({path})' if url.startswith(_SQLITE) else ''}: set it, or "
            "FRONTDESK_HOME, as for `frontdesk run`, and start that once"
        )


@cache
def _opened() -> wiring.Ports:
    database = open_database(SETTINGS.database_url)
    closing = threading.Thread(target=_close_at_end, args=[database], daemon=True)
    closing.start()
    return wiring.ports(SETTINGS, database, wiring.clock_of(SETTINGS))


def _close_at_end(database: Database) -> None:
    # Its thread would keep the process from ending, and `atexit` comes after that.
    threading.main_thread().join()
    database.close()


class _Late:
    """A port that is opened where it is first asked something."""

    def __init__(self, port: str) -> None:
        self._port = port

    def __getattr__(self, name: str) -> Any:
        with _opening:
            port = getattr(_opened(), self._port)
        return getattr(port, name)


def _late(port: str) -> Any:
    return _Late(port)


def _made() -> list[Action]:
    own = content.of(SETTINGS).own_actions
    return all_actions(_late("orders"), _late("calendar"), own, _late("products"))


def _hide() -> None:
    """Let rasa-sdk pass over the classes that are known by now: it can't make each."""
    for action in utils.all_subclasses(Action):
        if not action.__module__.startswith("rasa_sdk."):
            action.__abstractmethods__ = frozenset(["run"])


def _stand_in(action: Action) -> type[Action]:
    """Return a class that can be made with nothing, and runs *action*."""
    return type(
        f"Served_{action.name()}",
        (Action,),
        {
            "name": lambda _: action.name(),
            "run": _running(action),
            "__module__": __name__,
        },
    )


def _running(action: Action) -> Callable[..., Any]:
    """Return what runs an action.

    One of ours awaits nothing, and waits for shops and mails: in a thread it keeps
    nobody else's action from being run meanwhile.
    """
    waits = type(action).__module__.startswith(f"{OURS}.")

    async def run(
        _: Action,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
    ) -> Any:
        given: Any = action.run(dispatcher, tracker, domain)
        if waits:
            return await asyncio.to_thread(asyncio.run, given)
        return await utils.call_potential_coroutine(given)

    return run


try:
    with environment.refusing(), named():
        SETTINGS = _settings()
        _ACTIONS = _made()
except environment.Refused as refusal:
    refusal.show()
    raise SystemExit(refusal.exit_code) from None
# Whoever reaches it asks as any customer: it listens here alone, unless it is told.
os.environ.setdefault("SANIC_HOST", "127.0.0.1")
_hide()
# By their names: a process that the server starts looks them up here.
globals().update((one.__name__, one) for one in map(_stand_in, _ACTIONS))
