"""The agents of a storm, in a process of their own: take over, reply, give back.

`python -m benchmarks.kill.desk`, told by DESK_* what to work on. What it is about to
do and what it has done stands in a file, line by line; killed and started again, it
does anew what it had begun, under the same token, as a browser does that sends a form
twice.
"""

import json
import os
import random
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import Connection, insert, select

from bot import handoff
from bot.store import outbox
from bot.store.database import open_database
from bot.store.models import Conversation, OutgoingMessage, OutgoingState, Status
from bot.store.people import Role, Staff

LOGIN = "desk@example.com"
EVERY = 0.15
HELD = 8  # conversations at a time
AT_CHOICE = 4


@dataclass
class Held:
    """A conversation somebody holds, and until when."""

    conversation_id: int
    until: float


class Book:
    """What was begun and what was done, on disk before the next step."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)
        self.lines = [json.loads(line) for line in path.read_bytes().splitlines()]

    def write(self, **line: Any) -> None:
        """Write a line down."""
        self._file.write(json.dumps(line).encode() + b"\n")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def begun(self) -> Iterator[dict[str, Any]]:
        """Yield what was begun and, as far as the book knows, not done: each once.

        Whoever was killed again while finishing it has begun it several times.
        """
        begun = {line["token"]: line for line in self.lines if not line["done"]}
        done = {line["token"] for line in self.lines if line["done"]}
        yield from (line for token, line in begun.items() if token not in done)

    def held(self) -> set[int]:
        """Return the conversations that were taken and not given back."""
        held: set[int] = set()
        for line in self.lines:
            if line["done"] and line["act"] == "take" and line["took"]:
                held.add(line["conversation"])
            elif line["done"] and line["act"] == "release":
                held.discard(line["conversation"])
        return held


class Desk:
    """Everybody who answers, as one process."""

    def __init__(self) -> None:
        self._database = open_database(os.environ["DESK_DATABASE"])
        self._messenger = os.environ["DESK_MESSENGER"]
        self._book = Book(Path(os.environ["DESK_BOOK"]))
        self._chance = random.Random(os.environ["DESK_SEED"])
        self._session = requests.Session()
        self._staff_id = self._database.write(_staff)
        self._held = {number: Held(number, 0) for number in self._book.held()}

    def work(self) -> None:
        """Finish what was begun; then, unless DESK_FINISH is set, go on for ever."""
        for line in self._book.begun():
            acts = {"take": self._take, "reply": self._reply, "release": self._release}
            acts[line["act"]](line["conversation"], line["token"])
        while "DESK_FINISH" not in os.environ:
            time.sleep(EVERY)
            self._look()
        self._database.close()
        self._book.close()

    def _look(self) -> None:
        """Give back what was held long enough; take somebody new, or reply again."""
        now = time.monotonic()
        for held in [one for one in self._held.values() if one.until < now]:
            self._release(held.conversation_id, secrets.token_hex(8))
        if self._held and self._chance.random() < 0.3:
            held = self._chance.choice(list(self._held.values()))
            self._reply(held.conversation_id, secrets.token_hex(8))
        elif len(self._held) < HELD and (found := self._choose()) is not None:
            self._take(found, secrets.token_hex(8))

    def _choose(self) -> int | None:
        """Return somebody who waits, or whom the assistant is just answering."""
        wanted = self._chance.choice([Status.WAITING, Status.BOT])
        with self._database.read() as connection:
            found = connection.scalars(
                select(Conversation.id)
                .where(Conversation.status == wanted)
                # First those whom a worker holds: it thinks about an answer.
                .order_by(
                    Conversation.lease_until.is_(None),
                    Conversation.last_message_at.desc(),
                )
                .limit(AT_CHOICE)
            ).all()
        return self._chance.choice(found) if found else None

    def _take(self, conversation_id: int, token: str) -> None:
        now = self._now()

        def job(connection: Connection) -> tuple[bool, list[int]]:
            if _known(connection, token):
                return True, beyond_recall(connection, conversation_id)
            took = handoff.claim(
                connection, conversation_id, self._staff_id, now
            ) or handoff.take_over(connection, conversation_id, self._staff_id, now)
            wire = beyond_recall(connection, conversation_id)
            if took:
                outbox.plan(connection, conversation_id, now, [self._words(token)])
            return took, wire

        about = {"act": "take", "conversation": conversation_id, "token": token}
        self._book.write(**about, done=False)
        took, wire = self._database.write(job)
        self._book.write(
            **about, done=True, took=took, wire=wire, requests=self._requests()
        )
        if took:
            until = time.monotonic() + self._chance.uniform(0.3, 2)
            self._held[conversation_id] = Held(conversation_id, until)

    def _reply(self, conversation_id: int, token: str) -> None:
        about = {"act": "reply", "conversation": conversation_id, "token": token}
        now = self._now()
        self._book.write(**about, done=False)
        self._database.write(
            lambda connection: outbox.plan(
                connection, conversation_id, now, [self._words(token)]
            )
        )
        self._book.write(**about, done=True)

    def _release(self, conversation_id: int, token: str) -> None:
        about = {"act": "release", "conversation": conversation_id, "token": token}
        now = self._now()
        self._book.write(**about, done=False, requests=self._requests())
        self._database.write(
            lambda connection: handoff.release(connection, conversation_id, now)
        )
        self._book.write(**about, done=True)
        self._held.pop(conversation_id, None)

    def _words(self, token: str) -> outbox.Planned:
        text = f"A person answers: {token}"
        return outbox.Planned(
            message={"text": text},
            text=text,
            author="agent",
            purpose="answer",
            send_class="park",
            key=f"form:{token}",
            staff_id=self._staff_id,
        )

    def _now(self) -> datetime:
        answer = self._session.get(f"{self._messenger}/api/clock", timeout=10)
        return datetime.fromisoformat(answer.json()["now"])

    def _requests(self) -> int:
        """Return how many requests Messenger has seen by now."""
        answer = self._session.get(
            f"{self._messenger}/api/requests", params={"limit": 0}, timeout=10
        )
        count: int = answer.json()["count"]
        return count


def _known(connection: Connection, token: str) -> bool:
    found = select(OutgoingMessage.id).where(OutgoingMessage.key == f"form:{token}")
    return connection.scalar(found) is not None


def beyond_recall(connection: Connection, conversation_id: int) -> list[int]:
    """Return the messages that no take-over can stop any more.

    A sender holds them at this moment; or Messenger has told of them already by an
    echo, while its answer, by which its book numbers a request, is still on the way.
    """
    gone = (OutgoingState.SENDING, OutgoingState.SENT)
    return list(
        connection.scalars(
            select(OutgoingMessage.id)
            .where(OutgoingMessage.conversation_id == conversation_id)
            .where(OutgoingMessage.state.in_(gone))
        )
    )


def _staff(connection: Connection) -> int:
    """Return the number of the one who answers."""
    found = connection.scalar(select(Staff.id).where(Staff.login == LOGIN))
    if found is not None:
        return found
    began = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    row = {"login": LOGIN, "name": "Desk", "role": Role.AGENT, "created_at": began}
    return connection.scalars(insert(Staff).values(**row).returning(Staff.id)).one()


if __name__ == "__main__":
    Desk().work()
