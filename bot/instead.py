"""Is a wish taken back, and another one named in the same breath?

"Don't cancel it, just change the address": what was begun is left, and what is wanted
instead begins, with the number that is known.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from bot import second_thoughts
from bot.borders import LONGEST
from bot.clarity import as_chosen, is_by_name, is_courtesy
from bot.rules.decision import COMMANDS, LIKELY
from bot.situation import Situation
from intents.parse import Intent

Read: TypeAlias = Callable[[str], Situation]

#: What may be left so: whatever may be taken back later.
_LEFT = second_thoughts.GOALS | {"ticket_refund"}
#: Where something else may begin. The words stay: "only the address" is about that.
_BORDER = re.compile(
    r"[,.;:!?،؛؟。，；：！？\n]+\s*"
    r"|\s+(?=(?:but|just|only|instead|rather|and|i'?d|can|could|when|where|how|what|"
    r"pero|mejor|sino|s[oó]lo|solamente|prefiero|quiero|cu[aá]ndo|d[oó]nde|"
    r"mais|juste|plut[oô]t|seulement|je|quand|o[uù]|"
    r"بس|لكن|ولكن|فقط|بدي|اريد|أريد|ابي|عايز|وين|فين|متى|امتى)\b)"
    r"|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
    r"|(?=只是|只要|但是|而是|改成|换成|帮我|幫我)"
)


def parts(here: Situation, read: Read) -> tuple[Situation, ...]:
    """Return "leave it" and what is wanted instead; nothing where it is not both."""
    if not _may_be_left(here):
        return ()
    for head, tail in _halves(here.text):
        if not second_thoughts.takes_back(head):
            continue
        rest = read(tail)
        if _wants(rest):
            return (_leaving(here, head), rest)
    return ()


def _may_be_left(here: Situation) -> bool:
    said = here.kind == "text" and here.attendant == "assistant"
    if not said or here.chosen or here.is_forced or here.pieces:
        return False
    begun = any(frame.flow in _LEFT for frame in here.state.stack)
    return begun and here.asked is not None and len(here.text) <= LONGEST


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind each border, the first one first."""
    for border in _BORDER.finditer(text):
        head, tail = text[: border.start()].strip(), text[border.end() :].strip()
        if head and tail:
            yield head, tail


def _wants(rest: Situation) -> bool:
    """Whether something is likely wanted, and nothing of what is under way."""
    if rest.intent in COMMANDS or is_courtesy(rest):
        return False
    if not (rest.sure or is_by_name(rest) or rest.confidence >= LIKELY):
        return False
    started = rest.flows.triggered_by(rest.intent)
    under_way = {frame.flow for frame in rest.state.stack}
    return started is not None and started[0].id not in under_way


def _leaving(here: Situation, text: str) -> Situation:
    """Return the part that says to leave it, as plainly as it does."""
    parse = {**here.reading.parse, "text": text, "entities": []}
    parse["intent"] = Intent(name="cancel", confidence=1.0)
    parse["intent_ranking"] = [parse["intent"]]
    part = replace(here, text=text, reading=replace(here.reading, parse=parse))
    return replace(part, reading=as_chosen(part))
