"""Slots that a test case of Rasa's finds set: its fixtures."""

import pytest

from bot.rasa.report import ProjectError
from bot.scripts.files import parse

CASES = """\
fixtures:
- at_eight:
  - guests: "8"
  - occasion: dinner
- for_lunch:
  - occasion: lunch
test_cases:
- test_case: both
  fixtures: [at_eight, for_lunch]
  steps:
  - user: hello there
  - slot_was_set: [occasion]
- test_case: none
  steps:
  - user: hello there
"""
NAME = "conversations/rasa_e2e_tests_cases.yml"


def brought(bring, text, **more):
    return bring(**{"e2e_tests/cases.yml": text, **more})


def scripts(found):
    library = parse(found.files[NAME], NAME)
    assert library.problems == ()
    return {one.title: [step.written for step in one.steps] for one in library.scripts}


def left(found):
    return [str(one) for one in found.report.left if one.file.startswith("e2e_tests/")]


def test_what_fixtures_set_is_known_before_the_first_words(bring):
    found = scripts(brought(bring, CASES))
    assert found["both"] == [
        "known before: {guests: 8, occasion: lunch}",
        "customer: hello there",
        "remembers: occasion",
    ]
    assert found["none"] == ["customer: hello there"]


def test_fixtures_may_stand_in_a_file_of_their_own(bring):
    shared, cases = CASES[: CASES.index("test_cases")], CASES[CASES.index("test_c") :]
    found = brought(bring, cases, **{"shared.yml": shared})
    assert scripts(found)["both"][0] == "known before: {guests: 8, occasion: lunch}"


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        (
            "[at_eight, for_lunch]",
            "[at_eight, for_lanch]",
            "e2e_tests/cases.yml:9: test 'both': there is no fixture 'for_lanch'; did "
            "you mean 'for_lunch'?",
        ),
        (
            "[at_eight, for_lunch]",
            "\n  - at_eight\n  - at_nine",
            "e2e_tests/cases.yml:11: test 'both': there is no fixture 'at_nine'",
        ),
        (
            "- guests:",
            "- gests:",
            "e2e_tests/cases.yml:3: test 'both': fixture 'at_eight' sets 'gests', "
            "which is no slot of the project; did you mean 'guests'?",
        ),
    ],
)
def test_a_case_whose_fixture_is_not_there_is_left_with_file_and_line(
    bring, was, becomes, told
):
    found = brought(bring, CASES.replace(was, becomes))
    assert [one for one in left(found) if one.startswith(told)]
    assert [*scripts(found)] == ["none"]


@pytest.mark.parametrize(
    "wrong", ["{at_eight: {guests: 8}}", "[at_eight]", "[{at_eight: 8}]"]
)
def test_what_is_no_fixture_is_refused_with_file_and_line(bring, wrong):
    cases = f"fixtures: {wrong}\n{CASES[CASES.index('test_c') :]}"
    with pytest.raises(ProjectError, match=r"e2e_tests/cases.yml:1: write fixtures as"):
        brought(bring, cases)
