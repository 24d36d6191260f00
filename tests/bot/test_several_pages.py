"""One Frontdesk for several Pages, over real HTTP: each has its token and its fate."""

import time
from dataclasses import replace

import pytest

from bot.app import application
from bot.content import load
from bot.engine import Engine
from bot.store import outbox
from bot.store.outbox import Planned
from bot.wake import InProcessWaker
from bot.wiring import prepare
from tests.bot.connection import conftest as connected
from tests.emulator.conftest import OTHER_PAGE, OTHER_TOKEN, PAGE, TOKEN

server = connected.server


@pytest.fixture
def settings(settings, messenger, server):
    return replace(
        settings,
        graph_url=messenger.url,
        page_ids=(PAGE, OTHER_PAGE),
        page_access_tokens=(TOKEN, OTHER_TOKEN),
        public_url=f"http://127.0.0.1:{server.port}",
    )


RESPONSES = """
responses:
  utter_greet:
  - text: Ahoy!
    condition:
    - {type: slot, name: page_id, value: "%s"}
  - text: Hello!
"""


@pytest.fixture
def written(tmp_path):
    """What the files say, with a greeting of the second Page's own."""
    layer = tmp_path / "layer" / "data" / "responses" / "en.yml"
    layer.parent.mkdir(parents=True)
    layer.write_text(RESPONSES % OTHER_PAGE)
    return replace(load(tmp_path / "layer"), pins=(), scripts=())


class Desk:
    """A Frontdesk that runs, and Messenger with two Pages."""

    def __init__(self, parts, messenger):
        self.parts = parts
        self.messenger = messenger

    def writes(self, page_id, says="hello"):
        """Let a new customer write to a Page."""
        return self.messenger.customer(page_id=page_id, says=says)

    def answered(self, psid, seconds=10.0):
        """Wait for an answer."""
        return self.messenger.messages(psid, wait=seconds)

    def restarts(self, *page_ids):
        """Start again with these Pages in the settings."""
        tokens = {PAGE: TOKEN, OTHER_PAGE: OTHER_TOKEN}
        settings = replace(
            self.parts.settings,
            page_ids=page_ids,
            page_access_tokens=tuple(tokens[one] for one in page_ids),
        )
        prepare(replace(self.parts, settings=settings))

    def plans(self, conversation, text):
        """Owe somebody a message."""
        message = Planned(
            message={"text": text},
            text=text,
            author="system",
            purpose="test",
            send_class="park",
        )
        now = self.parts.clock()
        owed = [message]
        self.parts.database.write(lambda c: outbox.plan(c, conversation, now, owed))

    def one(self, query):
        return self.all(query)[0]

    def all(self, query):
        with self.parts.database.read() as connection:
            return [*connection.exec_driver_sql(query).scalars()]

    def pages_heard(self):
        """The Pages of which something came in."""
        return self.all("SELECT DISTINCT page_id FROM incoming_event")

    def parked(self):
        """The Pages that are shut."""
        return self.all("SELECT page_id FROM page WHERE parked_until IS NOT NULL")


@pytest.fixture
def desk(parts, lessons, messenger, server):
    waker = InProcessWaker("turn", 2)
    server.app = application(replace(parts, teaching=lessons), waker.wake).wsgi_app
    messenger.post("webhooks", {"url": f"http://127.0.0.1:{server.port}/webhook"})
    engine = Engine(parts, waker)
    engine.start()
    yield Desk(parts, messenger)
    messenger.settle()
    messenger.post("webhooks", {"url": None})
    engine.close()


def until(holds, seconds=10):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_who_writes_to_either_page_is_answered_by_that_page(desk):
    first, second = desk.writes(PAGE), desk.writes(OTHER_PAGE)
    assert desk.answered(first)
    assert desk.answered(second)
    # Graph takes a customer of one Page from no other: the token was the right one.
    sent = [r for r in desk.messenger.requests() if r["path"].endswith("/messages")]
    assert {r["path"].split("/")[-2] for r in sent} == {PAGE, OTHER_PAGE}
    assert {r["status"] for r in sent} == {200}


def test_two_pages_may_say_the_same_differently(desk):
    first, second = desk.writes(PAGE), desk.writes(OTHER_PAGE)
    assert "Hello!" in str(desk.answered(first))
    assert "Ahoy!" in str(desk.answered(second))


def test_a_page_whose_token_has_expired_is_parked_alone(desk):
    desk.messenger.post(f"pages/{OTHER_PAGE}", {"token": "expired"})
    theirs = desk.writes(OTHER_PAGE)
    until(lambda: desk.parked() == [OTHER_PAGE])
    ours = desk.writes(PAGE)
    assert desk.answered(ours)
    assert desk.messenger.messages(theirs) == []
    assert desk.parked() == [OTHER_PAGE]


def test_what_arrives_for_a_page_of_nobody_is_kept_and_not_answered(desk):
    desk.restarts(PAGE)
    theirs = desk.writes(OTHER_PAGE)
    until(lambda: desk.pages_heard() == [OTHER_PAGE])
    assert desk.answered(desk.writes(PAGE))
    assert desk.messenger.messages(theirs) == []
    assert desk.one("SELECT count(*) FROM conversation") == 1


def test_a_page_that_is_taken_out_of_the_settings_sends_no_more(desk):
    theirs = desk.writes(OTHER_PAGE)
    said = len(desk.answered(theirs))
    number = desk.one("SELECT max(id) FROM conversation")
    desk.restarts(PAGE)
    desk.plans(number, "news")
    assert desk.answered(desk.writes(PAGE))
    assert len(desk.messenger.messages(theirs)) == said

    desk.restarts(PAGE, OTHER_PAGE)
    until(lambda: len(desk.messenger.messages(theirs)) == said + 1)
