"""Look up an order beside a conversation, whoever's it is.

What is found is for colleagues alone: nothing of it goes to the customer, and the
page says what they have proved of it. Each look-up stands in the audit log and in
the thread, where the customer does not see it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.inbox import doing
from bot.inbox.address import look
from bot.inbox.pages import blueprint, page
from bot.shop.for_staff import LookUp, Proved, Shown, Tried
from bot.shop.kept import NUMBER
from bot.store import acts, audit, threads
from bot.store.audit import Action
from bot.store.desk import Desk
from bot.store.people import Role
from bot.store.teamwork import ActKind
from bot.tongue import _, lazy
from bot.web import current, figures, times
from bot.web.access import needs
from bot.web.current import now, parts
from flows.ports import Order, PortError
from intents.entities import whole
from intents.text import ascii_digits

log = structlog.get_logger()

LONGEST_PROOF = 254  # an e-mail address
FOUND, UNKNOWN, UNANSWERED = "found", "unknown", "unanswered"

#: What a customer may hear of an order, by what they have proved: docs/orders.md.
MAY_HEAR = {
    Proved.NOTHING: lazy(
        "Not proved by the customer: do not tell them what is in it, where it goes or "
        "how it stands. Ask for its e-mail address or its postcode first."
    ),
    Proved.NUMBER: lazy(
        "Proved with its number and its e-mail address or postcode: they may hear how "
        "it stands, its days and its parcels. Do not tell them what is in it, what it "
        "came to or where it goes."
    ),
    Proved.ADDRESS: lazy(
        "Proved with a code that was mailed to its e-mail address: they may hear what "
        "is in it and what it came to, too."
    ),
}
RETURNS = {
    "requested": lazy("Return asked for"),
    "agreed": lazy("Return agreed"),
    "received": lazy("Return arrived"),
    "failed": lazy("Return failed"),
}
REFUNDS = {
    "pending": lazy("Refund under way"),
    "partial": lazy("Partly refunded"),
    "full": lazy("Refunded"),
}
TRIED = {
    Tried.FITS: lazy("What they gave you fits this order."),
    Tried.WRONG: lazy(
        "What they gave you does not fit this order. It counts as a wrong try of the "
        "customer."
    ),
    Tried.CLOSED: lazy(
        "Nothing was compared: there were too many wrong tries, by this customer or "
        "for this order. Make sure in another way whose order it is."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What came of a look-up, as the page shows it."""

    number: str
    at: datetime
    orders: Sequence[Shown] = ()
    #: What came of a proof, if one was given.
    tried: Tried | None = None
    #: Why there is no order to show.
    problem: str | None = None

    def may_hear(self, shown: Shown) -> str:
        """Return what the customer may hear of an order."""
        return str(MAY_HEAR[shown.proved])

    def went_back(self, order: Order) -> str:
        """Return what of an order came back, and what was paid back."""
        words = [RETURNS.get(order.returned or ""), REFUNDS.get(order.refund or "")]
        told = [str(word) for word in words if word]
        if order.refunded and order.refund in ("partial", "full"):
            told.append(times.date_words(order.refunded, parts().today()))
        return figures.series(told)

    @property
    def tried_words(self) -> str:
        """Return what came of a proof."""
        return str(TRIED[self.tried]) if self.tried else ""


@blueprint.post("/<int:conversation_id>/orders")
@needs(Role.AGENT)
def look_up(conversation_id: int) -> ResponseReturnValue:
    """Show the order of a number; without our script the page is whole, as ever."""
    desk = doing.found(conversation_id)
    number = _number()
    if number is None:
        looked = Looked(number="", at=now(), problem=_no_number())
    else:
        looked = _looked_up(desk, number, _proof())
    wanted = look(conversation_id)
    return page(wanted, screen="customer", looked=looked)


def _number() -> str | None:
    """Return the number that was tapped or typed, as orders are kept; None if none."""
    given = request.form.get("written") or request.form.get("number", "")
    plain = ascii_digits(given).strip().lstrip("#")
    if not NUMBER.fullmatch(plain):
        return None
    return whole(plain, "order_number", parts().content.patterns) or plain


def _proof() -> str:
    return request.form.get("proof", "").replace("\0", "").strip()[:LONGEST_PROOF]


def _looked_up(desk: Desk, number: str, proof: str) -> Looked:
    try:
        found = parts().orders.look_up(number, desk.psid, proof)
    except PortError as error:
        log.warning("order_not_looked_up", conversation=desk.id, reason=str(error))
        _note(desk.id, number, UNANSWERED)
        return Looked(number=number, at=now(), problem=_no_answer())
    _note(desk.id, number, FOUND if found.orders else UNKNOWN, found)
    return Looked(
        number=number,
        at=now(),
        orders=found.orders,
        tried=found.tried,
        problem=None if found.orders else _unknown(number),
    )


def _note(
    conversation_id: int, number: str, came: str, found: LookUp | None = None
) -> None:
    """Write down that somebody looked an order up, before they see it."""
    trace, details = current.trace(), _details(conversation_id, came, found)

    def job(connection: Connection) -> None:
        threads.lock(connection, [conversation_id])
        audit.note(connection, trace, Action.ORDER_LOOKED_UP, number, **details)
        acts.add(
            connection,
            conversation_id,
            ActKind.LOOKED_UP,
            trace.at,
            staff_id=trace.staff_id,
            details={"order": number, "came": came},
        )
        threads.stir(connection, conversation_id)

    # The assistant is not woken: what colleagues look up is none of its business.
    parts().database.write(job)


def _details(
    conversation_id: int, came: str, found: LookUp | None
) -> Mapping[str, int | str]:
    details: dict[str, int | str] = {"conversation": conversation_id, "came": came}
    tried = found.tried if found else None
    return {**details, "proof": tried.value} if tried else details


def _no_number() -> str:
    return _(
        "This is no order number: letters, digits and hyphens, 40 at most. What the "
        "customer gave as proof goes into the other field."
    )


def _unknown(number: str) -> str:
    return _(
        "There is no order %(number)s. Compare it digit by digit with what the "
        "customer wrote, and ask for the number in the mail that confirmed the order. "
        "Orders of another shop, and old ones that the shop does not give out any "
        "more, are not found here.",
        number=number,
    )


def _no_answer() -> str:
    return _(
        "The shop did not answer, so nothing is known of this order now. Try again in "
        "a minute; if it stays so, tell an admin: “frontdesk doctor” says what is "
        "wrong."
    )
