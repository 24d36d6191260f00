"""Have they said already why it goes back, or what they want in place of it?"""

import re
from collections.abc import Mapping

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

#: So far back a wish may have been said whose number was asked for, or its meaning.
MOST_MESSAGES = 3
REASON = "reason_given"
REMEDY = "remedy"
#: Each reason as it is said in five languages; the first that is said counts.
_SAID: Mapping[str, re.Pattern[str]] = {
    "wrong_item": re.compile(
        r"\bwrong (?:item|product|one|thing|colou?r|model|record)\b"
        r"|\bnot what i (?:ordered|bought)|n't what i (?:ordered|bought)"
        r"|\b(?:producto|art[ií]culo|disco|color|modelo) equivocad"
        r"|\bno es lo que (?:ped[ií]|compr[eé]|encargu[eé])"
        r"|\bmauvaise? (?:article|produit|couleur|mod[eè]le|disque)"
        r"|\bpas (?:ce que j'ai command[eé]|le bon (?:article|produit|disque))"
        r"|(?:منتج|غرض|لون|صنف) (?:خاطئ|خطأ|غلط)"
        r"|(?:غير|مو|مش|ليس) (?:اللي|الذي|ما) طلبت"
        r"|[发發寄送]错|[發寄送]錯|不是我[买買订訂要]的"
    ),
    "wrong_size": re.compile(
        r"\b(?:wrong|another|different|other|bigger|smaller) size\b"
        r"|\btoo (?:small|big|large|tight|loose)\b|n't fit\b|\bnot fit\b"
        r"|\btalla\b|\bno me (?:queda|vale|viene) "
        r"|\bme (?:queda|viene) (?:muy )?(?:peque|grande|chic|corto|larg|apretad)"
        r"|\b(?:mauvaise|autre|bonne) taille\b|\btrop (?:petit|grand|serr|large)"
        r"|مقاس|(?:صغير|كبير|ضيق|واسع)[ةه]? علي"
        r"|尺[码碼寸]|太[大小紧緊]|不合身"
    ),
    "changed_mind": re.compile(
        r"\bchanged my mind\b|\bno longer (?:want|need) (?:it|them|this)\b"
        r"|\bdon't (?:like|need) (?:it|them|this)\b"
        r"|\bcambi(?:[eé]|ado) de (?:opini[oó]n|idea)|\bno me gust[aoó]"
        r"|\bya no (?:lo|la|los|las) (?:quiero|necesito)"
        r"|\bchang[eé] d'avis|\bne me pla[iî]t pas|\bplus besoin"
        r"|غي[ّ]?رت ر[أا]يي|(?:لم يعجبني|ما عجبني|ما عجبتني|لم تعجبني)"
        r"|改[变變]了?主意|不喜[欢歡]|不想要了|不需要了"
    ),
    "missing_part": re.compile(
        r"(?:\b(?:is|are|was|were|it's|part|piece|item|cable|screw)s?|'s)"
        r" (?:still |also )?missing\b"
        r"|\bmissing (?:\w+ ){0,2}(?:part|piece|item|cable|screw|page)s?\b"
        r"|\bforg[eo]t\w* to (?:include|pack|put)\b"
        r"|\b(?:came|arrived) (?:\w+ )?without (?:a|an|the|its|any)\b"
        r"|n't (?:included )?in the (?:box|parcel|package|bag)\b"
        r"|\bfalt(?:an?|aban?) (?:el|la|los|las|una?|dos|tres|piezas?|partes?|alg)"
        r"|\b(?:vino|lleg[oó]) sin\b|\bno ven[ií]an? \w+"
        r"|\bolvid\w+ de (?:meter|incluir|poner)"
        r"|\bmanque(?:nt)? \w|\b\w+ manque(?:nt)?\b|\bre[cç]ue?s? sans\b"
        r"|\barriv[eé]e?s? sans\b|\boubli[eé] (?:de mettre|d'inclure|de joindre)"
        r"|\bpas dans (?:la bo[iî]te|le carton|le colis)\b"
        r"|ناقص|ينقص|مفقود|نسيتو?ا? تحط|(?:مو|مش|غير) موجود[ةه]? (?:في|فيه|بال)"
        r"|[少漏缺]了|[少漏][发發装裝]|里[面]?没有|裡[面]?沒有|缺(?:一|两|件|零|配)"
    ),
    "damaged": re.compile(
        r"\b(?:broken?|smashed|cracked|damaged|shattered|scratched|faulty|defective|"
        r"snapped|warped|chipped|dented|crushed|squashed|bent|torn(?! between)|"
        r"ripped(?! off)|in (?:bits|pieces)|to pieces)\b"
        r"|\b(?:does|do|did)n't work\b|\bnot working\b|\bstopped working\b"
        r"|\b(?:rot|quebrad|dañad|danad|estropead|rayad|defectuos|rajad|aplastad|abollad|"
        r"doblad|desportillad|machacad|destrozad|agrietad|reventad|partid)[oa]s?\b"
        r"|\bno funciona|\b(?:hech[oa]s?|en) (?:\w+ )?(?:pedazos|polvo|añicos|trizas|"
        r"trozos)\b"
        r"|\b(?:cass|bris|ab[iî]m|endommag|ray|f[eê]l|[eé]br[eé]ch|caboss|[eé]cras|"
        r"d[eé]chir|[eé]clat|fissur|gondol)[eé]e?s?\b|\b(?:tord|fend)ue?s?\b"
        r"|\ben (?:mille )?(?:morceaux|miettes)\b|\bd[eé]fectueu(?:x|se)"
        r"|\bne (?:marche|fonctionne) pas"
        r"|مكسور|مكسر|متكسر|تالف|متضرر|معطوب|خربان|معيب|مهشم|محطم|مشعور|مشقوق|مطعوج|معوج|"
        r"مدعوس|ممزق|مخبوط|فتافيت|مخدوش|مشروخ|ما يشتغل|لا يعمل"
        r"|坏[了的掉]|壞[了的掉]|破[损損了的]|[碎断斷弯彎][了的片成]|裂|[损損][坏壞]|故障|瑕疵|不能用"
        r"|凹[了进進的]|瘪了|磕破|[压壓]扁|[变變]形|撕破|摔[坏壞]|[压壓][坏壞]|[划刮][痕花伤傷]"
    ),
}
#: What is not so, or may not be so, or is no ware: nobody gives that as a reason.
_DENIED = re.compile(
    r"\b(?:not|isn't|wasn't|if) (?:broken|smashed|cracked|damaged|scratched|faulty)\b"
    r"|\b(?:link|site|website|page|app|code|enlace|lien|c[oó]digo)\b|رابط|链接"
    r"|\b(?:no est[aá]|si (?:llega|est[aá])|pas) (?:rot|dañad|cass|ab[iî]m|endommag)"
    r"|(?:ليس|مو|مش|غير) (?:مكسور|تالف|معيب)|没[有]?坏|沒[有]?壞"
)
#: What is said for another one in its place, and what is said against that.
_EXCHANGE = re.compile(
    r"\b(?:exchang(?:e|ed|ing)|swap(?:ped)?|replacement)\b"
    r"|\bcambiarl[oa]s?\b|\bun cambio\b|\bcambiar (?:por|la talla|de talla|el color)\b"
    r"|\b[eé]chang(?:e|er|es|ez)\b|استبد|تبديل|\b[أاتن]بدّ?ل"
    r"|[换換][货貨一个個成大小尺]|[调調更][换換]"
)
_NO_EXCHANGE = re.compile(
    r"(?:\b(?:no|not|without|instead of|rather than)|n't)"
    r"(?: (?:want|need|like|an?|any|to|the|for|it|getting)){0,4}"
    r" (?:exchang\w{1,4}|swap\w{0,3}|replacement)\b"
    r"|\bno quiero (?:un cambio|cambiar)|\ben (?:vez|lugar) de (?:un cambio|cambiar)"
    r"|\bpas (?:d'|un |l')?[eé]chang|\bplut[oô]t qu'(?:un )?[eé]chang"
    r"|(?:لا|ما|مو|مش|بدل) (?:[أا]ريد |بدي |ابغى )?(?:ال)?(?:استبدال|تبديل)"
    r"|不(?:要|想|是|用)?(?:[调調更])?[换換]"
)


class SaidReason(Action):
    """Remembers what was said unasked of a return: nobody is asked for it again.

    Sets `reason_given` to a word of ours, and `remedy` to `exchange`, each if it is
    said and not known yet.
    """

    def name(self) -> str:
        return "action_said_reason"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Look for both in what the customer wrote last."""
        wrote = [e.get("text") or "" for e in tracker.events if e["event"] == "user"]
        texts = [*reversed(wrote[-MOST_MESSAGES:])]
        looked = {REASON: reason, REMEDY: remedy}
        found = {
            slot: next(filter(None, map(look, texts)), None)
            for slot, look in looked.items()
            if tracker.slots.get(slot) is None
        }
        return [SlotSet(slot, said) for slot, said in found.items() if said]


def reason(text: str) -> str | None:
    """Return why something goes back, in a word of ours; None if it is not said."""
    said = _plain(text)
    if _DENIED.search(said):
        return None
    return next((one for one, words in _SAID.items() if words.search(said)), None)


def remedy(text: str) -> str | None:
    """Return `exchange` if that is wanted in place of what came; None otherwise."""
    said = _plain(text)
    wanted = _EXCHANGE.search(said) and not _NO_EXCHANGE.search(said)
    return "exchange" if wanted else None


def _plain(text: str) -> str:
    return text.casefold().replace("\u2019", "'")
