"""Claiming, answering, giving back: one winner, and no word lost or said twice."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from bot import handoff
from bot.messenger.limits import problems
from bot.store.models import (
    Author,
    Conversation,
    OutgoingMessage,
    OutgoingState,
    Status,
)
from tests.bot.visiting import (
    change,
    converse,
    messages,
    owes,
    row,
    rows,
    says,
    visitor,
    words,
)

FORM = "a-form-with-a-number-1"


@pytest.fixture
def agent(app):
    return visitor(app, "agent", "Ada")


@pytest.fixture
def conversation(parts):
    """A conversation that waits for a person."""
    found = converse(parts, "1001", "I need a person")
    now = parts.clock()
    parts.database.write(
        lambda c: handoff.request(
            c,
            found,
            now,
            reason="asked",
            summary="",
            answer_within=timedelta(minutes=10),
        )
    )
    return found


@pytest.fixture
def mine(agent, conversation):
    """The same, claimed by Ada."""
    agent.post(f"/inbox/{conversation}/claim")
    return conversation


def state(parts, conversation):
    found = row(parts, Conversation, id=conversation)
    return found.status, found.assignee_id


def reply(who, conversation, text, form=FORM, **fields):
    return who.post(f"/inbox/{conversation}/reply", text=text, form=form, **fields)


def together(*calls):
    """What calls return that begin at the same moment."""
    barrier = Barrier(len(calls))

    def start(call):
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(start, calls))


def test_who_claims_has_it_and_it_is_looked_at(app, parts, agent, conversation, woken):
    answer = agent.post(f"/inbox/{conversation}/claim")
    assert answer.location == f"/inbox/{conversation}?view=mine&note=claimed"
    assert state(parts, conversation) == (Status.AGENT, agent.staff_id)
    assert woken == [conversation]
    assert "This conversation is yours" in agent.words(answer.location)


def test_of_many_who_claim_at_once_one_wins_and_the_others_hear_who(
    app, parts, conversation
):
    agents = [visitor(app, "agent", f"Agent-{n}") for n in range(6)]
    calls = [lambda a=a: a.post(f"/inbox/{conversation}/claim") for a in agents]
    answers = together(*calls)
    winners = [a for a in answers if "note=claimed" in a.location]
    assert len(winners) == 1
    winner = agents[answers.index(winners[0])]
    assert state(parts, conversation) == (Status.AGENT, winner.staff_id)
    for loser, answer in zip(agents, answers, strict=True):
        if loser is not winner:
            name = f"Agent-{agents.index(winner)}"
            assert f"{name} was faster" in loser.words(answer.location)


def test_taking_over_stops_the_assistant(app, parts, agent):
    conversation = converse(parts, "7", "hello")
    owed = owes(parts, conversation, "half a thought")
    agent.post(f"/inbox/{conversation}/take-over")
    assert state(parts, conversation) == (Status.AGENT, agent.staff_id)
    assert row(parts, OutgoingMessage, id=owed).state is OutgoingState.CANCELLED


def take_from(who, parts, conversation, epoch=None):
    """Press "Take over from ...", on a page that shows it as it is, or was."""
    epoch = epoch or row(parts, Conversation, id=conversation).epoch
    return who.post(f"/inbox/{conversation}/take-from", epoch=epoch)


def test_an_agent_takes_over_from_a_colleague_by_name_and_the_colleague_is_told(
    app, parts, agent, mine
):
    ben = visitor(app, "agent", "Ben")
    draft = {"form": "a-form-with-a-number-7", "text": "I will look"}
    agent.post(f"/inbox/{mine}/draft", **draft)
    assert "Take over from Ada" in ben.words(f"/inbox/{mine}")
    answer = take_from(ben, parts, mine)
    assert state(parts, mine) == (Status.AGENT, ben.staff_id)
    assert "You took this over from Ada" in ben.words(answer.location)

    told = f"Ben took Customer {mine} over from you"
    assert f'data-announce="{told}"' in agent.page("/inbox/")
    assert agent.post("/inbox/here", beside="1").json["told"] == [told]
    assert 'class="line unread"' in agent.page("/inbox/?view=colleagues")
    page = agent.page(f"/inbox/{mine}")
    assert 'data-announce="Ben took this over from you"' in page
    assert "Your text, which was not sent I will look" in words(page)
    assert told not in agent.words("/inbox/")


def test_a_colleagues_conversation_is_never_taken_unnamed_or_from_another(
    app, parts, agent, mine
):
    ben, viewer = visitor(app, "agent", "Ben"), visitor(app, "viewer")
    before = row(parts, Conversation, id=mine).epoch
    answer = ben.post(f"/inbox/{mine}/take-over")
    assert "Ada was faster" in ben.words(answer.location)
    assert ben.post(f"/inbox/{mine}/take-from").status_code == 400
    assert take_from(viewer, parts, mine).status_code == 403
    agent.post(f"/inbox/{mine}/give-back")
    take_from(ben, parts, mine, before)
    take_from(ben, parts, mine)
    assert state(parts, mine) == (Status.BOT, None)
    agent.post(f"/inbox/{mine}/take-over")
    take_from(agent, parts, mine)
    assert "from you" not in agent.words(f"/inbox/{mine}")


def test_of_two_who_take_over_from_a_colleague_at_once_one_wins(app, parts, mine):
    takers = [visitor(app, "agent", f"Agent-{n}") for n in range(4)]
    epoch = row(parts, Conversation, id=mine).epoch
    answers = together(*(lambda t=t: take_from(t, parts, mine, epoch) for t in takers))
    assert sum("note=claimed" in answer.location for answer in answers) == 1
    assert row(parts, Conversation, id=mine).epoch == epoch + 1


def test_given_back_the_assistant_answers_again_and_says_so(app, parts, agent, mine):
    answer = agent.post(f"/inbox/{mine}/give-back?view=mine")
    assert "view=mine" in answer.location
    assert state(parts, mine) == (Status.BOT, None)
    told = "The assistant answers again, and has told the customer"
    assert told in agent.words(answer.location)
    assert messages(parts, mine)[-1].startswith("You're talking with our automated")


def test_who_gives_back_can_let_the_customer_know(parts, agent, mine, woken):
    agent.post(f"/inbox/{mine}/give-back", say="yes")
    assert state(parts, mine) == (Status.BOT, None)
    assert messages(parts, mine)[-1].startswith("You're talking with our automated")
    (owed,) = rows(parts, OutgoingMessage)
    epoch = row(parts, Conversation, id=mine).epoch
    assert (owed.state, owed.epoch) == (OutgoingState.PENDING, epoch)


def test_nobody_gives_back_what_a_colleague_holds(app, parts, agent, mine):
    ben = visitor(app, "agent", "Ben")
    answer = ben.post(f"/inbox/{mine}/give-back")
    assert state(parts, mine) == (Status.AGENT, agent.staff_id)
    assert "Nothing was changed" in ben.words(answer.location)


def test_an_answer_is_owed_shown_with_its_author_and_looked_at(
    app, parts, agent, mine, woken
):
    woken.clear()
    answer = reply(agent, mine, " Hello,\r\nhow can I help? ")
    assert answer.status_code == 303
    owed = row(parts, OutgoingMessage, conversation_id=mine)
    assert owed.payload == {"text": "Hello,\nhow can I help?"}
    assert (owed.author, owed.purpose, owed.send_class) == ("agent", "answer", "park")
    assert owed.state is OutgoingState.PENDING
    assert "You Hello, how can I help?" in agent.words(answer.location)
    assert woken == [mine]


def test_an_answer_sent_twice_goes_out_once(app, parts, agent, mine):
    assert reply(agent, mine, "Hello").status_code == 303
    assert reply(agent, mine, "Hello").status_code == 303
    assert messages(parts, mine) == ["I need a person", "Hello"]


def test_an_answer_sent_twice_at_once_goes_out_once(app, parts, agent, mine):
    answers = together(*[lambda: reply(agent, mine, "Hello")] * 6)
    assert {answer.status_code for answer in answers} == {303}
    assert messages(parts, mine) == ["I need a person", "Hello"]


def test_two_forms_with_the_same_words_are_two_answers(app, parts, agent, mine):
    reply(agent, mine, "Hello", form="a-form-with-a-number-1")
    reply(agent, mine, "Hello", form="a-form-with-a-number-2")
    assert messages(parts, mine)[1:] == ["Hello", "Hello"]


def test_each_page_has_a_form_of_its_own_number(agent, mine):
    page = agent.page(f"/inbox/{mine}")
    again = agent.page(f"/inbox/{mine}")
    numbers = [
        re.search(r'id="form" value="([\w-]{16,})"', p)[1] for p in (page, again)
    ]
    assert numbers[0] != numbers[1]


def test_a_long_answer_goes_out_as_several_messages_in_order(app, parts, agent, mine):
    text = " ".join(f"word{n}" for n in range(600))
    assert reply(agent, mine, text).status_code == 303
    assert reply(agent, mine, text).status_code == 303
    sent = messages(parts, mine)[1:]
    assert len(sent) == 3
    assert "".join(sent).split() == text.split()
    assert all(len(one) <= 2000 for one in sent)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Write something first"),
        ("  \n ", "Write something"),
        ("x" * 10_001, "too long"),
    ],
)
def test_what_can_not_be_sent_is_said(app, parts, agent, mine, text, told):
    answer = reply(agent, mine, text)
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert len(messages(parts, mine)) == 1


@pytest.mark.parametrize("form", ["", "short", "with spaces and more", "x" * 65])
def test_a_form_without_a_number_is_no_form_of_ours(agent, mine, form):
    assert reply(agent, mine, "Hello", form=form).status_code == 400


def test_an_answer_in_a_colleagues_conversation_is_refused_and_kept(app, parts, mine):
    ben = visitor(app, "agent", "Ben")
    answer = reply(ben, mine, "My careful words")
    assert answer.status_code == 409
    assert "Ada is answering this conversation. Your text has not been sent." in words(
        answer.text
    )
    assert "My careful words" in answer.text
    assert messages(parts, mine) == ["I need a person"]


def test_an_answer_nobody_claimed_for_is_refused_and_kept(
    app, parts, agent, conversation
):
    answer = reply(agent, conversation, "My careful words")
    assert answer.status_code == 409
    assert "Claim it, then send your answer" in words(answer.text)
    assert "My careful words" in answer.text
    assert messages(parts, conversation) == ["I need a person"]


def test_an_answer_after_somebody_answered_elsewhere_is_refused(
    app, parts, agent, mine
):
    change(parts, mine, assignee_id=None)
    answer = reply(agent, mine, "My careful words")
    assert "in another app" in words(answer.text)
    assert answer.status_code == 409


def test_who_has_not_seen_what_came_is_asked_before_it_is_sent(app, parts, agent, mine):
    seen = re.search(r'id="seen" value="(\d+)"', agent.page(f"/inbox/{mine}"))[1]
    says(parts, mine, "I have found it, thank you")
    answer = reply(agent, mine, "Where did you lose it?", seen=seen)
    assert answer.status_code == 409
    told = words(answer.text)
    assert "Something new came while you were writing" in told
    assert "I have found it, thank you" in told
    assert "Where did you lose it?" in answer.text
    now_seen = re.search(r'id="seen" value="(\d+)"', answer.text)[1]
    assert reply(agent, mine, "Good to hear", seen=now_seen).status_code == 303


def test_a_colleagues_word_counts_as_new_and_ones_own_does_not(app, parts, agent, mine):
    seen = re.search(r'id="seen" value="(\d+)"', agent.page(f"/inbox/{mine}"))[1]
    reply(agent, mine, "one", form="a-form-with-a-number-1", seen=seen)
    answer = reply(agent, mine, "two", form="a-form-with-a-number-2", seen=seen)
    assert answer.status_code == 303
    says(parts, mine, "from the Page's inbox", author=Author.ELSEWHERE)
    answer = reply(agent, mine, "three", form="a-form-with-a-number-3", seen=seen)
    assert answer.status_code == 409


def test_of_two_tabs_that_answer_at_once_both_are_heard_and_none_is_lost(
    app, parts, agent, mine
):
    answers = together(
        lambda: reply(agent, mine, "from one tab", form="a-form-with-a-number-1"),
        lambda: reply(agent, mine, "from the other", form="a-form-with-a-number-2"),
    )
    assert {answer.status_code for answer in answers} == {303}
    assert sorted(messages(parts, mine)[1:]) == ["from one tab", "from the other"]


def test_too_late_to_write_is_said_and_the_text_kept(app, parts, agent, mine):
    change(parts, mine, last_heard_at=parts.clock() - timedelta(days=9))
    answer = reply(agent, mine, "My careful words")
    assert answer.status_code == 422
    assert "they have to write first" in words(answer.text)
    assert "My careful words" in answer.text


def test_a_doubtful_message_is_marked_as_sent_by_somebody(app, parts, agent, mine):
    owed = owes(parts, mine, "paid back", state=OutgoingState.UNCONFIRMED)
    answer = agent.post(f"/inbox/{mine}/messages/{owed}/sent")
    found = row(parts, OutgoingMessage, id=owed)
    assert (found.state, found.reason) == (OutgoingState.SENT, "marked as sent by Ada")
    assert "Marked as sent" in agent.words(answer.location)


def test_a_doubtful_message_is_sent_again_once(app, parts, agent, mine, woken):
    owed = owes(parts, mine, "paid back", state=OutgoingState.UNCONFIRMED, attempt=2)
    woken.clear()
    answers = together(
        *[lambda: agent.post(f"/inbox/{mine}/messages/{owed}/again")] * 3
    )
    found = row(parts, OutgoingMessage, id=owed)
    assert (found.state, found.attempt) == (OutgoingState.PENDING, 2)
    assert sum("note=again" in answer.location for answer in answers) == 1
    assert mine in woken


def test_what_the_assistant_said_can_go_again_although_a_person_took_over(
    app, parts, agent
):
    conversation = converse(parts, "7", "hello")
    owed = owes(parts, conversation, "paid back", state=OutgoingState.UNCONFIRMED)
    agent.post(f"/inbox/{conversation}/take-over")
    agent.post(f"/inbox/{conversation}/messages/{owed}/again")
    epoch = row(parts, Conversation, id=conversation).epoch
    assert row(parts, OutgoingMessage, id=owed).epoch == epoch


def test_a_refused_answer_of_ours_can_go_again_and_one_of_the_assistants_not(
    app, parts, agent, mine
):
    ours = owes(parts, mine, "ours", author="agent", state=OutgoingState.FAILED)
    bots = owes(parts, mine, "bots", state=OutgoingState.FAILED)
    for owed in (ours, bots):
        agent.post(f"/inbox/{mine}/messages/{owed}/again")
    assert row(parts, OutgoingMessage, id=ours).state is OutgoingState.PENDING
    assert row(parts, OutgoingMessage, id=bots).state is OutgoingState.FAILED


def test_nothing_is_decided_in_a_conversation_by_the_number_of_another(
    app, parts, agent, mine
):
    other = converse(parts, "8", "hello")
    owed = owes(parts, other, "paid back", state=OutgoingState.UNCONFIRMED)
    for act in ("sent", "again"):
        agent.post(f"/inbox/{mine}/messages/{owed}/{act}")
    assert row(parts, OutgoingMessage, id=owed).state is OutgoingState.UNCONFIRMED


def test_nobody_sends_again_where_a_colleague_answers(app, parts, mine):
    owed = owes(parts, mine, "paid back", state=OutgoingState.UNCONFIRMED)
    ben = visitor(app, "agent", "Ben")
    ben.post(f"/inbox/{mine}/messages/{owed}/again")
    assert row(parts, OutgoingMessage, id=owed).state is OutgoingState.UNCONFIRMED


def test_a_settled_message_is_not_decided_again(app, parts, agent, mine):
    owed = owes(parts, mine, "there", state=OutgoingState.SENT)
    answer = agent.post(f"/inbox/{mine}/messages/{owed}/again")
    assert "decided" in answer.location
    assert row(parts, OutgoingMessage, id=owed).state is OutgoingState.SENT


@pytest.mark.parametrize("act", ["claim", "take-over", "give-back", "reply"])
def test_a_conversation_that_is_not_there_is_not_there(app, parts, agent, act):
    answer = agent.post(f"/inbox/4711/{act}", text="x", form=FORM)
    assert answer.status_code == 404
    assert rows(parts, OutgoingMessage) == []


def test_quick_replies_go_with_the_last_message_of_an_answer(parts, agent, mine):
    text = " ".join(f"word{n}" for n in range(300))
    choices = "Yes, please\r\n\r\n  No,   thanks \nYes, please"
    answer = agent.post(f"/inbox/{mine}/reply", text=text, form=FORM, choices=choices)
    assert answer.status_code == 303
    first, last = (owed.payload for owed in rows(parts, OutgoingMessage))
    assert "quick_replies" not in first
    titles = [choice["title"] for choice in last["quick_replies"]]
    assert titles == ["Yes, please", "No, thanks"]
    assert "Offered: Yes, please No, thanks" in agent.words(answer.location)


def test_thirteen_quick_replies_of_twenty_characters_are_taken(parts, agent, mine):
    choices = "\n".join(f"{n:02}" + "x" * 18 for n in range(13))
    agent.post(f"/inbox/{mine}/reply", text="Which?", form=FORM, choices=choices)
    owed = row(parts, OutgoingMessage, conversation_id=mine)
    assert problems(owed.payload) == []
    assert len(owed.payload["quick_replies"]) == 13


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ("\n".join(map(str, range(14))), "These are 14 quick replies"),
        ("fine\n" + "x" * 21, "is too long for a quick reply: at most 20"),
        ("👍" * 11, "is too long for a quick reply"),
    ],
)
def test_quick_replies_that_messenger_refuses_are_said_and_kept(
    parts, agent, mine, choices, told
):
    answer = agent.post(
        f"/inbox/{mine}/reply", text="Which one?", form=FORM, choices=choices
    )
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert "Which one?" in answer.text
    assert choices in answer.text
    assert rows(parts, OutgoingMessage) == []


def test_an_answer_may_resolve_the_conversation_with_it(parts, agent, mine):
    told = reply(agent, mine, "All done, goodbye!", then="resolve")
    assert f"resolved={mine}" in told.headers["Location"]
    assert state(parts, mine) == (Status.BOT, None)
    assert messages(parts, mine)[-1] == "All done, goodbye!"


def test_what_is_not_sent_resolves_nothing(parts, agent, mine):
    assert reply(agent, mine, "", then="resolve").status_code == 422
    assert state(parts, mine) == (Status.AGENT, agent.staff_id)


def test_a_resolved_conversation_says_so_where_one_would_answer(agent, mine):
    told = "Resolved. The assistant answers what the customer writes next. Take over"
    agent.post(f"/inbox/{mine}/resolve")
    page = agent.words(f"/inbox/{mine}")
    assert told in page
    assert "The assistant is answering" not in page
