"""Which numbers of orders did a customer write? They are offered to be looked up."""

import re
from collections.abc import Sequence

from bot.inbox.timeline import Entry
from intents.entities import Pattern, extract

ORDER = "order_number"
#: So many are offered, of so many messages: the newest.
MOST, MOST_MESSAGES = 4, 50
#: Most messages have none, and are not read again for each page that is asked for.
_DIGIT = re.compile(r"\d")


def numbers(entries: Sequence[Entry], patterns: Sequence[Pattern]) -> list[str]:
    """Return them, the newest first; of what was forgotten or unsent there are none."""
    bubbles = [one.bubble for one in entries if one.bubble]
    texts = [one.said.text for one in bubbles if one.side == "them" and one.said.text]
    found: dict[str, None] = {}
    for text in reversed(texts[-MOST_MESSAGES:]):
        if len(found) >= MOST:
            break
        if _DIGIT.search(text):
            said = extract(text, patterns)
            orders = [one["value"] for one in said if one["entity"] == ORDER]
            found |= dict.fromkeys(reversed(orders))
    return [*found][:MOST]
