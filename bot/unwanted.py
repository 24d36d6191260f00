"""What does who wants us to stop mean: every message, or reminders alone?

A model knows that something is to stop; whoever names reminders and nothing else means
those, and is answered on.
"""

import re
from functools import lru_cache

from bot.phrase import Phrase
from intents.text import as_said, normalise

#: As `normalise` writes them; Chinese without the spaces that it sets.
_REMINDERS = re.compile(
    r"\b(remind|recordator|recu[eé]rd|recordar|rappel)"
    r"|تذكير|(ذكر|فكر)(و?ن[يا])|提醒|提示|提我"
)
#: What is no reminder: who names it wants none of all this.
_OTHERS = re.compile(
    r"\b(mess?ages?|msgs?|texts?|texting|notif\w*|anything|everything|stuff|contacts?|"
    r"lists?|mensaj\w*|avisos?|contacto|nada|listas?|rien|liste)\b"
    r"|رساي?ل|رساله|اشعار|اي شي|قايمه|قايمتكم|رقمي"
    r"|消息|信息|讯息|通知|推送|推播|名单|联系|联络"
)
#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 14, 20
_REFUSED = Phrase(
    re.compile(
        r"\b(no|without|stop|cancel|end|drop|(turn|switch) off) "
        r"((any|the|more|my|your|those|these|all|need for) )*(reminders?|reminding)\b"
        r"|\b(don t|dont|do not|doesn t) (want|need) (\w+ ){0,3}reminders?\b"
        r"|\b(don t|dont|do not|no need to|needn t|rather not) "
        r"((bother|you|have|need|to|even) )*(remind|be reminded)\b"
        r"|\b(forget|scrap|skip|leave) (about )?((the|that|my|any) )*reminders?\b"
        r"|\breminders? (off|not needed|isn t needed|aren t needed)\b"
        r"|\b(sin|no|ni|ning[uú]n|quit\w+|cancel\w+|desactiv\w+) "
        r"((m[aá]s|quiero|necesito|hacen? falta|los|el|un|me) )*recordatorios?\b"
        r"|\b(olvid\w+|d[eé]j\w+) (de |lo de |del )?((el|los|del|un) )*recordatorios?\b"
        r"|\bno (hace falta que )?me lo (recuerd(es?|en)|record[eé]is)\b"
        r"|\b(pas|sans|plus|aucun|arr[eê]te[rz]?|annule[rz]?|d[eé]sactive[rz]?) "
        r"((de|d|le|les|mon|mes|besoin|un|vos) )*rappels?\b"
        r"|\b(laisse[rz]? tomber|oublie[rz]?|tant pis pour|enl[eè]ve[rz]?|vire[rz]?) "
        r"((le|les|mon|mes|ce) )*rappels?\b|\bme le rappel\w+ (pas|plus)\b"
        r"|\b(بدون|بلا|لا|ولا|مافي|الغو?ا?|الغي|الغاء|وقفو?ا?|اوقفو?ا?|ايقاف) "
        r"((اريد|ابي|ابغي|بدي|احتاج|داعي|اي|ل) )*(ال|لل)?تذكير\w*"
        r"|\b(ما|مو|مش) (اريد|ابي|ابغي|بدي|عايزه?|محتاجه?|لازم) (اي )?(ال)?تذكير\w*"
        r"|\b(لا|ما|بلاش|مو لازم|مافي داعي) (ت|ان ت)?(ذكر|فكر)(و?ن[يا]|وني)\b"
    ),
    re.compile(
        r"(不要|别|不用|不需要|不必|取消|关掉|关闭|关了|停止|停了|无需)(再)?(给我)?(发|这个|那个|的)*"
        r"(提醒|提示)|(提醒|提示)(就|我)?(不用|不要|算了|取消|关掉|关了|免了)"
    ),
    MOST_WORDS,
    MOST_SIGNS,
)
#: Who tells that none came, or asks why, wants them.
_MISSED = re.compile(
    r"\b(got|get|gets|had|received?|was|were|came|why|por qu[eé]|recib\w+|lleg\w+|hubo|"
    r"re[cç]ue?s?|eu|pourquoi|وصل\w*|جاني|ليش|لماذا)\b|为什么|没收到|没有收到|怎么没"
)
#: Those of every event, and not of one.
_OF_ALL = re.compile(
    r"\b(all|any|every|ever|more|none|todos|todas|ning[uú]n|nunca|m[aá]s|tous|toutes|"
    r"aucun|jamais|plus|reminders at all)\b"
    r"|\b(كل|اي|مزيد|جميع|ابدا|نهائيا)\b|所有|全部|任何|都不|一律|再也"
)


@lru_cache(maxsize=64)
def refuses_reminders(text: str) -> bool:
    """Whether a text says in so many words that reminders are not wanted."""
    said = as_said(text)
    missed = _MISSED.search(said) or _MISSED.search(said.replace(" ", ""))
    return not missed and only_reminders(text) and _REFUSED.is_in(text)


def of_all(text: str) -> bool:
    """Whether a text that wants no reminders speaks of those of every event."""
    return _found(_OF_ALL, as_said(text))


@lru_cache(maxsize=64)
def only_reminders(text: str) -> bool:
    """Whether a text that wants something to stop speaks of reminders alone."""
    others = _found(_OTHERS, text)
    return speaks_of_reminders(text) and not others


def speaks_of_reminders(text: str) -> bool:
    """Whether a text speaks of reminders, whether or not they are wanted."""
    return _found(_REMINDERS, text)


def _found(words: re.Pattern[str], text: str) -> bool:
    normal = normalise(text)
    return bool(words.search(normal) or words.search(normal.replace(" ", "")))
