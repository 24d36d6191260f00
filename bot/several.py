"""Several questions in one message, each of which is clear by itself.

"48213, and do you ship to Spain?": a message is taken apart at the ends of sentences
and at words that join them, and only where every part is something we would act upon
had it come alone. What is less clear stays whole, but for a courtesy beside it: in
"cool. and where's the shop?" the first two words would only make the rest less clear.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TypeAlias

from bot import (
    counted,
    instead,
    memory,
    naming,
    partly,
    prices_asked,
    products_asked,
    whereabouts,
)
from bot.borders import LONGEST, MOST_PIECES, Span, piece_of, run_of, spans_of
from bot.clarity import (
    SHARED,
    VALUE,
    agreed,
    as_chosen,
    counted_on,
    in_order,
    is_answered_at_once,
    is_by_name,
    is_courtesy,
    is_value,
    numbered,
    one_errand,
    says_why,
    sharing,
    topic_of,
    with_copies,
)
from bot.doubts import with_doubts, with_swallowed
from bot.guesses import likely
from bot.policy import decide
from bot.rules.anywhere import AT_ONCE, LEAVING, takes_back
from bot.rules.decision import COMMANDS, LIKELY
from bot.rules.goal import COMPLAINT
from bot.situation import Situation
from bot.trace import Step, is_question
from flows.record import Perform as Performer
from flows.run import Outcome, run
from flows.stack import State
from flows.wishes import Wish
from intents.rejection import CERTAIN

Read: TypeAlias = Callable[[str], Situation]
#: What a piece is about, None if that is not clear, and where it stands.
Told: TypeAlias = tuple[str | None, Span]

#: The same where they are counted, "three things": courtesies stand between them.
MOST_COUNTED = 8
#: What may be said of an event as well as asked.
SAID = frozenset(["event_cancelled"])
#: Who wants one of these wants nothing beside it.
_ALONE = AT_ONCE.keys() | LEAVING.keys()


def parts(
    here: Situation, read: Read, strictly: Callable[[Situation], Situation]
) -> tuple[Situation, ...]:
    """Return what a message says, part by part as it is to be dealt with.

    *read* understands a part as if it had come alone. Where there are several, goals
    too are held *strictly* to what answers are: one begun in vain stands in the way of
    the other.
    """
    if swapped := instead.parts(here, read):
        return swapped
    if not _may_be_several(here):
        return (here,)
    # A piece is looked at from several sides, and reads the same from each.
    read = cache(read)
    marked = counted.spans(here.text)
    spans = marked or with_copies(here.text, [*spans_of(here.text)], read)
    counts = bool(marked) or counted.counts(here.text)
    if not 1 < len(spans) <= (MOST_COUNTED if counts else MOST_PIECES):
        return (here,)

    @cache
    def read_strictly(text: str) -> Situation:
        piece = numbered(agreed(here, strictly(read(text))))
        return counted_on(piece) if counts else piece

    found: tuple[Situation, ...] = (here,)
    if not _is_of_event(here):
        if marked and (each := _each(here, marked, read_strictly)):
            return in_order(each)
        leaving = _leaving(here, spans, read)
        found = leaving or _taken_apart(here, spans, read, read_strictly)
    if len(found) == 1:
        return with_doubts(here, spans, read_strictly) if found == (here,) else found
    return with_swallowed(here, found, spans, read_strictly)


def _taken_apart(
    here: Situation, spans: Sequence[Span], read: Read, read_strictly: Read
) -> tuple[Situation, ...]:
    """Return what stands between the borders of a message, where that is clearer."""
    told, is_courteous = _told(here, spans, read_strictly)
    if len(told) == 1 and is_courteous:
        alone = sharing(here, _alone(here, read, told[0][1]))
        return (here if topic_of(alone) in (None, VALUE) else alone,)
    found = _clear(here, told, read_strictly)
    if len(found) > 1:
        return in_order([sharing(here, one) for one in _wished(found)])
    return _and_a_doubt(here, spans, read) or (here,)


def dealt_with(
    here: Situation,
    read: Read,
    strictly: Callable[[Situation], Situation],
    perform: Callable[[Situation], Performer],
    now: datetime,
) -> list[Step]:
    """Deal with what a customer did, part by part if they said several things."""
    steps: list[Step] = []
    found, covered = one_errand(parts(here, read, strictly))
    state = _wishing(here.state, covered, now)
    for part in found:
        at = replace(part, state=state, told=_told_by(steps))
        decision = memory.helped(decide(at), at)
        outcome = run(state, decision.command, at.flows, perform(at))
        steps.append(Step(here=at, decision=decision, outcome=outcome))
        if outcome.handed_over is not None:
            steps[-1] = _left_over(steps[-1], found[len(steps) :], now)
            break
        state = memory.learnt(at, decision, outcome, now)
    return steps


def _told_by(steps: Sequence[Step]) -> frozenset[str]:
    """Return the numbers and addresses that parts before had."""
    every = (one for step in steps for one in step.here.reading.parse["entities"])
    return frozenset(str(one["value"]) for one in every if one["entity"] in SHARED)


def _left_over(last: Step, others: Sequence[Situation], now: datetime) -> Step:
    """Return the step that fetched a person, with what they are to see to besides."""
    state = _wishing(last.outcome.state, others, now)
    return replace(last, outcome=replace(last.outcome, state=state))


def _wishing(state: State, parts: Sequence[Situation], now: datetime) -> State:
    """Return the state with what parts ask, for when their time has come."""
    more = (Wish(intent=one.intent, at=now.timestamp()) for one in parts)
    return replace(state, wishes=(*state.wishes, *more))


def together(steps: Sequence[Step]) -> Outcome:
    """Return what came of all parts: only the question of the last is asked."""
    *before, last = (step.outcome for step in steps)
    said = (e for one in before for e in one.events if not is_question(e))
    done = (one for step in steps for one in step.outcome.steps)
    return replace(last, events=(*said, *last.events), steps=tuple(done))


def _may_be_several(here: Situation) -> bool:
    whole = here.chosen or here.is_forced or here.confidence >= CERTAIN
    meant = here.plain.asks_for_person or here.plain.wish or here.plain.language
    return (
        here.kind == "text"
        and here.attendant == "assistant"
        and not (whole or meant or here.pieces or takes_back(here))
        and not partly.calls_off_part(here.text)
        and here.intent not in (_ALONE - LEAVING.keys() if here.asked else _ALONE)
        and len(here.text) <= LONGEST
        and not (here.intent == COMPLAINT and whereabouts.asks_for_order(here.text))
    )


def _is_of_event(here: Situation) -> bool:
    """Whether one event is asked about: its time and its place are told at once.

    What names a product as well asks about that besides; and a no to what was asked
    is heard before it.
    """
    if here.asks_yes_or_no:
        return False
    parse = here.reading.parse
    named, product = naming.named(parse), products_asked.named(parse)
    return named is not None and here.intent in naming.GOALS and product is None


def _told(
    here: Situation, spans: Sequence[Span], read: Read
) -> tuple[list[Told], bool]:
    """Return the pieces that say something, and whether others are but courtesies.

    What is not clear by itself belongs to what stands before it, or else behind it; a
    number or an address belongs to all. None is returned where one of them wants
    nothing beside it.
    """
    told: list[Told] = []
    is_courteous = False
    for start, end in spans:
        piece = read(piece_of(here.text, (start, end)))
        if counted.is_lead_in(piece.text):
            continue
        if piece.intent in _ALONE and (piece.sure or piece.confidence >= LIKELY):
            return [], False
        if is_courtesy(piece):
            is_courteous = True
            continue
        topic = None if says_why(piece) else topic_of(piece)
        if here.asked is None and topic is None and is_value(piece):
            continue
        if told and (topic in (None, told[-1][0]) or told[-1][0] is None):
            before, (began, _) = told.pop()
            topic, start = topic or before, began
        told.append((topic, (start, end)))
    return told, is_courteous


def _leaving(
    here: Situation, spans: Sequence[Span], read: Read
) -> tuple[Situation, ...]:
    """Return "never mind" and what is wanted instead, if a message begins so.

    Behind what was under way anything may be meant; what nobody can tell is let be.
    """
    first = read(piece_of(here.text, spans[0]))
    leaves = first.intent == "cancel" and first.sure
    if not leaves or here.asked is None or not here.state.stack:
        return ()
    rest = _alone(here, read, (spans[1][0], spans[-1][1]))
    if rest.intent in COMMANDS or is_courtesy(rest):
        return ()
    wants = rest.sure or is_by_name(rest) or bool(likely(rest))
    if wants and not _is_under_way(rest):
        return (first, rest)
    return (here,) if here.intent == "cancel" and here.sure else (first,)


def _is_under_way(part: Situation) -> bool:
    """Whether a part speaks of what is asked about, or waits below it.

    "Leave it, I don't want to return anything any more" wants no return.
    """
    started = part.flows.triggered_by(part.intent)
    under_way = {frame.flow for frame in part.state.stack}
    return started is not None and started[0].id in under_way


def _clear(here: Situation, told: Sequence[Told], read: Read) -> list[Situation]:
    """Return the parts if each is clear and about something else, or else none."""
    topics = [topic for topic, _ in told]
    if None in topics or len({*topics}) < len(topics):
        return []
    every = [_alone(here, read, span) for _, span in told]
    same = [topic_of(one) for one in every] == topics
    return every if same else []


def _and_a_doubt(
    here: Situation, spans: Sequence[Span], read: Read
) -> tuple[Situation, ...]:
    """Return a part that is answered at once, and the rest, which is doubtful.

    None where the whole is clearer than that: what is asked back of the rest need not
    hold up the answer to what is clear.
    """
    every = [sharing(here, _alone(here, read, span)) for span in spans]
    told = [at for at, one in enumerate(every) if not is_value(one)]
    clear = [at for at in told if is_answered_at_once(every[at])]
    at_an_end = len(told) > 1 and clear in ([told[0]], [told[-1]])
    if not at_an_end or here.sure or is_by_name(here):
        return ()
    left = [spans[at] for at in told if at not in clear]
    rest = sharing(here, _alone(here, read, (left[0][0], left[-1][1])))
    if not (rest.sure or likely(rest)):
        return ()
    first = every[clear[0]]
    return (replace(first, reading=as_chosen(first)), rest)


def _wished(found: list[Situation]) -> list[Situation]:
    """Return the parts without what is no question, and known to who says it.

    "You cancelled the concert, I want my money back" asks nothing about the concert;
    who asks for a product beside it does.
    """
    if any(one.intent in prices_asked.OF_PRODUCTS for one in found):
        return found
    said = [one for one in found if one.intent in SAID and "?" not in one.text]
    return [one for one in found if one not in said] or found


def _alone(here: Situation, read: Read, span: Span) -> Situation:
    return read(run_of(here.text, span))


def _each(here: Situation, spans: Sequence[Span], read: Read) -> list[Situation]:
    """Return the parts that a customer has numbered, none if one is not clear."""
    every = [_alone(here, read, span) for span in spans]
    topics = [topic_of(one) for one in every]
    return every if None not in topics and len({*topics}) == len(topics) else []
