"""One's own account: the password and the other browsers."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.account import devices
from bot.app import application
from bot.store import staff
from bot.store.people import AuditEntry, StaffSession
from tests.bot.visiting import row, rows, stranger, visitor, words

GOOD = "tall grey herons wade slowly"
OTHER = "nine small boats in the fog"
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def long_ago(parts):
    """Let all have signed in long ago."""
    query = text("UPDATE staff_session SET began = began - 3600")
    parts.database.write(lambda connection: connection.execute(query))


def test_a_password_is_set_and_then_signs_in(app):
    who = visitor(app, "agent", "ada")
    assert who.post("/account/password", new=GOOD).location == "/account/?note=password"
    assert "Your password is set" in who.words("/account/?note=password")
    fresh = visitor(app, "viewer", "helper")
    fresh.post("/sign-out")
    fresh.csrf_token = fresh.page("/sign-in").split('csrf_token" value="')[1][:64]
    answer = fresh.post("/sign-in", login="ada", password=GOOD)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("short", "at least 12"),
        ("Password1234!", "among the first"),
        ("123456789012", "among the first"),
        ("aaaaaaaaaaaaaaa", "among the first"),
        ("qwertyuiop[]12", "among the first"),
        ("lovelace likes engines", "Leave out your name"),
        ("x" * 1001, "at most"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(app, new, told):
    who = visitor(app, "agent", "Ada Lovelace")
    answer = who.post("/account/password", new=new)
    assert answer.status_code == 422
    assert told in words(answer.text)


@pytest.mark.parametrize(
    "new", [GOOD, "8374-2918-4471-22", "пароль-из-семи-слов", "é" * 6 + "abcdef"]
)
def test_a_good_password_is_taken_in_any_script(app, new):
    who = visitor(app, "agent", "ada")
    assert who.post("/account/password", new=new).status_code == 303


def test_to_change_it_later_one_has_to_know_it(app, parts):
    who = visitor(app, "agent", "ada")
    who.post("/account/password", new=GOOD)
    long_ago(parts)
    wrong = who.post("/account/password", current="wrong", new=OTHER)
    assert wrong.status_code == 422
    assert "not your password as it is now" in words(wrong.text)
    assert who.post("/account/password", current=GOOD, new=OTHER).status_code == 303


def test_who_has_just_signed_in_by_a_link_need_not_know_the_old_one(app):
    who = visitor(app, "agent", "ada")
    who.post("/account/password", new=GOOD)
    assert who.post("/account/password", new=OTHER).status_code == 303


def test_a_new_password_signs_all_other_browsers_out(app):
    who, other = visitor(app, "agent", "ada"), visitor(app, "agent", "ada")
    who.post("/account/password", new=GOOD)
    assert who.get("/inbox/").status_code == 200
    assert other.get("/inbox/").status_code == 303


def test_one_button_signs_out_everywhere_else(app):
    who, other = visitor(app, "agent", "ada"), visitor(app, "agent", "ada")
    assert "Another browser" in who.words("/account/")
    who.post("/account/sessions/end")
    assert other.get("/inbox/").status_code == 303
    assert "Another browser" not in who.words("/account/")


def session_of(parts, who):
    found = rows(parts, StaffSession)
    return next(one.id for one in found if one.csrf_token == who.csrf_token)


def test_one_browser_is_signed_out_and_the_others_stay(app, parts):
    who, phone, tablet = (visitor(app, "agent", "ada") for _ in range(3))
    path = f"/account/sessions/{session_of(parts, phone)}/end"
    assert who.post(path).location == "/account/?note=one_ended"
    answers = [one.get("/inbox/").status_code for one in (who, phone, tablet)]
    assert answers == [200, 303, 200]
    assert who.post(path).status_code == 404
    (entry,) = rows(parts, AuditEntry)
    assert (entry.action, entry.details) == ("sessions_ended", {"browsers": 1})


def test_nobody_ends_the_session_of_somebody_else(app, parts):
    who, other = visitor(app, "admin", "grace"), visitor(app, "agent", "ada")
    path = f"/account/sessions/{session_of(parts, other)}/end"
    assert who.post(path).status_code == 404
    assert other.get("/inbox/").status_code == 200


def test_ending_this_very_session_signs_out(app, parts):
    who = visitor(app, "agent", "ada")
    answer = who.post(f"/account/sessions/{session_of(parts, who)}/end")
    assert answer.location == "/sign-in?note=out"
    assert who.get("/inbox/").status_code == 303


def test_the_page_names_each_browser_and_marks_this_one(app, parts):
    who = visitor(app, "agent", "ada")
    who.post("/account/password", new=GOOD)
    phone = stranger(app)
    phone.client.post(
        "/sign-in",
        data={"csrf_token": phone.csrf_token, "login": "ada", "password": GOOD},
        headers={"User-Agent": AGENTS["Safari on an iPhone"]},
    )
    page = who.words("/account/")
    assert "This browser signed in" in page
    assert "Safari on an iPhone signed in 1 min ago, last used 1 min ago" in page


AGENTS = {
    "Safari on an iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)"
    " AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
    "Firefox on Linux": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101"
    " Firefox/128.0",
    "Edge on Windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
    " (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
    "Chrome on Android": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36"
    " (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
    "Chrome on a Mac": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
    " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "An unknown browser": "<script>alert(1)</script>" * 4000,
}


@pytest.mark.parametrize("told", AGENTS)
def test_a_browser_is_named_in_our_own_words(url, told):
    assert devices.described(AGENTS[told]) == told


def test_what_a_browser_says_of_itself_is_not_kept(app, parts):
    who = stranger(app)
    visitor(app, "agent", "ada").post("/account/password", new=GOOD)
    who.client.post(
        "/sign-in",
        data={"csrf_token": who.csrf_token, "login": "ada", "password": GOOD},
        headers={"User-Agent": "<b>Chrome/1 Windows</b>"},
    )
    assert row(parts, StaffSession, id=2).device == "Chrome on Windows"


def mailing(parts, url="smtp://127.0.0.1:9"):
    """Let the shop have a mail server."""
    shop = replace(parts.settings.shop, mail_url=url, mail_from="help@harbour.example")
    return application(
        replace(parts, settings=replace(parts.settings, shop=shop)), lambda number: None
    )


def test_whoever_takes_hand_offs_chooses_whether_to_be_mailed(parts):
    ada = visitor(mailing(parts), "agent", "ada@example.com")

    def wants():
        with parts.database.read() as connection:
            return staff.wants_mail(connection, ada.staff_id)

    assert "To ada@example.com ." in ada.words("/account/")
    assert re.search(r'name="wants" value="1" checked', ada.page("/account/"))
    answer = ada.post("/account/mail")
    assert "Your mails go by it from now on" in ada.words(answer.location)
    assert not wants()
    assert 'value="1" checked' not in ada.page("/account/")
    ada.post("/account/mail", wants="1")
    assert wants()


def test_the_account_says_why_nothing_is_mailed(app, parts):
    told = visitor(app, "agent", "ada@example.com").words("/account/")
    assert "has set no mail server" in told
    told = visitor(mailing(parts), "agent", "ben").words("/account/")
    assert "your login is no e-mail address" in told


def test_who_takes_no_hand_offs_is_asked_nothing_of_mails(app):
    viewer = visitor(app, "viewer", "eve@example.com")
    assert "/account/mail" not in viewer.page("/account/")
    assert viewer.post("/account/mail", wants="1").status_code == 403
