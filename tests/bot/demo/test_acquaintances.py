"""Whom the demo's Messenger knows: who may still be answered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.demo import acquaintances
from bot.demo.past import filling

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def demo(parts, messenger):
    settings = replace(parts.settings, demo=True, graph_url=messenger.url)
    parts = replace(parts, settings=settings)
    filling.fill(parts)
    return parts


def test_whoever_wrote_in_the_last_week_can_be_written_to(demo, messenger):
    acquaintances.introduce(demo)
    with demo.database.read() as connection:
        rows = connection.execute(
            text(
                "SELECT psid, status FROM customer JOIN conversation"
                " ON customer.id = conversation.customer_id"
            )
        ).all()
    for row in rows:
        if row.status != "bot":
            assert messenger.send(
                row.psid, "Hello!", tag="HUMAN_AGENT", messaging_type="MESSAGE_TAG"
            ).ok


def test_the_phone_lists_none_of_them_until_there_is_news(demo, messenger):
    acquaintances.introduce(demo)
    assert messenger.get("customers")["customers"] == []
    with demo.database.read() as connection:
        query = text(
            "SELECT psid, name FROM customer JOIN conversation"
            " ON customer.id = conversation.customer_id WHERE status = 'waiting'"
        )
        waiting = connection.execute(query).all()
    messenger.send(waiting[0].psid, "Hello!")
    (listed,) = messenger.get("customers")["customers"]
    assert listed["name"] == waiting[0].name


def test_their_phone_shows_what_was_said(demo, messenger):
    acquaintances.introduce(demo)
    with demo.database.read() as connection:
        query = text(
            "SELECT psid, message.text FROM customer"
            " JOIN conversation ON customer.id = conversation.customer_id"
            " JOIN message ON message.conversation_id = conversation.id"
            " WHERE status = 'waiting' ORDER BY message.at DESC"
        )
        newest = connection.execute(query).first()
    thread = messenger.get(f"customers/{newest.psid}/thread")
    assert thread["items"][-1]["message"]["text"] == newest.text


def test_an_emulator_that_is_gone_stops_nothing(demo):
    gone = replace(demo.settings, graph_url="http://127.0.0.1:9")
    acquaintances.introduce(replace(demo, settings=gone))


def test_who_wrote_longer_ago_is_not_told_of(demo, messenger):
    clock = demo.clock
    acquaintances.introduce(replace(demo, clock=lambda: clock() + timedelta(days=8)))
    assert messenger.get("requests")["count"] == 0
    assert messenger.get("customers")["customers"] == []
