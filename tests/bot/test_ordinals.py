"""Which one of a list is meant by its place, in any of the languages."""

import pytest

from bot.ordinals import place, place_by_age


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the second one", 2),
        ("Second.", 2),
        ("the 2nd, please", 2),
        ("I mean the third order", 3),
        ("number 2", 2),
        ("option 3", 3),
        ("la segunda", 2),
        ("el primero, por favor", 1),
        ("número 2", 2),
        ("el 2do", 2),
        ("la 3ra", 3),
        ("la deuxième", 2),
        ("le 2ième", 2),
        ("le troisième s'il vous plaît", 3),
        ("الثاني", 2),
        ("الطلب رقم 2", None),
        ("رقم 2", 2),
        ("الثالثة من فضلك", 3),
        ("第二个", 2),
        ("我的第三个订单", 3),
        ("第1个", 1),
        ("الطلب الثاني", 2),
        ("أول وحدة", 1),
        ("the fourth one", None),
        ("my second order has not come", None),
        ("seconds", None),
        ("one second please, I look for it", None),
        ("first class post?", None),
    ],
)
def test_a_place_counts_where_nothing_else_is_said(text, number):
    assert place(text, 3) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the latest", 1),
        ("my last order", 1),
        ("the most recent one", 1),
        ("the oldest", 3),
        ("la última", 1),
        ("el más reciente", 1),
        ("la más antigua", 3),
        ("la dernière", 1),
        ("la plus récente", 1),
        ("la plus ancienne", 3),
        ("الأخير", 1),
        ("آخر طلب", 1),
        ("الأقدم", 3),
        ("最近的那个", 1),
        ("最後一個", 1),
        ("آخر واحدة", 1),
        ("最早的", 3),
        ("the last thing I want", None),
        ("at last!", None),
    ],
)
def test_the_newest_and_the_oldest_are_told_by_age(text, number):
    assert place_by_age(text, 3) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the sixth one", 6),
        ("the twelfth", 12),
        ("20th", 20),
        ("option 17", 17),
        ("#13", 13),
        ("nineteen", 19),
        ("number ten, please", 10),
        ("la décima", 10),
        ("el duodécimo", 12),
        ("la número quince", 15),
        ("le vingtième", 20),
        ("numéro seize", 16),
        ("la 11e", 11),
        ("السادس", 6),
        ("الحادي عشر", 11),
        ("الخيار الثاني عشر", 12),
        ("رقم ١٥", 15),
        ("العشرون", 20),
        ("第十二个", 12),
        ("第20个", 20),
        ("选十一", 11),
        ("the one", None),
        ("the twenty-first", None),
        ("a second", None),
        ("21", None),
        ("£2", None),
        ("2 €", None),
        ("in 2 days", None),
        ("2 or 3", None),
    ],
)
def test_each_of_twenty_has_a_place(text, number):
    assert place(text, 20) == number


def test_of_nothing_there_is_no_place():
    assert place("the first", 0) is None
    assert place_by_age("the latest", 0) is None
    assert place_by_age("the oldest", 0) is None
