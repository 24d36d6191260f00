"""Of which event are reminders not wanted? The one that is spoken of, if one is.

"No reminders", behind the day of a concert, is no wish about all the others.
"""

from dataclasses import replace

from bot import evidence, follow_ups, naming, unwanted
from bot.rules.decision import LIKELY
from bot.situation import Situation

TICKET = "ticket"
#: What is meant where something is to stop; whoever names reminders alone means those.
STOP = "stop"
#: What tells of one event, by its ticket.
_OF_EVENT = naming.GOALS | follow_ups.OF_TICKET


def read(here: Situation) -> Situation:
    """Return it as wanting no reminders, with the ticket at hand, if that is said."""
    if here.kind != "text" or here.chosen or not _refuses(here):
        return here
    parse = here.reading.parse
    if here.intent != STOP or not here.sure:
        parse = evidence.by_rule(dict(parse), STOP)
    ticket = _at_hand(here)
    if ticket is not None and not unwanted.of_all(here.text):
        entity = {"entity": TICKET, "value": ticket, "start": None, "end": None}
        parse = {**parse, "entities": [*parse["entities"], entity]}
    return replace(here, reading=replace(here.reading, parse=parse))


def _refuses(here: Situation) -> bool:
    if unwanted.refuses_reminders(here.text):
        return here.intent == STOP or not here.sure
    stops = here.intent == STOP and (here.sure or here.confidence >= LIKELY)
    return stops and unwanted.only_reminders(here.text)


def _at_hand(here: Situation) -> str | None:
    """Return the ticket of the event that was told of last, or is asked about now."""
    if evidence.named(here.reading.parse, TICKET) is not None:
        return None
    spoken = {here.state.ended, *(frame.flow for frame in here.state.stack)}
    known = here.state.known.get(TICKET)
    return known.value if known is not None and spoken & _OF_EVENT else None
