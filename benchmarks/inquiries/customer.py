"""A customer with an errand: says it, gives what is asked for, taps what fits."""

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import select

from benchmarks.crowd import Emulator
from benchmarks.inquiries.inquiry import Inquiry
from bot.store.database import Database
from bot.store.models import Conversation, IncomingEvent, OutgoingMessage, Turn

Payload: TypeAlias = dict[str, Any]

PATIENCE = 30.0  # seconds for a turn and all its messages
POLL = 0.02
#: Nobody says more than this for one errand.
MOST_TURNS = 14
#: What answers the question for each slot.
GIVES = {
    "order_number": ("order_number",),
    "email_or_postcode": ("email", "postcode"),
    "email": ("email",),
    "ticket": ("ticket",),
}
LOOK_ALIKES = str.maketrans("\u00a0\u202f\u2019", "  '")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that the customer said or tapped, and what came of it."""

    said: str
    trace: Payload
    language: str | None
    answers: Sequence[str]
    #: What a person reads above the conversation, once one was fetched.
    summary: str = ""

    @property
    def topic(self) -> str | None:
        """Return which goal or entry of the FAQ this answered, None if neither."""
        if self.trace["outcome"] != "answered":
            return None
        flow: str | None = self.trace["flow"]
        return topic(self.trace["parse"]["intent"]["name"]) if flow == "faq" else flow


@dataclass(kw_only=True)
class Visit:
    """An inquiry as it was played; *brief* is what a person was told, if one came."""

    inquiry: Inquiry
    steps: list[Step] = field(default_factory=list)
    person: bool = False
    reason: str | None = None
    language: str = ""
    brief: str = ""

    @property
    def answers(self) -> list[str]:
        """Return all that the assistant said."""
        return [text for step in self.steps for text in step.answers]

    @property
    def told(self) -> bool:
        """Whether all that the customer came for has been said."""
        text = _plain("\n".join(self.answers))
        facts = self.inquiry.facts
        return bool(facts) and all(
            any(_plain(way) in text for way in ways) for ways in facts
        )


@dataclass(frozen=True, kw_only=True)
class House:
    """The Frontdesk that is visited: Messenger before it, its tables behind."""

    emulator: Emulator
    database: Database


def visit(house: House, inquiry: Inquiry) -> Visit:
    """Play an inquiry to its end: all is told, a person comes, or nothing is left."""
    psid = house.emulator("POST", "/api/customers", {})["psid"]
    made, lines = Visit(inquiry=inquiry), list(inquiry.says)
    given: set[str] = set()
    doing: Payload | None = {"text": lines.pop(0)}
    while doing and len(made.steps) < MOST_TURNS:
        made.steps.append(_do(house, psid, doing, len(made.answers)))
        _look(made)
        if made.person or made.told:
            break
        doing = _next(made, lines, given)
    return made


def _next(made: Visit, lines: list[str], given: set[str]) -> Payload | None:
    """Return what the customer does now; None if they give up."""
    trace = made.steps[-1].trace
    asked, offer = trace["asked"], trace["offer"]
    wanted = made.inquiry.means
    for choice in offer:
        if topic(choice["intent"]) in wanted:
            return _tap(choice)
    if asked == "person_wanted":
        return _tap(offer[0]) if offer else {"text": lines.pop(0)} if lines else None
    for name in GIVES.get(asked or "", ()):
        if name in made.inquiry.knows and name not in given:
            given.add(name)
            return {"text": made.inquiry.knows[name]}
    if lines:
        return {"text": lines.pop(0)}
    # Nothing that is offered fits, or they cannot say: the last button is the way out.
    return _tap(offer[-1]) if offer and made.steps[-1].said != _title(offer) else None


def _title(offer: Sequence[Payload]) -> str:
    return str(offer[-1]["title"])


def topic(intent: str | None) -> str | None:
    """Return what an intent is about, as inquiries name it."""
    return intent.removeprefix("faq/") if intent else None


def _tap(choice: Payload) -> Payload:
    return {"quick_reply": {"title": choice["title"], "payload": choice["payload"]}}


def _do(house: House, psid: str, doing: Payload, seen: int) -> Step:
    mid = house.emulator("POST", f"/api/customers/{psid}/say", doing)["mid"]
    turn = _until(lambda: _turn(house.database, mid))
    _until(lambda: not _owed(house.database, turn["conversation_id"]))
    path = f"/api/customers/{psid}/messages?after={seen}"
    heard = house.emulator("GET", path)["messages"]
    return Step(
        said=doing.get("text") or doing["quick_reply"]["title"],
        trace=turn["trace"],
        language=turn["language"],
        answers=tuple(_words(one) for one in heard),
        summary=turn["handoff_summary"] or "",
    )


def _words(heard: Payload) -> str:
    """Return all that a message says; cards are read as they were sent."""
    card = heard.get("attachment")
    return str(heard["text"]) if card is None else json.dumps(card, ensure_ascii=False)


def _until(found: Callable[[], Any]) -> Any:
    until = time.monotonic() + PATIENCE
    while not (answer := found()):
        if time.monotonic() > until:
            raise TimeoutError("a customer has waited too long for the assistant")
        time.sleep(POLL)
    return answer


def _turn(database: Database, mid: str) -> Mapping[str, Any] | None:
    query = (
        select(
            Turn.trace,
            Turn.language,
            Turn.conversation_id,
            Conversation.handoff_summary,
        )
        .join(IncomingEvent, Turn.event_id == IncomingEvent.id)
        .join(Conversation, Turn.conversation_id == Conversation.id)
        .where(IncomingEvent.key.endswith(f"|{mid}", autoescape=True))
    )
    with database.read() as rows:
        return rows.execute(query).mappings().one_or_none()


def _owed(database: Database, conversation_id: int) -> bool:
    query = select(OutgoingMessage.id).where(
        OutgoingMessage.conversation_id == conversation_id,
        OutgoingMessage.state.in_(["pending", "sending"]),
    )
    with database.read() as rows:
        return rows.execute(query).first() is not None


def _look(made: Visit) -> None:
    """Note whether a person has been fetched, and what they are told."""
    last = made.steps[-1].trace
    if last["handoff"] is None:
        return
    made.person, made.reason = True, last["handoff"]
    made.language = made.steps[-1].language or ""
    made.brief = made.steps[-1].summary


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(LOOK_ALIKES)).casefold()
