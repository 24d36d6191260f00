import re
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from intents.cost import CostlyPatternError, steps
from intents.text import LONGEST_READ

QUICK = [
    r"\d{5}",
    r"\b[A-Z]{0,3}\d{4,8}\b",
    r"(?<!\d)\d{5}(?!\d)",
    r"(?:\d[ -]?){7,14}",
    r"\w+@\w+\.\w+",
    r"[a-z]+\d+",
    r".*foo",
    r"(foo|bar)?\d{3}",
    r"(?:ab?)*c",
    r"\S+\s\S+",
    r"(?>a+)b",
    r"a++b",
    r"(?-i:[A-Z]{2})",
    "",
]
SLOW = [
    r"(a+)+$",
    r"(a|aa)+$",
    r"(a|a)*b",
    r"(x+x+)+y",
    r"(.*,){5}",
    r"(a?){20}a{20}",
    r"(a*)*",
    r"\d+\s*\w+",
    r"(?:(?:ab){1,40}c{0,40}){1,60}z",
    r"(?:x{1,3}){1,10}y",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    "[\u0430-\u043f]+[\u043a-\u044f]+x",
    r"(a)\1",
    r"(?P<x>a)(?(x)b|c)",
    "(" * 3000 + "a" + ")" * 3000,
    "a" * 20_000,
]


@pytest.mark.parametrize("pattern", QUICK)
def test_patterns_that_are_always_quick_are_taken(pattern):
    assert steps(pattern) >= 0


@pytest.mark.parametrize("pattern", SLOW, ids=lambda pattern: pattern[:30])
def test_patterns_that_may_be_slow_are_refused(pattern):
    with pytest.raises(CostlyPatternError):
        steps(pattern)


def test_a_refusal_says_what_to_write_instead():
    with pytest.raises(CostlyPatternError, match=r"\{1,30\} in place of \+"):
        steps(r"(a+)+$")


def test_a_broken_pattern_is_not_called_costly():
    with pytest.raises(re.error):
        steps("(")


def test_measuring_a_deeply_nested_repeat_is_quick(seconds):
    def measure() -> None:
        with pytest.raises(CostlyPatternError):
            steps("(?:" * 60 + "a" + "){1,2}" * 60)

    assert seconds(measure) < 0.2


ATOMS = st.sampled_from(["a", "b", "[ab]", ".", r"\d", r"\w", "ab", r"\b", "(?!b)"])
REPEATS = st.sampled_from(["", "", "?", "*", "+", "{2}", "{1,3}", "*?", "{0,30}"])
PATTERNS = st.recursive(
    st.tuples(ATOMS, REPEATS).map(lambda pair: pair[0] + pair[1]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.tuples(inner, inner, REPEATS).map(lambda x: f"(?:{x[0]}|{x[1]}){x[2]}"),
        st.tuples(inner, REPEATS).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(PATTERNS)
def test_what_is_taken_is_quick_on_texts_made_to_slow_it_down(pattern):
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
        steps(pattern)
    except (CostlyPatternError, re.error):
        assume(False)
    for text in ("a", "b", "ab", "a1", "1", "aab "):
        long = (text * LONGEST_READ)[: LONGEST_READ - 1] + "!"
        began = time.process_time()
        for _ in compiled.finditer(long):
            pass
        assert time.process_time() - began < 0.5, pattern
