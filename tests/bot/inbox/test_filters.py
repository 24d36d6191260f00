"""Lists narrowed by what is asked for, and what somebody has not read."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.store import filters
from bot.store.models import Author, Conversation, Customer, Page
from bot.store.teamwork import Read
from tests.bot.visiting import NOW, add, change, converse, name, rows, says, words


def is_unread(who, view="waiting"):
    return 'class="line unread"' in who.page(f"/inbox/?view={view}")


def test_what_waits_is_unread_until_it_is_opened_by_each_for_themselves(
    agent, ben, waits
):
    conversation = waits()
    assert is_unread(agent)
    agent.page(f"/inbox/{conversation}")
    assert not is_unread(agent)
    assert is_unread(ben)


def test_a_new_word_makes_it_unread_and_ones_own_does_not(parts, agent, mine):
    assert not is_unread(agent, "mine")
    says(parts, mine, "mine", author=Author.AGENT, staff_id=agent.staff_id)
    says(parts, mine, "the assistant's", author=Author.BOT)
    assert not is_unread(agent, "mine")
    says(parts, mine, "are you there?")
    assert is_unread(agent, "mine")


def test_what_the_assistant_answers_is_never_unread(parts, agent):
    converse(parts, "1", "hello")
    assert not is_unread(agent, "assistant")


def test_a_line_that_is_unread_says_so_in_words(agent, waits):
    waits()
    assert "Unread" in words(agent.page("/inbox/").split('class="lines"')[1])


def test_what_comes_while_it_is_open_is_read_and_written_down_once(parts, agent, mine):
    page = agent.page(f"/inbox/{mine}?view=mine")
    says(parts, mine, "are you there?")
    path = re.search(r'hx-get="(/inbox/news[^"]+)"', page)[1].replace("&amp;", "&")
    assert agent.get(path).status_code == 200
    assert not is_unread(agent, "mine")
    assert [(r.staff_id, r.messages) for r in rows(parts, Read)] == [
        (agent.staff_id, 2)
    ]


def test_reading_it_elsewhere_is_news_for_the_list(parts, agent, waits):
    conversation = waits()
    page = agent.page("/inbox/")
    path = re.search(r'hx-get="(/inbox/news[^"]+)"', page)[1].replace("&amp;", "&")
    assert agent.get(path).status_code == 204
    agent.page(f"/inbox/{conversation}")
    assert 'class="line unread"' not in agent.get(path).text


def test_all_are_on_the_list_of_all(parts, agent, mine, waits, listed):
    bot, waiting = converse(parts, "8", "hi"), waits("9")
    assert sorted(listed(agent, "all")) == sorted(
        f"Customer {n}" for n in (mine, bot, waiting)
    )


@pytest.fixture
def four(parts, agent, waits):
    """Four that wait: usual, urgent, Czech, and of another Page."""
    add(
        parts,
        Page,
        page_id="2",
        name="Second shop",
        token=b"",
        abilities={},
        created_at=NOW,
    )
    found = [waits(str(n)) for n in range(4)]
    agent.post(f"/inbox/{found[1]}/priority", level=2)
    change(parts, found[2], language="cs")
    add_to_page(parts, found[3], "2")
    return found


def add_to_page(parts, conversation, page_id):
    whose = select(Conversation.customer_id).where(Conversation.id == conversation)
    query = update(Customer).where(Customer.id.in_(whose)).values(page_id=page_id)
    parts.database.write(lambda connection: connection.execute(query))


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("priority=2", [1]),
        ("priority=0", [0, 2, 3]),
        ("language=cs", [2]),
        ("page=2", [3]),
        ("priority=2&language=cs", []),
        ("unread=1", [1, 2, 3]),
        ("priority=x&label=&language=", [1, 0, 2, 3]),
    ],
)
def test_a_filter_leaves_what_fits_and_counts_it(agent, four, listed, asked, left):
    agent.page(f"/inbox/{four[0]}")
    assert listed(agent, f"waiting&{asked}") == [f"Customer {four[n]}" for n in left]
    assert f"Waiting {len(left)}" in agent.words(f"/inbox/?view=waiting&{asked}")


def test_a_filter_goes_along_from_page_to_page(agent, four):
    page = agent.page("/inbox/?view=waiting&priority=2")
    links = re.findall(r'href="(/inbox/[^"]*)"', page)
    narrowed = [link for link in links if "priority=2" in link]
    assert any(f"/inbox/{four[1]}?" in link for link in narrowed)
    assert any("view=mine" in link for link in narrowed)
    answer = agent.post(f"/inbox/{four[1]}/claim?view=waiting&priority=2")
    assert "priority=2" in answer.location


def test_what_nothing_fits_offers_the_whole_list(agent, waits):
    waits()
    told = agent.page("/inbox/?view=waiting&priority=2")
    assert "Nothing here matches the filter" in words(told)
    assert 'href="/inbox/?view=waiting"' in told


def test_a_page_and_a_language_are_asked_for_only_where_there_are_several(
    parts, agent, waits
):
    change(parts, waits(), language="en")
    assert 'name="page"' not in agent.page("/inbox/")
    add(parts, Page, page_id="2", name="B", token=b"", abilities={}, created_at=NOW)
    change(parts, waits("2"), language="cs")
    page = agent.page("/inbox/")
    assert 'name="page"' in page
    assert 'name="language"' in page


def test_each_language_of_a_conversation_is_offered_once(parts, waits):
    for number, language in enumerate(("zh", "en", "", "zh", "ar", "")):
        change(parts, waits(str(number)), language=language)
    with parts.database.read() as connection:
        assert filters.languages(connection) == ["ar", "en", "zh"]


def test_where_no_language_is_known_none_is_offered(parts, waits):
    change(parts, waits("1"), language="")
    with parts.database.read() as connection:
        assert filters.languages(connection) == []


def test_who_waits_longest_stands_first_among_the_equally_urgent(
    parts, agent, waits, listed
):
    found = [waits(str(n)) for n in range(3)]
    for number, minutes in zip(found, (5, 20, 8), strict=True):
        since = parts.clock() - timedelta(minutes=minutes)
        change(parts, number, waiting_since=since)
        name(parts, number, f"after {minutes}")
    assert listed(agent, "waiting") == ["after 20", "after 8", "after 5"]
