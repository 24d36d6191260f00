"""The sums themselves: each finds what it is there to find."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from benchmarks.kill.books import Sent, key, moment
from benchmarks.kill.desk import Book, beyond_recall
from benchmarks.kill.figures import listed, none
from benchmarks.kill.incoming import handled, received
from benchmarks.kill.outgoing import in_order, sent_once
from benchmarks.kill.people import left_to_people
from benchmarks.kill.tables import Tables
from bot.store import sending
from tests.floor import Floor, echo

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SENT = Sent(
    n=1,
    outgoing_id=1,
    attempt=1,
    psid="7",
    accepted=True,
    fault=None,
    mid="m_1",
    at="2026-11-24T00:00:01",
    content={"text": "hello"},
)
AGAIN = replace(SENT, n=2, attempt=2, mid="m_2", at="2026-11-24T00:00:30")


def planned(number=1, **more):
    return {
        "id": number,
        "conversation_id": 1,
        "seq": number,
        "author": "flow",
        "purpose": "answer",
        "send_class": "repeatable",
        "key": None,
        "state": "sent",
        "attempt": 1,
        "created_at": NOW,
        "payload": {"text": "hello"},
        "template": None,
        "reason": None,
        "message_id": number,
        **more,
    }


def event(number=1, **more):
    raw = b'{"message": {"mid": "m_in_%d"}}' % number
    about = {"id": number, "key": f"8|message|m_in_{number}", "kind": "message"}
    state = {"state": "handled", "tries": 1, "reason": None, "conversation_id": 1}
    return {**about, **state, "raw": raw, **more}


def turn(number=1, **more):
    about = {"id": number, "event_id": number, "conversation_id": 1, "at": NOW}
    return {**about, "outcome": "answered", **more}


def shown(mid="m_1", author="bot", **more):
    return {"id": 1, "author": author, "mid": mid, "conversation_id": 1, **more}


@pytest.fixture
def tables():
    """One message came in, was answered, and reached its customer."""
    return Tables(
        events=[event()],
        turns=[turn()],
        outgoing=[planned()],
        messages=[shown()],
        conversations=[],
        log=[],
        timers=[],
        tickets=[],
        sent=[SENT],
    )


def off(*sums):
    return {one.name for each in sums for one in each if not one.holds}


def off_in_sending(tables, echoed=None, taken_at=None):
    return off(sent_once(tables, echoed or {}), in_order(tables, taken_at or {}))


def test_what_went_well_is_green(tables):
    assert off_in_sending(tables) == set()
    assert off(handled(tables)) == set()


class TestWhatCameIn:
    def test_and_was_never_posted_is_told_but_not_what_we_begin(self, tables):
        taken = {event()["key"]: 1}
        watcher = SimpleNamespace(taken=taken, failed=0)
        meta = SimpleNamespace(taken=[], forged={})
        storm = SimpleNamespace(watcher=watcher, meta=meta)
        tables.events = [event(), event(2, kind="prompt")]
        assert off(received(tables, storm)) == set()
        tables.events = [event(), event(2)]
        assert off(received(tables, storm)) == {
            "stored",
            "stored and never answered 200",
        }

    def test_and_was_not_handled_is_lost(self, tables):
        tables.events = [event(), event(2, state="new")]
        assert off(handled(tables)) == {"handled once", "lost: stored, not handled"}

    def test_and_had_two_turns_was_not_handled_once(self, tables):
        tables.turns = [turn(), turn(2, event_id=1)]
        assert off(handled(tables)) == {"handled once"}

    def test_and_stands_there_under_two_keys_was_handled_twice(self, tables):
        tables.events = [event(), event(key="8|message|other")]
        assert off(handled(tables)) == {"said once, handled twice"}

    def test_and_was_answered_without_a_message_is_found(self, tables):
        tables.outgoing = []
        assert off(handled(tables)) == {"answered without a word"}

    def test_and_was_set_aside_is_listed(self, tables):
        tables.events = [event(state="quarantined", reason="failed 3 times")]
        found = {one.name: one for one in handled(tables)}
        aside = found["set aside: killed at each of three tries"]
        assert aside.examples == ("event 1 (1 tries, failed 3 times)",)
        assert aside.holds

    def test_changed_the_state_but_not_the_log_took_effect_by_half(self, tables):
        state = {"slots": {"a": 1}}
        tables.conversations = [{"id": 1, "state": state, "status": "bot"}]
        assert off(handled(tables)) == {"logs that do not lead to their state"}


class TestAMessage:
    def test_that_counts_as_sent_and_was_not_taken(self, tables):
        tables.sent = [replace(SENT, accepted=False)]
        assert "sent, and never taken" in off_in_sending(tables)

    @pytest.mark.parametrize("state", ["cancelled", "failed", "refused", "expired"])
    def test_that_was_taken_and_counts_as_not_sent(self, tables, state):
        tables.outgoing = [planned(state=state)]
        assert off_in_sending(tables) == {"taken, and shown as not sent"}

    @pytest.mark.parametrize("state", ["pending", "sending"])
    def test_that_is_still_owed(self, tables, state):
        tables.outgoing, tables.sent = [planned(state=state)], []
        assert off_in_sending(tables) == {"still to be sent"}

    def test_that_was_sent_with_other_words(self, tables):
        tables.sent = [replace(SENT, content={"text": "goodbye"})]
        assert off_in_sending(tables) == {"other words than were planned"}

    @pytest.mark.parametrize(
        "messages",
        [[], [shown(), shown()], [shown(author="elsewhere")]],
        ids=["never", "twice", "as somebody else's"],
    )
    def test_that_the_thread_does_not_show_once(self, tables, messages):
        tables.messages = messages
        assert off_in_sending(tables) == {"not shown once in the thread"}

    def test_that_overtook_another(self, tables):
        tables.outgoing = [planned(1), planned(2)]
        tables.messages = [shown("m_1"), shown("m_2")]
        later = replace(SENT, outgoing_id=2, mid="m_2")
        tables.sent = [later, replace(SENT, n=2)]
        assert off_in_sending(tables) == {"out of order in their conversation"}

    def test_the_answer_may_come_after_what_its_echo_let_go(self, tables):
        tables.outgoing = [planned(1), planned(2)]
        tables.messages = [shown("m_1"), shown("m_2")]
        later = replace(SENT, outgoing_id=2, mid="m_2")
        tables.sent = [later, replace(SENT, n=2)]
        taken_at = {"m_1": moment(SENT.at) - timedelta(seconds=1)}
        assert off_in_sending(tables, taken_at=taken_at) == set()


class TestAMessageThatWasTakenTwice:
    ALLOWED = "repeated: no answer, no echo, and its class allows it"

    @pytest.fixture
    def tables(self, tables):
        tables.sent = [SENT, AGAIN]
        return tables

    def test_may_be_if_nobody_could_know(self, tables):
        assert off_in_sending(tables) == set()
        found = {one.name: one for one in sent_once(tables, {})}
        assert found[self.ALLOWED].figure == 1
        assert "message 1" in found[self.ALLOWED].examples[0]

    def test_may_not_be_if_its_class_forbids_it(self, tables):
        tables.outgoing = [planned(send_class="park")]
        assert off_in_sending(tables) == {"sent twice without a reason"}

    def test_may_not_be_if_an_echo_had_told(self, tables):
        echoed = {"m_1": "2026-11-24T00:00:20"}
        assert off_in_sending(tables, echoed) == {"sent twice without a reason"}

    def test_may_be_if_the_echo_came_too_late(self, tables):
        echoed = {"m_1": "2026-11-24T00:00:40"}
        assert off_in_sending(tables, echoed) == set()

    def test_may_not_be_within_one_attempt(self, tables):
        tables.sent = [SENT, replace(AGAIN, attempt=1)]
        assert "sent twice without a reason" in off_in_sending(tables)


class TestAnUnconfirmedMessage:
    @pytest.fixture
    def tables(self, tables):
        tables.outgoing = [planned(state="unconfirmed", send_class="park")]
        return tables

    def test_has_a_cause(self, tables):
        tables.sent = [replace(SENT, fault="hang")]
        names = [one.name for one in sent_once(tables, {})]
        assert "unconfirmed: Messenger failed (hang), no echo" in names

    def test_may_not_be_if_messenger_told_us(self, tables):
        echoed = {"m_1": "2026-11-24T00:00:20"}
        wrong = {"unconfirmed although Messenger told us"}
        assert off_in_sending(tables, echoed) == wrong


class TestAPersonWhoTookOver:
    OVER = "a bot's message after somebody took over"

    def sums(self, tables, folder, wire=(), given_back=9):
        """The sums of a person who held it from request 1 to *given_back*."""
        about = {"conversation": 1, "token": "t", "done": True}
        taken = {**about, "act": "take", "took": True, "wire": wire, "requests": 1}
        back = {"act": "release", "requests": given_back, "conversation": 1}
        lines = [taken, {**back, "token": "u", "done": False}]
        book = folder / "desk.jsonl"
        book.write_text("".join(json.dumps(line) + "\n" for line in lines))
        desk = SimpleNamespace(book=book)
        tables.outgoing = [planned(), planned(2, author="agent", key="form:t")]
        return list(left_to_people(tables, SimpleNamespace(desk=desk)))

    @pytest.mark.parametrize(("n", "is_over"), [(1, False), (2, True), (10, False)])
    def test_is_not_talked_over(self, tables, tmp_path, n, is_over):
        tables.sent = [replace(SENT, n=n)]
        assert off(self.sums(tables, tmp_path)) == ({self.OVER} if is_over else set())

    def test_may_see_what_was_beyond_recall(self, tables, tmp_path):
        tables.sent = [replace(SENT, n=2)]
        assert off(self.sums(tables, tmp_path, wire=[1])) == set()


@pytest.mark.parametrize("how", ["sending", "sent by its echo", "pending"])
def test_what_is_with_messenger_is_beyond_recall(database, how):
    floor = Floor(database)
    floor.hears("hello")
    number = floor.plans()
    if how != "pending":
        floor.write(lambda c: sending.claim(c, [floor.conversation()], floor.clock()))
    if how == "sent by its echo":
        floor.receives(echo("hello", at=floor.clock(), metadata=f"v1:{number}:1"))
    found = floor.write(lambda c: beyond_recall(c, floor.conversation()))
    assert found == ([] if how == "pending" else [number])


def test_an_event_is_known_by_its_mid_and_one_without_by_its_content():
    item = {"sender": {"id": "7"}, "message": {"mid": "m_1", "text": "hello"}}
    assert key("8", item) == "8|message|m_1"
    echo = {"message": {"mid": "m_1", "is_echo": True}}
    assert key("8", echo) == "8|echo|m_1"
    one, other = ({"read": {"watermark": number}} for number in (1, 2))
    assert key("8", one) != key("8", other)


def test_what_must_not_be_is_off_as_soon_as_it_is_there():
    assert none("bad", []).holds
    assert not none("bad", ["one"]).holds
    assert listed("allowed", ["one"]).holds


def lines(*told):
    about = {"act": "reply", "conversation": 1, "token": "a"}
    return [{**about, "done": done, **more} for done, more in told]


def test_what_was_begun_several_times_is_finished_once(tmp_path):
    path = tmp_path / "desk.jsonl"
    told = lines((False, {}), (False, {}), (False, {"token": "b"}), (True, {}))
    path.write_text("".join(json.dumps(line) + "\n" for line in [*told, *told[2:3]]))
    with closing(Book(path)) as book:
        assert [line["token"] for line in book.begun()] == ["b"]


@pytest.mark.parametrize(
    ("rows", "off"),
    [(0, ["form:a"]), (1, []), (2, ["form:a"])],
    ids=["lost", "once", "doubled"],
)
def test_a_reply_that_the_book_has_twice_must_be_there_once(
    tables, tmp_path, rows, off
):
    book = tmp_path / "desk.jsonl"
    told = lines((False, {}), (True, {}), (True, {}))
    book.write_text("".join(json.dumps(line) + "\n" for line in told))
    replies = [planned(2 + n, author="agent", key="form:a") for n in range(rows)]
    of = replace(tables, outgoing=[*tables.outgoing, *replies])
    found = [*left_to_people(of, SimpleNamespace(desk=SimpleNamespace(book=book)))][-1]
    assert (found.name, [*found.examples]) == ("replies lost or doubled", off)
