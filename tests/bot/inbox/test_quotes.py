"""A message that answers a certain one shows which: above it, and at a hand-over."""

import html
import re

import pytest

from bot.store.models import Author, Message
from bot.store.retention import forget
from tests.bot.inbox.test_handover import panel
from tests.bot.test_wording import unsend
from tests.bot.visiting import converse, name, row, says, words
from tests.floor import Floor, echo, message

LINE = re.compile(r'<(a|p) class="quoted"[^>]*>.*?</\1>', re.DOTALL)


@pytest.fixture
def floor(parts):
    return Floor(parts.database, clock=parts.clock)


def lines(agent, floor, **about):
    """The quoted lines of a thread, as they are read; not those beside it."""
    page = agent.page(f"/inbox/{floor.conversation()}")
    every = [words(found[0]) for found in LINE.finditer(page)]
    return [one for one in every if one.startswith("In answer to: ")]


def answers(floor, mid, text="no, that one", **about):
    """Let the customer answer a certain message; the number of what they said."""
    mine = floor.hears(text, reply_to={"mid": mid}, **about)
    floor.answers()
    return floor.one("SELECT id FROM message WHERE mid = :mid", mid=mine)


def test_an_answer_of_the_customer_shows_whose_words_it_answers(agent, parts, floor):
    first = floor.hears("where is <b>my</b> parcel?")
    floor.answers()
    name(parts, floor.conversation(), "Dina")
    answers(floor, first)
    assert lines(agent, floor) == ["In answer to: Dina where is <b>my</b> parcel?"]


def test_it_leads_to_what_it_answers(agent, parts, floor):
    first = floor.hears("where is my parcel?")
    floor.answers()
    answers(floor, first)
    number = row(parts, Message, mid=first).id
    assert f'class="quoted" href="#said-{number}"' in agent.page(
        f"/inbox/{floor.conversation()}"
    )


def test_it_leads_to_what_is_too_far_up_to_be_on_the_page(agent, parts, floor):
    first = floor.hears("the very first")
    floor.answers()
    for number in range(60):
        says(parts, floor.conversation(), f"line {number}")
    answers(floor, first)
    number, conversation = row(parts, Message, mid=first).id, floor.conversation()
    page = agent.page(f"/inbox/{conversation}")
    assert f'id="said-{number}"' not in page
    found = re.search(r'class="quoted" href="([^"]+)"', page)
    where = html.unescape(found[1])
    assert where.endswith(f"#said-{number}")
    assert f'id="said-{number}"' in agent.page(where)


def test_an_answer_to_ours_names_who_of_us_said_it(agent, parts, floor):
    floor.says("hello")
    conversation = floor.conversation()
    for mid, author, staff in (
        ("m_bot", Author.BOT, None),
        ("m_mine", Author.AGENT, agent.staff_id),
        ("m_there", Author.ELSEWHERE, None),
    ):
        says(parts, conversation, f"of {mid}", author=author, staff_id=staff, mid=mid)
        answers(floor, mid)
    assert lines(agent, floor) == [
        "In answer to: Assistant of m_bot",
        "In answer to: You of m_mine",
        "In answer to: In another app of m_there",
    ]


def test_what_is_said_for_us_in_another_app_may_answer_too(agent, floor):
    first = floor.hears("do you have it in red?")
    floor.answers()
    floor.receives(echo("yes", reply_to={"mid": first}))
    assert "do you have it in red?" in lines(agent, floor)[0]


@pytest.mark.parametrize(
    ("parts_of_it", "told"),
    [
        ({"attachments": [{"type": "image", "url": "https://x.example"}]}, "Picture"),
        ({"attachments": [{"type": "audio"}]}, "Voice message"),
        ({"attachments": [{"type": "sticker", "like": True}]}, "Thumbs up"),
        ({"attachment": {"type": "template", "payload": {}}}, "Card"),
        ({}, "Nothing that can be shown"),
    ],
)
def test_what_has_no_words_is_named(agent, parts, floor, parts_of_it, told):
    floor.says("hello")
    says(parts, floor.conversation(), None, mid="m_it", parts=parts_of_it)
    answers(floor, "m_it")
    assert lines(agent, floor)[0].endswith(told)


def test_of_what_was_unsent_or_forgotten_nothing_stands_there(agent, parts, floor):
    first = floor.hears("my secret")
    floor.answers()
    answers(floor, first)
    floor.receives(unsend(floor, mid=first))
    assert lines(agent, floor)[0].endswith("A message that was unsent")
    second = floor.hears("another secret")
    floor.answers()
    floor.clock.advance(days=200)
    floor.write(lambda c: forget(c, floor.clock()))
    answers(floor, second)
    assert lines(agent, floor)[-1].endswith("Not kept any more")


@pytest.mark.parametrize("mid", ["m_before_our_time", "m" * 300])
def test_a_message_that_we_never_had_is_not_guessed_at(agent, parts, floor, mid):
    answers(floor, mid)
    told = lines(agent, floor)
    assert told == (["In answer to: An earlier message"] if len(mid) < 256 else [])
    assert "#said-" not in agent.page(f"/inbox/{floor.conversation()}")


def test_nothing_of_another_conversation_is_shown(agent, parts, floor):
    other = converse(parts, "99", "hi")
    says(parts, other, "of another customer", mid="m_other")
    answers(floor, "m_other")
    assert lines(agent, floor) == ["In answer to: An earlier message"]


def test_the_list_tells_what_an_answer_without_words_is(agent, parts, floor):
    floor.says("hello")
    floor.takes_over(staff_id=agent.staff_id)
    picture = {"type": "image", "payload": {"url": "https://x.example/1"}}
    floor.receives(message("", attachments=[picture], reply_to={"mid": "m_1"}))
    floor.answers()
    assert "Picture" in agent.words("/inbox/?view=mine")


def test_a_hand_over_tells_what_the_message_answered_that_led_to_it(agent, floor):
    floor.says("where is my parcel?")
    mid = floor.one("SELECT mid FROM message WHERE author = 'bot'")
    answers(floor, mid, "i want a person")
    told = panel(agent, floor.conversation())
    assert "In answer to Assistant" in told
    page = agent.page(f"/inbox/{floor.conversation()}")
    beside = page.split('data-testid="handover"')[1].split("</section>")[0]
    assert f'href="/inbox/{floor.conversation()}?' in beside
