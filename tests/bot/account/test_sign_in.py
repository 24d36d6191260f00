"""Signing in and out: passwords, sessions, cookies, and those who guess."""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from bot.account import passwords, tries
from bot.app import application
from bot.clock import system_clock
from bot.store import attempts, sessions, staff
from bot.store.attempts import Limit
from bot.store.people import Role, SignInAttempt, StaffSession
from tests.bot.visiting import NOW, Visitor, rows, stranger, visitor, words

PASSWORD = "tall grey herons wade slowly"

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def ada(parts):
    """An agent with a password; her id."""
    password_hash = passwords.hashed(PASSWORD)

    def job(connection):
        added = staff.add(connection, "Ada@Example.com", "Ada", Role.AGENT, NOW)
        staff.set_password(connection, added, password_hash)
        return added

    return parts.database.write(job)


def sign_in(who, login="ada@example.com", password=PASSWORD, **fields):
    return who.post("/sign-in", login=login, password=password, **fields)


def cookie(answer, name):
    return next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith(name))


def move(parts, **columns):
    """Let a session be older than it is."""
    changes = ", ".join(f"{name} = {name} - {by}" for name, by in columns.items())
    query = text(f"UPDATE staff_session SET {changes}")  # noqa: S608 - our own words
    parts.database.write(lambda connection: connection.execute(query))


def test_the_right_password_opens_the_inbox(app, ada):
    who = stranger(app)
    answer = sign_in(who)
    assert (answer.status_code, answer.location) == (303, "/inbox/")
    assert who.get("/inbox/").status_code == 200


@pytest.mark.parametrize("login", ["ADA@example.com", " ada@example.com "])
def test_a_login_is_the_same_however_it_is_typed(app, ada, login):
    assert sign_in(stranger(app), login=login).status_code == 303


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("ada@example.com", "wrong"),
        ("ada@example.com", ""),
        ("nobody@example.com", PASSWORD),
        ("' OR 1=1 --", "' OR 1=1 --"),
        ("ada@example.com", PASSWORD + "x"),
        ("ada@example.com", PASSWORD[:-1]),
    ],
)
def test_anything_else_is_refused_in_the_same_words(app, ada, login, password):
    answer = sign_in(stranger(app), login, password)
    assert answer.status_code == 422
    assert "don't belong together" in words(answer.text)
    assert "frontdesk=" not in str(answer.headers.getlist("Set-Cookie"))


@only_sqlite
def test_no_letter_of_a_long_password_is_left_out(app, parts, ada):
    long = "herons " * 40
    password_hash = passwords.hashed(long)
    parts.database.write(lambda c: staff.set_password(c, ada, password_hash))
    assert sign_in(stranger(app), password=long[:-1] + "x").status_code == 422
    assert sign_in(stranger(app), password=long).status_code == 303


@only_sqlite
def test_an_unknown_login_takes_as_long_as_a_wrong_password(app, ada):
    def seconds(login):
        who = stranger(app)
        began = time.perf_counter()
        sign_in(who, login, "wrong")
        return time.perf_counter() - began

    known = [seconds("ada@example.com") for _ in range(5)]
    unknown = [seconds("nobody@example.com") for _ in range(5)]
    ratio = statistics.median(known) / statistics.median(unknown)
    assert 0.5 < ratio < 2


@only_sqlite
def test_a_password_kept_in_a_weaker_way_is_kept_better_after_signing_in(
    app, parts, ada
):
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    parts.database.write(lambda c: staff.set_password(c, ada, weak))
    sign_in(stranger(app))
    with parts.database.read() as connection:
        kept = staff.by_id(connection, ada).password_hash
    assert kept != weak
    assert "m=65536" in kept


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(app, ada):
    kept = cookie(sign_in(stranger(app)), "frontdesk=")
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept
    assert "Path=/" in kept
    assert "Secure" not in kept


@only_sqlite
def test_over_https_the_cookie_belongs_to_this_host_alone(parts, ada, woken):
    settings = replace(parts.settings, public_url="https://desk.example")
    app = application(replace(parts, settings=settings), woken.append)
    who = app.test_client()
    page = who.get("/sign-in", base_url="https://desk.example")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = who.post(
        "/sign-in",
        base_url="https://desk.example",
        data={
            "csrf_token": token,
            "login": "ada@example.com",
            "password": PASSWORD,
            "next": "",
        },
    )
    kept = cookie(answer, "__Host-frontdesk=")
    assert answer.status_code == 303
    assert "Secure" in kept
    assert "Path=/" in kept
    assert "Domain" not in kept


def test_only_the_hash_of_the_cookie_is_kept(app, parts, ada):
    kept = cookie(sign_in(stranger(app)), "frontdesk=").split(";")[0].split("=")[1]
    (row,) = rows(parts, StaffSession)
    assert row.token_hash == sessions.hashed(kept)
    assert kept not in str(row)


def test_each_signing_in_is_a_new_session_and_ends_the_old(app, parts, ada):
    who = stranger(app)
    first = cookie(sign_in(who), "frontdesk=").split(";")[0].split("=")[1]
    who.csrf_token = rows(parts, StaffSession)[0].csrf_token
    second = cookie(sign_in(who), "frontdesk=").split(";")[0].split("=")[1]
    assert first != second
    thief = app.test_client()
    thief.set_cookie("frontdesk", first)
    assert thief.get("/inbox/").status_code == 303


def test_a_cookie_of_our_visitor_does_not_survive_signing_in(app, ada):
    who = app.test_client()
    who.set_cookie("frontdesk", "chosen-by-somebody-else")
    page = who.get("/sign-in").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = sign_in(Visitor(who, token))
    assert "chosen-by-somebody-else" not in cookie(answer, "frontdesk=")


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(app, parts, ada):
    who = stranger(app)
    stolen = cookie(sign_in(who), "frontdesk=").split(";")[0].split("=")[1]
    who.csrf_token = rows(parts, StaffSession)[0].csrf_token
    assert who.post("/sign-out").location == "/sign-in?note=out"
    thief = app.test_client()
    thief.set_cookie("frontdesk", stolen)
    assert thief.get("/inbox/").status_code == 303


@pytest.mark.parametrize(
    ("column", "still", "over"),
    [("seen", 8 * 3600 - 60, 8 * 3600 + 1), ("began", 7 * 86400 - 60, 7 * 86400 + 1)],
)
def test_a_session_ends_by_itself(app, parts, column, still, over):
    who = visitor(app, "agent")
    move(parts, **{column: still})
    assert who.get("/inbox/news").status_code == 200
    move(parts, **{column: over - still})
    assert who.get("/inbox/").status_code == 303


@only_sqlite
def test_the_clock_that_can_be_moved_moves_no_session(app, parts, woken):
    who = visitor(app, "agent")
    far = replace(parts, clock=lambda: system_clock() + timedelta(days=30))
    later = application(far, woken.append)
    who.client.application = later
    assert who.get("/inbox/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/inbox/7?view=mine", "/inbox/7?view=mine"),
        ("//evil.example/", "/inbox/"),
        ("https://evil.example/", "/inbox/"),
        ("/\\evil.example", "/inbox/"),
        ("/\tevil", "/inbox/"),
        ("javascript:alert(1)", "/inbox/"),
        ("", "/inbox/"),
    ],
)
def test_after_signing_in_one_is_where_one_wanted_to_go_if_it_is_ours(
    app, ada, wanted, reached
):
    assert sign_in(stranger(app), next=wanted).location == reached


def test_ten_wrong_tries_from_one_place_have_to_wait(app, ada):
    who = stranger(app)
    answers = [sign_in(who, password="wrong").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    answer = sign_in(who)
    assert answer.status_code == 429
    assert 800 < int(answer.headers["Retry-After"]) <= 901
    assert "ask an admin for a sign-in link" in words(answer.text)


@only_sqlite
def test_strangers_who_guess_do_not_keep_out_who_has_been_here_before(app, parts, ada):
    mine = stranger(app)
    sign_in(mine)
    mine.csrf_token = rows(parts, StaffSession)[0].csrf_token
    mine.post("/sign-out")
    mine.csrf_token = stranger_token(mine)
    for number in range(300):
        guess(app, parts, f"10.0.{number // 250}.{number % 250}")
    fresh = stranger(app)
    assert sign_in(fresh).status_code == 429
    assert sign_in(mine).status_code == 303


def stranger_token(who):
    page = who.client.get("/sign-in").text
    return page.split('name="csrf_token" value="')[1].split('"')[0]


def guess(app, parts, address):
    """Try a password from somewhere; whether it is right takes long, and is known."""
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        limited = tries.limits("ada@example.com")
    parts.database.write(lambda connection: attempts.count(connection, limited))


@only_sqlite
def test_a_cookie_of_a_known_browser_can_not_be_made_up(app, ada):
    who = stranger(app)
    who.client.set_cookie("frontdesk-known", "nonce.0123456789abcdef")
    answers = {sign_in(who, password="wrong").status_code for _ in range(11)}
    assert 429 in answers


def test_tries_are_counted_before_they_are_judged(database):
    limit = Limit(key="pair:x", most=3, seconds=60)
    counted = [database.write(lambda c: attempts.count(c, [limit])) for _ in range(5)]
    assert counted[:3] == [None] * 3
    assert all(0 < wait <= 60 for wait in counted[3:])


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.postgres
def test_tries_at_the_very_same_moment_are_counted_each(database):
    limits = [Limit(key=f"{kind}:x", most=3, seconds=60) for kind in ("b", "a")]
    together = threading.Barrier(12)

    def one():
        together.wait(20)
        return database.write(lambda c: attempts.count(c, limits))

    with ThreadPoolExecutor(12) as pool:
        counted = [one.result(20) for one in [pool.submit(one) for _ in range(12)]]
    assert counted.count(None) == 3


def test_tries_end_and_old_ones_are_forgotten(database):
    limit = Limit(key="pair:x", most=1, seconds=60)
    database.write(lambda c: attempts.count(c, [limit]))
    old = text("UPDATE sign_in_attempt SET at = at - 4000")
    database.write(lambda c: c.execute(old))
    assert database.write(lambda c: attempts.count(c, [limit])) is None
    with database.read() as connection:
        found = connection.execute(text("SELECT count(*) FROM sign_in_attempt"))
        assert found.scalar() == 1


def test_no_login_and_no_address_is_kept_of_a_try(app, parts, ada):
    sign_in(stranger(app), login="hunter2", password="wrong")
    kept = str(rows(parts, SignInAttempt))
    assert "hunter2" not in kept
    assert "127.0.0.1" not in kept
