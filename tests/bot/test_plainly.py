import pytest

from bot import plainly
from bot.policy import decide
from flows.commands import (
    CannotHandle,
    RepeatBotMessages,
    Restart,
    SetSlots,
    SkipQuestion,
    StartFlow,
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
        ("sorry, can you repeat that?", "repeat"),
        ("say that again please", "repeat"),
        ("tu peux répéter ?", "repeat"),
        ("vous pouvez repeter svp", "repeat"),
        ("bonjour, repetez", "repeat"),
        ("podria repetir", "repeat"),
        ("me lo puede repetir, porfa", "repeat"),
        ("¿podés repetir?", "repeat"),
        ("recommencer a zero", "restart"),
        ("ممكن تعيد من فضلك؟", "repeat"),
        ("可以再说一遍吗", "repeat"),
        ("can we start over", "restart"),
        ("quiero empezar de nuevo", "restart"),
        ("can I cancel", None),
        ("oh no, cancel", "cancel"),
        ("Cancel that, please", "cancel"),
        ("إلغاء", "cancel"),
        ("取消", "cancel"),
        ("ألغي", "cancel"),
        ("كنسل", "cancel"),
        ("كرر لو سمحتي", "repeat"),
        ("重复一下", "repeat"),
        ("再講一遍", "repeat"),
        ("從頭開始", "restart"),
        ("cancel my order", None),
        ("", None),
    ],
)
def test_so_many_words_and_no_others(text, wish):
    assert plainly.read(text).wish == wish


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


@pytest.mark.parametrize(
    "text",
    [
        "My record sleeve came torn and I want to talk to a real person please",
        "can i speak with somebody about order 48213",
        "just give me a human agent",
        "fine, then get me a human",
        "please put me through to a member of staff",
        "Quiero hablar con una persona sobre mi pedido 48213",
        "I tried the link twice, I need someone to do it for me please",
        "Necesito alguien que me ayude con la dirección",
        "¿puedo hablar con alguien?",
        "حولني لموظف لو سمحت",
        "أبي موظف يا جماعة",
        "轉人工",
        "我要跟真人说话",
        "帮我转客服",
        "mon colis est cassé, je veux parler à quelqu'un",
        "J'aimerais échanger avec un conseiller",
        "je veux parler a une personne",
        "parler à un être humain svp",
        "je voudrais parler au service client",
        "passez-moi un conseiller",
        "pásame con una persona",
        "comuníqueme con un asesor",
        "quiero hablar con un ejecutivo",
        "quisiera hablar con servicio al cliente",
        "quiero un agente ya",
        "وصلني الطلب ناقص وأريد أن أتكلم مع موظف",
        "بدي أحكي مع حد",
        "أريد التحدث إلى خدمة العملاء",
        "我的订单坏了，我要转人工客服",
        "找真人客服",
        "帮我找个真人查一下吧",
    ],
)
def test_who_asks_for_a_person_in_a_longer_message_gets_one(text):
    decision = decide(situation(text, means={"refund": 0.6}))
    assert decision.command == StartFlow(flow="contact_human_agent")


@pytest.mark.parametrize(
    "text",
    [
        "are you a real person?",
        "I talked to someone yesterday and nothing happened",
        "خلينا نتكلم حديث ثاني",
        "أحكي حديثاً آخر",
        "does a person sign for the parcel?",
        "how much is the talk by the band",
        "habla español",
        "una persona mayor quiere ir",
        "je cherche un billet pour une personne",
        "人工费多少钱",
    ],
)
def test_who_only_speaks_of_people_is_read_as_ever(text):
    assert not plainly.read(text).asks_for_person


@pytest.mark.parametrize(
    "text",
    [
        "I don't have it",
        "no idea, sorry",
        "idk mate",
        "no lo sé",
        "el correo de él no lo tengo",
        "nose",
        "no se cual es",
        "no lo veo por ningún lado",
        "se me perdió",
        "je ne l'ai plus",
        "je le vois pas",
        "jsp",
        "j'ai supprimé le mail",
        "pas de numéro",
        "je n'ai jamais recu de mail",
        "aucune idée",
        "لا أتذكره",
        "معنديش",
        "邮编我也不确定",
        "不記得了",
        "刪了",
        "忘了",
    ],
)
def test_what_is_not_at_hand_is_heard_in_any_language(text):
    assert plainly.read(text).lacks


@pytest.mark.parametrize(
    "text",
    [
        "48213",
        "it is in my mail",
        "c'est marqué dessus",
        "有没有黑胶",
        "¿no se puede pagar en efectivo?",
        "no se ha entregado",
    ],
)
def test_what_says_nothing_of_it_is_not_taken_for_that(text):
    assert not plainly.read(text).lacks


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("can we talk in Spanish?", "es"),
        ("Hello! Do you speak Arabic?", "ar"),
        ("English please", "en"),
        ("perdone, ¿podemos hablar en español?", "es"),
        ("Parlez-vous anglais ?", "en"),
        ("respóndame en español", "es"),
        ("háblame en español porfa", "es"),
        ("répondez en français", "fr"),
        ("écrivez-moi en anglais", "en"),
        ("no hablo inglés, ¿podemos hablar en español?", "es"),
        ("no quiero hablar en inglés", None),
        ("I don't speak English", None),
        ("je ne parle pas anglais", None),
        ("en français s'il vous plaît", "fr"),
        ("هل يمكننا التحدث بالعربية من فضلك؟", "ar"),
        ("可以说中文吗？", "zh"),
        ("中文", "zh"),
        ("I ordered an English dictionary in May", None),
        ("Do you speak English? Where is my order 48213?", None),
        ("where is my order", None),
        ("", None),
    ],
)
def test_another_language_is_asked_for_by_who_asks_nothing_else(text, code):
    assert plainly.read(text).language == code


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("請說英語", "en"),
        ("可以講法語嗎", "fr"),
        ("ردوا بالعربي", "ar"),
        ("كتب عربية", None),
        ("سيارتي عربيتي", None),
    ],
)
def test_a_language_is_asked_for_in_every_spelling(text, language):
    assert plainly.read(text).language == language
