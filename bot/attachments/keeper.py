"""Fetch what is owed, beside the sweep; remove what nobody wants any more.

A slow server holds up two threads of its own and nobody else. A process that ends in
between leaves a lease behind, after which another tries.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.attachments.fetch import Fetched, Fetcher, FetchError
from bot.settings import LOOPBACK, Settings
from bot.store import attachments
from bot.store.database import Database
from bot.store.types import AnyRow
from bot.store.writer import ClosedError

log = structlog.get_logger()

AT_ONCE = 2  # fetches


def folder(settings: Settings) -> Path:
    """Return where files of customers are kept."""
    return settings.home / "attachments"


def fetcher(settings: Settings) -> Fetcher:
    """Return what fetches: from Meta, or from the emulator that stands in for it."""
    local = urlsplit(settings.graph_url).hostname in LOOPBACK
    return Fetcher(
        folder=folder(settings), emulator=settings.graph_url if local else None
    )


class Keeper:
    """Sees to the files that customers sent."""

    def __init__(self, database: Database, fetcher: Fetcher) -> None:
        self._database = database
        self._fetcher = fetcher
        self._fetches = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="attachment")
        self._under_way: list[Future[None]] = []

    def see_to_it(self) -> None:
        """Begin to fetch what is owed; remove what is to go."""
        self.remove()
        # What is taken and waits here would lose its lease.
        if all(future.done() for future in self._under_way):
            taken = self._taken()
            self._under_way = [
                self._fetches.submit(self._fetch_beside, row) for row in taken
            ]

    def fetch_now(self) -> None:
        """Fetch what is owed, and wait for it."""
        for row in self._taken():
            self._fetch(row)

    def remove(self) -> None:
        """Remove the files that nobody wants any more."""
        with self._database.read() as connection:
            gone = attachments.to_remove(connection)
        for row in gone:
            (self._fetcher.folder / row.name).unlink(missing_ok=True)
        if gone:
            ids = [row.id for row in gone]
            self._database.write(lambda c: attachments.removed(c, ids))

    def close(self) -> None:
        """Stop; fetches that have begun are finished."""
        self._fetches.shutdown(cancel_futures=True)

    def _taken(self) -> list[AnyRow]:
        with self._database.read() as connection:
            if not attachments.is_due(connection):
                return []
        return list(self._database.write(attachments.take))

    def _fetch_beside(self, row: AnyRow) -> None:
        try:
            self._fetch(row)
        except (SQLAlchemyError, ClosedError) as error:
            log.warning("attachment_not_settled", reason=type(error).__name__)
        except Exception:
            # What a server sends is data that anybody may write: this is a rim.
            log.exception("attachment_not_fetched", attachment=row.id)

    def _fetch(self, row: AnyRow) -> None:
        try:
            found = self._fetcher.fetch(row.url, is_picture=row.kind == "image")
        except FetchError as error:
            reason, again = str(error), error.again
            log.info("attachment_not_fetched", attachment=row.id, reason=reason)
            self._database.write(
                lambda c: attachments.fail(c, row.id, reason, row.tries, again=again)
            )
            return
        self._keep(row, found)

    def _keep(self, row: AnyRow, found: Fetched) -> None:
        wanted = self._database.write(
            lambda c: attachments.keep(
                c,
                row.id,
                name=found.name,
                content_type=found.content_type,
                size=found.size,
                is_shown=found.is_shown,
            )
        )
        if not wanted:  # unsent meanwhile
            (self._fetcher.folder / found.name).unlink(missing_ok=True)
