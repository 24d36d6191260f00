"""Is it asked which events there are, or what tickets cost? Not what sounds like it."""

import pytest

from bot.events_asked import asks_price, asks_which
from intents.text import bare, normalise
from tests.dialogue import Conversation, said


@pytest.mark.parametrize(
    "text",
    [
        "what events are on?",
        "What's on?",
        "whats on this weekend",
        "which concerts do you have coming up",
        "any gigs this weekend?",
        "can i get a list of your next events",
        "anything good coming up with you guys?",
        "anything fun on this weekend?",
        "lista de vuestros próximos conciertos",
        "upcoming events",
        "when is the next gig?",
        "¿qué conciertos hay?",
        "próximos eventos",
        "¿hay conciertos este mes?",
        "quels concerts avez-vous ?",
        "les prochains événements",
        "y a-t-il des concerts ce week-end ?",
        "ما هي الفعاليات القادمة؟",
        "وش الفعاليات عندكم",
        "هل توجد حفلات؟",
        "最近有什么演出",
        "有哪些活动？",
        "c'est quand le prochain concert ?",
        "quand est votre prochain spectacle ?",
        "¿cuándo es el próximo concierto?",
        "متى الحفلة الجاية؟",
        "下一场演出什么时候",
        "anything good on in december",
        "fair enough. anything good on in december",
        "is there anything on this weekend?",
        "anything happening at christmas",
        "what's going on next month",
        "¿qué hay en diciembre?",
        "qué tenéis de bueno este finde",
        "il y a quoi de sympa en décembre ?",
        "qu'est-ce qu'il y a ce week-end ?",
        "شو في حلو بديسمبر",
        "ايش عندكم هالشهر",
        "十二月有什么好玩的",
        "這個週末有什麼好玩的",
    ],
)
def test_it_is_asked_which_events_there_are(text):
    assert asks_which(bare(normalise(text)))


@pytest.mark.parametrize(
    "text",
    [
        "what's on the b side?",
        "what's on my order",
        "which events are cancelled?",
        "what time is the concert?",
        "is the show still on?",
        "I missed the events",
        "¿qué hay en el concierto?",
        "le concert est à quelle heure ?",
        "أين الحفلة؟",
        "活动在哪里",
        "anything new on my order this week?",
        "what's going on with my order",
        "is there anything on the b side",
        "are you open in december",
        "¿qué hay de mi pedido?",
        "¿qué hay en la caja?",
        "quoi de neuf pour ma commande ce mois",
        "شو في بالطلب",
        "十二月有货吗",
        "tu fais quoi le week-end",
    ],
)
def test_what_is_asked_of_one_event_is_no_list(text):
    assert not asks_which(bare(normalise(text)))


@pytest.mark.parametrize(
    "text",
    [
        "how much is delivery of tickets",
        "comment récupérer le prix de ma place",
        "how much of the ticket do I get back",
        "how much is the booking fee",
        "发票多少钱",
        "how much is the hoodie",
    ],
)
def test_what_else_costs_money_is_no_price_of_a_ticket(text):
    assert not asks_price(bare(normalise(text)), of_event=False)


def test_where_no_event_is_known_nothing_is_listed():
    turn = Conversation().say("what events are on?")
    assert "utter_upcoming_events" not in said(turn)
