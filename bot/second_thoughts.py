"""Does a customer take back what they have just asked for? In so many words.

"Actually no, keep it", behind an order that a person is to cancel: the model takes it
for nothing, or for a no, and nobody would be told.
"""

import re

from bot import partly
from bot.phrase import Phrase

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
    # "No" alone says that there is no number to give.
    r"|^((no|oh|wait|please|stop|sorry) )*(don t|dont|do not)( do)?( (it|that|this))?"
    r"( please)?$|^(no )*(no lo hag(an?|as)|mejor no lo hag(an?|as))( por favor)?$"
    r"|^(non )*(ne )?(le |la )?fai(tes|s) pas( [cç]a| cela)?( svp| stp)?$"
    r"|^(لا )*لا (تعمل|تسو|تفعل)\w*( شي)?$"
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
    r"|改(变)?主意|还是不(要|用|了)|^(不|先|等等|等一下)*(别|不要)(了|弄|办)+(了)?$"
)
#: A longer message than this, beside a person who was fetched, tells that person more.
SHORT, SHORT_SIGNS = 8, 14

#: "It's fine" alone may mean that waiting is.
_NEEDS_NOBODY = re.compile(
    r"^((oh|ok|okay|wait|sorry|hmm|ah|well|hey) )*((no|nah|actually|nope) )+"
    r"(wait )?(it s|its|it is|that s|thats|i m|im|i am|we re|all) "
    r"(fine|ok|okay|good|alright|all right|all good|sorted)\b"
    r"|\b(don t|dont|do not|no longer|didn t) need (any ?(one|body)|a (person|human)|"
    r"an "
    r"agent|someone|somebody|help|(to|2) (talk|speak))\b"
    r"|\b(solved|fixed|sorted|found) it( (now|myself|already|thanks|thank you))*$"
    r"|^(\w+ ){0,2}(i m|im|all|it s|its) (sorted|solved|fixed)( now)?( thanks| thank "
    r"you)?$"
    r"|^(\w+ ){0,2}no need( (any ?more|now|thanks|thank you|to bother))*$"
    r"|\bya no (lo |la |os |les )?(hace falta|es necesario|necesit[oa]( a nadie| "
    r"ayuda)?$)"
    r"|\bya (lo |la )?(resolv[ií]|solucion[eé]|encontr[eé]|arregl[eé]|he (resuelto|"
    r"solucionado|encontrado|arreglado))\b"
    r"|\bya (est[aá]|qued[oó]) (resuelto|solucionado|arreglado)\b"
    r"|^(\w+ ){0,2}no (hace|es) (falta|necesario)( (ya|gracias|da igual))*$"
    r"|\b(plus|pas) besoin( de (personne|quelqu un|parler))?( merci)?$"
    r"|\b(c est|cest) (r[eé]gl[eé]|r[eé]solu)\b|^(\w+ ){0,2}non (c est|cest|c) bon( "
    r"merci| finalement)*$|^(c est|cest|c) bon finalement\b|\bpas la peine( merci)?$"
    r"|\bj ai (finalement |d[eé]j[aà] )?trouv[eé]( merci| tout seul| toute seule)?$"
    r"|\b(ما|مو|مش|لم) ?(عدت |عاد )?(احتاج|محتاج|محتاجه|لازم)( (احد|حد|موظف|شي|خلاص))?$"
    r"|(?<!ما )(?<!لم )\b(انحلت|حليتها|حليت المشكله|لا داعي|مافي داعي|ما في داعي)\b"
    r"|^(خلص|خلاص) (مو مشكله|مش مشكله|ما في مشكله|لا شكرا|تمام شكرا)"
)
_NEEDS_NOBODY_IN_CHINESE = re.compile(
    r"^(算了|好了|哦|那)*不(用|需要)(人工|客服|麻烦)?(了|啦)"
    r"|(已经|我自己)(解决|搞定|找到)了(?!吗)|^没事(儿|了)|^算了$"
)
#: "Don't cancel everything" leaves something to be cancelled.
_SAYS_IN_PART = re.compile(
    r"\b(don t|dont|do not) \w+ (everything|all|the whole|the entire)\b"
    r"|\bno (la |las |lo |los |me )*\w+ (todo|toda|todos|todas)\b"
    r"|\bannule[rz]? pas (tout|toute|toutes|tous)\b"
    r"|\b(لا|ما|بلاش) [تن]لغ\w* (كل|الكل|كامل)\w*"
)
_IN_PART_IN_CHINESE = re.compile(
    r"(不要|别|不用|不)(全部?|都|整单)(取消|退)|(不要|别)取消(全部|整单)"
)
_IN_PART = Phrase(_SAYS_IN_PART, _IN_PART_IN_CHINESE)
_TAKEN_BACK = Phrase(_SAYS, _IN_CHINESE, MOST_WORDS, MOST_SIGNS)
_NOBODY = Phrase(_NEEDS_NOBODY, _NEEDS_NOBODY_IN_CHINESE, SHORT, SHORT_SIGNS)


def needs_nobody(text: str) -> bool:
    """Whether a text says that the person who was fetched need not come."""
    return _NOBODY.is_in(text)


def takes_back(text: str) -> bool:
    """Whether a text says, in any of the languages, to leave things as they are."""
    if partly.calls_off_part(text):
        return False
    return _TAKEN_BACK.is_in(text) and not _IN_PART.is_in(text)
