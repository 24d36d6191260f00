"""What do we do about what the customer said? A short list of rules, in order.

The order is the policy and can be read aloud (RULES, at the end). Each rule looks
at the situation and gives a decision or None; the first decision counts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot import corrections, filling, guesses, plainly, whys
from bot.bareness import has_words, says_nothing_else
from bot.situation import Situation
from flows.answers import mentioned
from flows.commands import (
    CancelFlow,
    CannotHandle,
    Command,
    CorrectSlots,
    HumanHandoff,
    Ignore,
    Perform,
    RepeatBotMessages,
    Restart,
    SetSlots,
    SkipQuestion,
    StartFlow,
)
from flows.run import offers_person

#: What is said to intents that start no flow, while nothing is asked.
COMMANDS: Mapping[str, Command] = {
    "affirm": Perform(action="utter_affirm"),
    "cancel": Perform(action="utter_nothing_to_cancel"),
    "deny": Perform(action="utter_all_right"),
    "goodbye": Perform(action="utter_goodbye", ends=True),
    "stop": Perform(action="action_stop", ends=True),
    "thank": Perform(action="utter_thank"),
}
PERSON = "contact_human_agent"
#: Who asks for a person, or never to be written to, must not be asked to repeat it.
AT_ONCE: Mapping[str, Command] = {
    PERSON: StartFlow(flow=PERSON),
    "stop": COMMANDS["stop"],
}
#: What is heard in any flow, before the answer to a question is looked for.
LEAVING: Mapping[str, Command] = {
    "cancel": CancelFlow(),
    "goodbye": COMMANDS["goodbye"],
}
#: Courtesies in the middle of a question: answered, and the question again.
ASIDE: Mapping[str, Command] = {
    "greet": Perform(action="utter_hello_again"),
    "thank": COMMANDS["thank"],
}
#: What a customer wants who writes nothing but such a value.
WANTS: Mapping[str, str] = {"order_number": "order_status", "ticket": "event_when"}
#: From this chance on a customer likely wants something.
LIKELY = 0.5
_CANCELS = re.compile(
    r"\W*(cancel|exit|quit|cancelar|salir|annuler|annule|إلغاء|الغاء|الغ|取消|退出)"
    r"( (it|this|that|please))*\W*",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What to do, the rule that said so, and why: for the trace."""

    command: Command
    rule: str = ""
    why: str
    #: The intents of a "did you mean", in the order of its numbers.
    guesses: tuple[str, ...] = ()


Rule: TypeAlias = Callable[[Situation], Decision | None]


def decide(situation: Situation) -> Decision:
    """Return the decision of the first rule that has one."""
    rule, decision = next(
        (rule, decision) for rule in RULES if (decision := rule(situation)) is not None
    )
    return replace(decision, rule=rule.__name__.strip("_"))


def _left_to_person(here: Situation) -> Decision | None:
    """Say nothing beside a person, but take the customer at their word."""
    if here.attendant == "assistant":
        return None
    if here.intent == "stop" and (here.sure or here.confidence >= LIKELY):
        return Decision(command=COMMANDS["stop"], why=whys.STOP)
    if here.attendant != "person" and here.intent == "cancel" and here.sure:
        return Decision(
            command=Perform(action="action_withdraw_handoff", ends=True),
            why=whys.DOES_WITHOUT,
        )
    if here.attendant == "after_hours" and _knows(here):
        return None
    return Decision(command=Ignore(), why=whys.IS_ANSWERED)


def _knows(here: Situation) -> bool:
    """Whether the assistant can help by itself whoever waits for the morning."""
    wants_person = here.intent in AT_ONCE
    return bool(here.state.stack) or here.sure and not wants_person


def _silent(here: Situation) -> Decision | None:
    if here.kind == "thumbs_up" and not here.asks_yes_or_no:
        return Decision(command=Ignore(), why=whys.THUMBS_UP)
    if here.kind == "referral" and here.state.stack:
        return Decision(command=Ignore(), why=whys.LINK)
    return None


def _unreadable(here: Situation) -> Decision | None:
    blank = here.kind == "text" and not here.text.strip()
    signs = here.kind == "text" and not (blank or has_words(here.text) or here.sure)
    if here.kind != "attachment" and not blank and (not signs or here.state.stack):
        return None
    if here.state.unreadable:
        return Decision(
            command=HumanHandoff(reason="cannot_read"), why=whys.UNREAD_AGAIN
        )
    return Decision(
        command=Perform(action="utter_no_words" if signs else "utter_cannot_read"),
        why=whys.UNREAD,
    )


def _forced(here: Situation) -> Decision | None:
    """Take everything as an answer where a flow insists, but for who must not wait."""
    if here.asking is None or not here.asking.forced:
        return None
    if here.sure and here.intent in AT_ONCE or _CANCELS.fullmatch(here.text):
        return None
    return _fills(here) or _misses(here)


def _something_else(here: Situation) -> Decision | None:
    if not here.reading.something_else:
        return None
    return Decision(command=HumanHandoff(reason="unsure"), why=whys.NO_GUESS)


def _at_once(here: Situation) -> Decision | None:
    """Do what is wanted at once, and cheap if it was not, on less than certainty."""
    if here.kind == "text" and plainly.asks_for_person(here.text):
        return Decision(command=AT_ONCE[PERSON], why=whys.PERSON)
    likely = here.sure or here.confidence >= LIKELY
    if here.intent not in AT_ONCE or not likely:
        return None
    return Decision(
        command=AT_ONCE[here.intent], why=whys.LIKELY_WANTS.format(intent=here.intent)
    )


def _plainly(here: Situation) -> Decision | None:
    """Do what is asked of the dialogue itself, in so many words."""
    match plainly.wished(here.text) if here.kind == "text" else None:
        case "repeat":
            return Decision(command=RepeatBotMessages(), why=whys.AGAIN)
        case "skip" if here.asked is not None:
            return Decision(command=SkipQuestion(), why=whys.SKIP)
        case "restart":
            return Decision(command=Restart(), why=whys.ANEW)
    return None


def _leaves(here: Situation) -> Decision | None:
    if not here.state.stack:
        return None
    if here.kind == "text" and _CANCELS.fullmatch(here.text):
        # Outside a flow the same word is about an order.
        return Decision(command=CancelFlow(), why=whys.CANCEL)
    if not here.sure or here.intent not in LEAVING:
        return None
    return Decision(
        command=LEAVING[here.intent], why=whys.INSIDE.format(intent=here.intent)
    )


def _answers_offer(here: Situation) -> Decision | None:
    if not offers_person(here.state) or here.band == "person":
        return None
    if here.intent == "affirm":
        return Decision(command=HumanHandoff(reason="misses"), why=whys.PERSON)
    if here.intent == "deny":
        return Decision(command=Perform(action="utter_try_again"), why=whys.NO_PERSON)
    return None


def _fills(here: Situation) -> Decision | None:
    if not (given := filling.given(here)):
        return None
    return Decision(
        command=SetSlots(slots=given), why=whys.FITS.format(slots=", ".join(given))
    )


def _corrects(here: Situation) -> Decision | None:
    if here.asked is None or not (changed := corrections.changed(here)):
        return None
    why = whys.PUT_RIGHT.format(slots=", ".join(changed))
    return Decision(command=CorrectSlots(slots=changed), why=why)


def _aside(here: Situation) -> Decision | None:
    if here.asked is None or not here.sure or here.intent not in ASIDE:
        return None
    return Decision(command=ASIDE[here.intent], why=whys.COURTESY)


def _interrupts(here: Situation) -> Decision | None:
    if here.asked is None or not here.surer or here.intent in COMMANDS:
        return None
    started = here.flows.triggered_by(here.intent)
    own = started is not None and started[0] == here.speaking
    # The goal we are at is no interruption; tapped again, it asks again.
    return _start(here) if here.chosen or not own else None


def _misses(here: Situation) -> Decision | None:
    if here.asked is None:
        return None
    if offers_person(here.state):
        return Decision(command=HumanHandoff(reason="misses"), why=whys.NEITHER)
    return Decision(
        command=CannotHandle(), why=whys.NO_ANSWER.format(slot=here.asked.name)
    )


def _commands(here: Situation) -> Decision | None:
    if not here.sure or here.intent not in COMMANDS:
        return None
    return Decision(
        command=COMMANDS[here.intent], why=whys.SURE_OF.format(intent=here.intent)
    )


def _goals(here: Situation) -> Decision | None:
    return _start(here) if here.sure else None


def _bare_number(here: Situation) -> Decision | None:
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


def _guesses(here: Situation) -> Decision | None:
    likely = guesses.likely(here) if here.band != "person" else []
    if not likely:
        return None
    return Decision(
        command=guesses.offer(likely, here), why=whys.HALF_SURE, guesses=tuple(likely)
    )


def _unsure(here: Situation) -> Decision | None:
    return Decision(command=HumanHandoff(reason="unsure"), why=whys.UNSURE)


def _start(here: Situation) -> Decision | None:
    """Start the flow of the intent, with the values that came with it."""
    if not here.intent:
        return None
    started = here.flows.triggered_by(here.intent)
    if started is None or not guesses.has_answer(here.intent, here.responses):
        return Decision(
            command=HumanHandoff(reason="no_answer"),
            why=whys.UNANSWERED.format(intent=here.intent),
        )
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


RULES: tuple[Rule, ...] = (
    _left_to_person,
    _silent,
    _unreadable,
    _forced,
    _something_else,
    _at_once,
    _plainly,
    _leaves,
    _answers_offer,
    _fills,
    _corrects,
    _aside,
    _interrupts,
    _misses,
    _commands,
    _goals,
    _bare_number,
    _guesses,
    _unsure,
)
