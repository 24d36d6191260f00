"""The page of the eight checks: what is wrong, the cure, and the buttons that mend."""

import re
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.connection import checks, trial, words
from bot.connection.results import Step
from bot.connection.words_of_effects import EFFECTS
from bot.store import parking
from bot.store.models import Conversation, OutgoingMessage, OutgoingState
from bot.store.people import AuditEntry
from tests.bot.connection.conftest import TEST
from tests.bot.connection.test_checks import CURES, FAULTS
from tests.bot.visiting import change, messages, owes, rows, visitor
from tests.bot.visiting import words as read

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PAGE = "/admin/connect"


@pytest.fixture
def admin(shop):
    return visitor(shop.app, "admin")


def states(page):
    """What the page says of each check."""
    parts = page.split('data-step="')[1:]
    told = {part.split('"')[0]: part.split('data-state="')[1] for part in parts}
    return {step: text.split('"')[0] for step, text in told.items()}


def section(page, step):
    """What is read of one check."""
    return read(page.split(f'data-step="{step}"')[1].split('data-step="')[0])


def test_before_a_first_check_the_page_shows_the_eight_steps(admin):
    page = admin.page(PAGE)
    assert list(states(page)) == list(Step)
    assert set(states(page).values()) == {"not_run"}
    assert all(title in read(page) for title in words.TITLES.values())


def test_a_connected_page_is_green_and_shows_no_banner(admin):
    admin.post(f"{PAGE}/check")
    page = admin.page(PAGE)
    assert set(states(page).values()) == {"green"}
    assert "None" not in read(page)
    assert "broken" not in admin.words("/inbox/")


@pytest.mark.parametrize("step", FAULTS)
def test_the_page_shows_each_fault_with_its_cure_and_the_banner(shop, admin, step):
    shop.breaks(**FAULTS[step][0])
    assert admin.post(f"{PAGE}/check").status_code == 303

    page = admin.page(PAGE)
    red = [name for name, state in states(page).items() if state == "red"]
    assert red == [step]
    assert CURES[step] in section(page, step)
    assert f"Red {EFFECTS[FAULTS[step][1]]}" in section(page, step)
    assert "The connection to Facebook is broken" in admin.words("/inbox/")


def test_the_numbers_of_facebook_are_folded_under_what_it_said(shop, admin):
    shop.messenger.faults(connection={"page": "restricted"})
    shop.sends_test()
    admin.post(f"{PAGE}/check")
    told = section(admin.page(PAGE), "page")
    assert "now: what Frontdesk has to say waits. Facebook bars the Page" in told
    sentence, said = told.split("What Facebook said")
    assert "10/1893063" not in sentence
    assert "10/1893063" in said


def test_who_is_no_admin_sees_the_banner_but_not_the_page(shop, admin):
    shop.breaks(page="unpublished")
    admin.post(f"{PAGE}/check")
    agent = visitor(shop.app, "agent")
    assert "Tell an admin" in agent.words("/inbox/")
    assert agent.get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("fault", "mend"),
    [
        ({"subscription": "removed"}, "subscribe"),
        ({"subscription": "elsewhere"}, "move"),
        ({"profile": "removed"}, "profile"),
    ],
)
def test_a_button_mends_what_frontdesk_can_mend_and_the_log_says_so(
    shop, admin, parts, fault, mend
):
    shop.breaks(**fault)
    admin.post(f"{PAGE}/check")
    assert f'value="{mend}"' in admin.page(PAGE)

    admin.post(f"{PAGE}/mend", mend=mend)

    assert set(states(admin.page(PAGE)).values()) == {"green"}
    assert rows(parts, AuditEntry)[-1].action.startswith("page_")


def test_what_facebook_refuses_is_said_and_changes_nothing(shop, admin):
    shop.breaks(profile="removed")
    shop.messenger.faults(graph={"do": "error", "code": 4, "on": "any"})
    answer = admin.post(f"{PAGE}/mend", mend="profile")
    assert answer.status_code == 422
    assert "Facebook refused: 4:" in read(answer.text)


def test_no_other_mending_can_be_asked_for(admin):
    assert admin.post(f"{PAGE}/mend", mend="burn").status_code == 400


def test_the_test_message_goes_to_whom_one_has_chosen(shop, admin, parts):
    (conversation,) = rows(parts, Conversation)
    shop.app.extensions["wake"] = lambda conversation_id: shop.delivers()
    assert "Ada Meier" not in admin.words(PAGE)  # Messenger was not asked for names

    answer = admin.post(f"{PAGE}/test", conversation=str(conversation.id))

    assert answer.location == f"{PAGE}?note=tested"
    assert "The test message was sent" in admin.words(answer.location)
    told = shop.messenger.messages(shop.psid)
    assert [message["text"] for message in told] == [
        TEST,
        parts.content.profile.test_message,
    ]
    assert messages(parts, conversation.id)[-1] == parts.content.profile.test_message
    assert states(admin.page(PAGE))["message"] == "green"


def test_while_sending_is_stopped_no_test_message_is_queued(shop, admin, parts):
    """Four presses were four messages in a burst, when sending went on."""
    (conversation,) = rows(parts, Conversation)
    before = messages(parts, conversation.id)
    parts.database.write(
        lambda c: parking.park(c, parts.settings.page_id, "190: expired", 300)
    )
    for _ in range(4):
        answer = admin.post(f"{PAGE}/test", conversation=str(conversation.id))
        assert answer.status_code == 422
        assert "Sending is stopped: 190: expired. It will not go" in read(answer.text)
    assert messages(parts, conversation.id) == before


def test_a_second_test_message_waits_for_the_fate_of_the_first(
    shop, admin, parts, monkeypatch
):
    monkeypatch.setattr(trial, "WAIT", 0.1)
    (conversation,) = rows(parts, Conversation)
    shop.owes_test(parts.clock())
    before = messages(parts, conversation.id)
    answer = admin.post(f"{PAGE}/test", conversation=str(conversation.id))
    assert "still on its way" in read(answer.text)
    assert messages(parts, conversation.id) == before


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            {"token": "expired"},
            "The test message has not gone out yet: Facebook does not take it now.",
        ),
        (
            {"mode": "development"},
            "the app is in development mode, and the customer has no role in it.",
        ),
    ],
)
def test_of_a_test_message_that_did_not_go_out_it_is_said_what_became_of_it(
    shop, admin, parts, monkeypatch, fault, said
):
    monkeypatch.setattr(trial, "WAIT", 0.1)
    shop.app.extensions["wake"] = lambda conversation_id: shop.delivers()
    (conversation,) = rows(parts, Conversation)
    shop.messenger.faults(connection=fault)
    answer = admin.post(f"{PAGE}/test", conversation=str(conversation.id))
    page = admin.page(answer.location)
    assert said in read(page)
    # Facebook's own words and numbers are folded, and in no sentence.
    note = re.search(r'<div class="note bad".+?</div></div>', page, re.DOTALL)[0]
    words, raw = note.split('<details data-testid="raw-test">')
    assert not re.search(r"\b(190|200/2018028)\b", read(words))
    assert re.search(r"\b(190|200/2018028)\b", read(raw))
    assert "was sent" not in read(page)
    assert 'class="note good"' not in page
    assert ("name a review, but" in read(page)) is ("mode" in fault)


def test_once_the_cause_is_gone_to_check_again_tries_what_waits(shop, admin, parts):
    """It stayed stopped for up to five minutes, and nothing tried sooner."""
    shop.messenger.faults(connection={"token": "expired"})
    shop.sends_test()
    admin.post(f"{PAGE}/check")
    assert "It is tried again in 5 minutes" in admin.words(PAGE)
    assert len(shop.messenger.messages(shop.psid)) == 1

    shop.messenger.faults()
    ended = threading.Event()

    def sweep():
        while not ended.wait(0.1):
            shop.delivers()

    sweeping = threading.Thread(target=sweep)
    sweeping.start()
    admin.post(f"{PAGE}/check")
    ended.set()
    sweeping.join()

    assert len(shop.messenger.messages(shop.psid)) == 2
    assert set(states(admin.page(PAGE)).values()) == {"green"}
    assert "is stopped" not in admin.words(PAGE)


def test_while_the_cause_is_there_to_check_again_tries_nothing(shop, admin, parts):
    shop.messenger.faults(connection={"token": "expired"})
    shop.sends_test()
    admin.post(f"{PAGE}/check")
    with parts.database.read() as connection:
        assert parking.stop(connection, parts.settings.page_id).seconds > 200


def test_nobody_who_has_not_written_gets_a_test_message(shop, admin, parts):
    before = shop.messenger.messages(shop.psid)
    for chosen in ("", "x", "999"):
        assert admin.post(f"{PAGE}/test", conversation=chosen).status_code == 422
    assert shop.messenger.messages(shop.psid) == before


def test_a_check_that_finds_something_broken_does_not_look_like_a_success(shop, admin):
    shop.breaks(page="unpublished")
    page = admin.page(admin.post(f"{PAGE}/check").location)
    assert "Checked just now. 1 check is red." in read(page)
    assert 'class="note good"' not in page

    shop.messenger.faults()
    page = admin.page(admin.post(f"{PAGE}/check").location)
    assert "Checked just now. Nothing is red." in read(page)
    assert 'class="note good"' in page


def test_just_now_is_not_said_of_what_was_checked_an_hour_ago(shop, admin, parts):
    found, hour_ago = shop.run(), parts.clock() - timedelta(hours=1)
    checks.keep(replace(shop.line(), now=hour_ago), found)
    told = admin.words(f"{PAGE}?note=checked")
    assert "Checked just now" not in told
    assert "1 h ago" in told


def test_settings_are_named_by_the_file_they_stand_in(shop, admin, parts):
    shop.breaks(page="unpublished")
    admin.post(f"{PAGE}/check")
    assert str(Path(".env").absolute()) in admin.words(PAGE)


def test_the_page_leads_to_what_is_red_and_the_bar_to_the_page(shop, admin):
    shop.breaks(token="expired")
    admin.post(f"{PAGE}/check")
    page = admin.page(PAGE)
    assert "To the first that is red: The Page's token" in read(page)
    assert 'href="#token"' in page
    assert 'href="https://developers.facebook.com" rel="noopener"' in page
    assert "It can't go out while a line is red: The Page's token" in read(page)
    bar = read(admin.page("/inbox/").split("<nav")[1].split("</nav>")[0])
    assert bar.endswith("Red under Connect a Page: 1")
    agent = visitor(shop.app, "agent")
    assert 'id="red-connection"' not in agent.page("/inbox/")


def test_a_cure_leads_to_the_test_message_and_what_can_be_sent_again(shop, admin):
    shop.breaks(mode="development")
    (row,) = rows(shop.parts, Conversation)
    owes(shop.parts, row.id, "Your parcel is on its way.")
    shop.delivers()
    admin.post(f"{PAGE}/check")
    page = admin.page(PAGE)
    for place in ("test", "again"):
        assert f'href="#{place}"' in page
        assert page.count(f' id="{place}"') == 1
    ways = page.split("Do what applies:")[1].split("</ul>")[0]
    assert ways.count("<li>") == 2
    assert shop.parts.content.profile.test_message in read(page)


def test_the_demo_has_no_settings_that_anybody_could_change(shop, admin, parts):
    shop.breaks(page="unpublished")
    admin.post(f"{PAGE}/check")
    shop.app.extensions["parts"] = replace(
        parts, settings=replace(parts.settings, demo=True)
    )
    told = admin.words(PAGE)
    assert "This is the demo" in told
    assert str(Path(".env").absolute()) not in told


def test_the_page_counts_and_says_when_it_looks_again(shop, admin):
    admin.post(f"{PAGE}/check")
    told = admin.words(PAGE)
    assert "8 right, 0 red, 0 not checked." in told
    assert re.search(r"Frontdesk looks every hour, next [^.]*\d\d:\d\d \.", told)
    shop.breaks(token="invalid")
    admin.post(f"{PAGE}/check")
    told = admin.words(PAGE)
    assert re.search(r"\d right, 1 red, \d not checked", told)
    assert re.search(r"looks every ten minutes, next [^.]*\d\d:\d\d \.", told)


def test_what_was_refused_because_the_app_is_not_live_is_sent_again(shop, admin):
    shop.breaks(mode="development")
    (row,) = rows(shop.parts, Conversation)
    owes(shop.parts, row.id, "Your parcel is on its way.")
    shop.delivers()
    admin.post(f"{PAGE}/check")
    told = "1 answer was refused because the app is not Live, and can still go out."
    assert told in admin.words(PAGE)

    shop.messenger.faults()
    answer = admin.post(f"{PAGE}/again")
    assert "They are being sent again" in admin.words(answer.location)
    shop.delivers()
    assert _state(shop, "Your parcel is on its way.") is OutgoingState.SENT
    assert told not in admin.words(PAGE)
    kept = [one.action for one in rows(shop.parts, AuditEntry)]
    assert kept.count("answers_sent_again") == 1


@pytest.mark.parametrize("overtaken", ["by a person", "by a later answer", "by time"])
def test_what_was_overtaken_is_not_sent_again(shop, admin, overtaken):
    shop.breaks(mode="development")
    (row,) = rows(shop.parts, Conversation)
    owes(shop.parts, row.id, "Your parcel is on its way.")
    shop.delivers()
    shop.messenger.faults()
    if overtaken == "by a person":
        change(shop.parts, row.id, epoch=row.epoch + 1)
    elif overtaken == "by time":
        early = shop.parts.clock() - timedelta(hours=24)
        change(shop.parts, row.id, last_heard_at=early)
    else:
        owes(shop.parts, row.id, "It is there.")
        shop.delivers()
    admin.post(f"{PAGE}/again")
    assert _state(shop, "Your parcel is on its way.") is OutgoingState.FAILED


def _state(shop, text):
    """What became of what the customer was to be told."""
    owed = rows(shop.parts, OutgoingMessage)
    return next(one.state for one in owed if one.payload.get("text") == text)
