"""Assigned, transferred, put back: it is somebody else's, and one wins."""

import pytest

from bot.store.models import Conversation, Status, Timer, TimerState
from bot.store.teamwork import Note
from tests.bot.inbox.test_answering import together
from tests.bot.visiting import converse, row, rows, visitor, words


def state(parts, conversation):
    found = row(parts, Conversation, id=conversation)
    return found.status, found.assignee_id


def epoch(parts, conversation):
    return row(parts, Conversation, id=conversation).epoch


def assign(who, parts, conversation, to, **form):
    form.setdefault("epoch", epoch(parts, conversation))
    return who.post(f"/inbox/{conversation}/assign?view=mine", to=to, **form)


def test_what_waits_is_given_to_a_colleague_who_finds_it_unread(
    parts, agent, ben, waits, listed
):
    conversation = waits()
    ben.page(f"/inbox/{conversation}")
    answer = assign(agent, parts, conversation, ben.staff_id)
    assert "Ben has it now" in agent.words(answer.location)
    assert state(parts, conversation) == (Status.AGENT, ben.staff_id)
    assert listed(ben, "mine") == [f"Customer {conversation}"]
    assert 'class="line unread"' in ben.page("/inbox/?view=mine")
    assert "Ada assigned this to you" in ben.words(f"/inbox/{conversation}")
    assert "You assigned this to Ben" in agent.words(f"/inbox/{conversation}")


def test_what_was_given_to_somebody_is_counted_and_said_until_they_open_it(
    parts, agent, ben, mine
):
    said = f'data-announce="Ada assigned Customer {mine} to you"'
    assert "unread" not in ben.words("/inbox/").split("Assistant")[0]
    assign(agent, parts, mine, ben.staff_id)
    page = ben.page("/inbox/?view=assistant")
    assert "Mine 1 , 1 unread" in words(page)
    assert said in page
    assert said not in agent.page("/inbox/")
    assert ben.post("/inbox/here", beside="1").json == {
        "told": [f"Ada assigned Customer {mine} to you"],
        "where": "/inbox/?view=mine",
        "calls": 0,
    }
    opened = ben.page(f"/inbox/{mine}")
    assert 'data-announce="Ada assigned this to you"' in opened
    assert said not in opened + ben.page("/inbox/")
    assert "1 unread" not in ben.words("/inbox/")


def test_who_assigns_sees_who_is_here_and_hears_if_they_are_not(
    parts, agent, ben, mine, waits
):
    assert "Ben, not here" in agent.words(f"/inbox/{mine}")
    answer = assign(agent, parts, mine, ben.staff_id)
    assert "Ben has it now, and is not here" in agent.words(answer.location)
    ben.post("/inbox/here", acted="1")
    other = waits("1002")
    assert "Ben, here" in agent.words(f"/inbox/{other}")
    answer = assign(agent, parts, other, ben.staff_id)
    told = "Ben has it now. It is unread on their list."
    assert told in agent.words(answer.location)


def test_who_assigns_stays_with_it_and_hears_that_it_is_open_over_there(
    parts, agent, ben, mine
):
    ben.post("/inbox/here", acted="1", conversation=str(mine))
    answer = assign(agent, parts, mine, ben.staff_id)
    assert answer.location.startswith(f"/inbox/{mine}?view=mine")
    assert "Ben has it now, and has it open." in agent.words(answer.location)


def test_what_is_handed_on_stands_on_top(parts, agent, ben, mine, waits, listed):
    parts.clock.advance(seconds=1)
    other = waits("2")
    ben.post(f"/inbox/{other}/claim")
    assign(agent, parts, mine, ben.staff_id)
    assert listed(ben, "mine") == [f"Customer {n}" for n in (mine, other)]


def test_a_note_goes_along(parts, agent, ben, mine):
    assign(agent, parts, mine, ben.staff_id, note=" Wants a refund ")
    assert [n.text for n in rows(parts, Note)] == ["Wants a refund"]
    assert "Private note by Ada" in ben.words(f"/inbox/{mine}")


def test_put_back_it_waits_and_is_watched_again(parts, agent, mine, listed):
    answer = assign(agent, parts, mine, "queue")
    assert "waits in the queue again" in agent.words(answer.location)
    assert state(parts, mine) == (Status.WAITING, None)
    assert listed(agent, "waiting") == [f"Customer {mine}"]
    assert "You put this back into the queue" in agent.words(f"/inbox/{mine}")
    due = [t.kind for t in rows(parts, Timer) if t.state is TimerState.DUE]
    assert due == ["unanswered"]  # the first rung


def test_of_two_who_assign_at_once_one_wins(app, parts, agent, ben, waits):
    conversation = waits()
    before = epoch(parts, conversation)
    answers = together(
        lambda: assign(agent, parts, conversation, ben.staff_id, epoch=before),
        lambda: assign(ben, parts, conversation, agent.staff_id, epoch=before),
    )
    notes = sorted(answer.location.rsplit("note=")[1] for answer in answers)
    assert notes == ["assigned_absent", "stayed"]
    assert epoch(parts, conversation) == before + 1


def test_who_claimed_meanwhile_keeps_it(parts, agent, ben, waits):
    conversation = waits()
    before = epoch(parts, conversation)
    ben.post(f"/inbox/{conversation}/claim")
    assign(agent, parts, conversation, agent.staff_id, epoch=before)
    assert state(parts, conversation) == (Status.AGENT, ben.staff_id)


def test_what_the_assistant_answers_is_given_to_a_colleague_and_it_falls_silent(
    parts, agent, ben, listed
):
    conversation = converse(parts, "1001", "hello?")
    before = epoch(parts, conversation)
    assert f"/inbox/{conversation}/assign" in agent.page(f"/inbox/{conversation}")
    assign(agent, parts, conversation, ben.staff_id)
    assert state(parts, conversation) == (Status.AGENT, ben.staff_id)
    # What the assistant was about to say is of an earlier epoch, and dropped.
    assert epoch(parts, conversation) == before + 1
    assert listed(ben, "mine") == [f"Customer {conversation}"]


def test_what_the_assistant_answers_is_not_put_into_the_queue(parts, agent):
    conversation = converse(parts, "1001", "hello?")
    assert 'value="queue"' not in agent.page(f"/inbox/{conversation}")
    answer = assign(agent, parts, conversation, "queue")
    assert "note=stayed" in answer.location
    assert state(parts, conversation) == (Status.BOT, None)


def test_a_viewer_gives_nothing_to_anybody(app, parts):
    viewer, conversation = visitor(app, "viewer"), converse(parts, "1001", "hello?")
    assert f"/inbox/{conversation}/assign" not in viewer.page(f"/inbox/{conversation}")


def test_nobody_assigns_what_a_colleague_holds_but_an_admin(
    app, parts, agent, ben, mine
):
    assign(ben, parts, mine, ben.staff_id)
    assert state(parts, mine) == (Status.AGENT, agent.staff_id)
    assert f"/inbox/{mine}/assign" not in ben.page(f"/inbox/{mine}")
    grace = visitor(app, "admin", "Grace")
    assert f"/inbox/{mine}/assign" in grace.page(f"/inbox/{mine}")
    assign(grace, parts, mine, ben.staff_id)
    assert state(parts, mine) == (Status.AGENT, ben.staff_id)


def test_nobody_is_given_work_who_may_not_answer(app, parts, agent, mine):
    viewer = visitor(app, "viewer")
    for to in (viewer.staff_id, 4711):
        assign(agent, parts, mine, to)
    assert state(parts, mine) == (Status.AGENT, agent.staff_id)


@pytest.mark.parametrize("form", [{"to": ""}, {"to": "me"}, {"to": "-1"}, {"to": "²"}])
def test_an_odd_receiver_is_no_form_of_ours(parts, agent, mine, form):
    assert assign(agent, parts, mine, **form).status_code == 400
    assert agent.post(f"/inbox/{mine}/assign", to="1").status_code == 400
