"""Does a text ask which events there are, or what their tickets cost? Told by words.

No model is taught either: "what's on?" has no word of its own, and "how much" is said
of whatever is sold. Where no event is to come, nothing is looked for.
"""

import re

from bot import disputes, evidence, naming, products_asked
from bot.event_names import EventNames
from bot.evidence import Payload
from bot.phrase import SIGN, is_longer
from bot.price_words import mentions_price
from intents.rejection import OUT_OF_SCOPE_INTENT
from intents.text import as_said

#: What asks which events are to come, and what asks what their tickets cost.
WHICH, PRICE = "upcoming_events", "ticket_price"
#: A longer text tells more than that.
MOST_WORDS, MOST_SIGNS = 12, 20
#: What the same words are taken for by models that know neither.
_OF_WHICH = naming.GOALS | {OUT_OF_SCOPE_INTENT, "greet"}
_OF_PRICE = _OF_WHICH | {"faq/booking_fees", "faq/delivery_cost", "faq/price_match"}

_EN = r"(?:events|concerts|gigs|shows)"
_EN_ONE = r"(?:events?|concerts?|gigs?|shows?)"
_ES = r"(?:eventos?|conciertos?|espect[aá]culos?)"
_FR = r"(?:[eé]v[eé]nements?|concerts?|spectacles?)"
_AR = r"(?:ال)?(?:فعاليات|حفلات)"
_WHEN = r"(?:at|in|this|next|tonight|today|tomorrow|soon|there|please|pls)"
_ASKED = re.compile(
    rf"\bwhat ?(?:s|is) (?:coming up|on)(?: {_WHEN}\b.*)?$"
    rf"|\bany ?thing (?:good |nice |fun |interesting |else )*on(?: {_WHEN}\b.*)?$"
    r"|\bwhat ?(?:s|is) on the (?:calendar|program(?:me)?|agenda|schedule)\b"
    rf"|\b(?:what|which) (?:other |upcoming |live )?{_EN}"
    r"(?: (?:are|do|have|will|is|you|on|coming|there)\b|$)"
    rf"|\b(?:any|some) (?:other |more |upcoming |live |good )?{_EN_ONE}"
    rf"(?: (?:on|coming|planned|{_WHEN})\b|$)"
    rf"|\b(?:when|what) ?(?:s|is) (?:the|your) next {_EN_ONE}$"
    rf"|\b(?:upcoming|coming|future|forthcoming) {_EN}\b"
    rf"|^(?:et )?(?:c est |ce sera )?quand (?:est |a lieu |c est |aura lieu |sera )?"
    rf"(?:le |la |l |votre )?prochaine? {_FR}$"
    rf"|\bprochain {_FR} (?:c est |a lieu )?quand$"
    rf"|\bcu[aá]ndo (?:es|ser[aá]|hay) (?:el |la )?(?:pr[oó]xim[oa]|siguiente) {_ES}$"
    r"|^[وف]?(?:متي|امتي|امتا|ايمتي|ايمتا) (?:ال)?(?:فعاليه|حفله|حفل) "
    r"(?:ال)?(?:جايه|قادمه|مقبله|قادم|جاي)$"
    rf"|\b(?:list|calendar|program(?:me)?|schedule) of "
    rf"(?:the |your |all |next |upcoming |coming )*{_EN}\b"
    r"|\b(?:any ?thing|some ?thing|what) (?:good |nice |fun |interesting |else |new )*"
    rf"(?:is |s )?coming up(?: (?:with|at|from|for|{_WHEN})\b.*)?$"
    rf"|\b(?:show|tell) me (?:all |about |the |your )*{_EN}$"
    rf"|^(?:your |the |all )*{_EN}(?: please| pls)?$"
    rf"|\bqu[eé] (?:otros |pr[oó]ximos )?{_ES}(?: \w+)?$"
    rf"|\b(?:hay|habr[aá]|ten[eé]is|tienen|tienes) (?:alg[uú]n |alg[uú]nos |m[aá]s |"
    rf"pr[oó]ximos |otros )?{_ES}(?: (?:esta|este|pronto|hoy|ma[nñ]ana|en)\b.*)?$"
    rf"|\bpr[oó]xim[oa]s {_ES}\b|\bcartelera\b"
    rf"|\bcu[aá]les son (?:los|sus|vuestros) {_ES}$"
    r"|\b(?:lista|calendario|agenda|programa) de "
    rf"(?:los |sus |vuestros |tus |pr[oó]ximos )*{_ES}\b"
    rf"|^(?:los )?(?:eventos|conciertos)(?: por favor)?$"
    rf"|\bquels (?:sont )?(?:les |vos )?(?:prochains |autres )?{_FR}"
    r"(?: (?:y|avez|il|sont|proposez|organisez|[aà])\b.*)?$"
    rf"|\b(?:y a t il|il y a|avez vous|vous avez|y aura t il) (?:des |d autres )?{_FR}"
    r"(?: (?:ce|cette|bient[oô]t|pr[eé]vus?|en)\b.*)?$"
    rf"|\bprochains {_FR}\b|\b(?:programme|agenda|calendrier) des {_FR}\b"
    r"|^(?:les |vos )?(?:[eé]v[eé]nements|concerts)(?: svp)?$"
    rf"|\b(?:ما|ماهي|وش|ايش|شو|شنو|ايه|اي) (?:هي )?(?:عندكم )?{_AR}\b"
    rf"|\b{_AR} (?:ال)?(?:قادمه|جايه|مقبله|متاحه|موجوده|عندكم|اليوم|هالاسبوع)\b"
    rf"|\b(?:في|فيه|عندكم|هناك|توجد|يوجد) (?:اي )?{_AR}\b"
    rf"|^{_AR}$"
)
_ZH = "(?:活[动動]|演出|音[乐樂][会會]|演唱[会會])"
_ASKED_IN_CHINESE = re.compile(
    rf"(?:什[么麼]|哪些|啥){_ZH}|有{_ZH}[吗嗎么麼]"
    rf"|(?:最近|近期|接下[来來]|即[将將]|本周|[这這]周|周末)(?:的|有)*{_ZH}"
    rf"|{_ZH}(?:安排|日程|列表|[预預]告)"
    rf"|下一?[场次个]{_ZH}(?:是|在)?(?:什么时候|啥时候|何时|哪天|几号|几点)"
)
_EN_TIME = (
    r"(?:(?:on |over |for |at )?(?:in )?(?:this |next |the )?(?:coming )?(?:january|"
    r"february|march|april|may|june|july|august|september|october|november|december|"
    r"weekend|week|month|today|tonight|tomorrow|christmas|xmas|easter|summer|autumn|"
    r"winter|spring|soon|(?:fri|satur|sun|mon|tues|wednes|thurs)day)s?)"
)
_ES_TIME = (
    r"(?:(?:de bueno |de interesante |bueno |previsto |programado )?(?:en|para|por|"
    r"este|"
    r"esta|el|la|los) (?:pr[oó]xim[oa] |mes de )?(?:enero|febrero|marzo|abril|mayo|"
    r"junio|"
    r"julio|agosto|septiembre|octubre|noviembre|diciembre|finde|fin de semana|mes|"
    r"semana|navidad(?:es)?|verano|s[aá]bado|domingo|viernes)(?: que viene)?)"
)
_FR_TIME = (
    r"(?:(?:de bien |de sympa |de beau |de pr[eé]vu |comme sorties? )*(?:en|ce|cette|"
    r"le|"
    r"pour|au|[aà]) (?:mois de |mois d )?(?:janvier|f[eé]vrier|mars|avril|mai|juin|"
    r"juillet|ao[uû]t|septembre|octobre|novembre|d[eé]cembre|week end|weekend|mois|"
    r"semaine|no[eë]l|samedi|dimanche|vendredi|soir)(?: prochaine?)?)"
)
_AR_TIME = (
    r"(?:(?:حلو |جديد |زين |كويس )?(?:في |ب|هال|هذا |هذه |ال)?(?:ال)?(?:شهر|ويكند|"
    r"اسبوع|"
    r"ديسمبر|يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|كانون|"
    r"خميس|جمعه|سبت)(?: الاول| الجاي| القادم)?)"
)
#: What is on at some time, where nothing is called an event.
_ON_THEN = re.compile(
    r"\b(?:is there |got |have you got )?anything (?:good |nice |fun |interesting |"
    r"cool |"
    r"else |much |happening |going )*(?:on|happening|coming up)"
    rf"(?: in town| at yours| there)? {_EN_TIME}(?: please| pls)?$"
    rf"|\bwhat ?(?:s|is) (?:happening|going on) {_EN_TIME}$"
    rf"|\bqu[eé] (?:hay|ten[eé]is|tienen|hacen|hac[eé]is|se puede hacer) {_ES_TIME}$"
    rf"|\b(?:(?:y a|avez vous|vous avez|propos\w+) quoi|quoi de (?:bien|beau|pr[eé]vu|"
    rf"sympa)|qu est ce qu il y a|qu y a t il|qu avez vous) {_FR_TIME}$"
    rf"|\b(?:شو|ايش|وش|شنو|ماذا|ايه) (?:في |فيه |عندكم |اللي |يوجد )+{_AR_TIME}$"
)
_ZH_TIME = (
    "(?:[这這本下]?[个個]?(?:周末|[周月])|(?:十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9])月份?|"
    "[圣聖][诞誕]|春[节節]|元旦|最近)"
)
_ON_THEN_IN_CHINESE = re.compile(
    rf"{_ZH_TIME}(?:你们|你們|那[边邊]|店里)?(?:都|有没有|会)?有(?:什[么麼]|啥|哪些)?"
    r"(?:好玩|好看|意思|有趣)(?:的)?(?:活[动動]|演出)?(?:[吗嗎呢]|$)"
)
#: What is on is of no parcel.
_OF_PARCEL = re.compile(r"\b(?:order|parcel|delivery|pedido|commande|colis)\b|طلب|订单")
_TICKET = re.compile(
    r"\b(?:tickets?|tix|entry|entrance|admission|entradas?|boletos?|billets?|places?)\b"
    r"|تذكر|تذاكر|الدخول|(?<![发發])票(?![号號])|入[场場]"
)
#: What else is paid, or paid back, for a ticket.
_OTHER_MONEY = re.compile(
    r"\b(?:fees?|booking|refund\w*|back|paid|pay\w*|charged?|gift|deliver\w*|post\w*|"
    r"ship\w*|sen[dt]|discount\w*|resell|sell|comisi[oó]n|gastos|env[ií]\w*|regalo|"
    r"reembols\w*|devol\w*|devuel\w*|pag\w*|cobr\w*|descuento\w*|frais|cadeau|livr\w*|"
    r"rembours\w*|r[eé]cup[eé]r\w*|rendre|pay[eé]\w*|envo\w*|d[eé]bit\w*|"
    r"r[eé]duction\w*)\b"
    r"|رسوم|سترداد|سترجاع|توصيل|هدي|دفع|خصم"
    r"|手[续續]|退|[礼禮]品|付|[邮郵]|寄|折|[优優]惠"
)


def read(parse: Payload, names: EventNames, answered: float) -> Payload:
    """Return the parse data of a text, with what it asks of all events as its meaning.

    What is surely something else, from the chance on that is *answered*, stays.
    """
    if not names.events or products_asked.named(parse) is not None:
        return parse
    said = as_said(str(parse["text"]))
    if is_longer(said, MOST_WORDS, MOST_SIGNS):
        return parse
    if asks_price(said, of_event=naming.named(parse) is not None):
        return _meant(parse, PRICE, _OF_PRICE, answered)
    if parse["entities"] or not asks_which(said):
        return parse
    return _meant(parse, WHICH, _OF_WHICH, answered)


def asks_which(said: str) -> bool:
    """Whether a text asks which events are to come, and not which were called off."""
    together = said.replace(" ", "")
    found = _ASKED.search(said) or _ASKED_IN_CHINESE.search(together)
    then = _ON_THEN.search(said) or _ON_THEN_IN_CHINESE.search(together)
    if then and not _OF_PARCEL.search(said):
        found = then
    return bool(found) and not disputes.of_calling_off(said)


def asks_price(said: str, *, of_event: bool) -> bool:
    """Whether a text asks what a ticket costs, by the word for it or *of_event*."""
    # Signs that stand without spaces are set apart where a text is normalised.
    plain = said.replace(" ", "") if SIGN.search(said) else said
    if not (of_event or _TICKET.search(plain)) or _OTHER_MONEY.search(plain):
        return False
    return mentions_price(plain)


def _meant(
    parse: Payload, goal: str, others: frozenset[str], answered: float
) -> Payload:
    if evidence.is_settled(parse, others, answered):
        return parse
    return evidence.by_rule(parse, goal)
