"""What the pages of canned replies, labels and pins do with their trash."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from flask import abort, request
from sqlalchemy import Connection

from bot.store import trash
from bot.store.audit import Trace
from bot.store.trash import Kind
from bot.store.types import AnyRow
from bot.web.current import parts, trace

#: Puts what lay in the trash into use again; False if its name is taken.
BringBack: TypeAlias = Callable[[Connection, AnyRow, Trace], bool]


def gone(trashed: Sequence[AnyRow]) -> AnyRow | None:
    """Return what was deleted just now, as the address says, if it is still there."""
    asked = request.args.get("gone", type=int)
    return next((one for one in trashed if one.id == asked), None)


def bring_back(kind: Kind, trashed_id: int, put: BringBack) -> bool:
    """Bring something back, or answer that it is not there; False if its name is taken.

    Who asks twice has it back already, and is told that it is gone from the trash.
    """
    by = trace()

    def job(connection: Connection) -> bool | None:
        found = trash.find(connection, kind, trashed_id)
        return None if found is None else put(connection, found, by)

    done = parts().database.write(job)
    if done is None:
        abort(404)
    return done
