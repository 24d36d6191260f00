"""What is deleted is answered no more at once; what follows is told afterwards."""

import time
from dataclasses import replace

import pytest

from bot.rehearsal import meant, rehearse
from bot.store import undertaken
from bot.undertaking import Undertakings
from tests.bot.admin.mending import FIELDS
from tests.bot.admin.test_check import LONGEST
from tests.bot.visiting import converse, says, words
from tests.conftest import SMALL_SHOP

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]

ENTRY = "do_you_mend_records"
PATH = f"/admin/faq/{ENTRY}"
ASKED = "can you mend my record"
NO_LONGER = "Deleted. Customers no longer get this answer."


@pytest.fixture(scope="session")
def written(written):
    """A small shop: training takes a second, not six."""
    return replace(written, lessons=SMALL_SHOP, faq=written.faq[:4])


@pytest.fixture
def mending(shop, parts):
    """A shop that mends records, whose customers ask for it, and for orders."""
    conversation = converse(parts, "1001")
    for number in range(8):
        says(parts, conversation, f"{ASKED} number {'i' * number}")
    says(parts, conversation, "where is my order")
    done = shop.who.post("/admin/faq/new", **FIELDS, state="live")
    assert done.status_code == 303, words(done.text)
    parts.teaching.train_now()
    parts.understanding.refresh()
    assert meaning(parts).intent == f"faq/{ENTRY}"
    return shop


def meaning(parts, text=ASKED):
    return meant(rehearse(text, parts.understanding.assistants, parts.clock()))


@pytest.fixture
def untrained(parts, monkeypatch):
    """Nothing is learned meanwhile, nor checked: the trainer is taken."""
    monkeypatch.setattr(parts.teaching, "ask", lambda: None)


def seen_to(parts):
    """Let the sweep look until all that was undertaken has ended."""
    undertakings, until = Undertakings(parts), time.monotonic() + LONGEST
    while undertakings.look():
        assert time.monotonic() < until
        parts.understanding.refresh()
        time.sleep(0.05)


def test_it_is_answered_no_more_though_nothing_is_learned_yet(
    mending, parts, untrained, monkeypatch
):
    monkeypatch.setattr("bot.admin.gate.PATIENCE", 0.0)
    with parts.checks._one:  # another check runs
        began = time.monotonic()
        answer = mending.who.post(f"{PATH}/delete")
        assert answer.status_code == 303
        assert time.monotonic() - began < 2
    parts.understanding.refresh()
    assert parts.teaching.behind()
    assert meaning(parts).outcome == "person"
    told = mending.who.words(answer.location)
    assert NO_LONGER in told
    assert f"{NO_LONGER} Undo" in told
    assert "What follows from it is looked at now" in told


def test_its_own_askers_are_no_reason_to_ask_why_and_nobody_is_told_of_them(
    mending, parts
):
    assert mending.who.post(f"{PATH}/delete").status_code == 303
    parts.teaching.train_now()
    seen_to(parts)
    told = mending.who.words("/admin/faq/")
    assert "What follows from it" not in told
    assert "Since “Do you mend records?” was deleted" not in told


def test_what_else_changes_is_told_in_the_list_and_in_the_review_until_it_is_seen(
    mending, parts, untrained
):
    mending.who.post(f"{PATH}/delete")
    answered = {"outcome": "answer", "intent": "order_status"}
    told = {
        "key": "",
        "changes": [[answered, {"outcome": "person", "intent": None}, 2]],
        "pins": ["where is it"],
        "scripts": ["A parcel"],
    }
    noted = undertaken.State.NOTED
    parts.database.write(lambda c: undertaken.close(c, 1, noted, told))
    for path in ("/admin/faq/", "/admin/review"):
        page = mending.who.words(path)
        assert "Since “Do you mend records?” was deleted" in page
        assert "2 messages: now “Track an order”, then a person" in page
        assert "A pin breaks: “where is it”" in page
        assert "A conversation script breaks: “A parcel”" in page
    answer = mending.who.post("/admin/undertakings/1/dismiss", back="/admin/review")
    assert "Since “Do you" not in mending.who.words(answer.location)


def test_undo_brings_it_back_at_once_without_a_check(
    mending, parts, untrained, monkeypatch
):
    monkeypatch.setattr("bot.admin.gate.PATIENCE", 0.0)
    mending.who.post(f"{PATH}/delete")
    parts.understanding.refresh()
    with parts.checks._one:
        answer = mending.who.post(f"{PATH}/bring-back")
        assert answer.status_code == 303
    parts.understanding.refresh()
    assert meaning(parts).intent == f"faq/{ENTRY}"
    seen_to(parts)
    assert "looked at now" not in mending.who.words("/admin/faq/")


def test_a_pin_on_it_is_told_before_and_asks_for_the_reason(mending, parts, untrained):
    mending.who.post("/admin/pins", text=ASKED, intent=f"faq/{ENTRY}")
    with parts.checks._one:  # it is known without a check
        held = mending.who.post(f"{PATH}/delete")
    assert held.status_code == 422
    told = words(held.text)
    assert "Not done yet: something breaks that must hold" in told
    assert "A pin breaks" in told
    assert mending.entry(ENTRY).deleted_at is None
    assert meaning(parts).intent == f"faq/{ENTRY}"


def test_a_draft_that_is_deleted_took_no_answer_from_anybody(shop):
    shop.who.post("/admin/faq/new", **FIELDS, state="draft")
    answer = shop.who.post(f"{PATH}/delete")
    told = shop.who.words(answer.location)
    assert "Deleted. It is under “Deleted”" in told
    assert NO_LONGER not in told


def test_two_who_delete_it_see_the_same_and_it_is_looked_at_once(
    mending, colleague, untrained
):
    mending.who.post(f"{PATH}/delete")
    answer = colleague.who.post(f"{PATH}/delete")
    assert answer.status_code == 303
    told = colleague.who.words(answer.location)
    assert told.count("What follows from it is looked at now") == 1
