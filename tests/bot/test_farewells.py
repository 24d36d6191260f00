"""Thanks and goodbye in one breath are a goodbye, and want nothing."""

import pytest

from bot.farewells import is_said


@pytest.mark.parametrize(
    "text",
    [
        "cheers, bye now",
        "Thanks for your help anyway, have a lovely evening!",
        "ok ta, see you later x",
        "no thanks, bye",
        "bueno, gracias igual, nos vemos",
        "muchas gracias por todo, que tengas un buen día",
        "merci quand même, bonne soirée",
        "d'accord merci beaucoup, à bientôt",
        "طيب شكرا كتير، يلا باي",
        "شكرا جزيلا، الى اللقاء",
        "好的多谢 再见",
        "謝謝囉 掰掰",
        "那就这样吧，谢谢你们，祝生活愉快",
    ],
)
def test_thanks_and_goodbye(text):
    assert is_said(text)


@pytest.mark.parametrize(
    "text",
    [
        "bye",
        "thanks a lot",
        "buenas noches",
        "hola, buenas tardes, gracias por todo",
        "thanks, and when do you close? bye",
        "thank you for the parcel, bye",
        "merci de me rembourser, bonne journée",
        "gracias, ¿a qué hora cierran? hasta luego",
        "شكرا، وين طلبي؟ مع السلامة",
        "谢谢，什么时候发货？再见",
        "",
    ],
)
def test_what_says_less_or_more(text):
    assert not is_said(text)
