"""Deleting and Undo where several processes answer: each of them stops within 2 s."""

import re
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from benchmarks import several
from benchmarks.crowd import Crowd, Emulator
from bot.clock import system_clock
from bot.store import faq, knowledge
from bot.store.audit import Action
from bot.store.database import open_database
from bot.store.models import OutgoingMessage
from bot.store.people import AuditEntry
from tests.benchmarks import processes
from tests.benchmarks.processes import Editor, await_that

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.rabbitmq,
    pytest.mark.timeout(300),  # half a minute; four processes start
]

AT_ONCE = timedelta(seconds=2)
RATE = 5  # messages a second
ASKED = "do you sell gift cards"
ANSWER = re.compile("gift card", re.IGNORECASE)


def put_live(database, name):
    """Let customers have an answer that came as a draft."""

    def job(connection):
        entry = faq.entry(connection, name).entry()
        knowledge.save(connection, replace(entry, live=True), now=system_clock())

    database.write(job)


def answered_at(database):
    """When the answer was given."""
    query = select(OutgoingMessage.payload, OutgoingMessage.created_at)
    with database.read() as connection:
        rows = connection.execute(query).all()
    return [row.created_at for row in rows if ANSWER.search(str(row.payload))]


def acted(database, action):
    """When somebody did something, by the log of who did what."""
    query = select(AuditEntry.at).where(AuditEntry.action == action)
    with database.read() as connection:
        return connection.scalars(query).one()


@contextmanager
def talking(emulator):
    """Customers who ask for it until the block ends: each once, then a person has them.

    Who asks what was deleted waits for a person, whatever comes back after that.
    """
    ended = threading.Event()

    def talk():
        while not ended.is_set():
            Crowd(emulator, RATE, (ASKED,)).talk("calm", RATE, 1)

    thread = threading.Thread(target=talk)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def taken(database, every):
    """When the last of the processes began to answer with what is there now."""
    with database.read() as connection:
        number = knowledge.live(connection).content
    await_that(lambda: all(one.has_content(number) for one in every), 20)
    return max(one.took(number) for one in every)


def test_no_process_answers_with_what_is_deleted_and_undo_brings_it_back_in_each(
    servers,
):
    with (
        several.stage(servers) as on,
        processes.running(on, "web", "web", "worker", "worker") as every,
        closing(Emulator(on.emulator)) as emulator,
        closing(open_database(on.database_url)) as database,
    ):
        put_live(database, "gift_cards")
        editor = Editor(on, "grace", every[1].url)
        taken(database, every)
        with talking(emulator):
            await_that(lambda: answered_at(database), 20)
            assert editor.post("/admin/faq/gift_cards/delete").status_code == 303
            deleted = acted(database, Action.FAQ_DELETED)
            stopped = taken(database, every) - deleted
            time.sleep(AT_ONCE.total_seconds())
            undone = editor.post("/admin/faq/gift_cards/bring-back", url=every[0].url)
            assert "/admin/faq/gift_cards?note=" in undone.headers["Location"]
            back = acted(database, Action.FAQ_BROUGHT_BACK)
            returned = taken(database, every) - back
            await_that(lambda: max(answered_at(database)) > back, 20)
        given = [at - deleted for at in answered_at(database) if deleted < at < back]
        assert max((stopped, returned, *given)) < AT_ONCE
