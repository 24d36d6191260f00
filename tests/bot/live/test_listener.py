"""Pages that listen: who may, what they hear, and when the line ends."""

import socket
import threading
import time
from contextlib import closing

import pytest

from bot.store import presence, sessions
from tests.bot.visiting import converse, says, visitor

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_a_page_hears_of_a_message_in_what_it_has_open(parts, ear):
    conversation = converse(parts, "1001", "hello")
    page = ear(f"?view=waiting&conversation={conversation}")
    assert page.status == 200
    assert page.answer.getheader("Content-Type") == "text/event-stream"
    first = page.next()
    assert first == ("news", ["counts", "people", "queue", "thread", "viewers"])
    began = time.monotonic()
    says(parts, conversation, "are you there?")
    assert page.hears("thread")
    assert time.monotonic() - began < 3


def test_a_page_hears_of_its_list_and_not_of_what_it_does_not_show(parts, ear):
    waiting = ear("?view=waiting")
    assistant = ear("?view=assistant")
    assert waiting.hears("queue")
    assert assistant.hears("queue")
    says(parts, converse(parts, "1002", "hello"), "more")
    assert assistant.hears("queue")


def test_how_long_another_list_is_is_told_apart_from_the_list_itself(parts, ear):
    """A page asks at once for its list; for numbers beside it, now and then."""
    mine = ear("?view=mine")
    assert mine.hears("queue")
    says(parts, converse(parts, "1002", "hello"), "more")
    while (event := mine.next()) == ("beat", ["1"]):
        pass
    assert event == ("news", ["counts"])


def test_a_change_that_is_committed_late_is_heard(parts, ear):
    """A transaction that began before others and ends after them."""
    if parts.database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer")
    late, other = converse(parts, "1", "a"), converse(parts, "2", "b")
    page = ear(f"?conversation={late}")
    assert page.hears("thread")
    with parts.database.engine.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE conversation SET revision = revision + 1 WHERE id = {late}"  # noqa: S608
        )
        says(parts, other, "meanwhile")
        time.sleep(1)
    assert page.hears("thread")


def test_a_colleague_who_looks_and_writes_is_heard_of(app, parts, ear):
    conversation = converse(parts, "1001", "hello")
    omar = visitor(app, "agent", "Omar")
    page = ear(f"?conversation={conversation}")
    assert page.hears("viewers")
    omar.post("/inbox/here", conversation=conversation, acted="1")
    assert page.hears("viewers")
    omar.post("/inbox/here", conversation=conversation, writes="1")
    assert page.hears("viewers")


@only_sqlite
@pytest.mark.parametrize("token", [None, "", "made-up", "x" * 4000])
def test_who_is_not_signed_in_hears_nothing(ear, token):
    assert ear(token=token).status == 401


@only_sqlite
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"Origin": "http://127.0.0.1:8000"}, 200),
        ({"Origin": "http://127.0.0.1:8000", "Sec_Fetch_Site": "same-site"}, 200),
        ({"Sec_Fetch_Site": "same-origin"}, 200),
        ({"Origin": "http://127.0.0.1:8009"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:8000.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
    ],
)
def test_only_a_page_of_ours_may_listen(ear, fields, status):
    page = ear(**fields)
    assert page.status == status
    allowed = page.answer.getheader("Access-Control-Allow-Origin")
    assert allowed == (fields.get("Origin") if status == 200 else None)


def test_a_stream_ends_with_its_session(parts, someone, ear):
    page = ear()
    assert page.hears("queue")
    with parts.database.read() as connection:
        session = sessions.current(connection, someone[1]).session_id
    parts.database.write(lambda c: sessions.end(c, session))
    while page.next() is not None:
        pass
    assert ear().status == 401


@only_sqlite
def test_a_stream_ends_when_the_role_changes(parts, someone, ear):
    page = ear()
    assert page.hears("queue")
    parts.database.write(
        lambda c: c.exec_driver_sql(
            f"UPDATE staff SET role = 'viewer' WHERE id = {someone[0].staff_id}"  # noqa: S608
        )
    )
    while page.next() is not None:
        pass
    assert ear().status == 200


@only_sqlite
def test_a_session_has_six_streams_and_is_refused_a_seventh_politely(ear):
    for _ in range(6):
        assert ear().status == 200
    refused = ear()
    assert refused.status == 503
    assert refused.answer.getheader("Retry-After") == "30"


@only_sqlite
def test_a_stream_that_was_closed_makes_room(listener, ear):
    for _ in range(6):
        page = ear()
    page.close()
    wait_for(lambda: len(listener) == 5)
    assert ear().status == 200


@only_sqlite
def test_all_together_are_limited(app, ear, monkeypatch):
    monkeypatch.setattr("bot.live.listener.MOST", 2)
    assert [ear().status for _ in range(3)] == [200, 200, 503]


GARBAGE = [
    (b"GET /events HTTP/1.1\r\n\r\n", b"400"),  # no Host
    (b"GET /events HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"400"),
    (b"GET /events HTTP/1.1\r\nHost: a b\r\n\r\n", b"400"),
    (b"GET /events HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", b"400"),
    (b"GET /events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", b"400"),
    (b"GET /events HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", b"400"),
    (b"GET /events HTTP/1.1\r\nHost : a\r\n\r\n", b"400"),
    (b"GET http://a/events HTTP/1.1\r\nHost: a\r\n\r\n", b"400"),
    (b"GET /events HTTP/2.0\r\nHost: a\r\n\r\n", b"400"),
    (b"POST /events HTTP/1.1\r\nHost: a\r\n\r\n", b"405"),
    (b"GET /else HTTP/1.1\r\nHost: a\r\n\r\n", b"404"),
    (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"400"),
    (b"GET /events HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 9000 + b"\r\n\r\n", b"431"),
    (b"GET /events HTTP/1.1\r\nHost: a\r\n" + b"a: b\r\n" * 70 + b"\r\n", b"431"),
]


@only_sqlite
def test_what_is_no_request_is_refused(listener, port):
    for sent, status in GARBAGE:
        with closing(socket.create_connection(("127.0.0.1", port), 10)) as line:
            line.sendall(sent)
            assert line.recv(64).split()[1] == status, sent[:80]


@only_sqlite
def test_who_takes_too_long_to_ask_is_refused(listener, port, monkeypatch):
    monkeypatch.setattr("bot.live.listener.PATIENCE", 0.5)
    with closing(socket.create_connection(("127.0.0.1", port), 10)) as line:
        line.sendall(b"GET /events HTTP/1.1\r\n")
        assert line.recv(64).split()[1] == b"408"


@only_sqlite
def test_a_page_that_does_not_read_is_cut_off(listener, port, someone, monkeypatch):
    monkeypatch.setattr("bot.live.stream.BEAT", 0.0001)
    monkeypatch.setattr("bot.live.stream.SLOWEST", 0.5)
    with closing(socket.socket()) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        line.connect(("127.0.0.1", port))
        cookie = f"Cookie: frontdesk={someone[1]}\r\n".encode()
        line.sendall(b"GET /events HTTP/1.1\r\nHost: a\r\n" + cookie + b"\r\n")
        wait_for(lambda: len(listener) == 1)
        wait_for(lambda: len(listener) == 0, 30)


@only_sqlite
def test_a_quiet_line_has_a_beat(ear, monkeypatch):
    monkeypatch.setattr("bot.live.stream.BEAT", 0.2)
    page = ear()
    while page.next() != ("beat", ["1"]):
        pass


def test_at_its_end_nothing_is_left(listener, ear):
    page = ear()
    assert page.hears("queue")
    listener.close()
    while page.next() is not None:
        pass
    left = [thread.name for thread in threading.enumerate()]
    assert [name for name in left if name.startswith("live")] == []


def test_what_a_page_said_is_believed_for_a_while(app, parts):
    conversation = converse(parts, "1001", "hello")
    ada, omar = visitor(app, "agent", "Ada"), visitor(app, "agent", "Omar")
    omar.post("/inbox/here", conversation=conversation, writes="1", acted="1")
    path = f"/inbox/{conversation}"
    assert "Omar is writing…" in ada.words(path)
    assert "Omar is writing…" not in omar.words(path)
    assert "Omar here" in ada.words(path)
    omar.post("/inbox/here", conversation=conversation, writes="0")
    assert "Omar is looking at this too" in ada.words(path)
    age(parts, 50)
    assert "Omar is looking at this too" not in ada.words(path)
    assert "Omar here" in ada.words(path)  # a page that lies behind others says less
    age(parts, 50)
    assert "Omar here" not in ada.words(path)
    assert "Omar, not here" in ada.words(path)  # whom one may still assign it to


def test_who_signs_out_is_gone_at_once(app):
    ada, omar = visitor(app, "agent", "Ada"), visitor(app, "agent", "Omar")
    omar.post("/inbox/here", acted="1")
    assert "Omar here" in ada.words("/inbox/")
    omar.post("/sign-out")
    assert "No colleague is here." in ada.words("/inbox/")


def test_who_left_is_not_looking_any_more(app, parts):
    conversation = converse(parts, "1001", "hello")
    ada, omar = visitor(app, "agent", "Ada"), visitor(app, "agent", "Omar")
    omar.post("/inbox/here", conversation=conversation)
    omar.post("/inbox/here", conversation="", left=conversation)
    assert "looking at this too" not in ada.words(f"/inbox/{conversation}")


def test_who_says_that_they_are_away_is_away_until_they_are_back(app):
    ada, omar = visitor(app, "agent", "Ada"), visitor(app, "agent", "Omar")
    omar.post("/inbox/away")
    omar.post("/inbox/here", acted="1")
    assert "Omar away" in ada.words("/inbox/")
    assert "I am back" in omar.words("/inbox/")
    omar.post("/inbox/back")
    assert "Omar here" in ada.words("/inbox/")


def test_who_does_nothing_for_ten_minutes_is_away(app, parts):
    ada, omar = visitor(app, "agent", "Ada"), visitor(app, "agent", "Omar")
    omar.post("/inbox/here", acted="1")
    age(parts, presence.IDLE + 1)
    omar.post("/inbox/here")
    assert "Omar away" in ada.words("/inbox/")
    omar.post("/inbox/here", acted="1")
    assert "Omar here" in ada.words("/inbox/")


def age(parts, seconds):
    """Let all that pages said be so much older."""

    def job(connection):
        for table, names in (("presence", ("seen", "acted")), ("viewing", ("seen",))):
            changes = ", ".join(f"{name} = {name} - {seconds}" for name in names)
            connection.exec_driver_sql(f"UPDATE {table} SET {changes}")  # noqa: S608

    parts.database.write(job)


def wait_for(holds, seconds=15):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)
