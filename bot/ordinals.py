"""Which one of a list is meant by its place? "The second one", "the latest".

Only where that is all that is said: "my second order hasn't come" is about more.
"""

import re

from bot import courtesy
from bot.place_words import COUNTS, PLACES
from intents.text import as_said, unaccented

#: What stands behind a figure: "2nd", "2do", "2e".
_ENDINGS = r"st|nd|rd|th|o|a|er[oa]?|re|d[oa]|r[oa]|e|i?eme|nde"
_NUMBERED = (
    r"(?:number|no|nr|num|option|choice|numero|opcion|choix|رقم|الخيار|خيار|选|选择|第)"
)
#: An amount, and what is below zero, are no place.
_NO_PLACE = re.compile(r"[£$€¥%+]|-\s?\d")
#: Of orders the last is the newest, whichever way round they are listed.
_NEWEST = (
    r"last|latest|newest|most recent|recent|"
    r"ultim[oa]|mas reciente|derniere|dernier|plus recente?|"
    r"الاخير|الاخيره|اخر واحده?|اخر وحده|اخر طلب|اخر طلبيه|الاحدث|احدث واحد|احدث طلب|"
    r"最新的?|最近的?|最后|最后一?个?|最近一?个?|最新一?个?"
)
_OLDEST = (
    r"oldest|earliest|mas antigu[oa]|plus ancienne?|plus vieille|"
    r"الاقدم|اقدم واحد|اقدم طلب|最早的?|最旧的?|最早一?个?"
)
_BEFORE = (
    r"(?:(?:it s|its|i mean|i meant|that s|thats|the|my|el|la|lo|mi|es|le|l|ma|mon|"
    r"c est|هو|هي|طلبي|طلب|是|我的|那)\s?)*"
)
_AFTER = (
    r"(?:\s?(?:one|order|on the list|pedido|de la lista|commande|de la liste|"
    r"واحد|واحده|وحده|طلب|的|个|号|项|单|订单|那个|那单|的那个))*"
)

#: Behind a number in words.
_AFTER_COUNT = r"(?:个|号|项)?"
_FIGURE = re.compile(
    rf"(?:{_BEFORE}(?:الطلب )?|{_BEFORE}{_NUMBERED}\s?)"
    rf"0?(\d{{1,2}})(?:{_ENDINGS})?{_AFTER}"
)
_CALLED = [
    re.compile(
        rf"{_BEFORE}(?:الطلب |الخيار )?(?:{place}){_AFTER}"
        rf"|{_BEFORE}第(?:{count}){_AFTER}"
        rf"|(?:{_BEFORE}{_NUMBERED}\s?)?(?:{count}){_AFTER_COUNT}"
    )
    for place, count in zip(PLACES, COUNTS, strict=True)
]


def place(text: str, count: int) -> int | None:
    """Return which of *count* is meant by its number in the list, 1 being the first."""
    if _NO_PLACE.search(text):
        return None
    said = _said(text)
    figure = _FIGURE.fullmatch(said)
    if figure:
        number = int(figure[1])
    else:
        found = (n for n, one in enumerate(_CALLED, start=1) if one.fullmatch(said))
        number = next(found, 0)
    return number if 0 < number <= count else None


def place_by_age(text: str, count: int) -> int | None:
    """Return which of *count* is meant as the newest, or the oldest, newest first."""
    said = _said(text)
    if re.fullmatch(f"{_BEFORE}(?:{_NEWEST}){_AFTER}", said):
        return 1 if count else None
    if re.fullmatch(f"{_BEFORE}(?:{_OLDEST}){_AFTER}", said):
        return count or None
    return None


def _said(text: str) -> str:
    """Return what is said, without a courtesy or accents; Chinese without blanks."""
    said = unaccented(courtesy.without(as_said(text)))
    return re.sub(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])", "", said)
