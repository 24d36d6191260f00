"""What only messages prove: that customers' words come in, and that answers go out."""

import re
from datetime import timedelta

import pytest

from bot.connection import proof
from bot.store.models import Conversation, Message
from tests.bot.visiting import rows, visitor
from tests.bot.visiting import words as read

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PAGE = "/admin/connect"
AMBER = "Not proved yet: send yourself a test message."


@pytest.fixture
def admin(shop):
    return visitor(shop.app, "admin")


def checked(admin):
    return admin.page(admin.post(f"{PAGE}/check").location)


def starts(shop):
    """Let Frontdesk be started now, as after a change of its settings."""
    shop.app.extensions["started_at"] = shop.parts.clock() + timedelta(seconds=1)


def test_a_page_whose_messages_came_and_went_is_said_to_be_proved(shop, admin):
    page = checked(admin)
    assert "Checked just now. Nothing is red." in read(page)
    assert re.search(
        r"last signed message or receipt came in (just now|\d)", read(page)
    )
    assert re.search(r"took the last message (just now|\d)", read(page))
    assert AMBER not in read(page)


@pytest.mark.parametrize(
    "fault", [{"signature": "another_app"}, {"page": "restricted"}]
)
def test_what_no_check_can_see_is_not_green_before_a_message_showed_it(
    shop, admin, fault
):
    shop.messenger.faults(connection=fault)
    starts(shop)
    page = checked(admin)
    assert AMBER in read(page)
    assert "Nothing is red." not in read(page)
    assert 'class="note good"' not in page
    assert "Nothing has come in from Messenger since the last start" in read(page)
    assert "Messenger has taken no message since the last start" in read(page)
    assert page.index('data-testid="send-test"') < page.index('data-testid="check"')


def test_hours_later_what_was_proved_is_so_no_more(shop, parts):
    line = shop.line()
    assert proof.seen(line).is_whole
    later = proof.seen(shop.line(), at=line.now + proof.LATELY + timedelta(minutes=1))
    assert (later.heard_at, later.taken_at) == (None, None)
    assert "in the last six hours" in " ".join(later.said)


def test_whoever_just_brought_the_events_here_has_not_seen_any_come(shop, admin):
    shop.breaks(subscription="elsewhere")
    admin.post(f"{PAGE}/check")
    page = admin.page(admin.post(f"{PAGE}/mend", mend="move").location)
    assert AMBER in read(page)
    assert "Nothing has come in from Messenger since the last start" in read(page)
    assert "took the last message" in read(page)


def test_oneself_is_offered_before_strangers(shop, admin):
    told = admin.words(PAGE)
    assert told.index("To yourself") < told.index("Customer")
    assert "Messenger lets a Page write only to who wrote to it" in told


def test_a_message_that_was_held_back_went_out_when_it_went_out(shop, parts):
    """It said 13:47, when it was asked for, of what was sent at 13:48."""
    (row,) = rows(parts, Conversation)
    early = parts.clock() - timedelta(hours=2)
    shop.owes_test(early)
    shop.delivers()
    newest = rows(parts, Message)[-1]
    assert newest.conversation_id == row.id
    assert newest.at - early > timedelta(hours=1)
    shown = shop.checked()["message"].values["when"]
    assert shown == newest.at.isoformat(timespec="minutes")
