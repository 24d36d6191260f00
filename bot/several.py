"""Several questions in one message, each of which is clear by itself.

"48213, and do you ship to Spain?": a message is taken apart at the ends of sentences
and at words that join them, and only where every part is something we would act upon
had it come alone. What is less clear stays whole, but for a courtesy beside it: in
"cool. and where's the shop?" the first two words would only make the rest less clear.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from rasa_sdk.events import EventType

from bot import (
    counted,
    filling,
    memory,
    naming,
    prices_asked,
    products_asked,
    whereabouts,
)
from bot.bareness import is_bare, says_nothing_else
from bot.guesses import has_answer, likely
from bot.policy import decide
from bot.reading import Reading
from bot.replies import purpose
from bot.rules.anywhere import AT_ONCE, LEAVING
from bot.rules.decision import COMMANDS, LIKELY
from bot.rules.goal import COMPLAINT, is_small_talk
from bot.rules.question import COURTESIES
from bot.situation import Situation
from bot.trace import Step
from flows.answers import mentioned, overlap
from flows.domain import Slot
from flows.record import Perform as Performer
from flows.run import Outcome, run
from intents.rejection import CERTAIN, OUT_OF_SCOPE_INTENT

Read: TypeAlias = Callable[[str], Situation]
Span: TypeAlias = tuple[int, int]
#: What a piece is about, None if that is not clear, and where it stands.
Told: TypeAlias = tuple[str | None, Span]

#: A longer message tells a story, and so do more pieces than these.
LONGEST, MOST_PIECES = 300, 5
#: The same where they are counted, "three things": courtesies stand between them.
MOST_COUNTED = 8
#: How likely a part must be where they are, and how many times as likely as the next.
COUNTED, LEAD = 0.4, 2.0
#: How likely a part must be by itself where the whole speaks for it too.
TOLD_TWICE = 0.7
#: What one part of a message says for all of them.
SHARED = frozenset(["order_number", "ticket", "email", "postcode"])
#: What may be said of an event as well as asked.
SAID = frozenset(["event_cancelled"])
#: What is asked of a product.
OF_PRODUCTS = frozenset([products_asked.GOAL, prices_asked.GOAL])
#: What answers the question that is open, rather than being a wish of its own.
VALUE = "value"
#: Who wants one of these wants nothing beside it.
_ALONE = AT_ONCE.keys() | LEAVING.keys()

_ASKS = "أين|اين|وين|فين|كيف|ازاي|إزاي|شلون|كم|بكم|بكام|قديش|هل|متى|امتى|إمتى|ايمتى|لو"
_AND = "and|also|plus|oh|y|e|además|también|tambien|et|aussi|puis"
_AND_THEN = "还有|另外|以及|并且|顺便"
_BORDER = re.compile(
    rf"""
      [?!؟？！。；;\n]+\s*
    | \.\s+
    | [,،，、]\s*
    | \s+(?:{_AND})\s+
    | \s+و\s*(?={_ASKS})
    | (?:(?<=\s)|\A|(?<=[:：]))\(?[1-5][).．、]\s*
    | [:：](?=\s|\Z)
    | (?:{_AND_THEN})[，,]?
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: What joins a part to the one before it, and says nothing in it.
_JOINS = re.compile(
    rf"\A\s*[¿¡]?(?:(?:{_AND})\b\s*|و(?={_ASKS})"
    rf"|{_AND_THEN})+",
    re.IGNORECASE,
)


def parts(
    here: Situation, read: Read, strictly: Callable[[Situation], Situation]
) -> tuple[Situation, ...]:
    """Return what a message says, part by part as it is to be dealt with.

    *read* understands a part as if it had come alone. Where there are several, goals
    too are held *strictly* to what answers are: one begun in vain stands in the way of
    the other.
    """
    if not _may_be_several(here):
        return (here,)
    marked = counted.spans(here.text)
    spans = marked or [*_spans(here.text)]
    counts = bool(marked) or counted.counts(here.text)
    if not 1 < len(spans) <= (MOST_COUNTED if counts else MOST_PIECES):
        return (here,)

    def read_strictly(text: str) -> Situation:
        piece = _agreed(here, strictly(read(text)))
        return _likely(piece) if counts else piece

    if marked and (found := _each(here, marked, read_strictly)):
        return _in_order(found)

    leaving = _leaving(here, spans, read)
    return leaving or _taken_apart(here, spans, read, read_strictly)


def _taken_apart(
    here: Situation, spans: Sequence[Span], read: Read, read_strictly: Read
) -> tuple[Situation, ...]:
    """Return what stands between the borders of a message, where that is clearer."""
    told, is_courteous = _told(here, spans, read_strictly)
    if len(told) == 1 and is_courteous:
        alone = _sharing(here, _alone(here, read, told[0][1]))
        return (here if _topic(alone) in (None, VALUE) else alone,)
    found = _clear(here, told, read_strictly)
    if len(found) > 1:
        return _in_order([_sharing(here, one) for one in _wished(found)])
    return _and_a_doubt(here, spans, read) or (here,)


def readable(text: str) -> list[str]:
    """Return all that may be read of a message: itself, its pieces and runs of them.

    For whoever asks a model that is far away, about all of it at once.
    """
    spans = [*_spans(text)] if len(text) <= LONGEST else []
    if marked := counted.spans(text) if len(text) <= LONGEST else []:
        return [text, *(_run(text, one) for one in marked)]
    if not 1 < len(spans) <= MOST_PIECES:
        return [text]
    pieces = [_piece(text, span) for span in spans]
    runs = [(start, end) for start, _ in spans for _, end in spans if start < end]
    return [*dict.fromkeys([text, *pieces, *(_run(text, one) for one in runs)])]


def dealt_with(
    here: Situation,
    read: Read,
    strictly: Callable[[Situation], Situation],
    perform: Callable[[Situation], Performer],
    now: datetime,
) -> list[Step]:
    """Deal with what a customer did, part by part if they said several things."""
    steps: list[Step] = []
    state = here.state
    for part in parts(here, read, strictly):
        at = replace(part, state=state)
        decision = memory.helped(decide(at), at)
        outcome = run(state, decision.command, at.flows, perform(at))
        steps.append(Step(here=at, decision=decision, outcome=outcome))
        if outcome.handed_over is not None:
            break
        state = memory.learnt(at, decision, outcome, now)
    return steps


def together(steps: Sequence[Step]) -> Outcome:
    """Return what came of all parts: only the question of the last is asked."""
    *before, last = (step.outcome for step in steps)
    said = (e for one in before for e in one.events if not _is_question(e))
    done = (one for step in steps for one in step.outcome.steps)
    return replace(last, events=(*said, *last.events), steps=tuple(done))


def _may_be_several(here: Situation) -> bool:
    whole = here.chosen or here.is_forced or here.confidence >= CERTAIN
    meant = here.plain.asks_for_person or here.plain.wish or here.plain.language
    return (
        here.kind == "text"
        and here.attendant == "assistant"
        and not (whole or _is_of_event(here) or meant or here.pieces)
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


def _spans(text: str) -> Iterator[Span]:
    """Yield where each piece begins and ends, its question mark with it."""
    at = 0
    for border in [*_BORDER.finditer(text), None]:
        end = border.start() if border else len(text)
        if _JOINS.sub("", text[at:end]).strip():
            yield at, end + (1 if text[end : end + 1] in ("?", "؟", "？") else 0)
        at = border.end() if border else end


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
        piece = read(_piece(here.text, (start, end)))
        if counted.is_lead_in(piece.text):
            continue
        if piece.intent in _ALONE and (piece.sure or piece.confidence >= LIKELY):
            return [], False
        if _is_courtesy(piece):
            is_courteous = True
            continue
        topic = _topic(piece)
        if here.asked is None and topic is None and _is_value(piece):
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
    first = read(_piece(here.text, spans[0]))
    leaves = first.intent == "cancel" and first.sure
    if not leaves or here.asked is None or not here.state.stack:
        return ()
    rest = _alone(here, read, (spans[1][0], spans[-1][1]))
    if rest.intent in COMMANDS or _is_courtesy(rest):
        return ()
    wants = rest.sure or _is_by_name(rest) or bool(likely(rest))
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
    same = [_topic(one) for one in every] == topics
    return every if same else []


def _and_a_doubt(
    here: Situation, spans: Sequence[Span], read: Read
) -> tuple[Situation, ...]:
    """Return a part that is answered at once, and the rest, which is doubtful.

    None where the whole is clearer than that: what is asked back of the rest need not
    hold up the answer to what is clear.
    """
    every = [_sharing(here, _alone(here, read, span)) for span in spans]
    told = [at for at, one in enumerate(every) if not _is_value(one)]
    clear = [at for at in told if _is_answered_at_once(every[at])]
    at_an_end = len(told) > 1 and clear in ([told[0]], [told[-1]])
    if not at_an_end or here.sure or _is_by_name(here):
        return ()
    left = [spans[at] for at in told if at not in clear]
    rest = _sharing(here, _alone(here, read, (left[0][0], left[-1][1])))
    if not (rest.sure or likely(rest)):
        return ()
    first = every[clear[0]]
    return (replace(first, reading=_chosen(first)), rest)


def _is_answered_at_once(part: Situation) -> bool:
    """Whether all is at hand that a goal asks for: it tells, and leaves room."""
    if _is_by_name(part):
        return True
    return part.sure and "/" not in part.intent and _is_complete(part)


def _is_complete(part: Situation) -> bool:
    """Whether a part has the number that its goal would ask for, and a proof."""
    started = part.flows.triggered_by(part.intent)
    if started is None:
        return False
    asked = [slot for slot in part.flows.slots_of(started[0]) if _is_given(slot)]
    return len(asked) > 1 and {*mentioned(asked, part.reading.parse)} >= {
        slot.name for slot in asked
    }


def _is_given(slot: Slot) -> bool:
    """Whether a slot holds a number or an address that a message can have."""
    return any(filling.entity in SHARED for filling in slot.fillings)


def _is_value(piece: Situation) -> bool:
    """Whether a piece is hardly more than a number or an address."""
    parse = piece.reading.parse
    has = any(one["entity"] in SHARED for one in parse["entities"])
    return has and not piece.sure and is_bare(piece.text, parse)


def _sharing(here: Situation, part: Situation) -> Situation:
    """Return a part with the numbers and addresses that the message has besides.

    "Order 48213, my mail is ..., where is it and how do I send it back?"
    """
    parse = part.reading.parse
    if here.asked is not None or "/" in part.intent:
        return part
    has = {one["entity"] for one in parse["entities"]}
    every = [one for one in here.reading.parse["entities"] if one["entity"] in SHARED]
    first = [
        one
        for at, one in enumerate(every)
        if not any(overlap(one, before) for before in every[:at])
    ]
    more = [
        {**one, "start": None, "end": None} for one in first if one["entity"] not in has
    ]
    shared = {**parse, "entities": [*parse["entities"], *more]}
    return replace(part, reading=replace(part.reading, parse=shared))


def _wished(found: list[Situation]) -> list[Situation]:
    """Return the parts without what is no question, and known to who says it.

    "You cancelled the concert, I want my money back" asks nothing about the concert;
    who asks for a product beside it does.
    """
    if any(one.intent in OF_PRODUCTS for one in found):
        return found
    said = [one for one in found if one.intent in SAID and "?" not in one.text]
    return [one for one in found if one not in said] or found


def _alone(here: Situation, read: Read, span: Span) -> Situation:
    return read(_run(here.text, span))


def _piece(text: str, span: Span) -> str:
    return _JOINS.sub("", text[slice(*span)], count=1).strip()


def _run(text: str, span: Span) -> str:
    return _piece(text, span).strip(" ,،，")


def _is_courtesy(piece: Situation) -> bool:
    """Whether a piece says nothing to act upon where another one does."""
    if piece.plain.language:
        return True
    answers = piece.asks_yes_or_no
    nothing = COURTESIES if answers else COURTESIES | {"affirm", "deny"}
    return piece.sure and piece.intent in nothing


def _topic(part: Situation) -> str | None:
    """Return what a part is about, None if that is not clear by itself."""
    is_value = part.asked is not None and is_bare(part.text, part.reading.parse)
    if is_value and filling.given(part):
        return VALUE
    started = part.flows.triggered_by(part.intent)
    sure = part.sure or _is_by_name(part)
    if not sure or part.intent in COMMANDS or started is None:
        return None
    answered = has_answer(part.intent, part.responses) and not is_small_talk(part)
    return part.intent if answered else None


def _is_by_name(part: Situation) -> bool:
    """Whether a part asks what is likeliest asked of what it calls by its name.

    A name alone may be of what another part is about.
    """
    parse = part.reading.parse
    if says_nothing_else(part.text, parse):
        return False
    if part.intent in OF_PRODUCTS and products_asked.named(parse):
        return part.intent == prices_asked.GOAL or products_asked.stands_out(parse)
    return part.intent in naming.GOALS and bool(
        naming.named(parse) and naming.stands_out(parse)
    )


def _each(here: Situation, spans: Sequence[Span], read: Read) -> list[Situation]:
    """Return the parts that a customer has numbered, none if one is not clear."""
    every = [_alone(here, read, span) for span in spans]
    topics = [_topic(one) for one in every]
    return every if None not in topics and len({*topics}) == len(topics) else []


def _likely(piece: Situation) -> Situation:
    """Return a piece as sure, where it is one of several that a customer counts."""
    shares = [one["confidence"] for one in piece.reading.parse["intent_ranking"][:2]]
    best, second = (*shares, 0.0, 0.0)[:2]
    if best < max(COUNTED, LEAD * second) or piece.intent == OUT_OF_SCOPE_INTENT:
        return piece
    return replace(piece, reading=_chosen(piece))


def _agreed(here: Situation, piece: Situation) -> Situation:
    """Return a piece as sure, where the whole message speaks for the same.

    What would be offered as a choice of the whole, and is the likeliest of the piece
    alone, is told twice.
    """
    twice = here.likely and piece.intent in likely(here)
    if piece.confidence < TOLD_TWICE or not twice:
        return piece
    return replace(piece, reading=_chosen(piece))


def _in_order(found: list[Situation]) -> tuple[Situation, ...]:
    """Return answers first, then the value of what is open, then goals.

    A goal that begins is gone on with before what was begun earlier: the first of
    them comes last, unless it asks for nothing more.
    """
    values = [one for one in found if _topic(one) == VALUE]
    wishes = [replace(one, reading=_chosen(one)) for one in found if one not in values]
    answers = [one for one in wishes if "/" in one.intent]
    goals = [one for one in wishes if one not in answers]
    at_once = [one for one in goals if _is_complete(one) or _is_by_name(one)]
    asking = [one for one in goals if one not in at_once]
    return (*answers, *values, *at_once, *reversed(asking))


def _chosen(part: Situation) -> Reading:
    # No doubt is left: so none of them is held to be an answer to another's question.
    return replace(part.reading, chosen=True)


def _is_question(event: EventType) -> bool:
    if event["event"] != "bot":
        return False
    said = {**(event["data"] or {}), "metadata": event["metadata"] or {}}
    return purpose(said) == "question"
