"""Two Pages connected: each has its own checks, and whichever is broken is named."""

import re
from dataclasses import replace

import pytest

from bot.connection import checks
from bot.connection.watch import Watch
from bot.store import pages
from bot.store.models import Conversation, OutgoingMessage, Page, PageHealth
from bot.store.people import AuditEntry
from tests.bot.connection.test_page import section, states
from tests.bot.connection.test_watch import looked
from tests.bot.visiting import rows, visitor, words
from tests.emulator.conftest import OTHER_PAGE, OTHER_TOKEN, PAGE, TOKEN

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
HERE, THERE = f"/admin/connect?page={PAGE}", f"/admin/connect?page={OTHER_PAGE}"
NAME = "Harbour Records 2"


@pytest.fixture
def settings(settings):
    both = {
        "page_ids": (PAGE, OTHER_PAGE),
        "page_access_tokens": (TOKEN, OTHER_TOKEN),
    }
    return replace(settings, **both)


@pytest.fixture
def admin(shop):
    return visitor(shop.app, "admin")


def choices(page):
    """What the page says of each Page one may choose."""
    return dict(re.findall(r'data-page="(\d+)" data-state="(\w+)"', page))


def banner(page):
    """What stands above every page."""
    return words(page.split('<p class="trouble">')[1].split("</p>")[0])


def expire(shop, page_id=OTHER_PAGE):
    shop.messenger.post(f"pages/{page_id}", {"token": "expired"})


def check_both(admin):
    admin.post("/admin/connect/check", page=PAGE)
    return admin.post("/admin/connect/check", page=OTHER_PAGE)


def test_each_page_is_checked_with_its_own_token(shop, admin):
    assert choices(admin.page(HERE)) == {PAGE: "not_run", OTHER_PAGE: "not_run"}
    answer = check_both(admin)
    assert (
        answer.headers["Location"] == f"/admin/connect?note=checked&page={OTHER_PAGE}"
    )
    assert states(admin.page(HERE))["token"] == "green"
    assert states(admin.page(THERE))["token"] == "green"
    assert NAME in section(admin.page(THERE), "page")
    assert NAME not in section(admin.page(HERE), "page")


def test_the_page_with_the_broken_token_alone_is_red_and_the_banner_names_it(
    shop, admin
):
    check_both(admin)
    expire(shop)
    check_both(admin)
    assert choices(admin.page(HERE)) == {PAGE: "green", OTHER_PAGE: "red"}
    assert states(admin.page(HERE))["token"] == "green"
    assert states(admin.page(THERE))["token"] == "red"
    inbox = admin.page("/inbox/")
    told = banner(inbox)
    assert told.startswith(f"The connection of {NAME} to Facebook is broken")
    assert f'href="{THERE}"' in inbox


def test_an_agent_reads_which_page_is_broken(shop, admin):
    check_both(admin)
    expire(shop)
    check_both(admin)
    told = banner(visitor(shop.app, "agent").page("/inbox/"))
    assert NAME in told
    assert "Tell an admin" in told


def test_what_is_mended_is_mended_for_the_page_that_is_chosen(shop, admin, parts):
    check_both(admin)
    assert states(admin.page(THERE))["profile"] == "red"
    admin.post("/admin/connect/mend", page=OTHER_PAGE, mend="profile")
    assert states(admin.page(THERE))["profile"] == "green"
    assert rows(parts, AuditEntry)[-1].about == OTHER_PAGE


def test_the_test_message_goes_to_whom_the_page_knows(shop, admin, parts):
    (conversation,) = rows(parts, Conversation)
    before = len(rows(parts, OutgoingMessage))
    assert shop.psid
    assert "Nobody has written to the Page today." in admin.words(THERE)
    wrong = admin.post(
        "/admin/connect/test", page=OTHER_PAGE, conversation=str(conversation.id)
    )
    assert wrong.status_code == 422
    assert len(rows(parts, OutgoingMessage)) == before
    assert "Ada Meier" in admin.page(HERE) or "Customer" in admin.words(HERE)


def test_a_page_that_is_not_ours_is_not_there(admin):
    assert admin.get("/admin/connect?page=4711").status_code == 404


def test_the_hourly_look_is_taken_at_each(shop, parts):
    expire(shop)
    watch = Watch(parts.lines, first_after=0)
    watch.look()
    looked()
    watch.close()
    reds = {one.page_id: one.reds for one in rows(parts, PageHealth)}
    assert reds[PAGE] == 0
    assert reds[OTHER_PAGE] > 0


def test_with_one_page_there_is_nothing_to_choose(shop, parts):
    shop.app.extensions["parts"] = replace(
        parts,
        settings=replace(parts.settings, page_ids=(PAGE,), page_access_tokens=(TOKEN,)),
    )
    admin = visitor(shop.app, "admin")
    answer = admin.post("/admin/connect/check")
    assert answer.headers["Location"] == "/admin/connect?note=checked"
    assert choices(admin.page("/admin/connect")) == {}
    assert 'name="page"' not in admin.page("/admin/connect")


def test_a_page_that_was_left_is_ours_again_once_it_is_named(parts):
    now = parts.clock()
    parts.database.write(lambda c: pages.leave_others(c, [PAGE], now))
    assert {one.page_id: one.left_at for one in rows(parts, Page)}[OTHER_PAGE] == now
    parts.database.write(lambda c: pages.keep(c, OTHER_PAGE, b"", now))
    assert {one.left_at for one in rows(parts, Page)} == {None}


def test_what_one_page_proved_proves_nothing_of_the_other(shop, parts):
    for line in parts.lines():
        checks.keep(line, list(checks.run(line)))
    admin = visitor(shop.app, "admin")
    assert states(admin.page(HERE))["message"] == "green"
    assert states(admin.page(THERE))["message"] == "not_run"
