"""What the webhook turned away for its signature: noted, if about our Page.

One note in ten seconds at most, and only when: anybody may send us anything.
"""

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

    def __init__(self, database: Database, page_id: str, clock: Clock) -> None:
        self._database = database
        self._page_id = page_id
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
        if self._page_id.encode() not in body:
            return
        self._noted_at = monotonic()
        at = self._clock()
        try:
            self._database.write(lambda c: health.note_refusal(c, self._page_id, at))
        except (SQLAlchemyError, ClosedError) as error:
            log.warning("refusal_not_noted", reason=type(error).__name__)
