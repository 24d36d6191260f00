"""Does a customer take back what they have just asked for? In so many words.

"Actually no, keep it", behind an order that a person is to cancel: the model takes it
for nothing, or for a no, and nobody would be told.
"""

import re

from intents.text import bare, normalise

#: What may be taken back so, a while at most after it was passed on.
GOALS = frozenset(
    [
        "cancel_order",
        "change_address",
        "invoice_copy",
        "product_availability",
        "refund",
        "return_item",
        "ticket_resend",
    ]
)
#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 12, 24

_WISH = r"(cancel|return|refund|change|send|bother|do)"
_SAYS = re.compile(
    r"\b(keep|leave) (it|them|that|this|(the|my) (order|items?|record|ticket))\b"
    rf"|\b(don t|dont|do not|please don t) {_WISH} (it|them|that|anything|(the|my) )"
    rf"|\b(don t|dont|do not) {_WISH}$"
    rf"|\bno (longer|more) (want|need) to {_WISH}"
    r"|\b(changed|change) my mind\b|\bon second thoughts?\b|\bscrap that\b"
    r"|\b(forget|never mind) (it|that|about it|the (cancell?ation|return|refund))\b"
    r"|^((oh|ok|okay|no|wait|sorry|hmm) )*(actually|wait)( no)+( thanks| thank you)?$"
    r"|\b(me )?(lo|la|los|las) quedo\b|\bno (lo |la )?(cancel|anul|devuelv)\w+"
    r"|\b(d[eé]ja|d[eé]je|dejad|dejen)(lo|la)\b|\bmejor no( gracias)?$"
    r"|\b(he cambiado|cambi[eé]|cambio) de (idea|opini[oó]n)\b"
    r"|\bya no (quiero|hace falta|necesito)\b|\b(mant[eé]n|mantenga|conserv)\w*\b"
    r"|\bje (le|la|les) garde\b|\bgarde(z|r)? (le|la|les|ma|mon)\b"
    r"|\b(n|ne) (l |la |le |les )?(annul|rembours|renvoy)\w* (pas|plus)\b"
    r"|\b(finalement|en fait) non\b|\b(chang[eé]|change) d avis\b"
    r"|\blaisse(z)? tomber\b"
    r"|\b(لا|ما|مش|بلاش) (ت?لغ|ترجع|ترد|نلغ)\w*"
    r"|\b(خلوه|خليه|خلوها|خليها|ابقوه|ابقوها)\b|\b(ساحتفظ|احتفظ|سابقيه)\b"
    r"|\bغيرت رايي\b|\bتراجعت\b|\bبطلت\b"
    r"|\b(لم اعد|ما عدت) (اريد|احتاج)\b|\bلا داعي\b"
)
_IN_CHINESE = re.compile(
    r"(不|别|不要|不用|先别|不想)(取消|退|换|改)(货|款|单|地址)?了?|保留|留着"
    r"|改(变)?主意|还是不(要|用|了)"
)


def takes_back(text: str) -> bool:
    """Whether a text says, in any of the languages, to leave things as they are."""
    words = bare(normalise(text))
    together = words.replace(" ", "")
    if _IN_CHINESE.search(together):
        return len(together) <= MOST_SIGNS
    return len(words.split()) <= MOST_WORDS and _SAYS.search(words) is not None
