"""Does a customer say that what they ordered has come broken, or in part?

"Arrived broken" has more of "where is my order" in it than of sending something back,
for a model that counts words; in some languages it is taken for that.
"""

import re

from bot import evidence, missing, preambles
from bot.evidence import Payload
from intents.rejection import OUT_OF_SCOPE_INTENT
from intents.text import as_said

#: What is done about it, and what it is taken for.
GOAL = "return_item"
_MISTAKEN = frozenset([GOAL, "order_status", OUT_OF_SCOPE_INTENT])
#: Those, and what may stand before it and is no wish.
_BESIDE = _MISTAKEN | {"greet", "thank", "affirm", "goodbye"}
#: From which chance on something else that is meant counts.
WEIGHT = 0.2
#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 18, 26

_BROKEN = re.compile(
    r"\b(?:broken|smashed|cracked|damaged|shattered|snapped|scratched|warped|chipped|"
    r"dented|crushed|squashed|bent|torn(?! between)|ripped(?! off)|"
    r"in (?:bits|pieces)|to pieces)\b"
    r"|\b(?:rot[oa]s?|quebrad[oa]s?|rajad[oa]s?|aplastad[oa]s?|abollad[oa]s?|"
    r"doblad[oa]s?|desportillad[oa]s?|machacad[oa]s?|destrozad[oa]s?|agrietad[oa]s?|"
    r"reventad[oa]s?|dañad[oa]s?|danad[oa]s?|estropead[oa]s?|partid[oa]s?|"
    r"rayad[oa]s?|"
    r"(?:hech[oa]s?|en) (?:pedazos|polvo|añicos|trizas|trozos|mil pedazos))\b"
    r"|\b(?:cass[eé]e?s?|bris[eé]e?s?|ab[iî]m[eé]e?s?|endommag[eé]e?s?|"
    r"en (?:mille )?(?:morceaux|miettes)|f[eê]l[eé]e?s?|[eé]br[eé]ch[eé]e?s?|"
    r"caboss[eé]e?s?|[eé]cras[eé]e?s?|tordue?s?|d[eé]chir[eé]e?s?|[eé]clat[eé]e?s?|"
    r"fendue?s?|fissur[eé]e?s?|ray[eé]e?s?|gondol[eé]e?s?)\b"
    r"|\b(?:ال)?(?:مكسور|مكسوره|مكسر|مكسره|مكسورين|خربان|خربانه|تالف|تالفه|متضرر|متضرره|"
    r"معطوب|معطوبه|مهشم|مهشمه|محطم|محطمه|مكسوره|مكسرين|مشعور|مشعوره|مشقوق|مشقوقه|مطعوج|مطعوجه|"
    r"معوج|معوجه|مدعوس|مدعوسه|ممزق|ممزقه|متكسر|متكسره|مخبوط|مخبوطه|فتافيت|"
    r"مخدوش|مخدوشه|مشروخ|مشروخه)\b"
)
_BROKEN_IN_CHINESE = re.compile(
    r"坏(?:了|的|掉)|凹(?:了|进|的)|瘪了|弯[了的]|断了|碎(?:片|成|的|掉)|磕破|压扁|变形|撕破|损坏|破[损了的]|碎[了的]|裂|摔坏|压坏|划痕|刮花|划花|划伤"
)
_CAME = re.compile(
    r"\b(?:arrived?|came|come|turned up|showed up|delivered|received|got here|got my|"
    r"(?:when|once) i opened|opened the (?:box|parcel|package|packet|carton))\b"
    r"|\b(?:lleg[oó]|llegaron|ha llegado|han llegado|recib[ií]|he recibido|recibimos|"
    r"vino|vinieron|ha venido|ven[ií]an?|abr[ií] (?:la caja|el paquete))\b"
    r"|\b(?:arriv[eé]e?s?|re[cç]ue?s?|livr[eé]e?s?|"
    r"(?:j ai ouvert|en ouvrant|ouvert) (?:le|la|mon) (?:carton|colis|paquet|"
    r"bo[iî]te))\b"
    r"|\b(?:و?وصل\w*|و?جان[ي]\w*|جتن[ي]|جاء\w*|اجان[ي]|اجتن[ي]|استلمت\w*|تسلمت\w*|"
    r"اجا|اجت|توصلت|جات|(?:لما )?فتحت (?:ال)?(?:كرتون|علبه|صندوق|طرد|باكيت))\b"
)
_CAME_IN_CHINESE = re.compile(
    r"[收送]到|打开|到手|寄到|[拆开][箱封]|到了|到货|寄来|送来|来的|时就"
)
#: What is sold here, and said to be broken in one breath.
_WARE = re.compile(
    r"\b(?:my|the|both|one of the|two of the) (?:order|parcel|package|records?|lps?|"
    r"vinyls?|items?|posters?|turntable|jackets?|bags?|mugs?|cups?|glass(?:es)?|plates?|"
    r"bowls?|vases?|lamps?|candles?|frames?|books?|notebooks?|cds?|headphones|speakers?|"
    r"teapots?|clocks?|box(?:es)?|shirts?|prints?|jars?|bottles?|chairs?|tables?)"
    r"(?: \w+){0,4} "
    r"|\b(?:mi|el|la|mis|los|las|una de las|uno de los) (?:pedido|paquete|discos?|"
    r"vinilos?|art[ií]culos?|productos?|p[oó]ster(?:es)?|tocadiscos|tazas?|vasos?|copas?|"
    r"platos?|cuencos?|jarr[oó]n|jarrones|l[aá]mparas?|velas?|marcos?|libros?|cuadernos?|"
    r"auriculares|altavoz|altavoces|teteras?|reloj|relojes|cajas?|camisetas?|chaquetas?|"
    r"botellas?|sillas?|mesas?)(?: \w+){0,4} "
    r"|\b(?:mon|ma|mes|le|la|les|une? des|deux des) (?:colis|commande|disques?|"
    r"vinyles?|articles?|produits?|affiches?|platine|tasses?|verres?|assiettes?|bols?|vases?|"
    r"lampes?|bougies?|cadres?|livres?|carnets?|casque|enceintes?|th[eé]i[eè]re|horloge|"
    r"bo[iî]tes?|t shirts?|vestes?|bouteilles?|chaises?|tables?)(?: \w+){0,4} "
    r"|\b(?:ال)?(?:كوب|اكواب|كاس|كاسات|كاسه|فنجان|فناجين|صحن|صحون|صحنين|زبديه|زبادي|"
    r"مزهريه|لمبه|مصباح|شمعه|شموع|اطار|كتاب|دفتر|سماعه|سماعات|براد|ساعه|علبه|قميص|جاكيت|"
    r"ستره|زجاجه|كرسي|طاوله)(?: \w+){0,4} "
    r"|\b(?:ال)?(?:طلب|طلبي|طلبيه|طرد|طردي|اسطوانه|اسطوانات|منتج|قطعه|مشغل|بضاعه)"
    r"(?: \w+){0,2} "
)
_WARE_IN_CHINESE = re.compile(
    "(?:东西|唱片|商品|黑胶|包裹|碟|海报|货|唱机|杯子?|盘子?|碗|花瓶|灯|蜡烛|相框|书|本子|"
    "耳机|音箱|茶壶|钟|盒子?|衣服|外套|衬衫|瓶子?|椅子?|桌子?).{0,6}$"
)
_NOT = re.compile(
    r"\b(?:not|never|isn t|wasn t|if|what if|can|no|nunca|si|pas|jamais|"
    r"لم|ما|مو|مش|لو|اذا|هل)\b|没|如果|万一|吗"
)
#: What was bought may be broken; what we show or send is not.
_OF_ELSE = re.compile(
    r"\b(?:link|site|website|page|app|code|tickets?|card|account|phone|enlace|codigo|"
    r"entradas?|boletos?|tarjeta|tel[eé]fono|lien|billets?|carte|t[eé]l[eé]phone|رابط|"
    r"(?:ال)?(?:تذكره|تذاكر|بطاقه)|بطاقتي|جوالي|هاتفي)\b|票|[银礼信]\S?卡|手机|链接"
)


def read(parse: Payload) -> Payload:
    """Return the parse data of a text, as of who has got it broken, or not all of it.

    What is likely besides, their money back above all, stays.
    """
    others = [
        float(one["confidence"])
        for one in parse["intent_ranking"]
        if one["name"] not in _BESIDE
    ]
    if max(others, default=0.0) >= WEIGHT or not says_so(str(parse["text"])):
        return parse
    return evidence.by_rule(parse, GOAL)


def says_so(text: str) -> bool:
    """Whether a text says, in any of the languages, that it came broken or in part."""
    return missing.says_so(text) or _came_broken(text)


def _came_broken(text: str) -> bool:
    said = as_said(preambles.without(text))
    together = said.replace(" ", "")
    if _NOT.search(said) or _OF_ELSE.search(said) or _OF_ELSE.search(together):
        return False
    if broken := _BROKEN_IN_CHINESE.search(together):
        before = together[: broken.start()]
        came = _CAME_IN_CHINESE.search(together) or _WARE_IN_CHINESE.search(before)
        return len(together) <= MOST_SIGNS and came is not None
    broken = _BROKEN.search(said) if len(said.split()) <= MOST_WORDS else None
    if broken is None:
        return False
    is_ware = _WARE.search(said, 0, broken.start())
    return bool(_CAME.search(said)) or is_ware is not None
