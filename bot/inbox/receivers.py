"""To whom a conversation may be given by whoever looks at it."""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.store import staff
from bot.store.desk import Desk
from bot.store.models import Status
from bot.store.people import Role
from bot.store.sessions import SignedIn
from bot.store.types import AnyRow


def receivers(
    connection: Connection, found: Desk | None, someone: SignedIn
) -> Sequence[AnyRow]:
    """Return who may have a conversation next, nobody if it is not theirs to give."""
    if found is None or not _may_give(found, someone):
        return []
    people = staff.agents(connection)
    return [one for one in people if one.id != found.assignee_id]


def is_at_hand(found: Desk, someone: SignedIn) -> bool:
    """Return whether it is somebody's to settle: theirs, or no colleague's."""
    is_theirs = found.assignee_id in (None, someone.id)
    is_agent = staff.may(someone.role, Role.AGENT)
    return is_agent and found.status is not Status.BOT and is_theirs


def is_to_resolve(found: Desk, someone: SignedIn) -> bool:
    """Return whether somebody may mark as resolved what the assistant answers."""
    is_open = found.status is Status.BOT and found.resolved_at is None
    return is_open and staff.may(someone.role, Role.AGENT)


def _may_give(found: Desk, someone: SignedIn) -> bool:
    if staff.may(someone.role, Role.ADMIN):
        return True
    return staff.may(someone.role, Role.AGENT) and is_ones_to_give(found, someone.id)


def is_ones_to_give(found: Desk, staff_id: int) -> bool:
    """Return whether a conversation is nobody's, or their own; an admin gives all."""
    return found.status is not Status.AGENT or found.assignee_id == staff_id
