"""What wants nothing is answered as such."""

import pytest

from bot.pleasantries import answer, is_sigh


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("how are you", "utter_how_are_you"),
        ("Hi, how's it going?", "utter_how_are_you"),
        ("hola qué tal", "utter_how_are_you"),
        ("¿cómo está?", "utter_how_are_you"),
        ("bonjour, comment allez-vous ?", "utter_how_are_you"),
        ("ça va ?", "utter_how_are_you"),
        ("كيف حالك؟", "utter_how_are_you"),
        ("你好吗", "utter_how_are_you"),
        ("im fine thanks", "utter_affirm"),
        ("I'm good, thank you, and you?", "utter_affirm"),
        ("muy bien gracias", "utter_affirm"),
        ("très bien merci", "utter_affirm"),
        ("الحمد لله بخير", "utter_affirm"),
        ("我很好谢谢", "utter_affirm"),
        ("ok ill try later", "utter_all_right"),
        ("thanks, I'll come back tomorrow", "utter_all_right"),
        ("vale, lo intento más tarde", "utter_all_right"),
        ("je réessaierai plus tard", "utter_all_right"),
        ("طيب ارجع بعدين", "utter_all_right"),
        ("我晚点再试", "utter_all_right"),
    ],
)
def test_what_is_said_to_what_wants_nothing(text, response):
    assert answer(text) == response


@pytest.mark.parametrize(
    "text",
    [
        "how are you going to fix this",
        "how are my tickets sent",
        "I'm fine with a refund",
        "im good at waiting but where is my order",
        "I'll try to return it later than 30 days",
        "¿cómo va mi pedido?",
        "bien",
        "qué tal el tocadiscos",
        "ça va prendre combien de temps",
        "كيف حال طلبي",
        "你好",
        "ok",
        "thanks",
    ],
)
def test_who_wants_something_is_heard(text):
    assert answer(text) is None


@pytest.mark.parametrize(
    "text", ["oh", "Ahh...", "gutted.", "uy", "dommage !", "哦", "哎呀"]
)
def test_a_sigh(text):
    assert is_sigh(text)


@pytest.mark.parametrize(
    "text", ["ok", "oh yes", "嗯", "好的", "اه", "oh no thanks", ""]
)
def test_an_answer_is_no_sigh(text):
    assert not is_sigh(text)
