"""Does a customer say thanks and goodbye at once, and nothing else?

"Thanks anyway, bye" is as much the one as the other, for a model that knows each of
them alone: in doubt of both, it was asked what was meant.
"""

import re
from dataclasses import replace

from bot import evidence
from bot.evidence import Payload
from bot.phrase import Phrase
from bot.situation import Situation
from intents.text import as_said

GOAL, YES = "goodbye", "affirm"

#: In each language what thanks, what takes leave, and what stands around the two. What
#: takes leave is a greeting too ("buenas noches"), so that alone is left to the model.
_THANKS = (
    r"\b(thanks|thank (you|u|ya)|thankyou|thanx|thx|tks|ty|tysm|ta|cheers|appreciated|"
    r"gracias|graciass|grax|merci|mercii|mrc|remercie)\b"
    r"|\b(شكرا|الف شكر|متشكر\w*|مشكور\w*|تسلمو?ا?|تسلمي|يسلمو?ا?|ميرسي|مرسي|ممنون\w*|"
    r"يعطيكم? العافيه|جزاكم? الله( كل)? خيرا?)\b"
)
_THANKS_IN_CHINESE = r"谢谢|多谢|感谢|谢|唔该晒?|辛苦|3q"
_LEAVE = (
    r"\b(good ?bye|bye|byee|buhbye|cya|see (you|ya|u)|laters|take care|good ?night|"
    r"night night|cheerio|ttyl|(speak|talk|chat) soon|"
    r"have (a|an) (\w+ )?(day|one|evening|night|weekend|week|afternoon|time)|"
    r"enjoy your (day|evening|weekend|night)|"
    r"adi[oó]s|hasta (luego|pronto|mañana|otra|siempre|la (vista|pr[oó]xima))|chao|"
    r"chau|nos vemos|cu[ií]d(ate|ese|ense|aos)|saludos|un (saludo|abrazo)|"
    r"(que )?(teng|pas)\w+ (un |una )?\w+ (d[ií]a|tarde|noche|finde|fin de semana)|"
    r"buen(a|as|os)? (noches?|d[ií]as?|tardes?|finde|fin de semana)|"
    r"feliz (d[ií]a|tarde|noche|finde|fin de semana)|"
    r"au ?revoir|[aà] (bient[oô]t|plus|demain|la prochaine|tout [aà] l heure)|ciao|"
    r"tchao|adieu|bisous|(bien )?cordialement|bon(ne)? (fin de )?(journ[eé]e|soir[eé]e|"
    r"nuit|apr[eè]s midi|continuation|semaine|week ?end|dimanche))\b"
    r"|\b(مع (الف )?السلامه|بالسلامه|باي|وداعا|الي اللقاء|في امان الله|"
    r"تصبحو?ن? علي خير|يلا سلام|(يوم|نهار|ليل)\w* سعيده?|[اب]?شوفكم?|خاطركم?)\b"
)
_LEAVE_IN_CHINESE = (
    r"再见|拜拜|掰掰|拜|晚安|(回头|下次|明天|改天|回)见|回聊|886?|byebye|bye|先走|"
    r"祝[你您]?们?(生活|周末|今天|一切|生意)?(愉快|开心|顺利|兴隆)|周末愉快"
)
_AROUND = (
    r"\b(yes|yeah|yep|sure|please|pls|s[ií]|claro|por favor|porfa|oui|ouais|svp|"
    r"no (worries|problem|bother|pasa nada|importa)|never ?mind|all the same|"
    r"da igual|pas grave|tant pis|ok|okay|okey|oh|ah|aw|aww|right|well|great|"
    r"lovely|perfect|brill|brilliant|fine|alright|all right|cool|nice|good|"
    r"no|nope|nah|so|very|much|many|a (lot|million|bunch)|again|anyways?|then|now|"
    r"for (that|all|everything|now|"
    r"(all )?(your|the) (help|time|info|patience|reply|answer))|"
    r"though|tho|mate|love|guys|all|everyone|hun|pal|x|xx|lol|and|soon|later|around|"
    r"tomorrow|any ?way|c est|"
    r"vale|bueno|bien|genial|listo|dale|pues|entonces|ya|nada|y|muchas|much[ií]simas|mil|"
    r"por (todo|la (ayuda|informaci[oó]n|respuesta|atenci[oó]n)|"
    r"(tu|su|vuestra) (ayuda|tiempo|atenci[oó]n|respuesta))|"
    r"de tod(as|os) (formas|maneras|modos)|igualmente|igual|guap[oa]|amig[oa]|che|"
    r"muy amable|perfecto|d accord|bon|bah|ben|parfait|super|top|nickel|"
    r"g[eé]nial|non|je (vous|te)|bcp|beaucoup|bien|infiniment|encore|alors|et|"
    r"(quand|tout de) m[eê]me|pour (tout|(votre|ton|l) (aide|r[eé]ponse)|"
    r"les (infos?|renseignements?))|[aà] (vous|toi)( aussi)?|gentil|not[eé]|"
    r"tr[eè]s|voil[aà]|allez)\b"
    r"|\b(نعم|ايوه|اي|طيب|تمام|اوكي|اوك|يلا|خلاص|خلص|لا|اه|اها|حلو|ممتاز|جزيلا|كثيرا|كتير|جدا|لك|لكم|"
    r"ليك|ليكم|و|يا|جماعه|اخي|معليش|معلش|ولا يهمك|عموما|"
    r"علي (كل حال|اي حال|المساعده|الرد|وقتكم?))\b"
)
_AROUND_IN_CHINESE = (
    r"要的|是的|请|麻烦|好的|好吧|好|行|嗯|哦|噢|那|知道了|明白了|了解|没事了?|没问题了?|没关系|算了|不用了|就(这样|酱)|先这样|"
    r"[吧啊呀哈啦了咯喽囉哟喔的太很都我]|非常|十分|[你您]们?|大家|老板|亲|再次|帮忙|(的|回复|帮助)"
)
_SPACED = re.compile(f"{_THANKS}|{_LEAVE}|{_AROUND}")
_TOGETHER = re.compile(f"{_THANKS_IN_CHINESE}|{_LEAVE_IN_CHINESE}|{_AROUND_IN_CHINESE}")
_BOTH = [re.compile(_THANKS), re.compile(_LEAVE)]
_BOTH_IN_CHINESE = [re.compile(_THANKS_IN_CHINESE), re.compile(_LEAVE_IN_CHINESE)]
#: With these a question is answered as well.
_AGREES = Phrase(
    re.compile(
        r"\b(ok|okay|okey|yes|yeah|yep|sure|please|pls|great|perfect|lovely|brilliant|"
        r"brill|vale|dale|s[ií]|claro|por favor|porfa|perfecto|genial|listo|d accord|"
        r"oui|ouais|svp|parfait|super|top|نعم|ايوه|اي|تمام|اوكي|اوك|طيب|ممتاز)\b"
    ),
    re.compile(r"要的|是的|好的|好(?!意)|行|嗯|麻烦"),
)
_REFUSES = Phrase(
    re.compile(r"\b(no|nope|nah|non|anyway|anyways|pas grave|tant pis|لا|خلاص)\b"),
    re.compile(r"不用|算了|没关系"),
)


def as_answer(here: Situation) -> Situation:
    """Return it as a yes, where that is said with it to a question of yes or no.

    "Ok thanks, bye" to "Shall I pass that on?" lets nothing be.
    """
    if here.kind != "text" or here.intent != GOAL or not here.asks_yes_or_no:
        return here
    agrees = _AGREES.is_in(here.text) and not _REFUSES.is_in(here.text)
    if not (agrees and is_said(here.text)):
        return here
    parse = evidence.by_rule(dict(here.reading.parse), YES)
    return replace(here, reading=replace(here.reading, parse=parse))


def read(parse: Payload) -> Payload:
    """Return the parse data of a text, as goodbye where it says thanks and that."""
    return evidence.by_rule(parse, GOAL) if is_said(str(parse["text"])) else parse


def is_said(text: str) -> bool:
    """Whether a text says thanks and goodbye, in any language, and nothing else."""
    words = as_said(text)
    together = words.replace(" ", "")
    spaced = all(one.search(words) for one in _BOTH)
    if spaced and not _SPACED.sub("", words).strip():
        return True
    chinese = all(one.search(together) for one in _BOTH_IN_CHINESE)
    return chinese and not _TOGETHER.sub("", together)
