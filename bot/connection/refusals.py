"""What the webhook turned away for its signature: noted, if about a Page of ours.

One note in ten seconds at most, and only when: anybody may send us anything.
"""

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock, monotonic
from bot.store import health
from bot.store.database import Database
from bot.store.writer import ClosedError

log = structlog.get_logger()

NOTE_EVERY = 10.0  # seconds
PROBE = "frontdesk_check"  # names our own forgeries, which are no news


class Refusals:
    """Notes that somebody's messages about the Page are not signed with our secret."""

    def __init__(
        self, database: Database, page_ids: Sequence[str], clock: Clock
    ) -> None:
        self._database = database
        self._page_ids = page_ids
        self._clock = clock
        self._noted_at: float | None = None

    def note(self, reason: str, body: bytes) -> None:
        """Note that *body* was refused for its signature."""
        if PROBE.encode() in body:
            log.info("webhook_checked", said="a forgery of our own was refused")
            return
        log.warning("webhook_refused", reason=reason)
        last = self._noted_at
        if last is not None and monotonic() - last < NOTE_EVERY:
            return
        about = [one for one in self._page_ids if one.encode() in body]
        if not about:
            return
        self._noted_at = monotonic()
        at = self._clock()
        try:
            for page_id in about:
                self._note(page_id, at)
        except (SQLAlchemyError, ClosedError) as error:
            log.warning("refusal_not_noted", reason=type(error).__name__)

    def _note(self, page_id: str, at: datetime) -> None:
        self._database.write(lambda c: health.note_refusal(c, page_id, at))
