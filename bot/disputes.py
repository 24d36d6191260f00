"""Does a customer not take what they were told of an order for the end of it?

"But I never received it", behind an order that the courier has delivered: nothing that
is looked up once more helps them, a person does. "Why was it cancelled?" asks for a
reason, which no shop's system tells.
"""

import re

from bot.phrase import Phrase
from intents.text import as_said

#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 14, 28

_NOT_HERE = re.compile(
    r"\b(never|not|haven t|havent|hasn t|hasnt|didn t|didnt|don t|dont|isn t|isnt|"
    r"wasn t|nothing|nobody) (\w+ ){0,2}(got|gotten|get|received?|have|come|came|"
    r"arrived?|arrive|here|delivered|turned up|shown up|showed up|left)\b"
    r"|\bnothing (has )?(come|came|arrived|here|there)\b|\bit s not here\b"
    r"|\b(isn t|not|that s not|thats not) (true|right|correct)\b"
    r"|\bthat s (wrong|a lie)\b"
    r"|\b(no|nunca|nada|nadie|jam[aá]s) (\w+ ){0,3}(lleg\w*|recib\w*|tengo|entreg\w*)\b"
    r"|\b(no es (verdad|cierto)|es (mentira|falso))\b"
    r"|\b(rien|jamais|pas) (\w+ ){0,2}(re[cç]ue?s?|arriv\w*|livr\w*|eue?)\b"
    r"|\b(ai|suis|est) (pas|jamais|rien) (\w+ )?(re[cç]ue?s?|arriv\w*|livr\w*|eue?)\b"
    r"|\bpersonne (n )?est (venue?|pass[eé]e?)\b"
    r"|\b(n est|ce n est|c est) (pas vrai|faux)\b"
    r"|\b[وف]?(لم|ما|لا|مو|مش|ابدا) ?(\w+ )?(استلم\w*|ستلم\w*|تستلم\w*|وصل\w*|يصل\w*|"
    r"تصل\w*|اجا\w*|اجت\w*|جاني\w*|جات\w*|جاء?\b|جاش|يات\b|تات\b|عندي|تسلم\w*)"
    # As Egyptians write it, in one word.
    r"|\bم(وصل|ستلم|جا|جت)\w*ش\b|\b(هذا )?(غير صحيح|مش صحيح|مو صحيح)\b"
)
_NOT_HERE_IN_CHINESE = re.compile(
    r"(没|没有|从来没|根本没|还没|未)(有)?(收到|拿到|送到|到货|签收|见到|看到)|(?<!对)不对|不是真的|骗人"
)
_WHY = re.compile(
    r"\b(why|how come|what for|what s the reason|reason)\b"
    r"|\b(por ?qu[eé]|por q|porq|xq|pq|motivo|raz[oó]n)\b(?<!tiene raz[oó]n)"
    r"(?<!tienen raz[oó]n)(?<!tienes raz[oó]n)"
    r"|\b(pourquoi|pk|pkoi|comment ([cç]a|cela) se fait)\b"
    # "Vous avez raison" asks for none.
    r"|\b(?<!avez )(?<!as )(?<!a )raison\b(?! sociale)"
    r"|\b[وف]?(لماذا|ليش|ليه|علاش|سبب|السبب|عشان ايه)\b"
)
_WHY_IN_CHINESE = re.compile(r"为什么|为啥|怎么(会|就|被)|原因|凭什么")
#: No "amount" (مبلغ), no "goods" (الغرض), no "dear" (الغالي).
_CALLED_OFF = re.compile(
    r"cancel|annul|anul|取消|(?<!ب)لغ(اء|ا\b|اه|ي(?!ر)|و|ت\b)|كنسل", re.IGNORECASE
)
_PAID_BACK = re.compile(
    r"refund|money back|reembols|devol|devuel|reintegr|rembours|استرد|استرجاع|退"
)
_OF_EVENT = re.compile(
    r"\b(concerts?|shows?|gigs?|events?|fair|workshop|tour|conciertos?|eventos?|"
    r"espect[aá]culos?|feria|taller|spectacles?|soir[eé]es?|[eé]v[eéè]nements?|foire|"
    r"atelier)\b|حفل|فعالي|عرض"
    r"|演出|音乐会|演唱会|活动"
)
_NOTHING_CAME = Phrase(_NOT_HERE, _NOT_HERE_IN_CHINESE, MOST_WORDS, MOST_SIGNS)
_ASKS_WHY = Phrase(_WHY, _WHY_IN_CHINESE, MOST_WORDS, MOST_SIGNS)


def says_not_here(text: str) -> bool:
    """Whether a text says, in any of the languages, that nothing has come."""
    return _NOTHING_CAME.is_in(text)


def asks_why(text: str) -> bool:
    """Whether a text asks why, and of no event."""
    words = as_said(text)
    of_event = _OF_EVENT.search(words) or _OF_EVENT.search(words.replace(" ", ""))
    return not of_event and _ASKS_WHY.is_in(text)


def of_calling_off(text: str) -> bool:
    """Whether a text speaks of something that was called off."""
    words = as_said(text)
    return bool(_CALLED_OFF.search(words) or _CALLED_OFF.search(words.replace(" ", "")))


def of_money_back(text: str) -> bool:
    """Whether a text speaks of money that is to be paid back."""
    words = as_said(text)
    return bool(_PAID_BACK.search(words) or _PAID_BACK.search(words.replace(" ", "")))
