"""Only a part of an order is to be called off: told by words, in every language."""

import pytest

from bot.partly import calls_off_part, narrows
from bot.second_thoughts import takes_back


@pytest.mark.parametrize(
    "text",
    [
        "keep the record but cancel the shirt",
        "keep the record, cancel the shirt",
        "leave the mug in and cancel the two posters please",
        "I still want the mug, just cancel the tote bag",
        "cancel the shirt but keep the record",
        "cancel the shirt, I still want everything else",
        "can you cancel only the shirt in order 48215, I still want the mug",
        "please cancel just the poster",
        "only cancel the shirt",
        "don't cancel the record, just the shirt",
        "don't cancel everything, only the shirt",
        "can I cancel part of my order",
        "I'd like to cancel one of the items",
        "take the shirt off my order please",
        "I ordered two things, can you cancel one of them? order 48213",
        "cancel 48213 please but I'd still like the mug",
        "could you remove one of the mugs from order 48215",
        "not the whole order, just cancel the shirt",
        "quédense el disco pero cancelen la camiseta",
        "me quedo con el disco, cancelen la camiseta",
        "quiero cancelar solo la camiseta",
        "solo quiero anular la taza, el resto lo quiero",
        "no cancelen todo, solo la camiseta",
        "cancelen la camiseta y dejen el disco",
        "¿pueden quitar la camiseta de mi pedido?",
        "quiero cancelar una parte del pedido",
        "gardez le disque mais annulez le t-shirt",
        "je garde le disque, annulez la tasse",
        "annulez seulement le t-shirt",
        "je veux juste annuler l'affiche, pas le reste",
        "n'annulez pas tout, seulement le t-shirt",
        "pouvez-vous enlever la tasse de ma commande ?",
        "je voudrais annuler une partie de ma commande",
        "خلو الاسطوانة بس الغوا القميص",
        "ألغوا القميص فقط وخلوا الباقي",
        "أريد إلغاء القميص فقط",
        "لا تلغوا كل شي، بس القميص",
        "ممكن تشيلون القميص من الطلب",
        "أريد إلغاء جزء من الطلب",
        "唱片保留，把衬衫取消",
        "保留唱片，取消衬衫",
        "只取消衬衫，其他的都要",
        "不要全部取消，只取消衬衫",
        "能把杯子从订单里去掉吗",
        "我想取消订单中的一件",
        "把襯衫取消，唱片留著",
    ],
)
def test_a_part_is_called_off_and_the_rest_kept(text):
    assert calls_off_part(text)
    assert not takes_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "cancel my order",
        "just cancel the order",
        "just cancel my damn order",
        "just cancel the whole thing",
        "cancel it, I just want my money back",
        "I have two orders, cancel one of them",
        "cancel it but I still want my money back",
        "keep the order but cancel the return",
        "keep my order, cancel the refund",
        "don't cancel it, just change the address",
        "don't cancel the order, just the address is wrong",
        "keep the ticket but cancel the reminders",
        "can I cancel one of my tickets",
        "cancel only one of the seats",
        "remove the discount code from my order",
        "take my name off your list",
        "can you take the payment off my card",
        "keep it",
        "leave the parcel with my neighbour",
        "want to cancel one of my orders",
        "cancel the first order and keep the second order",
        "cancelen el pedido",
        "solo quiero cancelar el pedido",
        "solo quiero cancelar mi pedido",
        "me lo quedo, cancelen la devolución",
        "quiero cancelar una de las entradas",
        "quiten el código de descuento de mi pedido",
        "annulez ma commande",
        "je veux juste annuler la commande",
        "je garde le colis, annulez le retour",
        "annuler une des places",
        "enlevez l'adresse de ma commande",
        "ألغوا الطلب فقط",
        "أريد إلغاء الطلب",
        "خلوا الطلب بس الغوا الإرجاع",
        "ألغوا التذكرة فقط",
        "取消订单",
        "我只想取消订单",
        "保留订单，取消退货",
        "取消一个订单",
        "只取消提醒",
        "取消其中一张票",
        "So you cancel the listening night, and just keep my money??",
        "keep the first and cancel the second",
        "cancelaron el concierto y quiero el dinero de la entrada",
        "quiten el primero y dejen el segundo",
        "comment annuler un article commandé aujourd'hui ?",
        "vous annulez le concert et vous gardez l'argent ?",
        "أبقوا الأول وألغوا الثاني 83027",
        "保留第一个，取消第二个",
    ],
)
def test_it_is_something_else(text):
    assert not calls_off_part(text)


@pytest.mark.parametrize(
    "text",
    [
        "actually only the shirt",
        "not all of it, just the poster",
        "not everything",
        "no, just the mug please",
        "no todo, solo la camiseta",
        "solo el póster",
        "pas tout, juste le t-shirt",
        "seulement l'affiche",
        "مو كله بس القميص",
        "بس القميص",
        "不是全部，只取消衬衫",
        "只取消那件衬衫",
    ],
)
def test_a_cancellation_is_narrowed_to_a_part(text):
    assert narrows(text)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes, all of it",
        "just the order",
        "only my order please",
        "just do it",
        "solo el pedido",
        "juste la commande",
        "بس الطلب",
        "全部取消",
        "不用了",
    ],
)
def test_it_is_not(text):
    assert not narrows(text)
