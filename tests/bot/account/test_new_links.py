"""A new sign-in link for a colleague who forgot their password; an admin makes it."""

import re

import pytest
from sqlalchemy import text

from bot.account import passwords
from bot.store import links, staff
from bot.store.people import AuditEntry, SignInLink
from tests.bot.visiting import rows, stranger, visitor, words

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
BASE = "http://127.0.0.1:8000"
OLD, NEW = "tall grey herons wade slowly", "seven brown hens sit still"


@pytest.fixture
def grace(app):
    return visitor(app, "admin", "Grace")


@pytest.fixture
def ada(app, parts):
    """A colleague who has a password, and sits in front of two browsers."""
    found = visitor(app, "agent", "Ada")
    hashed = passwords.hashed(OLD)
    parts.database.write(lambda c: staff.set_password(c, found.staff_id, hashed))
    return found


def ask(who, of):
    return who.post(f"/admin/people/{of.staff_id}/link")


def link_in(answer):
    """The path of the link that an answer shows."""
    assert answer.status_code == 200, words(answer.text)
    found = re.search(rf'value="{BASE}(/sign-in/[^"]+)"', answer.text)
    assert found is not None
    return found[1]


def test_an_admin_makes_a_link_that_is_shown_once_and_written_down(parts, grace, ada):
    answer = ask(grace, ada)
    token = link_in(answer).removeprefix("/sign-in/")
    assert "works once, for 30 minutes" in words(answer.text)
    assert "links are not mailed" in words(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert token not in grace.page(f"/admin/people/{ada.staff_id}")
    assert token not in str(rows(parts, SignInLink))
    (entry,) = rows(parts, AuditEntry)
    assert (entry.staff_id, entry.action, entry.about) == (
        grace.staff_id,
        "link_made",
        "ada",
    )
    assert token not in str(entry)


def test_who_uses_it_is_out_everywhere_else_and_is_led_to_a_new_password(
    app, parts, grace, ada
):
    other = visitor(app, "agent", "Ada")
    path = link_in(ask(grace, ada))
    assert ada.get("/inbox/").status_code == 200, "made is not used"
    here = stranger(app)
    answer = here.post(path)
    assert answer.location == "/account/?note=anew"
    assert [who.get("/inbox/").status_code for who in (ada, other)] == [303, 303]
    assert "Set a new password" in here.words(answer.location)
    here.csrf_token = re.search(
        r'name="csrf_token" value="([^"]+)"', here.page("/account/")
    )[1]
    assert here.post("/account/password", new=NEW).status_code == 303
    signs_in = {
        word: stranger(app).post("/sign-in", login="ada", password=word).status_code
        for word in (OLD, NEW)
    }
    assert signs_in == {OLD: 422, NEW: 303}
    told = [(entry.action, entry.about) for entry in rows(parts, AuditEntry)]
    assert ("sessions_ended", "ada") in told


def test_a_newer_link_ends_the_one_before(app, grace, ada):
    first, second = link_in(ask(grace, ada)), link_in(ask(grace, ada))
    assert stranger(app).post(first).status_code == 410
    assert stranger(app).post(second).status_code == 303
    assert stranger(app).post(second).status_code == 410


def test_it_works_for_half_an_hour(app, parts, grace, ada):
    path = link_in(ask(grace, ada))
    late = text("UPDATE sign_in_link SET expires = expires - 1801")
    parts.database.write(lambda c: c.execute(late))
    assert stranger(app).post(path).status_code == 410
    assert ada.get("/inbox/").status_code == 200, "a dead link ends nothing"


def test_a_link_of_the_command_line_ends_no_session(app, parts, ada):
    token = parts.database.write(lambda c: links.make(c, ada.staff_id))
    assert stranger(app).post(f"/sign-in/{token}").status_code == 303
    assert ada.get("/inbox/").status_code == 200


@only_sqlite
def test_only_admins_make_links_and_none_for_themselves(app, parts, grace, ada):
    ben = visitor(app, "editor", "Ben")
    assert ask(ben, ada).status_code == 403
    own = ask(grace, grace)
    assert own.status_code == 422
    assert "You can't do this to yourself" in words(own.text)
    assert rows(parts, SignInLink) == []


@only_sqlite
def test_nobody_makes_a_link_for_who_was_shut_out_or_is_not_there(parts, grace, ada):
    grace.post(f"/admin/people/{ada.staff_id}/shut-out")
    assert ask(grace, ada).status_code == 422
    assert "sign-in link" not in grace.words(f"/admin/people/{ada.staff_id}")
    assert grace.post("/admin/people/999/link").status_code == 404
    assert rows(parts, SignInLink) == []


def test_to_invite_who_is_there_says_so_and_offers_a_link(app, grace, ada):
    answer = grace.post("/admin/people/invite", login=" ADA ", role="viewer")
    assert answer.status_code == 422
    assert "Ada signs in as ada already" in words(answer.text)
    (path,) = re.findall(r'action="(/admin/people/\d+/link)"', answer.text)
    assert stranger(app).post(link_in(grace.post(path))).status_code == 303


@only_sqlite
def test_to_invite_who_was_shut_out_leads_to_letting_them_in(grace, ada):
    grace.post(f"/admin/people/{ada.staff_id}/shut-out")
    answer = grace.post("/admin/people/invite", login="ada", role="agent")
    assert "Ada was shut out" in words(answer.text)
    assert f'href="/admin/people/{ada.staff_id}"' in answer.text
    assert "/link" not in answer.text


@only_sqlite
def test_an_admin_who_invites_themselves_hears_that_it_is_them(grace):
    answer = grace.post("/admin/people/invite", login="grace", role="agent")
    assert "This is your own login" in words(answer.text)
    assert "/link" not in answer.text


@only_sqlite
def test_signing_in_says_whom_to_ask_and_names_no_shell(app):
    page = stranger(app).words("/sign-in")
    assert "Ask an admin of your shop for a new sign-in link" in page
    assert "frontdesk users" not in page
