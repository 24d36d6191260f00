"""What only people can see to is not mistaken for what we can do ourselves."""

import pytest

from bot.for_people import matter, not_mine, site_is_down


@pytest.mark.parametrize(
    "text",
    [
        "someone else's parcel came to me",
        "I got someone elses order by mistake",
        "hi, a parcel for someone else was delivered to me",
        "the package you delivered isn't mine",
        "ive received a package that is not for me",
        "my neighbour's parcel was left at mine, it came this morning",
        "you sent me somebody else's order",
        "me llego un paquete que no es mio",
        "recibí el pedido de otra persona",
        "Me han entregado un paquete a nombre de otra persona",
        "me trajeron una caja que no es mía",
        "j'ai reçu un colis qui n'est pas à moi",
        "on m'a livré le colis de quelqu'un d'autre",
        "وصلني طرد ليس لي",
        "جاني طلب مو لي",
        "استلمت طرد باسم شخص ثاني",
        "我收到了别人的包裹",
        "收到一个快递，不是我的",
        "我收到別人的包裹",
    ],
)
def test_what_came_is_somebody_elses(text):
    assert not_mine(text)
    assert matter(text) == "trouble"


@pytest.mark.parametrize(
    "text",
    [
        "where is my parcel",
        "my parcel was delivered to me, thanks",
        "can you send my order to someone else?",
        "can I order a parcel for someone else",
        "I never got my order, is it with someone else",
        "can I give my ticket to someone else",
        "this is not my size, I got the wrong hoodie",
        "the record I got isn't the one I ordered",
        "mi pedido no ha llegado",
        "quiero mandar el pedido a otra persona",
        "ma commande n'est pas arrivée",
        "طلبي لم يصل",
        "我的包裹还没收到",
    ],
)
def test_what_came_or_did_not_is_their_own(text):
    assert not not_mine(text)


@pytest.mark.parametrize(
    "text",
    [
        "website is down",
        "your site isn't loading",
        "I can't open your website",
        "the site keeps crashing",
        "la web no funciona",
        "no me abre la página",
        "la página está caída",
        "votre site ne marche pas",
        "le site est en panne",
        "الموقع لا يعمل",
        "موقعكم مو شغال",
        "你们网站打不开",
        "網站進不去",
    ],
)
def test_the_site_is_down(text):
    assert site_is_down(text)
    assert matter(text) == "trouble"


@pytest.mark.parametrize(
    "text",
    [
        "is it on your website",
        "I ordered on your site and it hasn't come",
        "the tracking site is down",
        "my code doesn't work",
        "el código no funciona",
        "mi tarjeta no funciona en la web",
        "le code ne marche pas",
        "الكود لا يعمل",
        "我的卡用不了",
    ],
)
def test_the_site_is_not(text):
    assert not site_is_down(text)


@pytest.mark.parametrize(
    "text",
    [
        "are you hiring? i'd love to work in a record shop",
        "do you have any jobs",
        "do you buy second hand records",
        "i'd like to stock my album in your shop",
        "I want to sell my record collection",
        "can my band play at one of your nights",
        "tienen trabajo?",
        "compran discos usados?",
        "quiero venderles mi colección",
        "vous recrutez ?",
        "vous achetez des disques d'occasion ?",
        "عندكم وظائف؟",
        "你们招人吗",
        "收二手唱片吗",
    ],
)
def test_something_is_offered_to_us(text):
    assert matter(text) == "offer"


@pytest.mark.parametrize(
    "text",
    [
        "do you have the album",
        "do you sell records",
        "can I sell my ticket",
        "I want to return my record",
        "are you open",
        "when does the band play",
        "do you sell turntables",
        "¿hay conciertos?",
        "¿venden discos?",
        "vous vendez des vinyles ?",
        "عندكم اسطوانات؟",
        "有黑胶唱片吗",
        "where is my record collection, I ordered it last week",
    ],
)
def test_nothing_is(text):
    assert matter(text) is None
