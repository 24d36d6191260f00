"""Frontdesk without threads: what arrives, who answers, what goes out, step by step.

Real tables, real flows, the real intake, answerer and sender; only the model is a
stub, and time is what the test says.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, text

from bot import aside, handoff, prompts
from bot.answer import Answerer, Outside
from bot.delivery import Sender
from bot.intake import Intake
from bot.messenger.errors import SendError
from bot.store import outbox, owed, pages
from bot.store.database import Database
from bot.store.sealing import Seal
from bot.store.types import AnyRow
from bot.sweep import Duties, Sweep
from tests.dialogue import assistants
from tests.emulator.conftest import APP_ID as APP
from tests.emulator.conftest import APP_SECRET as SECRET
from tests.emulator.conftest import PAGE, TOKEN

PSID = "7400112233445566"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WITHIN = timedelta(minutes=10)

_mids = count(1)


class Clock:
    """The time, as the test has it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


class Quiet:
    """Shows no gestures."""

    def began(self, *about: object) -> None: ...

    def ended(self, *about: object) -> None: ...

    def seen(self, *about: object) -> None: ...


@dataclass
class Understanding:
    """Holds the assistant of the pure tests."""

    assistants: Any
    model_name: str = "stub"

    @property
    def assistant(self) -> Any:
        return self.assistants.speaking()

    def responses(self, language: str) -> Any:
        return self.assistants.speaking(language).responses


@dataclass
class FakeGraph:
    """Takes every message, or does what it is told to do next."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    #: What comes instead of a mid: an error to raise, None, or a function to call.
    next: list[Any] = field(default_factory=list)

    def send(self, access: Any, body: dict[str, Any]) -> str | None:
        outcome = self.next.pop(0) if self.next else f"m_out_{next(_mids)}"
        if callable(outcome):
            outcome = outcome(body)
        if isinstance(outcome, SendError):
            raise outcome
        self.taken.append(body)
        return outcome

    @property
    def texts(self) -> list[str]:
        return [_text(body["message"]) for body in self.taken]


class Floor:
    """One Frontdesk on one database."""

    def __init__(
        self,
        database: Database,
        *,
        understanding: Any = None,
        graph: Any = None,
        clock: Any = None,
    ) -> None:
        self.database = database
        self.clock: Any = clock or Clock()
        self.woken: list[int] = []
        self.answered: Any = lambda owed: None
        self.graph: Any = graph or FakeGraph()
        self.seal = Seal("of the tests")
        self.understanding = understanding or Understanding(assistants())
        token = self.seal.close(TOKEN)
        self.write(lambda c: pages.keep(c, PAGE, token, self.clock()))
        self.intake = Intake(database, self.clock, APP, self.woken.append)
        self.answerer = self.new_answerer()
        self.sender = self.new_sender()

    def new_answerer(self, deliver: Any = lambda conversation_id: None) -> Answerer:
        outside = Outside(
            database=self.database,
            clock=self.clock,
            understanding=self.understanding,
            answer_within=WITHIN,
            answered=lambda owed: self.answered(owed),
            menu=frozenset({"/contact_human_agent"}),
        )
        return Answerer(outside, Quiet(), deliver)

    def new_sender(self) -> Sender:
        return Sender(self.database, self.graph, self.seal, SECRET, self.clock)

    def new_sweep(self, **timers: Any) -> Sweep:
        duties = Duties(self.woken.append, self.woken.append, timers)
        return Sweep(self.database, self.clock, duties)

    def passes(self, **span: float) -> list[str]:
        """Let time pass, and the assistant begin what is due; return what it says."""

        def fire(connection: Connection, timer: AnyRow) -> None:
            prompts.fire(connection, timer, self.clock())

        self.clock.advance(**span)
        self.new_sweep(**dict.fromkeys(prompts.KINDS, fire)).sweep()
        before = len(self.graph.taken)
        self.answers()
        self.delivers()
        return self.graph.texts[before:]

    # What arrives

    def receives(self, *items: dict[str, Any], **entry: Any) -> None:
        """Take one webhook with these items."""
        self.intake.accept(body(*items, **entry))

    def hears(self, text: str, psid: str = PSID, **about: Any) -> str:
        """Let a customer say something; return the mid."""
        item = message(text, psid, at=about.pop("at", self.clock()), **about)
        self.receives(item)
        mid: str = item["message"]["mid"]
        return mid

    # What is done

    def answers(self) -> None:
        """Handle every event that nobody has handled."""
        with self.database.read() as connection:
            waiting = owed.turns(connection)
        for conversation_id in waiting:
            self.answerer.answer(conversation_id)

    def delivers(self) -> None:
        """Send all that may go out."""
        with self.database.read() as connection:
            waiting = owed.sends(connection)
        for conversation_id in waiting:
            self.sender.deliver(conversation_id)

    def says(self, text: str, psid: str = PSID, **about: Any) -> list[str]:
        """Let a customer say something; return what they are told."""
        before = len(self.graph.taken)
        self.hears(text, psid, **about)
        self.answers()
        self.delivers()
        return self.graph.texts[before:]

    def plans(self, text: str = "hello", psid: str = PSID, **about: Any) -> int:
        """Owe a customer a message; return its number."""
        found = self.write(
            lambda c: outbox.plan(
                c, self.conversation(psid), self.clock(), [planned(text, **about)]
            )
        )
        return found[0]

    def resolves(self, psid: str = PSID, staff_id: int | None = None) -> bool:
        """Mark as resolved what the assistant answers; return whether it was done."""
        number, who = self.conversation(psid), staff_id or self.staff()
        epoch = self.one("SELECT epoch FROM conversation WHERE id = :n", n=number)
        now = self.clock()
        return self.write(lambda c: aside.resolve(c, number, who, now, epoch=epoch))

    def takes_over(self, psid: str = PSID, staff_id: int | None = None) -> bool:
        """Let a person take a conversation; return whether they got it."""
        who = staff_id or self.staff()
        return self.write(
            lambda c: handoff.take_over(c, self.conversation(psid), who, self.clock())
        )

    def leases_end(self) -> None:
        """Let all leases and waits be over, as some minutes would."""
        self.run("UPDATE conversation SET lease_until = lease_until - 1000")
        self.run("UPDATE outgoing_message SET lease_until = lease_until - 1000")
        self.run("UPDATE outgoing_message SET not_before = not_before - 1000")
        self.run("UPDATE page SET parked_until = parked_until - 1000")

    # What is so

    def write(self, job: Any) -> Any:
        return self.database.write(job)

    def run(self, statement: str, **values: Any) -> None:
        self.write(lambda c: c.execute(text(statement), values))

    def all(self, query: str, **values: Any) -> list[Any]:
        with self.database.read() as connection:
            return list(connection.execute(text(query), values).mappings())

    def one(self, query: str, **values: Any) -> Any:
        (row,) = self.all(query, **values)
        return next(iter(row.values())) if len(row) == 1 else row

    def conversation(self, psid: str = PSID) -> int:
        number: int = self.one(
            "SELECT conversation.id FROM conversation JOIN customer"
            " ON customer.id = customer_id WHERE psid = :psid",
            psid=psid,
        )
        return number

    def states(self, psid: str = PSID) -> list[str]:
        """The states of our messages to somebody, in their order."""
        rows = self.all(
            "SELECT state FROM outgoing_message WHERE conversation_id = :id"
            " ORDER BY seq",
            id=self.conversation(psid),
        )
        return [row["state"] for row in rows]

    def status(self, psid: str = PSID) -> str:
        number = self.conversation(psid)
        found: str = self.one("SELECT status FROM conversation WHERE id = :i", i=number)
        return found

    def outcomes(self, psid: str = PSID) -> list[str]:
        rows = self.all(
            "SELECT outcome FROM turn WHERE conversation_id = :id ORDER BY id",
            id=self.conversation(psid),
        )
        return [row["outcome"] for row in rows]

    def thread(self, psid: str = PSID) -> list[tuple[str, str]]:
        """Who said what, as the thread shows it."""
        rows = self.all(
            "SELECT author, text FROM message WHERE conversation_id = :id"
            " ORDER BY at, id",
            id=self.conversation(psid),
        )
        return [(row["author"], row["text"]) for row in rows]

    def kinds(self) -> Counter[str]:
        """How many events of each kind and state are stored."""
        rows = self.all("SELECT kind, state FROM incoming_event")
        return Counter(f"{row['kind']} {row['state']}" for row in rows)

    def staff(self, login: str = "tina@example.com") -> int:
        """The number of somebody who works here."""
        found = self.all("SELECT id FROM staff WHERE login = :login", login=login)
        if not found:
            self.run(
                "INSERT INTO staff (login, name, role, created_at)"
                " VALUES (:login, 'Tina', 'agent', '2026-01-01 00:00:00+00')",
                login=login,
            )
            return self.staff(login)
        number: int = found[0]["id"]
        return number


def tap(
    title: str, payload: str, psid: str = PSID, *, at: datetime = NOW
) -> dict[str, Any]:
    """A tap on a quick reply."""
    return message(title, psid, at=at, quick_reply={"payload": payload})


def planned(text: str = "hello", **about: Any) -> outbox.Planned:
    """A message as its author wants it."""
    usual = {"author": "flow", "purpose": "answer", "send_class": "repeatable"}
    return outbox.Planned(message={"text": text}, text=text, **{**usual, **about})


def body(*items: dict[str, Any], page: str = PAGE, part: str = "messaging") -> bytes:
    """The bytes of one webhook."""
    entry = {"id": page, "time": ms(NOW), part: list(items)}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def message(
    text: str, psid: str = PSID, *, at: datetime = NOW, mid: str = "", **more: Any
) -> dict[str, Any]:
    """Something a customer wrote."""
    said = {"mid": mid or f"m_in_{next(_mids)}", "text": text, **more}
    return {**between(psid, PAGE, at), "message": said}


def echo(
    text: str, psid: str = PSID, *, at: datetime = NOW, mid: str = "", **more: Any
) -> dict[str, Any]:
    """Something the Page wrote, in whatever app."""
    said = {"mid": mid or f"m_echo_{next(_mids)}", "text": text, "is_echo": True}
    return {**between(PAGE, psid, at), "message": {**said, **more}}


def postback(
    title: str, payload: str, psid: str = PSID, *, at: datetime = NOW, **more: Any
) -> dict[str, Any]:
    """A tap on a button."""
    tap = {"title": title, "payload": payload, **more}
    return {**between(psid, PAGE, at), "postback": tap}


def between(sender: str, recipient: str, at: datetime) -> dict[str, Any]:
    return {
        "sender": {"id": sender},
        "recipient": {"id": recipient},
        "timestamp": ms(at),
    }


def ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _text(message: dict[str, Any]) -> str:
    payload = message.get("attachment", {}).get("payload", {})
    return message.get("text") or payload.get("text") or ""
