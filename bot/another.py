"""Does a customer speak of another order or event than the one that is spoken of?

"Another question" is about the same.
"""

import re

from bot.phrase import Phrase

_NAMED = Phrase(
    re.compile(
        r"\b(other|another|different|second) (\w+ )?(orders?|purchase|tickets?|booking|"
        r"event|concert|show)\b|\b(the|my) other (one|1)\b"
        r"|\b(otr[oa]s?|distint[oa]|segund[oa]) (\w+ )?(pedidos?|orden|compra|"
        r"entradas?|"
        r"boletos?|reserva|evento|concierto)\b"
        r"|\b(autres?|seconde|deuxi[eè]me) (\w+ )?(commandes?|achat|billets?|"
        r"r[eé]servation|[eé]v[eé]nement|concert)\b"
        r"|\b(ال)?(طلب|طلبي|طلبيه|طلبيتي|اوردر|تذكره|حجز|حفله|فعاليه) "
        r"(ال)?(ثاني|ثانيه|تاني|تانيه|اخر|اخري)\b"
    ),
    re.compile(
        r"(另外?一|别的|其他的?|第二)(个|份|张|场|笔|单)?(订单|单|票|演出|活动)"
    ),
)


def is_named(text: str) -> bool:
    """Whether a text speaks, in any of the languages, of another order or event."""
    return _NAMED.is_in(text)
