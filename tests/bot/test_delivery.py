import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest
from sqlalchemy import text

from bot import handoff
from bot.delivery import Sender, back_off
from bot.messenger import templates
from bot.messenger.client import Access
from bot.messenger.errors import Fate, SendError
from bot.quiet import Quiet
from bot.store import acts, pages, taken
from bot.store.database import SqliteDatabase
from bot.store.sealing import Seal
from bot.store.taken import Taken
from bot.store.teamwork import ActKind
from tests.emulator.conftest import TOKEN
from tests.floor import NOW, PAGE, PSID, SECRET, Floor, echo

LOST = SendError("the connection broke", Fate.UNKNOWN)
LATE = SendError("10/2018278: outside of window", Fate.FINAL, window_closed=True)
WINDOW = timedelta(hours=23, minutes=55)


@pytest.fixture(autouse=True)
def somebody(floor):
    floor.hears("hello")
    floor.run("UPDATE incoming_event SET state = 'handled'")
    floor.run("UPDATE conversation SET last_heard_at = :at", at=str(NOW))


@pytest.fixture
def resolved(floor):
    """A conversation that its agent resolved while an answer was on its way; both."""
    floor.takes_over()
    number, ada = floor.conversation(), floor.staff()
    floor.plans("bye", author="agent")

    def job(connection):
        assert handoff.resolve(connection, number, ada, NOW)
        acts.add(connection, number, ActKind.RESOLVED, NOW, staff_id=ada)

    floor.write(job)
    return number, ada


def test_a_refused_answer_gives_nobody_what_the_assistant_has(floor):
    floor.plans("bye", author="agent")
    assert floor.resolves()
    floor.graph.next = [SendError("100: wrong", Fate.FINAL)]
    floor.delivers()
    assert floor.states()[-1] == "failed"
    assert floor.status() == "bot"


def reason(floor):
    return floor.one("SELECT reason FROM outgoing_message ORDER BY seq LIMIT 1")


def parked(floor):
    return floor.one("SELECT parked_until FROM page") is not None


def test_parts_go_out_in_their_order_each_after_the_answer_to_the_last(floor):
    under_way = []

    def takes_a_while(body):
        under_way.append(body)
        assert len(under_way) == 1
        under_way.clear()
        return "m_" + body["message"]["text"]

    floor.graph.next = [takes_a_while] * 4
    for number in range(4):
        floor.plans(str(number))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: floor.delivers(), range(4)))
    floor.delivers()
    assert floor.graph.texts == ["0", "1", "2", "3"]
    assert floor.states() == ["sent"] * 4


def test_a_message_carries_our_mark_and_nothing_about_the_customer(floor):
    floor.plans()
    floor.delivers()
    (body,) = floor.graph.taken
    assert body["message"]["metadata"] == "v1:1:1"
    assert body["recipient"] == {"id": PSID}
    assert body["messaging_type"] == "RESPONSE"


def test_nothing_is_sent_twice_however_often_it_is_woken(floor):
    floor.plans()
    for _ in range(3):
        floor.delivers()
        floor.sender.deliver(floor.conversation())
    assert len(floor.graph.taken) == 1


def test_a_message_of_unknown_fate_waits_for_its_echo_and_is_said_again(floor):
    floor.graph.next = [LOST]
    floor.plans()
    floor.delivers()
    floor.delivers()
    assert (floor.graph.texts, floor.states()) == ([], ["sending"])
    floor.leases_end()
    floor.delivers()
    assert (floor.graph.texts, floor.states()) == (["hello"], ["sent"])


def test_a_message_that_must_not_be_said_twice_waits_for_a_person(floor):
    floor.graph.next = [LOST]
    floor.plans(send_class="park")
    floor.delivers()
    floor.leases_end()
    floor.delivers()
    assert floor.states() == ["unconfirmed"]
    assert floor.graph.taken == []


def test_an_echo_settles_a_message_of_unknown_fate(floor):
    floor.graph.next = [LOST]
    floor.plans(send_class="park")
    floor.delivers()
    floor.receives(echo("hello", metadata="v1:1:1", mid="m_1", app_id=1))
    assert floor.states() == ["sent"]
    assert floor.one("SELECT mid FROM message") == "m_1"


def test_an_echo_may_come_before_the_answer(floor):
    def echoed_first(body):
        mark = body["message"]["metadata"]
        floor.receives(echo("hello", metadata=mark, mid="m_1"))
        return "m_1"

    floor.graph.next = [echoed_first]
    floor.plans()
    floor.delivers()
    assert floor.states() == ["sent"]
    assert floor.thread() == [("bot", "hello")]


def test_an_echo_without_our_mark_before_the_answer_is_not_somebody_elses(floor):
    """Meta may leave the metadata out; the mid tells, once the answer names it."""

    def echoed_first(body):
        floor.receives(echo("hello", mid="m_1", app_id=1517776481860111))
        return "m_1"

    floor.graph.next = [echoed_first]
    floor.plans()
    floor.delivers()
    assert floor.states() == ["sent"]
    assert floor.thread() == [("bot", "hello")]


def test_an_answer_without_an_id_is_settled_by_the_echo(floor):
    floor.graph.next = [None]
    floor.plans()
    floor.delivers()
    assert floor.states() == ["sending"]
    floor.receives(echo("hello", metadata="v1:1:1", mid="m_1"))
    assert floor.states() == ["sent"]


def test_a_late_echo_of_the_first_try_stops_the_second(floor):
    floor.graph.next = [LOST, SendError("busy", Fate.RETRY)]
    floor.plans()
    floor.delivers()
    floor.leases_end()
    floor.delivers()
    floor.receives(echo("hello", metadata="v1:1:1", mid="m_1"))
    floor.leases_end()
    floor.delivers()
    assert (floor.graph.taken, floor.states()) == ([], ["sent"])


def test_a_busy_messenger_is_tried_again_later(floor):
    floor.graph.next = [SendError("1200: later", Fate.RETRY)]
    floor.plans()
    floor.delivers()
    floor.delivers()
    assert (floor.graph.taken, floor.states()) == ([], ["pending"])
    floor.leases_end()
    floor.delivers()
    assert floor.states() == ["sent"]


@pytest.mark.parametrize("attempt", [1, 2, 5, 10, 500])
def test_the_pauses_grow_and_end_and_are_never_quite_the_same(attempt):
    pauses = {back_off(attempt) for _ in range(20)}
    longest = min(2.0**attempt if attempt < 20 else 300.0, 300.0)
    assert len(pauses) > 1
    assert all(longest / 2 <= pause <= longest for pause in pauses)


def test_when_the_page_must_slow_down_nobody_gets_anything(floor):
    floor.hears("hello", psid="8")
    floor.graph.next = [SendError("613: too fast", Fate.WAIT)]
    floor.plans()
    floor.plans(psid="8")
    floor.delivers()
    assert parked(floor)
    assert floor.graph.taken == []
    floor.leases_end()
    floor.delivers()
    floor.delivers()
    assert (floor.states(), floor.states("8")) == (["sent"], ["sent"])
    assert not parked(floor)


class TestProbeOfPageThatWasShut:
    @pytest.fixture(autouse=True)
    def shut(self, floor):
        floor.graph.next = [SendError("190: expired", Fate.PARK)]
        floor.plans("first")
        floor.delivers()
        assert parked(floor)
        floor.hears("hello", psid="8")
        floor.plans(psid="8")
        floor.leases_end()

    def test_one_that_is_refused_again_keeps_it_shut(self, floor):
        floor.graph.next = [SendError("190: expired", Fate.PARK)]
        floor.delivers()
        assert parked(floor)
        assert floor.graph.taken == []

    def test_one_that_one_customer_cannot_get_opens_it(self, floor):
        gone = SendError("551: unavailable", Fate.FINAL, unreachable=True)
        floor.graph.next = [gone]
        floor.delivers()
        floor.delivers()
        assert floor.states() == ["failed"]
        assert floor.states("8") == ["sent"]

    def test_one_that_our_own_rules_stop_does_not_count(self, floor):
        floor.clock.advance(hours=24)
        floor.hears("still here", psid="8")
        floor.delivers()
        floor.delivers()
        assert floor.states() == ["refused"]
        assert floor.states("8") == ["sent"]


def test_a_person_whom_messenger_cannot_reach_is_marked_until_they_write(floor):
    gone = SendError("551: unavailable", Fate.FINAL, unreachable=True)
    floor.graph.next = [gone]
    floor.plans()
    floor.delivers()
    assert floor.states() == ["failed"]
    assert floor.one("SELECT unreachable_at FROM customer") is not None
    floor.hears("I am back")
    floor.answers()
    assert floor.one("SELECT unreachable_at FROM customer") is None


def test_whom_a_later_message_reaches_can_be_reached_again(floor):
    floor.graph.next = [
        SendError("551: unavailable", Fate.FINAL, unreachable=True),
        "m_later",
    ]
    floor.plans()
    floor.delivers()
    floor.plans("once more")
    floor.delivers()
    assert floor.states() == ["failed", "sent"]
    assert floor.one("SELECT unreachable_at FROM customer") is None


def test_a_refused_answer_that_was_resolved_meanwhile_is_open_again(floor, resolved):
    number, ada = resolved
    floor.graph.next = [SendError("100: wrong", Fate.FINAL)]
    floor.delivers()
    assert floor.states() == ["failed"]
    assert floor.one("SELECT status FROM conversation") == "agent"
    assert floor.one("SELECT assignee_id FROM conversation") == ada
    with floor.database.read() as connection:
        newest = acts.of_thread(connection, number, None)[-1]
    assert (newest.kind, newest.staff_id) == (ActKind.REOPENED, None)


def test_what_the_customer_wrote_after_it_was_resolved_is_the_assistants(
    floor, resolved
):
    floor.run("UPDATE conversation SET resolved_at = NULL")
    floor.graph.next = [SendError("100: wrong", Fate.FINAL)]
    floor.delivers()
    assert floor.one("SELECT status FROM conversation") == "bot"


def test_outside_the_window_the_bot_is_silent_and_says_why(floor):
    floor.clock.advance(hours=24)
    floor.plans()
    floor.delivers()
    assert (floor.graph.taken, floor.states()) == ([], ["refused"])
    assert "24 hours" in reason(floor)


ENGLISH = {"language": {"code": "en"}, "components": []}
SPANISH = {"language": {"code": "es"}, "components": []}
TEMPLATE = {"name": "t", "in_languages": [SPANISH, ENGLISH]}


def approves(floor, **states):
    abilities = {"templates": {"t": states or {"en": "APPROVED"}}}
    floor.write(lambda c: pages.able(c, PAGE, abilities))


def test_a_reminder_waits_for_its_template(floor):
    floor.clock.advance(hours=25)
    floor.plans(author="system", purpose="reminder", template=TEMPLATE)
    floor.delivers()
    assert floor.states() == ["pending"]
    assert "not approved" in reason(floor)
    approves(floor)
    floor.leases_end()
    floor.delivers()
    assert floor.states() == ["sent"]
    (body,) = floor.graph.taken
    assert body["messaging_type"] == "UTILITY"
    assert body["message"]["template"] == {"name": "t", **ENGLISH}


def test_a_reminder_goes_out_as_a_template_when_messenger_says_it_is_late(floor):
    approves(floor)
    floor.graph.next = [LATE]
    floor.plans(author="system", purpose="reminder", template=TEMPLATE)
    floor.delivers()
    assert floor.states() == ["sent"]
    (body,) = floor.graph.taken
    assert body["messaging_type"] == "UTILITY"


def test_the_best_language_that_is_approved_by_then_goes_out(floor):
    approves(floor, es="PENDING", en="PENDING")
    floor.clock.advance(hours=25)
    floor.plans(author="system", purpose="reminder", template=TEMPLATE)
    floor.delivers()
    assert floor.states() == ["pending"]
    approves(floor, es="APPROVED", en="APPROVED")
    floor.leases_end()
    floor.delivers()
    (body,) = floor.graph.taken
    assert body["message"]["template"] == {"name": "t", **SPANISH}


def test_another_language_goes_out_where_messenger_has_paused_the_first(floor):
    """What we know of a review may be an hour old."""
    approves(floor, es="APPROVED", en="APPROVED")
    floor.graph.next = [SendError("100: Template t is PAUSED", Fate.FINAL, code=100)]
    floor.clock.advance(hours=25)
    floor.plans(author="system", purpose="reminder", template=TEMPLATE)
    floor.delivers()
    (body,) = floor.graph.taken
    assert body["message"]["template"] == {"name": "t", **ENGLISH}
    assert floor.states() == ["sent"]


def test_where_all_are_paused_it_waits_for_the_next_look(floor):
    approves(floor, es="APPROVED")
    floor.graph.next = [SendError("100: Template t is PAUSED", Fate.FINAL, code=100)]
    floor.clock.advance(hours=25)
    floor.plans(author="system", purpose="reminder", template=TEMPLATE)
    floor.delivers()
    assert (floor.graph.taken, floor.states()) == ([], ["pending"])
    floor.leases_end()
    floor.delivers()
    assert floor.graph.taken == []
    approves(floor, es="APPROVED")
    floor.leases_end()
    floor.delivers()
    assert floor.states() == ["sent"]


@pytest.mark.parametrize(
    ("hours", "error"),
    [
        (1, SendError("100: no", Fate.FINAL, code=100)),
        (25, SendError("551: no", Fate.FINAL, code=551, unreachable=True)),
        (25, SendError("100/2018001: no", Fate.FINAL, code=100, unreachable=True)),
    ],
)
def test_what_is_about_something_else_fails_as_before(floor, hours, error):
    approves(floor, es="APPROVED", en="APPROVED")
    floor.graph.next = [error]
    floor.clock.advance(hours=hours)
    floor.plans(author="system", purpose="reminder", template=TEMPLATE)
    floor.delivers()
    assert (floor.graph.taken, floor.states()) == ([], ["failed"])


def test_over_http_the_language_that_is_approved_arrives(line, messenger):
    access = Access(PAGE, TOKEN, SECRET)
    found = templates.look(line.graph, access, ["event_reminder"])
    found = templates.make(line.graph, access, found, ["es", "en"])
    line.write(lambda c: pages.able(c, PAGE, {"templates": found}))
    psid = messenger.customer()
    line.hears("hello", psid)
    line.answers()
    line.delivers()
    line.clock.advance(hours=25)
    messenger.pass_time(hours=25)
    review = {"name": "event_reminder", "language": "es", "status": "PAUSED"}
    messenger.post(f"pages/{PAGE}/templates", review)
    words = {"event": "Fair", "date": "today", "time": "19:30", "venue": "Hall"}
    template = templates.event_reminder({"es": words, "en": words})
    line.plans(psid=psid, author="system", purpose="reminder", template=template)
    line.delivers()
    heard = messenger.messages(psid)[-1]["text"]
    assert heard.startswith("Here is your reminder: ")
    assert line.states(psid)[-1] == "sent"
    # Agents read what the customer does, not what was planned.
    assert line.all("SELECT text FROM message ORDER BY id DESC")[0]["text"] == heard


def test_of_a_template_that_nobody_may_have_got_the_same_words_are_kept(floor):
    abilities = {"templates": {"event_reminder": {"en": "APPROVED"}}}
    floor.write(lambda c: pages.able(c, PAGE, abilities))
    floor.graph.next = [SendError("timed out", Fate.UNKNOWN)]
    floor.clock.advance(hours=25)
    words = {"event": "Fair", "date": "today", "time": "19:30", "venue": "Hall"}
    template = templates.event_reminder({"en": words})
    floor.plans(author="system", purpose="reminder", template=template)
    floor.delivers()
    kept = floor.all("SELECT text FROM message ORDER BY id DESC")[0]["text"]
    assert kept.startswith("Here is your reminder: Fair is on today at 19:30")


def test_a_reminder_that_an_earlier_version_planned_goes_out_in_english(floor):
    floor.run("""UPDATE page SET abilities = '{"templates": {"t": "APPROVED"}}'""")
    floor.clock.advance(hours=25)
    old = {"name": "t", **ENGLISH}
    floor.plans(author="system", purpose="reminder", template=old)
    floor.delivers()
    (body,) = floor.graph.taken
    assert body["message"]["template"] == old


@pytest.mark.parametrize("purpose", ["reminder", "update"])
def test_who_writes_while_something_waits_for_its_template_is_answered(floor, purpose):
    floor.says("hello")
    floor.clock.advance(hours=25)
    floor.plans("soon", author="system", purpose=purpose, template=TEMPLATE)
    floor.delivers()
    (answer,) = floor.says("hello again")
    assert answer not in ("hello", "soon")
    floor.leases_end()
    floor.delivers()
    assert floor.graph.texts[-1] == "soon"  # the window is open: no template is needed


def test_what_is_unasked_keeps_its_order_while_it_waits(floor):
    floor.clock.advance(hours=25)
    floor.plans("first", author="system", purpose="update", template=TEMPLATE)
    floor.plans("second", author="system", purpose="update", template=TEMPLATE)
    floor.delivers()
    floor.says("hello")
    assert floor.graph.texts[-1] not in ("first", "second")
    floor.leases_end()
    floor.delivers()
    assert floor.graph.texts[-2:] == ["first", "second"]


def test_news_that_was_planned_before_the_quiet_hours_waits_for_their_end(floor):
    floor.says("hello")
    quiet = Quiet((time(11), time(13)), "Europe/London")
    about = (floor.database, floor.graph, floor.seal, SECRET, floor.clock)
    floor.sender = Sender(*about, quiet=quiet)
    floor.plans("news", author="system", purpose="update")
    floor.plans("a reminder", author="system", purpose="reminder")
    floor.delivers()
    assert floor.graph.texts[-1] == "a reminder"  # has its own promised time
    query = "SELECT reason FROM outgoing_message WHERE purpose = 'update'"
    assert "quiet hours" in floor.one(query)
    floor.says("are you there?")
    assert "news" not in floor.graph.texts
    floor.clock.advance(hours=1)
    floor.leases_end()
    floor.delivers()
    assert floor.graph.texts[-1] == "news"


def test_an_agents_reply_that_is_late_goes_out_as_a_persons(floor):
    floor.run("""UPDATE page SET abilities = '{"human_agent": true}'""")
    floor.graph.next = [LATE]
    floor.plans(author="agent")
    floor.delivers()
    (body,) = floor.graph.taken
    assert (body["messaging_type"], body["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


def test_what_may_not_go_out_late_is_tried_once_and_the_next_not_at_all(floor):
    floor.graph.next = [LATE]
    floor.plans()
    floor.plans("again")
    floor.delivers()
    assert (floor.graph.taken, floor.states()) == ([], ["failed", "refused"])
    assert "outside of window" in reason(floor)


def test_a_template_that_messenger_calls_late_is_not_tried_for_ever(floor):
    approves(floor)
    floor.graph.next = [LATE, LATE]
    floor.plans(author="system", purpose="reminder", template=TEMPLATE)
    floor.delivers()
    assert (floor.graph.taken, floor.states()) == ([], ["failed"])


def test_a_customer_who_writes_again_opens_the_window(floor):
    floor.graph.next = [LATE]
    floor.plans()
    floor.delivers()
    floor.hears("still there?")
    floor.answers()
    floor.delivers()
    assert len(floor.graph.taken) == 1


def test_a_token_that_cannot_be_opened_means_not_sent(floor):
    floor.run("UPDATE page SET token = :junk", junk=b"junk")
    floor.plans(send_class="park")
    floor.delivers()
    assert floor.states() == ["pending"]
    assert "SECRET_KEY" in reason(floor)


def test_what_breaks_before_the_call_means_not_sent(floor):
    floor.run("UPDATE page SET abilities = '[]'")
    floor.plans(send_class="park")
    floor.delivers()
    assert floor.states() == ["pending"]


def test_two_senders_of_two_processes_send_each_message_once(floor):
    other = Floor(floor.database, graph=floor.graph)
    other.clock = floor.clock
    for number in range(10):
        floor.plans(str(number))
    with ThreadPoolExecutor(2) as pool:
        for one in (floor, other) * 5:
            pool.submit(one.sender.deliver, floor.conversation())
    floor.delivers()
    assert floor.graph.texts == [str(number) for number in range(10)]


def test_somebody_takes_over_between_two_parts(floor):
    def taken_over(body):
        floor.takes_over()
        return "m_1"

    floor.graph.next = [taken_over]
    floor.plans("one")
    floor.plans("two")
    floor.delivers()
    assert floor.graph.texts == ["one"]
    assert floor.states() == ["sent", "cancelled"]


def test_somebody_takes_over_while_the_sender_waits_for_its_turn(floor):
    class Slow(Seal):
        def open(self, sealed):
            floor.takes_over()
            return super().open(sealed)

    floor.seal = Slow("of the tests")
    floor.sender = floor.new_sender()
    floor.plans("an answer")
    floor.delivers()
    assert floor.graph.taken == []
    assert floor.states() == ["cancelled"]


def test_an_echo_tells_what_became_of_it_while_the_sender_waits_for_its_turn(floor):
    """A repeat that began, since nobody knew, is not sent any more."""

    class Slow(Seal):
        def open(self, sealed):
            row = floor.one("SELECT id FROM outgoing_message")
            one = Taken(id=row, mid="m_1", at=floor.clock())
            floor.write(lambda c: taken.settle(c, [one]))
            return super().open(sealed)

    floor.seal = Slow("of the tests")
    floor.sender = floor.new_sender()
    floor.plans("an answer")
    floor.delivers()
    assert floor.graph.taken == []
    assert floor.states() == ["sent"]


@pytest.mark.slow
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # there writers wait in line
def test_an_answer_is_noted_even_if_the_database_is_locked_for_a_while(floor, url):
    """Else what Messenger took would be sent again when the lease ends."""
    held, release = threading.Event(), threading.Event()

    def hold():
        database = SqliteDatabase(url)

        def job(connection):
            connection.execute(text("UPDATE page SET name = 'x'"))
            held.set()
            release.wait(30)

        database.write(job)
        database.close()

    holder = threading.Thread(target=hold)

    def locked_meanwhile(body):
        holder.start()
        held.wait(10)
        threading.Timer(7, release.set).start()
        return "m_1"

    floor.graph.next = [locked_meanwhile]
    floor.plans()
    floor.delivers()
    holder.join()
    assert floor.states() == ["sent"]


def test_the_newest_first_of_two_pages_does_not_matter_to_the_other(floor):
    floor.run(
        "INSERT INTO page (page_id, token, abilities, created_at)"
        " VALUES ('9', :token, '{}', '2026-01-01 00:00:00+00')",
        token=floor.seal.close("EAAother"),
    )
    floor.receives(
        {
            "sender": {"id": "77"},
            "recipient": {"id": "9"},
            "timestamp": int(NOW.timestamp() * 1000),
            "message": {"mid": "m_other", "text": "hello"},
        },
        page="9",
    )
    floor.graph.next = [SendError("190", Fate.PARK)]
    floor.plans()
    floor.delivers()
    floor.plans(psid="77")
    floor.delivers()
    assert floor.states("77") == ["sent"]
    assert floor.one("SELECT parked_until FROM page WHERE page_id = '9'") is None
    assert floor.one("SELECT parked_until FROM page WHERE page_id = :p", p=PAGE)
