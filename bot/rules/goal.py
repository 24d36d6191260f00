"""What does a customer want, while nothing is asked?"""

from collections.abc import Mapping

from bot import guesses as guessing
from bot import whys
from bot.bareness import says_nothing_else
from bot.rules.decision import COMMANDS, Decision
from bot.situation import Situation
from flows.answers import mentioned
from flows.commands import ChitChat, HumanHandoff, StartFlow
from flows.run import CHITCHAT

#: What a customer wants who writes nothing but such a value.
WANTS: Mapping[str, str] = {"order_number": "order_status", "ticket": "event_when"}


def commands(here: Situation) -> Decision | None:
    """Answer what starts no flow."""
    if not here.sure or here.intent not in COMMANDS:
        return None
    return Decision(
        command=COMMANDS[here.intent], why=whys.SURE_OF.format(intent=here.intent)
    )


def goals(here: Situation) -> Decision | None:
    """Start the flow of what is surely wanted."""
    return start(here) if here.sure else None


def bare_number(here: Situation) -> Decision | None:
    """Take a number that comes alone for what such numbers are mostly sent for."""
    if here.kind != "text" or not says_nothing_else(here.text, here.reading.parse):
        return None
    kinds = [entity["entity"] for entity in here.reading.parse["entities"]]
    flow = next((WANTS[kind] for kind in kinds if kind in WANTS), None)
    if flow is None:
        return None
    wanted = [
        here.flows.domain.slots[step.slot]
        for step in here.flows.by_id[flow].collected()
    ]
    slots = mentioned(wanted, here.reading.parse)
    why = whys.HARDLY_MORE.format(slots=", ".join(slots))
    return Decision(command=StartFlow(flow=flow, slots=slots), why=why)


def guesses(here: Situation) -> Decision | None:
    """Ask which of the likeliest goals it is."""
    likely = guessing.likely(here) if here.band != "person" else []
    if not likely:
        return None
    return Decision(
        command=guessing.offer(likely, here),
        why=whys.HALF_SURE,
        guesses=tuple(likely),
    )


def unsure(here: Situation) -> Decision | None:
    """Fetch a person."""
    return Decision(command=HumanHandoff(reason="unsure"), why=whys.UNSURE)


def is_small_talk(here: Situation) -> bool:
    """Whether a shop has its pattern of small talk answer the intent."""
    started = here.flows.triggered_by(here.intent)
    return started is not None and started[0].id == CHITCHAT


def start(here: Situation) -> Decision | None:
    """Start the flow of the intent, with the values that came with it."""
    if not here.intent:
        return None
    started = here.flows.triggered_by(here.intent)
    if started is None or not guessing.has_answer(here.intent, here.responses):
        return Decision(
            command=HumanHandoff(reason="no_answer"),
            why=whys.UNANSWERED.format(intent=here.intent),
        )
    if is_small_talk(here):
        why = whys.SURE_OF.format(intent=here.intent)
        return Decision(command=ChitChat(intent=here.intent), why=why)
    flow, trigger = started
    if not flow.startable(here.state.slots) or here.confidence < trigger.threshold:
        return None
    wanted = {
        step.slot: here.flows.domain.slots[step.slot] for step in flow.collected()
    }
    slots = mentioned(wanted.values(), here.reading.parse)
    return Decision(
        command=StartFlow(flow=flow.id, slots=slots),
        why=whys.SURE_OF.format(intent=here.intent),
    )
