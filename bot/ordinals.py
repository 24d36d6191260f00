"""Which one of a list is meant by its place? "The second one", "the latest".

Only where that is all that is said: "my second order hasn't come" is about more.
"""

import re
from collections.abc import Sequence

from bot import courtesy
from intents.text import bare, normalise

#: How the first to the fifth are called, in the spelling of `intents.text`.
_PLACES: Sequence[str] = (
    r"first|1st|primer[oa]?|1[oaº]|premiere?|première|1ere?|1er|"
    r"الاول|الاولي|اول|اول واحد|第?[一1]个?|第一",
    r"second|2nd|segund[oa]|deuxième|deuxieme|seconde?|2e|2eme|2ème|"
    r"الثاني|الثانيه|التاني|التانيه|ثاني واحد|تاني واحد|第[二2]个?",
    r"third|3rd|tercer[oa]?|troisième|troisieme|3e|3eme|3ème|"
    r"الثالث|الثالثه|التالت|التالته|ثالث واحد|第[三3]个?",
    r"fourth|4th|cuart[oa]|quatrième|quatrieme|4e|4eme|4ème|"
    r"الرابع|الرابعه|رابع واحد|第[四4]个?",
    r"fifth|5th|quint[oa]|cinquième|cinquieme|5e|5eme|5ème|"
    r"الخامس|الخامسه|خامس واحد|第[五5]个?",
)
_NUMBERED = (
    r"(?:number|option|choice|número|numero|opción|opcion|numéro|choix|رقم|选|选择)"
)
#: Of orders the last is the newest, whichever way round they are listed.
_NEWEST = (
    r"last|latest|newest|most recent|recent|"
    r"últim[oa]|ultim[oa]|más reciente|mas reciente|"
    r"dernière|derniere|dernier|plus récente?|plus recente?|"
    r"الاخير|الاخيره|اخر واحد|اخر طلب|الاحدث|احدث واحد|احدث طلب|"
    r"最新的?|最近的?|最后|最后一?个?|最近一?个?|最新一?个?"
)
_OLDEST = (
    r"oldest|earliest|más antigu[oa]|mas antigu[oa]|plus ancienne?|plus vieille|"
    r"الاقدم|اقدم واحد|اقدم طلب|最早的?|最旧的?|最早一?个?"
)
_BEFORE = (
    r"(?:(?:it s|its|i mean|i meant|that s|thats|the|my|el|la|lo|mi|es|le|l|ma|mon|"
    r"c est|هو|هي|طلبي|طلب|是|我的|那)\s?)*"
)
_AFTER = (
    r"(?:\s?(?:one|order|on the list|pedido|de la lista|commande|de la liste|"
    r"واحد|واحده|طلب|的|个|单|订单|那个|那单|的那个))*"
)


def place(text: str, count: int) -> int | None:
    """Return which of *count* is meant by its number in the list, 1 being the first."""
    said = _said(text)
    for number, words in enumerate(_PLACES, start=1):
        if re.fullmatch(f"{_BEFORE}(?:{words}){_AFTER}", said) or re.fullmatch(
            rf"{_BEFORE}{_NUMBERED}\s?{number}", said
        ):
            return number if number <= count else None
    return None


def place_by_age(text: str, count: int) -> int | None:
    """Return which of *count* is meant as the newest, or the oldest, newest first."""
    said = _said(text)
    if re.fullmatch(f"{_BEFORE}(?:{_NEWEST}){_AFTER}", said):
        return 1 if count else None
    if re.fullmatch(f"{_BEFORE}(?:{_OLDEST}){_AFTER}", said):
        return count or None
    return None


def _said(text: str) -> str:
    """Return what is said, without a courtesy; Chinese has no blanks again."""
    said = courtesy.without(bare(normalise(text)))
    return re.sub(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])", "", said)
