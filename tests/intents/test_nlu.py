from pathlib import Path

import pytest

from intents.nlu import Found, TrainingDataError, read

HERE = Path("shop.yml")


def found(text: str) -> list[tuple[str, str, str, int]]:
    return [(one.kind, one.name, one.text, one.line) for one in read(text, HERE)]


def test_one_text_holds_an_example_a_line():
    text = """\
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hi

    - hello there
- intent: thank
  metadata: {any: thing}
  examples: |
    - ta
"""
    assert found(text) == [
        ("intent", "greet", "hi", 5),
        ("intent", "greet", "hello there", 7),
        ("intent", "thank", "ta", 11),
    ]


def test_an_answer_to_an_intent_stands_below_the_responses():
    text = """\
nlu:
- intent: faq/hours
  examples: |
    - when are you open
responses:
  utter_faq/hours:
  - text: "We open at ten."
  - text: "At ten."
  utter_greet:
  - text: Hello!
  utter_faq/empty:
  - text: ""
  utter_faq/odd: Hello!
  utter_faq/none: []
"""
    assert found(text)[1:] == [("answer", "faq/hours", "We open at ten.", 7)]


def test_a_list_holds_an_example_an_item():
    text = """\
nlu:
- intent: greet
  examples:
  - text: |
      hi
    metadata: {sentiment: neutral}
  - text: hello
"""
    assert found(text) == [
        ("intent", "greet", "hi", 4),
        ("intent", "greet", "hello", 7),
    ]


def test_marked_entities_and_their_synonyms_are_found():
    text = "nlu:\n- intent: go\n  examples: |\n    - to [bln](city:Berlin)\n"
    assert found(text) == [
        ("intent", "go", "to bln", 4),
        ("entity", "city", "bln", 4),
        ("synonym", "Berlin", "bln", 4),
    ]


def test_patterns_synonyms_and_lookups_are_found():
    text = r"""
nlu:
- regex: order_number
  examples: |
    - \d{5}
- synonym: Berlin
  examples: |
    - bln
- lookup: city
  examples: |
    - Paris
"""
    assert [one[:3] for one in found(text)] == [
        ("regex", "order_number", r"\d{5}"),
        ("synonym", "Berlin", "bln"),
        ("lookup", "city", "Paris"),
    ]


def test_escapes_in_examples_are_undone():
    assert found('nlu:\n- intent: a\n  examples: |\n    - "x\\ny"\n')[0][2] == '"x\ny"'


@pytest.mark.parametrize(
    "text",
    ["", "# nothing\n", "responses:\n  utter_a:\n  - text: b\n", "nlu:\n", "nlu: []\n"],
    ids=["empty", "a comment", "other keys", "nothing under nlu", "an empty list"],
)
def test_files_without_phrasings_teach_nothing(text):
    assert found(text) == []


MISTAKES = {
    "not YAML": ("nlu:\n- intent: a\n  examples: |\n  - b\n c\n", "is not YAML", 4),
    "a tab": ("nlu:\n\t- intent: a\n", "indent with spaces", 2),
    "a colon": (
        "nlu:\n- intent: a\n  examples:\n  - text: so: this\n",
        "quotation marks",
        4,
    ),
    "a control character": ("nlu:\n- intent: a\x07\n", "is not YAML", None),
    "nested without end": ("nlu: " + "[" * 5000, "nested too deeply", None),
    "a list at the top": ("- intent: a\n", "must begin with 'nlu:'", 1),
    "nlu twice": ("nlu: []\nnlu: []\n", "stands here twice", 2),
    "nlu is a text": ("nlu: hello\n", "must be a list", 1),
    "an item that is a text": ("nlu:\n- greet\n", "write '- intent", 2),
    "an item of another kind": ("nlu:\n- intend: a\n", "write one of intent", 2),
    "no name": ("nlu:\n- intent:\n  examples: |\n    - a\n", "has no name", 2),
    "no examples": ("nlu:\n- intent: a\n", "has no examples", 2),
    "examples without a bar": ("nlu:\n- intent: a\n  examples: b\n", "with '|'", 3),
    "a line without a dash": (
        "nlu:\n- intent: a\n  examples: |\n    - b\n    c\n",
        "must begin with '- '",
        5,
    ),
    "an empty example": (
        "nlu:\n- intent: a\n  examples: |\n    - b\n    -\n",
        "is empty",
        5,
    ),
    "an endless example": (
        f"nlu:\n- intent: a\n  examples: |\n    - {'b' * 3000}\n",
        "shorten it",
        4,
    ),
    "examples that are a map": (
        "nlu:\n- intent: a\n  examples: {b: c}\n",
        "write 'examples: |'",
        3,
    ),
    "a list of texts": (
        "nlu:\n- intent: a\n  examples:\n  - b\n",
        "write '- text: ...'",
        4,
    ),
    "a broken mark": (
        "nlu:\n- intent: a\n  examples: |\n    - [b]{c}\n",
        "is not JSON",
        4,
    ),
    "a broken pattern": (
        "nlu:\n- regex: a\n  examples: |\n    - (b\n",
        "is not a regular expression",
        4,
    ),
    "a costly pattern": (
        "nlu:\n- regex: a\n  examples: |\n    - (b+)+c\n",
        "may take too long",
        4,
    ),
}


@pytest.mark.parametrize(
    ("text", "problem", "line"), MISTAKES.values(), ids=MISTAKES.keys()
)
def test_a_mistake_is_named_with_its_line_and_its_cure(text, problem, line):
    with pytest.raises(TrainingDataError) as caught:
        list(read(text, HERE))
    assert problem in str(caught.value)
    assert str(caught.value).startswith(f"shop.yml:{line}: " if line else "shop.yml")


def test_a_file_that_refers_to_itself_many_times_is_quick():
    layers = "\n".join(
        f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(30)
    )
    text = f"a0: &a0 [x]\n{layers}\nnlu:\n- intent: a\n  examples: |\n    - b\n"
    assert list(read(text, HERE)) == [Found("intent", "a", "b", HERE, 35)]
