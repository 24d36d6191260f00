"""A conversation as an agent reads it: who said what, what became of it, who it is."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot import handoff
from bot.store.models import Author, Customer, Message, OutgoingState, Page, Status
from bot.store.retention import forget
from tests.bot.visiting import change, converse, name, owes, says, visitor


@pytest.fixture
def agent(app):
    return visitor(app, "agent", "Ada")


@pytest.fixture
def conversation(parts):
    return converse(parts, "1001", "hello")


def read(who, conversation):
    return who.words(f"/inbox/{conversation}")


def test_a_thread_names_who_speaks(app, parts, agent, conversation):
    ben = visitor(app, "agent", "Ben")
    name(parts, conversation, "Dina")
    owes(parts, conversation, "from the assistant", state=OutgoingState.SENT)
    says(parts, conversation, "mine", author=Author.AGENT, staff_id=agent.staff_id)
    says(parts, conversation, "bens", author=Author.AGENT, staff_id=ben.staff_id)
    says(parts, conversation, "from the Page's inbox", author=Author.ELSEWHERE)
    told = read(agent, conversation)
    for speaker, text in (
        ("Dina", "hello"),
        ("Assistant", "from the assistant"),
        ("You", "mine"),
        ("Ben", "bens"),
        ("In another app", "from the Page's inbox"),
    ):
        assert f"{speaker} {text}" in told


def test_what_is_kept_of_a_message_differs_by_who_reads_it(
    app, parts, agent, conversation
):
    ben = visitor(app, "agent", "Ben")
    says(parts, conversation, "mine", author=Author.AGENT, staff_id=agent.staff_id)
    for _ in range(2):
        assert "You mine" in read(agent, conversation)
        assert "Ada mine" in read(ben, conversation)


def test_a_thread_stands_in_order_under_its_days(app, parts, agent):
    now = parts.clock()
    conversation = converse(parts, "1", "old", at=now - timedelta(days=1))
    says(parts, conversation, "new")
    told = read(agent, conversation)
    assert told.index("Yesterday") < told.index(" old ")
    assert told.index(" old ") < told.index("Today") < told.index(" new ")


def test_a_late_message_and_a_reaction_are_marked(app, parts, agent, conversation):
    says(parts, conversation, "from before", late=True)
    says(parts, conversation, "thanks", reaction="❤")
    told = read(agent, conversation)
    assert "Arrived late" in told
    assert "Reaction: ❤" in told


def test_what_was_offered_and_tapped_is_shown(app, parts, agent, conversation):
    offered = {
        "text": "What is it about?",
        "quick_replies": [
            {"content_type": "text", "title": "An order", "payload": "/x"}
        ],
    }
    owes(parts, conversation, "What is it about?", message=offered)
    buttons = {
        "template_type": "button",
        "text": "Reminders?",
        "buttons": [{"type": "postback", "title": "No reminders", "payload": "/y"}],
    }
    card = {"attachment": {"type": "template", "payload": buttons}}
    owes(parts, conversation, "Reminders?", message=card)
    says(parts, conversation, "An order", parts={"tapped": True})
    told = read(agent, conversation)
    assert "Offered: An order" in told
    assert "Offered: No reminders" in told
    assert 'aria-label="Tapped:"' in agent.page(f"/inbox/{conversation}")


@pytest.mark.parametrize(
    ("attachment", "label", "opens"),
    [
        ({"type": "image", "url": "https://cdn.example/a.jpg"}, "Picture", True),
        ({"type": "video", "url": "http://cdn.example/a.mp4"}, "Video", True),
        ({"type": "audio", "url": "https://cdn.example/a"}, "Voice message", True),
        (
            {"type": "file", "url": "https://c.example/f", "title": "a.pdf"},
            "File",
            True,
        ),
        ({"type": "location"}, "Location", False),
        ({"type": "image", "url": "javascript:alert(1)"}, "Picture", False),
        ({"type": "file", "url": "data:text/html,x"}, "File", False),
        ({"type": "file", "url": "https://"}, "File", False),
        ({"type": "file", "url": "http://["}, "File", False),
        ({"type": "new_thing", "url": "ftp://x.example/"}, "Attachment", False),
    ],
)
def test_an_attachment_is_a_labelled_link_to_the_web_or_no_link(
    app, parts, agent, conversation, attachment, label, opens
):
    says(parts, conversation, None, parts={"attachments": [attachment]})
    page = agent.page(f"/inbox/{conversation}")
    assert label in read(agent, conversation)
    assert (f'href="{attachment.get("url")}"' in page) is opens
    assert "<img src" not in page.split('class="thread"')[1]
    if opens:
        assert 'rel="noopener noreferrer nofollow"' in page


def test_read_and_delivered_stand_at_the_newest_message_they_cover(
    app, parts, agent, conversation
):
    now = parts.clock()
    for number, text in enumerate(("one", "two", "three")):
        owed = owes(parts, conversation, text, state=OutgoingState.SENT)
        assert owed
        says_at(parts, text, now + timedelta(minutes=number))
    change(
        parts,
        conversation,
        read_at=now,
        delivered_at=now + timedelta(minutes=1),
    )
    told = read(agent, conversation)
    assert told.count("Read") == told.count("Delivered") == 1
    assert told.index("one") < told.index("Read") < told.index("two")
    assert told.index("two") < told.index("Delivered") < told.index("three")


def says_at(parts, text, moment):
    query = update(Message).where(Message.text == text).values(at=moment)
    parts.database.write(lambda connection: connection.execute(query))


@pytest.mark.parametrize(
    ("state", "reason", "told"),
    [
        (OutgoingState.PENDING, None, "Sending…"),
        (OutgoingState.PENDING, "4: busy", "Waits to be sent"),
        (OutgoingState.SENDING, None, "Sending…"),
        (OutgoingState.FAILED, "100: no", "Not sent: Messenger refused it"),
        (OutgoingState.REFUSED, "they have to write first", "Not sent: they have to"),
        (OutgoingState.CANCELLED, None, "Not sent: a person took over first"),
        (OutgoingState.EXPIRED, None, "Not sent: its time had passed"),
    ],
)
def test_what_became_of_a_message_is_said_in_words(
    app, parts, agent, conversation, state, reason, told
):
    owes(parts, conversation, "an answer", state=state, reason=reason)
    assert told in read(agent, conversation)


def test_a_message_that_arrived_needs_no_words(app, parts, agent, conversation):
    owes(parts, conversation, "an answer", state=OutgoingState.SENT)
    assert "Not sent" not in read(agent, conversation)
    assert "Sending" not in read(agent, conversation)


def test_a_doubtful_message_comes_with_the_risk_of_both_choices(
    app, parts, agent, conversation
):
    owes(parts, conversation, "paid back", state=OutgoingState.UNCONFIRMED)
    told = read(agent, conversation)
    assert "Nobody knows whether this arrived" in told
    assert "If you send it again, the customer may get it twice." in told
    assert "mark it as sent and it did not arrive, they never get it" in told
    assert "Mark as sent Send again" in told


def test_why_a_person_was_fetched_is_told_with_what_is_known(
    app, parts, agent, conversation
):
    summary = "Wants: Track an order\nOrder number: 48213\nLast words: “hello”"
    now = parts.clock()
    parts.database.write(
        lambda c: handoff.request(
            c,
            conversation,
            now,
            reason="misses",
            summary=summary,
            answer_within=timedelta(minutes=10),
        )
    )
    told = read(agent, conversation)
    assert "The assistant did not understand" in told
    assert "Order number 48213" in told
    assert "Wants Track an order" in told


@pytest.mark.parametrize("reason", ["unsure", "flow", "no_answer", "error", "new_kind"])
def test_no_reason_is_a_bare_code(app, parts, agent, conversation, reason):
    change(parts, conversation, status=Status.WAITING, handoff_reason=reason)
    told = read(agent, conversation)
    assert "_" not in told.split("Why a person")[1].split("About")[0]


def test_a_customer_without_a_name_is_numbered(app, parts, agent, conversation):
    assert f"Customer {conversation}" in read(agent, conversation)


def test_the_customer_is_told_about(app, parts, agent, conversation):
    query = update(Customer).values(language="pt-BR")
    parts.database.write(lambda connection: connection.execute(query))
    told = read(agent, conversation)
    assert "Language Portuguese (Brazil)" in told
    assert "Last heard just now" in told


@pytest.mark.parametrize(
    ("silent", "human_agent", "told", "may_write"),
    [
        (timedelta(hours=23), False, "You can write until", True),
        (timedelta(hours=25), False, "no Human Agent permission", False),
        (timedelta(hours=25), True, "As a person you can still answer", True),
        (timedelta(days=8), True, "more than seven days ago", False),
    ],
)
def test_whether_one_can_still_write_is_said_with_the_reason(
    app, parts, agent, conversation, silent, human_agent, told, may_write
):
    change(parts, conversation, last_heard_at=parts.clock() - silent)
    able = update(Page).values(abilities={"human_agent": human_agent})
    parts.database.write(lambda connection: connection.execute(able))
    agent.post(f"/inbox/{conversation}/take-over")
    assert told in read(agent, conversation)
    has_form = 'data-testid="composer"' in agent.page(f"/inbox/{conversation}")
    assert has_form is may_write


def test_how_long_one_can_write_is_told_once_beside_the_thread(agent, conversation):
    page = agent.page(f"/inbox/{conversation}")
    assert page.count('data-testid="window"') == 1
    assert page.count('<p class="reach only-narrow') == 1
    assert '<p class="reach good' not in page


def test_a_page_that_messenger_has_shut_is_announced(app, parts, agent, conversation):
    shut = update(Page).values(parked_reason="190: token", parked_until=9e9)
    parts.database.write(lambda connection: connection.execute(shut))
    assert "Messenger takes no messages of this Page now" in read(agent, conversation)


def test_a_thread_of_a_thousand_shows_the_newest_and_offers_the_others(
    app, parts, agent, conversation
):
    for number in range(130):
        says(parts, conversation, f"message {number:03}")
    told = read(agent, conversation)
    assert "message 129" in told
    assert "message 029" not in told
    assert "Show earlier messages" in told
    assert "message 000" in read(agent, f"{conversation}?messages=300")


def test_what_a_viewer_sees_has_no_buttons(app, parts, conversation):
    owes(parts, conversation, "paid back", state=OutgoingState.UNCONFIRMED)
    page = visitor(app, "viewer").page(f"/inbox/{conversation}")
    assert "You may look, and not answer" in page
    assert page.count('method="post"') == 1  # sign out


def test_the_third_screen_of_a_phone_has_an_address_of_its_own(agent, conversation):
    assert 'data-screen="customer"' in agent.page(f"/inbox/{conversation}/customer")
    assert 'data-screen="thread"' in agent.page(f"/inbox/{conversation}")
    assert 'data-screen="queue"' in agent.page("/inbox/")


def test_what_was_forgotten_says_so_in_the_thread(agent, parts, conversation):
    later = parts.clock() + timedelta(days=181)
    parts.database.write(lambda c: forget(c, later))
    told = read(agent, conversation)
    assert "Not kept any more" in told
    assert "hello" not in told
