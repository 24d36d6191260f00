"""The inbox's lists: who is on which, in which order, and how many."""

from datetime import timedelta

import pytest
from psycopg._queries import MAX_CACHED_STATEMENT_LENGTH
from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import psycopg

from bot import handoff
from bot.store import queue
from bot.store.models import (
    REFUSED,
    UNSENT,
    Author,
    Conversation,
    Customer,
    OutgoingState,
    Status,
)
from tests.bot.visiting import (
    NOW,
    PAGE,
    change,
    converse,
    name,
    owes,
    says,
    visitor,
    words,
)


@pytest.fixture
def agent(app):
    return visitor(app, "agent", "Ada")


def wait(parts, conversation, since, *, overdue=False):
    """Let a conversation wait for a person since *since* ago."""
    moment = parts.clock() - since

    def job(connection):
        handoff.request(
            connection,
            conversation,
            moment,
            reason="asked",
            summary="Last words: “help”",
            answer_within=timedelta(minutes=10),
        )

    parts.database.write(job)
    if overdue:
        change(parts, conversation, overdue_at=parts.clock())


def take(parts, conversation, staff_id):
    now = parts.clock()
    parts.database.write(lambda c: handoff.take_over(c, conversation, staff_id, now))


def listed(who, view):
    """The names on a list, from the top."""
    page = who.page(f"/inbox/?view={view}")
    return [
        words(part.split("</bdi>")[0]) for part in page.split('<span class="name">')[1:]
    ]


def test_who_waits_is_listed_overdue_first_then_the_longest(app, parts, agent):
    for psid, since, overdue in (
        ("1", timedelta(minutes=5), False),
        ("2", timedelta(minutes=20), False),
        ("3", timedelta(minutes=8), True),
        ("4", timedelta(minutes=12), True),
    ):
        wait(parts, converse(parts, psid, "help"), since, overdue=overdue)
    assert listed(agent, "waiting") == [f"Customer {n}" for n in (4, 3, 2, 1)]


def talk(parts, psid, *lines):
    """A conversation of lines: who wrote, and how many minutes ago."""
    conversation = converse(parts, psid)
    for author, minutes in lines:
        moment = parts.clock() - timedelta(minutes=minutes)
        says(parts, conversation, f"{author} {minutes}", author=author, at=moment)
    return conversation


THEY, WE, BOT = Author.CUSTOMER, Author.AGENT, Author.BOT
OWED = {
    "answered last": [(THEY, 90), (WE, 1)],
    "answered long ago": [(THEY, 90), (WE, 80)],
    "asks since 20": [(THEY, 70), (WE, 60), (THEY, 20), (THEY, 2)],
    "asks since 30": [(THEY, 30), (THEY, 3)],
    "asks since 10, by the assistant": [(THEY, 40), (BOT, 39), (THEY, 10)],
}
IN_ORDER = [
    "asks since 30",
    "asks since 20",
    "asks since 10, by the assistant",
    "answered last",
    "answered long ago",
]


@pytest.mark.parametrize("view", ["mine", "colleagues"])
def test_what_is_owed_longest_stands_on_top_then_the_newest(app, parts, agent, view):
    holder = agent if view == "mine" else visitor(app, "agent", "Ben")
    for psid, (called, lines) in enumerate(OWED.items()):
        conversation = talk(parts, str(psid), *lines)
        name(parts, conversation, called)
        take(parts, conversation, holder.staff_id)
    assert listed(agent, view) == IN_ORDER


def test_what_is_answered_elsewhere_is_in_the_same_order(parts, agent):
    for psid, (called, lines) in enumerate(OWED.items()):
        conversation = talk(parts, str(psid), *lines)
        name(parts, conversation, called)
        change(parts, conversation, status=Status.AGENT)
    assert listed(agent, "elsewhere") == IN_ORDER


def test_the_urgent_stand_first_among_what_is_owed(parts, agent):
    for psid, (called, lines) in enumerate(OWED.items()):
        conversation = talk(parts, str(psid), *lines)
        name(parts, conversation, called)
        take(parts, conversation, agent.staff_id)
        urgent = called in ("answered long ago", "asks since 20")
        change(parts, conversation, priority=2 if urgent else 0)
    found = listed(agent, "mine")
    assert found[:2] == ["asks since 20", "asks since 30"]
    assert found[3:] == ["answered long ago", "answered last"]


@pytest.mark.parametrize("state", UNSENT)
def test_what_never_went_out_answers_nobody(parts, agent, state):
    first, second = talk(parts, "1", (THEY, 30)), talk(parts, "2", (THEY, 20))
    for one in (first, second):
        take(parts, one, agent.staff_id)
    owes(parts, first, "stopped", state=state)
    assert listed(agent, "mine") == [f"Customer {first}", f"Customer {second}"]


def test_what_came_back_to_its_agent_is_owed_since_then(parts, agent):
    back, asks = talk(parts, "1", (THEY, 90), (WE, 80)), talk(parts, "2", (THEY, 20))
    for one in (back, asks):
        take(parts, one, agent.staff_id)
    change(parts, back, raised_at=parts.clock() - timedelta(minutes=30))
    assert listed(agent, "mine") == [f"Customer {back}", f"Customer {asks}"]
    change(parts, back, raised_at=parts.clock() - timedelta(minutes=85))
    assert listed(agent, "mine") == [f"Customer {asks}", f"Customer {back}"]


def test_each_conversation_is_on_the_list_of_who_answers_it(app, parts, agent):
    ben = visitor(app, "agent", "Ben")
    bot, waiting, mine, bens, away = (converse(parts, str(n), "hi") for n in range(5))
    wait(parts, waiting, timedelta(minutes=1))
    take(parts, mine, agent.staff_id)
    take(parts, bens, ben.staff_id)
    now = parts.clock()
    parts.database.write(lambda c: handoff.answered_elsewhere(c, away, now, now))
    for view, conversation in (
        ("assistant", bot),
        ("waiting", waiting),
        ("mine", mine),
        ("colleagues", bens),
        ("elsewhere", away),
    ):
        assert listed(agent, view) == [f"Customer {conversation}"], view
    assert listed(ben, "mine") == [f"Customer {bens}"]


def test_a_message_of_unknown_fate_is_listed_to_be_checked(app, parts, agent):
    conversation = converse(parts, "1", "hi")
    assert listed(agent, "check") == []
    owes(parts, conversation, "hello", state=OutgoingState.UNCONFIRMED)
    assert listed(agent, "check") == [f"Customer {conversation}"]


@pytest.mark.parametrize("state", REFUSED)
def test_an_answer_that_was_refused_is_to_be_checked_until_another_goes_out(
    parts, agent, state
):
    told = "To check 1 , not sent, or nobody knows"
    mine, other = converse(parts, "1", "hi"), converse(parts, "2", "hi")
    for one in (mine, other):
        take(parts, one, agent.staff_id)
    owes(parts, other, "hello", author="agent", state=OutgoingState.SENT)
    owes(parts, other, "by itself", state=state)
    owes(parts, mine, "hello", author="agent", state=state)
    assert listed(agent, "check") == [f"Customer {mine}"]
    page = agent.words("/inbox/?view=mine")
    assert told in page
    assert page.count("Not sent") == 1
    owes(parts, mine, "once more", author="agent", state=OutgoingState.PENDING)
    assert listed(agent, "check") == []
    assert "Not sent" not in agent.words("/inbox/?view=mine")


def test_what_is_resolved_needs_no_check_of_what_was_refused(parts, agent):
    mine = converse(parts, "1", "hi")
    take(parts, mine, agent.staff_id)
    owes(parts, mine, "hello", author="agent", state=OutgoingState.FAILED)
    agent.post(f"/inbox/{mine}/resolve")
    assert listed(agent, "check") == []
    assert "Not sent" not in agent.words("/inbox/?view=resolved")


def test_the_lists_say_how_many_there_are(app, parts, agent):
    for number in range(3):
        wait(parts, converse(parts, str(number), "help"), timedelta(minutes=number + 1))
    change(parts, 1, overdue_at=parts.clock())
    mine = converse(parts, "9", "hello?")
    take(parts, mine, agent.staff_id)
    told = agent.words("/inbox/")
    assert "Waiting 3 , 1 overdue" in told
    assert "Mine 1 , 1 unread, 1 to answer" in told
    agent.page(f"/inbox/{mine}")
    assert "Mine 1 , 1 to answer" in agent.words("/inbox/")
    assert "(3) Inbox · Frontdesk" in agent.page("/inbox/")
    says(parts, mine, "on it", author=Author.AGENT, staff_id=agent.staff_id)
    assert "Mine 1 Lists" in agent.words("/inbox/")


def test_a_line_shows_name_last_words_and_why_a_person(app, parts, agent):
    conversation = converse(parts, "1", "it arrived broken")
    name(parts, conversation, "Dina Ward")
    wait(parts, conversation, timedelta(minutes=3))
    owes(parts, conversation, "A colleague will answer you here.")
    told = agent.words("/inbox/")
    assert "Dina Ward" in told
    assert "Asked for a person" in told
    assert "3 min" in told


def test_last_words_are_not_those_that_never_went_out(app, parts, agent):
    conversation = converse(parts, "1", "where is it?")
    owes(parts, conversation, "half a thought", state=OutgoingState.CANCELLED)
    page = agent.words("/inbox/?view=assistant")
    assert "where is it?" in page
    assert "half a thought" not in page


@pytest.mark.parametrize(
    ("attached", "shown"),
    [
        ({"type": "image", "url": "https://x.example/a.jpg"}, "Picture"),
        ({"type": "image", "like": True}, "Thumbs up"),
        ({"type": "hologram"}, "Attachment"),
    ],
)
def test_last_words_may_be_something_else_than_words(
    app, parts, agent, attached, shown
):
    conversation = converse(parts, "1")
    says(parts, conversation, None, parts={"attachments": [attached]})
    assert shown in agent.words("/inbox/?view=assistant")


@pytest.mark.parametrize(
    ("view", "told"),
    [
        ("waiting", "Nobody is waiting"),
        ("mine", "Nothing is yours"),
        ("assistant", "The assistant is talking to nobody"),
        ("colleagues", "No colleague is answering"),
        ("elsewhere", "Nothing is answered elsewhere"),
        ("check", "Nothing to check"),
    ],
)
def test_an_empty_list_says_what_will_be_there(agent, view, told):
    assert told in agent.words(f"/inbox/?view={view}")


def test_a_long_list_shows_fifty_and_offers_more(app, parts, agent):
    for number in range(60):
        converse(parts, str(number), "hi")
    assert len(listed(agent, "assistant")) == 50
    assert "Show 100 more" in agent.words("/inbox/?view=assistant")
    assert len(listed(agent, "assistant&lines=150")) == 60


@pytest.mark.parametrize("wish", ["view=nonsense", "lines=0", "lines=-1", "lines=x"])
def test_an_odd_wish_shows_the_usual_list(agent, wish):
    assert agent.get(f"/inbox/?{wish}").status_code == 200


def test_a_list_of_ten_thousand_says_999_and_more(app, parts, agent):
    def fill(connection):
        numbers = range(1, 1501)
        customers = [
            {"id": n, "page_id": PAGE, "psid": f"x{n}", "created_at": NOW}
            for n in numbers
        ]
        connection.execute(insert(Customer), customers)
        conversations = [
            {
                "customer_id": n,
                "status": Status.WAITING,
                "status_at": NOW,
                "waiting_since": NOW - timedelta(seconds=n),
                "state": {},
            }
            for n in numbers
        ]
        connection.execute(insert(Conversation), conversations)

    parts.database.write(fill)
    assert "Waiting 999+" in agent.words("/inbox/")
    assert len(listed(agent, "waiting")) == 50


def test_psycopg_reads_what_counts_the_lists_only_once():
    # Of longer statements it keeps nothing, and every page and all news run this one.
    counts = str(queue._counts(queue.EVERYTHING).compile(dialect=psycopg.dialect()))

    assert len(counts) <= MAX_CACHED_STATEMENT_LENGTH
