"""What a customer says that they do not want: it is not what they come for.

"I don't want a refund, I want a new one" has a refund in it, which no model that counts
words can tell from wanting one. What stands beside the refusal is read instead.
"""

import re
from collections.abc import Callable
from typing import Any

from bot.bareness import is_short
from bot.phrase import SIGN

#: So many signs of Chinese say something.
LEAST_SIGNS = 4
#: What is refused is said early in a long text, or is not what it is about.
LONGEST = 600
_REFUSED = re.compile(
    r"""
    (?:\b(?:i|we)\s+)?(?:\b(?:really|just)\s+)?
    \b(?:don['’]?t|do\ not|didn['’]?t|did\ not|['’]m\ not|am\ not|not)\s+(?:even\s+)?
    (?:want(?:ing)?|need(?:ing)?|after|ask(?:ing)?(?:\ for|\ to)|looking\ for)\s+
    (?:(?:a|an|any|my|the|to|get|be|have|your)\s+){0,3}
    (?:refund(?:ed)?|money(?:\ back)?|return|cancel(?:led)?|voucher|credit|exchange)\b
    [^,.;!?\n]*
    |
    (?:\byo\s+)?\bno\s+(?:quiero|queremos|necesito|pido|busco|quería)\s+
    (?:(?:que|me|un|una|el|la|los|ningún|ninguna|hagan|mi)\s+){0,3}
    (?:reembolsos?|devoluci[oó]n(?:es)?|dinero|devuelvan|devolver(?:lo|la)?|cancelar(?:lo)?|
    vales?|cambio)\b
    [^,.;!?\n]*
    |
    \b(?:je|j['’]|on|nous)\s*(?:ne\s+|n['’])?(?:veux|voulons|veut|souhaite|demande|cherche)
    \s+pas\s+(?:(?:de|d['’]|le|la|un|une|du|être|me|faire|qu['’]on|l['’])\s*){0,3}
    (?:rembours\w+|retour\w*|échange\w*|avoir|annul\w+|renvoyer|argent)\b
    [^,.;!?\n]*
    |
    (?:^|(?<=\s))(?:انا\s+|أنا\s+)?(?:لا|ما|مو|مش|لست)\s?
    (?:أريد|اريد|ابغى|أبغى|ابي|أبي|بدي|عايز|عايزة|عاوز|عاوزة|أطلب|اطلب|نحب|بغيت)\s+
    (?:ان\s+|أن\s+)?(?:ال)?
    (?:استرداد|استرجاع|إرجاع|ارجاع|فلوس\w*|فلوسي|مبلغ|مصاري|إلغاء|الغاء|تعويض)
    [^,.;!?\n،؛؟]*
    |
    我?(?:并)?(?:不是要|不是想|不要|不想要|不想|不需要|不用)
    (?:你们)?(?:退款|退钱|退錢|退货|退貨|取消|赔偿|賠償)
    [^,.;!?\n，。；！？、]*
    """,
    re.VERBOSE | re.IGNORECASE,
)

#: What is asked to be left undone. "Why don't you", "if they don't" ask for it.
_UNDONE = re.compile(
    r"""
    (?:\bplease\s+)?
    (?<!\bwhy\s)(?<!\byou\s)(?<!\bthey\s)(?<!\bu\s)(?<!\bwe\s)(?<!\bi\s)
    \b(?:don['’]?t|do\ not)\s+
    (?:cancel|(?:refund|return|change)\s+(?:me|it|them|my|the|this|that)\b)
    (?:(?!\s(?:but|just|only|instead)\b)[^,.;!?\n])*
    |
    # Nor is wanted what they say they never did.
    \b(?:i|we|nobody|no\ one)\s+(?:did\ not|didn['’]?t|never|have\ not|haven['’]?t|asked
    (?:\s+you)?\s+to)\s+(?:ask(?:ed)?\s+(?:you\s+)?to\s+)?cancel(?:led|ed)?\b
    (?:(?!\s(?:but|just|only|instead)\b)[^,.;!?\n])*
    |
    \bno\s+(?:he|hemos)\s+(?:cancelado|anulado)\b[^,.;!?\n]*
    |
    \bje\s+n['’]ai\s+(?:pas|jamais)\s+annulé\w*[^,.;!?\n]*
    |
    (?:^|(?<=\s))لم\s+[أا]لغ\w*[^,.;!?\n،؛؟]*
    |
    我(?:可|从来)?没有?取消[^,.;!?\n，。；！？、]*
    |
    (?<!qué\s)(?<!que\s)(?<!si\s)\bno\s+(?:me\s+|la\s+|las\s+|lo\s+|los\s+){0,2}
    (?:cancelen?|canceles|cancel[eé]is|anulen?|anules|anul[eé]is)\b
    (?:(?!\s(?:pero|sino|solo|sólo|mejor)\b)[^,.;!?\n])*
    |
    (?<!vous\s)(?<!on\s)\b(?:n['’]|ne\s+(?:l['’]|la\s+|le\s+|les\s+)?)?
    annule[rz]?\s+(?:pas|plus)\b
    (?:(?!\s(?:mais|juste|plutôt)\b)[^,.;!?\n])*
    |
    (?<!ليش\s)(?<!ليه\s)(?<!لماذا\s)(?:^|(?<=\s))(?:لا|بلاش)\s?[تن]لغ\w*
    (?:(?!\s(?:بس|لكن|ولكن|فقط)\b)[^,.;!?\n،؛؟])*
    |
    (?<![特分个個区區级級性告离離么啥都也老再还])(?:先?别(?![的人])|先?別(?![的人])|請勿|请勿)
    \w{0,4}?取消
    [^,.;!?\n，。；！？、]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: Goals that such words speak of.
_GOALS = frozenset(
    ["cancel_order", "change_address", "refund", "return_item", "ticket_refund"]
)


def read(text: str, classify: Callable[[str], Any]) -> dict[str, Any]:
    """Return the parse data of a text, of which what is refused means nothing."""
    parse = dict(classify(text))
    if not _refuses(text):
        return parse
    if (rest := _left(text)) != text:
        return {**classify(rest), "text": text, "entities": parse["entities"]}
    return _without_goals(parse)


def is_beside(text: str) -> bool:
    """Whether a text says something else beside what it refuses."""
    return without_refused(text) != text


def without_refused(text: str) -> str:
    """Return a text without what it refuses; as it stands if hardly more is said."""
    return _left(text) if _refuses(text) else text


def _left(text: str) -> str:
    rest = _UNDONE.sub(" ", _REFUSED.sub(" ", text)).strip(" ,.;!?，。；！？،؛؟、")
    signs = len(SIGN.findall(rest))
    return text if is_short(rest) and signs < LEAST_SIGNS else rest


def _refuses(text: str) -> bool:
    told = text[:LONGEST]
    return bool(_REFUSED.search(told) or _UNDONE.search(told))


def _without_goals(parse: dict[str, Any]) -> dict[str, Any]:
    """Return what a text means without the goals it speaks of: it wants none of them.

    What it wants instead nobody can tell: "don't cancel my order" is for a person.
    """
    if parse["intent"]["name"] not in _GOALS:
        return parse
    left = [one for one in parse["intent_ranking"] if one["name"] not in _GOALS]
    nothing = {"name": None, "confidence": 0.0}
    return {
        **parse,
        "intent": left[0] if left else nothing,
        "intent_ranking": left,
        "among_three": 0.0,
    }
