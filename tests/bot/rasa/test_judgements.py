"""What an end-to-end test case judges, as lines that can be played."""

from bot.scripts.files import parse

CASES = """
test_cases:
- test_case: judged
  steps:
  - user: hello there
    assertions:
    - flow_started: greet
    - flow_completed: {flow_id: greet}
    - bot_uttered:
        utter_name: utter_greet
        text_matches: "Hello"
        buttons: [{title: Yes, payload: /affirm}]
    - slot_was_set: [{name: room, value: big}, nights]
    - slot_was_not_set: [seats]
  - slot_was_not_set: [room]
- test_case: out of reach
  steps:
  - user: hello there
    assertions:
    - generative_response_is_grounded: {threshold: 0.9}
"""
NAME = "conversations/rasa_e2e_tests_cases.yml"


def test_each_judgement_that_has_a_counterpart_is_a_line(bring):
    text = bring(**{"e2e_tests/cases.yml": CASES}).files[NAME]
    library = parse(text, NAME)
    assert library.problems == ()
    (script,) = library.scripts
    assert [step.written for step in script.steps[1:]] == [
        "flow: greet",
        "flow ended: greet",
        "bot: utter_greet",
        "bot like: Hello",
        "choices: [Yes]",
        "slots: {room: big}",
        "remembers: nights",
        "slots: {seats: None}",
        "slots: {room: None}",
    ]


def test_a_case_that_only_a_model_can_judge_is_left_with_its_reason(bring):
    report = bring(**{"e2e_tests/cases.yml": CASES}).report
    (left,) = [one for one in report.left if "out of reach" in one.what]
    assert "'generative_response_is_grounded' has no counterpart" in left.why
