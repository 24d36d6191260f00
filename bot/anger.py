"""Is a customer fed up with us, in so many words? Then a person comes, and no choices.

"Vous servez à rien", "you never answer" want nothing that a model knows, and who is
asked "did you mean ...?" about it is only the angrier.
"""

import re

from bot.phrase import Phrase

#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 14, 30
#: A complaint may tell what happened besides.
MOST_OF_COMPLAINT, MOST_SIGNS_OF_COMPLAINT = 40, 80

_SAYS = re.compile(
    r"\b(useless|pathetic|disgraceful|scammers?|thieves|crooks|liars|clowns|wtf|"
    r"bullshit|fuck\w*|piss off|screw you)\b"
    r"|\b(i m|im|i am|we re|we are) (\w+ )?(disgusted|appalled|furious|livid)\b"
    r"|\b(fed up|sick|tired) (with|of) (this|you|waiting|it|being)\b"
    r"|\b(you|nobody|no one) (guys |lot |people )?(never|don t|dont|ever|even) "
    r"(answers?|repl(y|ies)|cares?|helps?|responds?|picks? up|gets? back|listens?)\b"
    r"|\b(nobody|no one|noone|none of you) (bothers to |even |ever )?"
    r"(answers?|repl(y|ies)|responds?|picks? up|gets? back|listens?)\b"
    r"|\bnot a (soul|single person) (\w+ )?(answers?|repl(y|ies)|cares?|helps?)\b"
    r"|\b(complete|total|absolute|utter|what a) (joke|shambles|farce|disgrace)\b"
    r"|\b(estoy|estamos|ya) (muy |hasta )*(hart[oa]s?|cansad[oa]s? de|la coronilla)\b"
    r"|\b(ladrones|estafadores|sinverg[uü]enzas|in[uú]tiles|mentirosos|mierda|"
    r"payasos)\b"
    r"|\b(no sirv(en|e|[ií]s) (de|para) nada|qu[eé] verg[uü]enza)\b"
    r"|\b(nunca|nadie|jam[aá]s) (me |nos )?(contest\w+|respond\w+|hac(e|en) nada|"
    r"coge|cogen|atiende|atienden|da la cara|dan la cara)\b"
    r"|\bno (me |nos )?(contest[aá]is|contestan|respond[eé]is|responden) (nunca|a nada|"
    r"ni)\b|\b(qu[eé] desastre|indignad[oa]s?|indignante|una chapuza)\b"
    r"|\b(en ai|en a|ras) (vraiment |plus que )?"
    r"(marre|assez|le bol|plein le (cul|dos))\b"
    r"|\bserve?z? (vraiment )?[aà] rien\b|\bfoute?(z|nt|ge|age)?\b.*\bgueule\b"
    r"|\b(vous|tu|on|personne) (ne |n )?(me )?r[eé]pond\w* (jamais|plus)\b"
    r"|\bpersonne (ne |n )?(me |nous )?(r[eé]pond|d[eé]croche|[eé]coute)\b"
    r"|\ballez vous faire\b|\bva te faire\b"
    r"|\b(voleurs|escrocs|arnaqueurs|incapables|guignols|menteurs|branquignols)\b"
    r"|\b(une honte|honteux|scandaleux|lamentable|inadmissible|merde|bordel)\b"
    r"|\b(حراميه|نصابين|لصوص|كذابين|فاشلين|حمير|مسخره|قرفتونا|زهقتونا)\b"
    r"|\b(زهقت|طفشت|قرفت|مليت) (من|وانا)\b|\bعيب عليكم\b|\bحسبي الله\b"
    r"|\b(ما|مش|لا) ?(ب?تفهم(و|وا|ون|وش)?|تستحون|بتستحو|تستحوا)\b"
    r"|\b(محدش|ماحد|ما احد|ما حد|ما حدا|ما في احد|و?محد|و?لا احد|ولا واحد) "
    r"(ب?ي?رد|بيرد|يجاوب|بيجاوب|يهتم|سايل)\b|\b(مهزله|فضيحه)\b"
)
_IN_CHINESE = re.compile(
    r"骗子|垃圾|废物|黑店|受够了|气死|妈的|耍我|敷衍|坑爹"
    r"|没人(理|管|回|接|处理)|太过分|太差劲|有没有人(在)?(处理|管|理|回)|什么(破|烂|鬼)(店|服务|客服)"
)
_EN_SOON = (
    r"(today|tonight|now|right now|right away|straight away|immediately|asap|at once|"
    r"by (today|tonight|tomorrow))"
)
_ES_SOON = r"(hoy|ya|ahora|ahora mismo|inmediatamente|de inmediato|cuanto antes)"
_FR_SOON = (
    r"(aujourd hui|maintenant|tout de suite|imm[eé]diatement|ce soir|au plus vite)"
)
_AR_SOON = r"(اليوم|الان|الحين|هلا|هلق|دلوقتي|فورا|حالا|هسه)"
#: It is to be settled, and soon: that is asked of us, and of no goal.
_DEMANDED = Phrase(
    re.compile(
        r"\b(want|need|expect|demand|better) (this|it|that|everything) (\w+ )?"
        r"(sorted|fixed|resolved|solved|settled|dealt with|sort|fix)( out)? (\w+ )?"
        rf"{_EN_SOON}\b"
        r"|\b(has|have|needs?|got|must|should) (to )?(be |get )"
        rf"(sorted|fixed|resolved|solved|settled|dealt with)( out)? {_EN_SOON}\b"
        rf"|\b(sort|fix|resolve) (this|it)( out)? {_EN_SOON}\b"
        r"|\b(quiero|exijo|necesito|espero) (que )?(\w+ ){0,3}"
        rf"(solucion\w+|resuel\w+|resolv\w+|arregl\w+) (\w+ )?{_ES_SOON}\b"
        rf"|\b(solucion\w+|resuelv\w+|arr[eé]gl\w+)(lo|melo)? (esto )?{_ES_SOON}\b"
        r"|\b(veux|exige|faut|faudrait|aimerais) que (ce|[cç]a|cela|"
        r"ce probl[eè]me) soit "
        rf"(r[eé]gl[eé]|r[eé]solu) (d[eè]s )?{_FR_SOON}\b"
        r"|\b(r[eé]gle[rz]?|r[eé]solve[rz]?) (moi |nous )?([cç]a|cela|ce probl[eè]me) "
        rf"(d[eè]s )?{_FR_SOON}\b"
        r"|\b(ابي|اريد|ابغي|بدي|عايزه?|لازم) (\w+ ){0,3}"
        rf"(حل|حلا|حلوها|تحل\w*|ينحل|تنحل|تتحل|يتحل) (\w+ ){{0,3}}{_AR_SOON}\b"
        rf"|\b(حلوها|حلوه|حلولي)( \w+){{0,2}} {_AR_SOON}\b"
    ),
    re.compile(
        r"(今天|马上|立刻|立即|现在|赶紧)(就)?(必须|一定要|要|得|给我|帮我)+(给我|把\w{1,8})?"
        r"(解决|处理|搞定|弄好)(?!到|得|了吗)|(必须|一定要|给我)(今天|马上|立刻|立即|现在|赶紧)(就)?(给我)?"
        r"(解决|处理|搞定)"
    ),
    MOST_WORDS,
    MOST_SIGNS,
)
_FED_UP = Phrase(_SAYS, _IN_CHINESE, MOST_WORDS, MOST_SIGNS)
_COMPLAINS = Phrase(_SAYS, _IN_CHINESE, MOST_OF_COMPLAINT, MOST_SIGNS_OF_COMPLAINT)


def is_fed_up(text: str) -> bool:
    """Whether a text says, in any of the languages, that we make them angry."""
    return _FED_UP.is_in(text)


def complains(text: str) -> bool:
    """Whether a text that is likely a complaint says so, and what happened besides."""
    return _COMPLAINS.is_in(text)


def demands(text: str) -> bool:
    """Whether a text demands, in any of the languages, that it be settled soon."""
    return _DEMANDED.is_in(text)
