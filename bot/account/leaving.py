"""Take from somebody what they may no longer do, and leave nothing of it behind."""

from datetime import timedelta

from sqlalchemy import Connection

from bot import handoff
from bot.store import audit, factors, invitations, team
from bot.store.audit import Action, Trace
from bot.store.people import Role
from bot.store.staff import may
from bot.store.types import AnyRow


def shut_out(
    connection: Connection, member: AnyRow, trace: Trace, answer_within: timedelta
) -> bool:
    """Shut somebody out; what they held waits for another, what they offered ends."""
    if not team.shut_out(connection, member.id, trace.at):
        return False
    waiting = handoff.put_back(
        connection, member.id, trace.at, answer_within=answer_within
    )
    invitations.withdraw_all_of(connection, member.id)
    audit.note(connection, trace, Action.SHUT_OUT, member.login, conversations=waiting)
    return True


def change_role(
    connection: Connection,
    member: AnyRow,
    role: Role,
    trace: Trace,
    answer_within: timedelta,
) -> bool:
    """Give somebody another role; who may not answer any more holds nothing."""
    if not team.set_role(connection, member.id, role):
        return False
    if not may(role, Role.AGENT):
        handoff.put_back(connection, member.id, trace.at, answer_within=answer_within)
    if not may(role, Role.ADMIN):
        invitations.withdraw_all_of(connection, member.id)
    audit.note(
        connection,
        trace,
        Action.ROLE_CHANGED,
        member.login,
        before=member.role.value,
        after=role.value,
    )
    return True


def reset_factor(connection: Connection, member: AnyRow, trace: Trace) -> bool:
    """Take somebody's second factor away; return False if they have none."""
    if not factors.drop(connection, member.id):
        return False
    audit.note(connection, trace, Action.SECOND_FACTOR_RESET, member.login)
    return True
