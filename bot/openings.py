"""Does a text say only what it is about, as "a problem with my order" does?

No model can tell what is wanted of such a text, for nothing is said of it yet; what is
mostly wanted is offered.
"""

import re
from collections.abc import Sequence

from bot.phrase import Phrase
from intents.text import as_said

#: What is mostly wanted of an order, and of a ticket.
OF_ORDER = ("order_status", "return_item", "cancel_order")
OF_TICKET = ("ticket_resend", "event_when", "event_cancelled")

#: How numbers stand in a text that is compared.
_NUMBER = r"(?: (?:orderno|number|no|nr|num|\d+))*"
_EN = (
    r"(?:(?:hi|hello|hey|so|sorry|please|yes) )*"
    r"(?:(?:i|we) (?:(?:ve|have) )?(?:(?:got|have|had|need) )?|"
    r"there (?:is|s|was) |having )?"
    r"(?:(?:a|an|some|another|one|the) )?(?:(?:quick|small|little|big|huge) )?"
    r"(?:problems?|issues?|questions?|quer(?:y|ies)|enquir(?:y|ies)|trouble|concerns?|"
    r"help) (?:with|w|about|regarding|concerning|on|over|re) "
    r"(?:(?:my|the|an|this|our|a) )?(?:(?:last|recent|latest|online|new) )?{thing}"
)
_ES = (
    r"(?:(?:hola|buenas|perdona|perdone) )*(?:(?:tengo|tenemos|tuve|hay|hubo) )?"
    r"(?:(?:un|una|unas|otro|otra) )?(?:peque[nñ][oa] )?"
    r"(?:problemas?|dudas?|consultas?|preguntas?|incidencias?|inconvenientes?) "
    r"(?:con|sobre|de|acerca de|respecto a|en|por) (?:(?:mi|mis|el|los|un|una|la) )?"
    r"{thing}"
)
_FR = (
    r"(?:(?:bonjour|bonsoir|salut|pardon) )*(?:(?:j ai|jai|il y a|nous avons) )?"
    r"(?:(?:un|une|des|petite?|gros) )*"
    r"(?:probl[eè]mes?|soucis?|questions?|pb) "
    r"(?:avec|sur|concernant|au sujet de|[aà] propos de|pour) "
    r"(?:(?:ma|mon|mes|la|le|les|une?) )?{thing}"
)
_AR = (
    r"(?:(?:مرحبا|السلام عليكم|هلا) )*(?:(?:عندي|لدي|معي|في|فيه|هناك|واجهت) )?"
    r"(?:مشكله|مشكلتي|استفسار|سؤال|سوال) "
    r"(?:(?:في|مع|عن|بخصوص|حول|ب) )?{thing}"
)
_ZH = (
    r"(?:你好|您好|请问|我|想|要|有)*(?:"
    r"(?:关于)?(?:我的?)?{thing}(?:有|出)(?:了|点|个|一?些)*(?:问题|疑问)|"
    r"(?:咨询|询问|问)(?:一下)?(?:我的?)?{thing}(?:的?(?:问题|事情?))?|"
    r"(?:关于|有关)(?:我的?)?{thing}(?:的?(?:问题|事情?))?)"
)
_ORDER = (
    r"(?:orders?|purchases?|parcels?|packages?|deliver(?:y|ies))",
    r"(?:pedidos?|compras?|paquetes?|env[ií]os?|orden)",
    r"(?:commandes?|colis|achats?|livraison)",
    r"(?:ب?(?:ال)?(?:طلب|طلبي|طلبيه|طلبيتي|شحنه|شحنتي|طرد|طردي))",
    r"(?:订单|包裹|快递)",
)
_TICKET = (
    r"(?:tickets?|bookings?|reservations?|events?|concert|gig|show)",
    r"(?:entradas?|boletos?|reservas?|eventos?|concierto)",
    r"(?:billets?|places|r[eé]servations?|[eé]v[eé]nements?|concert)",
    r"(?:ب?(?:ال)?(?:تذكره|تذكرتي|تذاكر|تذاكري|حجز|حجزي|فعاليه|حفله))",
    r"(?:门票|票|演出|活动)",
)


#: An order, and no word beside it: whose "my order" is wants to know where it is.
_BARE = re.compile(r"(?:orders?|pedidos?|commandes?|(?:ال)?طلب|订 ?单)")


def _saying(things: Sequence[str]) -> Phrase:
    *spaced, chinese = things
    ways = zip((_EN, _ES, _FR, _AR), spaced, strict=True)
    either = "|".join(way.replace("{thing}", thing) for way, thing in ways)
    return Phrase(
        re.compile(rf"(?:{either}){_NUMBER}"),
        re.compile(_ZH.replace("{thing}", chinese)),
    )


_ABOUT = ((_saying(_ORDER), OF_ORDER), (_saying(_TICKET), OF_TICKET))


def about(text: str) -> Sequence[str]:
    """Return the goals that may be meant by a text that says no more than its topic."""
    if _BARE.fullmatch(as_said(text)):
        return OF_ORDER
    return next((goals for topic, goals in _ABOUT if topic.is_all_of(text)), ())


#: Whether anybody is there, and nothing besides.
_HAILS = re.compile(
    r"(?:(?:hi|hello|hey|hola|buenas|all[oô]|bonjour|salut|الو|هلا|مرحبا|يا|طيب) )*"
    r"(?:(?:is )?(?:any ?body|any ?one|some ?one) (?:there|here|around)|"
    r"hay alguien(?: ah[ií]| aqu[ií]| por ah[ií])?|"
    r"(?:il )?(?:y a(?: t il)?|ya) (?:quelqu un|qqn|quelqun|du monde)(?: ici| l[aà])?|"
    r"(?:هل )?(?:في|فيه|يوجد|هناك) (?:احد|حد|حدا|شي حدا|شي واحد|موظف)"
    r"(?: هنا| هون| موجود| يرد| معي)*|(?:احد|حدا) (?:هنا|هون|موجود))"
)
_HAILS_IN_CHINESE = re.compile(
    "(?:亲|你好|您好|哈喽|喂)*(?:在不|在不在|在么|在吗|有人吗|有人在吗|有人没|人呢|有人么)(?:啊|呀|呢|亲)*"
)
_HAILED = Phrase(_HAILS, _HAILS_IN_CHINESE)


def hails(text: str) -> bool:
    """Whether a text only asks, in any of the languages, whether anybody is there."""
    return _HAILED.is_all_of(text)
