"""Who was not understood is told so, and is not guessed at once more."""

import pytest

from bot.misread import says_so


@pytest.mark.parametrize(
    "text",
    [
        "thats not what i asked",
        "That isn't what I meant",
        "you didn't answer my question",
        "u dont understand me",
        "this doesn't help",
        "not my question",
        "no me has contestado",
        "eso no es lo que pregunté",
        "no es lo que te pedí",
        "no entendiste",
        "eso no me sirve",
        "ce n'est pas ce que j'ai demandé",
        "vous ne répondez pas à ma question",
        "tu n'as pas compris",
        "مو هذا سؤالي",
        "ما جاوبتني",
        "我问的不是这个",
        "答非所问",
    ],
)
def test_it_was_misread(text):
    assert says_so(text)


@pytest.mark.parametrize(
    "text",
    [
        "that's not what I ordered",
        "it's not my order",
        "I didn't get it",
        "I don't understand",
        "nobody answers",
        "no",
        "no entiendo",
        "no es mío",
        "no me ha llegado",
        "je n'ai pas compris",
        "ce n'est pas ma taille",
        "ما وصلني",
        "我不懂",
        "不是我的",
        "thanks, that helps",
    ],
)
def test_it_was_not(text):
    assert not says_so(text)
