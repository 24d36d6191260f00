"""The hourly look: by one process, kept for the pages, never in anybody's way."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.connection import checks
from bot.connection.results import Step, red
from bot.connection.watch import Watch
from bot.store.models import PageHealth
from tests.bot.visiting import rows


@pytest.fixture
def watched(shop):
    """What the watch has found after one look."""

    def watched(watch):
        watch.look()
        looked()
        watch.close()
        return rows(shop.parts, PageHealth)

    return watched


def looked():
    """Wait until no look is being taken."""
    for thread in threading.enumerate():
        if thread.name == "connection":
            thread.join(30)


def test_a_look_keeps_what_it_found(shop, watched):
    shop.breaks(page="unpublished")
    (health,) = watched(Watch(lambda: [shop.line()], first_after=0))
    assert (health.reds, len(health.results)) == (1, 8)
    assert health.checked_at is not None


def test_what_was_mended_is_gone_from_the_pages(shop, watched):
    shop.breaks(page="unpublished")
    watched(Watch(lambda: [shop.line()], first_after=0))
    shop.messenger.faults()
    (health,) = watched(Watch(lambda: [shop.line()], first_after=0))
    assert health.reds == 0


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_first_look_waits_until_the_server_is_up(shop, watched):
    assert watched(Watch(lambda: [shop.line()], first_after=60)) == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_there_is_one_look_an_hour(shop):
    looks = []
    watch = Watch(lambda: looks.append(1) or [shop.line()], first_after=0)
    for _ in range(3):
        watch.look()
        looked()
    watch.close()
    assert looks == [1]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_who_sweeps_does_not_wait_for_a_look(shop):
    asked, let_go = threading.Event(), threading.Event()

    def slow():
        asked.set()
        let_go.wait(10)
        return [shop.line()]

    watch = Watch(slow, first_after=0)
    watch.look()
    assert asked.wait(10)
    let_go.set()
    watch.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_database_that_is_away_does_not_end_the_watch(watched):
    def broken():
        raise OperationalError("select", {}, Exception("gone"))

    assert watched(Watch(broken, first_after=0)) == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("reds", "minutes", "is_due"),
    [(0, 59, False), (0, 60, True), (1, 9, False), (1, 10, True)],
)
def test_the_time_counts_from_the_last_checks_whoever_made_them(
    shop, reds, minutes, is_due
):
    now = shop.line().now
    watch = Watch(lambda: [replace(shop.line(), now=now)], first_after=0, ask_every=0)
    watch.look()
    looked()
    earlier = replace(shop.line(), now=now - timedelta(minutes=minutes))
    checks.keep(earlier, [red(Step.PAGE, "page_unpublished", name="x")] * reds)
    watch.look()
    looked()
    watch.close()
    (health,) = rows(shop.parts, PageHealth)
    assert (health.checked_at == now) is is_due
