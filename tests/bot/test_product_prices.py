"""Is the price of a product asked, and of which one? By words of price and its name."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot import prices_asked
from bot.memory import LAPSE
from bot.price_words import asks_price
from bot.prices_asked import Spoken
from bot.product_names import ProductNames
from bot.settings import LANGUAGES
from flows.actions import all_actions
from flows.executor import in_process
from flows.products import Product, ProductName, Variant
from intents import examples
from intents.rejection import OUT_OF_SCOPE_INTENT
from tests import dialogue
from tests.dialogue import Conversation, FakeCalendar, FakeOrders, said, words

NAMES = {
    "1": "Blue Rain Jacket",
    "2": "Quayside Turntable",
    "3": "Moonlit Kiosk LP",
    "4": "Moonlit Kiosk Poster",
    "5": "Gift Card Holder",
    "6": "How Much Love LP",
    "7": "蓝色雨衣",
}
PRODUCTS = ProductNames(
    tuple(ProductName(key=key, name=name) for key, name in NAMES.items())
)
STRICT, LENIENT = {"answer": 0.96, "offer": 0.1}, {"answer": 0.7, "offer": 0.1}
NAMED = [
    "how much is the blue rain jacket?",
    "price of the rain jacket in M?",
    "turntable how much",
    "pp blue rain jacket",
    "hi, whats the price on the quayside turntable pls",
    "cost of the turntable",
    "can you tell me how much the turntable is",
    "how much is how much love",
    "¿Cuánto cuesta el Blue Rain Jacket?",
    "cuanto vale la blue rain jacket",
    "a cómo está el Quayside Turntable",
    "precio del turntable por favor",
    "c'est combien le Quayside Turntable ?",
    "combien coûte le Blue Rain Jacket",
    "Quayside Turntable c combien",
    "prix du Blue Rain Jacket",
    "كم سعر Quayside Turntable؟",
    "بكم Blue Rain Jacket",
    "Blue Rain Jacket بكام",
    "قديش حق Quayside Turntable",
    "شحال Quayside Turntable",
    "kam s3r quayside turntable",
    "b2adesh blue rain jacket",
    "Blue Rain Jacket多少钱",
    "请问Quayside Turntable怎么卖",
    "蓝色雨衣價格",
]
BARE = [
    "price?",
    "Hi, price please",
    "how much",
    "how much is it?",
    "how much does this cost?",
    "pp?",
    "price pls admin",
    "¿cuánto cuesta?",
    "valor?",
    "q valor tiene",
    "en cuanto lo tienen?",
    "precio por favor",
    "cuanto es",
    "c'est combien ?",
    "ça coûte combien",
    "prix svp",
    "c combien",
    "بكم؟",
    "كم السعر لو سمحت",
    "قديش",
    "بكام ده",
    "bkam",
    "kam",
    "多少钱？",
    "这个多少钱",
    "價格",
]
OF_NOTHING_OURS = [
    "how much is the green umbrella?",
    "price of the MegaShop headphones",
    "umbrella price?",
    "¿cuánto cuesta el paraguas verde?",
    "combien coûte le parapluie vert ?",
    "كم سعر المظلة الخضراء",
    "绿色雨伞多少钱",
]
OTHERS = [
    "do you have the blue rain jacket?",
    "is the turntable back in stock",
    "how much is delivery?",
    "how much is shipping for the blue rain jacket",
    "how much is p&p for the turntable",
    "how much does it cost to return the blue rain jacket?",
    "price of a gift card",
    "what did I pay",
    "how much did I pay for the turntable",
    "how much is left of my refund",
    "how much will I get back for the turntable",
    "is the turntable cheaper with a discount code",
    "can you match the price of the turntable on amazon",
    "wrong price on the turntable",
    "how much is a ticket for Harbour Sessions",
    "how much time does it take",
    "how much stock of the turntable do you have",
    "how much luggage can I take",
    "the prices in your shop are ridiculous",
    "how much is 48213",
    "¿cuánto cuesta el envío del Blue Rain Jacket?",
    "cuánto tarda",
    "el valor del envío cuál es",
    "en cuanto salga me avisan",
    "cuánto me devuelven por el turntable",
    "precio de la entrada",
    "combien coûte la livraison",
    "combien de temps",
    "combien j'ai payé le turntable",
    "prix d'un billet",
    "كم سعر التوصيل",
    "كم يستغرق",
    "كم باقي من turntable",
    "مرحبا بكم",
    "كيف أتصل بكم",
    "الشحن بكام",
    "bkam el tawsil",
    "运费多少钱",
    "门票多少钱",
    "退货多少钱",
    "Blue Rain Jacket能便宜吗",
]


def parsed(text, means=None, entities=()):
    """What a model that knows hardly anything makes of a text."""
    ranking = [{"name": n, "confidence": c} for n, c in (means or {}).items()]
    none = {"name": None, "confidence": 0.0}
    return {
        "text": text,
        "intent": ranking[0] if ranking else none,
        "intent_ranking": ranking,
        "entities": list(entities),
    }


def read(text, means=None, *, entities=(), names=PRODUCTS, spoken=None):
    parse = parsed(text, means, entities)
    return prices_asked.read(parse, names, STRICT, LENIENT, spoken or Spoken())


def product_of(parse):
    return [e["value"] for e in parse["entities"] if e["entity"] == "product"]


def is_asked(parse):
    return parse["intent"]["name"] == prices_asked.GOAL


@pytest.mark.parametrize("text", NAMED)
def test_a_product_that_is_named_is_asked_for_its_price(text):
    parse = read(text)
    assert is_asked(parse)
    assert product_of(parse) == [text]


@pytest.mark.parametrize("text", NAMED)
def test_which_product_it_is_is_found_in_the_whole_question(text):
    assert PRODUCTS.meant(text).sure


@pytest.mark.parametrize("text", BARE)
def test_the_price_alone_is_of_the_item_that_was_spoken_of(text):
    parse = read(text, spoken=Spoken(item="2"))
    assert is_asked(parse)
    assert product_of(parse) == ["2"]


@pytest.mark.parametrize("text", BARE)
def test_the_price_alone_is_of_an_item_that_is_to_be_told(text):
    parse = read(text, {"faq/delivery_cost": 0.93})
    assert is_asked(parse)
    assert product_of(parse) == []


@pytest.mark.parametrize("text", BARE)
def test_the_price_alone_may_be_of_what_was_spoken_of_since(text):
    assert not is_asked(read(text, spoken=Spoken(item="2", elsewhere=True)))


@pytest.mark.parametrize("text", OF_NOTHING_OURS)
def test_the_price_of_what_is_not_ours_is_asked_with_what_it_was(text):
    parse = read(text, {"out_of_scope": 0.9})
    assert is_asked(parse)
    assert product_of(parse) == [text]


@pytest.mark.parametrize("text", OTHERS)
def test_other_money_is_not_the_price_of_an_item(text):
    entities = [{"entity": "order_number", "value": "48213", "start": 0, "end": 5}]
    parse = read(text, entities=entities if "48213" in text else ())
    assert not is_asked(parse)


@pytest.mark.parametrize("text", [*NAMED, *BARE, *OF_NOTHING_OURS])
def test_nothing_changes_while_no_product_is_known(text):
    assert read(text, {"greet": 0.4}, names=ProductNames()) == parsed(
        text, {"greet": 0.4}
    )


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("price?", {"faq/price_list": 0.97}),
        ("how much is the turntable", {"faq/delivery_cost": 0.97}),
        ("how much is the turntable", {"return_item": 0.75}),
        ("how much is rent in berlin", {"out_of_scope": 1.0}),
    ],
)
def test_what_would_be_answered_without_it_stays(text, means):
    assert read(text, means) == parsed(text, means)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("how much is the turntable", {"faq/delivery_cost": 0.9}),
        ("how much is the turntable", {"out_of_scope": 1.0}),
        ("do you have the turntable and how much is it", {"product_availability": 1.0}),
        ("价格", {"faq/price_match": 1.0}),
        ("hello, price?", {"greet": 0.9}),
    ],
)
def test_what_a_model_makes_of_words_of_price_alone_does_not(text, means):
    assert is_asked(read(text, means))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_is_taught_is_the_price_of_an_item(language):
    data = dialogue.ROOT / "data"
    folders = [data / "nlu" / language, data / "faq" / f"{language}.yml"]
    taught = examples.load(folders).examples
    asked = [one for one in taught if is_asked(read(one.text))]
    assert {one.intent for one in asked} <= {OUT_OF_SCOPE_INTENT}


@pytest.mark.parametrize("text", ["price?", "how much is the green umbrella?"])
def test_a_part_of_a_message_is_of_what_the_rest_tells(text):
    assert not is_asked(read(text, spoken=Spoken(is_part=True)))
    assert is_asked(read("how much is the turntable", spoken=Spoken(is_part=True)))


@pytest.mark.parametrize(
    "text", ["price?", "how much is the umbrella and when are you open"]
)
def test_what_is_likely_something_else_is_asked_about_as_ever(text):
    assert not is_asked(read(text, {"faq/something": 0.4}))
    assert is_asked(read("how much is the turntable", {"faq/something": 0.4}))


def test_an_event_is_no_product():
    event = {"entity": "calendar_event", "value": "7", "start": 12, "end": 24}
    assert not is_asked(read("how much is moonlit kiosk live", entities=[event]))


def test_a_story_is_no_question():
    text = (
        "my uncle Joe from Leeds collects records, and the price of the turntable hurt"
    )
    assert not is_asked(read(text))
    assert not is_asked(read("how much is the turntable " * 20))


def test_the_chance_leaves_room_for_other_parts_of_a_message():
    parse = read("how much is the turntable", {"faq/delivery_cost": 0.5})
    assert sum(one["confidence"] for one in parse["intent_ranking"]) <= 1
    assert parse["intent"]["confidence"] < 1


def test_words_of_price_within_a_name_ask_for_nothing():
    assert not is_asked(read("do you have how much love lp"))
    assert asks_price("how much")


class Shop:
    """Products behind the port."""

    def __init__(self, *products):
        self.products = {one.key: one for one in products}
        self.names = ProductNames(
            tuple(ProductName(key=one.key, name=one.name) for one in products)
        )

    def are_known(self):
        return True

    def meant(self, text):
        known = self.names.of(text)
        return known if known.products else self.names.meant(text)

    def find(self, key):
        return self.products.get(key)


JACKET = Product(key="1", name="Blue Rain Jacket", stock="in_stock", price="£59.00")
TURNTABLE = Product(key="2", name="Quayside Turntable", stock="few", price="£189.00")


def conversation(*products):
    shop = Shop(*products)
    actions = all_actions(FakeOrders(), FakeCalendar(), (), shop)
    assistant = replace(
        dialogue.assistant(),
        run_action=in_process(actions, dialogue.DOMAIN.raw),
        products=shop.names,
    )
    return Conversation(assistant=assistant), shop


def test_the_price_is_told_with_its_day_where_that_is_not_today():
    old = replace(JACKET, as_of=date(2026, 11, 20))
    talk, _ = conversation(old)
    turn = talk.say("how much is the blue rain jacket?")
    assert said(turn)[:3] == [
        "utter_product_price",
        "utter_product_in_stock",
        "utter_product_as_of",
    ]
    assert turn.outcome == "answered"


def test_a_variant_has_a_price_of_its_own_and_may_be_asked_for_afterwards():
    sold = (
        Variant(name="M", stock="few", price="£59.00"),
        Variant(name="XL", stock="in_stock", price="£62.00"),
    )
    talk, _ = conversation(replace(JACKET, price="£59.00 / £62.00", variants=sold))
    assert "£59.00 / £62.00" in words(talk.say("how much is the blue rain jacket?"))
    told = words(talk.say("and the XL?"))
    assert "The price is £62.00. Blue Rain Jacket, XL is in stock." in told
    assert "£59.00" in words(talk.say("how much is it in M?"))


def test_one_that_is_sold_no_more_is_left_to_a_person():
    talk, shop = conversation(JACKET)
    shop.products.clear()
    turn = talk.say("how much is the blue rain jacket?")
    assert said(turn) == ["utter_noted_product_price", "utter_handoff_flow"]
    assert "Product: Blue Rain Jacket" in turn.handoff.summary


@pytest.mark.parametrize("price", [None, ""])
def test_a_price_that_nobody_knows_is_not_made_up(price):
    talk, _ = conversation(replace(JACKET, price=price))
    turn = talk.say("how much is the blue rain jacket?")
    assert said(turn) == [
        "utter_product_unpriced",
        "utter_product_in_stock",
        "utter_ask_tell_price",
    ]
    assert talk.tap("Yes, please").handoff.reason == "flow"


def test_the_trace_says_why():
    talk, _ = conversation(JACKET)
    trace = talk.say("how much is the blue rain jacket?").trace
    assert trace["flow"] == prices_asked.GOAL
    assert trace["why"] == "asks what an item costs"


def test_what_was_spoken_of_is_known_for_half_an_hour():
    talk, _ = conversation(JACKET, TURNTABLE)
    talk.say("how much is the turntable")
    talk.now += LAPSE - timedelta(minutes=1)
    assert "£189.00" in dialogue.words(talk.say("price?"))
    talk.now += LAPSE + timedelta(minutes=1)
    assert said(talk.say("price?")) == ["utter_ask_product_name"]


def test_of_two_that_were_spoken_of_none_is_meant():
    talk, _ = conversation(JACKET, TURNTABLE)
    for text in ("how much is the turntable", "price of the jacket", "price jacket"):
        talk.say(text)
    assert said(talk.say("price?")) == ["utter_ask_product_name"]


def test_what_was_spoken_of_is_forgotten_with_a_new_beginning():
    talk, _ = conversation(JACKET)
    talk.say("how much is the blue rain jacket?")
    talk.say("start over")
    assert said(talk.say("price?")) == ["utter_ask_product_name"]


def test_a_person_is_told_the_name_of_an_item_and_not_its_key():
    talk, _ = conversation(replace(JACKET, key="SKU-1"))
    talk.say("how much is the blue rain jacket?")
    summary = talk.say("i want a person").handoff.summary
    assert "Blue Rain Jacket" in summary
    assert "SKU-1" not in summary


def test_beside_what_asks_for_more_the_price_is_told_first():
    talk, _ = conversation(JACKET, TURNTABLE)
    turn = talk.say("how much is the turntable and where is my parcel?")
    assert said(turn)[0] == "utter_product_price"
    assert said(turn)[-1] == "utter_ask_order_number"


def test_the_price_once_more_is_no_name_of_an_item():
    talk, _ = conversation(JACKET, TURNTABLE)
    talk.say("price?")
    assert "utter_ask_product_name" in said(talk.say("how much?"))
    assert "£59.00" in dialogue.words(talk.say("the jacket"))


def test_several_that_are_named_are_a_choice():
    found = PRODUCTS.meant("the jacket and a turntable")
    assert [one.name for one in found.products] == [NAMES["1"], NAMES["2"]]
    assert not found.sure


def test_a_word_of_another_name_beside_one_in_full_is_no_choice():
    assert PRODUCTS.meant("do you have the quayside turntable in blue").sure
