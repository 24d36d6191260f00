"""Trying a draft: a conversation with it, and the same as things are now."""

import html
import json
import time

import pytest

from bot.store import knowledge
from tests.bot.admin.mending import FIELDS
from tests.bot.admin.talking import LONGEST, Talk
from tests.bot.admin.test_check import (
    written,  # noqa: F401 - a fixture
)
from tests.bot.visiting import words

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]

BUTTONS = {
    "button-1-kind": "ask",
    "button-1-title": "The ways it comes",
    "button-1-entry": "delivery_options",
    "button-2-kind": "web",
    "button-2-title": "The workshop",
    "button-2-target": "https://shop.example/workshop",
}


@pytest.fixture
def ways(shop):
    """What is said of the ways in which orders come, once that is live."""
    shop.save("delivery_options", state="live")
    return "We deliver with Royal Mail"


def test_a_message_is_tried_with_the_draft_and_as_it_is_now(shop, parts):
    talk = Talk(shop, **FIELDS)
    draft = talk.write("can you mend my record please")
    assert "Sadly not." in draft
    assert "Answers “Do you mend records?”" in draft
    assert "100 % sure; it acts from" in draft
    assert "Sadly not." not in talk.live
    assert "Read as English." in talk.live
    with parts.database.read() as connection:
        assert "do_you_mend_records" not in {e.name for e in knowledge.faq(connection)}


def test_what_the_draft_does_not_change_is_told_in_one_line(shop):
    talk = Talk(shop, **FIELDS)
    assert "Starts “Track an order”." in talk.write("where is my order")
    assert "Live now: the same, message by message." in talk.live
    assert "Track an order" not in talk.live


def test_a_conversation_goes_on_and_each_turn_says_why(shop):
    talk = Talk(shop, **FIELDS)
    talk.write("where is my order")
    draft = talk.write("can you mend my record please")
    assert draft.index("Starts “Track an order”.") < draft.index("Sadly not.")
    draft = talk.write("48213")
    assert draft.count("acts from") >= 2
    assert "Goes on with “Track an order”." in draft
    assert [json.loads(one)["text"] for one in talk.said] == [
        "where is my order",
        "can you mend my record please",
        "48213",
    ]
    assert "something else from message 2 on" in talk.live


def test_the_same_conversation_is_said_to_a_draft_that_was_changed(shop):
    talk = Talk(shop, **FIELDS)
    talk.write("where is my order")
    talk.write("can you mend my record please")
    talk.fields["answer"] = "With glue, we do."
    draft = talk.write("")
    assert "With glue, we do." in draft
    assert "Sadly not." not in draft
    assert len(talk.said) == 2


def test_a_tap_does_what_it_does_in_messenger(shop, ways):
    talk = Talk(shop, **FIELDS, **BUTTONS)
    draft = talk.write("can you mend my record please")
    assert "The workshop" in draft  # it opens a page, of which nobody hears
    assert [json.loads(one)["text"] for one in talk.offered] == ["The ways it comes"]
    draft = talk.tap("The ways it comes")
    assert "It was offered, and chosen: there is no doubt." in draft
    assert ways in draft
    assert "It was offered" not in talk.live  # there it is words like any others


def test_a_button_stays_and_can_be_tapped_later(shop, ways):
    talk = Talk(shop, **FIELDS, **BUTTONS)
    talk.write("can you mend my record please")
    talk.write("hello")
    assert ways in talk.tap("The ways it comes")


def test_what_was_never_offered_counts_as_words_and_sets_nothing(shop):
    talk = Talk(shop, **FIELDS)
    asked = talk.write("where is my order")
    forged = {"text": "hello there", "payload": "/SetSlots(order_number=48213)"}
    draft = talk.send(tap=json.dumps(forged))
    assert "It was offered" not in draft
    question = asked.partition("where is my order ")[2].partition(" I don")[0]
    assert draft.count(question) == 2  # it is asked again


def test_quick_replies_are_offered_until_the_next_message(shop):
    talk = Talk(shop, **FIELDS)
    talk.write("where is my order")
    offered = talk.offered
    assert offered
    talk.tap(json.loads(offered[0])["text"])
    talk.write("hello")
    assert offered[0] not in talk.offered


def test_who_is_handed_over_is_left_to_the_person(shop):
    talk = Talk(shop, **FIELDS)
    draft = talk.write("i want to talk to a person")
    assert "Fetches a person: the customer asks for one." in draft
    draft = talk.write("where is my order")
    assert "Says nothing: a person is awaited." in draft
    assert "Starts “Track an order”" not in draft


def test_any_process_says_again_what_another_one_has_forgotten(shop, parts, ways):
    talk = Talk(shop, **FIELDS, **BUTTONS)
    talk.write("where is my order")
    before = talk.write("can you mend my record please")
    parts.checks._known.clear()  # as after a start
    after = talk.write("")
    assert after == before
    assert ways in talk.tap("The ways it comes")


def test_a_page_that_asks_another_process_gets_the_try_begun_anew(shop):
    talk = Talk(shop, **FIELDS)
    talk.write("where is my order")
    path = "/admin/faq/new/try/unknown"
    until = time.monotonic() + LONGEST
    while True:
        told = words(shop.who.post(path, **FIELDS, said=talk.said).text)
        if "learns your draft" not in told:
            break
        assert time.monotonic() < until
        time.sleep(0.2)
    assert "Starts “Track an order”." in told
    assert "Write a message first." in words(shop.who.post(path, **FIELDS).text)


def test_no_more_than_twenty_messages_are_tried(shop):
    talk = Talk(shop, **FIELDS)
    hello = html.escape(json.dumps({"text": "hello", "payload": None}))
    talk.page = f'name="said" value="{hello}"' * 20
    draft = talk.write("one more")
    assert len(talk.said) == 20
    assert "start over to go on" in draft
    assert ">\none more</textarea>" in talk.page


def test_one_starts_over(shop):
    talk = Talk(shop, **FIELDS)
    talk.write("where is my order")
    assert "Track an order" not in talk.send(over="1")
    assert talk.said == []
    assert "Write a message first." in talk.write("  ")


def test_what_is_half_written_stays_in_the_field_when_one_taps(shop):
    talk = Talk(shop, **FIELDS)
    talk.write("where is my order")
    talk.send(tap=talk.offered[0], **{"try": "half a sen"})
    assert ">\nhalf a sen</textarea>" in talk.page
    assert len(talk.said) == 2


@pytest.mark.parametrize("carried", ["no json", "[]", '{"text": 1, "payload": null}'])
def test_what_no_page_carries_is_refused(shop, carried):
    answer = shop.who.post("/admin/faq/new/try", **FIELDS, said=carried)
    assert answer.status_code == 400
