"""Where admins and editors must have a second factor, they get nowhere without one."""

import re
import time
from dataclasses import replace

import pytest

from bot.account import passwords, totp
from bot.store import staff
from bot.store.people import AuditEntry
from tests.bot.visiting import converse, rows, stranger, visitor, words

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
NEEDED = "/account/second-factor/needed"
PASSWORD = "tall grey herons wade slowly"


@pytest.fixture
def strict(app, parts):
    """The application, where editors must have one."""
    stricter = replace(parts.settings, second_factor="editors")
    app.extensions["parts"] = replace(parts, settings=stricter)
    return app


def set_up(who):
    """Let somebody set up a second factor; return the page of their codes."""
    assert who.post("/account/second-factor/begin").status_code == 303
    page = who.page("/account/second-factor")
    secret = re.search(r'class="secret" dir="ltr">([^<]+)<', page)[1].replace(" ", "")
    code = totp.code(secret, int(time.time() // 30))
    return who.post("/account/second-factor/confirm", code=code)


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_who_must_have_one_is_led_to_it_and_reaches_nothing_else(strict, role):
    who = visitor(strict, role, "Grace")
    for path in ("/inbox/", "/admin/faq/", "/account/", "/admin/people"):
        if role == "editor" and path == "/admin/people":
            continue
        answer = who.get(path)
        assert (answer.status_code, answer.location) == (303, NEEDED), path
    assert "Here admins and editors need one" in who.words(NEEDED)
    assert "Your recovery codes" in words(set_up(who).text)
    assert who.get("/admin/faq/").status_code == 200
    assert who.get(NEEDED).location == "/account/"


@only_sqlite
def test_nothing_that_they_send_is_done_and_no_part_of_a_page_is_shown(strict, parts):
    who = visitor(strict, "admin", "Grace")
    other = visitor(strict, "agent", "Ada")
    conversation = converse(parts, "1001", "hello")
    for path in (
        f"/admin/people/{other.staff_id}/link",
        f"/admin/people/{other.staff_id}/shut-out",
        f"/inbox/{conversation}/take-over",
        "/account/password",
    ):
        refused = who.post(path, new=PASSWORD)
        assert refused.status_code == 403, path
        assert "Set up your second factor first" in words(refused.text)
    part = who.get("/inbox/", headers={"HX-Request": "true"})
    assert part.status_code == 403
    assert rows(parts, AuditEntry) == []
    assert other.get("/inbox/").status_code == 200, "agents as they wish"
    assert who.post("/sign-out").status_code == 303


@only_sqlite
def test_a_password_or_a_link_leads_there_too(strict, parts):
    grace = visitor(strict, "admin", "Grace")
    hashed = passwords.hashed(PASSWORD)
    parts.database.write(lambda c: staff.set_password(c, grace.staff_id, hashed))
    who = stranger(strict)
    signed_in = who.post("/sign-in", login="grace", password=PASSWORD)
    assert who.get(signed_in.location).location == NEEDED


@only_sqlite
def test_who_was_signed_in_long_ago_has_to_prove_who_they_are(strict, parts):
    grace = visitor(strict, "admin", "Grace")
    hashed = passwords.hashed(PASSWORD)

    def job(connection):
        staff.set_password(connection, grace.staff_id, hashed)
        connection.exec_driver_sql("UPDATE staff_session SET began = began - 3600")

    parts.database.write(job)
    refused = grace.post("/account/second-factor/begin", current="wrong")
    assert refused.status_code == 422
    told = words(refused.text)
    assert "That is not your password as it is now" in told
    assert "Where you are signed in" not in told
    begun = grace.post("/account/second-factor/begin", current=PASSWORD)
    assert begun.location == "/account/second-factor"


@only_sqlite
def test_whoever_turns_it_off_or_becomes_an_editor_is_led_there_again(strict, parts):
    grace, ada = visitor(strict, "admin", "Grace"), visitor(strict, "agent", "Ada")
    codes = set_up(grace).text
    role = grace.post(f"/admin/people/{ada.staff_id}/role", role="editor")
    assert role.status_code == 303
    assert ada.get("/inbox/").location == NEEDED
    code = re.search(r"<li><code>([^<]+)</code>", codes)[1]
    off = grace.post("/account/second-factor/off", proof=code)
    assert off.status_code == 303
    assert grace.get("/inbox/").location == NEEDED


@only_sqlite
def test_it_is_off_unless_somebody_set_it(app):
    assert visitor(app, "admin", "Grace").get("/admin/faq/").status_code == 200
