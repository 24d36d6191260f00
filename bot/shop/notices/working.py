"""Work notices off, in the order in which they came: note what is new in them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.shop import kept
from bot.shop.notices import privacy
from bot.shop.notices.told import Change, Reader, Told, UnreadableError
from bot.store import notices, order_states
from bot.store.database import Database
from bot.store.types import AnyRow

log = structlog.get_logger()

#: Hears which order stands otherwise than we knew.
Changed: TypeAlias = Callable[[Connection, str, datetime], None]


def nobody(connection: Connection, number: str, now: datetime) -> None:
    """Tell nobody that an order has changed."""


class Working:
    """Works off what shops have told; the sweep calls it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        readers: Mapping[str, Reader],
        changed: Changed = nobody,
    ) -> None:
        self._database, self._clock = database, clock
        self._readers, self._changed = readers, changed
        self._began = False

    def look(self) -> None:
        """Work off what there is."""
        if not self._began:
            self._database.write(notices.try_again)
            self._began = True
        with self._database.read() as connection:
            owed = notices.owed(connection)
        for notice in owed:
            self._work(notice)

    def _work(self, notice: AnyRow) -> None:
        """Work one off; one that fails keeps no other from being worked off."""
        try:
            self._database.write(lambda connection: self._handle(connection, notice))
        except Exception as error:
            log.exception("shop_notice_failed", notice=notice.id)
            reason = type(error).__name__
            self._database.write(lambda c: notices.failed(c, notice, reason))

    def _handle(self, connection: Connection, notice: AnyRow) -> None:
        reader = self._readers.get(notice.sender)
        if reader is None:
            notices.settle(connection, notice.id, "its setting was taken out")
            return
        try:
            told = reader.read(notice.topic, bytes(notice.body))
        except UnreadableError as error:
            notices.settle(connection, notice.id, str(error))
            return
        # First: who else has it settled, has done what it tells.
        if notices.settle(connection, notice.id):
            for one in told:
                self._obey(connection, one)

    def _obey(self, connection: Connection, told: Told) -> None:
        now = self._clock()
        if not isinstance(told, Change):
            privacy.obey(connection, told, now)
        elif order_states.note(
            connection, told.number, told.at, told.parts, told.shop_id
        ):
            if told.order is not None:
                kept.keep(connection, [told.order])
            self._changed(connection, told.number, now)
