"""Does a customer speak of another order or event than the one that is spoken of?

"Another question" is about the same.
"""

import re
from dataclasses import replace

from bot.naming import EVENT
from bot.phrase import Phrase
from bot.situation import Situation
from flows.commands import StartFlow
from flows.domain import Slot

#: What says which order or event a goal is about, rather than whose.
THINGS = frozenset(["order_number", "ticket", EVENT])

_NAMED = Phrase(
    re.compile(
        r"\b(other|another|different|second) (\w+ )?(orders?|purchase|tickets?|booking|"
        r"event|concert|show)\b|\b(the|my) other (one|1)\b"
        r"|\b(otr[oa]s?|distint[oa]|segund[oa]) (\w+ )?(pedidos?|orden|compra|"
        r"entradas?|"
        r"boletos?|reserva|evento|concierto)\b"
        r"|\b(autres?|seconde|deuxi[eè]me) (\w+ )?(commandes?|achat|billets?|"
        r"r[eé]servation|[eé]v[eé]nement|concert)\b"
        r"|\b(ال)?(طلب|طلبي|طلبيه|طلبيتي|اوردر|تذكره|حجز|حفله|فعاليه) "
        r"(ال)?(ثاني|ثانيه|تاني|تانيه|اخر|اخري)\b"
    ),
    re.compile(
        r"(另外?一|别的|其他的?|第二)(个|份|张|场|笔|单)?(订单|单|票|演出|活动)"
    ),
)


def is_named(text: str) -> bool:
    """Whether a text speaks, in any of the languages, of another order or event."""
    return _NAMED.is_in(text)


def is_of_another(here: Situation) -> bool:
    """Whether a message speaks of another order or event, or has two numbers in it."""
    numbers = {
        one["value"]
        for one in here.reading.parse["entities"]
        if one["entity"] == "order_number"
    }
    return len(numbers) > 1 or is_named(here.text)


def apart(command: StartFlow, here: Situation) -> StartFlow:
    """Return a goal without the order or event of what waits, if of another one."""
    flow, state = here.flows.by_id.get(command.flow), here.state
    waits = any(not frame.flow.startswith("pattern_") for frame in state.stack)
    if flow is None or not waits or not is_of_another(here):
        return command
    things = (one for one in here.flows.slots_of(flow) if is_thing(one))
    emptied = {one.name: None for one in things if state.slots.get(one.name)}
    return replace(command, slots={**emptied, **command.slots}, apart=True)


def is_thing(slot: Slot) -> bool:
    """Whether a slot says which order or event it is about."""
    return any(filling.entity in THINGS for filling in slot.fillings)
