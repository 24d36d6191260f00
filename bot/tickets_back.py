"""Does a text want a ticket cancelled or paid back? Told by words and names of events.

No model is taught it: "refund" is said of orders, too. But the goals of orders ask for
the number of an order, which no ticket has.
"""

import re

from bot import evidence, naming
from bot.evidence import Payload
from bot.phrase import is_longer
from intents.text import as_said

#: What is done about it, and what it is taken for.
GOAL = "ticket_refund"
_MISTAKEN = frozenset(["cancel_order", "refund", "refund_state", "return_item"])
#: From which chance on it may be meant.
LEAST = 0.3
#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 30, 50

_TICKET = re.compile(
    r"\b(tickets?|tix|bookings?|reservations?|entradas?|boletos?|reservas?|billets?|"
    r"r[eé]servations?)\b|تذكر|تذاكر|حجز"
)
_EVENT = re.compile(
    r"\b(to|for|of|the|that|this|your) (the |your |a |an |last |next )?"
    r"(concert|gig|show|event|fair|workshop|class)\b"
    r"|\b(al|del|el|un|la|ese|esa|este|esta) "
    r"(concierto|evento|espect[aá]culo|show|feria|taller|funci[oó]n)\b"
    r"|\b(au|du|le|un|l|la|ce|cet|cette) "
    r"(concert|spectacle|[eé]v[eé]nement|foire|atelier|soir[eé]e)\b|حفل|فعالي"
)
_TICKET_IN_CHINESE = re.compile(r"门票|(?<![发支钞])票")
_OF_EITHER_IN_CHINESE = re.compile(r"门票|(?<![发支钞])票|入场|演出|音乐会|演唱会")
#: Beside these it is the goods of an event, or an order, that is spoken of.
_ELSE = re.compile(
    r"\b(orders?|parcels?|posters?|t ?shirts?|tees?|hoodies?|lps?|vinyls?|cds?|dvds?|"
    r"albums?|merch|books?|mugs?|bags?|jackets?|turntables?|gifts?|fees?|pedidos?|"
    r"[oó]rden|compras?|paquetes?|camisetas?|sudaderas?|p[oó]sters?|carteles?|discos?|"
    r"vinilos?|regalos?|comisi[oó]n|gastos|commandes?|colis|affiches?|disques?|"
    r"vinyles?|"
    r"cadeaux?|frais|t shirts?|orderno)\b"
    r"|طلبي|طلبيه|الطلب\b|اسطوان|هديه|رسوم"
)
_ELSE_IN_CHINESE = re.compile(r"订单|包裹|海报|唱片|黑胶|衣|礼品|手续费")


def names_ticket(text: str) -> bool:
    """Whether a text speaks of a ticket by a word for one, in any of the languages."""
    said = as_said(text)
    plain = said.replace(" ", "")
    return bool(_TICKET.search(said) or _TICKET_IN_CHINESE.search(plain))


def read(parse: Payload) -> Payload:
    """Return the parse data of a text, as of who wants to give a ticket back.

    Beside the number of a ticket a person comes at once, without a goal.
    """
    kinds = {one["entity"] for one in parse["entities"]}
    intent = parse["intent"]
    likely = intent["name"] in _MISTAKEN and intent["confidence"] >= LEAST
    if not likely or kinds & {"ticket", "order_number", "product"}:
        return parse
    of_ticket = says_ticket(str(parse["text"]), named=naming.EVENT in kinds)
    return evidence.by_rule(parse, GOAL) if of_ticket else parse


def says_ticket(text: str, *, named: bool = False) -> bool:
    """Whether a text speaks of a ticket or an event, and of nothing that is sent."""
    words = as_said(text)
    together = words.replace(" ", "")
    if (
        _ELSE.search(words)
        or _ELSE_IN_CHINESE.search(together)
        or is_longer(words, MOST_WORDS, MOST_SIGNS)
    ):
        return False
    if named or _TICKET.search(words) or _EVENT.search(words):
        return True
    return bool(_OF_EITHER_IN_CHINESE.search(together))
