"""What does a customer want, while nothing is asked?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import (
    at_hand,
    inside_venue,
    itself,
    naming,
    new_address,
    numberless,
    openings,
    pleasantries,
    prices_asked,
    products_asked,
    strangers,
    whereabouts,
    whys,
)
from bot import guesses as guessing
from bot.bareness import is_short, says_nothing_else
from bot.phrase import is_longer
from bot.rules.decision import COMMANDS, LIKELY, Decision
from bot.situation import Situation
from flows.answers import mentioned, triggered
from flows.commands import (
    CannotHandle,
    ChitChat,
    HumanHandoff,
    Ignore,
    Perform,
    StartFlow,
)
from flows.run import CHITCHAT
from flows.steps import Flow
from intents.parse import Intent
from intents.text import as_said

#: What a customer wants who writes nothing but such a value.
WANTS: Mapping[str, str] = {"order_number": "order_status", "ticket": "event_when"}
ALL_RIGHT = Perform(action="utter_all_right")
#: Who is upset, and the slot that says so.
COMPLAINT, UPSET = "complaint", "upset"
#: What a customer wants who writes nothing but the name of an event.
WANTS_OF_EVENT = "event_when"
#: What goes on without an order number: by a code that is mailed, or else a person.
WITHOUT_NUMBER = frozenset(["order_status", "refund_state", "order_contents"])
#: What tells where an event is.
WHERE_EVENT = "event_where"
#: So many pieces that say nothing together, and a person comes.
MOST = 4
#: How likely one of the goals that a number is sent for must be to be begun, and how
#: many times as likely as the next of them.
STANDS_OUT, LEAD = 0.35, 2.0
#: The same where nothing but the words tells it, which then begins with a question, and
#: in how many words or signs: who tells a longer story may be after something else.
CLEARLY, FAR_AHEAD = 0.5, 3.0
MOST_WORDS, MOST_SIGNS = 18, 27


def wants_nothing(here: Situation) -> Decision | None:
    """Answer in kind who asks how it goes, is well, or says that it can wait."""
    said = pleasantries.answer(here.text) if here.kind == "text" else None
    if said is None or said not in here.responses or here.chosen:
        return None
    return Decision(command=Perform(action=said), why=whys.WANTS_NOTHING)


def commands(here: Situation) -> Decision | None:
    """Answer what starts no flow; a shop may have one for it."""
    if not here.sure or here.intent not in COMMANDS:
        return None
    if here.flows.triggered_by(here.intent) is not None:
        return None
    # Behind an answer "ok" asks for no other.
    ends = here.intent == "affirm" and here.state.ended is not None
    command = ALL_RIGHT if ends else COMMANDS[here.intent]
    return Decision(command=command, why=whys.SURE_OF.format(intent=here.intent))


def elsewhere(here: Situation) -> Decision | None:
    """Ask what is meant of what another shop sold: our answers are about our own."""
    asks = here.kind == "text" and here.sure and not here.chosen
    if not asks or not strangers.bought_elsewhere(here.text):
        return None
    return _asked_back(here, whys.ELSEWHERE)


def inside(here: Situation) -> Decision | None:
    """Ask what is meant of who looks for a cloakroom: its address is no answer."""
    venue = here.sure and here.intent == WHERE_EVENT and not here.chosen
    if here.kind != "text" or not venue or not inside_venue.is_asked(here.text):
        return None
    return _asked_back(here, whys.INSIDE_VENUE)


def _asked_back(here: Situation, why: str) -> Decision | None:
    """Ask which of the likely goals is meant, if any is."""
    found = guessing.likely(here)
    return replace(ask(found, here), why=why) if found else None


def complains(here: Situation) -> Decision | None:
    """Tell first where the order is, to whom that is what they complain about."""
    first = [name for name, _ in guessing.ranked(here)[:1]]
    wanted = here.kind == "text" and not here.chosen and first == [COMPLAINT]
    if not wanted or not whereabouts.asks_for_order(here.text):
        return None
    begun = start_of(WANTS["order_number"], here)
    if begun is None or not isinstance(begun.command, StartFlow):
        return None
    command = begun.command
    slots = {**command.slots, UPSET: True}
    return Decision(command=replace(command, slots=slots), why=whys.COMPLAINS)


def asks_who(here: Situation) -> Decision | None:
    """Say what answers here, to whom asks that, or whether anybody is there."""
    if here.kind != "text" or here.chosen or here.sure:
        return None
    if not (itself.asked(here.text) or openings.hails(here.text)):
        return None
    begun = start_of("greet", here)
    return begun and replace(begun, why=whys.ASKS_WHO)


def topic_alone(here: Situation) -> Decision | None:
    """Ask what is wanted of an order or a ticket, where no more is said than that."""
    if here.kind != "text" or here.chosen:
        return None
    about = openings.about(here.text)
    if here.sure and here.intent not in about:
        return None
    offered = [name for name in about if guessing.is_offerable(name, here)]
    return replace(ask(offered, here), why=whys.TOPIC_ALONE) if offered else None


def goals(here: Situation) -> Decision | None:
    """Start the flow of what is surely wanted."""
    return start(here) if here.sure else None


def named(here: Situation) -> Decision | None:
    """Begin what is likeliest asked of an event that is called by its name."""
    parse, event = here.reading.parse, naming.named(here.reading.parse)
    if here.kind != "text" or event is None:
        return None
    if says_nothing_else(here.text, parse):
        slots = {naming.EVENT: event}
        return Decision(
            command=StartFlow(flow=WANTS_OF_EVENT, slots=slots),
            why=whys.NAMES_EVENT,
        )
    # Of pieces one may have named it, and another say what it is not about.
    if here.pieces or here.intent not in naming.GOALS or not naming.stands_out(parse):
        return None
    started = start(here)
    return started and replace(started, why=whys.NAMES_EVENT)


def names_product(here: Situation) -> Decision | None:
    """Look up what is called by its name, where nothing else is asked of it."""
    parse, product = here.reading.parse, products_asked.named(here.reading.parse)
    if here.kind != "text" or product is None:
        return None
    if says_nothing_else(here.text, parse):
        slots = {products_asked.PRODUCT: product}
        return Decision(
            command=StartFlow(flow=products_asked.GOAL, slots=slots),
            why=whys.NAMES_PRODUCT,
        )
    if here.intent != products_asked.GOAL or not products_asked.stands_out(parse):
        return None
    started = start(here)
    return started and replace(started, why=whys.NAMES_PRODUCT)


def related(here: Situation) -> Decision | None:
    """Begin what is likely meant of the order or ticket that was just told of.

    "And where is it?" after the day of an event says little by itself.
    """
    ended = here.flows.by_id.get(here.state.ended or "")
    started = here.flows.triggered_by(here.intent)
    if here.kind != "text" or ended is None or started is None:
        return None
    flow, _ = started
    known = here.state.known.keys() & {*WANTS, naming.EVENT}
    told, asked = (_filled_from(one, here) & known for one in (ended, flow))
    second = next((share for _, share in guessing.ranked(here)[1:]), 0.0)
    if (
        flow is ended
        or not told & asked
        or here.confidence < max(LIKELY, LEAD * second)
    ):
        return None
    begun = start(here)
    return begun and replace(begun, why=whys.STANDS_OUT.format(intent=here.intent))


def far_ahead(here: Situation) -> Decision | None:
    """Begin what is far likelier than the rest, and asks before it tells anything."""
    if here.kind != "text" or here.chosen or len(here.besides) > 1 or here.pieces:
        return None
    (best, chance), (_, second) = [*guessing.ranked(here), ("", 0.0), ("", 0.0)][:2]
    started = here.flows.triggered_by(best)
    if chance < max(CLEARLY, FAR_AHEAD * second) or "/" in best or started is None:
        return None
    asks = best == here.intent and any(here.flows.questions(started[0]))
    # What the shop has taught in a few phrasings is told low.
    own = here.taught.intersection(guessing.likely(here))
    if not asks or own or is_longer(as_said(here.text), MOST_WORDS, MOST_SIGNS):
        return None
    begun = start(here)
    return begun and replace(begun, why=whys.FAR_AHEAD.format(intent=best))


def guesses(here: Situation) -> Decision | None:
    """Ask which of the likeliest goals it is."""
    likely = guessing.likely(here)
    return ask(likely, here) if likely else None


def goes_on(here: Situation) -> Decision | None:
    """Say nothing to a word or two of who was just asked, and is writing still."""
    *before, last = here.pieces or ("",)
    if not 0 < len(before) < MOST - 1 or last in before or not is_short(last):
        return None
    return Decision(command=Ignore(), why=whys.GOES_ON)


def too_short(here: Situation) -> Decision | None:
    """Ask once what it is about, where a word or two are all there is."""
    if here.kind != "text" or here.state.unreadable or not is_short(here.text):
        return None
    return Decision(command=CannotHandle(reason="no_words"), why=whys.TOO_SHORT)


def unsure(here: Situation) -> Decision | None:
    """Fetch a person."""
    return Decision(command=HumanHandoff(reason="unsure"), why=whys.UNSURE)


def is_small_talk(here: Situation) -> bool:
    """Whether a shop has its pattern of small talk answer the intent."""
    started = here.flows.triggered_by(here.intent)
    return started is not None and started[0].id == CHITCHAT


def ask(intents: list[str], here: Situation) -> Decision:
    """Return the question which of *intents* it is, at most so many of them."""
    offered = intents[: guessing.MOST_GUESSES]
    return Decision(
        command=guessing.offer(offered, here),
        why=whys.HALF_SURE,
        guesses=tuple(offered),
    )


def _numberless(flow: Flow, here: Situation) -> dict[str, Any]:
    """Return that there is no number, where that was said before it was asked for."""
    if (
        flow.id not in WITHOUT_NUMBER
        or here.chosen
        or at_hand.ORDER in here.state.known
    ):
        return {}
    return {at_hand.ORDER: "none"} if numberless.says_so(here.text) else {}


def _filled_from(flow: Flow, here: Situation) -> set[str | None]:
    """Return the entities that what a flow asks for may be filled from."""
    slots = here.flows.slots_of(flow)
    return {one.entity for slot in slots for one in slot.fillings}


def start_of(intent: str, here: Situation) -> Decision | None:
    """Start the flow of an intent that the words of a text tell."""
    means = Intent(name=intent, confidence=1.0)
    reading = replace(here.reading, parse={**here.reading.parse, "intent": means})
    return start(replace(here, reading=reading))


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
    asked = dict.fromkeys(step.slot for step in here.flows.questions(flow))
    wanted = [here.flows.domain.slots[name] for name in asked]
    wanted += here.flows.unasked
    begun = triggered(wanted, here.intent)
    parse = {**here.reading.parse, "entities": new_address.others(here)}
    slots = {**begun, **_numberless(flow, here), **mentioned(wanted, parse)}
    by_rule = here.intent == prices_asked.GOAL and not here.chosen
    return Decision(
        command=StartFlow(flow=flow.id, slots=slots),
        why=whys.ASKS_PRICE if by_rule else whys.SURE_OF.format(intent=here.intent),
    )
