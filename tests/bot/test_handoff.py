"""Who answers: the assistant, nobody yet, or a person; and never two."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from bot import handoff, waiting
from bot.store.models import Conversation
from tests.dialogue import RESPONSES
from tests.floor import NOW, PSID, WITHIN, echo, message

OTHER_APP = 263902037430900  # the Page Inbox
RACERS = 6


class Desk:
    """A Frontdesk with one customer, and a clock that is swept by."""

    def __init__(self, floor):
        self.floor = floor
        floor.says("hello")
        floor.graph.taken.clear()

    @property
    def now(self):
        return self.floor.clock()

    def change(self, how, *about, **more):
        number = self.floor.conversation()
        return self.floor.write(lambda c: how(c, number, *about, **more))

    def requests(self):
        return self.change(
            handoff.request, self.now, reason="wish", summary="", answer_within=WITHIN
        )

    def claims(self, who="tina@example.com"):
        return self.change(handoff.claim, self.floor.staff(who), self.now)

    def releases(self):
        return self.change(handoff.release, self.now)

    def at(self, moment):
        """Let it be this late; return what the customer is told by then."""
        self.floor.clock.now = moment
        before = len(self.floor.graph.taken)
        self.floor.new_sweep(
            unanswered=lambda c, t: waiting.tell(c, t, RESPONSES, self.now),
            resume=lambda c, t: waiting.resume(c, t, self.now),
        ).sweep()
        self.floor.delivers()
        return self.floor.graph.texts[before:]

    def is_(self, *names):
        """What stands in these columns of the one conversation."""
        columns = [getattr(Conversation, name) for name in names]
        with self.floor.database.read() as connection:
            found = tuple(connection.execute(select(*columns)).one())
        return found[0] if len(names) == 1 else found

    def timers(self):
        rows = self.floor.all("SELECT kind, state FROM timer ORDER BY id")
        return [f"{row['kind']} {row['state']}" for row in rows]


@pytest.fixture
def desk(floor):
    return Desk(floor)


#: Where the tables do no more than elsewhere.
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


class TestWay:
    def test_it_goes_from_bot_to_waiting_to_agent_and_back(self, desk):
        assert desk.is_("status") == "bot"
        assert desk.requests()
        assert desk.is_("status", "handoff_reason") == ("waiting", "wish")
        assert desk.claims()
        assert desk.is_("status", "assignee_id") == ("agent", desk.floor.staff())
        assert desk.releases()
        assert desk.is_("status", "assignee_id", "handoff_reason") == (
            "bot",
            None,
            None,
        )

    def test_each_change_adds_one_to_the_epoch_and_a_refused_one_nothing(self, desk):
        epochs = [desk.is_("epoch")]
        for change in (desk.requests, desk.claims, desk.releases):
            assert change()
            epochs.append(desk.is_("epoch"))
            assert not change()
            assert desk.is_("epoch") == epochs[-1]
        assert epochs == [0, 1, 2, 3]

    @on_sqlite
    def test_who_waits_is_asked_for_once(self, desk):
        assert desk.requests()
        assert not desk.requests()
        assert desk.timers() == ["unanswered due"]

    @on_sqlite
    def test_what_the_bot_has_cannot_be_claimed_but_taken_over(self, desk):
        assert not desk.claims()
        assert desk.floor.takes_over()
        assert desk.is_("status") == "agent"

    @on_sqlite
    def test_what_somebody_has_nobody_else_gets(self, desk):
        desk.requests()
        desk.claims()
        other = desk.floor.staff("omar@example.com")
        assert not desk.claims("omar@example.com")
        assert not desk.floor.takes_over(staff_id=other)
        assert desk.is_("assignee_id") == desk.floor.staff()

    @on_sqlite
    def test_a_customer_asks_for_a_person_and_is_told_so_once(self, desk):
        assert len(desk.floor.says("i want a person")) == 1
        assert desk.is_("status") == "waiting"
        assert desk.floor.says("hello?") == []
        assert desk.floor.outcomes()[-1] == "left_to_person"


class TestWithdrawal:
    """Who waits for a person can do without, as long as nobody has come."""

    def test_never_mind_lets_the_assistant_answer_again(self, desk):
        desk.floor.says("i want a person")
        (told,) = desk.floor.says("never mind")
        assert told.startswith("All right")
        assert desk.is_("status", "waiting_since") == ("bot", None)
        assert desk.timers() == ["unanswered cancelled"]
        assert desk.floor.says("when are you open?")

    def test_the_notice_offers_it(self, desk):
        desk.floor.says("i want a person")
        (body,) = desk.floor.graph.taken
        (choice,) = body["message"]["quick_replies"]
        assert choice["title"] == "Never mind"
        desk.floor.receives(message("Never mind", tapped=choice["payload"]))
        desk.floor.answers()
        assert desk.is_("status") == "bot"

    @on_sqlite
    def test_a_person_who_has_come_is_not_sent_away(self, desk):
        desk.floor.says("i want a person")
        desk.claims()
        assert desk.floor.says("never mind") == []
        assert desk.is_("status") == "agent"

    def test_whoever_claims_while_it_is_read_keeps_the_conversation(self, desk):
        desk.floor.says("i want a person")
        model = desk.floor.understanding.assistant.model
        model.known["no need any more"] = {"cancel": 0.97}
        run = model.classify

        def slow(*about):
            desk.claims()
            return run(*about)

        model.classify = slow
        assert desk.floor.says("no need any more") == []
        assert desk.is_("status") == "agent"


class TestStop:
    """To be left alone is heard whoever answers."""

    def test_while_nobody_has_come_it_is_confirmed_and_the_call_stands(self, desk):
        desk.floor.says("i want a person")
        (told,) = desk.floor.says("stop writing to me")
        assert told.startswith("Understood")
        assert desk.is_("status") == "waiting"
        assert desk.floor.one("SELECT opted_out_at FROM customer") is not None

    def test_beside_a_person_it_is_kept_without_a_word(self, desk):
        desk.floor.takes_over()
        assert desk.floor.says("stop writing to me") == []
        assert desk.floor.one("SELECT opted_out_at FROM customer") is not None


@pytest.mark.parametrize("waits", [True, False], ids=["claim", "take over"])
def test_of_many_who_try_at_once_one_wins(desk, waits):
    if waits:
        desk.requests()
    staff = [desk.floor.staff(f"{n}@example.com") for n in range(RACERS)]
    number, how = desk.floor.conversation(), handoff.take_over
    how = handoff.claim if waits else how
    together = Barrier(RACERS, timeout=20)

    def tries(who):
        together.wait()
        return desk.floor.write(lambda c: how(c, number, who, NOW))

    with ThreadPoolExecutor(RACERS) as pool:
        won = list(pool.map(tries, staff))
    assert sum(won) == 1
    assert desk.is_("assignee_id") == staff[won.index(True)]
    assert desk.is_("epoch") == 1 + waits


def test_of_many_who_mark_it_resolved_at_once_one_does(desk):
    staff = [desk.floor.staff(f"{n}@example.com") for n in range(RACERS)]
    together = Barrier(RACERS, timeout=20)

    def tries(who):
        together.wait()
        return desk.floor.resolves(staff_id=who)

    with ThreadPoolExecutor(RACERS) as pool:
        done = list(pool.map(tries, staff))
    assert sum(done) == 1
    assert desk.is_("status", "assignee_id", "epoch") == ("bot", None, 0)
    acts = desk.floor.all("SELECT staff_id, kind FROM conversation_act")
    assert [tuple(act.values()) for act in acts] == [
        (staff[done.index(True)], "resolved")
    ]


class TestEpoch:
    def test_what_the_bot_was_about_to_say_is_dropped(self, desk):
        desk.floor.plans("first")
        desk.floor.plans("second", author="system")
        desk.floor.takes_over()
        assert desk.floor.states()[-2:] == ["cancelled"] * 2
        desk.floor.delivers()
        assert desk.floor.graph.taken == []

    def test_so_is_what_was_planned_before_a_person_came_and_went(self, desk):
        desk.floor.plans("stale")
        desk.requests()
        desk.claims()
        desk.releases()
        desk.floor.delivers()
        assert desk.floor.graph.taken == []

    @on_sqlite
    def test_a_change_of_who_answers_is_enough_to_drop_it(self, desk):
        desk.floor.plans("stale")
        desk.floor.run("UPDATE conversation SET epoch = epoch + 1")
        desk.floor.delivers()
        assert (desk.floor.graph.taken, desk.floor.states()[-1]) == ([], "cancelled")

    @on_sqlite
    def test_what_a_person_wrote_goes_out_all_the_same(self, desk):
        desk.floor.takes_over()
        desk.floor.plans("I'm here", author="agent", send_class="park")
        desk.releases()
        desk.floor.delivers()
        assert desk.floor.graph.texts == ["I'm here"]

    def test_a_turn_that_was_thought_while_a_person_took_over_says_nothing(self, desk):
        """The take-over is committed between the look and the settlement."""
        run = desk.floor.understanding.assistant.model.classify

        def slow(*about):
            desk.floor.takes_over()
            return run(*about)

        desk.floor.understanding.assistant.model.classify = slow
        assert desk.floor.says("when are you open?") == []
        assert desk.floor.outcomes()[-1] == "left_to_person"


class TestEcho:
    def test_an_answer_in_another_app_is_a_take_over(self, desk):
        desk.floor.plans("stale")
        desk.floor.receives(echo("I'm Tina", app_id=OTHER_APP, at=desk.now))
        assert desk.is_("status", "assignee_id") == ("agent", None)
        desk.floor.delivers()
        assert desk.floor.graph.taken == []
        assert desk.floor.thread()[-1] == ("elsewhere", "I'm Tina")
        assert desk.floor.says("thanks") == []

    def test_it_ends_waiting_as_well(self, desk):
        desk.requests()
        desk.floor.clock.advance(minutes=1)
        desk.floor.receives(echo("I'm Tina", app_id=OTHER_APP, at=desk.now))
        assert desk.is_("status") == "agent"
        assert desk.timers()[0] == "unanswered cancelled"

    @on_sqlite
    def test_one_without_an_app_is_somebody_elses(self, desk):
        desk.floor.receives(echo("I'm Tina", at=desk.now))
        assert desk.is_("status") == "agent"

    def test_an_echo_of_our_own_is_none(self, desk):
        desk.floor.plans("hello again")
        desk.floor.delivers()
        sent = desk.floor.graph.taken[-1]["message"]["metadata"]
        about = {"metadata": sent, "app_id": 1517776481860111, "at": desk.now}
        desk.floor.receives(echo("hello again", **about))
        assert desk.is_("status", "epoch") == ("bot", 0)

    @on_sqlite
    def test_nor_is_one_of_our_app_without_our_mark(self, desk):
        desk.floor.receives(echo("a template", app_id="1517776481860111", at=desk.now))
        assert desk.is_("status") == "bot"

    def test_one_older_than_the_last_change_changes_nothing(self, desk):
        early = desk.now
        desk.floor.clock.advance(minutes=5)
        desk.floor.takes_over()
        desk.floor.clock.advance(minutes=5)
        desk.releases()
        desk.floor.receives(echo("I'm Tina", app_id=OTHER_APP, at=early))
        assert desk.is_("status", "epoch") == ("bot", 2)
        assert ("elsewhere", "I'm Tina") in desk.floor.thread()

    def test_who_has_it_keeps_it(self, desk):
        desk.floor.takes_over()
        desk.floor.clock.advance(minutes=1)
        desk.floor.receives(echo("also me", app_id=OTHER_APP, at=desk.now))
        assert desk.is_("assignee_id", "epoch") == (desk.floor.staff(), 1)
        assert desk.timers() == ["resume due"]

    @on_sqlite
    def test_an_echo_that_comes_twice_counts_once(self, desk):
        again = echo("I'm Tina", app_id=OTHER_APP, at=desk.now)
        desk.floor.receives(again)
        desk.releases()
        desk.floor.receives(again)
        assert desk.is_("status") == "bot"


class TestResume:
    @pytest.fixture(autouse=True)
    def answered_elsewhere(self, desk):
        desk.floor.receives(echo("I'm Tina", app_id=OTHER_APP, at=desk.now))

    def test_after_twelve_hours_the_assistant_answers_again(self, desk):
        desk.at(NOW + timedelta(hours=12) - timedelta(seconds=1))
        assert desk.is_("status") == "agent"
        desk.at(NOW + timedelta(hours=12))
        assert desk.is_("status", "epoch") == ("bot", 2)
        assert desk.floor.says("when are you open?") != []

    def test_it_counts_from_their_last_word(self, desk):
        desk.at(NOW + timedelta(hours=11))
        desk.floor.receives(echo("and so on", app_id=OTHER_APP, at=desk.now))
        desk.at(NOW + timedelta(hours=13))
        assert desk.is_("status") == "agent"
        desk.at(NOW + timedelta(hours=23))
        assert desk.is_("status") == "bot"

    def test_one_of_us_who_has_it_by_then_has_as_long(self, desk):
        desk.floor.clock.advance(hours=1)
        desk.floor.takes_over()
        desk.at(NOW + timedelta(hours=12))
        assert desk.is_("status", "assignee_id") == ("agent", desk.floor.staff())
        desk.at(NOW + timedelta(hours=13))
        assert desk.is_("status") == "bot"

    @on_sqlite
    def test_giving_it_back_by_hand_ends_the_wait(self, desk):
        desk.releases()
        assert desk.timers() == ["resume cancelled"]


class TestNobodyAnswers:
    @pytest.fixture(autouse=True)
    def waits(self, desk):
        desk.requests()

    def test_the_customer_is_told_once(self, desk):
        assert desk.at(NOW + WITHIN - timedelta(seconds=1)) == []
        assert len(desk.at(NOW + WITHIN)) == 1
        assert desk.at(NOW + WITHIN) == desk.at(NOW + 3 * WITHIN) == []

    def test_the_conversation_is_overdue_and_still_waits(self, desk):
        assert desk.is_("overdue_at") is None
        desk.at(NOW + WITHIN)
        overdue = desk.is_("overdue_at")
        assert overdue is not None
        assert desk.is_("status") == "waiting"
        desk.at(NOW + timedelta(days=1))
        assert desk.is_("overdue_at") == overdue

    @on_sqlite
    def test_a_person_who_comes_ends_it(self, desk):
        desk.at(NOW + WITHIN)
        desk.claims()
        assert desk.is_("overdue_at", "waiting_since") == (None, None)

    def test_a_person_who_came_in_time_means_no_word(self, desk):
        desk.claims()
        assert desk.timers() == ["unanswered cancelled", "resume due"]
        assert desk.at(NOW + WITHIN) == []

    def test_giving_it_back_ends_the_wait(self, desk):
        desk.releases()
        assert desk.timers() == ["unanswered cancelled"]
        assert desk.at(NOW + WITHIN) == []

    @on_sqlite
    def test_who_asks_again_later_waits_anew(self, desk):
        desk.at(NOW + WITHIN)
        desk.releases()
        desk.requests()
        assert len(desk.at(NOW + 2 * WITHIN)) == 1

    @on_sqlite
    def test_the_customer_is_told_in_the_words_of_the_responses(self, desk):
        (told,) = desk.at(NOW + WITHIN)
        assert told in {
            variation.said["text"]
            for variation in RESPONSES.by_name["utter_nobody_yet"]
        }
        assert desk.floor.graph.taken[-1]["recipient"] == {"id": PSID}
