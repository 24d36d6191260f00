"""What is done about a number that is sent, or that somebody says they do not have."""

from dataclasses import replace
from typing import Any

from bot import guesses as guessing
from bot import numberless, whys
from bot.bareness import says_nothing_else
from bot.rules.decision import LIKELY, Decision
from bot.rules.goal import (
    LEAD,
    STANDS_OUT,
    WANTS,
    WITHOUT_NUMBER,
    ask,
    start,
    start_of,
)
from bot.situation import Situation
from flows.answers import mentioned
from flows.commands import StartFlow


def has_no_number(here: Situation) -> Decision | None:
    """Begin what can do without an order number, for who says that they have none."""
    if here.kind != "text" or here.chosen or not numberless.says_so(here.text):
        return None
    if any(one["entity"] in WANTS for one in here.reading.parse["entities"]):
        return None
    likely = [one for one, share in guessing.ranked(here) if share >= LIKELY]
    if likely and likely[0] not in WITHOUT_NUMBER:
        return None
    begun = start_of(likely[0] if likely else WANTS["order_number"], here)
    return begun and replace(begun, why=whys.LACKS)


def bare_number(here: Situation) -> Decision | None:
    """Take a number that comes alone for what such numbers are mostly sent for."""
    if here.kind != "text" or not says_nothing_else(here.text, here.reading.parse):
        return None
    flow = _usual(here)
    if flow is None:
        return None
    wanted = here.flows.slots_of(here.flows.by_id[flow])
    slots = mentioned(wanted, here.reading.parse)
    why = whys.HARDLY_MORE.format(slots=", ".join(slots))
    return Decision(command=StartFlow(flow=flow, slots=slots), why=why)


def numbered(here: Situation) -> Decision | None:
    """Begin what stands out of what is sent with such a number, or ask which it is."""
    usual = _usual(here) if here.kind == "text" else None
    if usual is None or not guessing.is_offerable(usual, here):
        return None
    fitting = [one for one in guessing.ranked(here) if _takes_number(one[0], here)]
    (best, chance), (_, second) = [*fitting, (usual, 0.0), (usual, 0.0)][:2]
    if best == here.intent and chance >= max(STANDS_OUT, LEAD * second):
        started = start(here)
        return started and replace(started, why=whys.STANDS_OUT.format(intent=best))
    takes = [name for name, _ in fitting[: guessing.MOST_GUESSES - 1]]
    of_it = [] if usual in here.besides else takes
    return ask([*dict.fromkeys([*of_it, usual, *guessing.likely(here)])], here)


def _numbers(here: Situation) -> list[dict[str, Any]]:
    entities = here.reading.parse["entities"]
    return [one for one in entities if one["entity"] in WANTS]


def _usual(here: Situation) -> str | None:
    """Return what numbers such as the one in the message are mostly sent for."""
    return next((WANTS[one["entity"]] for one in _numbers(here)), None)


def _takes_number(intent: str, here: Situation) -> bool:
    """Whether what an intent starts asks for a number that the message has."""
    started = here.flows.triggered_by(intent)
    if started is None:
        return False
    slots = here.flows.slots_of(started[0])
    return bool(mentioned(slots, {"entities": _numbers(here)}))
