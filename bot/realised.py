"""How many answers were right in the end, and from where on to answer after that?

Thresholds are set from phrasings, before any customer came. What customers and
colleagues say afterwards may show that one intent is answered wrongly more often than
an admin allows: then it is answered only from where on that held. Pure.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from intents.rejection import CERTAIN, PRECISIONS

#: An intent and the language whose model took messages for it.
Key: TypeAlias = tuple[str, str]

#: So many customers must have been answered, and so many of them wrongly: a few angry
#: ones, or one who writes all day, silence nothing. Looked at after each of 300
#: customers, chance alone raises 13 of 100 intents with just the 2 wrong of 100 that
#: are allowed (with three: 17), and one in 250 of those with half as many.
FEWEST, FEWEST_WRONG = 20, 5
#: Of a normal distribution: 95 of 100 lie within so many deviations.
DEVIATIONS = 1.96
#: Confidence that a raised threshold must move by to be worth telling of.
STEP = 0.01
#: Of those who got a right answer, so many may ask for a person next or be dissatisfied
#: all the same: one in ten, until others' answers say better.
USUAL, USUAL_WEIGHT = 0.1, 10


class Signal(StrEnum):
    """What speaks against an answer, the surest first."""

    MARKED = "marked"  # a colleague: the answer was wrong
    RELABELLED = "relabelled"  # a colleague taught it as something else
    REFUSED = "refused"  # the customer: something else than the first that was offered
    DISAPPROVED = "disapproved"  # the customer, asked how it was: a wrong answer
    #: These two may come after a right answer as well, and count as far as they come
    #: more often than after other answers.
    DISSATISFIED = "dissatisfied"
    LEFT = "left"  # asked for a person soon after


UNSURE = frozenset([Signal.DISSATISFIED, Signal.LEFT])


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One message that was acted on for its intent, and what came of it."""

    turn_id: int
    conversation_id: int
    intent: str
    language: str
    confidence: float
    signal: Signal | None = None


@dataclass(frozen=True, kw_only=True)
class Raised:
    """From which confidence on an intent is answered, and since when."""

    threshold: float
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is known of the answers of one intent in one language."""

    #: How many customers were answered, and how many of them wrongly.
    answers: int
    wrong: float
    signals: Mapping[Signal, int]
    #: The turns that speak against it and what each says, the newest first.
    turns: Sequence[tuple[int, Signal]]
    #: From where on to answer; None while nothing proves too many to be wrong.
    threshold: float | None


def findings(answered: Iterable[Answered], precision: float) -> dict[Key, Finding]:
    """Return what is known of each intent and language, each customer counted once.

    *precision* is the share of answers that must be right; goals, which begin with a
    question, are held to the next lower one.
    """
    customers = _customers(answered)
    unsure = {key: _unsure(found) for key, found in customers.items()}
    every, all_unsure = sum(map(len, customers.values())), sum(unsure.values())
    return {
        key: _finding(
            found,
            held_to(key[0], precision),
            _usual(every - len(found), all_unsure - unsure[key]),
        )
        for key, found in customers.items()
    }


def held_to(intent: str, precision: float) -> float:
    """Return the share of an intent's answers that must be right."""
    lower = (one for one in PRECISIONS if one < precision)
    return precision if "/" in intent else max(lower, default=precision)


def least(wrong: float, answers: int) -> float:
    """Return the share that is wrong at the least: Wilson's lower bound, at 95 %.

    https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval
    """
    share, z = wrong / answers, DEVIATIONS
    middle = share + z * z / (2 * answers)
    spread = z * math.sqrt(
        share * (1 - share) / answers + z * z / (4 * answers * answers)
    )
    return max(0.0, (middle - spread) / (1 + z * z / answers))


def _customers(answered: Iterable[Answered]) -> dict[Key, list[Answered]]:
    """Return for each intent one answer a conversation: the one that tells most."""
    told: dict[tuple[Key, int], Answered] = {}
    for one in answered:
        place = (one.intent, one.language), one.conversation_id
        before = told.get(place)
        if before is None or _rank(one) < _rank(before):
            told[place] = one
    found: dict[Key, list[Answered]] = defaultdict(list)
    for (key, _), one in told.items():
        found[key].append(one)
    return found


def _rank(one: Answered) -> int:
    signals = [*Signal]
    return len(signals) if one.signal is None else signals.index(one.signal)


def _unsure(found: Sequence[Answered]) -> int:
    return sum(one.signal in UNSURE for one in found)


def _usual(answers: int, unsure: int) -> float:
    """Return the share of others' answers after which somebody is unhappy."""
    return (unsure + USUAL * USUAL_WEIGHT) / (answers + USUAL_WEIGHT)


def _finding(found: Sequence[Answered], precision: float, usual: float) -> Finding:
    unsure = _unsure(found)
    excess = max(0.0, unsure - usual * len(found))
    weights = {one: excess / unsure for one in UNSURE} if unsure else {}
    wrong = [weights.get(one.signal, 1.0) if one.signal else 0.0 for one in found]
    signals = [one.signal for one in found]
    return Finding(
        answers=len(found),
        wrong=sum(wrong),
        signals={one: signals.count(one) for one in Signal if one in signals},
        turns=sorted(
            ((one.turn_id, one.signal) for one in found if one.signal), reverse=True
        ),
        threshold=_threshold(found, wrong, precision),
    )


def _threshold(
    found: Sequence[Answered], wrong: Sequence[float], precision: float
) -> float | None:
    """Return from where on to answer, None if that nothing must change is likely."""
    total, allowed = sum(wrong), 1 - precision
    if len(found) < FEWEST or total < FEWEST_WRONG:
        return None
    if least(total, len(found)) <= allowed:
        return None
    surest = sorted(
        zip(found, wrong, strict=True), key=lambda pair: -pair[0].confidence
    )
    seen, threshold = 0.0, CERTAIN
    for number, (one, weight) in enumerate(surest, start=1):
        seen += weight
        following = surest[number][0].confidence if number < len(surest) else 0.0
        # As where thresholds are learned: half an error more than was seen.
        if one.confidence > following and seen + 0.5 <= allowed * number:
            threshold = one.confidence
    return threshold
