"""How soon must a person come?"""

from datetime import timedelta

import pytest

from bot.urgency import AGAIN, sounds_angry


def priority(floor):
    return floor.one("SELECT priority FROM conversation")


def test_who_asks_for_a_person_waits_like_everybody(floor):
    floor.says("i want a person")
    assert priority(floor) == 0


def test_who_complains_comes_sooner(floor):
    floor.says("i want to make a complaint")
    assert priority(floor) == 1
    assert floor.one("SELECT handoff_reason FROM conversation") == "complaint"


def test_who_shouts_comes_sooner(floor):
    floor.says("i want a person!!")
    assert priority(floor) == 1


def test_who_comes_again_within_days_comes_sooner(floor):
    floor.says("i want a person")
    floor.says("never mind")
    floor.clock.now += AGAIN - timedelta(minutes=1)
    floor.says("i want a person")
    assert priority(floor) == 1


def test_who_complains_and_comes_again_is_urgent(floor):
    floor.says("i want a person")
    floor.says("never mind")
    floor.says("i want to make a complaint")
    assert priority(floor) == 2


def test_who_comes_again_later_waits_like_everybody(floor):
    floor.says("i want a person")
    floor.says("never mind")
    floor.clock.now += AGAIN + timedelta(minutes=1)
    floor.says("i want a person")
    assert priority(floor) == 0


def test_what_a_colleague_has_set_is_never_lowered(floor):
    floor.says("hello")
    floor.run("UPDATE conversation SET priority = 2")
    floor.says("i want to make a complaint")
    assert priority(floor) == 2


@pytest.mark.parametrize(
    "text",
    [
        "WHERE IS MY PARCEL",
        "this is a joke!!",
        "还没到！！",
        "وين طلبي 😡",
        "QUIERO MI DINERO YA",
        "I HAVE BEEN WAITING for WEEKS NOW",
    ],
)
def test_signs_of_anger_are_seen(text):
    assert sounds_angry(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "where is my parcel?",
        "Thanks!",
        "HELP",
        "my ticket is HR-7K2M9Q and the order NAEGH70023318",
        "Is the DVD by ABBA in PAL or NTSC for the UK? It says USA on the box",
        "طلبي لم يصل",
        "我的包裹在哪里",
        "2 x CD, 1 x LP",
    ],
)
def test_plain_words_are_not_taken_for_anger(text):
    assert not sounds_angry(text)
