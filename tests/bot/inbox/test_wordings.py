"""What agents see of messages that were edited or unsent."""

import pytest

from tests.bot.test_wording import MID, edit, unsend
from tests.bot.visiting import words
from tests.floor import Floor


@pytest.fixture
def floor(parts):
    floor = Floor(parts.database)
    floor.hears("oder <i>47</i>", mid=MID)
    floor.answers()
    return floor


def test_an_edited_message_says_so_and_keeps_what_it_said_before(agent, floor):
    floor.receives(edit(1, "order 47", floor=floor), edit(2, "order 48", floor=floor))
    page = agent.page(f"/inbox/{floor.conversation()}")
    told = words(page)
    assert "order 48 Edited" in told
    earlier = page.split('id="earlier-')[1].split("</details>")[0]
    assert "&lt;i&gt;47&lt;/i&gt;" in earlier
    assert words(f"<p {earlier}").endswith("before oder <i>47</i> order 47")


def test_an_unsent_message_is_a_line_without_its_words(agent, floor):
    floor.receives(unsend(floor))
    told = agent.words(f"/inbox/{floor.conversation()}")
    assert "Unsent: what this said is gone" in told
    assert "oder" not in told
    assert "Teach" not in told


def test_the_list_says_that_the_last_message_was_unsent(agent, floor):
    floor.hears("never mind", mid="m_last")
    floor.takes_over(staff_id=agent.staff_id)
    floor.answers()
    floor.run("DELETE FROM outgoing_message")
    floor.run("DELETE FROM message WHERE author = 'bot'")
    floor.receives(unsend(floor, mid="m_last"))
    assert "A message that was unsent" in agent.words("/inbox/?view=mine")
