"""The listener's answers carry what every page carries: over real sockets."""

import socket
from contextlib import closing
from http.client import HTTPResponse

import pytest

from bot.web import cookies
from tests.bot.live.conftest import Ear, listening
from tests.bot.live.test_listener import GARBAGE, only_sqlite

pytestmark = only_sqlite
#: What bot/web puts on an answer that is no matter of what is in it.
OF_ITS_OWN = {"Content-Type", "Content-Length", "Cache-Control", "Vary"}
SECURE = "https://help.example"


def of_pages(app):
    """The headers of a page of ours, also those for which there is no page."""
    answer = app.test_client().get("/nowhere")
    return {
        name: value for name, value in answer.headers.items() if name not in OF_ITS_OWN
    }


def check(found, wanted):
    """What is the same for all is the same here; what a page may do, here none does."""
    policy = found["Content-Security-Policy"]
    assert policy
    assert wanted["Content-Security-Policy"].split("; connect-src")[0] == policy
    assert "unsafe" not in policy
    for name in wanted.keys() - {"Content-Security-Policy"}:
        assert found[name] == wanted[name], name
    assert found["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("token", "query", "status"),
    [(None, "", 401), ("made-up", "", 401), (..., "", 200), (..., "/else", 404)],
)
def test_a_line_has_the_headers_of_a_page(app, ear, token, query, status):
    page = ear(query) if token is ... else ear(query, token=token)
    assert page.status == status
    check(page.answer.headers, of_pages(app))


def test_a_page_that_is_not_ours_is_refused_with_the_headers_of_a_page(app, ear):
    page = ear(Origin="http://evil.example")
    assert page.status == 403
    check(page.answer.headers, of_pages(app))


def test_one_too_many_is_refused_with_the_headers_of_a_page(app, ear):
    assert [ear().status for _ in range(6)] == [200] * 6
    page = ear()
    assert page.status == 503
    check(page.answer.headers, of_pages(app))


def test_what_is_no_request_is_refused_with_the_headers_of_a_page(app, listener, port):
    for sent, status in GARBAGE:
        with closing(socket.create_connection(("127.0.0.1", port), 10)) as line:
            line.sendall(sent)
            with closing(HTTPResponse(line)) as answer:
                answer.begin()
                assert answer.status == int(status)
                check(answer.headers, of_pages(app))


def test_who_takes_too_long_is_refused_with_the_headers_of_a_page(
    app, listener, port, monkeypatch
):
    monkeypatch.setattr("bot.live.listener.PATIENCE", 0.3)
    with closing(socket.create_connection(("127.0.0.1", port), 10)) as line:
        line.sendall(b"GET /events HTTP/1.1\r\n")
        with closing(HTTPResponse(line)) as answer:
            answer.begin()
            assert answer.status == 408
            check(answer.headers, of_pages(app))


def test_over_https_browsers_are_told_to_stay_with_it(parts, port, someone):
    cookie = f"__Host-{cookies.SESSION}={someone[1]}"
    with listening(parts, port, public_url=SECURE):
        for status, fields in ((200, {"Cookie": cookie}), (401, {})):
            with closing(Ear(port, Origin=SECURE, **fields)) as page:
                assert page.status == status
                told = page.answer.getheader("Strict-Transport-Security")
                assert told == "max-age=63072000"


def test_without_https_nobody_is_sent_to_it(ear):
    assert "Strict-Transport-Security" not in ear().answer.headers
    assert "Strict-Transport-Security" not in ear(token=None).answer.headers
