"""How alike are two messages? As their spelling says, whatever else is compared."""

import pytest

from bot.admin import likeness

APART = (
    "salgo de trabajar a las cinco y media, llego?",
    "هل تعملون في العطل الرسمية؟",
    "ah ok, makes sense",
    "which courier brings it",
)
FILLING = [f"message number {n} about something of {n % 7} others" for n in range(600)]


@pytest.mark.parametrize("many", [100, 300, 600])
def test_messages_that_share_nothing_are_not_alike_among_many_others(many):
    texts = [*FILLING[:many], *APART]
    found = likeness.nearest(["Do you mend records?"], texts)[-len(APART) :]
    assert max(found) < 0.15


def test_what_asks_the_same_is_more_alike_than_what_does_not():
    texts = [*FILLING, "do you mend broken records", "do you clean coats"]
    *_, same, other = likeness.nearest(["Do you mend records?"], texts)
    assert same > 0.5 > other
