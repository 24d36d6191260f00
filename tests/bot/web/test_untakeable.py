"""What no column takes is no fault of ours: a forged number, a NUL in a key."""

import pytest

from tests.bot.visiting import converse, stranger, visitor

HUGE = "9" * 30


@pytest.mark.parametrize("field", ["version", "undertaken"])
@pytest.mark.parametrize("number", [HUGE, "-1", "0", str(2**63), "one"])
def test_a_forged_number_saves_nothing_and_breaks_nothing(app, parts, field, number):
    grace = visitor(app, "editor", "Grace")
    form = {"question": "Gift cards?", "phrasings": "gift cards", "answer": "Yes."}
    answer = grace.post("/admin/faq/gift_cards", **form, **{field: number})
    assert answer.status_code in (400, 404, 409, 422)


def test_a_forged_epoch_breaks_nothing(app, parts):
    grace, conversation = visitor(app, "editor", "Grace"), converse(parts)
    answer = grace.post(f"/inbox/{conversation}/take", epoch=HUGE)
    assert answer.status_code < 500


def test_a_login_with_a_nul_is_nobodys(app):
    answer = stranger(app).post("/sign-in", login="ada\0", password="\0" * 12)
    assert answer.status_code in (400, 422)
