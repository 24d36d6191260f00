import pytest

from bot import plainly
from bot.policy import decide
from flows.commands import (
    CannotHandle,
    RepeatBotMessages,
    Restart,
    SetSlots,
    SkipQuestion,
)
from flows.stack import State
from tests.bot.test_policy import ORDER, command, situation


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Repeat that, please!", "repeat"),
        ("what did you say??", "repeat"),
        ("¿Qué has dicho?", "repeat"),
        ("Répétez s’il vous plaît", "repeat"),
        ("أعِد من فضلك", "repeat"),
        ("请再说一遍。", "repeat"),
        ("SKIP", "skip"),
        ("跳过这个问题", "skip"),
        ("let's start over", "restart"),
        ("Empezar de nuevo", "restart"),
        ("can you repeat my order", None),
        ("skip the queue", None),
        ("how do I restart the printer?", None),
        ("", None),
    ],
)
def test_so_many_words_and_no_others(text, wish):
    assert plainly.wished(text) == wish


@pytest.mark.parametrize("state", [State(), ORDER])
def test_the_dialogue_itself_may_be_asked_for_something(state):
    assert command("say that again", state) == RepeatBotMessages()
    assert command("start over", state, means="refund") == Restart()


def test_a_question_may_be_skipped_only_while_there_is_one():
    assert command("skip", ORDER) == SkipQuestion()
    assert not isinstance(command("skip"), SkipQuestion)


def test_a_tap_of_that_title_is_a_tap():
    assert not isinstance(
        decide(situation("Restart", kind="tap")).command, Restart | CannotHandle
    )


def test_an_answer_is_an_answer():
    assert command("48213", ORDER) == SetSlots(slots={"order_number": "48213"})
