"""What lies ready beside an answer that somebody may write."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.inbox.looking import Open
from bot.store import canned
from bot.store.canned import PLACES, Canned

MOST_CODES = 200


@dataclass(frozen=True, kw_only=True)
class Tools:
    """What lies ready."""

    canned: Sequence[Canned]
    places: Sequence[str] = tuple(PLACES)


def load(connection: Connection, opened: Open | None) -> Tools | None:
    """Return what lies ready, None where nobody can write to the customer now."""
    if opened is None or not opened.is_mine or not opened.reach.may_write:
        return None
    return Tools(canned=canned.everything(connection)[:MOST_CODES])
