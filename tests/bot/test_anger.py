"""Who is fed up gets a person, and no choices that have nothing to do with it."""

import pytest

from bot import anger
from bot.anger import is_fed_up
from flows.ports import COMPLAINT
from tests.dialogue import Conversation, said

FED_UP = [
    "you are useless",
    "I'm fed up with this",
    "you people never answer",
    "estoy harto de esto",
    "nadie me contesta",
    "J'en ai marre, vous répondez jamais!!",
    "vous servez à rien",
    "allez vous faire voir",
    "bande de voleurs",
    "حرامية! نصابين!",
    "انتو ما تفهمون",
    "محدش بيرد",
    "你們到底有沒有人在處理",
    "骗子",
    "什么破店",
    "nobody even picks up",
    "an utter farce",
    "nadie atiende",
    "personne ne décroche",
    "ولا أحد يرد",
    "电话没人接",
]
TOLD = [
    "what a shambles, that is now twice that the parcel had something else in it than "
    "I had asked for and no one replies to what I write, 48213",
    "qué desastre, ya van dos veces que en la caja viene otra cosa y cuando les "
    "escribo para que lo arreglen nadie contesta",
    "une honte, deux fois déjà que le colis contient autre chose que ce que j'avais "
    "pris et quand j'écris personne ne répond",
    "مهزلة، هذي ثاني مرة يجي بالكرتون شي غير اللي اخترته ولما اكتب لكم عشان تحلون "
    "المشكلة ولا احد يرد",
    "太过分了，这已经是第二次箱子里的东西跟我选的不一样了，我给你们写了好几回信想解决，到现在都没人回复我一个字",
]


@pytest.mark.parametrize("text", TOLD)
def test_a_complaint_may_tell_what_happened(text):
    talk = Conversation()
    talk.knows(**{text: {"complaint": 0.45, "return_item": 0.2}})
    turn = talk.say(text)
    assert turn.handoff.reason == COMPLAINT
    assert said(turn) == ["utter_handoff_complaint"]


def test_who_tells_as_much_and_wants_something_is_asked():
    talk = Conversation()
    talk.knows(**{TOLD[1]: {"return_item": 0.45, "complaint": 0.2}})
    assert talk.say(TOLD[1]).handoff is None


@pytest.mark.parametrize("text", FED_UP)
def test_a_person_comes_for_who_is_fed_up(text):
    talk = Conversation()
    talk.knows(**{text: {"complaint": 0.2, "refund": 0.15}})
    assert talk.say(text).handoff.reason == COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "is this safe?",
        "I'm tired, can I send it back tomorrow",
        "my dog is a clown",
        "je n'ai pas de réponse à cette question",
        "vous répondez à quelle heure ?",
        "je suis fatigué",
        "ما فهمت السؤال",
        "有人处理吗谢谢",
    ],
)
def test_nobody_else_is(text):
    assert not is_fed_up(text)


def test_what_is_surely_wanted_comes_first():
    talk = Conversation()
    talk.knows(**{"you are useless, cancel it": "cancel_order"})
    assert said(talk.say("you are useless, cancel it")) == ["utter_ask_order_number"]


def test_in_a_question_they_are_not_asked_again():
    talk = Conversation()
    talk.knows(**{"vous servez à rien": {"goodbye": 0.1}})
    talk.say("where is my parcel?")
    assert talk.say("vous servez à rien").handoff.reason == COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "i want this sorted TODAY",
        "sharon.w@example.com and i want this sorted TODAY im disgusted",
        "I need this resolved by tomorrow",
        "this has to be fixed now",
        "sort it out right now",
        "quiero que me lo solucionen hoy",
        "exijo que se resuelva ya",
        "je veux que ce soit réglé aujourd'hui",
        "réglez-moi ça tout de suite",
        "أريد حلا اليوم",
        "بدي تحلوها الحين",
        "今天必须给我解决",
        "马上给我处理",
    ],
)
def test_it_is_to_be_settled_now(text):
    assert anger.demands(text)


@pytest.mark.parametrize(
    "text",
    [
        "I want it today",
        "can I get it sorted by size",
        "is it fixed now?",
        "it's sorted now, thanks",
        "it has been resolved today",
        "ya está solucionado",
        "ya lo he resuelto hoy",
        "c'est réglé maintenant",
        "انحلت اليوم شكرا",
        "现在处理到哪了",
        "已经解决了",
    ],
)
def test_nothing_is_demanded(text):
    assert not anger.demands(text)


def test_who_demands_it_gets_a_person_where_something_is_under_way():
    talk = Conversation()
    talk.say("where is my parcel?")
    talk.say("48213")
    turn = talk.say("i want this sorted TODAY")
    assert turn.handoff.reason == "complaint"
    assert "48213" in turn.handoff.summary


def test_out_of_the_blue_it_is_asked_what_is_meant():
    turn = Conversation().say("i want this sorted TODAY")
    assert turn.handoff is None or turn.handoff.reason != "complaint"
