"""What is asked: by owners for their orders, by everybody else for others'."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.shops.server import Sold

#: Of each thousand orders that owners ask for, those that are attacked meanwhile.
ATTACKED = 4
INJECTED = (
    "{0} OR name:*",
    "{0}' OR name:'*",
    '{0}" OR "1"="1',
    "name:*",
    "*",
    "../orders/{0}",
    "{0}?_fields=id",
    "{0}&status=any",
    "{0}%00",
    "{0}' --",
)
#: What is given as proof by who hopes that it is taken for a pattern, or for nothing.
NO_PROOFS = ("*", "%", "", "-", "@", "null", "' OR ''='", "*@*", "\0")


@dataclass(frozen=True)
class Look:
    """One look-up: who asks for what, with what; whether it is their own."""

    number: str
    proof: str
    customer: str
    is_own: bool = False


def sold(count: int) -> list[Sold]:
    """Return orders, each with an owner and a postcode of its own."""
    return [
        Sold(
            number=str(10_000 + 7 * index),
            email=f"owner{index}@example.com",
            postcode=f"AB{index // 100} {index % 100:02}",
        )
        for index in range(count)
    ]


def looks(orders: Sequence[Sold], right: int, wrong: int, seed: str) -> list[Look]:
    """Return what owners and attackers ask, mixed; what owners ask comes once each."""
    dice, owned = random.Random(seed), orders[:right]
    own = [Look(one.number, one.email, f"owner of {one.number}", True) for one in owned]
    dice.shuffle(own)
    attacks = [*_attacks(owned[: max(1, right * ATTACKED // 1000)], wrong // 20)]
    while len(attacks) < wrong:
        attacks.insert(dice.randrange(len(attacks) + 1), _guess(orders, dice))
    # Each side keeps its order: an attack gets to the right postcode in the middle.
    turns = [True] * len(own) + [False] * wrong
    dice.shuffle(turns)
    owners, others = iter(own), iter(attacks)
    ordered = [next(owners) if theirs else next(others) for theirs in turns]
    return [
        look if look.is_own else Look(look.number, look.proof, f"attacker {place // 4}")
        for place, look in enumerate(ordered)
    ]


def _attacks(orders: Sequence[Sold], tries: int) -> Iterator[Look]:
    """Yield tries at single orders: addresses, and postcodes to the right one."""
    for order in orders:
        each = tries // (2 * len(orders))
        for count in range(each):
            yield Look(order.number, f"guess{count}@example.com", "")
            # The right one is among them, and half of them come before it.
            postcode = order.postcode if count == each // 2 else f"ZZ{count} 00"
            yield Look(order.number, postcode, "")


def _guess(orders: Sequence[Sold], dice: random.Random) -> Look:
    """Return a wrong proof, a guessed number or an injection; proofs are somebody's."""
    order, other = dice.sample(orders, 2)
    proof = dice.choice([other.email, other.postcode, *NO_PROOFS])
    number = dice.choice(
        [
            order.number,
            str(dice.randrange(10_000, 100_000)),
            str(dice.randrange(10_000, 100_000)),
            dice.choice(INJECTED).format(order.number),
        ]
    )
    is_chance_right = number == other.number
    return _guess(orders, dice) if is_chance_right else Look(number, proof, "")
