"""What was booked or ordered is to be otherwise: told by words, in every language."""

import pytest

from bot.rearranging import wants_otherwise


@pytest.mark.parametrize(
    "text",
    [
        "could you change our seats, we're three rows apart",
        "can my seat be moved nearer to the stage?",
        "please put me next to my sister, she has row C",
        "is it possible to sit together? we paid separately",
        "can I swap my ticket for a different date",
        "I'd like to move my booking to another workshop",
        "I bought tickets for the wrong night, can I change them?",
        "can I add a mug to my order before it leaves",
        "i forgot to add a tote bag to my order",
        "could you include another poster in the same parcel",
        "¿puedo cambiar de asiento?",
        "quiero cambiar mi entrada por otro día",
        "¿se puede añadir una taza a mi pedido?",
        "peut-on échanger mon billet contre un autre atelier ?",
        "je voudrais ajouter une affiche à ma commande",
        "pouvez-vous nous placer côte à côte ?",
        "ممكن أغير مقعدي؟",
        "أبي أبدل تذكرتي بورشة ثانية",
        "أريد أن أضيف كوبا إلى طلبي",
        "可以换个座位吗",
        "票能改成另外一场吗",
        "我买错了周五的演出，能改到周六那场吗",
        "不小心买成了下个月的那场钢琴音乐会，麻烦帮我们改成后面的爵士音乐会",
        "名额报错了，想改成陶艺课，报成了唱片设计课，能换成别的课吗",
        "订单里能再加一张海报吗",
        "想多加一个杯子到那单里",
        "我想在訂單裡多加一件",
    ],
)
def test_it_is_to_be_otherwise(text):
    assert wants_otherwise(text)


@pytest.mark.parametrize(
    "text",
    [
        "can I swap the name on my ticket?",
        "can I swap my hoodie for a large",
        "I want to swap it for a different one",
        "how do I add a discount code to my order",
        "can I add my phone number to the order",
        "you forgot to add the poster to my parcel",
        "has the concert been moved to another day?",
        "when is the other workshop",
        "are there seats for people who can't stand",
        "I have two seats next to each other, when do doors open?",
        "can I change the address of my order",
        "¿han cambiado la fecha del concierto?",
        "¿puedo cambiar la talla?",
        "quiero añadir un código de descuento a mi pedido",
        "le concert est déplacé à un autre jour ?",
        "puis-je changer l'adresse de ma commande ?",
        "هل تغير موعد الحفلة؟",
        "أريد تغيير عنوان طلبي",
        "演出改到哪天了",
        "我的订单到哪了",
        "能换大一号吗",
        "买成了小号，想换成大号",
        "名字像座位一样换一下行吗",
        "订单里怎么加优惠码",
    ],
)
def test_it_is_something_else(text):
    assert not wants_otherwise(text)
