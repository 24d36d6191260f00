"""Does a customer say that they were not understood? In so many words.

"That's not what I asked" asks for nothing that a model knows; choices of goals behind
it only show once more that nobody listens.
"""

import re

from bot.phrase import Phrase

#: A longer message tells what was asked instead.
MOST_WORDS, MOST_SIGNS = 9, 16

_SAYS = re.compile(
    r"\b(not|isn t|isnt|wasn t|wasnt|aren t|arent) (\w+ )?"
    r"(what i (\w+ )?(asked|meant|mean|said|want|wanted|asking|need|needed)|my "
    r"question|"
    r"the question|answering( me| my question)?)\b"
    r"|\b(you|u|it|this|that) (\w+ )?(didn t|didnt|haven t|havent|don t|dont|doesn t|"
    r"doesnt|did not|do not|does not|never|not) (\w+ )?"
    r"(answer\w*|understand\w*|understood|listen\w*|help)"
    r"( (me|my question|the question|what i (asked|said|mean|meant)|at all))*$"
    r"|\b(you|u) (\w+ )?(misunderstood|misread|got (me|it|that) (all )?wrong)\b"
    r"|^(\w+ ){0,2}wrong answer\b"
    r"|\bno (es|era) (eso )?lo que (yo )?(te |le |os |les )?"
    r"(pregunt|ped[ií]|dec[ií]a|dije|quer[ií]a|quiero|busc)\w*"
    r"|\bno (me |nos )?(has|ha|han|hab[eé]is) (respondido|contestado|entendido|"
    r"ayudado)\b"
    r"|\bno (me |nos )?(respondes?|respondiste|respondi[oó]|contestas?|contestaste|"
    r"contest[oó]|entiendes?|entendiste|entendi[oó]|escuchas?)"
    r"( (mi pregunta|a mi pregunta|nada|lo que (\w+ ){0,2}\w+))?$"
    r"|\b(eso|esto) no (me )?(sirve|ayuda|responde|es mi pregunta)\b"
    r"|\bno (te|le|os) (pregunt[eé]|ped[ií]) eso\b"
    r"|\b(pas|n est pas|c est pas) (du tout )?(ce que (j ai|j avais|je) "
    r"(demand|voul|veux|dis|cherch)\w*|ma question|la question)\b"
    r"|\b(tu|vous|t|m) (ne |n )?(m )?(avez|as|r[eé]pond\w*|comprend\w*|comprenez|"
    r"[eé]cout\w*) (pas|rien)( (r[eé]pondu|compris|[eé]cout[eé]))?( [aà] ma question)?$"
    r"|\b(مو|مش|ليس|ما) (هو )?(هذا|هاد|هادا|ده|دا|هيدا) (هو )?"
    r"(سوالي|(اللي|ما|الذي) (سالت|قصدت|اقصد|ابي|بدي|اريد|طلبت)\w*)\b"
    r"|\b(ما|لم) (جاوبت|جاوبتني|جاوبتوني|ترد علي سوالي|فهمت(ني|وني)|تفهمني|تجب علي "
    r"سوالي)\b"
)
_SAYS_IN_CHINESE = re.compile(
    r"不是我(问|想问|要问|说|想要|想说|的意思)|答非所问|没有?回答我|"
    r"你(没|不|没有)(明白|理解|懂|听懂|看懂)|我(不是|没)(问|说)这个|我问的不是"
)
_MISREAD = Phrase(_SAYS, _SAYS_IN_CHINESE, MOST_WORDS, MOST_SIGNS)


def says_so(text: str) -> bool:
    """Whether a text says, in any of the languages, that it was misunderstood."""
    return _MISREAD.is_in(text)
