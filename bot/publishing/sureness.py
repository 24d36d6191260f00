"""Let the assistant be as sure as an admin wants it to be."""

from sqlalchemy import Connection

from bot.change import Change
from bot.publishing.entries import reason
from bot.publishing.overtaken import OvertakenError
from bot.store import audit, precision
from bot.store.audit import Action, Trace
from bot.store.types import Payload
from bot.store.undertaken import Kind, What


def new(wanted: float, *, number: int) -> What:
    """Return what it is to want so many right answers; *number* was the newest wish."""
    kept = {"precision": wanted, "number": number}
    return What(kind=Kind.SURENESS, name="sureness", question="", change=kept)


def change(what: What) -> Change:
    """Return what it changes to want that."""
    return Change(precision=what.change["precision"])


def want(connection: Connection, what: What, by: Trace, despite: str | None) -> Payload:
    """Want it, unless somebody has wanted something else meanwhile."""
    wanted, number = what.change["precision"], what.change["number"]
    how = {"number": number, "now": by.at, "who": by.staff_id}
    if not precision.want(connection, wanted, **how):
        raise OvertakenError("saved")
    share = f"{wanted:.0%}"
    audit.note(connection, by, Action.PRECISION_CHANGED, share, **reason(despite))
    return {}
