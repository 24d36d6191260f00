"""Before a draft is published: what it would change, by a real training process."""

import re
import time
from dataclasses import replace

import pytest

from bot.change import Change
from bot.check import Doing, State
from bot.store import knowledge
from bot.store.knowledge import Faq
from tests.bot.admin.mending import FIELDS
from tests.bot.visiting import converse, says, words
from tests.conftest import SMALL_SHOP

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]

LONGEST = 90.0  # seconds, on a machine that does much else


@pytest.fixture(scope="session")
def written(written):
    """A small shop: training takes a second, not six."""
    return replace(written, lessons=SMALL_SHOP, faq=written.faq[:4])


@pytest.fixture
def shop(shop, parts):
    """A shop whose live model is of its own content, and what customers wrote."""
    conversation = converse(parts, "1001")
    for text in ("where is my order", "hello", "DO YOU MEND RECORDS?", "hello!"):
        says(parts, conversation, text)
    says(parts, conversation, "can you mend my record here, please")
    return shop


def checked(editor, path="/admin/faq/new", **fields):
    """What the page says when a check has ended."""
    until = time.monotonic() + LONGEST
    answer = editor.who.post(f"{path}/check", **{**FIELDS, **fields})
    while "Checking." in words(answer.text):
        assert time.monotonic() < until
        time.sleep(0.2)
        answer = editor.who.post(f"{path}/check", **{**FIELDS, **fields})
    return words(answer.text)


def published(editor, path="/admin/faq/new", **fields):
    return editor.who.post(path, **{**FIELDS, "state": "live", **fields})


def seen(answer):
    """What a form says of the check that its editor sees."""
    found = re.search(r'name="checked" value="(\w+)"', answer.text)
    assert found is not None
    return found[1]


def test_a_check_that_runs_says_what_it_is_at(shop, parts):
    said = tuple(FIELDS["phrasings"].splitlines())
    change = Change(entry=Faq(name="repairs", question="Repairs?", phrasings=said))
    at = []
    with parts.checks._one:  # another check runs
        begun = parts.checks.start(change)
        page = words(shop.who.post("/admin/faq/new/check", **FIELDS).text)
        assert "It waits for another check." in page
        assert "half a minute to a few minutes" in page
    until = time.monotonic() + LONGEST
    while (found := parts.checks.find(begun.key)).state is State.RUNNING:
        assert time.monotonic() < until
        at += [found.doing] if found.doing not in at else []
        time.sleep(0.001)
    assert at[-2:] == [Doing.READING, Doing.PLAYING]
    assert Doing.LEARNING in at


def test_a_check_tells_what_would_be_answered_and_changes_nothing(shop, parts):
    before = parts.understanding.model_name
    told = checked(shop)
    assert "Safe to publish: nobody would lose an answer" in told
    assert "Would have answered 2 of the last 4 messages." in told
    assert "Of all 4: newly answered: 2, as now: 2." in told
    assert "2 newly answered" in told
    assert "then “Do you mend records?”" in told
    assert "DO YOU MEND RECORDS?" in told
    with parts.database.read() as connection:
        assert knowledge.live(connection).model == before
        assert "do_you_mend_records" not in {e.name for e in knowledge.faq(connection)}


def test_a_page_that_asks_how_far_a_check_is_calls_the_question_by_its_words(shop):
    running = shop.who.post("/admin/faq/new/check", **FIELDS).text
    part = re.search(r'hx-get="/admin/checks/(\w+)\?[^>]*', running)
    assert part is not None
    assert 'hx-include="#question"' in part[0]
    checked(shop)
    asked = f"/admin/checks/{part[1]}?of=/admin/faq/new&question={FIELDS['question']}"
    assert "then “Do you mend records?”" in shop.who.words(asked)


def test_what_was_checked_goes_live_without_being_trained_again(shop, parts):
    checked(shop)
    models = {path.name for path in parts.settings.models.iterdir()}
    shop.who.post("/admin/faq/new", **FIELDS, state="live")

    parts.teaching.train_now()
    parts.understanding.refresh()

    assert {path.name for path in parts.settings.models.iterdir()} == models
    parse = parts.understanding.assistant.model.classify("mend records please")
    assert parse["intent"]["name"] == "faq/do_you_mend_records"


def test_a_broken_pin_holds_a_draft_back_until_somebody_says_why(shop, parts):
    phrase = "record mending"
    shop.who.post("/admin/pins", text=phrase, intent="")
    held = published(shop)
    assert held.status_code == 422
    assert "Not published: something breaks that must hold" in words(held.text)
    assert "A pin breaks" in words(held.text)
    assert phrase in words(held.text)

    unseen = published(shop, reason="we do now")
    assert unseen.status_code == 422
    assert published(shop, reason="we do now", checked=seen(held)).status_code == 303
    note = shop.entry("do_you_mend_records").note
    assert note == "Although a pin breaks: we do now"


def test_a_draft_passes_pins_that_hold_and_a_draft_kept_needs_none(shop):
    shop.who.post("/admin/pins", text="where is my order", intent="order_status")
    kept = shop.who.post("/admin/faq/new", **FIELDS, state="draft")
    assert kept.status_code == 303
    name = "do_you_mend_records"
    fields = shop.form(name)
    told = checked(shop, f"/admin/faq/{name}", **fields)
    assert "A pin breaks" not in told
    fields["state"] = "live"
    assert shop.who.post(f"/admin/faq/{name}", **fields).status_code == 303


def test_what_can_not_be_published_is_not_checked(shop):
    answer = shop.who.post("/admin/faq/new/check", **{**FIELDS, "answer": ""})
    assert answer.status_code == 422
    assert "Write the answer" in words(answer.text)


def test_a_check_that_nobody_knows_says_what_to_do(shop):
    assert "This check is gone" in shop.who.words("/admin/checks/unknown")


def test_pins_are_listed_with_whether_they_hold(shop):
    shop.who.post("/admin/pins", text="where is my order", intent="order_status")
    answer = shop.who.post("/admin/pins", text="hello there", intent="order_status")
    told = shop.who.words(answer.location)
    assert "where is my order Track an order Works" in told
    assert "hello there Track an order ; now:" in told
    assert shop.who.post("/admin/pins", text="x", intent="none").status_code == 422
    assert shop.who.post("/admin/pins/99/remove").status_code == 404
    shop.who.post("/admin/pins/1/remove")
    assert shop.who.words("/admin/pins").count("Track an order Works") == 0
