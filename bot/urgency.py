"""How soon must a person come? Who complains, sounds angry or comes again, sooner."""

import re
from datetime import timedelta

from flows.ports import COMPLAINT

NORMAL, HIGH, URGENT = 0, 1, 2
#: Who needed a person so shortly before was not helped, or not for long.
AGAIN = timedelta(days=3)

#: Signs that are the same in every language: faces, and more than one exclamation mark.
_ANGRY = re.compile(r"[😠😡🤬👿💢🖕]|[!！]{2}")
#: Shouted words; a number or a ticket is none, and neither is one word such as "HELP".
_SHOUTED = re.compile(r"(?<![\w-])[^\W\d_]{2,}(?![\w-])")
_LEAST_SHOUTED = 3


def urgency(reason: str, text: str, *, again: bool) -> int:
    """Return the priority of a hand-over.

    *text* is what the customer said last, *again* whether a person was fetched for
    them within the days of AGAIN.
    """
    upset = reason == COMPLAINT or sounds_angry(text)
    return min(URGENT, NORMAL + upset + again)


def sounds_angry(text: str) -> bool:
    """Whether signs or capital letters say so; words are the model's business."""
    words = _SHOUTED.findall(text)
    shouted = sum(word.isupper() for word in words)
    return bool(_ANGRY.search(text)) or (
        shouted >= _LEAST_SHOUTED and shouted > len(words) / 2
    )
