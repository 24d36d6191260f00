"""Does the customer put right what they said before?"""

import re
from collections.abc import Iterable
from typing import Any

from bot.bareness import is_bare
from bot.new_address import others
from bot.situation import Situation
from flows.answers import mentioned
from flows.domain import Slot

#: Words that announce a correction, with a sigh before them or without.
_CORRECTS = re.compile(
    r"\W*((oh|ah|ooh|hm+|uh|er|um|ok|okay|hey|but|well|ay|uy|huy|euh|mais|pero|اه|اوه|أوه)"
    r"\b\W*)?"
    r"((no+|nope|sorry|oops|wait|actually|correction|i meant?|my (mistake|bad)|typo|"
    r"i (mis|mistyped|typed)\w*|wrong (one|number|order|ticket)|"
    r"perd[oó]n[ea]?|disculp[ea]|(quise|quer[ií]a) (decir|poner)|mejor dicho|"
    r"en realidad|digo|ups|"
    r"me (he )?(equivoqu[eé]|equivocado|confund[ií]|confundido)|"
    r"non|pardon|d[ée]sol[ée]e?|excusez|erreur|plut[oô]t|en fait|oups|"
    r"je voulais (dire|mettre|[ée]crire)|"
    r"je me suis tromp\w*|"
    r"لا|لأ|عفوا|عفواً|عفوًا|عذرا|آسف|اسف|آسفة|معذرة|المعذرة|معليش|معلش|أقصد|اقصد|قصدي|غلط|غلطت|خطأ|أخطأت|اخطأت)\b"
    r"|不是|不对|不，|不,|不好意思|抱歉|对不起|错了|说错|搞错|打错|写错|我是说|应该是|更正"
    r"|不對|對不起|錯了|說錯|搞錯|打錯|寫錯|我是說|應該是)",
    re.I,
)


def announced(here: Situation) -> bool:
    """Whether the first words say that something said before was wrong."""
    return _CORRECTS.match(here.text) is not None


def changed(here: Situation) -> dict[str, Any]:
    """Return the slots that the customer gives another value than before."""
    earlier, _ = here.around()
    # A tap that answers the open question puts nothing right.
    tapped = {
        name: new for name, new in here.tapped.items() if name != here.state.asked
    }
    if announced(here):
        earlier = [*earlier, *here.interrupted()]
    known = here.state.slots
    given = tapped or mentioned(earlier, _anew(here, earlier))
    if not (here.chosen or _is_correction(here)) or _is_part_of_other(here):
        return {}
    # What was never answered can't be put right.
    return {
        name: new
        for name, new in given.items()
        if known.get(name) != new and (here.chosen or known.get(name) is not None)
    }


def _is_part_of_other(here: Situation) -> bool:
    """Whether it is the part of a message that wants another goal, with its number.

    "Cancel order 48215, and where is 48213?" puts no number right.
    """
    started = here.flows.triggered_by(here.intent)
    other = started is not None and started[0] != here.speaking
    as_part = here.kind == "text" and here.chosen and not here.tapped
    return as_part and other and not announced(here)


def _anew(here: Situation, slots: Iterable[Slot]) -> dict[str, Any]:
    """Return the message without what it says once more: "not 50001 but 48213"."""
    parse, said = here.reading.parse, {here.state.slots.get(s.name) for s in slots}
    return {
        **parse,
        "entities": [e for e in others(here) if e["value"] not in said],
    }


def _is_correction(here: Situation) -> bool:
    """Whether a value for an earlier question is meant to replace the one we have."""
    if announced(here):
        return True
    started = here.flows.triggered_by(here.intent)
    own = started is not None and started[0] == here.speaking
    if here.surer and started is not None and not own:
        return False
    yes_or_no = here.asked is not None and here.asked.kind == "bool"
    bare = is_bare(here.text, here.reading.parse)
    return (own and here.sure) or yes_or_no or bare
