"""What does a question of the FAQ mean that a goal does better? The goal of its name.

`faq/invoice_copy` tells how an invoice is found, the goal `invoice_copy` gets one. Both
are said in the same words: learned as two, they would be taken for each other. The goal
is meant while the question has no answer, where it is looked up, and where the number
of an order says which one it is about.
"""

from collections.abc import Collection
from dataclasses import replace

from bot.reading import Payload, Reading
from flows.answers import PROOFS
from flows.responses import Responses
from flows.steps import Flows

#: What tells which order a message is about.
ORDER = "order_number"


def as_goals(
    reading: Reading,
    flows: Flows,
    responses: Responses,
    looked_up: Collection[str] = (),
) -> Reading:
    """Return the reading with goals in place of questions that nothing answers.

    Those that are *looked_up* stand there whatever the FAQ answers.
    """
    parse = reading.parse
    numbered = any(one["entity"] == ORDER for one in parse["entities"])

    def is_of_order(name: str) -> bool:
        return numbered and _looks_order_up(flows, name)

    def named(guess: Payload) -> Payload:
        base, _, name = str(guess["name"] or "").partition("/")
        answered = f"utter_{base}/{name}" in responses and name not in looked_up
        is_goal = name in flows.by_id and (not answered or is_of_order(name))
        return {**guess, "name": name} if is_goal else guess

    ranking = [named(guess) for guess in parse["intent_ranking"]]
    changed = {"intent": named(parse["intent"]), "intent_ranking": ranking}
    return replace(reading, parse={**parse, **changed})


def _looks_order_up(flows: Flows, name: str) -> bool:
    """Whether a goal asks for the number of an order, and for what proves it."""
    steps = flows.questions(flows.by_id[name])
    slots = [flows.domain.slots[step.slot] for step in steps]
    asked = {one.entity for slot in slots for one in slot.fillings}
    return ORDER in asked and not PROOFS.isdisjoint(asked)
