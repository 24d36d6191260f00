"""Take a notice: look what it is, write it down, say so, and nothing else."""

from collections.abc import Mapping

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.shop.notices.told import Looked, Reader
from bot.store import notices
from bot.store.database import Database
from bot.store.writer import ClosedError
from webhooks.receiver import NotStoredError
from webhooks.shops import Notice, Said

log = structlog.get_logger()

MOST_NAMED = 20  # refused orders that an answer names one by one


class Taking:
    """Takes the notices that the receiver has found genuine."""

    def __init__(
        self, database: Database, clock: Clock, readers: Mapping[str, Reader]
    ) -> None:
        self._database, self._clock, self._readers = database, clock, readers

    def take(self, notice: Notice) -> Said:
        """Store a notice, and return what its sender is told.

        Raise NotStoredError if it is not safely on disk.
        """
        looked = self._readers[notice.sender].look(notice)
        if not looked.taken:
            log.warning("shop_notice_refused", sender=notice.sender)
            return "422 Unprocessable Content", _report(looked)
        try:
            new = self._database.write(
                lambda connection: notices.store(
                    connection,
                    key=notice.key,
                    sender=notice.sender,
                    topic=notice.topic,
                    body=notice.body,
                    at=self._clock(),
                    ignored=looked.ignored,
                )
            )
        except (SQLAlchemyError, ClosedError) as error:
            log.error("shop_notice_not_stored", reason=type(error).__name__)
            raise NotStoredError from error
        if looked.refused:
            count = len(looked.refused)
            log.warning("orders_refused", sender=notice.sender, count=count)
        return "200 OK", {**_report(looked), "again": not new}


def _report(looked: Looked) -> dict[str, object]:
    if looked.ignored is not None:
        return {"taken": 0, "ignored": looked.ignored}
    return {
        "taken": looked.taken,
        "refused": len(looked.refused),
        "wrong": [*looked.refused[:MOST_NAMED]],
    }
