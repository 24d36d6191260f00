"""Those who come together are committed together, and each hears of their own."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.store import groups
from bot.store.groups import ENOUGH, MOST, Groups, UndoneError


def doubled(calls):
    def commit(items):
        calls.append(list(items))
        return [2 * item for item in items]

    return commit


def test_who_comes_alone_waits_for_nobody():
    calls = []
    one = Groups(doubled(calls))
    began = time.monotonic()
    assert one.run(3) == 6
    assert time.monotonic() - began < groups.APART
    assert calls == [[3]]


def test_who_comes_soon_after_waits_for_others(monkeypatch):
    monkeypatch.setattr(groups, "APART", 0.5)
    calls = []
    one = Groups(doubled(calls))
    one.run(0)
    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(one.run, range(1, 6))) == [2, 4, 6, 8, 10]
    assert [len(call) for call in calls] == [1, 5]


def test_a_group_that_is_full_waits_for_nobody(monkeypatch):
    monkeypatch.setattr(groups, "APART", 60.0)
    calls = []
    one = Groups(doubled(calls))
    one.run(0)
    with ThreadPoolExecutor(ENOUGH) as pool:
        found = [pool.submit(one.run, number) for number in range(ENOUGH)]
        assert sorted(each.result(10) for each in found) == list(
            range(0, 2 * ENOUGH, 2)
        )
    assert [len(call) for call in calls] == [1, ENOUGH]


def test_under_a_storm_everybody_hears_of_their_own():
    calls = []
    one = Groups(doubled(calls))
    with ThreadPoolExecutor(3 * MOST) as pool:
        found = list(pool.map(one.run, range(2000)))
    assert found == [2 * number for number in range(2000)]
    assert sum(map(len, calls)) == 2000
    assert max(map(len, calls)) <= MOST


def test_of_a_group_that_was_undone_each_is_tried_alone():
    calls = []

    def commit(items):
        calls.append(list(items))
        if 7 in items:
            raise UndoneError(ValueError("seven"))
        return items

    one = Groups(commit)
    with ThreadPoolExecutor(8) as pool:
        found = [pool.submit(one.run, number) for number in range(8)]
    failed = [n for n, each in enumerate(found) if each.exception() is not None]
    assert failed == [7]
    assert isinstance(found[7].exception(), ValueError)


def test_of_a_group_whose_end_nobody_knows_nobody_is_tried_again(monkeypatch):
    monkeypatch.setattr(groups, "APART", 0.3)
    calls = []

    def commit(items):
        calls.append(list(items))
        if len(items) > 1:
            raise ConnectionError
        return items

    one = Groups(commit)
    one.run(0)
    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(one.run, number) for number in range(4)]
    assert all(isinstance(each.exception(), ConnectionError) for each in found)
    assert len(calls) == 2


def test_while_a_group_is_committed_the_next_one_gathers(monkeypatch):
    monkeypatch.setattr(groups, "APART", 0.0)
    calls, go, begun = [], threading.Event(), threading.Event()

    def commit(items):
        calls.append(list(items))
        begun.set()
        go.wait(10)
        return items

    one = Groups(commit)
    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(one.run, 0)
        assert begun.wait(10)
        rest = [pool.submit(one.run, number) for number in range(1, 6)]
        while len(one._waiting) < 5:
            time.sleep(0.001)
        go.set()
        assert first.result(10) == 0
        assert sorted(each.result(10) for each in rest) == [1, 2, 3, 4, 5]
    assert [len(call) for call in calls] == [1, 5]


def test_an_error_of_one_group_leaves_the_next_unharmed():
    def commit(items):
        if 1 in items:
            raise ConnectionError
        return items

    one = Groups(commit)
    with pytest.raises(ConnectionError):
        one.run(1)
    assert one.run(2) == 2
