"""The sums of what went out: each message taken once, in order, or explained."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from benchmarks.kill.books import Sent, content, moment
from benchmarks.kill.figures import Sum, listed, none
from benchmarks.kill.storm import Storm
from benchmarks.kill.tables import Row, Tables, told

ENDED = ("failed", "refused", "cancelled", "expired")
OWED = ("pending", "sending")
#: What was looked at for the last time before the echo came may be on the wire so long.
WIRE = timedelta(seconds=0.1)
DAY, HOURS = timedelta(days=1), timedelta(hours=2)


def sent_once(tables: Tables, echoed: Mapping[str, str]) -> Iterator[Sum]:
    """Yield what was planned against what Messenger took."""
    yield Sum("messages planned", len(tables.outgoing))
    yield from _by_state(tables)
    yield none("sent, and never taken", _wrong(tables, ("sent",), {0}))
    yield none("taken, and shown as not sent", _wrong(tables, ENDED, {1, 2}))
    yield none("still to be sent", _wrong(tables, OWED, {0, 1, 2}))
    yield from _repeated(tables, echoed)
    yield from _unconfirmed(tables, echoed)
    yield none("other words than were planned", _reworded(tables))
    yield none("not shown once in the thread", _misshown(tables))


def in_order(tables: Tables, taken_at: Mapping[str, datetime]) -> Iterator[Sum]:
    """Yield what overtook another message of its conversation."""
    last: dict[int, tuple[int, int]] = {}
    wrong = []

    def when(one: Sent) -> tuple[datetime, int]:
        return taken_at.get(one.mid or "", moment(one.at)), one.n

    for one in sorted(tables.sent, key=when):
        if one.accepted:
            row = tables.planned[one.outgoing_id]
            place = (row["seq"], one.attempt)
            if place <= last.get(row["conversation_id"], (0, 0)):
                wrong.append(told(row))
            last[row["conversation_id"]] = place
    yield none("out of order in their conversation", wrong)


def reminded(tables: Tables, storm: Storm) -> Iterator[Sum]:
    """Yield which reminders came due against which were planned."""
    due = _due(tables, storm)
    planned = {r["key"] for r in tables.outgoing if r["purpose"] == "reminder"}
    late = {r["key"] for r in tables.timers if r["state"] == "expired"}
    yield Sum("reminders that came due", len(due))
    yield Sum("  too late by the time they could go out", len(due & late))
    yield none("reminders forgotten", due - planned - late)
    yield none("reminders that were not due", planned - due)


def _by_state(tables: Tables) -> Iterator[Sum]:
    counted = Counter((row["state"], _times(tables, row)) for row in tables.outgoing)
    names = ("never", "once", "more than once")
    for (state, times), number in sorted(counted.items()):
        yield Sum(f"  {state}, taken {names[times]}", number)


def _times(tables: Tables, row: Row) -> int:
    """Return how often Messenger took a message; 2 stands for any more."""
    return min(len(tables.accepted[row["id"]]), 2)


def _wrong(tables: Tables, states: Sequence[str], times: set[int]) -> list[str]:
    return [
        told(row)
        for row in tables.outgoing
        if row["state"] in states and _times(tables, row) in times
    ]


def _repeated(tables: Tables, echoed: Mapping[str, str]) -> Iterator[Sum]:
    twice = [row for row in tables.outgoing if _times(tables, row) > 1]
    allowed = [row for row in twice if _may_repeat(row, tables, echoed)]
    yield listed(
        "repeated: no answer, no echo, and its class allows it",
        (f"{told(row)}: {_cause(tables.tries[row['id']][:1])}" for row in allowed),
    )
    wrong = [told(row) for row in twice if row not in allowed]
    yield none("sent twice without a reason", wrong)


def _may_repeat(row: Row, tables: Tables, echoed: Mapping[str, str]) -> bool:
    """Whether each attempt but the last was unknown to us when the next began."""
    if row["send_class"] != "repeatable":
        return False
    return all(
        one.attempt < following.attempt and not _heard_before(one, following, echoed)
        for one, following in pairwise(tables.accepted[row["id"]])
    )


def _heard_before(one: Sent, other: Sent, echoed: Mapping[str, str]) -> bool:
    at = echoed.get(one.mid or "")
    return at is not None and moment(at) + WIRE < moment(other.at)


def _unconfirmed(tables: Tables, echoed: Mapping[str, str]) -> Iterator[Sum]:
    causes: Counter[str] = Counter()
    known = []
    for row in tables.outgoing:
        if row["state"] == "unconfirmed":
            if any(one.mid in echoed for one in tables.accepted[row["id"]]):
                known.append(told(row))
            else:
                causes[_cause(tables.tries[row["id"]])] += 1
    for cause, number in sorted(causes.items()):
        yield Sum(f"unconfirmed: {cause}", number)
    yield none("unconfirmed although Messenger told us", known)


def _cause(tries: Sequence[Sent]) -> str:
    if not tries:
        return "killed before the call (S1)"
    last = tries[-1]
    if last.fault is not None:
        return f"Messenger failed ({last.fault}), no echo"
    return "killed during or after the call (S2-S4), no echo"


def _reworded(tables: Tables) -> Iterator[str]:
    for one in tables.sent:
        row = tables.planned[one.outgoing_id]
        said, template = content(row["payload"]), content(row["template"])
        if one.content not in (said, {"template": template}):
            yield told(row)


def _misshown(tables: Tables) -> Iterator[str]:
    """Yield messages that customers have and agents don't see, or see twice."""
    shown = Counter(row["mid"] for row in tables.messages if row["mid"])
    strangers = {row["mid"] for row in tables.messages if row["author"] == "elsewhere"}
    for row in tables.outgoing:
        mids = {one.mid for one in tables.accepted[row["id"]]}
        if row["state"] == "sent" and (
            sum(shown[mid] for mid in mids) != 1 or mids & strangers
        ):
            yield told(row)


def _due(tables: Tables, storm: Storm) -> set[str]:
    now = storm.site.messenger.now()
    due = set()
    for row in tables.tickets:
        start = moment(row["starts_at"])
        for name, before in (("day", DAY), ("hours", HOURS)):
            if moment(row["linked_at"]) < start - before <= now:
                at = start.strftime("%Y%m%dT%H%M%SZ")
                due.add(f"reminder:{row['customer_id']}:{row['event_id']}:{name}:{at}")
    return due
