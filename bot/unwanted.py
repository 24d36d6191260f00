"""What does who wants us to stop mean: every message, or reminders alone?

A model knows that something is to stop; whoever names reminders and nothing else means
those, and is answered on.
"""

import re
from functools import lru_cache

from intents.text import normalise

#: As `normalise` writes them; Chinese without the spaces that it sets.
_REMINDERS = re.compile(
    r"\b(remind|recordator|recu[eé]rd|recordar|rappel)"
    r"|تذكير|(ذكر|فكر)(و?ن[يا])|提醒|提示|提我"
)
#: What is no reminder: who names it wants none of all this.
_OTHERS = re.compile(
    r"\b(mess?ages?|msgs?|texts?|texting|notif\w*|anything|everything|stuff|contacts?|"
    r"lists?|mensaj\w*|avisos?|contacto|nada|listas?|rien|liste)\b"
    r"|رساي?ل|رساله|اشعار|اي شي|قايمه|قايمتكم|رقمي"
    r"|消息|信息|讯息|通知|推送|推播|名单|联系|联络"
)


@lru_cache(maxsize=64)
def only_reminders(text: str) -> bool:
    """Whether a text that wants something to stop speaks of reminders alone."""
    others = _found(_OTHERS, text)
    return speaks_of_reminders(text) and not others


def speaks_of_reminders(text: str) -> bool:
    """Whether a text speaks of reminders, whether or not they are wanted."""
    return _found(_REMINDERS, text)


def _found(words: re.Pattern[str], text: str) -> bool:
    normal = normalise(text)
    return bool(words.search(normal) or words.search(normal.replace(" ", "")))
