"""Does a customer take back what they have just asked for? In so many words.

"Actually no, keep it", behind an order that a person is to cancel: the model takes it
for nothing, or for a no, and nobody would be told.
"""

import re

from intents.text import as_said

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
_SPANISH_WISH = (
    r"(cancel(ar(lo|la)?|en?|es|[eé]is)|anul(ar(lo|la)?|en?|es|[eé]is)|"
    r"devuelv(an?|as)|devolver(lo|la)?|reembols(ar|en?|es))"
)
_SPANISH_GOAL = (
    r"(cancelar|anular|devolver|cambiar|"
    r"((un|el|una|la|mi) )?(reembolso|devoluci[oó]n|cancelaci[oó]n|factura))"
)
_SAYS = re.compile(
    r"\b(keep|leave) (it|them|that|this|(the|my) (order|items?|record|ticket))\b"
    rf"|\b(don t|dont|do not|please don t) {_WISH} (it|them|that|anything|(the|my) )"
    rf"|\b(don t|dont|do not) {_WISH}$"
    rf"|\bno (longer|more) (want|need) to {_WISH}"
    r"|\b(changed|change) my mind\b|\bon second thoughts?\b|\bscrap that\b"
    r"|\b(forget|never mind) (it|that|about it|the (cancell?ation|return|refund))\b"
    r"|^((oh|ok|okay|no|wait|sorry|hmm) )*(actually|wait)( no)+( thanks| thank you)?$"
    # Asked for, in the mood of wishes: "no cancelaron" tells that it was not done.
    rf"|\bno (la |las |lo |los |me )*{_SPANISH_WISH}\b"
    r"|\bno (la |lo )?quiero (cancelar|anular|devolver)\b"
    rf"|\bya no (la |lo )?(quiero|necesito) {_SPANISH_GOAL}"
    r"|\bya no (hace falta|es necesario|quiero nada|necesito nada)\b"
    r"|\bme (la|las|lo|los) quedo\b|\b(la|las|lo|los) (quedo|conservo)\b"
    r"|\bme quedo con (el|ella|ellos|la|las|lo|los|mi|todo|eso|esto)\b"
    r"|\b(d[eé]ja|d[eé]je|dejad|d[eé]jen|cons[eé]rv(a|en?)|mant[eé]n(gan?)?)"
    r"(la|las|lo|los)\b(?! (a|con|delante|dentro|en|fuera|afuera|junto|sobre)\b)"
    r"|\b(mant[eé]n|mantengan?|conserven?) (el|la|mi|los|las) "
    r"(pedido|orden|compra|entradas?|direcci[oó]n)\b"
    r"|\bolv[ií]d(alo|elo|enlo)\b|\bmejor no( gracias)?$|\bsiempre no( gracias)?$"
    r"|\b(he cambiado|cambi[eé]|cambio) de (idea|opini[oó]n)\b"
    r"|\bje (le|la|les) garde\b|\bgarde(z|r)? (le|la|les)"
    r"( (finalement|plut[oô]t|svp|stp|merci|comme [cç]a))?$"
    r"|\bgarde(z|r)? (ma|mon|mes) (commande|billets?|articles?|adresse|colis)\b"
    r"|\bannule[rz]? (la |le )?(pas|plus)\b"
    # "Vous ne remboursez pas ?" asks for it.
    r"|(?<!vous )(?<!on )\b(n|ne) (l |la |le |les )?"
    r"(annul|rembours|renvoy)\w* (pas|plus)\b"
    r"|\bne (pas|plus) (l |la |le |les )?(annul|rembours|renvoy|retourn)er\b"
    r"|\bveux (pas|plus) (l |la |le |les )?(annul|renvoy|retourn|rend)\w+"
    r"|\b(finalement|en fait) non\b|\bnon (finalement|en fait)\b"
    r"|\b(chang[eé]|change) d avis\b|\blaisse(z)? tomber\b"
    r"|\boublie(z)? ([cç]a|cela|tout)\b"
    # "Why don't you give it back", "you don't answer" take nothing back.
    r"|(?<!ليش )(?<!ليه )(?<!لماذا )\b(لا|ما|بلاش) [تن]لغ\w*"
    r"|(?<!ليش )(?<!ليه )(?<!لماذا )\b(لا|بلاش) ترجع\w*"
    r"|\b(لا|بلاش) ترد(و|وا|ي)?(ه|ها| (المبلغ|الفلوس|فلوسي))\b"
    r"|\b(لا|ما|مش|مو) (اريد|ابي|ابغي|بدي|عايزه?|عاوزه?) (ان )?(الغ(ي|اء)|ارجع)\w*"
    r"|\b(خلوه|خليه|خلوها|خليها|ابقوه|ابقوها)\b|\b(ساحتفظ|احتفظ|سابقيه)\b"
    r"|\bغيرت رايي\b|\bتراجعت\b|\bبطلت\b"
    r"|\b(لم اعد|ما عدت) (اريد|احتاج)\b|\bلا داعي\b"
)
_IN_CHINESE = re.compile(
    # "Why don't you refund it", "still no refund?", "or I complain" take nothing back.
    r"(?<![还再么啥都也老要退以])(?<!取消)(不|别|不要|不用|先别|不想)(取消|退|换|改)"
    r"(货|款|单|地址)?了?(?!\w{0,4}(就|吗|怎么办))|保留|留着"
    r"|改(变)?主意|还是不(要|用|了)"
)


def takes_back(text: str) -> bool:
    """Whether a text says, in any of the languages, to leave things as they are."""
    words = as_said(text)
    together = words.replace(" ", "")
    if _IN_CHINESE.search(together):
        return len(together) <= MOST_SIGNS
    return len(words.split()) <= MOST_WORDS and _SAYS.search(words) is not None
