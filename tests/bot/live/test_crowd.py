"""Two hundred pages that listen at once, over real sockets, and who else comes then."""

import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing

import pytest
import requests

from bot.live import listener as live
from bot.store import pages, sessions
from bot.web import cookies
from tests.bot.live.conftest import Ear, listening
from tests.bot.live.test_listener import only_sqlite, wait_for
from tests.bot.visiting import PAGE, converse, says, visitor
from tests.floor import body, message
from tests.served import served
from webhooks.signature import sign

PAGES = 200
OF_A_SESSION = 5
#: Seconds; a page looks four times a second, and this machine may do other things.
HEARD, ANSWERED = 2.0, 1.0
PSID = "1001"


@pytest.fixture
def site(app):
    """The pages and the webhook over real HTTP."""
    with served(app) as url:
        yield url


@pytest.fixture
def tokens(app, parts):
    """As many browsers of Ada as two hundred pages take."""
    ada = visitor(app, "agent", "Ada").staff_id
    count = PAGES // OF_A_SESSION
    return parts.database.write(
        lambda c: [sessions.begin(c, ada) for _ in range(count)]
    )


@pytest.fixture
def conversation(parts):
    parts.database.write(lambda c: pages.keep(c, PAGE, b"sealed", parts.clock()))
    return converse(parts, PSID, "hello")


@pytest.fixture
def crowd(parts, port, tokens, conversation):
    """Two hundred pages that have one conversation open, and know how it stands."""
    with listening(parts, port), ExitStack() as stack:
        crowd = []
        for number in range(PAGES):
            token = tokens[number // OF_A_SESSION]
            page = Ear(port, token, f"?conversation={conversation}")
            crowd.append(stack.enter_context(closing(page)))
        assert {page.status for page in crowd} == {200}
        for page in crowd:
            heard(page)
        yield crowd


def heard(page):
    """When a page heard of its conversation; one with beats alone fails in time."""
    until = time.monotonic() + 10
    while (event := page.next()) is not None and time.monotonic() < until:
        if event[0] == "news" and "thread" in event[1]:
            return time.monotonic()
    raise AssertionError("a page did not hear")


def arrives(site, settings, text):
    """Let a webhook arrive; return how long it took to be answered."""
    sent = body(message(text, PSID))
    fields = {"X-Hub-Signature-256": sign(sent, settings.app_secrets[0])}
    began = time.monotonic()
    answer = requests.post(f"{site}/webhook", data=sent, headers=fields, timeout=10)
    assert answer.status_code == 200
    return time.monotonic() - began


@only_sqlite
class TestTwoHundredPages:
    def test_all_hear_of_a_message_and_others_are_answered_meanwhile(
        self, crowd, site, parts, tokens, conversation
    ):
        with ThreadPoolExecutor(PAGES) as pool:
            lines = [pool.submit(heard, page) for page in crowd]
            began = time.monotonic()
            says(parts, conversation, "are you there?")
            took = [arrives(site, parts.settings, f"hello {n}") for n in range(5)]
            page = requests.get(
                f"{site}/inbox/{conversation}",
                cookies={cookies.SESSION: tokens[0]},
                timeout=10,
            )
            assert "are you there?" in page.text
            took.append(page.elapsed.total_seconds())
            waits = [one.result() - began for one in as_completed(lines, timeout=15)]
        assert len(waits) == PAGES
        assert max(waits) < HEARD
        assert max(took) < ANSWERED

    def test_one_too_many_is_told_so_and_nobody_else_loses_theirs(
        self, crowd, port, parts, tokens, conversation, monkeypatch
    ):
        monkeypatch.setattr(live, "MOST", PAGES + 1)
        with closing(Ear(port, tokens[0])) as last:
            assert last.status == 200
            for token in (tokens[0], tokens[1], tokens[-1]):
                with closing(Ear(port, token)) as refused:
                    assert refused.status == 503
                    assert refused.answer.getheader("Retry-After") == "30"
                    assert b"Too many pages listen" in refused.answer.read()
            says(parts, conversation, "still there?")
            assert all(map(heard, crowd))

    def test_a_session_has_six_whatever_room_there_is(self, crowd, port, tokens):
        with ExitStack() as stack:
            whose = (tokens[0], tokens[0], tokens[1])
            more = [stack.enter_context(closing(Ear(port, one))) for one in whose]
            assert [one.status for one in more] == [200, 503, 200]

    def test_that_have_gone_leave_nothing_behind(self, parts, port, tokens):
        with listening(parts, port) as listener:
            with ExitStack() as stack:
                for number in range(PAGES):
                    token = tokens[number // OF_A_SESSION]
                    stack.enter_context(closing(Ear(port, token)))
                wait_for(lambda: len(listener) == PAGES)
            wait_for(lambda: len(listener) == 0)
