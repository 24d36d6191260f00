"""Groups of Review are pure: an editor who marks one marks nothing else with it."""

import pytest

from benchmarks import grouping

pytestmark = pytest.mark.slow


def test_pairs_of_a_group_ask_the_same_and_there_are_many():
    *_, every = grouping.measure()
    assert every.precision >= 0.95
    assert every.right >= 150
