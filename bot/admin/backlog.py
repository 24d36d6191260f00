"""What waits for an editor, and how many: by one rule, in Review and in the bar.

What another assistant makes of many messages takes seconds: that is found out in a
thread, and till then the bar goes by what the one before made of them.
"""

from threading import Lock, Thread

import structlog
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from bot.admin import learned, proposed
from bot.admin.reasked import reasked
from bot.store import review
from bot.store.types import AnyRow
from bot.web.current import now, parts

log = structlog.get_logger()

#: So many messages a page may ask the assistant about, to count them.
FEW = 20
#: Held while a thread finds out about more.
_finding = Lock()


def waiting() -> list[AnyRow]:
    """Return the messages that wait, the newest first."""
    with parts().database.read() as connection:
        found = review.waiting(connection, now(), reasked.now(connection))
    return learned.answered.without(found)


def count() -> int | None:
    """Return how many messages and proposals wait, None while that is not known."""
    with parts().database.read() as connection:
        rows = review.numbers(connection, now(), reasked.lately(connection))
        proposals = proposed.count(connection)
    turns: list[int] = [row.id for row in rows if not row.is_wrong]
    known = _known(turns)
    if len(set(turns) - known.keys()) > FEW:
        return None
    answered = sum(known.get(turn, False) for turn in turns)
    return len(rows) - answered + proposals


def _known(turns: list[int]) -> dict[int, bool]:
    """Return which turns are answered by now, as far as that is known."""
    new = set(turns) - learned.answered.turns().keys()
    if 0 < len(new) <= FEW:
        _find_out()
    elif new and _finding.acquire(blocking=False):
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        Thread(target=_find_all_out, args=(app,), name="backlog").start()
    return {**learned.answered.before(), **learned.answered.turns()}


def _find_out() -> None:
    with parts().database.read() as connection:
        again = reasked.lately(connection)
        found = review.waiting(connection, now(), again)
    learned.answered.without(found)


def _find_all_out(app: Flask) -> None:
    try:
        with app.app_context():
            _find_out()
    except SQLAlchemyError as error:
        log.warning("backlog_not_counted", reason=type(error).__name__)
    finally:
        _finding.release()
