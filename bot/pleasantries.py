"""Is a text one of those small things that people say around what they want?

"I'm fine, thanks" and "I'll try later" want nothing; a model that was taught neither
takes them for questions of the FAQ, and a person comes for nothing.
"""

import re
from collections.abc import Mapping

from bot.phrase import Phrase

_HOW = re.compile(
    r"(hi |hello |hey |hiya |so |good (morning|evening|afternoon) )*"
    r"(and )?(how (are|r) (you|u|ya|things)( doing| going)?|how you doing|"
    r"how s (it going|things|everything|your day)|how do you do|you (ok|alright|all "
    r"right)|"
    r"what s up|whats up|wassup)( today| doing)?"
    r"|(hola |buenas |buenos d[ií]as |buenas (tardes|noches) )*"
    r"(c[oó]mo (est[aá]s?|est[aá]n|est[aá]is|va( todo)?|le va|te va|les va|andas?)|"
    r"qu[eé] tal( (est[aá]s?|est[aá]n|todo|va|andas?))?)( hoy)?"
    r"|(bonjour |salut |coucou |bonsoir )*"
    r"(comment )?([cç]a va|allez vous|vous allez|vas tu|tu vas)( bien)?"
    r"|(مرحبا |السلام عليكم |اهلا |هلا )*"
    r"(كيف (حالك|حالكم|الحال|الاحوال)|كيفك|كيفكم|شلونك|شلونكم|ازيك|ازيكم|عامل ايه|"
    r"عاملين ايه|اخبارك|شو اخبارك|ايش اخبارك)( اليوم)?"
)
_HOW_IN_CHINESE = re.compile(
    r"(你好|您好|嗨)?[你您]?(最近)?(好吗|怎么样啊?|还好吗|过得好吗)"
)
_WELL = re.compile(
    r"((oh|yes|yeah|hi|hello) )*(i m|im|i am|we re|all) "
    r"(fine|good|great|ok|okay|well|very well|doing (well|fine|good|great))"
    r"( (thanks|thank you|ty|thx|cheers|too|and you|and u|you|how are you))*"
    r"|((s[ií]|hola) )*(yo )?(estoy )?(muy |todo )?bien( (muchas )?gracias)"
    r"( y (t[uú]|usted|vos|ustedes))?|((s[ií]|hola) )*estoy (muy )?bien( y (t[uú]|"
    r"usted))?"
    r"|((oui|[cç]a va) )*(je vais )?(tr[eè]s )?bien merci( et (vous|toi))?|je vais bien"
    r"|(انا )?(بخير|تمام|كويس|كويسه|منيح|منيحه) (الحمد لله|وانت|وانتم|شكرا)( شكرا)?"
    r"|الحمد لله( بخير)?( شكرا)?"
)
_WELL_IN_CHINESE = re.compile(
    r"我?(很好|挺好的?|还不错|我很好)(谢谢|，谢谢)?(你呢|您呢)?"
)
_LATER = re.compile(
    r"((ok|okay|thanks|fine|no|right|alright|all right|well|then|great|cool) )*"
    r"((i ll|ill|i will|let me|i m going to|im going to|gonna) )"
    r"(\w+ )?(try|come back|check|write|ask|look|see|message|be back|do it|think)"
    r"( (again|it|that|back|you|about it|at it|for it))*"
    r"( (later( on)?|again|tomorrow|another (time|day)|some other time|then|first|"
    r"in a bit|tonight))+( (thanks|thank you))?"
    r"|((ok|vale|gracias|bueno|bien|dale|listo|entonces|pues) )*"
    r"(ya )?(lo |la |os |les |te )?(intento|intentar[eé]|pruebo|probar[eé]|escribo|"
    r"escribir[eé]|vuelvo|volver[eé]|miro|mirar[eé]|busco|hablamos|veo|ver[eé])"
    r"( (a (intentar|probar|escribir)(lo)?|otra vez|de nuevo))*"
    r" (luego|m[aá]s tarde|despu[eé]s|ma[nñ]ana|otro d[ií]a|en otro momento)( gracias)?"
    r"|((ok|merci|bon|d accord|alors) )*(je |j )?(vais )?(r[eé]essa\w+|reviens|"
    r"reviendrai|"
    r"verrai|regarde\w*|essaie\w*)( (le|de nouveau|encore))* "
    r"(plus tard|demain|un autre jour|une autre fois)( merci)?"
    r"|((طيب|اوكي|تمام|شكرا) )*(راح |رح |ح)?(احاول|ارجع|اكلمكم|ارجعلكم|اشوف|اجرب) "
    r"(مره ثانيه |مره اخري )?(بعدين|لاحقا|بكره|غدا|وقت ثاني)( شكرا)?"
)
_LATER_IN_CHINESE = re.compile(
    r"(好的?|那|行|算了|谢谢)*我?(晚点|待会儿?|等会儿?|一会儿?|明天|回头|改天|下次)再"
    r"(试试?|来|说|看看?|问|弄)(吧|了)?(谢谢)?"
)

#: What is said to whom asks how it goes, to whom it goes well, and to whom it can wait.
_SAID: Mapping[str, Phrase] = {
    "utter_how_are_you": Phrase(_HOW, _HOW_IN_CHINESE),
    "utter_affirm": Phrase(_WELL, _WELL_IN_CHINESE),
    "utter_all_right": Phrase(_LATER, _LATER_IN_CHINESE),
}
#: What is said before anything, and is neither yes nor no.
_SIGH = Phrase(
    re.compile(
        r"((o+h+|a+h+|a+w+|h+m+|gutted|shame|damn|ay|uy|vaya|anda|jo|euh|bah|tiens|mince|"
        r"zut|dommage|اوه|اها|يا سلام|يا خساره|خساره) ?)+"
    ),
    re.compile(r"[哦噢喔啊哎诶唉呃呀]+|可惜了?|真可惜|[哎唉]呀"),
)


def is_sigh(text: str) -> bool:
    """Whether a text is but an "oh": said before what is wanted, and no answer."""
    return _SIGH.is_all_of(text)


def answer(text: str) -> str | None:
    """Return the response to a text that says just this, None if it says more."""
    return next((one for one, said in _SAID.items() if said.is_all_of(text)), None)
