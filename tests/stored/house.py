"""A Frontdesk on tables, reached over the emulated Messenger, as scripts are played in.

The customer writes on the emulated Messenger; it posts signed bodies to the real
application over HTTP, whose intake stores them. The answerer, the sweep and the sender
are the real ones, over the tables, and are called one after the other; what they send
goes to the emulator over HTTP. The clock is the emulator's.
"""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from bot import prompts, reminders, waiting
from bot.app import application
from bot.assistants import Assistants
from bot.hours import Hours
from bot.ladder import UNANSWERED
from bot.messenger.client import Graph
from bot.rungs import ANSWER_WITHIN, Ladder
from bot.scripts.world import World
from bot.store import attendance, threads
from bot.store.attendance import MINUTE, Attendance
from bot.store.database import Database
from bot.store.types import AnyRow
from bot.wiring import Parts
from flows.responses import Responses
from tests.emulator.conftest import (
    APP_ID,
    APP_SECRET,
    PAGE,
    PAGES,
    VERIFY_TOKEN,
    Emulator,
    running_emulator,
)
from tests.floor import Floor
from tests.served import served
from tests.stored.kept import hold

#: How long an event may take from the emulated Messenger into the tables.
PATIENCE = 30.0
#: After how much silence customers are asked how it was: later than they are asked
#: whether they are still there.
ASK_AFTER = 30 * MINUTE


#: The shop's own language.
OWN = "en"


class MovedClock:
    """The emulator's clock: the machine's, moved as far as both were told."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._ahead = datetime.now(UTC) - datetime.now(UTC)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def set(self, moment: datetime) -> None:
        """Let it be *moment* now, here and there."""
        self._emulator.post("clock", {"now": moment.isoformat()})
        self._ahead = moment - datetime.now(UTC)


@dataclass
class Live:
    """Holds the assistant of the script that is played."""

    assistants: Assistants
    model_name: str = "shipped"

    def responses(self, language: str) -> Responses:
        return self.assistants.speaking(language).responses


class House:
    """One Frontdesk on one database, and the Messenger in front of it."""

    def __init__(self, parts: Parts, emulator: Emulator) -> None:
        self.emulator, self.database = emulator, parts.database
        self.assistants = parts.understanding.assistants
        self.clock = MovedClock(emulator)
        self.live = Live(self.assistants)
        graph = Graph(emulator.url, parts.settings.graph_version)
        self.floor = Floor(
            parts.database, understanding=self.live, graph=graph, clock=self.clock
        )
        self._woken = queue.SimpleQueue[int]()
        self.app = application(replace(parts, clock=self.clock), self._woken.put)
        self._hours: Hours | None = None

    # What happens

    def opens(self, hours: Hours) -> None:
        """Let these be the hours of the shop, as an admin would save them."""
        if hours == self._hours:
            return
        staff, now = self.floor.staff(), self.clock()

        def save(connection: Connection) -> int | None:
            new = Attendance(
                ladder=Ladder.beginning(ANSWER_WITHIN),
                hours=hours,
                ask_after=ASK_AFTER,
                version=attendance.current(connection).version,
            )
            return attendance.save(connection, new, staff_id=staff, now=now)

        assert self.database.write(save) is not None
        self._hours = hours

    def holds(self, world: World) -> None:
        """Let the shop's tables have the events of a script, which reminders are of."""
        self.database.write(lambda connection: hold(connection, world))

    def arrives(self) -> int:
        """Wait for a message of a customer; return their conversation."""
        return self._woken.get(timeout=PATIENCE)

    def answers(self, conversation_id: int) -> None:
        """Handle what a conversation owes, and send what came of it."""
        self.floor.answerer.answer(conversation_id)
        self.floor.sender.deliver(conversation_id)

    def sweeps(self) -> None:
        """Let the timers go off that are due."""
        fires = {
            UNANSWERED: self._tell,
            reminders.KIND: self._remind,
            **dict.fromkeys(prompts.KINDS, self._prompt),
        }
        self.floor.new_sweep(**fires).sweep()

    def _prompt(self, connection: Connection, timer: AnyRow) -> None:
        prompts.fire(connection, timer, self.clock())

    def _tell(self, connection: Connection, timer: AnyRow) -> None:
        said = self._said(connection, timer)
        waiting.tell(connection, timer, said, self.clock())

    def _remind(self, connection: Connection, timer: AnyRow) -> None:
        said = self._said(connection, timer)
        reminders.fire(connection, timer, said, OWN, self.clock())

    def _said(self, connection: Connection, timer: AnyRow) -> Responses:
        """Return what is said to whom a timer is about, in their language."""
        language = threads.language(connection, timer.conversation_id)
        return self.live.responses(language)

    def forgets_timers(self) -> None:
        """Let nothing be due later of those whose script has come to its end."""
        self.floor.run("UPDATE timer SET state = 'cancelled' WHERE state = 'due'")


@contextmanager
def house(parts: Parts, database: Database) -> Iterator[House]:
    """Yield a house on these tables, whose assistant is that of *parts*."""
    settings = replace(
        parts.settings,
        app_id=APP_ID,
        page_ids=(PAGE,),
        app_secrets=(APP_SECRET,),
        verify_token=VERIFY_TOKEN,
    )
    with running_emulator(*PAGES) as emulator:
        here = House(replace(parts, settings=settings, database=database), emulator)
        with served(here.app) as url:
            emulator.post("webhooks", {"url": f"{url}/webhook"})
            yield here
            emulator.post("webhooks", {"url": None})
