"""What is asked further of what was just told needs no name."""

import pytest

from bot.follow_ups import goal


@pytest.mark.parametrize(
    "text",
    [
        "and when does it arrive?",
        "when will it get here",
        "when then?",
        "who's the courier?",
        "whats the tracking number",
        "its late isnt it",
        "ok but its been weeks",
        "will it be here by friday",
        "y cuándo me llega?",
        "para cuándo?",
        "cuál es la empresa de envío",
        "va con retraso, no?",
        "cuánto falta",
        "et elle arrive quand ?",
        "ça arrive aujourd'hui ?",
        "quand est-ce qu'elle arrive ?",
        "quel transporteur ?",
        "c'est en retard",
        "متى يوصل؟",
        "يعني هييجي النهارده؟",
        "بيوصل اليوم؟",
        "ومتى",
        "شركة الشحن؟",
        "什么时候到",
        "明天能到吗",
        "哪家快递",
        "那什么时候呢",
    ],
)
def test_of_an_order_when_and_by_whom_it_comes(text):
    assert goal("order_status", text) == "order_status"


@pytest.mark.parametrize(
    "text",
    [
        "thanks",
        "when are you open",
        "when is the concert",
        "how long does delivery take to Spain",
        "gracias",
        "¿cuándo abren?",
        "merci",
        "quand ouvrez-vous ?",
        "شكرا",
        "متى تفتحون",
        "谢谢",
        "几点开门",
    ],
)
def test_of_an_order_nothing_is_asked_further(text):
    assert goal("order_status", text) is None


@pytest.mark.parametrize(
    "text",
    [
        "when will it be in my account",
        "how long does that take",
        "y cuándo lo veo en mi cuenta?",
        "et ça arrive quand ? combien de temps",
        "متى يوصل المبلغ",
        "多久到账",
    ],
)
def test_of_a_refund_when_the_money_comes(text):
    assert goal("refund_state", text) == "faq/refund_time"


def test_of_anything_else_nothing():
    assert goal("event_when", "when does it arrive") is None
    assert goal("refund_state", "ok thanks") is None
