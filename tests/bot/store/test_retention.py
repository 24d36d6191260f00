"""What customers wrote is forgotten everywhere, and everything else still counts."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.store import indexing, logbook, notes
from bot.store.models import Conversation
from bot.store.retention import Limits, forget
from bot.store.teamwork import Draft
from bot.tracker import fold
from flows.stack import State
from tests.bot.attachments.test_keeper import sends
from tests.bot.test_wording import edit, everything
from tests.floor import NOW, PSID, between

MID = "m_of_long_ago"
#: What the customer gave away, each in its own way.
WORDS = (
    "48213",  # a slot, and in the answers that repeat it
    "anna@example.com",
    "zebra",  # not understood, and quoted to whoever takes over
    "giraffe",  # before an edit
    "okapi.example",  # the address of a file without a text
    "❤",
    "lynx",  # quoted by a colleague
    "ocelot",  # quoted in an answer that was never sent
    "walrus",  # an edit whose message never came
)


@pytest.fixture
def told(floor):
    """A floor on which a customer has told all of it."""
    floor.says("where is my parcel? it is 48213")
    floor.says("anna@example.com")
    floor.hears("giraffe", mid=MID)
    floor.answers()
    floor.receives(edit(1, "giraffes", mid=MID, floor=floor))
    floor.says("zebra")
    floor.says("zebra")
    floor.says("i want a person")
    sends(floor, "https://okapi.example/a", kind="fallback", mid="m_link")
    reaction = {"mid": MID, "action": "react", "reaction": "other", "emoji": "❤"}
    about = between(PSID, "102030405060708", floor.clock())
    floor.receives({**about, "reaction": reaction})
    floor.receives(edit(1, "walrus", mid="m_never", floor=floor))
    number, who = floor.conversation(), floor.staff()
    called = [floor.staff("tom@example.com")]
    floor.write(lambda c: notes.add(c, number, who, "lynx?", floor.clock(), called))
    draft = {"conversation_id": number, "staff_id": who, "text": "ocelot"}
    floor.write(lambda c: c.execute(insert(Draft).values(**draft, changed_at=NOW)))
    return floor


def forgets(floor, limits=None, **later):
    now = floor.clock() + timedelta(**later)
    for _ in range(9):
        floor.write(lambda c: forget(c, now, limits or Limits()))


def all_of(floor):
    index = floor.all(f"SELECT words FROM {indexing.NAME}")  # noqa: S608 - our own
    return everything(floor) + str(index)


def log(floor):
    with floor.database.read() as connection:
        return logbook.history(connection, [floor.conversation()]).get(
            floor.conversation(), []
        )


def state(floor):
    with floor.database.read() as connection:
        return connection.scalars(select(Conversation.state)).one()


def test_every_word_is_there_to_begin_with(told):
    assert [word for word in WORDS if word not in all_of(told)] == []


def test_after_half_a_year_no_column_holds_a_word_of_a_customer(told):
    forgets(told, days=181)
    assert [word for word in WORDS if word in all_of(told)] == []


def test_one_day_before_all_of_it_is_there_but_the_bodies(told):
    forgets(told, days=179)
    assert told.one("SELECT count(*) FROM incoming_event WHERE length(raw) > 0") == 0
    assert [word for word in WORDS if word not in all_of(told)] == []


def test_what_is_counted_stays(told):
    counted = "SELECT outcome, intent, confidence, flow FROM turn ORDER BY id"
    tables = ("message", "turn", "incoming_event", "outgoing_message")
    counts = [f"SELECT count(*) FROM {table}" for table in tables]  # noqa: S608
    before = [told.all(query) for query in (counted, *counts)]
    forgets(told, days=181)
    assert [told.all(query) for query in (counted, *counts)] == before


def test_a_body_that_was_forgotten_is_still_known(told):
    told.hears("zebra", mid="m_again")
    told.answers()
    forgets(told, days=181)
    turns = told.one("SELECT count(*) FROM turn")
    told.hears("zebra", mid="m_again")
    told.answers()
    assert told.one("SELECT count(*) FROM turn") == turns
    assert "zebra" not in all_of(told)


def test_a_dialogue_that_nobody_went_on_with_begins_anew(floor):
    floor.says("where is my parcel?")
    forgets(floor, days=181)
    assert floor.one("SELECT state FROM conversation") in ("{}", {})
    assert fold(log(floor)) == State()
    floor.clock.advance(days=181)
    assert "order number" not in " ".join(floor.says("hello"))
    assert State.from_json(state(floor)) == fold(log(floor))


def test_a_dialogue_that_went_on_goes_on(floor):
    floor.says("hello")
    floor.clock.advance(days=100)
    asked = floor.says("where is my parcel?")
    assert "order number" in " ".join(asked)
    forgets(floor, days=90)
    assert len(floor.thread()) > 2
    assert floor.thread()[0] == ("customer", None)
    assert "e-mail" in " ".join(floor.says("48213"))


def test_a_shop_sets_how_long(told):
    forgets(told, Limits(texts=timedelta(days=3)), days=4)
    assert [word for word in WORDS if word in all_of(told)] == []


def test_half_a_year_in_small_steps_ends(floor):
    for number in range(3):
        floor.says("hello", psid=f"{PSID}{number}")
    later = floor.clock() + timedelta(days=181)
    first = floor.write(lambda c: forget(c, later))
    assert first > 0
    assert floor.write(lambda c: forget(c, later)) == 0
