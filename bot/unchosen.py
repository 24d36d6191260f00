"""What did a message ask besides what it led to? It is asked about once that is done.

Who asks two things and is asked back takes one of the choices. The others wait in the
state while a goal asks for something, and are asked about behind its end; once only.
A person who is fetched is told of them instead.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot import guesses
from bot.borders import asks_several
from bot.situation import Situation
from bot.trace import Step
from flows.commands import Clarify, Ignore, Perform, RepeatBotMessages, StartFlow
from flows.record import Perform as Performer
from flows.run import Outcome, asks_by_the_way
from flows.wishes import Wish

#: Said behind the answer to what was chosen.
SAID = "utter_and_this"


def with_others(
    steps: list[Step],
    whole: Situation,
    perform: Callable[[Situation], Performer],
    now: datetime,
) -> list[Step]:
    """Return the steps, and what was asked besides: kept, told of, or asked about."""
    last = steps[-1]
    if isinstance(last.decision.command, Ignore | RepeatBotMessages):
        return steps
    left = _left(steps, whole, now)
    outcome = _keeping(last.outcome, ())
    if (handed_over := outcome.handed_over) is not None:
        told = replace(handed_over, state=replace(handed_over.state, wishes=left))
        return [*steps[:-1], replace(last, outcome=replace(outcome, handed_over=told))]
    if last.decision.guesses or _is_open(outcome):
        return [*steps[:-1], replace(last, outcome=_keeping(outcome, left))]
    done = replace(last, outcome=outcome)
    offered = [one for one in left if guesses.is_offerable(one.intent, last.here)]
    if not offered or SAID not in last.here.responses:
        return [*steps[:-1], done]
    return [*steps[:-1], _asked(done, offered, perform)]


def _asked(
    done: Step, offered: Sequence[Wish], perform: Callable[[Situation], Performer]
) -> Step:
    """Return a step that asks about what was wanted besides, in place of ours."""
    here, outcome = done.here, done.outcome
    intents = tuple(one.intent for one in offered)
    asks = guesses.offer([*intents], here)
    values = {"choices": asks.choices, "quick_replies": asks.quick_replies}
    command = Perform(action=SAID, values={**values, "last": asks.last})
    if asks_by_the_way(outcome.state):
        done = done.without_questions()
    about = tuple(one for wish in offered for one in wish.entities)
    decision = replace(done.decision, guesses=intents, about=about)
    return replace(done.followed_by(command, perform(here)), decision=decision)


def _left(steps: Sequence[Step], whole: Situation, now: datetime) -> tuple[Wish, ...]:
    """Return what was asked, now or before, and has not been dealt with."""
    last, commands = steps[-1], [step.decision.command for step in steps]
    if any(isinstance(one, Perform) and one.ends for one in commands):
        return ()
    done = {name for step in steps for name in _begun(step)}
    choices = whole.state.offer.choices if whole.state.offer else ()
    expired = {one.intent for one in choices}
    waiting = [
        one
        for one in last.outcome.state.wishes
        if expired & done or one.intent not in expired
    ]
    waiting += _doubtful(steps, whole, now)
    left = dict[str, Wish]()
    for one in waiting:
        if one.intent not in done:
            left.setdefault(one.intent, one)
    return tuple(left.values())[: guesses.MOST_GUESSES]


def _doubtful(steps: Sequence[Step], whole: Situation, now: datetime) -> Iterable[Wish]:
    """Return what a message may mean that asks several things."""
    # What came in pieces was asked back before, and is what all of them may mean.
    text = whole.pieces[-1] if whole.pieces else whole.text
    if whole.kind != "text" or not asks_several(text):
        return
    named = tuple(whole.reading.parse["entities"])
    last = steps[-1]
    # Of the parts of a message the last is asked back about, and may ask one thing.
    back = isinstance(last.decision.command, Clarify) and asks_several(last.here.text)
    # Where each part is likely told, the other choices are of none of them.
    asked_back = last.decision.guesses if back and not last.here.all_told else ()
    besides = (one for step in steps for one in step.here.besides)
    for intent in dict.fromkeys([*asked_back, *besides]):
        yield Wish(intent=intent, at=now.timestamp(), entities=named)


def _begun(step: Step) -> set[str]:
    """Return what a step began, as intents; a goal has the name of its intent."""
    match step.decision.command:
        case StartFlow(flow=flow):
            return {step.here.intent, flow}
        case _:
            return set()


def _is_open(outcome: Outcome) -> bool:
    """Whether something is under way that needs an answer."""
    return bool(outcome.state.stack) and not asks_by_the_way(outcome.state)


def _keeping(outcome: Outcome, wishes: tuple[Wish, ...]) -> Outcome:
    return replace(outcome, state=replace(outcome.state, wishes=wishes))
