"""Who waits for a conversation holds nothing of it: two may wait for each other."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.store import fates, retention, threads
from tests.floor import PAGE, PSID, between, echo, ms

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("url", ["postgresql"], indirect=True),
]


def answer_is_noted(floor, outgoing_id):
    floor.sender.deliver(floor.conversation())


def our_echo_arrives(floor, outgoing_id):
    mark = f"v1:{outgoing_id}:1"
    floor.receives(echo("hello", at=floor.clock(), mid="m_ours", metadata=mark))


def reaction_arrives(floor, outgoing_id):
    reaction = {"reaction": "love", "emoji": "❤", "action": "react", "mid": "m_said"}
    floor.receives({**between(PSID, PAGE, floor.clock()), "reaction": reaction})


def marks_of_reading_arrive(floor, outgoing_id):
    at = floor.clock()
    floor.receives({**between(PSID, PAGE, at), "read": {"watermark": ms(at)}})


def person_decides(floor, outgoing_id):
    number = floor.conversation()
    floor.write(lambda c: fates.mark_sent(c, number, outgoing_id, "Tina"))


def words_are_forgotten(floor, outgoing_id):
    later = floor.clock() + timedelta(days=181)
    floor.write(lambda c: retention.forget(c, later))


@pytest.mark.parametrize(
    "change",
    [
        words_are_forgotten,
        answer_is_noted,
        our_echo_arrives,
        reaction_arrives,
        marks_of_reading_arrive,
        person_decides,
    ],
)
def test_nothing_of_a_conversation_is_held_while_it_is_waited_for(floor, change):
    floor.hears("hello", mid="m_said")
    floor.answers()
    floor.run("UPDATE outgoing_message SET state = 'sent'")
    outgoing_id = floor.plans()
    if change is person_decides:
        floor.run("UPDATE outgoing_message SET state = 'unconfirmed'")
    waiting = threading.Thread(target=change, args=(floor, outgoing_id))
    with floor.database.engine.begin() as connection:
        threads.lock(connection, [floor.conversation()])
        waiting.start()
        _wait_until_somebody_waits(floor)
        connection.execute(text("SELECT id FROM outgoing_message FOR UPDATE NOWAIT"))
        connection.execute(text("SELECT id FROM message FOR UPDATE NOWAIT"))
    waiting.join(10)


def test_what_arrives_is_stored_while_a_conversation_is_held(floor):
    floor.hears("hello")
    with floor.database.engine.begin() as connection:
        threads.lock(connection, [floor.conversation()])
        floor.hears("and another thing")
    assert floor.kinds() == {"message new": 2}


def _wait_until_somebody_waits(floor):
    query = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    until = time.monotonic() + 10
    while floor.one(query) == 0:
        assert time.monotonic() < until
        time.sleep(0.01)
