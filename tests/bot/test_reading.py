import pytest

from bot.reading import read_tap, read_text
from flows.domain import Filling, Slot
from flows.stack import Choice, Offer, State

OFFER = Offer(
    choices=(
        Choice(
            title="Track an order", payload="c:7:1", intent="order_status", number=1
        ),
        Choice(title="International deli…", payload="c:7:2", intent="faq/x", number=2),
        Choice(title="Something else", payload="c:7:3", number=3),
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


def offered(*titles, payload="/SetSlots({slot}={number})", slot="wish"):
    """Return what a plain question offers: choices that show no numbers."""
    return Offer(
        choices=tuple(
            Choice(
                title=title,
                payload=payload.format(slot=slot, number=number),
                number=number,
            )
            for number, title in enumerate(titles, start=1)
        )
    )


WAYS_OUT = offered("I don't have it", payload="/SetSlots({slot}=none)", slot="number")
NUMBER = Slot(
    name="number", kind="text", fillings=(Filling(kind="from_entity", entity="order"),)
)
EMAIL = Slot(
    name="number", kind="text", fillings=(Filling(kind="from_entity", entity="email"),)
)
ANYTHING = Slot(name="wish", kind="text", fillings=(Filling(kind="from_text"),))
QUANTITY = Slot(name="number", kind="float", fillings=(Filling(kind="from_text"),))
YES_OR_NO = Slot(name="number", kind="bool", fillings=(Filling(kind="from_intent"),))


def chosen(text, offer, question=None):
    asked = question.name if question else None
    reading = read_text(text, State(offer=offer, asked=asked), classify, question)
    return reading.parse["text"] if reading.chosen else None


@pytest.mark.parametrize(
    "text",
    [
        *("2", "2.", "#2", " 2) ", "number 2", "the second one", "2nd", "two please"),
        *("٢", "۲", "رقم ٢", "الثاني", "la segunda", "la deuxième", "第二个", "2️⃣", "②"),
    ],
)
def test_a_number_takes_a_choice_that_shows_none(text):
    offer = offered("Declined", "Charged twice", "No order")
    reading = read_text(text, State(offer=offer), classify)
    assert (reading.chosen, reading.slots) == (True, {"wish": "2"})


@pytest.mark.parametrize(
    "text", ["0", "4", "£2", "2 jackets", "2-3", "2.5", "-2", "2%"]
)
def test_what_is_no_number_of_a_choice_is_a_text(text):
    assert chosen(text, offered("Declined", "Charged twice", "No order")) is None


def test_each_of_twenty_choices_has_its_number():
    offer = offered(*(f"Choice {chr(65 + n)}" for n in range(20)))
    for number in range(1, 21):
        reading = read_text(str(number), State(offer=offer), classify)
        assert reading.slots == {"wish": str(number)}


@pytest.mark.parametrize("question", [NUMBER, QUANTITY])
def test_a_number_is_the_answer_where_one_is_asked_for(question):
    assert chosen("1", WAYS_OUT, question) is None


@pytest.mark.parametrize("question", [EMAIL, YES_OR_NO])
def test_a_number_takes_the_way_out_where_none_can_be_the_answer(question):
    assert chosen("1", WAYS_OUT, question) == "1"


def test_a_number_takes_one_of_the_answers_that_are_offered():
    assert chosen("1", offered("Declined", "Charged twice"), ANYTHING) == "1"


def test_a_number_counts_beside_any_question_where_choices_are_numbered():
    assert chosen("1", OFFER, NUMBER) == "1"


def test_a_number_is_none_of_a_choice_of_an_earlier_message():
    choices = (
        Choice(title="No reminders", payload="/reminders_off"),
        Choice(title="Good", payload="/SetSlots(wish=good)", number=1),
    )
    reading = read_text("1", State(offer=Offer(choices=choices)), classify)
    assert reading.slots == {"wish": "good"}
    assert chosen("2", Offer(choices=choices)) is None


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


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Good", "god"),
        ("Good", "godo"),
        ("Bien", "bein"),
        ("Sí, cancélelo", "si cancelelo"),
        ("رُفضت البطاقة", "رفضت البطاقه"),
        ("لا، شكراً", "لا شكرا"),
        ("查询订单", "查寻订单"),
        ("查询订单", "查詢訂單"),
        ("I don't have it", "i dont hve it"),
        ("I don't have it", "i do't have it"),
        ("Not solved", "nto solved"),
        ("Ninguno de estos", "ninuno de estos"),
    ],
)
def test_a_slip_in_any_language(title, text):
    offer = offered(title, "Talk to a person", "换一个邮箱", "Hablar con alguien")
    assert read_text(text, State(offer=offer), classify).slots == {"wish": "1"}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("I don't have it", "I do have it"),
        ("No lo tengo", "lo tengo"),
        ("不取消", "要取消"),
        ("确定取消", "不定取消"),
        ("Not good", "good"),
        ("Not solved", "now solved"),
        ("Sin avisos", "si avisos"),
        ("None of these", "one of these"),
        ("ليس لدي", "لدي"),
    ],
)
def test_a_not_is_no_slip(title, text):
    assert chosen(text, offered(title, "Talk to a person")) is None


def test_of_two_titles_as_near_neither_is_meant():
    assert chosen("order fivf", offered("Order five", "Order fife")) is None
