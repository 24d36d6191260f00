"""Few pages are made at a time, some stand in line, and others hear so at once."""

import threading
import time

import pytest

from bot.commands import serve
from bot.web import turnstile
from bot.web.turnstile import MOST, Kind, Turnstile
from tests.bot.visiting import visitor, words

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_turns_are_given_first_come_first_served():
    stile = Turnstile(at_once=2)
    stile.wait()
    stile.wait()
    came = []

    def come(number):
        stile.wait()
        came.append(number)
        stile.done()

    others = [threading.Thread(target=come, args=(number,)) for number in range(5)]
    for number, other in enumerate(others):
        other.start()
        until(lambda number=number: len(stile._line) == number + 1)
    assert came == []
    stile.done()
    for other in others:
        other.join(5)
    assert came == [0, 1, 2, 3, 4]


def test_pages_that_ask_by_themselves_leave_places_to_those_who_click():
    stile = Turnstile(places=3, most={Kind.NEWS: 1})
    assert stile.enter(Kind.NEWS)
    assert not stile.enter(Kind.NEWS)
    assert stile.enter(Kind.PAGE)
    assert stile.enter(Kind.PAGE)
    assert not stile.enter(Kind.PAGE)
    stile.leave(Kind.NEWS)
    assert stile.enter(Kind.NEWS)


def test_numbers_leave_places_to_news_of_messages():
    assert MOST[Kind.NUMBERS] < MOST[Kind.NEWS]
    stile = Turnstile(places=3, most={Kind.NEWS: 2, Kind.NUMBERS: 1})
    assert stile.enter(Kind.NUMBERS)
    assert not stile.enter(Kind.NUMBERS)
    assert stile.enter(Kind.NEWS)
    assert stile.enter(Kind.NEWS)


@only_sqlite
def test_news_of_numbers_alone_take_the_places_of_numbers(app):
    ada = visitor(app, "agent", "Ada")
    app.extensions["turnstile"] = Turnstile(most={Kind.NUMBERS: 0})
    assert ada.get("/inbox/news?only=counts").status_code == 503
    assert ada.get("/inbox/news").status_code == 200


def test_threads_are_left_for_messenger_when_every_place_is_taken():
    assert turnstile.PLACES + 16 <= serve.THREADS


@pytest.fixture
def full(app):
    """Every place is taken."""
    app.extensions["turnstile"] = Turnstile(places=0)


@only_sqlite
def test_where_it_is_full_a_page_says_so_and_comes_by_itself(app, full):
    ada = visitor(app, "agent", "Ada")
    answer = ada.get("/inbox/", headers={"Accept-Language": "fr"})
    assert answer.status_code == 503
    assert "Trop de pages" in words(answer.text)
    assert answer.headers["Retry-After"] == answer.headers["Refresh"] == "2"
    assert "Content-Security-Policy" in answer.headers


@only_sqlite
def test_where_it_is_full_news_are_put_off_without_a_word(app, full):
    answer = visitor(app, "agent", "Ada").get("/inbox/news")
    assert (answer.status_code, answer.text) == (503, "")


@only_sqlite
def test_where_it_is_full_a_form_is_not_sent_twice(app, full):
    answer = visitor(app, "agent", "Ada").post("/inbox/away")
    assert answer.status_code == 503
    assert "Refresh" not in answer.headers


@only_sqlite
def test_where_it_is_full_health_and_styles_are_there(app, full):
    for path in ("/healthz", "/static/tokens.css"):
        assert app.test_client().get(path, buffered=True).status_code == 200


@only_sqlite
def test_places_and_turns_are_given_back_whatever_becomes_of_a_page(app):
    ada = visitor(app, "agent", "Ada")
    for _ in range(turnstile.PLACES + 1):
        assert ada.get("/inbox/").status_code == 200
        assert ada.get("/inbox/999").status_code == 404
        assert ada.post("/inbox/999/claim").status_code in (404, 303)


def until(holds):
    end = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
