"""What goes with an intent of few examples though no customer said it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.classifier import Model
from intents.examples import Example, Training
from intents.hints import MANY, OTHERWISE, SEVERAL, Hint, hints
from intents.naming import name_of
from intents.teaching import teach
from intents.text import as_said, normalise

WRAPPING = Example("do you offer gift wrapping", "faq/wrapping")
ANSWER = Example(
    "Yes, for 3 euros. Choose a ribbon at the check-out!\nOr ask us.",
    "faq/wrapping",
    "answer",
)


NAME = Hint("wrapping", "faq/wrapping")


def texts(found: list[Hint]) -> list[str]:
    return [one.text for one in found]


def test_an_answer_gives_its_sentences():
    assert texts(hints([WRAPPING], [ANSWER], "ar")) == [
        "choose a ribbon at the check-out!",
        "or ask us.",
        "yes, for 3 euros.",
    ]


def test_sentences_end_in_arabic_and_chinese_too():
    arabic = Example("نعم. هل تريد شريطا؟ اختره.", "faq/wrapping", "answer")
    assert len(hints([WRAPPING], [arabic], "ar")) == 3


def test_what_is_answered_but_never_asked_gives_nothing():
    assert hints([Example("hi", "greet")], [ANSWER], "ar") == []


def test_few_examples_are_said_otherwise_in_the_language_of_the_rules():
    found = [one for one in hints([WRAPPING], [], "en") if one != NAME]
    assert 0 < len(found) <= OTHERWISE
    assert {one.example for one in found} == {0}
    assert hints([WRAPPING], [], "es") == [NAME]


def test_many_examples_are_not():
    many = [Example(f"do you sell chair {n}", "chairs") for n in range(SEVERAL + 1)]
    named = [Hint("chairs", "chairs")]
    assert hints(many, [], "en") == named
    assert hints(many[1:], [], "en") != named


@pytest.mark.parametrize(
    ("intent", "language", "said"),
    [
        ("faq/Gift-wrapping_2", "en", ["gift wrapping 2"]),
        ("alarm/set_alarm", "fr", ["set alarm"]),
        ("order_status", "ar", []),
        ("order_status", "zh", []),
        (
            "\u0648\u0635\u0648\u0644_\u0637\u0631\u062f",
            "ar",
            ["\u0648\u0635\u0648\u0644 \u0637\u0631\u062f"],
        ),
        ("\u0648\u0635\u0648\u0644_\u0637\u0631\u062f", "es", []),
        ("out_of_scope", "en", []),
        ("faq/", "en", []),
    ],
)
def test_a_name_says_what_is_asked_in_the_letters_of_its_language(
    intent, language, said
):
    one = Example("x", intent)
    named = [hint for hint in hints([one], [], language) if hint.example < 0]
    assert texts(named) == said
    assert {hint.intent for hint in named} <= {intent}


@given(st.lists(st.sampled_from(["when do you open", "opening hours", "hi", "!?"])))
def test_no_hint_is_an_example_and_none_comes_twice(said):
    examples = [Example(one, "faq/hours") for one in dict.fromkeys(said)]
    answers = [Example("Opening hours. Hi. Hi.", "faq/hours", "answer")]
    found = hints(examples, answers, "en")
    assert len({*texts(found)}) == len(found)
    assert not {*texts(found)} & {one.text for one in examples}


def taught(shop: Training, *answers: Example) -> Model:
    return teach(shop.with_examples([WRAPPING, *answers])).model


def test_an_answer_helps_to_understand_but_is_no_example(shop):
    without, helped = taught(shop), taught(shop, ANSWER)
    asked = normalise("can it have a ribbon")
    scores = [
        float(
            one.scores(one.vocabulary.weigh(asked))[one.intents.index(WRAPPING.intent)]
        )
        for one in (without, helped)
    ]
    assert scores[1] > scores[0] + 0.1
    sentence = as_said("Or ask us.")
    assert sentence not in helped.examples
    assert helped.classify("Or ask us.")["intent"]["confidence"] < 1


def test_another_answer_gives_another_model(shop):
    other = Example("No.", "faq/wrapping", "answer")
    names = {
        name_of(shop.with_examples([WRAPPING, *answers]))
        for answers in ([], [ANSWER], [other])
    }
    assert len(names) == 3


def test_names_say_nothing_where_most_intents_have_many_examples():
    many = [Example(f"do you sell chair {n}", "chairs") for n in range(2 * MANY)]
    assert hints([*many, WRAPPING], [], "es") == []
    assert hints([*many[: MANY // 2], WRAPPING], [], "es") != []
