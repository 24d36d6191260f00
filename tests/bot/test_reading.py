import pytest

from bot.reading import read_tap, read_text
from flows.stack import Choice, Offer, State

OFFER = Offer(
    choices=(
        Choice(title="Track an order", payload="c:7:1", intent="order_status"),
        Choice(title="International deli…", payload="c:7:2", intent="faq/x"),
        Choice(title="Something else", payload="c:7:3"),
    ),
    numbered=True,
    entities=({"entity": "order_number", "value": "48213"},),
)
STATE = State(offer=OFFER)


def classify(text):
    return {"text": text, "intent": {"name": "guessed", "confidence": 0.5}}


def typed(text, state=STATE):
    return read_text(text, state, classify)


def tapped(payload, title="A title", state=STATE):
    return read_tap(title, payload, state, classify)


@pytest.mark.parametrize(
    "text", ["1", "1.", "no 1", "Track an order", "track an ORDER!", " 1 "]
)
def test_a_choice_may_be_typed(text):
    reading = typed(text)
    assert reading.chosen
    assert reading.parse["intent"] == {"name": "order_status", "confidence": 1.0}


def test_a_title_that_was_cut_may_be_typed_as_it_stands():
    assert typed("International deli").parse["intent"]["name"] == "faq/x"


@pytest.mark.parametrize("text", ["4", "0", "17", "order", "", "48213"])
def test_other_texts_are_texts(text):
    assert not typed(text).chosen


def test_a_number_counts_only_where_there_are_numbers():
    plain = State(offer=Offer(choices=OFFER.choices))
    assert not typed("1", plain).chosen


def test_without_an_offer_all_is_text():
    assert not typed("1", State()).chosen


def answered(intent, offer=OFFER, confidence=0.9):
    means = {"name": intent, "confidence": confidence}
    return read_text("hm", State(offer=offer), lambda text: {"intent": means})


def test_no_is_something_else():
    assert answered("deny").something_else
    assert not answered("deny", confidence=0.4).something_else


def test_yes_is_the_only_guess_if_there_is_only_one():
    one = Offer(choices=(OFFER.choices[0], OFFER.choices[2]), numbered=True)
    assert answered("affirm", one).parse["intent"]["name"] == "order_status"
    assert not answered("affirm").chosen


def test_yes_and_no_choose_nothing_where_nothing_was_guessed():
    menu = Offer(choices=(Choice(title="Refund", payload="/refund"),))
    assert not answered("deny", menu).chosen
    assert not answered("affirm", menu).chosen


def test_what_was_named_before_the_choice_is_not_forgotten():
    assert tapped("c:7:1").parse["entities"] == list(OFFER.entities)


def test_something_else_is_none_of_them():
    assert tapped("c:7:3").something_else
    assert typed("3").something_else


def test_an_offer_of_another_turn_has_expired():
    reading = tapped("c:6:1", "Track an order")
    assert not reading.chosen
    assert reading.parse["text"] == "Track an order"


def test_a_tap_may_name_an_intent():
    assert tapped("/order_status").parse["intent"]["name"] == "order_status"
    assert tapped("/faq/hours").parse["intent"]["name"] == "faq/hours"


def test_a_tap_may_name_entities():
    reading = tapped('/reminders_off{"ticket": "HR-1", "days": [1, 2]}')
    assert [(e["entity"], e["value"]) for e in reading.parse["entities"]] == [
        ("ticket", "HR-1"),
        ("days", 1),
        ("days", 2),
    ]


def test_a_tap_may_set_slots():
    reading = tapped("/SetSlots(order_number=none, size = XL)")
    assert reading.slots == {"order_number": "none", "size": "XL"}


@pytest.mark.parametrize(
    "payload", ["", "/", "/SetSlots()", "/x{", '/x{"a"}', "c:7", "GET_STARTED"]
)
def test_an_odd_payload_is_read_as_far_as_it_goes(payload):
    assert tapped(payload).parse["intent"]["name"] in ("guessed", "x")


def test_a_short_cut_that_is_typed_is_a_text():
    reading = typed("/SetSlots(found=true)")
    assert not reading.chosen
    assert reading.slots == {}


@pytest.mark.parametrize("text", ["Trak an order", "track an ordr!", "Somthing else"])
def test_a_title_may_be_typed_with_a_slip(text):
    assert read_text(text, STATE, classify).chosen


@pytest.mark.parametrize("text", ["order", "track", "Something", "tracked 1 order"])
def test_what_is_only_a_little_like_a_title_is_a_text(text):
    assert not read_text(text, STATE, classify).chosen
