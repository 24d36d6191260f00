"""What a desk has in its tables after half a year: conversations, said and sent.

Written straight into the tables, and through their triggers into the index of the
search. Varied enough that a search must choose: four scripts, numbers, goods, names.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from bot.store import sessions, staff
from bot.store.database import Database, glance
from bot.store.models import (
    Author,
    Conversation,
    Customer,
    Message,
    OutgoingMessage,
    OutgoingState,
    Status,
)
from bot.store.people import Role
from bot.store.teamwork import ConversationLabel, Label

WAITING, HELD_BY_EACH, UNSOLVED = 120, 4, 400
AT_ONCE = 2000  # rows a transaction

SAID = (
    "where is my order {number}? it was to come on {day}",
    "my parcel {number} arrived broken, the {thing} is scratched",
    "can I return the {thing} I bought last week? I still have the receipt",
    "I paid twice for #{number}, please give back the money for the {thing}",
    "is the {thing} still there in blue, and what does shipping cost?",
    "thanks, that was really quick",
    "when does the workshop begin? I have two tickets, HR-{code}",
    "¿dónde está mi pedido {number}? Quiero devolver el envío",
    "أين طلبي رقم {number}؟ أريد إرجاع المنتج",
    "我的订单{number}在哪里？我想退款，衣服尺码不合适",
)
ANSWERED = (
    "Your order #{number} is on its way. It should arrive on {day}.",
    "I've asked a colleague to take over. They will answer you here.",
    "You can send the {thing} back within 30 days, and get your money for it.",
    "We are open from 10 am to 6 pm, on {day} until 8 pm.",
)
THINGS = [
    "jacket",
    "lamp",
    "kettle",
    "record",
    "poster",
    "mug",
    "scarf",
    "teapot",
    "blanket",
    "cushion",
]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
FIRST = [
    "Ada",
    "Ben",
    "Chloé",
    "Dina",
    "Emil",
    "Fatima",
    "Grace",
    "Hugo",
    "Iris",
    "João",
    "Karim",
    "Lena",
    "Mei",
]
LAST = [
    "Archer",
    "Brand",
    "Cole",
    "Dale",
    "Ek",
    "Fell",
    "García",
    "Hart",
    "Irwin",
    "Jansen",
    "Khan",
    "Lowe",
]
#: What agents look for: common, rare, a number, a name, two words, other scripts.
SEARCHES = (
    *("order", "refund", "scratched", "{number}", "#{number}", "Grace", "Dina Hart"),
    *("kettle broken", "ref", "the", "envio", "طلبي", "退款", "HR-{code}", "unicorn"),
)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Who works at the desk, and what each has open."""

    tokens: Sequence[str]
    opened: Sequence[int]
    psids: Sequence[str]


def words(template: str, chance: random.Random) -> str:
    """Return a template with something in its places."""
    return template.format(
        number=chance.randint(40_000, 99_999),
        day=chance.choice(DAYS),
        thing=chance.choice(THINGS),
        code="".join(chance.choices("ABCDEFGHJK23456789", k=6)),
    )


def agents(connection: Connection, count: int, now: datetime) -> tuple[list[str], ...]:
    """Add agents who are signed in; return their tokens and their ids."""
    tokens, ids = [], []
    for number in range(count):
        name = f"{FIRST[number % len(FIRST)]} {number}"
        who = staff.add(connection, f"agent-{number}", name, Role.AGENT, now)
        tokens.append(sessions.begin(connection, who or 0))
        ids.append(who or 0)
    return tokens, ids


def conversations(
    count: int, staff_ids: Sequence[int], page_id: str, now: datetime
) -> Iterator[dict[type, list[dict[str, Any]]]]:
    """Yield rows of customers and their conversations, by table."""
    chance = random.Random(1)
    made: dict[type, list[dict[str, Any]]] = {Customer: [], Conversation: []}
    for number in range(1, count + 1):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        made[Customer].append(
            {
                "id": number,
                "page_id": page_id,
                "psid": str(8_000_000 + number),
                "name": name,
                "created_at": now - timedelta(days=200),
                "profile_at": now,
            }
        )
        made[Conversation].append(
            {"id": number, "customer_id": number, **_standing(number, staff_ids, now)}
        )
        if len(made[Customer]) == AT_ONCE:
            yield made
            made = {Customer: [], Conversation: []}
    yield made


def _standing(number: int, staff_ids: Sequence[int], now: datetime) -> dict[str, Any]:
    """Return how a conversation stands: of some a person, of most nobody any more."""
    held = HELD_BY_EACH * len(staff_ids)
    then = now - timedelta(minutes=number)
    row: dict[str, Any] = {
        "status": Status.BOT,
        "status_at": then,
        "state": {},
        "language": ("en", "en", "en", "es", "ar", "zh")[number % 6],
        "assignee_id": None,
        "waiting_since": None,
        "overdue_at": None,
        "handoff_reason": None,
        "resolved_at": then,
        "last_message_at": then,
        "last_heard_at": then,
        "priority": (0, 0, 0, 0, 1, 2)[number % 6],
    }
    if number <= held:
        whose = staff_ids[number % len(staff_ids)]
        row |= {"status": Status.AGENT, "assignee_id": whose, "resolved_at": None}
    elif number <= held + WAITING:
        row |= {"status": Status.WAITING, "waiting_since": then, "resolved_at": None}
        row |= {"overdue_at": then if number % 2 else None, "handoff_reason": "asked"}
    elif number <= held + WAITING + UNSOLVED:
        row["resolved_at"] = None
    return row


def messages(
    count: int, conversations: int, page_id: str, now: datetime
) -> Iterator[dict[type, list[dict[str, Any]]]]:
    """Yield rows of what was said and of what we sent, oldest first, by table."""
    chance = random.Random(2)
    made: dict[type, list[dict[str, Any]]] = {Message: [], OutgoingMessage: []}
    for number in range(1, count + 1):
        at = now - timedelta(days=150) * (1 - number / count)
        ours = number % 2 == 0
        # Some talk much, most little, all at least once.
        whose = number if number <= conversations else _someone(conversations, chance)
        said = {
            "id": number,
            "conversation_id": whose,
            "page_id": page_id,
            "author": Author.BOT if ours else Author.CUSTOMER,
            "text": words(chance.choice(ANSWERED if ours else SAID), chance),
            "parts": {},
            "at": at,
            "mid": f"m_seed_{number}",
        }
        made[Message].append(said)
        if ours:
            made[OutgoingMessage].append(_sent(said, number))
        if len(made[Message]) == AT_ONCE:
            yield made
            made = {Message: [], OutgoingMessage: []}
    yield made


def _someone(conversations: int, chance: random.Random) -> int:
    return 1 + int(conversations * chance.random() ** 2)


def _sent(said: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        "conversation_id": said["conversation_id"],
        "seq": number,
        "message_id": number,
        "author": "flow",
        "purpose": "answer",
        "send_class": "park",
        "epoch": 0,
        "payload": {"text": said["text"]},
        "state": OutgoingState.SENT,
        "created_at": said["at"],
    }


def labels(connection: Connection, conversations: int, now: datetime) -> None:
    """Put labels on every third conversation."""
    for number, name in enumerate(("Damage", "Wholesale", "Press"), 1):
        row = {"id": number, "name": name, "hue": str(number), "created_at": now}
        connection.execute(insert(Label), [row])
    rows = [
        {"conversation_id": one, "label_id": 1 + one % 3}
        for one in range(3, conversations, 3)
    ]
    connection.execute(insert(ConversationLabel), rows)


def settle(connection: Connection) -> None:
    """Let numbers go on after ours."""
    last = select(func.max(OutgoingMessage.seq)).scalar_subquery()
    connection.execute(update(Conversation).values(last_seq=last))
    if connection.dialect.name == "postgresql":
        for table in ("customer", "conversation", "message", "label"):
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"  # noqa: S608
                f" (SELECT max(id) FROM {table}))"
            )
    else:
        connection.exec_driver_sql("ANALYZE")


def tidy(database: Database) -> None:
    """Do what PostgreSQL does by itself in half a year: vacuum, and count its rows."""
    if database.engine.dialect.name == "sqlite":
        return
    options = {"isolation_level": "AUTOCOMMIT"}
    with database.engine.connect().execution_options(**options) as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def replies(url: str, since: datetime, until: datetime) -> tuple[list[float], int]:
    """Return after how many ms strangers who came then had an answer, and who had none.

    Until Messenger took it, by our own clock.
    """
    first = (
        select(func.min(Message.at))
        .where(Message.conversation_id == Conversation.id, Message.mid.is_not(None))
        .where(Message.author == Author.BOT)
        .correlate(Conversation)
        .scalar_subquery()
    )
    query = (
        select(Customer.created_at, first.label("answered_at"))
        .join(Conversation, Conversation.customer_id == Customer.id)
        .where(Customer.created_at.between(since, until))
    )
    with glance(url) as connection:
        rows = connection.execute(query).all()
    took = [one.answered_at - one.created_at for one in rows if one.answered_at]
    return [one.total_seconds() * 1000 for one in took], len(rows) - len(took)
