"""What does a question of the FAQ mean while it has no answer? The goal of its name.

`faq/invoice_copy` tells how an invoice is found, the goal `invoice_copy` gets one. Both
are said in the same words: learned as two, they would be taken for each other.
"""

from dataclasses import replace

from bot.reading import Payload, Reading
from flows.responses import Responses
from flows.steps import Flows


def as_goals(reading: Reading, flows: Flows, responses: Responses) -> Reading:
    """Return the reading with goals in place of questions that nothing answers."""
    parse = reading.parse

    def named(guess: Payload) -> Payload:
        base, _, name = str(guess["name"] or "").partition("/")
        answered = f"utter_{base}/{name}" in responses
        is_goal = name in flows.by_id and not answered
        return {**guess, "name": name} if is_goal else guess

    ranking = [named(guess) for guess in parse["intent_ranking"]]
    changed = {"intent": named(parse["intent"]), "intent_ranking": ranking}
    return replace(reading, parse={**parse, **changed})
