"""Several Pages at one desk: which one is meant, and a list of one alone."""

import re

import pytest
from sqlalchemy import update

from benchmarks.statements import counted
from bot.store import pages
from bot.store.models import Page
from tests.bot.inbox.test_filters import add_to_page
from tests.bot.visiting import NOW, PAGE, add, converse, name, says, words

SECOND = "2"


@pytest.fixture
def second(parts):
    """Let there be a second Page, and the first be called something."""
    row = {"token": b"", "abilities": {}, "created_at": NOW}
    add(parts, Page, page_id=SECOND, name="Second shop", **row)
    first = update(Page).where(Page.page_id == PAGE).values(name="First shop")
    parts.database.write(lambda connection: connection.execute(first))


@pytest.fixture
def both(parts, waits, second):
    """One that waits at each of two Pages."""
    here, there = waits("1", "where is my parcel"), waits("2", "where is my ticket")
    add_to_page(parts, there, SECOND)
    return here, there


def line(page, conversation):
    """What a list says of a conversation."""
    return words(page.split(f'id="to-{conversation}"')[1].split("</li>")[0])


def about(page):
    """What stands under About beside a conversation."""
    return words(page.split("<h3>About</h3>")[1].split("</aside>")[0])


def test_each_line_says_its_page(agent, both):
    here, there = both
    page = agent.page("/inbox/")
    assert "Page: First shop" in line(page, here)
    assert "Page: Second shop" in line(page, there)


def test_the_panel_of_the_customer_names_it(agent, both):
    here, there = both
    assert about(agent.page(f"/inbox/{here}")).startswith("Page First shop")
    assert about(agent.page(f"/inbox/{there}")).startswith("Page Second shop")


def test_where_there_is_one_page_nothing_says_which(agent, waits):
    conversation = waits()
    page = agent.page(f"/inbox/{conversation}")
    assert "Page:" not in line(page, conversation)
    assert "Page" not in about(page)
    assert 'name="page"' not in page


def test_a_search_stays_with_the_page_that_is_chosen(agent, both):
    here, there = both
    page = agent.page(f"/inbox/?view=waiting&page={SECOND}&q=where")
    assert f'id="to-{there}"' in page
    assert f'id="to-{here}"' not in page
    assert "Page: Second shop" in line(page, there)


def test_news_of_a_list_are_of_the_page_that_is_chosen(parts, agent, both):
    here, there = both
    page = agent.page(f"/inbox/?view=waiting&page={SECOND}")
    path = re.search(r'hx-get="(/inbox/news[^"]+)"', page)[1].replace("&amp;", "&")
    assert f"page={SECOND}" in path
    says(parts, here, "hello?")
    assert agent.get(path).status_code == 204
    says(parts, there, "hello?")
    news = agent.get(path).text
    assert f'id="to-{there}"' in news
    assert f'id="to-{here}"' not in news


def test_a_second_page_asks_nothing_more_of_the_database(parts, agent, waits, second):
    conversation = waits()
    agent.page(f"/inbox/{conversation}")
    with counted() as seen:
        agent.page(f"/inbox/{conversation}")
    assert len(seen) <= 25, seen


def test_to_a_page_that_was_left_nobody_writes_and_it_is_said_why(parts, agent, mine):
    parts.database.write(lambda c: pages.leave_others(c, ["4711"], NOW))
    page = agent.page(f"/inbox/{mine}")
    assert "Frontdesk does not answer for this Page" in words(page)
    assert 'name="text"' not in page.split('class="answer"')[1]


def test_a_page_without_a_name_is_told_by_its_id(parts, agent, second):
    unnamed = update(Page).where(Page.page_id == SECOND).values(name=None)
    parts.database.write(lambda connection: connection.execute(unnamed))
    conversation = converse(parts, "8", "hi")
    add_to_page(parts, conversation, SECOND)
    name(parts, conversation, "Vera")
    page = agent.page(f"/inbox/{conversation}?view=all")
    assert about(page).startswith("Page 2")
    assert "Page: 2" in line(page, conversation)
