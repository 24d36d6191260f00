"""The walks: they are the same for a seed, and see what is wrong."""

from dataclasses import replace

from benchmarks import turn, walks
from flows.stack import State
from tests.dialogue import Conversation, FakeCalendar, FakeOrders


def test_a_walk_is_the_same_for_the_same_seed():
    one, other = walks.walk(7, 20), walks.walk(7, 20)
    assert one.outcomes == other.outcomes
    assert one.outcomes.total() > 0
    assert one.talk.state == other.talk.state


def test_some_walks_find_nothing_wrong():
    found = dict(walks.facts(40, 12, 1))
    assert found["conversations"] == 40
    assert [found[name] for name in walks.BAD] == [0, 0, 0, 0]


def test_what_fails_is_counted():
    found = walks.walk(7, 1)
    talk = Conversation()
    # A conversation whose state is none fails at its first turn.
    talk.state = replace(State(), slots=None)
    broken = replace(found, talk=talk, orders=FakeOrders(), calendar=FakeCalendar())
    for _ in range(20):
        broken.step()
    assert sum(n for told, n in broken.wrong.items() if "exception" in told) > 0


def test_a_turn_costs_something_with_few_flows_and_with_many():
    few, many = turn.of_a_shop(1), turn.of_a_shop(3)
    assert len(many.flows.by_id) == len(few.flows.by_id) + 2
    assert turn.talk(few, 6, []) > 0
