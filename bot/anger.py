"""Is a customer fed up with us, in so many words? Then a person comes, and no choices.

"Vous servez à rien", "you never answer" want nothing that a model knows, and who is
asked "did you mean ...?" about it is only the angrier.
"""

import re

from bot.phrase import Phrase

#: A longer message tells more than that.
MOST_WORDS, MOST_SIGNS = 14, 30

_SAYS = re.compile(
    r"\b(useless|pathetic|disgraceful|scammers?|thieves|crooks|liars|clowns|wtf|"
    r"bullshit|fuck\w*|piss off|screw you)\b"
    r"|\b(fed up|sick|tired) (with|of) (this|you|waiting|it|being)\b"
    r"|\b(you|nobody|no one) (guys |lot |people )?(never|don t|dont|ever|even) "
    r"(answers?|repl(y|ies)|cares?|helps?)\b"
    r"|\b(complete|total|what a) (joke|shambles)\b"
    r"|\b(estoy|estamos|ya) (muy |hasta )*(hart[oa]s?|cansad[oa]s? de|la coronilla)\b"
    r"|\b(ladrones|estafadores|sinverg[uü]enzas|in[uú]tiles|mentirosos|mierda|payasos)\b"
    r"|\b(no sirv(en|e|[ií]s) (de|para) nada|qu[eé] verg[uü]enza)\b"
    r"|\b(nunca|nadie|jam[aá]s) (me )?(contest\w+|respond\w+|hac(e|en) nada)\b"
    r"|\b(en ai|en a|ras) (vraiment |plus que )?"
    r"(marre|assez|le bol|plein le (cul|dos))\b"
    r"|\bserve?z? (vraiment )?[aà] rien\b|\bfoute?(z|nt|ge|age)?\b.*\bgueule\b"
    r"|\b(vous|tu|on|personne) (ne |n )?(me )?r[eé]pond\w* (jamais|plus)\b"
    r"|\bpersonne (ne )?(me )?r[eé]pond\b|\ballez vous faire\b|\bva te faire\b"
    r"|\b(voleurs|escrocs|arnaqueurs|incapables|guignols|menteurs|branquignols)\b"
    r"|\b(une honte|honteux|scandaleux|lamentable|inadmissible|merde|bordel)\b"
    r"|\b(حراميه|نصابين|لصوص|كذابين|فاشلين|حمير|مسخره|قرفتونا|زهقتونا)\b"
    r"|\b(زهقت|طفشت|قرفت|مليت) (من|وانا)\b|\bعيب عليكم\b|\bحسبي الله\b"
    r"|\b(ما|مش|لا) ?(ب?تفهم(و|وا|ون|وش)?|تستحون|بتستحو|تستحوا)\b"
    r"|\b(محدش|ماحد|ما احد|ما حد|ما حدا|محد) (ب?ي?رد|بيرد)\b"
)
_IN_CHINESE = re.compile(
    r"骗子|垃圾|废物|黑店|受够了|气死|妈的|耍我|敷衍|坑爹"
    r"|没人(理|管|回|处理)|有没有人(在)?(处理|管|理|回)|什么(破|烂|鬼)(店|服务|客服)"
)
_FED_UP = Phrase(_SAYS, _IN_CHINESE, MOST_WORDS, MOST_SIGNS)


def is_fed_up(text: str) -> bool:
    """Whether a text says, in any of the languages, that we make them angry."""
    return _FED_UP.is_in(text)
