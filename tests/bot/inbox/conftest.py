"""What the tests of the inbox share: agents, and conversations that need them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import handoff
from tests.bot.visiting import NOW, converse, visitor, words
from tests.floor import Clock


@pytest.fixture
def parts(parts):
    """The parts, on which time stands still: no minute turns between two renders."""
    return replace(parts, clock=Clock(NOW))


@pytest.fixture
def agent(app):
    return visitor(app, "agent", "Ada")


@pytest.fixture
def ben(app):
    return visitor(app, "agent", "Ben")


@pytest.fixture
def waits(parts):
    """Let a new conversation wait for a person; its number."""

    def begin(psid="1001", *texts):
        found = converse(parts, psid, *(texts or ("I need a person",)))
        now = parts.clock()
        parts.database.write(
            lambda c: handoff.request(
                c,
                found,
                now,
                reason="asked",
                summary="",
                answer_within=timedelta(minutes=10),
            )
        )
        return found

    return begin


@pytest.fixture
def mine(agent, waits):
    """A conversation that Ada has claimed and read."""
    found = waits()
    agent.post(f"/inbox/{found}/claim")
    agent.page(f"/inbox/{found}")
    return found


@pytest.fixture
def listed():
    """The names on a list, from the top."""

    def names(who, view):
        page = who.page(f"/inbox/?view={view}")
        lines = page.split('<span class="name">')[1:]
        return [words(line.split("</bdi>")[0]) for line in lines]

    return names
