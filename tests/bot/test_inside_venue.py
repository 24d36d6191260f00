"""A place inside a venue is asked for, and not where the venue is."""

import pytest

from bot.inside_venue import is_asked


@pytest.mark.parametrize(
    "text",
    [
        "is there somewhere to hang our jackets",
        "where can I store a suitcase during the show?",
        "is there a cloakroom at the hall?",
        "where do people go to smoke at the concert",
        "where are the toilets in the hall",
        "¿dónde puedo dejar la mochila en la sala?",
        "¿hay guardarropa en el concierto?",
        "il y a un vestiaire dans la salle ?",
        "où peut-on laisser les manteaux ?",
        "وين أحط شنطتي في القاعة؟",
        "هل يوجد في الحفل مكان نعلق فيه الجاكيتات؟",
        "فين نخلي حوايجي فالحفلة",
        "وين المصلى؟ هل يوجد مصلى في القاعة",
        "演出那边哪里可以存包",
        "现场有衣帽间吗",
    ],
)
def test_a_place_inside_is_asked_for(text):
    assert is_asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "where is the concert",
        "is there parking near the venue",
        "where do we leave the car",
        "I'm at the place, where do I go in?",
        "when should I leave home to get to the place?",
        "can I leave and come back in",
        "¿dónde es el concierto?",
        "¿dónde puedo aparcar?",
        "¿hay dónde dejar el coche cerca?",
        "où est la salle ?",
        "où se garer pour le concert ?",
        "وين مكان الحفلة",
        "وين نوقف السيارة",
        "وين أحط السيارة عند القاعة",
        "演出在哪里",
        "票存在哪里",
    ],
)
def test_the_venue_is_asked_for_or_something_else(text):
    assert not is_asked(text)
