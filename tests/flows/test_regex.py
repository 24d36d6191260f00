import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flows.regex import Regex, RegexError

ATOMS = st.sampled_from(
    ["a", "b", "[ab]", "[^a]", ".", r"\d", r"\w", "(a|b)", "(?:ab|c)", "(a*b)", r"\."]
)
REPEATS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}"])
PATTERNS = st.lists(st.tuples(ATOMS, REPEATS).map("".join), min_size=1, max_size=4)


@given(
    PATTERNS.map("".join),
    st.sampled_from(["", "^", r"\b"]),
    st.sampled_from(["", "$", "|c", r"\b"]),
    st.text(alphabet="ab c1.", max_size=12),
)
def test_finds_what_python_finds(pattern, begin, end, text):
    whole = begin + pattern + end
    assert Regex(whole).found_in(text) == bool(re.search(whole, text))


def test_a_pattern_that_explodes_elsewhere_is_quick_here():
    begin = time.perf_counter()
    assert not Regex("(a+)+$").found_in("a" * 2_000 + "b")
    assert not Regex("a*a*a*a*a*a*b").found_in("a" * 2_000)
    assert time.perf_counter() - begin < 2


def test_ignores_case_if_told():
    assert Regex("(?i)hr-").found_in("HR-7")
    assert not Regex("hr-").found_in("HR-7")


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(a", "'(' is never closed at character 1"),
        ("a)", "unexpected ')' at character 2"),
        ("*a", "can't read '*' at character 1"),
        (r"(a)\1", "can't read"),
        ("(?=a)", "look-around"),
        ("(?P<x>a)", "look-around"),
        ("a{3,1}", "the wrong way round"),
        ("(((a{100}){100}){100})", "repeats too much"),
        ("a" * 501, "longer than 500"),
        ("(" * 30 + ")" * 30, "nested too deeply"),
        ("[b-a]", "bad character range"),
    ],
)
def test_says_what_it_does_not_run(pattern, problem):
    with pytest.raises(RegexError) as error:
        Regex(pattern)
    assert problem in str(error.value)


@given(st.text(alphabet="ab()[]{}*+?|^$\\d,1", max_size=15), st.text(max_size=8))
def test_any_pattern_runs_or_is_refused(pattern, text):
    try:
        regex = Regex(pattern)
    except RegexError:
        return
    assume(len(text) < 9)
    assert regex.found_in(text) in (True, False)
