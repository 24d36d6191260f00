"""Something was missing from what came: told by words, in every language."""

import pytest

from bot.missing import says_so
from flows.actions.said_reason import reason
from tests.dialogue import Conversation, said

MISSING = [
    "the box was there but the cable is missing",
    "my order 48214 came but a cable is missing",
    "there's a part missing from my turntable",
    "the lamp came without the charger",
    "parts missing from my order",
    "one of the mugs is missing from the parcel",
    "you forgot to put the screws in",
    "the manual wasn't in the box",
    "it's missing two screws",
    "the record sleeve is missing the poster, it came in the parcel without it",
    "llegó el pedido pero falta el cable",
    "faltan dos tornillos en la caja",
    "me falta una pieza del tocadiscos",
    "se olvidaron de meter el cargador",
    "la lámpara vino sin el enchufe",
    "no venía el manual en la caja",
    "le colis est arrivé mais il manque le câble",
    "il manque une pièce à ma platine",
    "vous avez oublié de mettre le chargeur",
    "la lampe est arrivée sans la prise",
    "le câble n'était pas dans la boîte",
    "وصل الطلب بس ناقص الكيبل",
    "وصلت اللمبة ناقصة قطعة",
    "الكرتون وصل بس الشاحن مو موجود فيه",
    "نسيتوا تحطون الشاحن في العلبة",
    "في قطعة ناقصة من الطلب",
    "收到了但是少了一根线",
    "台灯少了螺丝",
    "包裹里没有充电器",
    "你们漏发了一个杯子",
    "盒子裡少了說明書",
    "缺了一个零件",
    "it came but the cable's missing",
]


@pytest.mark.parametrize("text", MISSING)
def test_something_is_missing(text):
    assert says_so(text)


@pytest.mark.parametrize("text", MISSING)
def test_that_is_the_reason_too(text):
    assert reason(text) == "missing_part"


def test_who_tells_that_it_came_does_not_ask_where_it_is():
    whole = "my parcel came, the cable is missing, order 48213"
    came, gone = "my parcel came", "the cable is missing, order 48213"
    talk = Conversation()
    talk.knows(
        **{whole: "order_status", came: "order_status", gone: "return_item"},
        **{"the cable is missing": "return_item", "order 48213": {"order_status": 0.3}},
    )
    turn = talk.say(whole)
    assert said(turn) == ["utter_sorry_for_goods", "utter_check_return_item"]


@pytest.mark.parametrize(
    "text",
    [
        "my parcel is missing",
        "the second box is missing",
        "my order is missing",
        "my refund is missing",
        "the confirmation e-mail is missing",
        "I'm missing my ticket",
        "my ticket wasn't in the envelope",
        "what if a part is missing?",
        "is anything missing from my order?",
        "nothing is missing, all good",
        "the order button is missing on your website",
        "my daughter's teddy went missing at the festival",
        "you forgot my order",
        "do I miss anything if I come late?",
        "cuánto falta para que llegue mi pedido",
        "faltan dos días para el concierto",
        "me falta el reembolso",
        "falta mi pedido",
        "no hace falta",
        "no viene el pedido",
        "falta la entrada",
        "il manque le remboursement",
        "il manque mon colis",
        "il ne manque rien",
        "il me manque un billet",
        "المبلغ ناقص",
        "ناقصني الايميل",
        "الطلب مو موجود",
        "كم ناقص على الحفلة",
        "缺货吗",
        "少了钱",
        "包裹没有到",
        "退款少了十块",
        "少了一张票",
        "One of the mugs is missing, when does the rest come?",
        "llegó un paquete pero falta la mitad, ¿cuándo llega?",
        "me faltan 3 libras para el envío gratis",
        "il me manque les horaires du dimanche",
        "المبلغ نقص من حسابي",
        "收到一个包裹，但是少了东西啊，另一个什么时候到？",
    ],
)
def test_it_is_something_else(text):
    assert not says_so(text)
