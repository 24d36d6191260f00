import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger.limits import problems
from bot.replies import choices, is_numbered, joined, purpose, replies
from emulator.checks import check


def taps(count, key="title"):
    return [{"title": f"Choice {n}", "payload": f"/p{n}"} for n in range(1, count + 1)]


def sent(**said):
    return [reply.message for reply in replies(said)]


def test_a_text_is_a_text():
    [reply] = replies({"text": " hello ", "metadata": {"class": "repeatable"}})
    assert reply.message == {"text": "hello"}
    assert (reply.text, reply.purpose) == ("hello", "answer")
    assert reply.send_class == "repeatable"


@pytest.mark.parametrize("kind", ["audio", "file", "video"])
def test_media_go_before_the_text_and_messenger_fetches_them(kind):
    url = f"https://shop.example/{kind}"
    media, text = sent(text="Here it is", media={"type": kind, "url": url})
    assert media["attachment"]["type"] == kind
    assert media["attachment"]["payload"]["url"] == url
    assert text == {"text": "Here it is"}
    for message in (media, text):
        check(message)


def test_media_without_an_address_are_not_sent():
    assert sent(media={"type": "video", "url": "{clip}"}) == []


def test_up_to_three_buttons_are_buttons():
    [message] = sent(text="a", buttons=taps(3))
    payload = message["attachment"]["payload"]
    assert payload["template_type"] == "button"
    assert payload["text"] == "a"
    assert [b["type"] for b in payload["buttons"]] == ["postback"] * 3


def test_more_buttons_are_quick_replies():
    [message] = sent(text="a", buttons=taps(4))
    assert message["text"] == "a"
    assert [q["payload"] for q in message["quick_replies"]] == [
        "/p1",
        "/p2",
        "/p3",
        "/p4",
    ]


def test_thirteen_quick_replies_are_the_most():
    [message] = sent(text="a", quick_replies=taps(13))
    assert len(message["quick_replies"]) == 13
    assert not is_numbered({"text": "a", "quick_replies": taps(13)})


def test_more_quick_replies_are_numbers_in_the_text():
    [message] = sent(text="a", quick_replies=taps(14))
    assert message["text"].splitlines()[:3] == ["a", "1. Choice 1", "2. Choice 2"]
    assert "quick_replies" not in message
    said = {"text": "a", "quick_replies": taps(14)}
    assert is_numbered(said)
    assert [choice["payload"] for choice in choices(said)][13] == "/p14"


def test_under_buttons_a_long_text_goes_before():
    text = "A sentence here. " * 60
    first, last = sent(text=text, buttons=taps(1))
    assert "text" in first
    assert first["text"] + last["attachment"]["payload"]["text"] == text.strip()


def test_quick_replies_stand_under_the_last_part():
    first, last = sent(text="word " * 500, quick_replies=taps(2))
    assert "quick_replies" not in first
    assert len(last["quick_replies"]) == 2


def test_links_are_buttons_and_beyond_three_they_are_text():
    links = [{"title": f"L{n}", "url": f"https://x.example/{n}"} for n in range(5)]
    [message] = sent(text="a", buttons=links)
    payload = message["attachment"]["payload"]
    assert [b["type"] for b in payload["buttons"]] == ["web_url"] * 3
    assert payload["text"] == "a\nL3: https://x.example/3\nL4: https://x.example/4"


def test_a_long_title_is_cut_and_a_choice_that_cannot_be_sent_is_left_out():
    choices = [
        {"title": "A title of more than twenty", "payload": "/a"},
        {"title": "B", "payload": "x" * 1_001},
        {"title": " ", "payload": "/c"},
        {"title": "D", "url": "javascript:alert(1)"},
    ]
    [message] = sent(text="a", buttons=choices)
    [button] = message["attachment"]["payload"]["buttons"]
    assert button["title"] == "A title of more tha…"


def test_a_part_with_nothing_to_read_is_not_sent():
    first, last = sent(text="a" + "\n" * 4_500 + "b")
    assert first["text"].strip() == "a"
    assert last["text"].strip() == "b"


def test_a_picture_goes_first():
    first, last = sent(text="a", image="https://x.example/a.png")
    assert first["attachment"]["type"] == "image"
    assert last == {"text": "a"}


def test_cards_come_ten_at_a_time():
    cards = [{"title": f"{n}", "subtitle": "s", "buttons": taps(4)} for n in range(11)]
    first, second = sent(elements=cards)
    assert len(first["attachment"]["payload"]["elements"]) == 10
    [card] = second["attachment"]["payload"]["elements"]
    assert len(card["buttons"]) == 3


@pytest.mark.parametrize("said", [{}, {"text": "  "}, {"buttons": taps(1)}])
def test_nothing_to_say_is_no_message(said):
    assert replies(said) == []


def test_what_belongs_together_is_one_message():
    said = [
        {"text": "Sorry.", "metadata": {"purpose": "apology", "join": "space"}},
        {"text": "Number?", "metadata": {"utter_action": "utter_ask_number"}},
    ]
    [one] = joined(said)
    assert one["text"] == "Sorry. Number?"
    assert purpose(one) == "question"


def test_no_space_stands_behind_a_wide_sign():
    said = [
        {"text": "抱歉。", "metadata": {"purpose": "apology", "join": "space"}},
        {"text": "号码？", "metadata": {"utter_action": "utter_ask_number"}},
    ]
    [one] = joined(said)
    assert one["text"] == "抱歉。号码？"


def test_an_answer_and_a_question_stay_apart():
    said = [
        {"text": "On its way.", "metadata": {"join": "line", "class": "park"}},
        {"text": "Tomorrow.", "metadata": {"join": "line"}},
        {"text": "Number?", "metadata": {"purpose": "question"}},
    ]
    answer, question = joined(said)
    assert answer["text"] == "On its way.\nTomorrow."
    assert answer["metadata"]["class"] == "park"
    assert question["text"] == "Number?"


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({}, "answer"),
        ({"utter_action": "utter_ask_number"}, "question"),
        ({"utter_action": "utter_handoff_asked"}, "handoff_notice"),
        ({"utter_action": "utter_ask_number", "purpose": "offer"}, "offer"),
    ],
)
def test_a_message_knows_what_it_is_for(metadata, expected):
    assert purpose({"text": "a", "metadata": metadata}) == expected


TITLES = st.text(max_size=40)
TAPS = st.fixed_dictionaries(
    {"title": TITLES}, optional={"payload": st.text(max_size=1_100)}
)
LINKS = st.fixed_dictionaries(
    {"title": TITLES, "url": st.sampled_from(["https://x.example", "ftp://x", ""])}
)
CARDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.text(max_size=100),
        "subtitle": st.text(max_size=100),
        "image_url": st.sampled_from(["https://x.example/a.png", "x"]),
        "buttons": st.lists(st.one_of(TAPS, LINKS), max_size=5),
    },
)
SAID = st.fixed_dictionaries(
    {},
    optional={
        "text": st.one_of(
            st.text(max_size=50), st.text(min_size=2_500, max_size=2_600)
        ),
        "buttons": st.lists(st.one_of(TAPS, LINKS), max_size=6),
        "quick_replies": st.lists(TAPS, max_size=16),
        "elements": st.lists(CARDS, max_size=12),
        "image": st.sampled_from(["https://x.example/a.png", "nowhere"]),
    },
)


@given(SAID)
def test_no_message_is_ever_refused(said):
    for reply in replies(said):
        check(reply.message)
        assert problems(reply.message) == []
