"""Does a text ask what a product costs? Told by words of price, and by its name.

No model is taught it: "how much is" is said of delivery and of tickets as well. Where
one of the shop's products is named, or nothing else is, the price is an item's.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot import evidence, naming, products_asked
from bot.evidence import Payload
from bot.name_words import words
from bot.price_words import (
    asks_price,
    is_of_other_money,
    is_of_something,
    without_price,
)
from bot.product_names import ProductNames, is_full, telling
from bot.products_asked import PRODUCT
from intents.rejection import OUT_OF_SCOPE_INTENT

#: What asks for the price of a product.
GOAL = "product_price"
#: What is asked of a product.
OF_PRODUCTS = frozenset([products_asked.GOAL, GOAL])
#: A product may be asked for in the same words.
_MEANINGS = frozenset([GOAL, products_asked.GOAL, f"faq/{products_asked.GOAL}"])
#: And one that is named is in our scope, whatever a model knows of it.
_OF_NAMED = _MEANINGS | {OUT_OF_SCOPE_INTENT}
#: What words of price alone are taken for by models that know of no other price.
_OTHER_PRICES = frozenset(["faq/booking_fees", "faq/delivery_cost", "faq/price_match"])
#: What may stand beside them and wants nothing: "Hello, price?"
_COURTESIES = frozenset(["greet", "thank"])
_OF_NOTHING = _OF_NAMED | _OTHER_PRICES | _COURTESIES
#: From which chance on something else that a text may mean counts.
WEIGHT = 0.3
#: The same of a question of the shop's own: no product named, and one named.
LEAST, LIKELY = 0.1, 0.5
_WORDS_BESIDE = """
    these those they this that it them thing item product article other another ones
    sir madam dear admin boss bro mate hun hi hey hello info inbox dm pm detail po
    tell me could can let know send asking want how about around roughly approx
    eso esto este ese esa esos esas otro otra producto articulo cual decirme dime
    dice diga dame pasas pasa senor senora seria
    aprox aproximadamente mas menos unos
    ca cela celui celle ceux ceci autre produit article dire dites dis donner donnez
    quel quelle c bonjour svp stp environ peu pres
    هذا هذه هاي هاد هادا هيدا هيدي هذي دا ده دي دى هو هي منتج قطعة غرض واحد واحدة
    ممكن اعرف تعطيني قولي قولولي ايش شو ايه اخي استاذ يا لو سمحت سمحتي
    تقريبا حدود يعني
    s r el il l da dah di de law sama7t samaht
"""
#: What stands beside a price and does not say what has it, as it is compared.
_BESIDE = frozenset(word for one in _WORDS_BESIDE.split() for word in words(one))
_CHINESE = re.compile(
    "一[个個件张張只条條双雙款]|[这這那][个個件款]|东西|東西|产品|產品|商品|老板|老闆|亲|大概|大约|大約|差不多"
)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What a conversation was about before a price is asked for."""

    #: The key of the one product that was spoken of.
    item: str | None = None
    #: Its name with the variant that the text says of it, if it says one.
    variant: str | None = None
    #: Whether something else was spoken of since, which may have a price as well.
    elsewhere: bool = False
    #: Whether it is a part of a message, the rest of which may tell what has the price.
    is_part: bool = False


def read(
    parse: Payload,
    names: ProductNames,
    thresholds: Mapping[str, float],
    lenient: Mapping[str, float],
    spoken: Spoken,
    taught: Collection[str] = (),
) -> Payload:
    """Return the parse data of a text, with the price of a product as its meaning.

    What would be answered without it stays: a question of the FAQ from *thresholds*
    on, a goal from *lenient* ones; and what is likely one that the shop has *taught*,
    where no product is called by its full name.
    """
    text = str(parse["text"])
    is_short = len(text) <= products_asked.LONGEST
    if not names.products or not is_short or naming.named(parse) is not None:
        return parse
    around = _without_name(text, names)
    named, beside = around != text, _beside(around)
    if not asks_price(around) or beside > products_asked.MOST_TOLD:
        return parse
    if not named and spoken.variant is not None and not spoken.elsewhere:
        return _of_variant(parse, spoken.variant, _answered(parse, thresholds, lenient))
    alone = named or not spoken.is_part and _is_alone(parse, around, beside)
    likely = beside and _is_likely(parse, taught, named=named)
    if not alone or likely and not _is_full(text, names):
        return parse
    others = _OF_NAMED if named else _MEANINGS if beside else _OF_NOTHING
    if evidence.is_settled(parse, others, _answered(parse, thresholds, lenient)):
        return parse
    return _meant(parse) if named or beside else _bare(parse, spoken)


def _is_likely(parse: Payload, taught: Collection[str], *, named: bool) -> bool:
    """Whether a question of the shop's own is likely, of all that is no mere price.

    A word of a product's name must be outweighed, as in "to wash an LP".
    """
    ranking = parse["intent_ranking"]
    own = max((r["confidence"] for r in ranking if r["name"] in taught), default=0.0)
    least = LIKELY if named else LEAST
    return own >= max(least, evidence.likeliest_other(parse, _OF_NOTHING))


def _is_full(text: str, names: ProductNames) -> bool:
    """Whether a product is called by its full name."""
    found = names.find(text)
    return found is not None and is_full(found)


def _is_alone(parse: Payload, text: str, beside: int) -> bool:
    """Whether nothing but a price is asked, of nothing or surely of what is told."""
    if parse["entities"] or beside and not is_of_something(text):
        return False
    return evidence.likeliest_other(parse, _OF_NOTHING) < WEIGHT


def _without_name(text: str, names: ProductNames) -> str:
    """Return what is said around the name of a product; a gift card may be none."""
    found = names.find(text)
    if found is None:
        return text
    if not is_full(found) and is_of_other_money(text[found.start : found.end]):
        return text
    return f"{text[: found.start]} {text[found.end :]}"


def _answered(
    parse: Payload, thresholds: Mapping[str, float], lenient: Mapping[str, float]
) -> float:
    """Return from which chance on the likeliest meaning of a text counts."""
    name = str(parse["intent"]["name"])
    is_goal = "/" not in name and name != OUT_OF_SCOPE_INTENT
    return (lenient if is_goal else thresholds)["answer"]


def _beside(text: str) -> int:
    """Return how many words of a text tell anything beside the price."""
    plain = _CHINESE.sub(" ", without_price(text))
    return sum(not _BESIDE.issuperset(words(one)) for one in telling(plain))


def _bare(parse: Payload, spoken: Spoken) -> Payload:
    """Return what the price of nothing that is told means: the one we speak of."""
    if spoken.elsewhere:
        return parse
    return _with(parse, spoken.item, "Memory") if spoken.item else _asks(parse)


def _of_variant(parse: Payload, variant: str, answered: float) -> Payload:
    """Return what asks for the price of a size or colour: "M then, how much?"."""
    if evidence.is_settled(parse, _OF_NAMED, answered):
        return parse
    return _with(parse, variant, "Memory")


def _meant(parse: Payload) -> Payload:
    if products_asked.named(parse) is not None:
        return _asks(parse)
    # The whole text, as of what is in stock.
    value = str(parse["text"])[: products_asked.LONGEST].strip()
    return _with(parse, value, "PriceWords")


def _with(parse: Payload, value: str, extractor: str) -> Payload:
    # Of no place in the text, as in a short-cut: the rest of it is no less said.
    entity = {"entity": PRODUCT, "value": value, "extractor": extractor}
    return _asks({**parse, "entities": [*parse["entities"], entity]})


def _asks(parse: Payload) -> Payload:
    return evidence.by_rule(parse, GOAL)
