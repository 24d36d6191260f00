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
    r"\b(?:broken|smashed|cracked|damaged|shattered|snapped|in pieces)\b"
    r"|\b(?:rot[oa]s?|quebrad[oa]s?|dañad[oa]s?|danad[oa]s?|estropead[oa]s?|partid[oa]s?|"
    r"hech[oa]s? (?:pedazos|polvo|añicos))\b"
    r"|\b(?:cass[eé]e?s?|bris[eé]e?s?|ab[iî]m[eé]e?s?|endommag[eé]e?s?|en morceaux|"
    r"fendue?s?|fissur[eé]e?s?)\b"
    r"|\b(?:ال)?(?:مكسور|مكسوره|مكسر|مكسره|مكسورين|خربان|خربانه|تالف|تالفه|متضرر|متضرره|"
    r"معطوب|معطوبه|مهشم|مهشمه|محطم|محطمه)\b"
)
_BROKEN_IN_CHINESE = re.compile(
    r"坏(?:了|的|掉)|[损損][坏壞]|破[损損了的]|碎[了的]|裂|摔坏|压坏|壞[了的]"
)
_CAME = re.compile(
    r"\b(?:arrived?|came|come|turned up|showed up|delivered|received|got here|got my)\b"
    r"|\b(?:lleg[oó]|llegaron|ha llegado|han llegado|recib[ií]|he recibido|recibimos|"
    r"vino|vinieron|ha venido)\b"
    r"|\b(?:arriv[eé]e?s?|re[cç]ue?s?|livr[eé]e?s?)\b"
    r"|\b(?:و?وصل\w*|و?جان[ي]\w*|جتن[ي]|جاء\w*|اجان[ي]|اجتن[ي]|استلمت\w*|تسلمت\w*|"
    r"اجا|اجت|توصلت)\b"
)
_CAME_IN_CHINESE = re.compile(r"[收送]到|到了|到[货貨]|寄[来來]|[来來]的|[时時]就")
_NOT = re.compile(
    r"\b(?:not|never|isn t|wasn t|if|what if|can|no|nunca|si|pas|jamais|"
    r"لم|ما|مو|مش|لو|اذا|هل)\b|没|沒|如果|万一|[吗嗎]"
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
    if _BROKEN_IN_CHINESE.search(together):
        return len(together) <= MOST_SIGNS and bool(_CAME_IN_CHINESE.search(together))
    short = len(said.split()) <= MOST_WORDS
    return short and bool(_BROKEN.search(said)) and bool(_CAME.search(said))
