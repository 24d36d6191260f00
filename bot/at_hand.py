"""What does "it" stand for? The order that is spoken of, not an event nobody named.

"Just tell me where it is", in the middle of a return, is read as the question for a
venue: no model knows what was said before.
"""

from dataclasses import replace

from bot import naming, whereabouts
from bot.situation import Situation
from intents.parse import Intent

#: The entity of an order, and the goal that tells where it is.
ORDER, WHERE = "order_number", "order_status"
#: The order that was dealt with last, also one that was taken from a list: no entity,
#: for whoever has several is asked again which one it is.
TOLD = "order_told"
#: Sure, and yet not so sure that nothing else is looked for in the message.
SURE = 0.99


def order(here: Situation) -> str | None:
    """Return the number of the order that is spoken of, None if there is none.

    It is that of the flow that asks, or else of the goal that ended last.
    """
    asking = here.speaking
    flow = asking or here.flows.by_id.get(here.state.ended or "")
    if flow is None:
        return None
    slots = [
        slot
        for slot in here.flows.slots_of(flow)
        if any(filling.entity == ORDER for filling in slot.fillings)
    ]
    if not slots:
        return None
    if asking is not None:
        given = here.state.slots.get(slots[0].name)
        return str(given) if given and given != "none" else None
    known = here.state.known.get(TOLD) or here.state.known.get(ORDER)
    return known.value if known else None


def names_event(here: Situation) -> bool:
    """Whether a message has an event or a ticket in it."""
    entities = here.reading.parse["entities"]
    return any(one["entity"] in (naming.EVENT, "ticket") for one in entities)


def read(here: Situation) -> Situation:
    """Return it as the question where an order is, if it must be that."""
    if here.kind != "text" or here.chosen or names_event(here):
        return here
    doubtful = here.intent in naming.GOALS or not here.sure
    of_it = whereabouts.asks_for_it(here.text) and order(here) is not None
    how_far = not here.sure and whereabouts.asks_how_far(here.text)
    if not (doubtful and of_it or how_far):
        return here
    means = Intent(name=WHERE, confidence=SURE)
    ranking = [means, *here.reading.parse["intent_ranking"]]
    parse = {**here.reading.parse, "intent": means, "intent_ranking": ranking}
    parse.pop("among_three", None)
    return replace(here, reading=replace(here.reading, parse=parse))
