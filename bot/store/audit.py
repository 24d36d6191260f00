"""Who did what, and when: written in the transaction of what was done.

An entry names people, entries of the FAQ, wordings, replies and labels; it never
holds a password, a token or a code, nor anything that a customer wrote.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.store.people import AuditEntry, Staff
from bot.store.types import AnyRow

Detail = str | int | bool | None


class Action(StrEnum):
    """What an entry can be about."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_SET = "password_set"  # noqa: S105 - the name of an action
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    SECOND_FACTOR_RESET = "second_factor_reset"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    ADDED = "added"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    INVITATION_ACCEPTED = "invitation_accepted"
    ROLE_CHANGED = "role_changed"
    SHUT_OUT = "shut_out"
    LET_IN_AGAIN = "let_in_again"
    LINK_MADE = "link_made"
    FAQ_ADDED = "faq_added"
    FAQ_PROPOSED = "faq_proposed"
    FAQ_CHANGED = "faq_changed"
    FAQ_RESTORED = "faq_restored"
    FAQ_DELETED = "faq_deleted"
    FAQ_BROUGHT_BACK = "faq_brought_back"
    TAUGHT = "taught"
    LESSON_TAKEN_BACK = "lesson_taken_back"
    LESSON_BROUGHT_BACK = "lesson_brought_back"
    MARK_TAKEN_BACK = "mark_taken_back"
    WORDING_CHANGED = "wording_changed"
    WORDING_RESTORED = "wording_restored"
    PAGE_SUBSCRIBED = "page_subscribed"
    PAGE_MOVED = "page_moved"
    PAGE_PROFILE_SET = "page_profile_set"
    PAGE_TESTED = "page_tested"
    ANSWERS_SENT_AGAIN = "answers_sent_again"
    HOURS_CHANGED = "hours_changed"
    HOURS_RESTORED = "hours_restored"
    PRECISION_CHANGED = "precision_changed"
    ORDER_CANCEL_ASKED = "order_cancel_asked"
    ORDER_CANCELLED = "order_cancelled"
    ORDER_NOT_CANCELLED = "order_not_cancelled"
    ORDER_LOOKED_UP = "order_looked_up"
    ADDRESS_CHANGE_ASKED = "address_change_asked"
    ADDRESS_CHANGED = "address_changed"
    ADDRESS_NOT_CHANGED = "address_not_changed"
    THRESHOLD_RAISED = "threshold_raised"
    THRESHOLD_LOWERED = "threshold_lowered"
    THRESHOLD_KEPT = "threshold_kept"
    PIN_ADDED = "pin_added"
    PIN_REMOVED = "pin_removed"
    PIN_BROUGHT_BACK = "pin_brought_back"
    CANNED_DELETED = "canned_deleted"
    CANNED_BROUGHT_BACK = "canned_brought_back"
    LABEL_DELETED = "label_deleted"
    LABEL_BROUGHT_BACK = "label_brought_back"
    SHOP_ASKED_FOR_DATA = "shop_asked_for_data"
    SHOP_HAD_ERASED = "shop_had_erased"


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Who does something, when, and from where."""

    staff_id: int | None
    at: datetime
    address: str | None = None


def note(
    connection: Connection,
    trace: Trace,
    action: Action,
    about: str | None = None,
    **details: Detail,
) -> None:
    """Write down that somebody did something; *about* names whom or what it was to."""
    connection.execute(
        insert(AuditEntry).values(
            at=trace.at,
            staff_id=trace.staff_id,
            action=action.value,
            about=about,
            details=details,
            address=trace.address,
        )
    )


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries: of somebody, of a kind, older than one."""

    staff_id: int | None = None
    action: Action | None = None
    before: int | None = None


def entries(connection: Connection, wanted: Wanted, most: int) -> Sequence[AnyRow]:
    """Return the newest *most* of the wanted entries, the newest first."""
    return connection.execute(
        select(
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.staff_id,
            Staff.name,
            Staff.login,
            AuditEntry.action,
            AuditEntry.about,
            AuditEntry.details,
            AuditEntry.address,
        )
        .outerjoin(Staff, Staff.id == AuditEntry.staff_id)
        .where(*_conditions(wanted))
        .order_by(AuditEntry.id.desc())
        .limit(most)
    ).all()


def of(
    connection: Connection, about: str, actions: Collection[Action]
) -> Sequence[AnyRow]:
    """Return what was done of some kinds to what is called *about*, newest first."""
    return connection.execute(
        select(AuditEntry.at, AuditEntry.action, AuditEntry.details, Staff.name)
        .outerjoin(Staff, Staff.id == AuditEntry.staff_id)
        .where(AuditEntry.about == about, AuditEntry.action.in_(actions))
        .order_by(AuditEntry.id.desc())
    ).all()


def _conditions(wanted: Wanted) -> list[Any]:
    found: list[Any] = []
    if wanted.staff_id is not None:
        found.append(AuditEntry.staff_id == wanted.staff_id)
    if wanted.action is not None:
        found.append(AuditEntry.action == wanted.action.value)
    if wanted.before is not None:
        found.append(AuditEntry.id < wanted.before)
    return found
