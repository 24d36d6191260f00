"""What the assistant made of a conversation, turn by turn, as a person reads it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, literal_column, or_, select

from bot.store.models import IncomingEvent, TrackerEvent, Turn
from bot.store.types import Payload
from flows.ports import EVENTS_APART, EVENTS_TOGETHER

#: Turns that lead to a hand-over, and how long before it they may have been.
MOST_BEFORE = 8
BEFORE = timedelta(hours=24)
#: Events of the log in which a proof is looked for.
REMEMBERED = 1000
HANDED_OVER = "handed_over"
ORDER, TICKET, FOUND = "order_number", "ticket", "found"
#: The entity and the slot of an event that is called by its name.
EVENT = "calendar_event"
#: What a flow keeps when a customer does not have what it asked for.
NOT_KNOWN = "none"
#: Actions that look something up with a proof, and the slot that holds its number.
LOOK_UPS = {
    "action_order_open": ORDER,
    "action_order_status": ORDER,
    "action_event_cancelled": TICKET,
    "action_event_when": TICKET,
    "action_event_where": TICKET,
}


@dataclass(frozen=True, kw_only=True)
class Made:
    """One turn; *heard_at* is the moment of what the customer did."""

    id: int
    at: datetime
    heard_at: datetime
    language: str | None
    outcome: str
    trace: Payload


@dataclass(frozen=True, kw_only=True)
class Named:
    """Numbers that a customer spoke of, the newest first: proved as theirs, or not."""

    orders: Sequence[str]
    tickets: Sequence[str]
    unproved_order: str | None
    unproved_ticket: str | None
    #: Ids of events that were called by their names, and of those that may be meant.
    events: Sequence[str] = ()
    maybe_events: Sequence[str] = ()

    @property
    def all_orders(self) -> list[str]:
        """Return all orders that they spoke of, those proved as theirs first."""
        unproved = [self.unproved_order] if self.unproved_order else []
        return [*dict.fromkeys([*self.orders, *unproved])]


def newest(connection: Connection, conversation_id: int, most: int) -> list[Made]:
    """Return the newest *most* turns, the newest first."""
    asked = {"conversation": conversation_id, "most": most}
    return [Made(**row._mapping) for row in connection.execute(_NEWEST, asked)]


def leading_to(
    connection: Connection, conversation_id: int, turn_id: int
) -> list[Made]:
    """Return the turn that fetched a person after those which led to it."""
    query = _MADE.where(Turn.conversation_id == conversation_id, Turn.id <= turn_id)
    rows = connection.execute(query.order_by(Turn.id.desc()).limit(MOST_BEFORE))
    found = [Made(**row._mapping) for row in rows]
    return [*_of_one_visit(found)][::-1]


def handed_over(
    connection: Connection, conversation_id: int, since: datetime, *, but: int | None
) -> bool:
    """Whether a turn since then, other than *but*, fetched a person."""
    asked = {"conversation": conversation_id, "since": since, "but": but or 0}
    return connection.scalar(_HANDED_OVER, asked) is not None


# Built once, as what follows: to build it costs more than to run it.
_HANDED_OVER = (
    select(Turn.id)
    .where(
        Turn.conversation_id == bindparam("conversation"),
        Turn.outcome == HANDED_OVER,
        Turn.at > bindparam("since"),
        Turn.id != bindparam("but"),
    )
    .limit(literal_column("1"))
)


def named(connection: Connection, conversation_id: int) -> Named:
    """Return the orders, tickets and events that a customer spoke of.

    One is proved if a look-up with its number found it: number and proof belonged
    together then.
    """
    log = connection.scalars(_NAMED, {"conversation": conversation_id})
    return _folded([*log][::-1])


# Built once: to build it costs more than to run it.
_NAMED = (
    select(TrackerEvent.event)
    .where(TrackerEvent.conversation_id == bindparam("conversation"))
    .where(
        or_(
            TrackerEvent.event["event"].as_string() == "restart",
            TrackerEvent.event["name"]
            .as_string()
            .in_([ORDER, TICKET, EVENT, FOUND, *LOOK_UPS]),
            and_(
                TrackerEvent.event["event"].as_string() == "user",
                TrackerEvent.event[("parse_data", "entities")]
                .as_string()
                .contains(f'"{EVENT}"'),
            ),
        )
    )
    .order_by(TrackerEvent.id.desc())
    .limit(REMEMBERED)
)
_MADE = select(
    Turn.id,
    Turn.at,
    IncomingEvent.at.label("heard_at"),
    Turn.language,
    Turn.outcome,
    Turn.trace,
).join(IncomingEvent, IncomingEvent.id == Turn.event_id)
_NEWEST = (
    _MADE.where(Turn.conversation_id == bindparam("conversation"))
    .order_by(Turn.id.desc())
    .limit(bindparam("most"))
)


def _of_one_visit(found: Sequence[Made]) -> Iterable[Made]:
    """Yield turns, newest first, until an earlier hand-over or a day of silence."""
    for number, made in enumerate(found):
        earlier = number and made.outcome == HANDED_OVER
        if earlier or found[0].at - made.at > BEFORE:
            return
        yield made


def _folded(log: Sequence[Payload]) -> Named:
    """Follow the log: what was named, looked up, and found."""
    last: dict[str, str] = {}
    #: What the flows know now: an event that is told by its name proves no ticket.
    given: dict[str, str] = {}
    proved: dict[str, dict[str, None]] = {ORDER: {}, TICKET: {}}
    looked_up: str | None = None
    for event in log:
        name, value = str(event.get("name")), event.get("value")
        if event.get("event") == "restart":
            given.clear()
        elif event.get("event") == "action":
            looked_up = LOOK_UPS.get(name)
        elif name == FOUND:
            if value and looked_up in given:
                proved[looked_up][given[looked_up]] = None
        elif value in (None, NOT_KNOWN):
            given.pop(name, None)
        else:
            last[name] = given[name] = str(value)
    return Named(
        orders=tuple(reversed(proved[ORDER])),
        tickets=tuple(reversed(proved[TICKET])),
        unproved_order=_unproved(ORDER, last, proved),
        unproved_ticket=_unproved(TICKET, last, proved),
        **_events(log),
    )


def _events(log: Sequence[Payload]) -> dict[str, Sequence[str]]:
    """Return the events that were named, the latest first.

    Where a name fitted several, these count until it is said which is meant.
    """
    sure: dict[str, None] = {}
    maybe: dict[str, None] = {}
    for value in reversed([value for event in log for value in _named(event)]):
        ids = value.replace(EVENTS_TOGETHER, EVENTS_APART).split(EVENTS_APART)
        if EVENTS_APART not in value:
            sure |= dict.fromkeys(ids)
        elif sure.keys().isdisjoint(ids):
            maybe |= dict.fromkeys(ids)
    return {
        "events": [*sure],
        "maybe_events": [one for one in maybe if one not in sure],
    }


def _named(event: Payload) -> Iterable[str]:
    """Yield what one event of the log says of events: a slot, or a message's words."""
    if event.get("name") == EVENT and event.get("value") not in (None, NOT_KNOWN):
        yield str(event["value"])
    for one in (event.get("parse_data") or {}).get("entities", ()):
        if one["entity"] == EVENT:
            yield str(one["value"])


def _unproved(
    slot: str, last: Mapping[str, str], proved: Mapping[str, Mapping[str, None]]
) -> str | None:
    number = last.get(slot)
    return None if number in proved[slot] else number
