"""In which languages something may go out after 24 hours: learned, kept, shown."""

import json
from dataclasses import replace

import pytest

from bot.connection import approvals
from bot.messenger import templates
from bot.store import pages
from tests.bot.commands import test_connect as commands
from tests.bot.commands.test_connect import frontdesk
from tests.bot.visiting import visitor, words
from tests.emulator.conftest import PAGE

CONNECT = "/admin/connect"
learning = commands.learning  # else the doctor finds an old model, and asks nobody
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def review(messenger):
    """Let the review of one language end."""

    def review(language, status, name=templates.EVENT_REMINDER):
        body = {"name": name, "language": language, "status": status}
        messenger.post(f"pages/{PAGE}/templates", body)

    return review


@pytest.fixture
def admin(shop):
    return visitor(shop.app, "admin")


def line_of(parts):
    return parts.lines()[0]


def learned(parts, **settings):
    """What is known once Messenger has been asked."""
    line = replace(line_of(parts), settings=replace(parts.settings, **settings))
    approvals.learn(line)
    with parts.database.read() as connection:
        return approvals.known(connection, line.settings, PAGE)


def told(approval):
    return {one.language: one.said for one in approval.reviews}


def section(page):
    return words(page.split('id="templates"')[1].split("</section>")[0])


def test_before_anybody_has_looked_nothing_is_known(parts):
    with parts.database.read() as connection:
        assert approvals.known(connection, parts.settings, PAGE) == []


def test_each_language_of_the_shop_is_made_and_told(parts, messenger):
    (reminder,) = learned(parts, languages=("fr", "zh"))
    assert told(reminder) == {"fr": "approved", "zh": "approved"}
    assert not reminder.is_refused
    assert reminder.said == "Reminders of events: French: approved · Chinese: approved"


@on_sqlite
def test_the_template_of_orders_is_made_where_a_shop_tells_of_them(parts, messenger):
    signed = replace(parts.settings.shop, orders_signing=("a-key-of-the-shop",))
    found = learned(parts, shop=signed, languages=("en",))
    assert [one.name for one in found] == ["event_reminder", "order_update"]


@on_sqlite
def test_what_is_not_approved_says_what_goes_out_meanwhile(parts, review):
    learned(parts)
    review("en", "REJECTED")
    review("ar", "PENDING")
    review("zh_CN", "PAUSED")
    spoken = ("fr", "en", "ar", "es", "zh")
    (reminder,) = learned(parts, languages=spoken)
    assert told(reminder) == {
        "fr": "approved",
        "en": "rejected; until then it goes out in French",
        "ar": "in review; until then it goes out in French",
        "es": "approved",
        "zh": "paused by Messenger; until then it goes out in French",
    }
    assert reminder.is_refused
    review("fr", "PENDING")
    (reminder,) = learned(parts, languages=("fr", "ar"))
    assert told(reminder)["ar"] == "in review; until then nothing goes out"
    assert not reminder.is_refused


@on_sqlite
def test_what_an_earlier_version_kept_is_told_as_english(parts):
    old = {"templates": {"event_reminder": "APPROVED"}}
    parts.database.write(lambda c: pages.able(c, PAGE, old))
    with parts.database.read() as connection:
        (reminder,) = approvals.known(connection, parts.settings, PAGE)
    assert told(reminder)["en"] == "approved"
    assert told(reminder)["es"] == "not made yet; until then it goes out in English"


@on_sqlite
class TestThePage:
    def test_shows_them_once_the_connection_was_checked(self, admin):
        assert 'id="templates"' not in admin.page(CONNECT)
        admin.post(f"{CONNECT}/check")
        shown = section(admin.page(CONNECT))
        assert "Reminders of events event_reminder English approved" in shown
        assert "Chinese approved" in shown
        assert "appeal" not in shown

    def test_shows_which_are_in_review_or_rejected_and_the_cure(self, admin, review):
        admin.post(f"{CONNECT}/check")
        review("ar", "PENDING")
        review("es", "REJECTED")
        admin.post(f"{CONNECT}/check")
        page = admin.page(CONNECT)
        assert 'data-language="ar" data-state="PENDING"' in page
        shown = section(page)
        assert "Arabic in review; until then it goes out in English" in shown
        assert "Spanish rejected; until then it goes out in English" in shown
        assert "appeal there, or delete it there" in shown

    def test_keeps_what_it_knew_while_the_token_is_red(self, shop, admin):
        admin.post(f"{CONNECT}/check")
        shop.breaks(token="expired")
        admin.post(f"{CONNECT}/check")
        assert "English approved" in section(admin.page(CONNECT))


@on_sqlite
class TestCommands:
    def test_connect_makes_them_and_says_how_they_stand(self, shop, parts):
        done = frontdesk(parts, "connect", FRONTDESK_LANGUAGES="es,fr")
        assert done.returncode == 0
        line = "Reminders of events: Spanish: approved · French: approved"
        assert f"After 24 hours: {line}" in done.stdout

    def test_doctor_makes_none_and_tells_what_a_server_saw(self, shop, parts):
        live = frontdesk(parts, "doctor", "--live", "--json")
        (found,) = of_templates(live)
        assert "English: not made yet; until then nothing goes out" in found["said"]
        assert found["well"]
        learned(parts)
        (found,) = of_templates(frontdesk(parts, "doctor", "--json"))
        assert "English: approved · Arabic: approved" in found["said"]

    def test_doctor_is_red_where_somebody_must_act(self, shop, parts, review):
        learned(parts)
        review("fr", "REJECTED")
        done = frontdesk(parts, "doctor", "--live", "--json")
        (found,) = of_templates(done)
        assert (done.returncode, found["well"]) == (1, False)
        assert "French: rejected; until then it goes out in English" in found["said"]
        assert "appeal" in found["cure"]


def of_templates(done):
    local = json.loads(done.stdout)["local"]
    return [one for one in local if one["name"].startswith("template ")]
