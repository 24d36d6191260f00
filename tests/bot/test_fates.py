"""What becomes of a message after each thing that Messenger can do with a send.

Over real HTTP: the emulator is told to fail, and the tables tell what we made of it.
"""

from itertools import count

import pytest

from bot.messenger.client import Graph
from tests.floor import PSID, Floor

NOT_SENT = "pending"
UNKNOWN = "sending"
FINAL = "failed"

#: Every error that a send can meet, by code and subcode; what comes of the message,
#: and whether the Page is shut or the customer out of reach.
ERRORS = [
    # Busy: surely not sent, tried again.
    (1200, None, NOT_SENT, "open"),
    (1200, 2018024, NOT_SENT, "open"),
    # Too many calls: the whole Page slows down.
    (4, None, NOT_SENT, "shut"),
    (17, None, NOT_SENT, "shut"),
    (32, None, NOT_SENT, "shut"),
    (341, None, NOT_SENT, "shut"),
    (613, None, NOT_SENT, "shut"),
    (613, 1996, NOT_SENT, "shut"),
    (613, 2018338, NOT_SENT, "shut"),
    (613, 2534040, NOT_SENT, "shut"),
    (80001, None, NOT_SENT, "shut"),
    (80006, None, NOT_SENT, "shut"),
    # Such an answer has been seen after a message that was sent.
    (-1, None, UNKNOWN, "open"),
    (1, None, UNKNOWN, "open"),
    (1, 1357046, UNKNOWN, "open"),
    (2, None, UNKNOWN, "open"),
    # Token, permission, policy: nothing goes out until somebody acts.
    (3, None, NOT_SENT, "shut"),
    (10, None, NOT_SENT, "shut"),
    (10, 1893063, NOT_SENT, "shut"),
    (102, None, NOT_SENT, "shut"),
    (190, None, NOT_SENT, "shut"),
    (190, 458, NOT_SENT, "shut"),
    (190, 459, NOT_SENT, "shut"),
    (190, 460, NOT_SENT, "shut"),
    (190, 463, NOT_SENT, "shut"),
    (190, 464, NOT_SENT, "shut"),
    (190, 467, NOT_SENT, "shut"),
    (190, 492, NOT_SENT, "shut"),
    (190, 493, NOT_SENT, "shut"),
    (200, None, NOT_SENT, "shut"),
    (210, None, NOT_SENT, "shut"),
    (230, None, NOT_SENT, "shut"),
    (299, None, NOT_SENT, "shut"),
    (368, None, NOT_SENT, "shut"),
    (2022, None, NOT_SENT, "shut"),
    # This customer cannot be reached.
    (551, None, FINAL, "unreachable"),
    (551, 1545041, FINAL, "unreachable"),
    (200, 1545041, FINAL, "unreachable"),
    (10, 2018108, FINAL, "unreachable"),
    (100, 2018001, FINAL, "unreachable"),
    # The window is closed, or another app has the thread.
    (10, 2018065, FINAL, "open"),
    (10, 2018278, FINAL, "open"),
    (10, 2534022, FINAL, "open"),
    (10, 2018300, FINAL, "open"),
    (10, 2018336, FINAL, "open"),
    # The message itself is wrong.
    (100, None, FINAL, "open"),
    (100, 33, FINAL, "open"),
    (100, 2018008, FINAL, "open"),
    (100, 2018034, FINAL, "open"),
    (100, 2018047, FINAL, "open"),
    (100, 2018074, FINAL, "open"),
    (100, 2018109, FINAL, "open"),
    (100, 2018276, FINAL, "open"),
    (100, 1893061, FINAL, "open"),
    (200, 2018028, FINAL, "open"),
    (506, None, FINAL, "open"),
    # Nobody has heard of it.
    (987654, None, FINAL, "open"),
]
#: What else can happen to a call, and what is known of the message then.
TROUBLES = [
    ({"do": "error", "code": 987654, "transient": True}, UNKNOWN),
    ({"do": "error", "code": 1, "status": 500}, UNKNOWN),
    ({"do": "error", "code": 551, "status": 500}, FINAL),
    ({"do": "error", "code": 2, "accept": True}, UNKNOWN),
    ({"do": "status", "status": 400}, FINAL),
    ({"do": "status", "status": 429}, NOT_SENT),
    ({"do": "status", "status": 500}, UNKNOWN),
    ({"do": "status", "status": 502}, UNKNOWN),
    ({"do": "status", "status": 503, "accept": True}, UNKNOWN),
    ({"do": "status", "status": 302}, UNKNOWN),
    ({"do": "reset_before_reading"}, UNKNOWN),
    ({"do": "reset_after_accept"}, UNKNOWN),
    ({"do": "html"}, UNKNOWN),
    ({"do": "empty"}, UNKNOWN),
    ({"do": "truncated"}, UNKNOWN),
    ({"do": "cut"}, UNKNOWN),
    ({"do": "no_message_id"}, UNKNOWN),
]
SHUT = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
_psids = count(7_400_000_000_000_000)


@pytest.fixture
def told(line, messenger):
    """Let a customer be owed a message, and return what a fault makes of it."""

    def tell(fault, **about):
        messenger.customer(psid=PSID)
        line.hears("hello")
        messenger.faults(graph={"count": 1, **fault}, echoes={"off": True})
        line.plans(**about)
        line.delivers()
        return line.states()

    return tell


@SHUT
@pytest.mark.parametrize(("code", "subcode", "state", "rest"), ERRORS)
def test_each_error_has_its_class(line, told, messenger, code, subcode, state, rest):
    assert told({"do": "error", "code": code, "subcode": subcode}) == [state]
    assert len(messenger.requests()) == 1
    page = line.one("SELECT parked_until IS NOT NULL AS shut FROM page")
    gone = line.one("SELECT unreachable_at IS NOT NULL AS gone FROM customer")
    assert (bool(page), bool(gone)) == (rest == "shut", rest == "unreachable")
    reason = line.one("SELECT reason FROM outgoing_message")
    assert str(code) in reason


@SHUT
@pytest.mark.parametrize(("fault", "state"), TROUBLES)
def test_each_trouble_has_its_class(told, messenger, fault, state):
    assert told(fault) == [state]
    assert len(messenger.requests()) == 1


@SHUT
@pytest.mark.parametrize(
    "fault", [fault for fault, state in TROUBLES if state == UNKNOWN]
)
def test_no_park_message_is_ever_sent_twice(line, told, messenger, fault):
    told(fault, send_class="park")
    for _ in range(3):
        line.leases_end()
        line.delivers()
    assert line.states() == ["unconfirmed"]
    assert len(messenger.requests()) == 1


@SHUT
def test_a_messenger_that_is_not_there_has_surely_not_got_it(line):
    line.graph = Graph("http://127.0.0.1:9", "v25.0")
    line.sender = line.new_sender()
    line.hears("hello")
    line.plans(send_class="park")
    line.delivers()
    assert line.states() == [NOT_SENT]
    assert "can't be reached" in line.one("SELECT reason FROM outgoing_message")


@SHUT
def test_a_name_that_nobody_knows_has_surely_not_got_it(line):
    line.graph = Graph("http://graph.invalid", "v25.0")
    line.sender = line.new_sender()
    line.hears("hello")
    line.plans(send_class="park")
    line.delivers()
    assert line.states() == [NOT_SENT]


def test_the_echo_over_the_webhook_settles_a_lost_answer(line, messenger, webhook):
    messenger.customer(psid=PSID)
    line.hears("hello")
    messenger.faults(graph={"do": "reset_after_accept", "count": 1})
    line.plans(send_class="park")
    line.delivers()
    assert line.states() == [UNKNOWN]
    webhook.wait_for("echo")
    for body in webhook.bodies:
        line.intake.accept(body)
    assert line.states() == ["sent"]
    (shown,) = line.all("SELECT author, mid FROM message WHERE author = 'bot'")
    assert shown["mid"] == messenger.messages(PSID)[0]["mid"]


def test_what_is_sent_is_what_was_planned(line, messenger):
    messenger.customer(psid=PSID)
    line.hears("hello")
    line.answers()
    line.delivers()
    (heard,) = messenger.messages(PSID)
    assert heard["text"].startswith("You're chatting with our automated assistant")
    assert heard["messaging_type"] == "RESPONSE"
    (request,) = messenger.requests()
    assert request["accepted"]
    assert "access_token" not in request["path"]


def test_the_token_is_in_no_address(line, messenger):
    messenger.customer(psid=PSID)
    line.hears("hello")
    line.answers()
    line.delivers()
    (request,) = messenger.requests()
    assert "EAA" not in str(request)


@SHUT
def test_ten_customers_whose_page_is_shut_cost_one_call(line: Floor, messenger):
    messenger.faults(graph={"do": "error", "code": 190, "subcode": 463})
    for _ in range(10):
        psid = str(next(_psids))
        messenger.customer(psid=psid)
        line.hears("hello", psid=psid)
        line.plans(psid=psid)
    for _ in range(3):
        line.delivers()
    assert len(messenger.requests()) == 1
    messenger.faults()
    line.leases_end()
    line.delivers()  # one to see
    line.delivers()
    assert len([r for r in messenger.requests() if r["accepted"]]) == 10
