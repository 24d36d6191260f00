"""What the law has a shop ask: forget somebody's orders, say what is kept of them.

Of an order we keep its number, its state, and who wants to hear of it; all of that is
forgotten at once. What a customer wrote in Messenger is under no name that a shop
knows: the audit log tells an admin that somebody asked.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.shop.notices.told import Disclosure, Erasure
from bot.store import audit, order_states, watches
from bot.store.audit import Action, Trace


def obey(connection: Connection, told: Erasure | Disclosure, now: datetime) -> None:
    """Forget what is to be forgotten, and write down what was asked."""
    trace = Trace(staff_id=None, at=now)
    if isinstance(told, Disclosure):
        known = order_states.numbers_of(connection, told.shop_ids)
        audit.note(
            connection,
            trace,
            Action.SHOP_ASKED_FOR_DATA,
            ", ".join(known)[:200] or None,
            orders=len(told.shop_ids),
        )
        return
    if told.shop_ids is None:
        order_states.remove_all(connection)
        watches.remove(connection, None)
    else:
        known = order_states.numbers_of(connection, told.shop_ids)
        order_states.remove(connection, known)
        watches.remove(connection, known)
    audit.note(
        connection,
        trace,
        Action.SHOP_HAD_ERASED,
        told.topic,
        orders=len(told.shop_ids or ()),
    )
