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


def test_what_means_the_same_is_one_group_however_it_is_put():
    repairs = (
        "do you mend turntables as well",
        "how much do you charge to repair a turntable",
        "sorry to bother you, how much do you charge to repair a turntable",
        "turntable repairs?",
    )
    apart = (
        "do you rent out turntables",
        "lost a wallet at the concert on friday",
        "how long does the concert go on for",
        "هل عندكم حمام للزبائن",
        "هل عندكم وظائف",
    )
    languages = ["en"] * 7 + ["ar"] * 2
    found = likeness.groups([*repairs, *apart], languages, [None] * 9)
    assert found == [[0, 1, 2, 3], [4], [5], [6], [7], [8]]


def test_what_asks_the_same_is_more_alike_than_what_does_not():
    texts = [*FILLING, "do you mend broken records", "do you clean coats"]
    *_, same, other = likeness.nearest(["Do you mend records?"], texts)
    assert same > 0.5 > other


def test_what_is_taken_for_something_else_is_apart_though_its_words_are_alike():
    texts = ["when is my order coming", "when do e-tickets come", "when is my order"]
    taken_for = ["order_status", "faq/ticket_delivery", "order_status"]
    assert likeness.groups(texts, ["en"] * 3, taken_for) == [[0, 2], [1]]
    assert likeness.groups(texts, ["en"] * 3, [None] * 3) == [[0, 1, 2]]
