"""Three books of the same conversations: what was said, the tables, the phones.

A reply is matched to what it answers through the tables: a turn and the messages it
plans are written with the same time, in one transaction. It may be of several
messages: who is told the same twice is offered a person as well.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from benchmarks.crowd import Crowd, Emulator, Said
from bot.store.database import open_database
from bot.store.models import IncomingEvent, Message, OutgoingMessage, Turn


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A message that was said, and how long each part of its answer took (ms)."""

    said: Said
    taken_in: float
    begun: float
    #: Until the first message of the answer was there, and until the last.
    begun_on_phone: float
    on_phone: float


@dataclass(frozen=True, kw_only=True)
class Ledgers:
    """How often each thing stands in each book."""

    said: int
    events: int
    turns: int
    planned: int
    sent: int
    accepted: int
    on_phones: int
    #: Of the planned messages, how many Messenger was given more than once.
    sent_twice: int
    #: What was said and has no turn, or not all that its turn planned on the phone.
    unanswered: int
    out_of_order: int
    states: Mapping[str, int]
    outcomes: Mapping[str, int]

    @property
    def agree(self) -> bool:
        """Whether nothing was lost, doubled or turned round."""
        heard = {self.said, self.events, self.turns}
        told = {self.planned, self.sent, self.accepted, self.on_phones}
        wrong = self.sent_twice or self.unanswered or self.out_of_order
        return len(heard) == len(told) == 1 and not wrong


def read(
    database_url: str, emulator: Emulator, crowd: Crowd
) -> tuple[Ledgers, list[Answered]]:
    """Return what the books say, and each answer."""
    phones = _phones(emulator, crowd.psids)
    with closing(open_database(database_url)) as database, database.read() as rows:
        answers = _answers(rows, crowd.said, phones)
        accepted = _accepted(emulator)
        return (
            Ledgers(
                said=len(crowd.said),
                events=_count(rows, IncomingEvent, IncomingEvent.kind == "message"),
                turns=_count(rows, Turn),
                planned=_count(rows, OutgoingMessage),
                sent=_count(rows, OutgoingMessage, OutgoingMessage.state == "sent"),
                accepted=accepted.total(),
                on_phones=len(phones),
                sent_twice=sum(count > 1 for count in accepted.values()),
                unanswered=len(crowd.said) - len(answers),
                out_of_order=_out_of_order(answers),
                states=_by(rows, OutgoingMessage.state),
                outcomes=_by(rows, Turn.outcome),
            ),
            answers,
        )


def owed(database_url: str) -> int:
    """Return how many events and messages are neither handled nor settled."""
    with closing(open_database(database_url)) as database, database.read() as rows:
        return _count(rows, IncomingEvent, IncomingEvent.state == "new") + _count(
            rows, OutgoingMessage, OutgoingMessage.state.in_(["pending", "sending"])
        )


def _count(rows: Connection, table: Any, *conditions: Any) -> int:
    query = select(func.count()).select_from(table).where(*conditions)
    return rows.scalar(query) or 0


def _by(rows: Connection, column: Any) -> dict[str, int]:
    counts = rows.execute(select(column, func.count()).group_by(column))
    return {str(name): count for name, count in counts}


def _phones(emulator: Emulator, psids: Sequence[str]) -> dict[str, float]:
    """Return when each message of the Page was on its phone, by mid."""
    return {
        item["mid"]: datetime.fromisoformat(item["at"]).timestamp() * 1000
        for psid in psids
        for item in emulator("GET", f"/api/customers/{psid}/messages")["messages"]
    }


def _accepted(emulator: Emulator) -> Counter[str]:
    """Return how often Graph accepted each of our messages, by our mark in it."""
    counts: Counter[str] = Counter()
    after = 0
    while True:
        page = emulator("GET", f"/api/requests?after={after}&limit=5000")["requests"]
        if not page:
            return counts
        after = page[-1]["n"]
        for request in page:
            if request["accepted"] and "message_id" in request:
                # v1:<outgoing id>:<attempt>, see bot/messenger/mark.py
                counts[request["body"]["message"]["metadata"].split(":")[1]] += 1


def _answers(
    rows: Connection, said: Sequence[Said], phones: Mapping[str, float]
) -> list[Answered]:
    by_mid = _replies(rows)
    found = []
    for one in said:
        replies = by_mid.get(one.mid, [])
        times = [phones[row["reply"]] for row in replies if row["reply"] in phones]
        if times and len(times) == len(replies):
            found.append(_answered(one, replies[0], times))
    return found


def _replies(rows: Connection) -> dict[str, list[RowMapping]]:
    """Return what was planned in reply to each message, by the customer's mid."""
    query = (
        select(
            IncomingEvent.key,
            IncomingEvent.received_at,
            Turn.at,
            Message.mid.label("reply"),
        )
        .join(Turn, Turn.event_id == IncomingEvent.id)
        .join(
            OutgoingMessage,
            (OutgoingMessage.conversation_id == Turn.conversation_id)
            & (OutgoingMessage.created_at == Turn.at),
        )
        .join(Message, Message.id == OutgoingMessage.message_id)
    )
    found: dict[str, list[RowMapping]] = {}
    for row in rows.execute(query).mappings():
        found.setdefault(row["key"].split("|")[-1], []).append(row)
    return found


def _answered(said: Said, reply: RowMapping, times: Sequence[float]) -> Answered:
    taken_in = reply["received_at"].timestamp() * 1000
    begun = reply["at"].timestamp() * 1000
    return Answered(
        said=said,
        taken_in=taken_in - said.at,
        begun=begun - taken_in,
        begun_on_phone=min(times) - said.at,
        on_phone=max(times) - said.at,
    )


def _out_of_order(answers: Sequence[Answered]) -> int:
    """Return how many replies overtook the reply before, of the same customer."""
    latest: dict[str, float] = {}
    wrong = 0
    for one in answers:
        at = one.said.at + one.begun_on_phone
        wrong += at < latest.get(one.said.psid, at)
        latest[one.said.psid] = one.said.at + one.on_phone
    return wrong
