"""The races in small: what `python -m benchmarks.races` runs a thousand times."""

import pytest

from benchmarks.races import claiming, takeover
from benchmarks.races.__main__ import SERVER, prove
from benchmarks.races.house import house, telling

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

ONCE = len(takeover.ALL_PLACES)


@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def test_nobody_is_talked_over_and_nobody_left_without_an_answer(kind, tmp_path):
    with house(kind, SERVER, tmp_path) as found, telling(found.gate):
        result = takeover.race(found, ONCE, "short")
        claims = claiming.race(found, 10)
    assert result.holds, takeover.rows(result)
    assert (result.trials, result.answered) == (ONCE, ONCE)
    assert (claims.one_winner, claims.conversations) == (10, 10)


def test_with_any_of_the_guards_out_the_counts_turn_red(tmp_path):
    proofs = prove(tmp_path, "short")
    assert [one for one in proofs if not one["holds"]] == []
    assert len(proofs) == 5
