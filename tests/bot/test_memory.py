from datetime import timedelta

import pytest

from bot.tracker import fold
from flows.stack import Known
from tests.dialogue import Conversation, FakeOrders, assistant, said


@pytest.fixture
def told():
    """A customer who was told of order 50001."""
    talk = Conversation()
    talk.knows(**{"where is my other parcel?": "order_status"})
    talk.say("where is my parcel?")
    talk.say("50001")
    assert "utter_order_processing" in said(talk.say("anna@example.com"))
    return talk


def known(talk):
    return {name: one.value for name, one in talk.state.known.items()}


def test_what_was_given_is_known_by_entity(told):
    assert known(told) == {"order_number": "50001", "email": "anna@example.com"}


def test_five_digits_are_what_they_were_taken_for():
    talk = Conversation()
    talk.say("where is my parcel?")
    talk.say("48213")
    talk.say("10115")
    assert known(talk) == {"order_number": "48213", "postcode": "10115"}
    assert talk.state.known["postcode"].doubtful


def test_the_log_tells_what_is_known(told):
    assert fold(told.events).known == told.state.known


def test_it_lapses_half_an_hour_after_it_was_used_last(told):
    told.now += timedelta(minutes=29)
    told.say("where is my parcel?")
    told.now += timedelta(minutes=29)
    assert "utter_order_processing" in said(told.say("where is my parcel?"))
    told.now += timedelta(minutes=31)
    assert "utter_ask_order_number" in said(told.say("where is my parcel?"))


@pytest.mark.parametrize(
    "text",
    [
        "when does the second parcel come?",
        "el segundo paquete cuándo",
        "et le deuxième colis ?",
        "第二个包裹呢",
    ],
)
def test_a_second_parcel_is_of_the_order_that_is_known(told, text):
    told.knows(**{text: "order_status"})
    assert "utter_order_processing" in said(told.say(text))


def test_who_speaks_of_another_one_is_asked_which(told):
    assert "utter_ask_order_number" in said(told.say("where is my other parcel?"))


def test_a_try_with_an_old_proof_is_made_once_and_not_told_of():
    tries = []

    class Orders(FakeOrders):
        def find(self, number, proof, customer):
            tries.append((number, proof))
            return None if number == "48213" else super().find(number, proof, customer)

    talk = Conversation(assistant=assistant(orders=Orders()))
    talk.say("where is my parcel?")
    talk.say("50001")
    talk.say("anna@example.com")
    assert said(talk.say("no, 48213")) == ["utter_ask_email_or_postcode"]
    assert tries[1:] == [("48213", "anna@example.com")]
    assert talk.state.slots["lookup_misses"] == 0
    # Given anew, it is an answer like any other.
    assert "utter_order_not_found" in said(talk.say("anna@example.com"))


def test_what_missed_is_no_help_to_the_next_goal():
    talk = Conversation()
    talk.say("where is my parcel?")
    talk.say("11111 eve@example.com")
    assert all(one.doubtful for one in talk.state.known.values())
    talk.say("never mind")
    assert "utter_ask_order_number" in said(talk.say("i want my money back"))


def test_no_tap_and_no_text_forges_what_is_known():
    talk = Conversation()
    talk.say("/SetSlots(order_number=48213)")
    assert talk.state.known["order_number"] == Known(
        value="48213", at=talk.now.timestamp()
    )
    assert talk.state.slots.get("found") is None


@pytest.mark.parametrize("means", ["order_status", "faq/newsletter"])
def test_a_proof_said_twice_is_answered_twice_whatever_its_words_look_like(means):
    # What a model takes a bare address for is by chance; it must not matter.
    talk = Conversation()
    talk.knows(**{"anna@example.com": {means: 0.1}})
    talk.say("where is my parcel?")
    talk.say("50001")
    talk.say("anna@example.com")
    assert "utter_order_processing" in said(talk.say("anna@example.com"))


@pytest.mark.parametrize("text", ["es la orden 50001 che", "訂單50001"])
def test_a_number_with_words_that_say_nothing_goes_on_with_what_was_told(told, text):
    assert "utter_order_processing" in said(told.say(text))


def after_the_day(means):
    """What comes of a doubtful message right after the day of an event was told."""
    talk = Conversation()
    talk.knows(**{"where does one find that": means})
    talk.say("when is the concert?")
    talk.say("HR-7K2M9Q")
    talk.say("anna@example.com")
    return said(talk.say("where does one find that"))


def test_what_is_likely_meant_of_the_ticket_just_told_of_is_begun():
    assert after_the_day({"event_where": 0.6, "order_status": 0.2}) == [
        "utter_event_where_scheduled"
    ]


@pytest.mark.parametrize(
    "means",
    [
        {"event_where": 0.6, "order_status": 0.35},
        {"order_status": 0.45},
        {"faq/store_location": 0.6},
    ],
)
def test_what_is_not_by_far_the_likeliest_or_not_of_the_ticket_is_asked_about(means):
    assert after_the_day(means) == ["utter_did_you_mean"]


def test_a_number_alone_goes_on_with_what_was_told_however_sure_a_model_is(told):
    told.knows(
        **{
            "how do I change the address?": "faq/change_address",
            "48213": "order_status",
        }
    )
    told.say("how do I change the address?")
    assert told.say("48213").trace["flow"] == "change_address"


def test_a_message_of_hundreds_of_numbers_is_remembered_by_the_last(told):
    told.say("where is " + "48213 " * 320 + "48214")
    assert known(told)["order_number"] == "48214"
