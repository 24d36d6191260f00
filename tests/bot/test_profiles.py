"""Who a customer is: asked over real HTTP, beside the answer, and seldom."""

import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.engine import Engine
from bot.intake import Intake
from bot.messenger.client import Access, Graph
from bot.profiles import MOST_WAITING, Profiles, described
from bot.store import pages
from bot.wake import InProcessWaker
from tests.emulator.conftest import OTHER_PAGE, OTHER_TOKEN
from tests.floor import APP, SECRET, TOKEN, body, message

#: Where the tables do no more than elsewhere.
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


class Shop:
    """A Frontdesk on the emulator whose customers are asked for."""

    def __init__(self, line, messenger, patience=10.0, **silences):
        self.line = line
        self.messenger = messenger
        graph = Graph(messenger.url, "v25.0", patience)
        self.profiles = Profiles(
            line.database, graph, line.seal, SECRET, line.clock, **silences
        )
        line.answered = self.profiles.ask

    def asked(self):
        """The questions that Messenger got, whatever it answered."""
        return [r for r in self.messenger.requests() if r["method"] == "GET"]

    def known(self, psid):
        return self.line.one(
            "SELECT name, language, zone, profile_at FROM customer WHERE psid = :p",
            p=psid,
        )

    def says(self, psid):
        """Let a customer write, and see that they are answered."""
        before = len(self.line.outcomes(psid)) if self.known_at_all(psid) else 0
        self.line.hears("hello", psid)
        self.line.answers()
        self.line.delivers()
        assert len(self.line.outcomes(psid)) == before + 1
        assert set(self.line.states(psid)) == {"sent"}

    def known_at_all(self, psid):
        return self.line.all("SELECT id FROM customer WHERE psid = :p", p=psid)

    def hears(self, psid):
        """Let a customer write; return once all that comes of it is done."""
        self.says(psid)
        self.rests()

    def rests(self):
        """Let what has begun be finished."""
        until(lambda: self.profiles._places._value == MOST_WAITING)


def until(holds, seconds=10):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


@contextmanager
def opened(line, messenger, patience=10.0, **silences):
    shop = Shop(line, messenger, patience, **silences)
    try:
        yield shop
    finally:
        shop.profiles.close()


@pytest.fixture
def shop(line, messenger):
    with opened(line, messenger) as shop:
        yield shop


def test_a_customer_who_writes_gets_their_name_and_the_page_shows_it(shop, messenger):
    psid = messenger.customer(name="Zoë O'Neill", locale="de_DE", timezone=1)
    shop.hears(psid)
    assert shop.known(psid)["name"] == "Zoë O'Neill"
    assert shop.known(psid)["language"] == "de"
    assert shop.known(psid)["zone"] is None
    (asked,) = shop.asked()
    assert asked["path"].endswith(f"/{psid}")


def test_each_page_asks_with_its_own_token_for_its_customers(shop, messenger):
    line = shop.line
    token = line.seal.close(OTHER_TOKEN)
    line.write(lambda c: pages.keep(c, OTHER_PAGE, token, line.clock()))
    here = messenger.customer(name="Ada Meier")
    there = messenger.customer(name="Zoë O'Neill", page_id=OTHER_PAGE)
    line.receives(message("hello", here))
    line.receives(
        {**message("hello", there), "recipient": {"id": OTHER_PAGE}}, page=OTHER_PAGE
    )
    line.answers()
    shop.rests()
    assert shop.known(here)["name"] == "Ada Meier"
    assert shop.known(there)["name"] == "Zoë O'Neill"


def test_the_revision_goes_up_with_the_name(shop, messenger):
    psid, owed = messenger.customer(), []
    shop.line.answered = owed.append
    shop.says(psid)
    before = shop.line.one("SELECT revision FROM conversation")
    shop.profiles.ask(owed[0])
    shop.rests()
    assert shop.line.one("SELECT revision FROM conversation") == before + 1


def test_they_are_asked_for_once_in_thirty_days(shop, messenger):
    psid = messenger.customer(name="Ada Meier")
    shop.hears(psid)
    shop.line.clock.advance(days=29)
    shop.hears(psid)
    assert len(shop.asked()) == 1
    messenger.post(f"customers/{psid}", {"name": "Ada Costa"})
    shop.line.clock.advance(days=2)
    messenger.say(psid, text="I am back")
    shop.hears(psid)
    assert len(shop.asked()) == 2
    assert shop.known(psid)["name"] == "Ada Costa"


def test_of_two_that_would_ask_at_once_one_does(shop, messenger):
    psid = messenger.customer()
    owed = []
    shop.line.answered = owed.append
    shop.says(psid)
    for _ in range(8):
        shop.profiles.ask(owed[0])
    shop.rests()
    assert len(shop.asked()) == 1


@on_sqlite
class TestNothingToTell:
    def test_an_empty_profile_is_no_name_and_is_not_asked_for_again(
        self, shop, messenger
    ):
        psid = messenger.customer(profile=False)
        shop.hears(psid)
        assert shop.known(psid)["name"] is None
        assert shop.known(psid)["profile_at"] is not None
        shop.hears(psid)
        assert len(shop.asked()) == 1

    @pytest.mark.parametrize(
        ("code", "subcode"), [(100, 2018247), (100, 2018218), (100, 33), (1, None)]
    )
    def test_an_error_costs_nobody_an_answer_and_is_not_tried_again(
        self, shop, messenger, code, subcode
    ):
        fault = {"on": "profile", "do": "error", "code": code, "subcode": subcode}
        messenger.faults(graph=fault)
        psid = messenger.customer()
        shop.hears(psid)
        assert shop.line.states(psid) == ["sent"]
        shop.hears(psid)
        assert len(shop.asked()) == 1
        assert shop.known(psid)["name"] is None

    def test_after_too_many_calls_nobody_is_asked_for_until_later(
        self, shop, messenger
    ):
        messenger.faults(graph={"on": "profile", "do": "error", "code": 80006})
        first, second = messenger.customer(), messenger.customer()
        shop.hears(first)
        shop.hears(second)
        assert len(shop.asked()) == 1
        assert shop.known(second)["profile_at"] is None  # with their next message

    def test_whoever_wrote_under_an_expired_token_is_asked_for_once_it_is_mended(
        self, line, messenger
    ):
        messenger.faults(graph={"on": "profile", "do": "error", "code": 190})
        first, second = messenger.customer(name="Ada Meier"), messenger.customer()
        with opened(line, messenger, while_shut=1.0) as shop:
            shop.hears(first)
            shop.hears(second)
            assert shop.known(first)["profile_at"] is None  # with their next message
            messenger.faults()
            until(lambda: shop.known(first)["name"] == "Ada Meier")
            until(lambda: shop.known(second)["name"])

    def test_a_name_that_is_known_is_kept_when_nothing_is_told(self, shop, messenger):
        psid = messenger.customer(name="Ada Meier")
        shop.hears(psid)
        messenger.post(f"customers/{psid}", {"profile": False})
        shop.line.clock.advance(days=31)
        messenger.say(psid, text="hello")
        shop.hears(psid)
        assert shop.known(psid)["name"] == "Ada Meier"


@on_sqlite
def test_an_answer_does_not_wait_for_a_profile_that_hangs(line, messenger):
    messenger.faults(graph={"on": "profile", "do": "hang", "seconds": 30})
    psid = messenger.customer()
    with opened(line, messenger, patience=0.5) as shop:
        began = time.monotonic()
        shop.says(psid)
        assert time.monotonic() - began < 5
        until(lambda: shop.known(psid)["profile_at"])
        shop.rests()
    assert shop.known(psid)["name"] is None
    assert line.states(psid) == ["sent"]


@on_sqlite
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (
            "<b>Bob</b> <script>alert(1)</script>",
            "<b>Bob</b> <script>alert(1)</script>",
        ),
        ("Eve \u202eReversed", "Eve \u202eReversed"),  # the pages take the turn away
        ("A" * 5000, "A" * 199 + "…"),
        ("👩‍👩‍👧 Müller 🇩🇪", "👩‍👩‍👧 Müller 🇩🇪"),
        ("A\0da\n Meier", "Ada Meier"),
        ("محمد العربي", "محمد العربي"),
    ],
)
def test_whatever_they_call_themselves_is_kept_as_one_short_line(
    shop, messenger, name, kept
):
    psid = messenger.customer(name=name)
    shop.hears(psid)
    assert shop.known(psid)["name"] == kept


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"first_name": "Ada", "last_name": "Meier"}, {"name": "Ada Meier"}),
        ({"first_name": "Ada"}, {"name": "Ada"}),
        (
            {"name": "\ud800 x", "locale": "en_US"},
            {"name": "\ufffd x", "language": "en", "country": "US"},
        ),
        ({"name": "  \n ", "locale": "../../etc"}, {}),
        ({"name": ["Ada"], "first_name": 7, "locale": {"a": 1}}, {}),
        ({"locale": "pt_BR"}, {"language": "pt", "country": "BR"}),
        ({"locale": "es_LA"}, {"language": "es"}),
        ({"locale": "ar_AR"}, {"language": "ar"}),
        ({"locale": "zh_Hans"}, {"language": "zh"}),
        ({"error": {"code": 100}}, {}),
        (["Ada"], {}),
        (None, {}),
    ],
)
def test_a_profile_of_any_shape_is_read(content, told):
    assert described(content) == told


@on_sqlite
def test_the_question_carries_the_proof_that_sends_carry(shop, messenger):
    """The emulator refuses a proof that is wrong; this one is, so nothing is told."""
    wrong = Profiles(
        shop.line.database,
        Graph(messenger.url, "v25.0"),
        shop.line.seal,
        "not-the-secret",
        shop.line.clock,
    )
    psid = messenger.customer()
    shop.line.answered = wrong.ask
    shop.says(psid)
    until(lambda: shop.known(psid)["profile_at"])
    wrong.close()
    assert [answer["status"] for answer in shop.asked()] == [400]
    assert (
        Access("1", TOKEN, SECRET).proof != Access("1", TOKEN, "not-the-secret").proof
    )


class TestProcess:
    """The threads of a process, one for all on SQLite, a worker's on PostgreSQL."""

    @pytest.fixture
    def settings(self, settings, messenger):
        return replace(settings, graph_url=messenger.url, page_access_tokens=(TOKEN,))

    @pytest.fixture
    def hears(self, parts, messenger):
        @contextmanager
        def running(**changes):
            changed = replace(parts, settings=replace(parts.settings, **changes))
            graph = Graph(messenger.url, "v25.0")
            waker = InProcessWaker("turn", 2)
            engine = Engine(replace(changed, graph=graph), waker)
            engine.start()
            intake = Intake(parts.database, parts.clock, APP, waker.wake)
            try:
                yield lambda psid: intake.accept(
                    body(message("hello", psid, at=datetime.now(UTC)))
                )
            finally:
                engine.close()

        return running

    def names(self, parts):
        with parts.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT name, profile_at FROM customer")
            return rows.all()

    def test_the_name_comes_with_the_first_message(self, hears, parts, messenger):
        psid = messenger.customer(name="Ada Meier")
        with hears() as says:
            says(psid)
            until(lambda: [row.name for row in self.names(parts)] == ["Ada Meier"])
            until(lambda: messenger.messages(psid))

    def test_switched_off_nobody_is_asked_for(self, hears, parts, messenger):
        psid = messenger.customer(name="Ada Meier")
        with hears(profiles=False) as says:
            says(psid)
            until(lambda: messenger.messages(psid))
        assert self.names(parts) == [(None, None)]
