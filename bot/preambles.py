"""What customers say before a question, or behind it, that says nothing of its meaning.

"Oh and before I forget, do you ...?" has more words of no question than of its own; a
model that counts words is the less sure of it for them. What is asked is read alone.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from bot.borders import run_of
from bot.phrase import SIGN
from intents.rejection import CERTAIN
from intents.text import unaccented

#: So many words, or signs of Chinese, ask something.
LEAST_WORDS, LEAST_SIGNS = 2, 4
#: What stands around a longer text is little of it.
LONGEST = 300
#: Where they stand, nothing else is meant by them.
_BEFORE = (
    *("oh", "ooh", "ah", "um", "uh", "erm", "hmm", "hm", "wait", "hang on", "hold on"),
    *("wait a sec", "one sec", "wait first", "but first", "first off", "first of all"),
    *("before i forget", "before we do that", "before i do that", "before that"),
    *("before i send that", "before i give you that", "before we go on"),
    *("before you do that", "before i answer that", "while i'm here", "while im here"),
    *("while i'm at it", "while im at it", "while we're at it", "while were at it"),
    *("while i've got you", "while ive got you"),
    *("while you're there", "whilst im here"),
    *("quick question", "quick one", "quick q", "a quick question", "just a quick one"),
    *("just a quick question", "got a quick question", "random question"),
    *("silly question", "stupid question", "daft question", "dumb question"),
    *("one more question", "one more thing", "another thing", "another question"),
    *("one last thing", "last thing", "last question"),
    *("one other thing", "other thing"),
    *("different question", "separate question", "off topic"),
    *("by the way", "btw", "also", "anyway", "anyways", "and", "ok so"),
    *("okay so", "so yeah", "just wondering", "just curious", "just out of interest"),
    *("out of interest", "out of curiosity", "can i ask"),
    *("may i ask", "can i just ask"),
    *("let me ask", "i wanted to ask", "wanted to ask", "i meant to ask"),
    *("meant to ask", "i was wondering", "sorry to bother you", "sorry to bother"),
    *("hey mate", "hi guys", "hey guys", "hello guys", "hi folks", "hi mate", "listen"),
    *("ay", "uy", "eh", "bueno", "pues", "a ver", "oye", "oiga", "oigan", "oíd"),
    *("oe", "che", "mira", "mire", "miren", "espera", "espere", "espérate", "y"),
    *("un momento", "un segundo", "un segundito", "por cierto", "a propósito"),
    *("otra cosa", "otra cosita", "otra pregunta", "otra duda", "otra consulta"),
    *("una cosa", "una cosa más", "una cosita", "una pregunta", "una preguntita"),
    *("una última cosa", "última pregunta", "una duda", "una consulta", "una más"),
    *("pregunta rápida", "una pregunta rápida", "tengo una duda", "tengo una pregunta"),
    *("antes de eso", "antes de nada", "antes que nada", "antes de seguir", "de paso"),
    *("antes de que se me olvide", "antes de que se me pase", "primero una cosa"),
    *("ya que estoy", "ya que estamos", "ahora que me acuerdo", "ahora que lo pienso"),
    *("por curiosidad", "solo por saber", "quería preguntar", "quería saber"),
    *("quería preguntarles", "te quería preguntar", "les quería preguntar"),
    *("me gustaría saber", "además", "también", "disculpa", "disculpe", "disculpen"),
    *("perdona", "perdone", "perdón", "euh", "heu", "bah", "ben", "alors"),
    *("attendez", "attends", "une seconde", "deux secondes", "au fait", "du coup"),
    *("sinon", "d'ailleurs", "dailleurs", "en fait", "enfin bref", "bref", "et"),
    *("dites", "dites-moi", "dis-moi", "autre chose", "autre question"),
    *("une autre question", "une autre chose", "une dernière chose", "petite question"),
    *("une dernière question", "dernière question", "dernière chose", "une question"),
    *("une petite question", "question bête", "question rapide"),
    *("avant ça", "et aussi"),
    *("avant tout", "avant de continuer", "avant que j'oublie", "avant de faire ça"),
    *("tant que j'y suis", "tant que j'y pense", "pendant que j'y suis", "aussi"),
    *("tant qu'on y est", "juste pour savoir", "par curiosité", "je me demandais"),
    *("je voulais savoir", "je voulais demander", "je voulais vous demander"),
    *("excusez-moi", "excuse-moi", "désolé de vous déranger", "mouais", "c'est bon"),
    *("على فكرة", "بالمناسبة", "بالمناسبه", "طيب", "طب", "اه", "آه", "اوه", "بس"),
    *("كمان", "وكمان", "أيضا", "وأيضا", "و", "لحظة", "لحظه", "ثانية", "دقيقة"),
    *("استنى", "استني", "انتظر"),
    *("قبل كل شي", "قبل كل شيء", "قبل هيك", "قبل ذلك", "قبل ما أنسى", "بس قبل"),
    *("سؤال ثاني", "سؤال تاني", "سؤال آخر", "سؤال سريع", "سؤال بسيط", "عندي سؤال"),
    *("سؤال أخير", "آخر سؤال", "لدي سؤال", "شي ثاني", "شي تاني", "شغلة تانية"),
    *("شغلة ثانية", "حاجة تانية", "حاجة ثانية", "أمر آخر", "شيء آخر", "اسمع", "اسمعوا"),
    *("ممكن أسأل", "ممكن سؤال", "بدي أسأل", "حابب أسأل", "حابة أسأل", "ودي أسأل"),
    *("كنت بدي أسأل", "أردت أن أسأل", "كنت عايز أسأل", "عايز أسأل", "عفوا", "عذرا"),
    *("معليش", "معلش", "لو سمحت", "لو سمحتوا", "لو سمحتم", "من فضلك", "من فضلكم"),
    *("يا أخي", "يا اخوي", "يا جماعة", "يا شباب", "يا غالي", "يا باشا", "يا معلم"),
)
#: So are these, with a pause behind them; without one they may belong to the question.
_WITH_PAUSE = (
    *("so", "well", "right", "ok", "okay", "look", "sorry", "actually", "hey", "hi"),
    *("first", "mate", "guys", "folks", "love", "hun", "pal", "buddy", "bro", "lads"),
    *("entonces", "primero", "guapa", "guapo", "amigo", "amiga", "jefe", "tío", "tía"),
    *("este", "bon", "dis", "encore", "plus", "but", "unrelated", "compa", "güey"),
    *("wey", "parce", "boludo", "vale", "dale", "donc"),
    *("d'abord", "pardon", "désolé", "mon ami", "frère", "chef", "تمام", "أوكي", "اوك"),
    *("حبيبي", "حبيبتي", "اخوي", "أخي", "حياتي", "صديقي"),
)
_BEHIND = (
    *("btw", "by the way", "mate", "guys", "folks", "hun", "pal", "bro", "pls", "plz"),
    *("please", "lol", "haha", "tho", "though", "x", "xx", "just wondering", "ta"),
    *("just curious", "out of interest", "out of curiosity", "if i may ask", "cheers"),
    *("por cierto", "por favor", "porfa", "porfis", "guapa", "guapo", "amigo", "amiga"),
    *("tío", "tía", "che", "oye", "jefe", "güey", "wey", "jaja", "por curiosidad"),
    *("au fait", "du coup", "svp", "stp", "s'il vous plaît", "s'il te plaît", "mdr"),
    *("d'ailleurs", "sinon", "par curiosité", "من فضلك", "لو سمحت", "لو سمحتوا"),
    *("بالمناسبة", "على فكرة", "يا أخي", "يا جماعة", "حبيبي", "اخوي", "يا غالي"),
)
_HANZI = (
    r"[对對]了|[话話][说說]|[说說]起[来來]|顺便(?:再?[问問](?:一?下|一句)?)?|順便(?:再?[问問](?:一?下|一句)?)?"
    r"|[请請]?[问問]一?下|[请請][问問]|(?:我?(?:先|再|[还還])?想|我?(?:先|再|[还還]))[问問]"
    r"(?:一?下|一句|[个個](?:[问問]题|[问問]題|事)?|你们|你們)?|另外|[还還]有|等一?下|等等|稍等"
    r"|不好意思|麻[烦煩][问問]?一?下?|打[扰擾]一?下|在[吗嗎]|[亲親]{1,2}|老板|老闆|小姐姐"
    r"|[哦噢喔啊嗯哎诶欸]+|(?:好的?|好吧|行吧?|[对對]|其[实實]|那[个個]|[没沒]事)(?=[\s,，。、!！~～])|那(?![个個家张張本些天边邊种種次])"
)
_HANZI_BEHIND = r"[谢謝]{2}|[亲親]|[谢謝]了|哈哈|顺便问下|[啊呀啦喔哦囉咯嘛]"
_PAUSE = r"[\s,.;:!?،؛؟，。；：！？、…~～-]"
#: What a pause is made of where a word alone does not make one.
_MARK = r"\s*[,.;:!?،؛؟，。；：！？、…-]"


def read(text: str, classify: Callable[[str], Any]) -> dict[str, Any]:
    """Return the parse data of a text, or of what is left without what is around it.

    That of which we are surer: who says just what somebody has taught means that.
    """
    parse, asked = dict(classify(text)), without(text)
    if asked == text or parse["intent"]["confidence"] >= CERTAIN:
        return parse
    alone = classify(asked)
    if parse["intent"]["confidence"] >= alone["intent"]["confidence"]:
        return parse
    return {**alone, "text": text, "entities": parse["entities"]}


def without(text: str) -> str:
    """Return a text without what is around; as it stands if hardly more is said."""
    if len(text) > LONGEST:
        return text
    begun = _BEGINS.match(text)
    rest = text[begun.end() :] if begun else text
    rest = _ENDS.sub(r"\1", run_of(rest, (0, len(rest))) if begun else rest)
    signs = len(SIGN.findall(rest))
    hardly = signs < LEAST_SIGNS if signs else len(rest.split()) < LEAST_WORDS
    return text if hardly else rest


#: How else a letter may be typed.
_TYPED = str.maketrans(
    {
        "'": "['’]?",
        "ا": "[اأإآ]\u064b?",
        "أ": "[اأإآ]",
        "آ": "[اأإآ]",
        "ة": "[ةه]",
        "ى": "[ىي]",
        "ي": "[يى]",
        "-": "[ -]",
        " ": r"\s+",
    }
)


def _any_of(phrases: Sequence[str]) -> str:
    typed = {*phrases, *map(unaccented, phrases)}
    return "|".join(one.translate(_TYPED) for one in sorted(typed, key=len)[::-1])


_BEGINS = re.compile(
    rf"[\s¿¡.,…]*(?:(?:(?:{_any_of(_BEFORE)})(?={_PAUSE})"
    rf"|(?:{_any_of(_WITH_PAUSE)})(?={_MARK})|{_HANZI}){_PAUSE}*)+[¿¡]*",
    re.IGNORECASE,
)
# A pause is looked at from its first sign on: else a long one takes its square.
_ENDS = re.compile(
    rf"(?:(?:(?<!{_PAUSE}){_PAUSE}+(?:{_any_of(_BEHIND)}))"
    rf"|(?<=[\u3400-\u9fff]){_PAUSE}*(?:{_HANZI_BEHIND}))+"
    r"\s*([?？؟]*)[\s.!…。！~～]*\Z",
    re.IGNORECASE,
)
