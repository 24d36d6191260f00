"""Why a person has a conversation: the wish, what is known, proved, and was tried."""

import re
from datetime import date

import pytest

from bot.store.models import Conversation, Status
from bot.store.shop import Shipment, ShopOrder
from bot.web import cookies
from tests.bot.visiting import add, change, converse, row, turn_of, words
from tests.dialogue import FakeOrders, StubModel, assistants
from tests.floor import Floor, Understanding

BRIEF = {
    "wants": [],
    "not_meant": [],
    "slots": {},
    "said_before": {},
    "misses": 0,
    "done": [],
}


@pytest.fixture
def floor(parts):
    order = {"email": "anna@example.com", "postcode": "sw1a1aa", "status": "shipped"}
    order |= {"items": '[["Blue Rain Jacket, M", 2]]', "total": "118"}
    add(parts, ShopOrder, number="48213", placed_on=date(2026, 11, 20), **order)
    parcel = {"status": "in_transit", "courier": "Royal Mail", "tracking_number": "R1"}
    add(parts, Shipment, order_id=1, expected_on=date(2026, 11, 27), **parcel)
    return Floor(parts.database)


def panel(agent, conversation, name="handover"):
    page = agent.page(f"/inbox/{conversation}")
    _, mark, rest = page.partition(f'data-testid="{name}"')
    return words(f"<p {rest.split('</section>')[0]}") if mark else ""


def test_it_tells_what_was_wanted_known_and_tried(agent, floor):
    for text in ("where is my parcel?", "48213", "a@b.example", "c@d.example", "yes"):
        floor.says(text)
    told = panel(agent, floor.conversation())
    assert "The assistant did not understand" in told
    assert "Wants Track an order" in told
    assert "Order number 48213" in told
    assert "Asked for the order number" in told
    missed = "Looked up the order: not found, or the proof did not fit (2 times)"
    assert missed in told
    assert "Language English" in told


def test_it_tells_that_too_many_tries_had_closed_the_order(agent, parts):
    orders = FakeOrders()
    orders.closed = True
    understanding = Understanding(assistants(orders=orders))
    floor = Floor(parts.database, understanding=understanding)
    for text in ("where is my parcel?", "48213", "anna@example.com", "yes"):
        floor.says(text)
    told = panel(agent, floor.conversation())
    assert "Order number 48213" in told
    assert "Did not look up the order: too many tries, perhaps by strangers" in told
    assert "did not fit" not in told


def test_an_order_that_is_not_proved_is_a_number_and_a_warning(agent, floor):
    for text in ("where is my parcel?", "48213", "a@b.example"):
        floor.says(text)
    told = panel(agent, floor.conversation(), "goods")
    assert "Order 48213 Not proved as theirs" in told
    assert "Royal Mail" not in told
    assert "Jacket" not in told


def test_a_proved_order_is_beside_the_thread(agent, floor):
    for text in ("where is my parcel?", "48213", "anna@example.com", "i want a person"):
        floor.says(text)
    told = panel(agent, floor.conversation(), "goods")
    assert "Order 48213 Shipped" in told
    assert "In transit, Royal Mail R1" in told
    assert "2 × Blue Rain Jacket, M" in told
    assert "118" not in told
    assert "Proved as theirs" in told
    assert "anna@example.com" not in told


def test_what_is_said_of_an_order_does_not_run_into_its_number(agent, floor):
    for text in ("where is my parcel?", "48213", "anna@example.com"):
        floor.says(text)
    page = agent.page(f"/inbox/{floor.conversation()}")
    told = page.partition('data-testid="goods"')[2].split("</section>")[0]
    # A text between two tags alone keeps them apart where there is no style.
    assert "Order 48213 Shipped" in re.sub(r"<[^>]+>", "", told)


def test_the_answers_that_were_considered_have_a_chance_in_words(agent, floor):
    means = {"refund": 0.31, "return_item": 0.2, "greet": 0.001}
    floor.understanding = Understanding(
        assistants(model=StubModel({"the same as last time": means}))
    )
    floor.answerer = floor.new_answerer()
    floor.says("the same as last time")
    told = panel(agent, floor.conversation())
    assert "The assistant was not sure" in told
    considered = told.split("Answers considered")[1]
    assert considered.startswith(" the same as last time Refund unlikely")
    assert considered.count("unlikely") == 2
    page = agent.page(f"/inbox/{floor.conversation()}")
    assert '<meter min="0" max="1" value="0.31"' in page


def test_what_wants_nothing_by_itself_is_called_by_words_and_no_key(agent, floor):
    means = {"affirm": 0.3, "thank": 0.2, "deny": 0.15, "greet": 0.1}
    floor.understanding = Understanding(
        assistants(model=StubModel({"the same as last time": means}))
    )
    floor.answerer = floor.new_answerer()
    floor.says("the same as last time")
    agent.client.set_cookie(cookies.LANGUAGE, "es")
    told = panel(agent, floor.conversation())
    for title in ("Un sí", "Agradecimiento", "Un no", "Un saludo"):
        assert f"{title} improbable" in told
    agent.client.set_cookie(cookies.LANGUAGE, "en")
    told = panel(agent, floor.conversation())
    assert "how sure it must be differs from answer to answer" in told


def briefed(agent, parts, **brief):
    """What is told of a hand-over with such a brief."""
    conversation = converse(parts, "1", "hello")
    turn = turn_of(parts, conversation, "hello", brief={**BRIEF, **brief})
    led = {"handoff_reason": "unsure", "handoff_turn_id": turn}
    change(parts, conversation, status=Status.WAITING, **led)
    return panel(agent, conversation)


def test_what_was_wanted_is_told_in_the_readers_language(agent, parts):
    agent.client.set_cookie(cookies.LANGUAGE, "es")
    told = briefed(agent, parts, wants=["Cancel an order"], done=["Track an order"])
    assert "Cancelar un pedido" in told
    assert "Cancel an order" not in told
    assert "Track an order" not in told


def test_what_was_asked_besides_is_told(agent, parts):
    told = briefed(agent, parts, besides=["faq/opening_hours", "refund"])
    assert "Also asked Opening hours, Refund" in told


def test_an_event_that_was_named_is_no_key(agent, parts):
    said = {"Calendar event": "quayside-quartet"}
    told = briefed(agent, parts, said_before=said)
    assert "Event, said before Quayside quartet" in told


def test_a_person_was_offered_however_often_it_was_put(agent, floor):
    for text in ("where is my parcel?", "48213", "a@b.example", "c@d.example", "hm"):
        floor.says(text)
    floor.says("yes")
    told = panel(agent, floor.conversation())
    assert "Offered a person" in told
    assert "Offered a person (" not in told


def test_what_people_wrote_stays_text_in_its_own_direction(agent, parts):
    conversation = converse(parts, "1", "hello")
    brief = {**BRIEF, "slots": {"Order number": "<i>x</i>"}}
    turn = turn_of(parts, conversation, "hello", brief=brief)
    led = {"handoff_reason": "unsure", "handoff_turn_id": turn}
    change(parts, conversation, status=Status.WAITING, **led)
    page = agent.page(f"/inbox/{conversation}")
    assert "<bdi>&lt;i&gt;x&lt;/i&gt;</bdi>" in page


def test_a_conversation_that_was_given_back_explains_nothing_any_more(
    agent, floor, parts
):
    floor.says("i want a person")
    conversation = floor.conversation()
    assert "Asked for a person" in panel(agent, conversation)
    agent.post(f"/inbox/{conversation}/claim")
    assert "Asked for a person" in panel(agent, conversation)
    agent.post(f"/inbox/{conversation}/give-back")
    assert panel(agent, conversation) == ""
    assert row(parts, Conversation, id=conversation).handoff_turn_id is None


class TestAResolveThatIsTakenBack:
    @pytest.fixture
    def conversation(self, agent, floor):
        for text in ("where is my parcel?", "48213", "a@b.example", "c@d.example"):
            floor.says(text)
        floor.says("yes")
        number = floor.conversation()
        agent.post(f"/inbox/{number}/claim")
        return number

    def test_explains_the_hand_over_as_before(self, agent, conversation):
        told = panel(agent, conversation)
        assert "Asked for the order number" in told
        agent.post(f"/inbox/{conversation}/resolve")
        assert panel(agent, conversation) == ""
        agent.post(f"/inbox/{conversation}/reopen")
        assert panel(agent, conversation) == told

    def test_is_of_one_hand_over_and_not_of_the_next(self, agent, floor, conversation):
        agent.post(f"/inbox/{conversation}/resolve")
        floor.clock.advance(minutes=1)
        floor.says("hello")
        agent.post(f"/inbox/{conversation}/take-over")
        assert panel(agent, conversation) == ""
