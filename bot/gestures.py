"""What a customer sees while we read and think: "seen", and the typing dots.

They promise nothing and nothing depends on them: one that Messenger does not take
is forgotten.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import monotonic
from bot.messenger.client import Access, Graph
from bot.messenger.errors import SendError
from bot.store.database import Database
from bot.store.models import Page
from bot.store.sealing import Seal, SealError

log = structlog.get_logger()

SLOW = 0.7  # seconds of thinking after which the dots are shown
LOOK_EVERY = 0.1
AT_ONCE = 4  # calls


@dataclass(frozen=True)
class Thinking:
    """A turn under way: for whom, and since when by the monotonic clock."""

    page_id: str
    psid: str
    since: float


class Gestures:
    """Shows what we do to the customers of turns that are under way."""

    def __init__(
        self, database: Database, graph: Graph, seal: Seal, app_secret: str
    ) -> None:
        self._database = database
        self._graph = graph
        self._seal = seal
        self._app_secret = app_secret
        self._thinking: dict[int, Thinking] = {}
        self._typing: set[int] = set()
        self._ended = threading.Event()
        self._calls = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="gesture")
        self._thread = threading.Thread(target=self._watch, name="typing")

    def start(self) -> None:
        """Begin to watch for turns that take long."""
        self._thread.start()

    def close(self) -> None:
        """Stop; calls that have begun are finished."""
        self._ended.set()
        self._thread.join()
        self._calls.shutdown(cancel_futures=True)

    def began(self, conversation_id: int, page_id: str, psid: str) -> None:
        """Note that a turn began."""
        self._thinking[conversation_id] = Thinking(page_id, psid, monotonic())

    def ended(self, conversation_id: int) -> None:
        """Note that it is over: the answer itself takes the dots away."""
        self._thinking.pop(conversation_id, None)
        self._typing.discard(conversation_id)

    def seen(self, page_id: str, psid: str) -> None:
        """Let the customer see that their message was read."""
        self.show(page_id, psid, "mark_seen")

    def show(self, page_id: str, psid: str, action: str) -> None:
        """Let the customer see something, as soon as a call is free."""
        self._calls.submit(self._show, page_id, psid, action)

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_EVERY):
            for conversation_id, turn in list(self._thinking.items()):
                slow = monotonic() - turn.since > SLOW
                if slow and conversation_id not in self._typing:
                    self._typing.add(conversation_id)
                    self.show(turn.page_id, turn.psid, "typing_on")

    def _show(self, page_id: str, psid: str, action: str) -> None:
        body = {"recipient": {"id": psid}, "sender_action": action}
        try:
            self._graph.send(self._access(page_id), body)
        except (SendError, SealError, SQLAlchemyError) as error:
            log.info("gesture_not_shown", action=action, reason=str(error))

    def _access(self, page_id: str) -> Access:
        with self._database.read() as connection:
            token = connection.scalars(
                select(Page.token).where(Page.page_id == page_id)
            ).one()
        return Access(page_id, self._seal.open(token), self._app_secret)
