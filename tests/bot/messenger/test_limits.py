import pytest

from bot.messenger.limits import LIMITS, problems


def quick_reply(title="A", payload="/a"):
    return {"content_type": "text", "title": title, "payload": payload}


def template(**payload):
    return {"attachment": {"type": "template", "payload": payload}}


def button(title="A", payload="/a"):
    return {"type": "postback", "title": title, "payload": payload}


@pytest.mark.parametrize(
    "message",
    [
        {"text": "x" * 2_000},
        {"text": "😀" * 1_000},
        {"text": "x", "quick_replies": [quick_reply("x" * 20, "y" * 1_000)] * 13},
        template(template_type="button", text="x" * 640, buttons=[button()] * 3),
        template(
            template_type="generic",
            elements=[{"title": "x" * 80, "subtitle": "x" * 80}] * 10,
        ),
    ],
)
def test_what_is_just_inside_the_limits_is_taken(message):
    assert problems(message) == []


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        ({}, "a message needs a text or an attachment"),
        ({"text": "x" * 2_001}, "the text is 2001 characters long; 2000 are allowed"),
        ({"text": "😀" * 1_001}, "the text is 2002 characters long"),
        (
            {"text": "x", "quick_replies": [quick_reply()] * 14},
            "there are 14 quick replies; 13 are allowed",
        ),
        ({"text": "x", "quick_replies": [quick_reply("x" * 21)]}, "the title of a"),
        ({"text": "x", "quick_replies": [quick_reply("")]}, "needs a title"),
        (
            {"text": "x", "quick_replies": [quick_reply(payload="x" * 1_001)]},
            "the payload of a quick reply is 1001 characters long",
        ),
        (
            template(template_type="button", text="x", buttons=[button()] * 4),
            "there are 4 buttons; 3 are allowed",
        ),
        (
            template(template_type="button", text="x" * 641, buttons=[button()]),
            "the text above buttons is 641 characters long; 640 are allowed",
        ),
        (
            template(template_type="button", text="x", buttons=[button(payload="")]),
            "a button needs a payload",
        ),
        (template(template_type="button", buttons=[button()]), "need a text above"),
        (
            template(template_type="generic", elements=[{"title": "x"}] * 11),
            "there are 11 cards; 10 are allowed",
        ),
        (
            template(template_type="generic", elements=[{"title": "x" * 81}]),
            "the title of a card is 81 characters long; 80 are allowed",
        ),
        (template(template_type="generic", elements=[{}]), "a card needs a title"),
    ],
)
def test_says_why_messenger_would_refuse_it(message, problem):
    assert problem in "\n".join(problems(message))


def test_the_limits_are_those_of_the_table():
    assert LIMITS["message"]["text"] == 2_000
