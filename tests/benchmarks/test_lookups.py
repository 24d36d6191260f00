"""The look-ups in small: `python -m benchmarks.lookups` makes ten thousand."""

import pytest

from benchmarks.lookups.asked import looks, sold
from benchmarks.lookups.measuring import measure
from benchmarks.lookups.sabotage import prove
from benchmarks.lookups.shops import KINDS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_sees_what_is_anothers_and_owners_see_theirs(kind):
    found = measure(kind, right=100, wrong=400, pairs=20, seed="small")
    assert (found.leaks, found.failed) == (0, 0)
    # The one whose order is attacked meanwhile may be given a person.
    assert found.answered >= 99
    assert found.answered + found.to_a_person == 100


def test_with_any_of_the_safeguards_out_the_figures_turn_red():
    proofs = prove("small")
    assert [one for one in proofs if not one["holds"]] == []
    assert len(proofs) == 4


def test_no_wrong_look_up_happens_to_be_right_but_the_last_of_an_attack():
    orders = {one.number: one for one in sold(1200)}
    asked = looks(list(orders.values()), right=1000, wrong=10_000, seed="small")
    wrong = [look for look in asked if not look.is_own]
    owned = [
        look
        for look in wrong
        if look.number in orders
        and look.proof in (orders[look.number].email, orders[look.number].postcode)
    ]
    assert (len(asked), len(wrong), len(owned)) == (11_000, 10_000, 4)
