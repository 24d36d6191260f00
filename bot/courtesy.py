"""What people say around what they want: "sorry, can you ... please"."""

import re

from intents.text import as_said, unaccented

#: So many in a row are taken off.
_MOST = 3
_BEFORE = (
    *("please", "pls", "sorry", "excuse me", "pardon", "ok", "okay", "hey", "hi"),
    *("hmm", "oh", "um", "actually", "wait", "no"),
    *("hola", "por favor", "porfa", "perdón", "perdone", "perdona", "disculpe"),
    *("disculpa", "bonjour", "salut", "désolé", "désolée", "excusez-moi"),
    *("s'il vous plaît", "s'il te plaît", "svp", "stp"),
    *("عفوا", "من فضلك", "لو سمحت", "لو سمحتي", "لو سمحتم"),
    *("请", "麻烦", "抱歉", "不好意思"),
)
_AFTER = (
    *("please", "pls", "thanks", "thank you", "now", "por favor", "porfa", "gracias"),
    *("s'il vous plaît", "s'il te plaît", "svp", "stp", "merci"),
    *("من فضلك", "لو سمحت", "لو سمحتي", "لو سمحتم", "شكرا", "谢谢", "吗", "吧"),
)
_ASKING = (
    *("can you", "could you", "would you", "will you", "can we", "could we", "can i"),
    *("let's", "lets", "i want to", "i would like to", "i'd like to"),
    *("me puedes", "me puede", "puedes", "puede", "podrías", "podría", "podemos"),
    *("me lo puedes", "me lo puede", "me podrías", "me podría", "podés", "pueden"),
    *("puedo", "quiero", "vamos a", "tu peux", "vous pouvez", "peux-tu"),
    *("tu pourrais", "vous pourriez", "pourrais-tu"),
    *("pouvez-vous", "pourriez-vous", "on peut", "je peux", "je veux", "je voudrais"),
    *("ممكن", "هل يمكنك", "هل يمكننا", "هل يمكن", "أريد أن"),
    *("可以", "能不能", "可不可以", "能", "我想"),
)


def without(said: str) -> str:
    """Return words, as `intents.text.bare` leaves them, without a courtesy around."""
    return _ENDS.sub("", _BEGINS.sub("", said))


def without_asking(said: str) -> str:
    """Return such words without what makes a question or a wish of them."""
    return without(_ASKS.sub("", said))


def _any_of(phrases: tuple[str, ...]) -> str:
    typed = {as_said(one) for one in phrases}
    # With their accents or without.
    longest_first = sorted(typed | {*map(unaccented, typed)}, key=len)[::-1]
    return "|".join(map(re.escape, longest_first))


_BEGINS = re.compile(rf"^(?:(?:{_any_of(_BEFORE)}) ){{1,{_MOST}}}")
_ENDS = re.compile(rf"(?: (?:{_any_of(_AFTER)})){{1,{_MOST}}}$")
_ASKS = re.compile(rf"^(?:{_any_of(_ASKING)}) ")
