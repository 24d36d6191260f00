"""Tell a customer who has asked for it when their order moves: once, and the newest.

What a shop tells is kept in order states (`bot/shop/notices`); what a customer knows
stands in their watch. A timer looks at both when it is due, so of changes that come
together one message is made, in whatever order they came, and none of what is over.
While a person answers, or is waited for, the assistant is silent: the timer waits, as
it does in the shop's quiet hours.
"""

import hashlib
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from bot.guard import spelt
from bot.messenger import templates
from bot.quiet import Quiet
from bot.replies import joined, replies
from bot.store import order_states, outbox, threads, timers, watches
from bot.store.models import (
    Conversation,
    Customer,
    Message,
    OutgoingMessage,
    OutgoingState,
    Status,
    TimerState,
)
from bot.store.types import AnyRow, Payload
from flows.responses import Responses
from flows.standing import OVER, WHOLE, key, summed_up

KIND = "order_news"
#: Later it is no news.
STALE = timedelta(days=3)
#: How often is looked whether the assistant answers again.
PATIENCE = timedelta(minutes=1)

OF_ORDER = frozenset(["shipped", "partially_shipped", *OVER])
OF_PARCEL = frozenset(
    [
        "delayed",
        "out_for_delivery",
        "available_for_pickup",
        "attempt_failed",
        "delivered",
        "returned",
        "exception",
    ]
)
#: Of these a customer wants to see where the parcel is.
FOLLOWED = frozenset(["delayed", "out_for_delivery", "available_for_pickup"])


@dataclass(frozen=True, kw_only=True)
class House:
    """What a shop itself sets: its own language, and when it is quiet."""

    language: str
    quiet: Quiet


@dataclass(frozen=True)
class Due:
    """What is to be told to whom: a watch, all states of its order, those not known."""

    watch: AnyRow
    states: Sequence[AnyRow]
    found: Sequence[AnyRow]


def begin(
    connection: Connection,
    customer_id: int,
    conversation_id: int,
    number: str,
    told: Sequence[str],
    now: datetime,
) -> None:
    """Let a customer hear of an order that they have proved.

    Whoever once said STOP has asked anew. What came between the answer they were
    given and their yes is told at once.
    """
    order = (spelt(number), number)
    watch_id = watches.begin(connection, customer_id, order, told, now)
    connection.execute(
        update(Customer).where(Customer.id == customer_id).values(opted_out_at=None)
    )
    _set_timer(connection, watch_id, conversation_id, now)


def follow(connection: Connection, number: str, now: datetime) -> None:
    """Let whoever wants to hear of an order hear what has changed."""
    for watch in watches.of_order(connection, number):
        if news(order_states.of(connection, number), watch.told):
            _set_timer(connection, watch.id, watch.conversation_id, now)


def order_of(
    connection: Connection, page_id: str, customer_id: int, mid: str
) -> str | None:
    """Return the number of the order of which a message told this customer news."""
    asked = {"page": page_id, "mid": mid, "customer": customer_id}
    key: str | None = connection.scalar(_KEY, asked)
    kind, _, rest = (key or "").partition(":")
    watch_id = rest.partition(":")[0]
    if kind != KIND or not watch_id.isdigit():
        return None
    return watches.number_of(connection, int(watch_id), customer_id)


def news(states: Sequence[AnyRow], told: Sequence[str]) -> list[AnyRow]:
    """Return those states of an order and its parcels that a customer does not know."""
    whole = next((row.word for row in states if row.part == WHOLE), None)
    parcels = [row for row in states if row.part != WHOLE]
    if whole in ("cancelled", "refunded"):
        parcels = []
    by_parcel = bool(parcels) and all(row.word == "delivered" for row in parcels)
    if whole == "delivered" and not by_parcel:
        # What a shop says of the whole counts, whatever it last said of a parcel.
        parcels = []
    found = [row for row in states if row.part == WHOLE and row.word in OF_ORDER]
    if whole == "delivered" and by_parcel:
        found = []
    found += [row for row in parcels if row.word in OF_PARCEL]
    return [row for row in found if key(row.part, row.word) not in told]


def fire(
    connection: Connection,
    timer: AnyRow,
    responses: Responses,
    house: House,
    now: datetime,
) -> None:
    """Plan the message of what is news by now, unless nobody wants it any more."""
    threads.lock(connection, [timer.conversation_id])
    watch = watches.find(connection, timer.payload["watch"])
    states = order_states.of(connection, watch.order_key) if watch else []
    found = news(states, watch.told) if watch else []
    if watch is None or watch.opted_out_at or not found:
        timers.settle(connection, timer.id, TimerState.CANCELLED, "nothing to tell")
    elif watch.status != Status.BOT:
        timers.move(connection, timer.id, now + PATIENCE)
    elif until := house.quiet.until(connection, watch.zone, now):
        timers.move(connection, timer.id, until)
    elif timers.take(connection, timer.id):
        due = Due(watch, states, found)
        _tell(connection, due, _planned(due, responses, house.language, now), now)


def _tell(
    connection: Connection,
    due: Due,
    planned: Sequence[outbox.Planned],
    now: datetime,
) -> None:
    watch = due.watch
    _take_back(connection, watch.id)
    outbox.plan(connection, watch.conversation_id, now, planned)
    told = {*watch.told, *(key(row.part, row.word) for row in due.found)}
    watches.tell(connection, watch.id, told)
    if _is_over(due.states):
        watches.end(connection, watch.id, now)


def _planned(
    due: Due, responses: Responses, own: str, now: datetime
) -> list[outbox.Planned]:
    watch = due.watch
    said = joined([*_said(due, responses)])
    keys = "\n".join(sorted(key(row.part, row.word) for row in due.found))
    digest = hashlib.sha256(keys.encode()).hexdigest()[:32]
    made = [reply for one in said for reply in replies(one)]
    languages = templates.preferred(responses.language, own)
    template = templates.order_update(watch.number, due.found[-1].word, languages)
    return [
        outbox.Planned(
            message=reply.message,
            text=reply.text,
            author="system",
            purpose="update",
            send_class="expire",
            key=f"{_beginning(watch.id)}{digest}:{place}",
            # A template is one message, however many are made of the news.
            template=template if place == 0 else None,
            expires_at=now + STALE,
        )
        for place, reply in enumerate(made)
    ]


def _said(due: Due, responses: Responses) -> Iterator[Payload]:
    """Yield what is said of the order and of each parcel, in the words of look-ups."""
    watch, states, found = due.watch, due.states, due.found

    def say(name: str, **values: object) -> Payload:
        return responses.fill(name, {}, values, seed=watch.id)

    whole = [row for row in found if row.part == WHOLE]
    words = [row.word for row in found if row.part != WHOLE]
    about = summed_up(whole[0].word, words) if whole else "utter_order_news"
    yield say(about, number=watch.number)
    parcels = [row.part for row in states if row.part != WHOLE]
    for row in found:
        if row.part == WHOLE:
            continue
        if len(parcels) > 1:
            place, count = parcels.index(row.part) + 1, len(parcels)
            yield say("utter_parcel_heading", parcel=place, parcels=count)
        yield say(f"utter_parcel_{row.word}")
        if row.url and row.word in FOLLOWED:
            yield say("utter_parcel_link", tracking_url=row.url)


def _is_over(states: Sequence[AnyRow]) -> bool:
    """Whether nothing more is to come of an order."""
    words: Set[str] = {row.word for row in states if row.part != WHOLE}
    whole = next((row.word for row in states if row.part == WHOLE), "")
    ended = bool(words) and words <= {"delivered", "returned", "cancelled"}
    return whole in OVER or (ended and whole == "shipped")


def _set_timer(
    connection: Connection, watch_id: int, conversation_id: int, now: datetime
) -> None:
    timers.reset(
        connection,
        kind=KIND,
        key=f"{KIND}:{watch_id}",
        conversation_id=conversation_id,
        due_at=now,
        payload={"watch": watch_id},
    )


def _beginning(watch_id: int) -> str:
    return f"{KIND}:{watch_id}:"


def _take_back(connection: Connection, watch_id: int) -> None:
    """Cancel older news that has not gone out: a Page may be shut for hours."""
    older = OutgoingMessage.key.startswith(_beginning(watch_id), autoescape=True)
    connection.execute(
        update(OutgoingMessage)
        .where(older, OutgoingMessage.state == OutgoingState.PENDING)
        .values(state=OutgoingState.CANCELLED, reason="newer news of the order")
    )


_KEY = (
    select(OutgoingMessage.key)
    .join(Message, Message.id == OutgoingMessage.message_id)
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(Message.page_id == bindparam("page"), Message.mid == bindparam("mid"))
    .where(Conversation.customer_id == bindparam("customer"))
)
