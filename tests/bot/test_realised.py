"""How many answers were right in the end: counted, bounded, and acted on."""

import random

import pytest

from bot.realised import FEWEST, Answered, Finding, Signal, findings, held_to, least
from intents.rejection import CERTAIN

FAQ, OTHER, GOAL = "faq/opening_hours", "faq/delivery_time", "order_status"


def answers(count, *, wrong=0, intent=FAQ, signal=Signal.MARKED, sure=0.8, first=1):
    """So many customers, each answered once; the *wrong* ones were answered last."""
    return [
        Answered(
            turn_id=first + number,
            conversation_id=first + number,
            intent=intent,
            language="en",
            confidence=sure,
            signal=signal if number >= count - wrong else None,
        )
        for number in range(count)
    ]


def found(*answered, intent=FAQ, precision=0.98) -> Finding:
    return findings([one for some in answered for one in some], precision)[intent, "en"]


@pytest.mark.parametrize(
    ("wrong", "of", "bound"),
    [(0, 20, 0.0), (7, 31, 0.114), (3, 20, 0.052), (1, 50, 0.0035), (20, 20, 0.839)],
)
def test_the_bound_is_wilsons(wrong, of, bound):
    assert least(wrong, of) == pytest.approx(bound, abs=0.0006)


def test_a_stream_of_wrong_answers_silences_an_intent_and_no_other():
    stream = [answers(31, wrong=7), answers(200, intent=OTHER, first=100)]
    assert found(*stream).threshold == CERTAIN
    assert [turn for turn, _ in found(*stream).turns] == [*range(31, 24, -1)]
    assert found(*stream, intent=OTHER).threshold is None


@pytest.mark.parametrize("count", [50, 100, 1000, 5000])
def test_two_of_a_hundred_wrong_are_what_was_promised(count):
    assert found(answers(count, wrong=count // 50)).threshold is None


def test_chance_alone_hardly_ever_raises_what_is_better_than_promised():
    """Looked at again and again over 300 customers: of 100 such intents hardly any."""
    chance = random.Random(7)  # noqa: S311
    raised = 0
    for _ in range(100):
        marks = [Signal.MARKED if chance.random() < 0.01 else None for _ in range(300)]
        stream = [
            Answered(
                turn_id=n,
                conversation_id=n,
                intent=FAQ,
                language="en",
                confidence=0.8,
                signal=mark,
            )
            for n, mark in enumerate(marks)
        ]
        looks = range(FEWEST, 300, 10)
        raised += any(found(stream[:upto]).threshold is not None for upto in looks)
    assert raised <= 2


def test_too_few_say_nothing():
    assert found(answers(FEWEST - 1, wrong=FEWEST - 1)).threshold is None
    assert found(answers(FEWEST, wrong=4)).threshold is None
    assert found(answers(FEWEST, wrong=5)).threshold == CERTAIN


def test_what_is_surely_meant_is_answered_on():
    stream = [answers(60, sure=0.95), answers(30, wrong=10, sure=0.7, first=100)]
    assert found(*stream).threshold == 0.95


def test_a_customer_who_complains_all_day_counts_once():
    one = answers(FEWEST)
    again = [
        Answered(
            turn_id=1000 + n,
            conversation_id=1,
            intent=FAQ,
            language="en",
            confidence=0.8,
            signal=Signal.DISAPPROVED,
        )
        for n in range(50)
    ]
    told = found(one, again)
    assert (told.answers, told.wrong, told.threshold) == (FEWEST, 1, None)


def test_of_who_asks_for_a_person_next_those_count_who_are_more_than_usual():
    """A tenth of those who got a right answer ask for a person all the same."""
    others = answers(1000, wrong=100, intent=OTHER, signal=Signal.LEFT, first=10_000)
    usual = found(answers(200, wrong=20, signal=Signal.LEFT), others)
    many = found(answers(200, wrong=80, signal=Signal.LEFT), others)
    assert usual.wrong == pytest.approx(0, abs=0.1)
    assert usual.threshold is None
    assert many.wrong == pytest.approx(60, abs=0.1)
    assert many.threshold == CERTAIN


def test_goals_are_held_to_the_next_lower_precision():
    held = [held_to(one, share) for one in (FAQ, GOAL) for share in (0.99, 0.95)]
    assert held == [0.99, 0.95, 0.98, 0.95]
    stream = answers(100, wrong=9, intent=GOAL)
    assert found(stream, intent=GOAL).threshold is None
    assert found(answers(100, wrong=9)).threshold == CERTAIN


def test_what_customers_confirm_lets_it_back():
    stream = [answers(31, wrong=7), answers(300, first=100)]
    assert found(stream[0]).threshold is not None
    assert found(*stream).threshold is None
