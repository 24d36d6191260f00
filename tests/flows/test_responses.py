import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.files import DataError, parse
from flows.responses import load


def responses(text):
    return load([parse(text, "data/responses/x.yml")])


def said(text, slots=None, seed=1, channel="facebook", **values):
    filled = responses(text).fill(
        "utter_x", slots or {}, values, seed=seed, channel=channel
    )
    return filled.get("text")


def one(text):
    return f"responses:\n  utter_x:\n  - text: {text!r}\n"


RANKED = """
responses:
  utter_x:
  - text: plain
  - text: condition
    condition: [{type: slot, name: kind, value: Vip}]
  - text: channel
    channel: facebook
  - text: both
    channel: facebook
    condition: [{type: slot, name: kind, value: vip}]
"""


def test_a_variation_for_condition_and_channel_is_the_first_choice():
    assert said(RANKED, {"kind": "VIP"}) == "both"


def test_a_channel_is_stronger_than_a_condition():
    without = RANKED.replace("- text: both", "- text: both\n    id: b")
    without = without[: without.index("  - text: both")]
    assert said(without, {"kind": "vip"}) == "channel"


def test_messenger_is_what_rasa_calls_facebook():
    for channel in ("messenger", "facebook"):
        text = f"responses:\n  utter_x:\n  - text: a\n    channel: {channel}\n"
        assert said(text) == "a"
    assert said(text.replace("facebook", "slack")) is None


def test_an_attachment_is_filled_as_a_text_is():
    text = (
        "responses:\n  utter_x:\n  - attachment:\n      type: video\n"
        "      payload: {url: 'https://shop.example/{clip}.mp4'}\n"
    )
    filled = responses(text).fill("utter_x", {"clip": "tour"}, {}, seed=1)
    assert filled["media"] == {"type": "video", "url": "https://shop.example/tour.mp4"}


def test_elsewhere_the_condition_counts_and_then_the_plain_one():
    assert said(RANKED, {"kind": "vip"}, channel="web") == "condition"
    assert said(RANKED, {"kind": "other"}, channel="web") == "plain"


def test_a_condition_on_what_is_no_text_compares_the_values():
    condition = "condition: [{type: slot, name: n, value: true}]"
    text = f"responses:\n  utter_x:\n  - text: a\n    {condition}\n"
    assert said(text, {"n": True}) == "a"
    assert said(text, {"n": False}) is None


def test_an_empty_list_of_conditions_never_holds():
    text = "responses:\n  utter_x:\n  - text: a\n    condition: []\n"
    assert said(text) is None


def test_a_condition_may_be_a_predicate():
    text = (
        "responses:\n  utter_x:\n  - text: a\n    condition: slots.n > 1\n  - text: b"
    )
    assert said(text, {"n": 2}) == "a"
    assert said(text, {"n": 1}) == "b"


def test_the_same_seed_says_the_same_and_all_variations_come():
    text = "responses:\n  utter_x:\n  - text: a\n  - text: b\n  - text: c\n"
    assert {said(text, seed=7) for _ in range(5)} == {said(text, seed=7)}
    assert {said(text, seed=seed) for seed in range(50)} == {"a", "b", "c"}


def test_values_of_the_call_win_over_slots():
    assert said(one("{number}"), {"number": "1"}, number="2") == "2"


def test_doubled_braces_are_braces():
    text = one('/off{{"ticket": "{ticket}"}}')
    assert said(text, ticket="HR-1") == '/off{"ticket": "HR-1"}'


def test_numbers_are_said_as_people_say_them():
    assert said(one("{tries} {whole}"), tries=2.0, whole=3) == "2 3"


def test_nothing_known_is_said_as_nothing():
    assert said(one("[{gone}]"), {"gone": None}) == "[]"


@pytest.mark.parametrize(
    "text",
    ["100 % off", "{0.__class__}", "{}", "{ name }", "use {SAVE10} today", "%s %(x)s"],
)
def test_what_an_admin_types_stays_text(text):
    assert said(one(text)) == text


@given(st.text(max_size=30))
def test_what_a_customer_types_is_put_in_as_it_is(value):
    assert said(one("<{name}>"), {"secret": "s"}, name=value) == f"<{value}>"


def test_a_value_is_never_read_as_a_template():
    slots = {"name": "{secret}", "secret": "hush"}
    assert said(one("{name} {{secret}}"), slots) == "{secret} {secret}"


def test_what_is_no_text_is_left_as_it_is():
    text = (
        "responses:\n  utter_x:\n  - elements: [{title: a, sharable: true, n: null}]\n"
    )
    filled = responses(text).fill("utter_x", {}, {}, seed=1)
    assert filled["elements"] == [{"title": "a", "sharable": True, "n": None}]


def test_a_title_for_choices_stands_in_the_metadata():
    text = "responses:\n  utter_x:\n  - text: a\n    metadata: {title: Opening hours}\n"
    assert responses(text).title("utter_x") == "Opening hours"
    assert responses(text).title("utter_y") is None


def test_values_are_filled_in_everywhere():
    text = """
responses:
  utter_x:
  - text: a
    buttons: [{title: "Ticket {ticket}", payload: "/off({ticket})"}]
"""
    filled = responses(text).fill("utter_x", {"ticket": "HR-1"}, {}, seed=1)
    assert filled["buttons"] == [{"title": "Ticket HR-1", "payload": "/off(HR-1)"}]


def test_what_has_values_in_it_is_not_repeated_by_itself():
    plain = responses(one("hello")).fill("utter_x", {}, {}, seed=1)
    filled = responses(one("{number}")).fill("utter_x", {"number": "1"}, {}, seed=1)
    assert plain["metadata"]["class"] == "repeatable"
    assert filled["metadata"]["class"] == "park"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("- txt: a", "unknown key 'txt'; did you mean 'text'?"),
        ("- channel: facebook", "says nothing; give it a 'text'"),
        ("- text: 5", "'text' must be a text; put it in quotes"),
        ("- text: a\n    buttons: 5", "'buttons' must be a list"),
        ("- text: a\n    metadata: 5", "'metadata' must be a mapping"),
        ("- 5", "each variation needs a key such as 'text'"),
        ("- custom: {a: 1}", "custom: 'a' is not sent; attachment, quick_replies"),
        ("- media: {type: video}", "unknown key 'media'"),
        ("- text: a\n    allow_interruptions: false", "is for voice; take it out"),
        ("- text: a\n    button_type: round", "'round' is none of inline, vertical"),
        ("- text: a\n    buttons: [{title: b}]", "each needs 'title' and 'payload'"),
        ("- text: a\n    condition: slots.", "condition: "),
        ("- text: a\n    condition: [{name: b}]", "a condition is '- type: slot"),
        (
            "- text: a\n    metadata: {template: jinja}",
            "Jinja is not read; write {name}",
        ),
        ("  hello", "needs a list such as '- text: Hello'"),
    ],
)
def test_refuses_what_it_cannot_say_by_file_and_name(body, problem):
    with pytest.raises(DataError) as error:
        responses(f"responses:\n  utter_x:\n  {body}\n")
    assert str(error.value).startswith("data/responses/x.yml, line ")
    assert problem in str(error.value)
