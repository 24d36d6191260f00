"""The kill harness in small: what `python -m benchmarks.kill` does at length."""

from dataclasses import replace

import pytest

from benchmarks.kill.proofs import PROOFS, prove_one
from benchmarks.kill.site import site
from benchmarks.kill.storm import Plan, Storm
from benchmarks.kill.sums import count

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

#: Leases end soon: what a killed process held is free within seconds.
SMALL = Plan(kills=5, seed="short", customers=8, switches="hurry", seconds=1.0)


def test_five_kills_lose_nothing_and_double_nothing(tmp_path):
    with site("sqlite", tmp_path) as place:
        storm = Storm(
            place, replace(SMALL, places=("stored", "settled", "send_answered"))
        )
        storm.run()
        sums = count(storm)
    assert len(storm.killed) >= 5
    assert [one for one in sums if not one.holds] == []
    figures = {one.name: one.figure for one in sums}
    assert figures["events that were answered 200 (N)"] > 20
    assert figures["messages planned"] > 20


def test_without_its_guard_an_answer_goes_out_over_a_person(tmp_path):
    (epoch,) = [proof for proof in PROOFS if proof.switches == "epoch"]
    result = prove_one(epoch, tmp_path, "short", tell=False)
    assert result["as_expected"], result
