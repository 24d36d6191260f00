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


def read(text: str, classify: Callable[[str], Any]) -> dict[str, Any]:
    """Return the parse data of a text, of which what is refused means nothing."""
    parse, rest = dict(classify(text)), without_refused(text)
    if rest == text:
        return parse
    return {**classify(rest), "text": text, "entities": parse["entities"]}


def without_refused(text: str) -> str:
    """Return a text without what it refuses; as it stands if hardly more is said."""
    if not _REFUSED.search(text):
        return text
    rest = _REFUSED.sub(" ", text).strip(" ,.;!?，。；！？،؛؟、")
    signs = len(SIGN.findall(rest))
    return text if is_short(rest) and signs < LEAST_SIGNS else rest
