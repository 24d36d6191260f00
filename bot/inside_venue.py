"""Does a text ask for a place inside a venue, and not where the venue is?

"Is there somewhere to leave my coat?" has the words of "where is it?". The address of
the hall is no answer to that.
"""

import re

from bot.phrase import Phrase

#: A longer message tells more than that.
_MOST_WORDS, _MOST_SIGNS = 30, 45

_EN = (
    r"\b(where|somewhere|anywhere|place|places|room|area|lockers?) (\w+ ){0,5}"
    r"(leave|store|hang|stash|check in|smoke|vape|eat|pray|charge|withdraw|"
    r"breastfeed) (?!(the )?(house|home|hotel|station|car)\b)\w"
    r"|\b(where|any|there) (\w+ ){0,3}(cloakrooms?|coat check|lockers?|smoking area|"
    r"prayer room|toilets?|loos?|cash machine|cashpoint)\b"
)
_ES = (
    r"\b(d[oó]nde|sitio|lugar|zona|alg[uú]n lado) (\w+ ){0,4}"
    r"(dejar(?! (el |mi )?(coche|carro|auto))|guardar|colgar|fumar|comer|rezar|cargar|"
    r"cambiar al beb[eé])\b"
    r"|\b(hay|d[oó]nde) (\w+ ){0,3}(guardarropas?|ropero|taquillas para|consigna|"
    r"ba[nñ]os?|aseos|cajero)\b"
)
_FR = (
    r"\b(o[uù]|endroit|coin|lieu|quelque part) (\w+ ){0,4}"
    r"(laisser|d[eé]poser|ranger|accrocher|fumer|manger|prier|recharger)\b"
    r"|\b(y a|a t il|o[uù]) (\w+ ){0,4}(vestiaires?|consigne|toilettes|fumoir|"
    r"distributeur)\b"
)
_AR = (
    r"\b(وين|فين|اين|مكان|محل|بلاصه|موضع|غرفه) (\w+ ){0,4}"
    r"(ا|ن|ي|ت|ب|بن|با)?(ترك|خلي|حط|ودع|علق|دخن|صلي|اكل|شحن|خزن|ضع)(و|وا|ها|ه)? "
    r"(?!(ال)?(سياره|سيارتي|سيارتنا|عربيه|عربيتي))\w"
    r"|\b(وين|فين|اين|في|فيه|كاين|هل يوجد) (\w+ ){0,3}"
    r"(حمام|الحمام|دوره المياه|مصلي|صراف|غرفه معاطف)\b"
)
_ZH = (
    r"(哪里|哪儿|哪裡|什么地方|有没有地方|有地方)\w{0,6}"
    r"(寄存|存(?!票)|放(?=\w{0,4}(衣|包|行李|东西|大衣))|挂|抽烟|吸烟|祷告|充电|取现)"
    r"|(衣帽间|寄存处|存包处|吸烟区|祈祷室|洗手间|厕所|取款机)"
)
_ASKED = Phrase(
    re.compile("|".join([_EN, _ES, _FR, _AR])),
    re.compile(_ZH),
    most_words=_MOST_WORDS,
    most_signs=_MOST_SIGNS,
)


def is_asked(text: str) -> bool:
    """Whether a text asks where something can be done at a venue, or is there."""
    return _ASKED.is_in(text)
