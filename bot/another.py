"""Does a customer speak of another order or event than the one that is spoken of?

"Another question" is about the same.
"""

import re

from bot.phrase import Phrase

_NAMED = Phrase(
    re.compile(
        r"\b(other|another|different|second) (\w+ )?(orders?|purchase|tickets?|booking|"
        r"event|concert|show|one|1)\b|\b(other|another|different) (\w+ )?"
        r"(parcel|package)\b"
        r"|\b(otr[oa]s?|distint[oa]|segund[oa]) (\w+ )?(pedidos?|orden|compra|"
        r"entradas?|"
        r"boletos?|reserva|evento|concierto)\b|\botro paquete\b|\b(del|al|el) otro\b$"
        r"|\bautres? (\w+ )?(commandes?|achat|billets?|colis|r[eé]servation|"
        r"[eé]v[eé]nement"
        r"|concert)\b|\b(seconde|deuxi[eè]me) commande\b|\bl autre$"
        r"|\b(ال)?(طلب|طلبي|طلبيه|طلبيتي|اوردر|تذكره|حجز|حفله|فعاليه) (\w+ )?"
        r"(ال)?(ثاني|ثانيه|تاني|تانيه|اخر|اخري)\b"
    ),
    re.compile(
        r"(另|别的|其他|第二)(外)?(的|一|个|份|张|场|笔|单){0,3}(订单|单|票|演出|活动|包裹)"
    ),
)


def is_named(text: str) -> bool:
    """Whether a text speaks, in any of the languages, of another order or event."""
    return _NAMED.is_in(text)
