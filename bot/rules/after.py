"""What is done about a message that goes on about what has just ended."""

import re

from bot import whys
from bot.bareness import is_bare, says_nothing_else
from bot.corrections import announced
from bot.rules.decision import Decision
from bot.situation import Situation
from flows.answers import mentioned
from flows.commands import StartFlow

#: Words that ask the same of something else.
_SAME_OF = re.compile(
    r"\W*((and|also|what about|how about|same (for|with)|y|también|"
    r"qué (tal|hay)|et|aussi)\b|و|وماذا عن|ماذا عن|那|还有|那么)",
    re.I,
)


def follows(here: Situation) -> Decision | None:
    """Do again what was just done, with another value: "no, 48214", "and 48215?"."""
    flow = here.flows.by_id.get(here.state.ended or "")
    if here.kind != "text" or here.asked is not None or flow is None:
        return None
    given = mentioned(here.flows.slots_of(flow), here.reading.parse)
    text, parse = here.text, here.reading.parse
    alone = says_nothing_else(text, parse)
    # Of a value alone a model knows only what such values are mostly sent for.
    started = here.flows.triggered_by(here.intent) if here.sure and not alone else None
    if not given or started is not None and started[0] is not flow:
        return None
    same = _SAME_OF.match(text) is not None and is_bare(text, parse)
    if not (announced(here) or same or alone):
        return None
    return Decision(
        command=StartFlow(flow=flow.id, slots=given),
        why=whys.FOLLOWS.format(slots=", ".join(given)),
    )
