"""Who takes back a wish before anybody came to it is taken at their word."""

import pytest

from bot.second_thoughts import needs_nobody, takes_back


@pytest.mark.parametrize(
    "text",
    [
        "actually no, keep it",
        "Actually no",
        "please don't cancel it",
        "I changed my mind",
        "on second thought I'll keep them",
        "leave it!",
        "mejor no, me lo quedo",
        "no lo canceléis",
        "no cancelen el pedido, por favor",
        "he cambiado de idea",
        "no lo devuelvan",
        "no quiero cancelar, perdón",
        "ya no quiero cancelar el pedido",
        "ya no necesito la factura",
        "ya no hace falta, gracias",
        "me quedo con el disco",
        "mantengan mi pedido",
        "consérvenlo",
        "dejelo asi",
        "olvídelo",
        "siempre no",
        "finalement non, je la garde",
        "n'annulez pas ma commande",
        "j'ai changé d'avis",
        "annulez pas svp",
        "merci de ne pas annuler",
        "je ne veux plus l'annuler",
        "gardez-la finalement",
        "non finalement",
        "oubliez ça",
        "لا تلغوا الطلب",
        "غيرت رأيي، خلوه",
        "سأحتفظ به",
        "别取消了",
        "还是不要取消了",
        "我改主意了",
        "不退了，我留着",
        "我還是不退了",
        "改變主意了",
        "留著吧",
        "ما تلغيه",
        "خلاص مش عايز أرجعه",
        "لا خلاص مش عايز الغيه",
        "算了不取消了",
        "لا ترجعوا المبلغ",
    ],
)
def test_a_wish_is_taken_back_in_so_many_words(text):
    assert takes_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "is anybody there?",
        "please hurry, before it leaves",
        "actually no refund has arrived yet",
        "keep me posted please",
        "¿cuánto tarda?",
        "¿todavía no cancelaron mi pedido?",
        "es que ya no quiero el pedido",
        "ya no necesito el disco",
        "manténganme informado, por favor",
        "conservo la caja original",
        "déjelo con el vecino",
        "si no lo devuelven llamo al banco",
        "dépêchez-vous",
        "vous ne remboursez pas ?",
        "no quiero reembolso, quiero un cambio",
        "faut-il garder la boîte ?",
        "je garde la facture en attendant",
        "متى يرد أحد",
        "什么时候有人回复",
        "怎么还不退款",
        "你们为什么不退款",
        "再不退款我就投诉",
        "不退款吗",
        "到底退不退",
        "ليش ما تردون علي",
        "ما ترجعون فلوسي؟",
        "ليش لا ترجعون المبلغ",
        "ما لغيتوا الطلب؟",
    ],
)
def test_nothing_else_is(text):
    assert not takes_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "actually no its fine",
        "no it's ok",
        "Actually I'm good, thanks",
        "I don't need anyone any more",
        "sorted it myself",
        "im sorted now thanks",
        "found it, thanks",
        "no need, thanks",
        "ya no hace falta",
        "ya lo encontré",
        "no hace falta, gracias",
        "ya está resuelto",
        "non c'est bon merci",
        "c'est réglé",
        "plus besoin merci",
        "ما عاد احتاج",
        "انحلت المشكلة",
        "不用了",
        "我自己解决了",
        "no need anymore, thanks",
        "non c bon finalement",
        "خلص مو مشكلة",
        "ما في داعي",
        "算了，不用了",
        "已经解决了",
    ],
)
def test_nobody_need_come(text):
    assert needs_nobody(text)


@pytest.mark.parametrize(
    "text",
    [
        "ok thats fine",
        "it's fine, I'll wait",
        "ok thanks",
        "no",
        "I need someone now",
        "no it's not fine",
        "my address is fine but the name is wrong",
        "found it broken",
        "vale, espero",
        "no está bien",
        "no hace falta que me llamen, escríbanme aquí por favor",
        "d'accord, merci",
        "c'est bon",
        "طيب شكرا",
        "好的",
        "不用的话可以退吗",
        "it is still not sorted",
        "c'est bon ?",
        "ما انحلت المشكلة",
        "خلاص متى يرد أحد",
        "解决了吗",
        "还没解决",
    ],
)
def test_the_person_is_waited_for(text):
    assert not needs_nobody(text)
