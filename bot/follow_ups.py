"""What is asked further of what was just told? In so many words, of no name.

"And when does it arrive?", behind the state of an order, is as likely said of an event
or of tickets, for a model that knows nothing of what was said before.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot import (
    at_hand,
    event_facts,
    events_asked,
    evidence,
    guesses,
    naming,
    price_words,
)
from bot.phrase import Phrase
from bot.situation import Situation

#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 9, 16

_ARRIVES = re.compile(
    r"\bwhen (\w+ ){0,4}(arrive|arriving|come|coming|get here|here|delivered|due|get "
    r"it|"
    r"have it|receive it|expect it|ship|shipped|leave|turn up)\b"
    r"|^(\w+ ){0,2}(when|what day|what date|which day)( then| exactly| though)?$"
    r"|\bwhat (day|date) (\w+ ){0,4}(arrive|come|coming|here|delivered|due)\b"
    r"|\b(who|which|what) (\w+ ){0,2}(couriers?|carrier|delivery company)\b"
    r"|\b(tracking|track) (number|no|link|code|id)\b"
    r"|\b(its|it s|it is|that s|thats|isn t it) (\w+ )?(late|overdue|delayed)\b"
    r"|\bhow (late|much longer)\b"
    r"|\bwill (it|they) (\w+ )?(come|arrive|be here|get here|make it|turn up)\b"
    r"|\b(been|it s been|its been) (\w+ ){0,2}(days|weeks|months|ages)\b"
    r"|\bcu[aá]ndo (me |lo |la |los |nos )*(lleg|recib|entreg|viene|trae|sale|saldr)\w*"
    r"|^(y )?(para )?(cu[aá]ndo|qu[eé] d[ií]a)( es| ser[ií]a| m[aá]s o menos)?$"
    r"|\bqu[eé] d[ií]a (\w+ )?(lleg|recib|entreg|viene)\w*"
    r"|\b(qu[eé]|cu[aá]l|qui[eé]n) (\w+ ){0,3}"
    r"(transportista|mensajer[ií]a|paqueter[ií]a|courier|empresa de (env[ií]o|"
    r"transporte))\b"
    r"|\b(n[uú]mero|c[oó]digo|link|enlace) de (seguimiento|rastreo|gu[ií]a)\b"
    r"|\b(va|viene|est[aá]|lleva) (\w+ )?(tarde|atrasad[oa]|retrasad[oa]|con retraso|"
    r"demorad[oa])\b|\bcu[aá]nto (le |va a |m[aá]s )*(falta|tarda|demora)\w*"
    r"|\b(va a )?llega(r[aá]?)? (hoy|ma[nñ]ana|a tiempo|esta semana)\b"
    r"|\b(arrive(ra)?|arrivera t|livr[eé]e?|re[cç]ois|recevrai)( il| elle)? "
    r"(aujourd hui|demain|ce soir|cette semaine|[aà] temps|avant)\b"
    r"|\bquand (\w+ ){0,4}(arriv|livr|re[cç]o|re[cç]u|recev|vien|part)\w*"
    r"|\b(arrive|arrivera|livr[eé]e?) quand\b|^(et )?(c est )?(pour )?(quand|quel "
    r"jour)( alors| exactement)?$"
    r"|\bquel (\w+ )?(transporteur|livreur)\b|\b(num[eé]ro|lien|code) de suivi\b"
    r"|\b(est|a|pas) (\w+ )?(en |du )retard\b"
    r"|\b(متي|امتي|امتا|ايمتي|وقتاش|فوقاش) (\w+ )?(بت|بي|حت|حي|هت|هي|ست|سي|ت|ي)?"
    r"(وصل|جي|استلم)\w*"
    r"|\b[هحبست]{0,2}(يجي|ييجي|تجي|تيجي|يوصل|توصل|يصل|تصل)(ني|لي|نا)? "
    r"(\w+ )?(اليوم|النهارده|النهاردا|بكره|بكرا|غدا|الليله)\b"
    r"|^(طيب |و ?)?(متي|امتي|ايمتي|وقتاش)$"
    r"|\b(شركه (الشحن|التوصيل)|رقم (التتبع|الشحنه)|رابط التتبع|متاخر\w*|تاخر\w*)\b"
)
_ARRIVES_IN_CHINESE = re.compile(
    r"(今天|明天|后天|今晚|这周|周末)(之?前)?(就)?(能|会|可以)(到|送到|收到|拿到)"
    r"|(什么时候|几时|啥时候|哪天|几号|多久)(才|能|会|可以|才能)*(到|送|收到|发货|寄出)"
    r"|^(那|那么)?(什么时候|啥时候|几时|哪天)(呢)?$|哪家快递|什么快递|快递公司"
    r"|(快递|物流|运单)单?号|(晚|迟)了|延误"
)
_PAID = re.compile(
    r"\b(when|how (long|soon|many days)|what (day|date))\b"
    r"|\b(cu[aá]ndo|cu[aá]nto (tiempo|tarda|demora)|qu[eé] d[ií]a)\b"
    r"|\b(quand|combien de (temps|jours)|quel jour)\b"
    r"|\b(متي|امتي|ايمتي|كم (يوم|يوما|وقت)|وقتاش)\b"
)
_PAID_IN_CHINESE = re.compile(r"什么时候|啥时候|几时|多久|几天|哪天")

#: By what was told, what asks further, and what that is.
_FURTHER: Mapping[str, tuple[Phrase, str]] = {
    "order_status": (
        Phrase(_ARRIVES, _ARRIVES_IN_CHINESE, MOST_WORDS, MOST_SIGNS),
        "order_status",
    ),
    "refund_state": (
        Phrase(_PAID, _PAID_IN_CHINESE, MOST_WORDS, MOST_SIGNS),
        "faq/refund_time",
    ),
}

#: Goals that are about one event as well.
OF_TICKET = frozenset(["ticket_refund", "ticket_resend"])
#: A longer text tells what it is that has the price.
MOST_OF_PRICE = 6


def read(here: Situation) -> Situation:
    """Return it as what is asked further of what was told last, if that must be."""
    told = here.state.ended or ""
    if here.kind != "text" or here.chosen or here.sure or at_hand.names_event(here):
        return here
    if meant := _of_event(here, told):
        parse = evidence.by_rule(dict(here.reading.parse), meant)
        return replace(here, reading=replace(here.reading, parse=parse))
    if here.asked is not None:
        return here
    meant = goal(told, here.text)
    if meant is None or meant != events_asked.PRICE and at_hand.order(here) is None:
        return here
    known = [one for one in (meant, told) if guesses.is_offerable(one, here)]
    if not known:
        return here
    parse = evidence.by_rule(dict(here.reading.parse), known[0])
    return replace(here, reading=replace(here.reading, parse=parse))


def _of_event(here: Situation, told: str) -> str | None:
    """Return what is asked again of the event that is spoken of, also in a question.

    It was told of last, or is what a ticket is given back or sent again for.
    """
    under_way = {frame.flow for frame in here.state.stack}
    spoken = (
        under_way & OF_TICKET if here.asked else {told} & (naming.GOALS | OF_TICKET)
    )
    known = here.state.known.keys() & {naming.EVENT, "ticket"}
    meant = event_facts.goal(here.text) if spoken and known else None
    return meant if meant and guesses.is_offerable(meant, here) else None


def goal(told: str, text: str) -> str | None:
    """Return what a text asks further of what was *told*, None if nothing."""
    if told in naming.GOALS:
        return events_asked.PRICE if _asks_price(text) else None
    if told not in _FURTHER:
        return None
    further, asked = _FURTHER[told]
    return asked if further.is_in(text) else None


def _asks_price(text: str) -> bool:
    return len(text.split()) <= MOST_OF_PRICE and price_words.asks_price(text)
