"""Does a customer say that what they ordered has come broken? In so many words.

"Arrived broken" has more of "where is my order" in it than of sending something back,
for a model that counts words; in some languages it is taken for that.
"""

import re

from bot import evidence
from bot.evidence import Payload
from intents.rejection import OUT_OF_SCOPE_INTENT
from intents.text import bare, normalise

#: What is done about it, and what it is taken for.
GOAL = "return_item"
_MISTAKEN = frozenset([GOAL, "order_status", OUT_OF_SCOPE_INTENT])
#: From which chance on something else that is meant counts.
WEIGHT = 0.2
#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 12, 20

_BROKEN = re.compile(
    r"\b(?:broken|smashed|cracked|damaged|shattered|snapped|scratched|warped|"
    r"in pieces)\b"
    r"|\b(?:rot[oa]s?|quebrad[oa]s?|dañad[oa]s?|danad[oa]s?|estropead[oa]s?|partid[oa]s?|"
    r"rayad[oa]s?|"
    r"hech[oa]s? (?:pedazos|polvo|añicos))\b"
    r"|\b(?:cass[eé]e?s?|bris[eé]e?s?|ab[iî]m[eé]e?s?|endommag[eé]e?s?|en morceaux|"
    r"fendue?s?|fissur[eé]e?s?|ray[eé]e?s?|gondol[eé]e?s?)\b"
    r"|\b(?:ال)?(?:مكسور|مكسوره|مكسر|مكسره|مكسورين|خربان|خربانه|تالف|تالفه|متضرر|متضرره|"
    r"معطوب|معطوبه|مهشم|مهشمه|محطم|محطمه|"
    r"مخدوش|مخدوشه|مشروخ|مشروخه)\b"
)
_BROKEN_IN_CHINESE = re.compile(
    r"坏(?:了|的|掉)|损坏|破[损了的]|碎[了的]|裂|摔坏|压坏|划痕|刮花|划花|划伤"
)
_CAME = re.compile(
    r"\b(?:arrived?|came|come|turned up|showed up|delivered|received|got here|got my)\b"
    r"|\b(?:lleg[oó]|llegaron|ha llegado|han llegado|recib[ií]|he recibido|recibimos|"
    r"vino|vinieron|ha venido)\b"
    r"|\b(?:arriv[eé]e?s?|re[cç]ue?s?|livr[eé]e?s?)\b"
    r"|\b(?:و?وصل\w*|و?جان[ي]\w*|جتن[ي]|جاء\w*|اجان[ي]|اجتن[ي]|استلمت\w*|تسلمت\w*|"
    r"اجا|اجت|توصلت)\b"
)
_CAME_IN_CHINESE = re.compile(r"[收送]到|到了|到货|寄来|来的|时就")
#: What is sold here, and said to be broken in one breath.
_WARE = re.compile(
    r"\b(?:my|the) (?:order|parcel|package|records?|lps?|vinyls?|item|poster|turntable|"
    r"jacket|bag)(?: \w+){0,2} "
    r"|\b(?:mi|el|la|mis|los|las) (?:pedido|paquete|discos?|vinilos?|art[ií]culo|"
    r"producto|p[oó]ster|tocadiscos)(?: \w+){0,2} "
    r"|\b(?:mon|ma|mes|le|la|les) (?:colis|commande|disques?|vinyles?|articles?|"
    r"produit|affiche|platine)(?: \w+){0,2} "
    r"|\b(?:ال)?(?:طلب|طلبي|طلبيه|طرد|طردي|اسطوانه|اسطوانات|منتج|قطعه|مشغل|بضاعه)"
    r"(?: \w+){0,2} "
)
_WARE_IN_CHINESE = re.compile("(?:东西|唱片|商品|黑胶|包裹|碟|海报|货|唱机).{0,4}$")
_NOT = re.compile(
    r"\b(?:not|never|isn t|wasn t|if|what if|can|no|nunca|si|pas|jamais|"
    r"لم|ما|مو|مش|لو|اذا|هل)\b|没|如果|万一|吗"
)
#: What was bought may be broken; what we show or send is not.
_OF_ELSE = re.compile(
    r"\b(?:link|site|website|page|app|code|enlace|lien|code|codigo|رابط)\b"
)


def read(parse: Payload) -> Payload:
    """Return the parse data of a text, as of who sends back what came broken.

    What is likely besides, their money back above all, stays.
    """
    others = [
        float(one["confidence"])
        for one in parse["intent_ranking"]
        if one["name"] not in _MISTAKEN
    ]
    if max(others, default=0.0) >= WEIGHT or not says_so(str(parse["text"])):
        return parse
    return evidence.by_rule(parse, GOAL)


def says_so(text: str) -> bool:
    """Whether a text says, in any of the languages, that something came broken."""
    said = bare(normalise(text))
    if _NOT.search(said) or _OF_ELSE.search(said):
        return False
    together = said.replace(" ", "")
    if broken := _BROKEN_IN_CHINESE.search(together):
        before = together[: broken.start()]
        came = _CAME_IN_CHINESE.search(together) or _WARE_IN_CHINESE.search(before)
        return len(together) <= MOST_SIGNS and came is not None
    broken = _BROKEN.search(said) if len(said.split()) <= MOST_WORDS else None
    if broken is None:
        return False
    is_ware = _WARE.search(said, 0, broken.start())
    return bool(_CAME.search(said)) or is_ware is not None
