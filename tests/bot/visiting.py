"""Somebody in front of a browser: signs in, opens pages, presses buttons."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, insert, select, update
from werkzeug.test import TestResponse

from bot.store import arrivals, outbox, sessions, staff, threads
from bot.store.models import (
    Author,
    Conversation,
    Customer,
    EventState,
    IncomingEvent,
    Message,
    OutgoingMessage,
    Turn,
)
from bot.store.people import Role, StaffSession
from bot.web import cookies
from bot.wiring import Parts

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PAGE = "102030405060708"


@dataclass
class Visitor:
    """A browser, and who is signed in with it."""

    client: FlaskClient
    csrf_token: str = ""
    staff_id: int = 0

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, buffered=True, **options)

    def page(self, path: str) -> str:
        """The page as its reader has it, entities and all."""
        answer = self.get(path, follow_redirects=True)
        assert answer.status_code == 200, (answer.status_code, path)
        return answer.text

    def words(self, path: str) -> str:
        return words(self.page(path))

    def post(self, path: str, **fields: Any) -> TestResponse:
        """Send a form of ours."""
        data = {"csrf_token": self.csrf_token, **fields}
        return self.client.post(path, data=data)


def words(page: str) -> str:
    """What somebody reads of a page: no tags, single spaces."""
    body = re.sub(r"<head>.*?</head>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(body).split())


def visitor(app: Flask, role: Role | str, name: str | None = None) -> Visitor:
    """Somebody of a role, signed in."""
    parts: Parts = app.extensions["parts"]
    name = name or str(role).capitalize()

    def job(connection: Connection) -> tuple[int, str, str]:
        staff.add(connection, name, name, Role(role), NOW)
        person = staff.by_login(connection, name)
        assert person is not None
        token = sessions.begin(connection, person.id)
        row = select(StaffSession.csrf_token).where(
            StaffSession.token_hash == sessions.hashed(token)
        )
        return person.id, token, connection.scalars(row).one()

    staff_id, token, csrf_token = parts.database.write(job)
    client = app.test_client()
    client.set_cookie(cookies.SESSION, token)
    return Visitor(client, csrf_token, staff_id)


def stranger(app: Flask) -> Visitor:
    """Somebody who is not signed in, with a form of ours before them."""
    client = app.test_client()
    page = client.get("/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    return Visitor(client, token[1])


def converse(
    parts: Parts, psid: str = "1001", *texts: str, at: datetime | None = None
) -> int:
    """A conversation in which a customer wrote; its number."""
    moment = at or parts.clock()

    def job(connection: Connection) -> int:
        found = arrivals.conversation_of(connection, PAGE, psid, moment)
        for text in texts:
            threads.add(
                connection,
                found,
                moment,
                page_id=PAGE,
                author=Author.CUSTOMER,
                text=text,
            )
        arrivals.heard(connection, found, moment)
        return found

    return parts.database.write(job)


def says(parts: Parts, conversation: int, text: str | None, /, **row: Any) -> int:
    """One more message in a conversation, the customer's unless told otherwise."""
    values = {"author": Author.CUSTOMER, "page_id": PAGE, "text": text, **row}
    moment = values.pop("at", None) or parts.clock()
    added = parts.database.write(
        lambda connection: threads.add(connection, conversation, moment, **values)
    )
    assert added is not None
    return added


def owes(parts: Parts, conversation: int, text: str, **changes: Any) -> int:
    """A message of the assistant that is planned; *changes* to its row."""
    message = outbox.Planned(
        message=changes.pop("message", {"text": text}),
        text=text,
        author=changes.pop("author", "flow"),
        purpose="answer",
        send_class="park",
        staff_id=changes.pop("staff_id", None),
    )
    moment = parts.clock()

    def job(connection: Connection) -> int:
        (found,) = outbox.plan(connection, conversation, moment, [message])
        if changes:
            connection.execute(
                update(OutgoingMessage)
                .where(OutgoingMessage.id == found)
                .values(**changes)
            )
        return found

    return parts.database.write(job)


def change(parts: Parts, conversation: int, **changes: Any) -> None:
    """Change the row of a conversation, as time or the engine would."""
    changes["revision"] = Conversation.revision + 1
    query = update(Conversation).where(Conversation.id == conversation)
    parts.database.write(lambda connection: connection.execute(query.values(**changes)))


def name(parts: Parts, conversation: int, name: str) -> None:
    """Let the customer of a conversation be called *name*."""
    whose = select(Conversation.customer_id).where(Conversation.id == conversation)
    query = update(Customer).where(Customer.id.in_(whose)).values(name=name)
    parts.database.write(lambda connection: connection.execute(query))


def messages(parts: Parts, conversation: int) -> list[str | None]:
    """What a thread holds, in order."""
    query = (
        select(Message.text)
        .where(Message.conversation_id == conversation)
        .order_by(Message.at, Message.id)
    )
    with parts.database.read() as connection:
        return list(connection.scalars(query))


def row(parts: Parts, table: Any, **where: Any) -> Any:
    """The one row of a table with these values."""
    columns = table.__table__.columns
    query = select(*columns).where(*(columns[key] == where[key] for key in where))
    with parts.database.read() as connection:
        return connection.execute(query).one()


def rows(parts: Parts, table: Any) -> list[Any]:
    """All rows of a table."""
    columns = getattr(table, "__table__", table).columns
    with parts.database.read() as connection:
        return list(connection.execute(select(*columns)))


def add(parts: Parts, table: Any, **values: Any) -> None:
    """One more row of a table."""
    query = insert(table).values(**values)
    parts.database.write(lambda connection: connection.execute(query))


def turn_of(parts, conversation, text, outcome="handed_over", **trace):
    """The turn of a message that came now; its number."""
    at, key = parts.clock(), f"key {conversation} {text} {outcome}"
    event = dict.fromkeys(("received_at", "at"), at)
    add(
        parts,
        IncomingEvent,
        key=key,
        page_id=PAGE,
        conversation_id=conversation,
        kind="message",
        raw=b"",
        state=EventState.HANDLED,
        **event,
    )
    event_id = row(parts, IncomingEvent, key=key).id
    whole = {"heard": "text", "parse": {"text": text}, "handoff": "unsure", **trace}
    add(
        parts,
        Turn,
        event_id=event_id,
        conversation_id=conversation,
        at=at,
        outcome=outcome,
        trace=whole,
    )
    return row(parts, Turn, event_id=event_id).id
