"""Resolved, snoozed, urgent: what an agent puts by, and what comes back."""

import html
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import aside, changeover, handoff
from bot.inbox import moments
from bot.store.models import (
    Conversation,
    OutgoingMessage,
    OutgoingState,
    Status,
    Timer,
    TimerState,
)
from bot.sweep import Duties, Sweep
from tests.bot.visiting import change, converse, owes, row, rows, says, visitor, words

LONDON = ZoneInfo("Europe/London")


def held(parts, conversation):
    return row(parts, Conversation, id=conversation)


def sweep_at(parts, now):
    duties = Duties(
        lambda _: None,
        lambda _: None,
        {
            "snooze": lambda c, timer: aside.come_back(c, timer, now),
            "see_again": lambda c, timer: aside.see_again(c, timer, now),
            "resume": lambda c, timer: None,
            "unanswered": lambda c, timer: None,
        },
    )
    Sweep(parts.database, lambda: now, duties).sweep()


def test_who_resolves_gives_it_back_and_finds_it_resolved(parts, agent, mine, listed):
    answer = agent.post(f"/inbox/{mine}/resolve?view=mine")
    found = held(parts, mine)
    assert (found.status, found.assignee_id) == (Status.BOT, None)
    assert found.resolved_at is not None
    assert "Resolved. The assistant answers" in agent.words(answer.location)
    assert listed(agent, "resolved") == [f"Customer {mine}"]
    assert listed(agent, "mine") == listed(agent, "assistant") == []


def test_a_resolve_is_undone_beside_the_list_by_whom_it_was(
    parts, agent, ben, mine, listed
):
    answer = agent.post(f"/inbox/{mine}/resolve?view=mine")
    assert f'action="/inbox/{mine}/reopen' in agent.page(answer.location)
    assert f'action="/inbox/{mine}/reopen' not in ben.page(answer.location)
    news = re.search(r'hx-get="([^"]+news[^"]+)"', agent.page(answer.location))[1]
    changed = re.sub(r"after=[^&]*", "after=", html.unescape(news))
    assert f'action="/inbox/{mine}/reopen' in agent.page(changed)
    undone = agent.post(f"/inbox/{mine}/reopen")
    assert "You took back that this is resolved" in agent.words(undone.location)
    assert held(parts, mine).assignee_id == agent.staff_id
    assert listed(agent, "resolved") == []
    assert "/reopen" not in agent.page(answer.location)


def test_what_the_customer_wrote_after_is_not_taken_from_the_assistant(
    parts, agent, mine
):
    answer = agent.post(f"/inbox/{mine}/resolve?view=mine")
    says(parts, mine, "one more thing")
    assert "/reopen" not in agent.page(answer.location)
    undone = agent.post(f"/inbox/{mine}/reopen")
    assert "Nothing was changed" in agent.words(undone.location)
    assert held(parts, mine).status is Status.BOT


def test_the_thread_says_who_resolved_it_for_good(parts, agent, ben, mine):
    agent.post(f"/inbox/{mine}/resolve")
    says(parts, mine, "thank you")
    assert "You resolved this" in agent.words(f"/inbox/{mine}")
    assert "Ada resolved this" in ben.words(f"/inbox/{mine}")


def test_the_next_word_of_the_customer_ends_the_resolution(parts, agent, mine, listed):
    agent.post(f"/inbox/{mine}/resolve")
    says(parts, mine, "one more thing")
    assert held(parts, mine).resolved_at is None
    assert listed(agent, "resolved") == []
    assert listed(agent, "assistant") == [f"Customer {mine}"]


def test_what_was_resolved_the_assistant_answers_again(floor):
    floor.says("hello")
    floor.takes_over()
    number, who = floor.conversation(), floor.staff()
    from_bot = "SELECT resolved_at FROM conversation"
    floor.write(lambda c: handoff.resolve(c, number, who, floor.clock()))
    assert floor.one(from_bot) is not None
    assert floor.says("hello again", at=floor.clock() + timedelta(seconds=1)) != []
    assert floor.one(from_bot) is None


def test_nobody_resolves_what_a_colleague_holds(parts, agent, ben, mine):
    answer = ben.post(f"/inbox/{mine}/resolve")
    assert "Nothing was changed" in ben.words(answer.location)
    assert held(parts, mine).assignee_id == agent.staff_id
    assert "resolved this" not in agent.words(f"/inbox/{mine}")


@pytest.fixture
def answered(parts):
    """A conversation that the assistant answers."""
    return converse(parts, "1002", "hello")


def resolve(who, conversation, page=None, **form):
    """Press the button as the page before somebody has it."""
    page = page or who.page(f"/inbox/{conversation}?view=assistant")
    forms = re.findall(r"<form[^>]*/resolve\?.*?</form>", page, re.DOTALL)
    assert forms
    assert len({re.search(r'name="epoch" value="(\d+)"', one)[1] for one in forms}) == 1
    epoch = re.search(r'name="epoch" value="(\d+)"', forms[0])[1]
    sent = {"epoch": epoch, **form}
    return who.post(f"/inbox/{conversation}/resolve?view=assistant", **sent)


def test_what_the_assistant_answers_is_resolved_and_stays_its(
    parts, agent, ben, answered, listed
):
    before = held(parts, answered)
    answer = resolve(agent, answered)
    found = held(parts, answered)
    assert found.resolved_at == parts.clock()
    assert found.revision > before.revision
    ours = ("status", "assignee_id", "epoch", "state", "status_at", "priority")
    assert [getattr(found, name) for name in ours] == [
        getattr(before, name) for name in ours
    ]
    assert "Resolved. The assistant answers" in agent.words(answer.location)
    assert listed(agent, "resolved") == [f"Customer {answered}"]
    assert listed(agent, "assistant") == []
    assert "Ada resolved this" in ben.words(f"/inbox/{answered}")


def test_what_is_resolved_or_a_colleagues_offers_no_resolve(agent, ben, answered, mine):
    resolve(agent, answered)
    for who, number in ((agent, answered), (ben, mine)):
        assert f"/{number}/resolve" not in who.page(f"/inbox/{number}")


def test_what_the_assistant_owes_still_goes_out(parts, agent, answered):
    owed = owes(parts, answered, "We open at nine.")
    resolve(agent, answered)
    assert row(parts, OutgoingMessage, id=owed).state is OutgoingState.PENDING
    assert row(parts, OutgoingMessage, id=owed).epoch == held(parts, answered).epoch


def test_a_word_of_the_customer_opens_it_for_the_assistant(
    parts, agent, answered, listed
):
    answer = resolve(agent, answered)
    says(parts, answered, "one more thing")
    assert listed(agent, "assistant") == [f"Customer {answered}"]
    assert "/reopen" not in agent.page(answer.location)
    undone = agent.post(f"/inbox/{answered}/reopen")
    assert "Nothing was changed" in agent.words(undone.location)


def test_to_undo_it_leaves_it_to_the_assistant(parts, agent, answered, listed):
    before = held(parts, answered)
    answer = resolve(agent, answered)
    assert f'action="/inbox/{answered}/reopen' in agent.page(answer.location)
    undone = agent.post(f"/inbox/{answered}/reopen")
    told = agent.words(undone.location)
    assert "It is open again. The assistant goes on answering." in told
    assert "You took back that this is resolved" in told
    found = held(parts, answered)
    assert (found.status, found.assignee_id) == (Status.BOT, None)
    assert (found.epoch, found.resolved_at) == (before.epoch, None)
    assert listed(agent, "assistant") == [f"Customer {answered}"]


def test_who_waits_for_a_person_by_then_is_not_resolved_unseen(
    parts, agent, waits, answered
):
    page = agent.page(f"/inbox/{answered}")
    assert waits("1002", "a person, please") == answered
    answer = resolve(agent, answered, page)
    assert "Nothing was changed" in agent.words(answer.location)
    found = held(parts, answered)
    assert (found.status, found.resolved_at) == (Status.WAITING, None)


def test_nor_does_a_page_of_ones_own_resolve_what_went_back_meanwhile(
    parts, agent, ben, mine
):
    ben.post(f"/inbox/{mine}/take-from", epoch=held(parts, mine).epoch)
    ben.post(f"/inbox/{mine}/give-back")
    answer = agent.post(f"/inbox/{mine}/resolve")
    assert "Nothing was changed" in agent.words(answer.location)
    assert held(parts, mine).resolved_at is None


def test_of_two_who_resolve_at_once_the_thread_names_one(parts, agent, ben, answered):
    page = agent.page(f"/inbox/{answered}")
    resolve(agent, answered, page)
    answer = resolve(ben, answered, page)
    assert "the conversation is resolved already" in ben.words(answer.location)
    assert "Ben resolved this" not in ben.words(f"/inbox/{answered}")


def test_a_snoozed_conversation_leaves_mine_and_stays_its_agents(
    parts, agent, mine, listed
):
    answer = agent.post(f"/inbox/{mine}/snooze?view=mine", until="hour")
    told = agent.page(answer.location)
    assert "Snoozed until 13:00 , or until the customer writes. Undo" in words(told)
    assert listed(agent, "mine") == []
    assert listed(agent, "snoozed") == [f"Customer {mine}"]
    assert held(parts, mine).assignee_id == agent.staff_id
    assert "You snoozed this until" in agent.words(f"/inbox/{mine}")


def test_a_snooze_is_undone_beside_the_list_also_after_news(agent, ben, mine, listed):
    answer = agent.post(f"/inbox/{mine}/snooze?view=mine", until="hour")
    page = agent.page(answer.location)
    assert f'action="/inbox/{mine}/wake' in page
    assert f'action="/inbox/{mine}/wake' not in ben.page(answer.location)
    ben.post("/inbox/here", acted="1")
    news = html.unescape(re.search(r'hx-get="([^"]+news[^"]+)"', page)[1])
    changed = re.sub(r"after=[^&]*", "after=", news)
    assert f'action="/inbox/{mine}/wake' in agent.page(changed)
    agent.post(f"/inbox/{mine}/wake")
    assert listed(agent, "mine") == [f"Customer {mine}"]
    assert "/wake" not in agent.page(answer.location)


def test_what_sleeps_says_until_when_and_is_woken_where_it_stands(agent, mine):
    assert f'action="/inbox/{mine}/wake' not in agent.page(f"/inbox/{mine}")
    agent.post(f"/inbox/{mine}/snooze", at="2026-11-25T09:00")
    told = agent.words(f"/inbox/{mine}")
    assert "Snoozed until tomorrow, 09:00 , or until the customer writes." in told
    assert "Wake it now" in told
    answer = agent.post(f"/inbox/{mine}/wake")
    assert "Wake it now" not in agent.words(answer.location)


def test_a_moment_of_ones_own_is_by_the_shops_clock_and_begins_tomorrow_at_nine(
    agent, mine
):
    page = agent.page(f"/inbox/{mine}")
    field = re.search(r'<input type="datetime-local"[^>]+>', page)[0]
    assert 'value="2026-11-25T09:00"' in field
    assert 'min="2026-11-24T12:00"' in field
    assert 'max="2027-11-25T12:00"' in field
    assert "By the shop's clock: Europe/London" in words(page)


def test_when_its_time_comes_it_is_back_unread_and_on_top(parts, agent, mine, listed):
    agent.post(f"/inbox/{mine}/snooze", until="hour")
    parts.clock.advance(seconds=1)
    other = converse(parts, "1002", "hello")
    agent.post(f"/inbox/{other}/take-over")
    agent.page(f"/inbox/{other}")
    sweep_at(parts, parts.clock() + timedelta(minutes=59))
    assert listed(agent, "mine") == [f"Customer {other}"]
    sweep_at(parts, parts.clock() + timedelta(minutes=61))
    assert listed(agent, "mine") == [f"Customer {n}" for n in (mine, other)]
    assert agent.page("/inbox/?view=mine").count('class="line unread"') == 1
    assert "The snooze is over" in agent.words(f"/inbox/{mine}")


def test_a_customer_who_writes_ends_the_snooze_at_once(parts, agent, mine, listed):
    agent.post(f"/inbox/{mine}/snooze", until="tomorrow")
    says(parts, mine, "still there?")
    assert listed(agent, "mine") == [f"Customer {mine}"]
    sweep_at(parts, parts.clock() + timedelta(days=3))
    assert "The snooze is over" not in agent.words(f"/inbox/{mine}")


def test_an_agent_ends_their_snooze_and_may_choose_another(parts, agent, mine, listed):
    agent.post(f"/inbox/{mine}/snooze", until="tomorrow")
    agent.post(f"/inbox/{mine}/wake")
    assert listed(agent, "mine") == [f"Customer {mine}"]
    agent.post(f"/inbox/{mine}/snooze", until="tomorrow")
    agent.post(f"/inbox/{mine}/snooze", until="monday")
    due = [
        timer.due_at
        for timer in rows(parts, Timer)
        if timer.kind == changeover.SNOOZE and timer.state is TimerState.DUE
    ]
    assert due == [held(parts, mine).snoozed_until]


def test_no_moment_is_offered_twice():
    sunday = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
    names = [one.name for one in moments.offered(sunday, LONDON)]
    assert names == ["hour", "evening", "tomorrow"]
    # What a page of yesterday offers is still there.
    assert moments.chosen("monday", "", sunday, LONDON) == moments.chosen(
        "tomorrow", "", sunday, LONDON
    )
    before_evening = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)
    names = [one.name for one in moments.offered(before_evening, LONDON)]
    assert names == ["hour", "tomorrow", "monday"]


def test_a_moment_that_is_nearly_there_is_not_offered_any_more():
    near = datetime(2026, 11, 28, 17, 48, tzinfo=UTC)
    names = [one.name for one in moments.offered(near, LONDON)]
    assert names == ["hour", "tomorrow", "monday"]
    # Whose page is older may still choose it.
    assert moments.chosen("evening", "", near, LONDON) is not None


def test_what_changes_hands_sleeps_no_longer(app, parts, agent, mine):
    agent.post(f"/inbox/{mine}/snooze", until="tomorrow")
    epoch = held(parts, mine).epoch
    visitor(app, "agent", "Ben").post(f"/inbox/{mine}/take-from", epoch=epoch)
    assert held(parts, mine).snoozed_until is None


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"until": "never"},
        {"at": "yesterday"},
        {"at": "2020-01-01T10:00"},
        {"at": "2199-01-01T10:00"},
    ],
)
def test_an_odd_moment_snoozes_nothing_and_is_said(parts, agent, mine, form):
    answer = agent.post(f"/inbox/{mine}/snooze", **form)
    assert "Choose one within the next year" in agent.words(answer.location)
    assert held(parts, mine).snoozed_until is None


def test_nobody_snoozes_for_a_colleague(parts, ben, mine):
    ben.post(f"/inbox/{mine}/snooze", until="hour")
    assert held(parts, mine).snoozed_until is None


def test_what_waits_is_claimed_by_a_snooze(parts, agent, ben, waits, listed):
    asks = waits()
    assert "Claim and snooze" in agent.words(f"/inbox/{asks}")
    answer = agent.post(f"/inbox/{asks}/snooze?view=waiting", until="hour")
    found = held(parts, asks)
    assert (found.status, found.assignee_id) == (Status.AGENT, agent.staff_id)
    assert found.snoozed_until == parts.clock() + timedelta(hours=1)
    assert "Snoozed until 13:00" in agent.words(answer.location)
    assert listed(agent, "waiting") == []
    assert listed(agent, "snoozed") == [f"Customer {asks}"]
    told = ben.words(f"/inbox/{asks}")
    assert "Ada claimed this" in told
    assert "Ada snoozed this until" in told


def test_of_two_who_snooze_what_waits_one_has_it(parts, agent, ben, waits):
    asks = waits()
    agent.post(f"/inbox/{asks}/snooze", until="hour")
    answer = ben.post(f"/inbox/{asks}/snooze", until="tomorrow")
    assert "Nothing was changed" in ben.words(answer.location)
    found = held(parts, asks)
    assert found.assignee_id == agent.staff_id
    assert found.snoozed_until == parts.clock() + timedelta(hours=1)


def put_by(who, conversation, page=None, until="hour"):
    """Press the button as the page before somebody has it."""
    page = page or who.page(f"/inbox/{conversation}?view=assistant")
    form = re.search(r"<form[^>]*/snooze\?.*?</form>", page, re.DOTALL)[0]
    epoch = re.search(r'name="epoch" value="(\d+)"', form)[1]
    return who.post(
        f"/inbox/{conversation}/snooze?view=assistant", epoch=epoch, until=until
    )


def test_what_the_assistant_answers_is_put_by_and_stays_its(
    parts, agent, ben, answered, listed
):
    before = held(parts, answered)
    owed = owes(parts, answered, "We open at nine.")
    answer = put_by(agent, answered)
    found = held(parts, answered)
    ours = ("status", "assignee_id", "epoch", "state", "status_at", "snoozed_until")
    assert [getattr(found, name) for name in ours] == [
        getattr(before, name) for name in ours
    ]
    assert row(parts, OutgoingMessage, id=owed).state is OutgoingState.PENDING
    assert "With the assistant until 13:00 ; then it comes back to you" in agent.words(
        answer.location
    )
    assert listed(agent, "snoozed") == [f"Customer {answered}"]
    assert "Until 13:00" in agent.words("/inbox/?view=snoozed")
    assert listed(agent, "assistant") == [f"Customer {answered}"]
    assert listed(ben, "snoozed") == []
    assert "Ada snoozed this until" in ben.words(f"/inbox/{answered}")
    assert "then it comes back to you" not in ben.words(f"/inbox/{answered}")


def test_a_word_of_the_customer_leaves_it_with_the_assistant(
    parts, agent, answered, listed
):
    put_by(agent, answered)
    says(parts, answered, "one more thing")
    assert held(parts, answered).status is Status.BOT
    assert listed(agent, "snoozed") == [f"Customer {answered}"]


def test_at_its_time_it_is_before_whoever_put_it_by(parts, agent, answered, listed):
    put_by(agent, answered)
    sweep_at(parts, parts.clock() + timedelta(minutes=59))
    assert held(parts, answered).status is Status.BOT
    sweep_at(parts, parts.clock() + timedelta(minutes=61))
    found = held(parts, answered)
    assert (found.status, found.assignee_id) == (Status.AGENT, agent.staff_id)
    assert listed(agent, "mine") == [f"Customer {answered}"]
    assert agent.page("/inbox/?view=mine").count('class="line unread"') == 1
    assert listed(agent, "snoozed") == []
    assert "The snooze is over" in agent.words(f"/inbox/{answered}")
    sweep_at(parts, parts.clock() + timedelta(days=1))
    assert agent.words(f"/inbox/{answered}").count("The snooze is over") == 1


def test_it_does_not_break_into_a_talk_with_the_assistant(parts, agent, answered):
    put_by(agent, answered)
    due = parts.clock() + timedelta(minutes=60)
    change(parts, answered, last_heard_at=due - timedelta(minutes=2))
    sweep_at(parts, due)
    assert held(parts, answered).status is Status.BOT
    sweep_at(parts, due + timedelta(minutes=3))
    assert held(parts, answered).assignee_id == agent.staff_id


def test_who_waits_for_a_person_by_then_waits_on(parts, agent, waits, answered):
    put_by(agent, answered)
    assert waits("1002", "a person, please") == answered
    before = held(parts, answered)
    sweep_at(parts, parts.clock() + timedelta(minutes=61))
    found = held(parts, answered)
    assert (found.status, found.waiting_since) == (
        Status.WAITING,
        before.waiting_since,
    )
    assert "The snooze is over" in agent.words(f"/inbox/{answered}")


def test_what_a_colleague_has_by_then_stays_theirs(parts, agent, ben, answered):
    put_by(agent, answered)
    ben.post(f"/inbox/{answered}/take-over")
    sweep_at(parts, parts.clock() + timedelta(minutes=61))
    assert held(parts, answered).assignee_id == ben.staff_id


def test_it_is_called_off_where_it_stands_and_beside_the_list(
    parts, agent, answered, listed
):
    answer = put_by(agent, answered)
    assert f'action="/inbox/{answered}/wake' in agent.page(answer.location)
    told = agent.words(f"/inbox/{answered}")
    assert "With the assistant until 13:00 ; then it comes back to you" in told
    undone = agent.post(f"/inbox/{answered}/wake")
    assert "It does not come back to you any more" in agent.words(undone.location)
    assert listed(agent, "snoozed") == []
    sweep_at(parts, parts.clock() + timedelta(minutes=61))
    assert held(parts, answered).status is Status.BOT


def test_another_moment_stands_in_the_place_of_the_first(parts, agent, answered):
    put_by(agent, answered)
    agent.post(f"/inbox/{answered}/wake")
    put_by(agent, answered, until="tomorrow")
    sweep_at(parts, parts.clock() + timedelta(minutes=61))
    assert held(parts, answered).status is Status.BOT
    sweep_at(parts, parts.clock() + timedelta(days=2))
    assert held(parts, answered).assignee_id == agent.staff_id


def test_each_has_their_own_snooze_of_the_assistants(
    parts, agent, ben, answered, listed
):
    put_by(agent, answered, until="tomorrow")
    put_by(ben, answered)
    assert listed(agent, "snoozed") == listed(ben, "snoozed")
    sweep_at(parts, parts.clock() + timedelta(minutes=61))
    assert held(parts, answered).assignee_id == ben.staff_id


def test_a_page_that_is_old_puts_by_nothing(parts, agent, waits, answered):
    page = agent.page(f"/inbox/{answered}")
    assert waits("1002", "a person, please") == answered
    answer = put_by(agent, answered, page)
    assert "Nothing was changed" in agent.words(answer.location)
    assert held(parts, answered).status is Status.WAITING


def test_a_chosen_time_is_the_shops():
    now = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    wanted = moments.chosen("", "2026-07-02T09:30", now, LONDON)
    assert wanted == datetime(2026, 7, 2, 8, 30, tzinfo=UTC)


def test_moments_that_are_past_are_not_offered():
    monday_evening = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    offered = {m.name: m.at for m in moments.offered(monday_evening, LONDON)}
    assert list(offered) == ["hour", "tomorrow", "monday"]
    assert offered["monday"] == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def test_the_urgent_stand_above_the_high_above_the_rest(parts, agent, waits, listed):
    found = [waits(str(n)) for n in range(4)]
    agent.post(f"/inbox/{found[2]}/priority", level=1)
    agent.post(f"/inbox/{found[3]}/priority", level=2)
    order = [found[3], found[2], found[0], found[1]]
    assert listed(agent, "waiting") == [f"Customer {n}" for n in order]
    change(parts, found[1], overdue_at=parts.clock())
    assert listed(agent, "waiting")[0] == f"Customer {found[1]}"
    for one in found:
        agent.post(f"/inbox/{one}/claim")
    assert listed(agent, "mine")[:2] == [f"Customer {n}" for n in order[:2]]
    assert "Urgent" in agent.words("/inbox/?view=mine")


def test_the_thread_says_who_set_the_priority_once(agent, ben, mine):
    for _ in range(2):
        ben.post(f"/inbox/{mine}/priority", level=2)
    told = agent.words(f"/inbox/{mine}")
    assert told.count("Ben set the priority to urgent") == 1


def test_a_priority_that_is_none_of_ours_is_refused(agent, mine):
    assert agent.post(f"/inbox/{mine}/priority", level=7).status_code == 400
    assert agent.post(f"/inbox/{mine}/priority").status_code == 400


@pytest.mark.parametrize("act", ["resolve", "snooze", "wake", "priority"])
def test_who_may_only_look_puts_nothing_by(app, mine, act):
    viewer = visitor(app, "viewer")
    assert viewer.post(f"/inbox/{mine}/{act}").status_code == 403
    assert viewer.post(f"/inbox/4711/{act}").status_code == 403
    agent = visitor(app, "agent")
    answer = agent.post(f"/inbox/4711/{act}", until="hour", level=1)
    assert answer.status_code == 404
    assert "There is nothing here" in words(answer.text)
