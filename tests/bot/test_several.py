"""Several questions in one message: all are answered, the flow asks once at the end."""

import re
from dataclasses import replace

import pytest

from bot.borders import readable
from bot.event_names import EventNames
from bot.product_names import ProductNames
from bot.scripts.world import ScriptedProducts, World
from flows.actions import all_actions
from flows.executor import in_process
from flows.products import Product
from tests.dialogue import (
    DOMAIN,
    SAYINGS,
    Conversation,
    FakeCalendar,
    FakeOrders,
    StubModel,
    assistant,
)
from tests.dialogue import said as names

KNOWN = {
    **SAYINGS,
    "do you ship to spain?": "faq/international_delivery",
    "how do i return something?": "faq/return_policy",
    "هل توصلون إلى إسبانيا": "faq/international_delivery",
    "أين طلبي": "order_status",
    "我的订单在哪里": "order_status",
    "你们几点开门": "faq/opening_hours",
}


class Counted(StubModel):
    """Says how often it was asked."""

    def __init__(self, known):
        super().__init__(known)
        self.times = 0

    def classify(self, text, language="en"):
        self.times += 1
        return super().classify(text, language)


def talk(*texts):
    talk = Conversation(assistant(model=StubModel(KNOWN)))
    for text in texts:
        talk.say(text)
    return talk


def said(talk):
    return names(talk.turns[-1])


def test_a_value_and_a_question_are_both_heard():
    last = talk("where is my parcel?", "48213, and do you ship to Spain?")
    assert said(last) == [
        "utter_faq/international_delivery",
        "utter_ask_email_or_postcode",
    ]
    assert last.state.slots["order_number"] == "48213"


def test_a_question_before_the_value_is_answered_too():
    last = talk("where is my parcel?", "do you ship to Spain? 48213")
    assert said(last) == [
        "utter_faq/international_delivery",
        "utter_ask_email_or_postcode",
    ]
    trace = last.turns[-1].trace
    assert trace["parse"]["text"] == "do you ship to Spain? 48213"
    rules = [part["rule"] for part in trace["parts"]]
    assert rules == ["interrupts", "fills"]


@pytest.mark.parametrize(
    "text",
    [
        "where is my parcel and how do I return something?",
        "Where is my parcel? How do I return something?",
        "hello, where is my parcel? and also how do I return something? thanks",
        "how do I return something, and where is my parcel?",
    ],
)
def test_both_questions_are_answered_and_the_flow_asks_at_the_end(text):
    last = talk(text)
    assert said(last) == ["utter_faq/return_policy", "utter_ask_order_number"]
    assert last.state.asked == "order_number"
    assert last.turns[-1].trace["outcome"] == "answered"


def test_of_two_goals_the_first_goes_on_at_once_and_the_other_after_it():
    last = talk("where is my parcel? and when is the concert?")
    assert said(last) == ["utter_ask_order_number"]
    for text in ("48213", "anna@example.com"):
        last.say(text)
    assert said(last)[-1] == "utter_ask_ticket"


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        (
            "أين طلبي وهل توصلون إلى إسبانيا؟",
            ["faq/international_delivery", "order_status"],
        ),
        ("我的订单在哪里？还有你们几点开门？", ["faq/opening_hours", "order_status"]),
    ],
)
def test_borders_are_known_in_other_scripts(text, intents):
    parts = talk(text).turns[-1].trace["parts"]
    assert [part["intent"]["name"] for part in parts] == intents


@pytest.mark.parametrize(
    "text",
    [
        "where is my parcel and the moon?",
        "do you pay in shells? when are you open?",
        "where is my parcel? where is my parcel!",
        "hello, what about the moon?",
        "where is my parcel? I want a person",
        "when are you open? stop writing to me",
    ],
)
def test_what_is_not_clear_part_by_part_stays_whole(text):
    assert "parts" not in talk(text).turns[-1].trace


def test_no_order_is_said_to_be_something_else_because_of_a_comma():
    last = talk("where is my parcel?", "48213, anna@example.com")
    assert "parts" not in last.turns[-1].trace
    assert last.state.asked is None


def test_a_person_that_a_part_needs_comes_and_is_told_of_the_whole():
    last = talk("when are you open? i want to send this back", "48213", "yes")
    assert last.turns[-1].handoff is not None


@pytest.mark.parametrize("text", ["where is my parcel?", "48213", "hello there"])
def test_a_message_without_a_border_is_read_once(text):
    model = Counted(KNOWN)
    Conversation(assistant(model=model)).say(text)
    assert model.times == 1


def test_a_story_is_read_once():
    model = Counted(KNOWN)
    Conversation(assistant(model=model)).say("when are you open? " * 40)
    assert model.times == 1


@pytest.mark.parametrize(
    "text",
    [
        "hello, where is my parcel?",
        "yes. where is my parcel?",
        "thanks! where is my parcel?",
        "Can we speak English please? Where is my parcel?",
    ],
)
def test_a_courtesy_beside_it_makes_nothing_less_clear(text):
    last = talk(text)
    assert said(last) == ["utter_ask_order_number"]
    assert last.turns[-1].trace["parse"]["text"] == text


def test_yes_stays_an_answer_where_one_was_asked_for():
    last = talk("i want to send this back", "48213", "yes, where is my parcel?")
    assert "utter_ask_order_number" not in said(last)


def test_who_speaks_of_what_is_under_way_and_of_stopping_it_stops_it():
    stops = "leave it, i do not want to send anything back"
    known = {**KNOWN, stops: {"cancel": 0.6, "return_item": 0.3}}
    last = Conversation(assistant(model=StubModel(known)))
    for text in ("i want to send this back", stops):
        last.say(text)
    assert last.state.stack == ()


def test_doubt_between_stopping_and_something_else_stops_nothing():
    stops = "perhaps not now, that concert was it"
    known = {**KNOWN, stops: {"cancel": 0.6, "event_when": 0.3}}
    last = Conversation(assistant(model=StubModel(known)))
    for text in ("i want to send this back", stops):
        last.say(text)
    assert last.state.stack


@pytest.mark.parametrize(
    "text",
    [
        "Two things: 1) where is my parcel? 2) how do I return something?",
        "1. where is my parcel 2. how do I return something",
        "hello, two questions: where is my parcel and how do I return something?",
        "dos cositas: where is my parcel? how do I return something?",
    ],
)
def test_things_that_are_counted_are_taken_apart(text):
    assert said(talk(text)) == ["utter_faq/return_policy", "utter_ask_order_number"]


HALF = "where did it go? and sending it back?"
LIKELIHOODS = {
    "where did it go": {"order_status": 0.75},
    "sending it back": {"faq/return_policy": 0.75},
}


def halves(whole):
    model = StubModel({**KNOWN, **LIKELIHOODS, HALF: whole})
    last = Conversation(assistant(model=model))
    last.say(HALF)
    return last


def test_what_a_part_likely_is_counts_if_the_whole_speaks_for_it_too():
    came = halves({"order_status": 0.45, "faq/return_policy": 0.4})
    assert said(came) == ["utter_faq/return_policy", "utter_ask_order_number"]


def test_what_the_whole_does_not_speak_for_waits_to_be_asked_about():
    came = halves({"order_status": 0.45})
    assert said(came) == ["utter_ask_order_number"]
    assert [wish.intent for wish in came.state.wishes] == ["faq/return_policy"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("where is it", ["where is it"]),
        (
            "where is it, and do you mend records?",
            [
                "where is it, and do you mend records?",
                "where is it",
                "do you mend records?",
            ],
        ),
        ("a. b. c", ["a. b. c", "a", "b", "c", "a. b", "b. c"]),
    ],
)
def test_all_that_may_be_read_of_a_message_is_known_before(text, read):
    assert sorted(readable(text)) == sorted(read)


def test_what_is_said_of_an_event_beside_a_wish_is_not_told():
    known = {**KNOWN, "you cancelled the concert": "event_cancelled"}
    talk = Conversation(assistant(model=StubModel(known)))
    turn = talk.say("you cancelled the concert. I want my money back")
    assert names(turn) == ["utter_ask_order_number"]


def test_one_part_that_says_it_all_makes_the_whole_no_surer():
    said = "my headphones, bought at amazon, broke. when are you open?"
    known = {**KNOWN, said: "faq/opening_hours"}
    talk = Conversation(assistant(model=StubModel(known)))
    assert talk.say(said).trace["rule"] == "elsewhere"


#: As the models are of questions about names: sure of none by itself.
ABOUT_NAMES = {
    "do you have the harbour hoodie?": {"product_availability": 0.7},
    "¿tenéis el Harbour Hoodie?": {"product_availability": 0.5},
    "avez-vous le Harbour Hoodie ?": {"product_availability": 0.5},
    "عندكم Harbour Hoodie؟": {"product_availability": 0.5},
    "你们有 Harbour Hoodie 吗？": {"product_availability": 0.5},
    "do you have the canvas tote bag?": {"product_availability": 0.7},
    "what time is harbour sessions?": {"event_when": 0.7},
    "is harbour sessions still on": {"event_cancelled": 0.7},
    "open on the 31st?": {"faq/opening_hours": 0.5, "faq/delivery_time": 0.4},
    "where is my parcel? the harbour hoodie": "order_status",
    "the harbour hoodie": {"product_availability": 0.7},
}
#: What a message that names an event as well is read as.
WHOLE = (
    "what time is harbour sessions? and do you have the harbour hoodie?",
    "do you have the harbour hoodie? and what time is harbour sessions?",
)


def about_names(text):
    known = {**KNOWN, **ABOUT_NAMES, **dict.fromkeys(WHOLE, {"event_when": 0.9})}
    items = {
        "1": Product(key="1", name="Harbour Hoodie", stock="in_stock"),
        "2": Product(key="2", name="Canvas Tote Bag", stock="out_of_stock"),
    }
    calendar, products = FakeCalendar(), ScriptedProducts(World(products=items))
    actions = all_actions(FakeOrders(), calendar, (), products)
    shop = replace(
        assistant(model=StubModel(known)),
        run_action=in_process(actions, DOMAIN.raw),
        names=EventNames(tuple(calendar.announced())),
        products=ProductNames(products.names.products),
    )
    return Conversation(shop).say(text)


@pytest.mark.parametrize("text", WHOLE)
def test_a_product_and_an_event_are_both_told(text):
    told = names(about_names(text))
    assert {"utter_product_in_stock", "utter_event_when_scheduled"} <= {*told}


@pytest.mark.parametrize(
    "text",
    [
        "do you have the harbour hoodie and when are you open?",
        "when are you open? and do you have the harbour hoodie?",
        "¿y tenéis el Harbour Hoodie? when are you open?",
        "avez-vous le Harbour Hoodie ? when are you open?",
        "عندكم Harbour Hoodie؟ when are you open?",
        "你们有 Harbour Hoodie 吗？ when are you open?",
    ],
)
def test_a_name_is_evidence_in_its_part(text):
    told = names(about_names(text))
    assert told[:2] == ["utter_faq/opening_hours", "utter_product_in_stock"]


def test_whether_an_event_is_on_is_no_remark_beside_a_product():
    text = "is harbour sessions still on and do you have the harbour hoodie?"
    turn = about_names(text)
    told = names(turn)
    assert {"utter_product_in_stock", "utter_calendar_says_scheduled"} <= {*told}


def test_a_doubt_does_not_hold_up_what_is_clear_by_its_name():
    turn = about_names("do you have the harbour hoodie? open on the 31st?")
    assert names(turn)[0] == "utter_product_in_stock"
    assert names(turn)[-1] == "utter_did_you_mean"
    assert [one.intent for one in turn.state.offer.choices[:2]] == [
        "faq/opening_hours",
        "faq/delivery_time",
    ]


def test_a_name_alone_is_of_what_another_part_is_about():
    turn = about_names("where is my parcel? the harbour hoodie")
    assert names(turn) == ["utter_ask_order_number"]


def test_a_number_and_an_address_are_of_all_parts():
    text = "where is my parcel? 48213 anna@example.com, and i want to send this back"
    last = talk(text)
    assert said(last)[0] == "utter_order_shipped"
    assert said(last)[-1] == "utter_check_return_item"
    assert last.state.slots["order_number"] == "48213"


def test_what_asks_for_nothing_more_comes_before_what_does():
    text = "i want to send this back. where is my parcel? 48213 anna@example.com"
    assert said(talk(text))[0] == "utter_order_shipped"


@pytest.mark.parametrize(
    "text",
    [
        "do you ship to spain? it's just that a return costs a lot",
        "¿enviáis a españa? Es que una devolución cuesta mucho",
        "expédiez-vous en espagne ? c'est que le retour coûte cher",
        "هل توصلون إلى إسبانيا؟ لأن الإرجاع غالي",
        "你们寄到西班牙吗？因为退货很贵",
    ],
)
def test_a_reason_is_no_question_of_its_own(text):
    asks, why = re.split(r"(?<=[?？؟])\s*", text)
    known = {asks: "faq/international_delivery", why: "faq/return_policy"}
    known[text] = {"faq/international_delivery": 0.6, "faq/return_policy": 0.3}
    last = Conversation(assistant(model=StubModel(known)))
    assert "utter_faq/return_policy" not in names(last.say(text))


def test_one_question_is_asked_at_a_time_however_it_is_named():
    last = talk("i want to send this back, 48213. where is my parcel?")
    assert said(last) == ["utter_check_return_item"]
    last.say("yes")
    assert "utter_noted_return_item" in said(last)


def test_what_is_doubtful_beside_an_order_is_asked_about_behind_its_answer():
    text = "where is my parcel? 48213 anna@example.com, and may it go back?"
    known = {**KNOWN, "may it go back?": {"faq/return_policy": 0.5}}
    turn = Conversation(assistant(model=StubModel(known))).say(text)
    assert names(turn)[0] == "utter_order_shipped"
    assert names(turn)[-1] == "utter_did_you_mean"


@pytest.mark.parametrize(
    "text",
    [
        "no, just tell me where it is",
        "no. solo dime dónde está",
        "no. dites-moi où il est",
        "no. أين هو",
        "no. 告诉我它在哪里",
    ],
)
def test_a_no_and_the_question_where_it_is_are_both_heard(text):
    last = talk("i want to send this back", "48213", text)
    assert said(last) == ["utter_all_right", "utter_ask_email_or_postcode"]
    assert last.state.slots["order_number"] == "48213"


def test_where_it_is_means_no_order_beside_an_event():
    known = {**KNOWN, "where is it?": "event_where"}
    last = Conversation(assistant(model=StubModel(known)))
    for text in ("where is my parcel?", "48213 anna@example.com", "HR-7K2M9Q"):
        last.say(text)
    last.say("anna@example.com")
    assert "utter_event_where_scheduled" in names(last.say("where is it?"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("never mind. where is my parcel?", ["utter_ask_order_number"]),
        ("never mind. may it go back?", ["utter_did_you_mean"]),
        ("never mind. the neighbour has one", []),
    ],
)
def test_never_mind_leaves_what_is_asked_whatever_stands_behind_it(text, told):
    known = {**KNOWN, "may it go back?": {"faq/return_policy": 0.5}}
    last = Conversation(assistant(model=StubModel(known)))
    last.say("when is the concert?")
    turn = last.say(text)
    assert names(turn) == ["utter_flow_cancelled", *told]
    assert "event_when" not in [frame.flow for frame in turn.state.stack]


def test_never_mind_and_what_was_under_way_once_more_leaves_it():
    known = {**KNOWN, "no more of that concert": {"event_when": 0.9}}
    last = Conversation(assistant(model=StubModel(known)))
    last.say("when is the concert?")
    turn = last.say("never mind, no more of that concert")
    assert names(turn) == ["utter_flow_cancelled"]
    assert not turn.state.asked


def test_a_proof_beside_two_questions_is_tried_once():
    text = "where is my parcel 48213? may it go back? my mail is ben@example.com"
    known = {
        **KNOWN,
        "where is my parcel 48213?": "order_status",
        "may it go back?": {"faq/return_policy": 0.5},
        "may it go back? my mail is ben@example.com": {"faq/return_policy": 0.5},
    }
    turn = Conversation(assistant(model=StubModel(known))).say(text)
    assert names(turn).count("utter_order_not_found") == 1
    assert turn.state.slots["lookup_misses"] == 1


@pytest.mark.parametrize("joint", ["and also", "plus", ". oh and"])
def test_a_number_makes_its_goal_clear_beside_a_question(joint):
    known = {**KNOWN, "where is 48213": {"order_status": 0.75}}
    last = Conversation(assistant(model=StubModel(known)))
    turn = last.say(f"where is 48213 {joint} do you ship to Spain?")
    assert names(turn) == [
        "utter_faq/international_delivery",
        "utter_ask_email_or_postcode",
    ]


def test_a_number_that_says_nothing_else_belongs_to_what_is_asked():
    text = "i want to send this back, order 48213"
    known = {
        **KNOWN,
        "order 48213": {"order_status": 0.75},
        text: {"return_item": 0.85},
    }
    last = Conversation(assistant(model=StubModel(known)))
    turn = last.say(text)
    assert [frame.flow for frame in turn.state.stack] == ["return_item"]


@pytest.mark.parametrize(
    "mail",
    [
        "my email is anna@example.com",
        "mi correo es anna@example.com",
        "mon mail est anna@example.com",
        "ايميلي anna@example.com",
    ],
)
def test_an_address_that_is_called_one_is_shared(mail):
    known = {**KNOWN, "where is my parcel 48213?": "order_status"}
    last = Conversation(assistant(model=StubModel(known)))
    turn = last.say(f"where is my parcel 48213? do you ship to Spain? {mail}")
    assert names(turn)[:2] == [
        "utter_faq/international_delivery",
        "utter_order_shipped",
    ]


COPIES = {
    "could you send me a duplicate of it?": "ticket_resend",
    "could you send me a copy of my ticket?": "ticket_resend",
}


@pytest.mark.parametrize(
    ("copy", "asked"),
    [
        ("could you send me a duplicate of it?", None),
        ("could you send me a copy of my ticket?", "ticket"),
    ],
)
def test_a_copy_is_of_what_was_spoken_of_before(copy, asked):
    talk = Conversation(assistant(model=StubModel(KNOWN | COPIES)))
    talk.say(f"do you ship to spain? {copy}")
    assert talk.turns[-1].state.asked == asked


def test_a_copy_is_of_the_invoice_wherever_that_is_named():
    invoice = "our accountant asks for the invoice of an order"
    lost = "that i cannot find in any of my mails"
    copy = "could you send me a duplicate?"
    whole = f"{invoice}, {lost}. {copy}"
    policy, tickets = "faq/return_policy", "ticket_resend"
    known = {invoice: policy, copy: tickets, f"{lost}. {copy}": tickets, whole: policy}
    talk = Conversation(assistant(model=StubModel(known)))
    talk.say(whole)
    assert talk.turns[-1].state.asked is None
    assert said(talk) == ["utter_faq/return_policy"]
