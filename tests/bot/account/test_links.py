"""Links that sign somebody in: once, for half an hour, and only by a button."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from bot.account import first
from bot.store import links, staff, team
from bot.store.people import Role, SignInLink, Staff
from tests.bot.visiting import NOW, rows, stranger, visitor, words

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def ada(parts):
    return parts.database.write(lambda c: staff.add(c, "ada", "Ada", Role.AGENT, NOW))


@pytest.fixture
def token(parts, ada):
    return parts.database.write(lambda c: links.make(c, ada))


def test_opening_a_link_shows_a_button_and_signs_nobody_in(app, token):
    who = stranger(app)
    page = who.get(f"/sign-in/{token}")
    assert "Sign in as Ada" in words(page.text)
    assert who.get("/inbox/").status_code == 303


def test_who_is_signed_in_as_somebody_else_hears_that_the_link_switches(app, token):
    grace = visitor(app, "admin", "Grace")
    page = words(grace.get(f"/sign-in/{token}").text)
    assert "This browser is signed in as Grace" in page
    assert "Switch to Ada" in page
    assert "Stay Grace" in page
    assert "private window" in page
    assert "signed in as Grace" not in words(
        stranger(app).get(f"/sign-in/{token}").text
    )


def test_pressing_the_button_signs_in_once(app, token):
    who, late = stranger(app), stranger(app)
    who.get(f"/sign-in/{token}")
    assert who.post(f"/sign-in/{token}").status_code == 303
    assert who.get("/inbox/").status_code == 200
    assert late.post(f"/sign-in/{token}").status_code == 410
    assert late.get("/inbox/").status_code == 303
    assert "does not work any more" in words(late.get(f"/sign-in/{token}").text)


def test_who_has_no_password_is_led_to_setting_one(app, token):
    assert stranger(app).post(f"/sign-in/{token}").location == "/account/?note=first"


def test_a_link_works_for_half_an_hour(app, parts, token):
    def later(seconds):
        query = text("UPDATE sign_in_link SET expires = expires - :by")
        parts.database.write(lambda c: c.execute(query, {"by": seconds}))

    later(29 * 60)
    assert stranger(app).get(f"/sign-in/{token}").status_code == 200
    later(61)
    assert stranger(app).post(f"/sign-in/{token}").status_code == 410


def test_of_many_who_press_at_once_one_gets_in(app, token):
    visitors = [stranger(app) for _ in range(8)]
    together = Barrier(len(visitors))

    def press(who):
        together.wait()
        return who.post(f"/sign-in/{token}").status_code

    with ThreadPoolExecutor(len(visitors)) as pool:
        answers = sorted(pool.map(press, visitors))
    assert answers == [303] + [410] * 7


def test_a_link_of_somebody_who_was_shut_out_does_nothing(app, parts, ada, token):
    parts.database.write(lambda c: team.shut_out(c, ada, NOW))
    assert stranger(app).post(f"/sign-in/{token}").status_code == 410


def test_only_the_hash_of_a_link_is_kept_and_it_can_not_be_guessed(parts, token):
    assert len(token) >= 43  # 256 bits
    assert token not in str(rows(parts, SignInLink))


@pytest.mark.parametrize("given", ["x", "..", "%00", "a" * 5000])
def test_an_odd_token_is_an_old_link(app, given):
    assert stranger(app).get(f"/sign-in/{given}").status_code in (404, 410)


@only_sqlite
def test_the_first_start_prints_a_link_for_an_admin_once(app, parts, capsys):
    first.welcome(parts)
    told = capsys.readouterr()
    link = next(word for word in told.err.split() if "/sign-in/" in word)
    assert link.startswith("http://127.0.0.1:8000/sign-in/")
    assert told.out == ""
    first.welcome(parts)
    assert capsys.readouterr().err == ""
    who = stranger(app)
    who.post(link.removeprefix("http://127.0.0.1:8000"))
    assert who.get("/admin/faq/").status_code == 200


def test_of_two_processes_that_start_first_one_prints_a_link(parts, capsys):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(first.welcome, [parts, parts]))
    assert capsys.readouterr().err.count("/sign-in/") == 1
    assert [row.login for row in rows(parts, Staff)] == ["admin"]
