"""The Procfile on real servers, in short; the benchmark does it at length."""

from contextlib import closing

import pytest

from benchmarks import ledgers, load, several
from benchmarks.crowd import Crowd, Emulator

SHORT = load.Plan(rate=10, seconds=4, outage=3, after=4, warm_up=1, catching_up=4)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.rabbitmq
def test_several_processes_answer_and_outlast_a_broker_that_was_away(servers):
    with several.stage(servers) as on:
        with (
            several.honcho(on, stays_up=2),
            closing(Emulator(on.emulator)) as emulator,
        ):
            crowd = Crowd(emulator, 10)
            load.talk(on, crowd, SHORT)
            assert load.is_settled(on)
            books, answers = ledgers.read(on.database_url, emulator, crowd)
        assert books.agree, several.tail(on)
        assert load.measured("calm", answers).p95 < load.TARGET_MS
        assert load.measured("outage", answers).longest < 5 * load.TARGET_MS


def test_the_share_of_a_quantile_is_not_above_it():
    assert load.quantile([3, 1, 2, 4], 0.5) == 3
    assert load.quantile([1], 0.99) == 1
