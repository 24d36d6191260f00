import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.conditions import ConditionError, parse

SLOTS = {
    "number": "48213",
    "tries": 2,
    "found": True,
    "declined": False,
    "unset": None,
    "list": ["a", "b"],
    "blank": "",
}


def holds(text, **context):
    return parse(text).holds(SLOTS, context)


@pytest.mark.parametrize(
    "condition",
    [
        "slots.found",
        "not slots.declined",
        "not not slots.found",
        "slots.tries = 2",
        "slots.tries == 2",
        "slots.tries >= 2 and slots.tries < 3",
        "slots.tries > 5 or slots.found",
        "(slots.tries > 5 or slots.found) and not slots.unset",
        "slots.number is '48213'",
        'slots.number is not "0"',
        "slots.number > 48000",
        "slots.tries = '2'",
        "slots.tries != 'two'",
        "slots.number matches '48' and slots.tries",
        "slots.found is true",
        "slots.declined is false",
        "slots.unset is null",
        "slots.nowhere is undefined",
        "slots.unset is empty",
        "slots.blank is empty",
        "slots.number is not empty",
        "slots.list contains 'a'",
        "{'a' 'b'} contains 'b'",
        "slots.number contains '82'",
        r"slots.number matches '^\d{5}$'",
        "context.reason is 'misses'",
        "SLOTS.number IS '48213'".replace("SLOTS", "slots"),
        "true",
    ],
)
def test_holds(condition):
    assert holds(condition, reason="misses")


@pytest.mark.parametrize(
    "condition",
    [
        "slots.declined",
        "slots.unset",
        "slots.nowhere",
        "slots.unset > 1",
        "slots.found > 0",
        "slots.number < 'abc' and slots.unset = 0",
        "slots.list > 1",
        "slots.tries contains 2",
        "slots.tries matches '2'",
        "slots.found is 1",
        "slots.number is 48214",
        "{} contains 'a'",
        "false",
    ],
)
def test_does_not_hold_and_does_not_raise(condition):
    assert not holds(condition)


def test_and_binds_closer_than_or():
    assert holds("slots.found or slots.found and slots.declined")
    assert not holds("(slots.found or slots.found) and slots.declined")


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ("", "expected a value at character 1"),
        ("slots.a and", "expected a value at character 12"),
        ("slots.a slots.b", "expected 'and', 'or' or the end at character 9"),
        ("(slots.a", "expected ')' at character 9"),
        ("slots.a = ;", "can't read ';' at character 11"),
        ("order_number", "write 'slots.order_number' for a slot"),
        ("__import__", "unknown name '__import__'"),
        ("slots.a matches slots.b", "'matches' needs a pattern in quotes"),
        ("slots.a matches '('", "'(' is never closed"),
        ("slots.a is 'x", "can't read '''"),
        ("not", "expected a value"),
        ("slots.a = and", "expected a value at character 11"),
        ("slots.a > > 1", "expected a value at character 11"),
    ],
)
def test_says_what_is_wrong_and_where(condition, problem):
    with pytest.raises(ConditionError, match=r".*") as error:
        parse(condition)
    assert problem in str(error.value)


def test_knows_the_slots_it_looks_at():
    condition = parse("slots.b = 1 or (slots.a and context.c)")
    assert condition.slots() == ["a", "b"]


def test_brackets_without_end_are_refused_not_followed():
    with pytest.raises(ConditionError):
        parse("(" * 900)
    with pytest.raises(ConditionError, match="1000 characters"):
        parse("not " * 5_000 + "slots.a")


def test_many_parts_take_time_in_proportion():
    text = " or ".join(["slots.unset"] * 60)
    condition = parse(text)
    begin = time.perf_counter()
    for _ in range(100):
        condition.holds(SLOTS, {})
    assert time.perf_counter() - begin < 1


@given(st.text(alphabet="slot.nad()'=<>{}1 ", max_size=40), st.text(max_size=5))
def test_any_text_is_a_condition_or_an_error(text, value):
    try:
        condition = parse(text)
    except ConditionError:
        return
    assert condition.holds({"a": value, "lot": 1}, {}) in (True, False)
