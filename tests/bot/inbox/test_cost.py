"""How much the pages of the inbox ask of the database: it must not grow unseen."""

import pytest

from benchmarks.statements import counted


@pytest.mark.parametrize(
    ("path", "most"),
    [("/inbox/{mine}", 25), ("/inbox/?view=mine", 10), ("/inbox/?q=person", 14)],
)
def test_a_page_asks_little_of_the_database(agent, mine, path, most):
    agent.page(path.format(mine=mine))
    with counted() as seen:
        agent.page(path.format(mine=mine))
    assert len(seen) <= most, seen


def test_news_of_the_numbers_ask_little_of_the_database(agent, mine):
    with counted() as seen:
        agent.get(f"/inbox/news?conversation={mine}&only=counts")
    assert len(seen) <= 4, seen
