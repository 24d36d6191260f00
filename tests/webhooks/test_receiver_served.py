"""The receiver as `frontdesk run` serves it: always an answer, no 200 off the disk."""

import http.client
import json
import socket
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from urllib.parse import quote

import orjson
import pytest

from bot.commands.stage import local_session, server, stage
from webhooks.receiver import MAX_BODY
from webhooks.signature import sign

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

NEW, OLD = "the-secret-of-today", "the-secret-of-yesterday"
TOKEN = "let-me-in"
SIGNATURE = "X-Hub-Signature-256"
BODY = b'{"object":"page","entry":[]}'
#: Stands in every body that tells something, and must stand in no log.
CANARY = "where-is-my-canary"


@pytest.fixture(scope="module")
def frontdesk():
    """A running server, and what it runs on."""
    with stage([]) as on:
        env = {"FACEBOOK_APP_SECRET": f"{NEW},{OLD}", "FACEBOOK_VERIFY_TOKEN": TOKEN}
        on = replace(on, env={**on.env, **env})
        with server(on):
            yield on


@pytest.fixture(scope="module")
def session():
    with local_session() as session:
        yield session


@pytest.fixture
def ask(frontdesk, session):
    """Send one request to the webhook; return status and content."""

    def ask(method, data=None, query="", path="/webhook", **headers):
        answer = session.request(
            method, f"{frontdesk.url}{path}{query}", data=data, headers=headers
        )
        return answer.status_code, answer.content

    return ask


@pytest.fixture
def post(ask):
    def post(body, signed_with=NEW):
        return ask("POST", body, **{SIGNATURE: sign(body, signed_with)})[0]

    return post


@pytest.fixture
def stored(frontdesk):
    """How many events of each kind lie in the file."""

    def stored():
        file = frontdesk.database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(file)) as connection:
            query = "SELECT kind, count(*) FROM incoming_event GROUP BY kind"
            return Counter(dict(connection.execute(query)))

    return stored


def said(mid, text=CANARY):
    between = {"sender": {"id": "7"}, "recipient": {"id": "8"}}
    item = {**between, "message": {"mid": mid, "text": text}}
    return {"object": "page", "entry": [{"id": "8", "messaging": [item]}]}


class TestTheHandshake:
    def shake(self, ask, **given):
        pairs = {"mode": "subscribe", "challenge": "1158201444", **given}
        query = "&".join(f"hub.{k}={quote(v)}" for k, v in pairs.items())
        return ask("GET", query=f"?{query}")

    def test_with_the_right_token_gives_the_challenge_back(self, ask):
        assert self.shake(ask, verify_token=TOKEN) == (200, b"1158201444")

    @pytest.mark.parametrize("token", ["wrong", "", TOKEN + " ", "l\xe4t-me-in", "\0"])
    def test_with_a_wrong_token_is_refused(self, ask, token):
        assert self.shake(ask, verify_token=token) == (403, b"")

    @pytest.mark.parametrize("query", ["", "?hub.verify_token=%ff", "?&&=&%", "?a=b"])
    def test_without_a_token_is_refused(self, ask, query):
        assert ask("GET", query=query) == (403, b"")

    def test_is_text_whatever_the_challenge_is(self, frontdesk, session):
        query = f"hub.verify_token={TOKEN}&hub.challenge=%3Cscript%3E"
        answer = session.get(f"{frontdesk.url}/webhook?{query}")
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


FORGERIES = {
    "no signature": {},
    "an empty one": {SIGNATURE: ""},
    "no digest": {SIGNATURE: "sha256="},
    "no hex": {SIGNATURE: "sha256=zz" + "0" * 62},
    "one digit short": {SIGNATURE: sign(BODY, NEW)[:-1]},
    "without its method": {SIGNATURE: sign(BODY, NEW).removeprefix("sha256=")},
    "in capitals": {SIGNATURE: sign(BODY, NEW).upper()},
    "of another secret": {SIGNATURE: sign(BODY, "another")},
    "of another body": {SIGNATURE: sign(BODY + b" ", NEW)},
    "not ASCII": {SIGNATURE: b"sha256=\xff\xfe\xe4"},
    "very long": {SIGNATURE: "sha256=" + "0" * 30_000},
    "sha1 alone": {"X-Hub-Signature": "sha1=" + "5f" * 20},
}


@pytest.mark.parametrize("headers", FORGERIES.values(), ids=FORGERIES)
def test_what_messenger_did_not_sign_is_refused(ask, stored, headers):
    before = stored()
    assert ask("POST", BODY, **headers) == (403, b"")
    assert stored() == before


@pytest.mark.parametrize("secret", [NEW, OLD])
def test_while_a_secret_is_replaced_both_are_good(post, secret):
    assert post(BODY, secret) == 200


ODD = {
    "nothing": b"",
    "no JSON": b"no JSON at all",
    "open brackets": b"[" * 100_000,
    "deep": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "a long number": b'{"n":' + b"9" * 5_000 + b"}",
    "an infinite number": b'{"n":1e400}',
    "no UTF-8": b'{"text":"\xff\xfe"}',
    "zeros": b"\0" * 100,
    "a byte order mark": b"\xef\xbb\xbf" + b'{"object":"page"}',
    "null": b"null",
    "a number of entries": b'{"object":"page","entry":7}',
    "odd entries": b'{"object":"page","entry":[null,[],{"messaging":{"sender":1}}]}',
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_whatever_is_signed_is_stored(post, stored, body):
    before = stored().total()
    assert post(body) == 200
    assert stored().total() > before


@pytest.mark.parametrize("text", ["\ud83d", "a\0b", "<b>" + "e\u0301" * 5_000])
def test_a_text_that_no_database_takes_is_stored_all_the_same(post, stored, text):
    before = stored()["message"]
    content = said(f"m_{len(text)}", text)
    escaped = json.dumps(content).encode()
    assert post(escaped) == 200
    assert stored()["message"] == before + 1


def test_the_same_body_again_is_stored_once(post, stored):
    body = orjson.dumps(said("m_again"))
    before = stored()["message"]
    assert [post(body) for _ in range(5)] == [200] * 5
    assert stored()["message"] == before + 1


class TestTheSizeOfABody:
    def test_may_be_a_mebibyte(self, post):
        assert post(b"x" * MAX_BODY) == 200

    def test_may_not_be_more(self, post, stored):
        before = stored()
        assert post(b"x" * (MAX_BODY + 1)) == 413
        assert stored() == before

    def test_is_refused_before_it_is_sent_if_it_is_stated_to_be_too_long(
        self, frontdesk
    ):
        with closing(connected(frontdesk)) as line:
            line.sendall(
                b"POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n"
            )
            assert line.recv(100).startswith(b"HTTP/1.1 413 ")

    def test_may_not_be_more_in_chunks_either(self, ask):
        chunks = iter([b"x" * MAX_BODY, b"x"])
        assert ask("POST", chunks, **{SIGNATURE: "sha256=00"}) == (413, b"")

    def test_may_be_told_in_chunks(self, ask, stored):
        body = orjson.dumps(said("m_chunks"))
        chunks = (body[at : at + 7] for at in range(0, len(body), 7))
        before = stored()["message"]
        assert ask("POST", chunks, **{SIGNATURE: sign(body, NEW)})[0] == 200
        assert stored()["message"] == before + 1

    def test_that_is_shorter_than_stated_stores_nothing(self, frontdesk, stored):
        before = stored()
        with closing(connected(frontdesk)) as line:
            head = f"{SIGNATURE}: {sign(BODY, NEW)}\r\nContent-Length: 9999"
            line.sendall(
                f"POST /webhook HTTP/1.1\r\nHost: a\r\n{head}\r\n\r\n".encode()
            )
            line.sendall(BODY)
        assert stored() == before


def connected(frontdesk):
    port = int(frontdesk.env["FRONTDESK_PORT"])
    return socket.create_connection(("127.0.0.1", port), timeout=10)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_other_methods_are_refused(ask, method):
    assert ask(method, BODY) == (405, b"")


@pytest.mark.parametrize("path", ["/webhook/", "/webhooks", "/WEBHOOK", "//webhook"])
def test_a_genuine_body_at_another_path_is_not_taken(ask, stored, path):
    before = stored()
    status, _ = ask("POST", BODY, path=path, **{SIGNATURE: sign(BODY, NEW)})
    assert status in (400, 403, 404, 405)
    assert stored() == before


def test_what_the_disk_does_not_take_is_not_received(frontdesk, post, stored):
    body = orjson.dumps(said("m_locked"))
    before = stored()["message"]
    file = frontdesk.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert post(body) == 503
        other.execute("ROLLBACK")
    assert post(body) == 200
    assert stored()["message"] == before + 1


def test_many_on_one_line_are_answered_in_their_order(frontdesk):
    port = int(frontdesk.env["FRONTDESK_PORT"])
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
        for secret, status in [(NEW, 200), ("another", 403), (OLD, 200)]:
            line.request("POST", "/webhook", BODY, {SIGNATURE: sign(BODY, secret)})
            answer = line.getresponse()
            answer.read()
            assert answer.status == status


def test_after_all_this_it_is_well_and_its_log_tells_no_secret(frontdesk, session):
    assert session.get(f"{frontdesk.url}/healthz").text == "ok\n"
    logged = frontdesk.log.read_text()
    assert "Traceback" not in logged
    for secret in (NEW, OLD, TOKEN, CANARY, sign(BODY, NEW)):
        assert secret not in logged
