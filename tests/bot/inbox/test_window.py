"""How long an answer may still go out, and what may after that."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.store.models import Customer, Page
from tests.bot.visiting import change, converse, words

APPROVED = {"event_reminder": {"en": "REJECTED", "ar": "APPROVED"}}


@pytest.fixture
def conversation(parts):
    return converse(parts, "1001", "hello")


@pytest.fixture
def told(parts, agent, conversation):
    """What the window says after some silence, to a Page of some abilities."""

    def tell(silent, **abilities):
        change(parts, conversation, last_heard_at=parts.clock() - silent)
        query = update(Page).values(abilities=abilities)
        parts.database.write(lambda connection: connection.execute(query))
        page = agent.page(f"/inbox/{conversation}")
        window = page.split('class="window')[1].split("</p>")[0]
        return words(f"<p {window}")

    return tell


def test_it_counts_down_to_the_end_of_the_day(told):
    assert "13 h left to answer" in told(timedelta(hours=10))
    assert "59 min left to answer" in told(timedelta(hours=23))


def test_it_says_what_comes_after_for_a_page_that_may_answer_by_hand(told):
    then = told(timedelta(hours=1), human_agent=True)
    assert "After that only a person may answer, for 7 days" in then
    assert "5 days left for a person to answer" in told(
        timedelta(hours=25), human_agent=True
    )


def test_it_says_that_only_templates_remain_if_there_are_any(told):
    after = told(timedelta(hours=1), templates=APPROVED)
    assert "nobody may write first. Until they write again only reminders" in after
    closed = told(timedelta(hours=25), templates=APPROVED)
    assert "no Human Agent permission" in closed
    assert "only reminders go out, by approved templates" in closed
    none = told(timedelta(days=8), human_agent=True)
    assert "nothing goes out: no template is approved" in none


def test_whoever_wants_no_reminders_gets_none_by_template_either(told, parts):
    query = update(Customer).values(opted_out_at=parts.clock())
    parts.database.write(lambda connection: connection.execute(query))
    closed = told(timedelta(days=8), templates=APPROVED)
    assert "they want no reminders either" in closed


def test_whoever_has_never_written_is_not_said_to_have_written_long_ago(
    agent, parts, conversation
):
    change(parts, conversation, last_heard_at=None)
    told = agent.words(f"/inbox/{conversation}")
    assert "They have not written yet" in told
    assert "seven days ago" not in told


@pytest.mark.parametrize(
    ("silent", "tone"),
    [(timedelta(hours=1), ""), (timedelta(hours=23), " warn"), (timedelta(8), " bad")],
)
def test_little_time_and_none_have_a_colour_beside_the_words(
    parts, agent, conversation, silent, tone
):
    change(parts, conversation, last_heard_at=parts.clock() - silent)
    assert f'class="window{tone}"' in agent.page(f"/inbox/{conversation}")


def test_news_bring_the_minutes_that_are_left(parts, agent, conversation):
    change(parts, conversation, last_heard_at=parts.clock() - timedelta(hours=10))
    news = agent.page(f"/inbox/news?conversation={conversation}&after=")
    assert f'id="window-{conversation}"' in news
