"""How was it? Some past customers were asked, and some of those answered.

It is by a chance of each customer's own: what was asked of one changes no other story.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from bot.demo.past.hand import Hand
from bot.demo.past.reading import Reader
from bot.demo.past.story import Marked, Understood
from bot.demo.past.telling import Telling
from bot.store.models import Author
from bot.store.satisfaction import GOOD
from bot.store.teamwork import ActKind
from flows.run import SATISFACTION

BAD = "unsatisfied"
#: How many of those for whom something was done were asked, and how many answered.
ASKED, ANSWERED = 0.24, 0.29
QUIET = timedelta(minutes=10)
#: What is begun so shortly before now would not be over yet.
LONGEST = timedelta(hours=3)
#: How many of those who answered found it good: by a person, in time and late, and by
#: the assistant.
CONTENT = {"late": 0.45, "person": 0.82, "assistant": 0.8}
#: What bad marks are for, and how often; None: they write it, and tap nothing.
REASONS: Mapping[str, Mapping[str | None, int]] = {
    "late": {"too_slow": 8, "not_solved": 1, None: 1},
    "person": {"not_solved": 4, "too_slow": 3, "other": 1, None: 3},
    "assistant": {"wrong_answer": 3, "not_solved": 3, "other": 2, None: 3},
}
HOW, WHY = "utter_how_was_it", "utter_ask_csat_reason"
SCORE, REASON = "csat_score", "csat_reason"
STEP = f"0_collect_{SCORE}"


def ask(tell: Telling, hand: Hand, kind: str, psid: str, now: datetime) -> None:
    """Let a customer be asked how it was, by chance, if there was anything done."""
    chance = Random(psid)  # noqa: S311 - repeatable, not secret
    by = tell.deeds[-1].by if tell.now.get("resolved_at") else None
    goal = None if by else _goal(tell)
    is_over = tell.at + QUIET + LONGEST < now
    if not (by or goal) or not is_over or chance.random() >= ASKED:
        return
    tell.chance = chance
    tell.at += QUIET
    tell.marked = Marked(asked_at=tell.at, goal=goal, by=by)
    tell.begin(tell.wording.offer(HOW), _asking())
    if chance.random() < ANSWERED:
        sort = "late" if kind == "late" else "person" if by else "assistant"
        _answer(tell, hand, sort)


def _answer(tell: Telling, hand: Hand, sort: str) -> None:
    tell.wait(20, 1800)
    is_good = tell.chance.random() < CONTENT[sort]
    score = GOOD if is_good else BAD
    asked = None if is_good else REASON
    _tap(tell, HOW, SCORE, score, asked)
    tell.rate(score, None)
    if is_good:
        _end(tell, "utter_csat_thanks")
        return
    why = tell.wording.offer(WHY)
    tell.assistant(why.text, "question", why.titles, why.payloads)
    reasons = REASONS[sort]
    (reason,) = tell.chance.choices([*reasons], [*reasons.values()])
    if reason is None:
        _write(tell, hand)
        return
    _tap(tell, WHY, REASON, reason, None)
    tell.rate(BAD, reason)
    _end(tell, "utter_csat_noted")


def _end(tell: Telling, response: str) -> None:
    tell.assistant(tell.wording.offer(response).text, "confirmation")


def _tap(tell: Telling, at: str, slot: str, value: str, asked: str | None) -> None:
    """Let the customer tap what stands for a value below what they were asked."""
    title = tell.wording.offer(at).title(value)
    tell.customer(title, _tapped(tell, slot, value, asked))


def _write(tell: Telling, hand: Hand) -> None:
    """Let the customer write what it was, and a colleague answer them."""
    chance = tell.chance
    reader = Reader(chance, hand.reader.answer, hand.reader.offer, hand.reader.intents)
    tell.customer(chance.choice(hand.tongue.disappointed), reader.unknown(None))
    tell.hand_over("unsure", tell.wording.say("utter_handoff_unsure"))
    tell.wait(120, 1500)
    member = chance.choice(hand.colleagues)
    tell.take(member.login)
    tell.agent(member.login, chance.choice(hand.tongue.apologies))
    tell.end(member.login, ActKind.RESOLVED)


def _goal(tell: Telling) -> str | None:
    """Return the goal of the assistant's that came to its end last."""
    reads = [line.understood for line in reversed(tell.lines) if line.understood]
    done = (one for one in reads if one.outcome == "answered" and one.flow)
    last = next(done, None)
    if last is None or tell.lines[-1].author is not Author.BOT:
        return None
    if last.intent is None:
        return last.flow
    # A goal that was tapped has just begun: it asks for an order.
    return last.intent if "/" in last.intent else None


def _asking() -> Understood:
    return Understood(
        outcome="asked",
        flow=SATISFACTION,
        rule="prompted",
        why="asks how it was",
        asked=SCORE,
        steps=(_step(STEP, f"collect {SCORE}"),),
    )


def _tapped(tell: Telling, slot: str, value: str, asked: str | None) -> Understood:
    """Return the reading of a tap, with the steps that the flow takes then."""
    steps: Sequence[Mapping[str, str]]
    keeps = "action_action_keep_satisfaction"
    if slot == REASON:
        steps = (
            _step("reason", f"collect {REASON}"),
            _step(f"3_{keeps}", "action_keep_satisfaction"),
            _step("noted", "utter_csat_noted"),
        )
    else:
        next_ = ("reason", f"collect {REASON}") if asked else _THANKS
        steps = (
            _step(STEP, f"collect {SCORE}"),
            _step(f"1_{keeps}", "action_keep_satisfaction"),
            _step(*next_),
        )
    return Understood(
        outcome="asked" if asked else "confirmed",
        rule="tapped",
        why=f"fits {slot}",
        is_tap=True,
        slots={slot: value},
        asked=asked,
        offers=tell.wording.offer(WHY).pairs if asked else (),
        steps=steps,
    )


_THANKS = ("thanks", "utter_csat_thanks")


def _step(step: str, does: str) -> Mapping[str, str]:
    return {"flow": SATISFACTION, "step": step, "does": does}
