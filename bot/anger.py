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
    r"|\b(fed up|sick|tired) (with|of) (this|you|waiting|it|being)\b"
    r"|\b(you|nobody|no one) (guys |lot |people )?(never|don t|dont|ever|even) "
    r"(answers?|repl(y|ies)|cares?|helps?|responds?|picks? up|gets? back|listens?)\b"
    r"|\b(nobody|no one|noone|none of you) (bothers to |even |ever )?"
    r"(answers?|repl(y|ies)|responds?|picks? up|gets? back|listens?)\b"
    r"|\bnot a (soul|single person) (\w+ )?(answers?|repl(y|ies)|cares?|helps?)\b"
    r"|\b(complete|total|absolute|utter|what a) (joke|shambles|farce|disgrace)\b"
    r"|\b(estoy|estamos|ya) (muy |hasta )*(hart[oa]s?|cansad[oa]s? de|la coronilla)\b"
    r"|\b(ladrones|estafadores|sinverg[uü]enzas|in[uú]tiles|mentirosos|mierda|payasos)\b"
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
_FED_UP = Phrase(_SAYS, _IN_CHINESE, MOST_WORDS, MOST_SIGNS)
_COMPLAINS = Phrase(_SAYS, _IN_CHINESE, MOST_OF_COMPLAINT, MOST_SIGNS_OF_COMPLAINT)


def is_fed_up(text: str) -> bool:
    """Whether a text says, in any of the languages, that we make them angry."""
    return _FED_UP.is_in(text)


def complains(text: str) -> bool:
    """Whether a text that is likely a complaint says so, and what happened besides."""
    return _COMPLAINS.is_in(text)
