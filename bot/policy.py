"""What do we do about what the customer said? A short list of rules, in order.

The order is the policy and can be read aloud. Each rule looks at the situation and
gives a decision or None; the first decision counts.
"""

from dataclasses import replace

from bot.rules import after, anywhere, goal, number, people, question
from bot.rules.decision import Decision, Rule
from bot.situation import Situation

RULES: tuple[Rule, ...] = (
    anywhere.prompted,
    anywhere.left_to_person,
    anywhere.silent,
    anywhere.unreadable,
    anywhere.something_else,
    question.tapped,
    anywhere.language,
    anywhere.at_once,
    anywhere.cancels,
    question.wants_none,
    question.forced,
    anywhere.plainly,
    people.of_part,
    people.demands,
    anywhere.leaves,
    question.answers_offer,
    people.of_ticket,
    question.names_event,
    question.readdresses,
    question.fills,
    question.corrects,
    question.taught,
    people.only_people,
    people.rearranges,
    people.fed_up,
    question.aside,
    question.interrupts,
    question.lacks,
    question.notes,
    question.means_else,
    question.misses,
    after.misses_money,
    after.disputes_it,
    after.asks_why,
    after.was_misread,
    after.of_other,
    after.follows,
    after.of_variant,
    goal.wants_nothing,
    goal.commands,
    goal.elsewhere,
    goal.inside,
    goal.complains,
    goal.asks_who,
    goal.topic_alone,
    goal.goals,
    number.has_no_number,
    number.bare_number,
    goal.named,
    goal.names_product,
    number.numbered,
    goal.related,
    goal.far_ahead,
    goal.guesses,
    goal.goes_on,
    goal.too_short,
    goal.unsure,
)


def decide(situation: Situation) -> Decision:
    """Return the decision of the first rule that has one."""
    here = situation
    if question.is_let_be(here):
        here = here.without_question()
    rule, decision = next(
        (rule, decision) for rule in RULES if (decision := rule(here)) is not None
    )
    return replace(decision, rule=rule.__name__)
