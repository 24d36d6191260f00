"""Does a text ask what is in an order, or what was paid for it? Told by its words.

No model is taught it: "what did I order" shares its words with every question of
where an order is, and "how much did I pay" with those of refunds. Where one of those
is spoken of as well, nothing is told here.
"""

import re

from bot import evidence, preambles
from bot.borders import piece_of, spans_of
from bot.evidence import Payload
from bot.phrase import SIGN, is_longer
from intents.text import as_said

#: What asks for the items of an order and its total.
GOAL = "order_contents"
#: A longer text tells more than that.
MOST_WORDS, MOST_SIGNS = 12, 20
#: With what it is needed for.
MOST_WITH_WHY = 18

_NUMBER = r"(?:orderno|no \w*\d\w*|\w*\d\w*)"
_OF = r"(?:(?:my|the|this|that) )?(?:(?:last|latest|newest|recent|online) )*"
_ORDER = rf"(?:{_OF}(?:order|purchase|invoice|parcel|package)(?: {_NUMBER})?|{_NUMBER})"
_BOUGHT = r"(?:order|ordered|buy|bought|purchased?)"
_I = r"(?:i|we)"
#: "What I even got", "what we actually had ordered".
_EVEN = r"(?:(?:even|actually|exactly|all|ever|have|had|ve) )*"
#: "On groceries", "to my landlord" are no order's.
_FOR = (
    r"(?:$| (?:altogether|already|overall|exactly|in total|in all)\b"
    rf"| (?:for|on) (?:my|the|this|that|it|them|those|these|{_NUMBER})\b)"
)
#: "Lo que compré" asks for nothing by itself.
_ES_BEFORE = (
    r"(?:^|\b(?:hola|buenas|saber|ver|decirme|decir|dime|recuerdo|recordar|"
    r"olvid[eoó]|s[eé]|y) )"
)
_ES_ORDER = (
    rf"(?:(?:mi|el|la|este|esta) )?(?:[uú]ltim[oa] )?(?:(?:pedido|compra|orden|factura)"
    rf"(?: {_NUMBER})?|{_NUMBER})"
)
_ES_BOUGHT = (
    r"(?:ped[ií]|pedido|pedimos|compr[eé]|comprado|compramos|encargu[eé]|encargado|"
    r"orden[eé])"
)
_FR_ORDER = (
    rf"(?:(?:ma|la|cette) )?(?:derni[eè]re )?(?:(?:commande|facture"
    rf"|achat)(?: {_NUMBER})?"
    rf"|{_NUMBER})"
)
_FR_I = (
    r"(?:est ce que )?(?:j ai|jai|ai je|j avais|avais je|on a|on avait|"
    r"nous avons|avons nous)"
)
_FR_BOUGHT = r"(?:command[eé]e?s?|achet[eé]e?s?)"
_AR_WHAT = r"(?:ماذا|ما|شو|ايش|ويش|وش|شنو|شنهو|ايه|اش|شنوا)"
_AR_MINE = r"(?:طلبت|اشتريت|شريت|طلبته|اشتريته|طلبنا|اشترينا|شرينا)"
_AR_ORDER = (
    rf"(?:ال)?(?:طلب|طلبي|طلبيه|طلبيتي|اوردر|فاتوره|فاتورتي)(?: (?:رقم )?{_NUMBER})?"
)
_AR_MUCH = r"(?:كم|كام|قديش|اديش|قداش|شحال|بكم|بكام|شقد)"
_ASKED = re.compile(
    # What did I order?
    rf"\bwhat (?:(?:exactly|all|items?|things|stuff) )?(?:did|have|had) {_I} "
    rf"{_EVEN}{_BOUGHT}\b"
    rf"|\b(?:what|which) (?:items?|products?|things|records?|articles?) "
    rf"(?:did|have) {_I} {_EVEN}{_BOUGHT}\b"
    rf"|\b(?:remind|tell|show) (?:me|us) what {_I} {_EVEN}{_BOUGHT}\b"
    rf"|\b(?:forgot|forgotten|forget|remember|recall|know|see|check) what {_I} {_EVEN}"
    rf"(?:{_BOUGHT}\b|got$)"
    rf"|\bwhat(?:s| (?:all )?(?:s|is|was|are|were)| (?:items?|products?"
    rf"|things)(?: are| is"
    rf"| were| do i have)?) (?:inside|in|on) {_ORDER}$"
    rf"|\bwhich (?:items?|products?|things|articles?) (?:are|were|is) (?:inside|in|on) "
    rf"{_ORDER}$"
    rf"|\b(?:items?|contents|content|products) (?:of|in) {_ORDER}$"
    rf"|\bwhat (?:does|did) {_ORDER} (?:contain|include)$"
    r"|\bdid i (?:order|buy|purchase) (?:the|an?|one|two|three|it in|that|this|any"
    r"|size|\d)"
    # How much did I pay?
    rf"|\b(?:how much|what) (?:did|have|had) {_I} (?:pay|paid|spend|spent){_FOR}"
    rf"|\bhow much (?:is|was|were|did) {_OF}(?:order|purchase)(?: {_NUMBER})?"
    rf"(?: cost| come to| in total| in all| altogether)*$"
    rf"|\b(?:what was|what s|whats) the total {_I} paid{_FOR}"
    rf"|\bwhat (?:did|does) {_OF}(?:order|purchase)(?: {_NUMBER})? (?:cost|come to)\b"
    rf"|\b(?:order|invoice|purchase)(?: {_NUMBER})?(?: s)? total$"
    rf"|\btotal(?: amount| price| cost)? (?:of|for|on) {_ORDER}$"
    # Spanish.
    rf"|{_ES_BEFORE}qu[eé] (?:fue lo que |es lo que |cosas |art[ií]culos |productos )?"
    rf"(?:he |hab[ií]a )?{_ES_BOUGHT}$"
    rf"|\bqu[eé] (?:art[ií]culos |productos |cosas )?(?:hay|tiene|lleva|incluye"
    rf"|contiene|"
    rf"ven[ií]a|viene|van|est[aá]n|son) (?:en |dentro de |dentro del )?{_ES_ORDER}$"
    rf"|\b(?:contenido|art[ií]culos|productos) (?:de|del|en) {_ES_ORDER}$"
    r"|\bcu[aá]nto (?:dinero )?(?:he |hemos |hab[ií]a )?"
    r"(?:pagu[eé]|pagado|pagamos|gast[eé]|gastado|gastamos)\b"
    rf"|\bcu[aá]nto (?:me |nos )?(?:cost[oó]|sali[oó]|fue|es|era|suma|sumaba|cuesta) "
    rf"(?:en total )?(?:todo )?(?:(?:mi|el|la) )?(?:pedido|compra|orden)"
    rf"(?: {_NUMBER})?(?: en total)?$"
    rf"|\bqu[eé] (?:hab[ií]a|hay|ven[ií]a|iba) en (?:es[ea]|este|esta|aquel|aquella) "
    r"(?:pedido|compra|orden)$"
    rf"|\b(?:acuerdo|s[eé]|recuerdo|olvid[eoó]) (?:de )?(?:lo )?que (?:he |hab[ií]a )?"
    rf"{_ES_BOUGHT}(?: en (?:el |la )?(?:pedido |compra )?{_NUMBER})?$"
    rf"|\b(?:total|importe|monto) (?:total )?(?:de|del) {_ES_ORDER}$"
    r"|\bhe pedido (?:el|la|los|las|un|una) \w+$"
    # French.
    rf"|\bqu (?:est ce que (?:j ai|j avais)|ai je|avais je) {_FR_BOUGHT}$"
    rf"|\b{_FR_I} {_FR_BOUGHT} quoi$|\b(?:savoir|dire|voir|rappele[rz]|sais|dites|"
    rf"oubli[eé]|quoi|plus|pas) ce que {_FR_I} {_FR_BOUGHT}"
    rf"(?: dans (?:la )?(?:commande )?{_NUMBER})?$"
    rf"|\b(?:quels?|quelles?) (?:articles?|produits?|disques?|choses) (?:y a t il"
    rf"|il y a|"
    rf"sont|{_FR_I} {_FR_BOUGHT})(?: (?:dans|sur) {_FR_ORDER})?$"
    rf"|\b(?:il y a|y a t il|y a|c est) quoi dans {_FR_ORDER}$"
    rf"|\bqu (?:est ce qu il y a|y a t il|est ce qu y a) dans {_FR_ORDER}$"
    rf"|\bque contient {_FR_ORDER}$|\b(?:contenu|articles) (?:de|dans) {_FR_ORDER}$"
    rf"|\bcombien {_FR_I} (?:pay[eé]|d[eé]pens[eé])\b"
    rf"|\b{_FR_I} (?:pay[eé]|d[eé]pens[eé]) combien\b"
    rf"|\bcombien (?:m |nous )?(?:a co[uû]t[eé]|co[uû]te|fait|faisait|vaut) (?:ma"
    rf"|la) commande\b"
    r"|\b(?:faisait|revenait|[eé]tait|fait) [aà]? ?combien (?:au total|en tout )*"
    r"(?:(?: |^)?(?:ma|la) commande)\b"
    rf"|\b(?:total|montant)(?: total)? de {_FR_ORDER}$"
    rf"|\b(?:est ce que j ai|ai je) (?:bien )?{_FR_BOUGHT} "
    r"(?:le|la|les|l|un|une|deux|du|des) \w+$"
    # Arabic.
    rf"|\b(?!ما ){_AR_WHAT} (?:انا |اللي |الذي )?{_AR_MINE}\b|\b{_AR_MINE} {_AR_WHAT}$"
    rf"|\b{_AR_WHAT} (?:هي |هو |في |فيه |يوجد |الموجود |موجود |اللي |الذي |يحتوي |"
    rf"المنتجات |الاغراض |القطع |الاصناف |الاشياء )*(?:في |ب|داخل |عليه ){_AR_ORDER}$"
    rf"|\b(?:محتوي|محتويات|محتوا|منتجات|اصناف) {_AR_ORDER}$"
    rf"|\b{_AR_MUCH} (?:انا )?(?:دفعت|دفعنا|صرفت|صرفنا|كلفني|كلفنا)\b"
    rf"|\b{_AR_MUCH} (?:طلع|كان|صار|كلف) {_AR_ORDER}(?: (?:كله|كامل|بالمجموع))?$"
    rf"|\bدفعت {_AR_MUCH}$"
    rf"|\b(?:اجمالي|مجموع|مبلغ|قيمه|المبلغ الاجمالي) {_AR_ORDER}$"
    rf"|\bهل (?:انا )?(?:طلبت|اشتريت) \w+(?: \w+)?$"
)
_ZH_ORDER = r"(?:订单|单子|那单|这单|这个单|orderno)"
_ZH_WHAT = r"(?:什么|啥|哪些|哪几|多少)"
_ASKED_IN_CHINESE = re.compile(
    rf"我们?(?:都|到底|当时|之前|上次|究竟)*(?:买|订购|订|下单|购买|点)了?(?:些|的是|的)?{_ZH_WHAT}"
    rf"|{_ZH_ORDER}(?:号)?(?:里面|里|中|内)?(?:都|一共)?(?:有|是|包含|包括|买了)"
    rf"(?:些)?(?:什么|啥|哪些|哪几)"
    r"|我们?(?:一共|总共|到底|当时|实际)*(?:付|花|支付|付款)了?(?:多少|几)"
    rf"|(?:{_ZH_ORDER}|发票)(?:的)?(?:总额|总价|金额|总金额|总计)"
    rf"|{_ZH_ORDER}(?:里面|里|中|内)?(?:我们?)?(?:都)?(?:买|订|下单)的(?:都)?是(?:些)?{_ZH_WHAT}"
    r"|在(?:你们?|这|您)(?:家|店|这里|这儿)(?:里)?(?:都)?(?:买|订)了?(?:些)?(?:什么|啥|哪些|哪几)"
    rf"|{_ZH_ORDER}(?:的)?(?:明细|清单|内容)$"
    rf"|{_ZH_ORDER}(?:一共|总共)?(?:是)?多少钱"
    rf"|{_ZH_ORDER}(?:我们?)?(?:一共|总共|到底)*(?:付|花|支付|付款)了?(?:多少|几)"
    r"|我(?:有没有|是不是|是否)(?:买|订购|订|下单).{1,8}"
)
#: What else is spoken of where the same words are said: another wish is meant.
_ELSE = re.compile(
    r"\b(?:refund\w*|back|return\w*|cancel\w*|wrong|missing|broken|damag\w*|faulty|"
    r"instead|why|twice|charged?|deliver\w*|shipping|shipped|post|postage|courier"
    r"|track\w*|"
    r"tickets?|concerts?|gigs?|events?|shows?|gift|voucher|discount\w*|code|fees?"
    r"|vat|tax\w*|"
    r"arriv\w*|where|when|haven t|not|isn t|wasn t|never|extra|more|less|too|over|"
    r"difference|change|swap|add|stock|copy|send|sent|email|if|"
    r"reembols\w*|devol\w*|devuel\w*|cancel\w*|mal|falta\w*|rot[oa]|dañad\w*"
    r"|env[ií]\w*|"
    r"entradas?|boletos?|concierto|evento|descuento|c[oó]digo|iva|lleg\w*|d[oó]nde"
    r"|cu[aá]ndo|"
    r"por qu[eé]|paquete|dos veces|de m[aá]s|no|cambi\w*|m[ií]nimo|"
    r"rembours\w*|retour\w*|annul\w*|mauvais\w*|manqu\w*|cass[eé]\w*|livr\w*"
    r"|exp[eé]di\w*|"
    r"billets?|spectacle|remise|tva|frais|port|arriv\w*|o[uù]|quand|pourquoi|pas"
    r"|deux fois|"
    r"[eé]chang\w*|trop)\b"
    r"|استرد|استرجاع|ارجاع|رجع|\b[يت]?رد|الغ|خطا|غلط|ناقص|مكسور|توصيل|شحن|تذكر|تذاكر|حفل|خصم"
    r"|كود|"
    r"ضريب|وصل|يوصل|وين|اين|متي|ليش|لماذا|ليه|مرتين|زياده|ادني|بدل|لم |مو |مش "
    r"|退|取消|错|少了|坏|运费|邮费|配送|发货|到货|没到|(?<!发)票|演出|优惠|折扣|差价|补|加|税|换|"
    r"哪里|为什么|两次|多付|还没|没收到|最低"
)
#: Who says so asks, though it sounds like a no.
_FORGOTTEN = re.compile(
    r"\bno (?:me acuerdo|recuerdo|s[eé])\b"
    r"|\b(?:sais|rappelle|souviens) (?:plus|pas)\b|不(?:记得|知道)|没记住"
)


def read(parse: Payload) -> Payload:
    """Return the parse data of a text, with what it asks of an order as its meaning."""
    return evidence.by_rule(parse, GOAL) if is_asked(str(parse["text"])) else parse


def is_asked(text: str) -> bool:
    """Whether a text asks so, with or without why: "..., I need it for the taxman"."""
    plain = preambles.without(text)
    said = as_said(plain)
    if asks(said):
        return True
    if len(plain.split()) > MOST_WITH_WHY or _speaks_of_else(said):
        return False
    pieces = (piece_of(plain, one) for one in spans_of(plain))
    return any(asks(as_said(piece)) for piece in pieces if piece != plain)


def asks(said: str) -> bool:
    """Whether a text, as rules read it, asks what was ordered, or what was paid."""
    if is_longer(said, MOST_WORDS, MOST_SIGNS):
        return False
    signs = SIGN.search(said)
    # Signs that stand without spaces are set apart where a text is normalised.
    plain = said.replace(" ", "") if signs else said
    found = (_ASKED_IN_CHINESE if signs else _ASKED).search(plain)
    return found is not None and not _speaks_of_else(plain)


def _speaks_of_else(said: str) -> bool:
    """Whether another wish is spoken of; who does not remember refuses nothing."""
    return _ELSE.search(_FORGOTTEN.sub("", said)) is not None
