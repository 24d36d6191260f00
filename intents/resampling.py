"""How would it be, had the shop had other questions? Weights for many such shops.

A threshold is a jump: where a choice of rows is right 98 times of a hundred all the
way from the surest to the fourth part, one row more moves it from one end to the
other. Its mean over shops in which each intent counts more or less moves little
(bagging: Breiman 1996; the weights are those of Rubin's Bayesian bootstrap, 1981).
Intents are drawn and not rows, for the rows of an intent go wrong together.
"""

from collections.abc import Iterator
from hashlib import shake_256

import numpy as np

from intents.features import Floats, Names

SHOPS = 200


def shops(intents: Names) -> Iterator[Floats]:
    """Yield what each row counts in each shop, by the intent it belongs to.

    Drawn from the name, so that one more intent leaves the others as they were.
    """
    names, which = np.unique(intents, return_inverse=True)
    drawn = np.array([_drawn(str(name)) for name in names])
    for shop in drawn.T:
        yield shop[which]


def _drawn(name: str) -> Floats:
    """Return one exponential number a shop, the same on every machine."""
    noise = shake_256(name.encode("utf-8", "replace")).digest(8 * SHOPS)
    even: Floats = (np.frombuffer(noise, ">u8") + 0.5) / 2.0**64
    return -np.log(even)
