"""What a person should know who takes over: the wish, what is known, what was tried."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.inbox import customer, step_words, steps
from bot.inbox.called import Called
from bot.inbox.quotes import Quote
from bot.inbox.steps import Guess
from bot.store.desk import Desk
from bot.store.models import Status
from bot.store.turns import Made
from bot.tongue import lazy


@dataclass(frozen=True, kw_only=True)
class Handover:
    """A hand-over that explains itself; all of it is stored, nothing made up."""

    why: str | None
    #: Words for which there is no place of their own: label and what they say.
    lines: Sequence[tuple[str, str]] = ()
    wants: Sequence[str] = ()
    not_meant: Sequence[str] = ()
    #: What was likely asked besides.
    besides: Sequence[str] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    said_before: Mapping[str, Any] = field(default_factory=dict)
    #: What the assistant did, and how often.
    tried: Sequence[tuple[str, int]] = ()
    #: The last message of which it counted what it means, and what that may be.
    meant: str | None = None
    considered: Sequence[Guess] = ()
    #: The chance from which on the assistant answers by itself.
    needed: float | None = None
    done: Sequence[str] = ()
    #: What the message answered that fetched a person.
    quote: Quote | None = None


def handover(
    desk: Desk, led: Sequence[Made], called: Called, quote: Quote | None = None
) -> Handover | None:
    """Return why a person has a conversation, None if none has or was asked for.

    *led* are the turns up to the one that fetched a person, none if no turn did;
    *quote* is what the message of that turn answered.
    """
    if desk.status is Status.BOT:
        return None
    why = customer.reason(desk.handoff_reason)
    brief = led[-1].trace.get("brief") if led else None
    told = customer.summary(desk.handoff_summary)
    if brief is None:
        found = Handover(why=why, lines=told, quote=quote)
        return found if why or told or quote else None
    unclear = _unclear(led)
    return Handover(
        why=why,
        lines=[line for line in told if line[0] in customer.BESIDE],
        wants=[*map(called.goal, brief["wants"])],
        not_meant=brief["not_meant"],
        besides=[*map(called.title, brief.get("besides") or ())],
        slots=_values(brief["slots"], called),
        said_before=_values(brief["said_before"], called),
        tried=_tried(led, brief),
        meant=unclear.get("parse", {}).get("text"),
        considered=steps.considered(unclear, called.title),
        needed=unclear.get("thresholds", {}).get("answer"),
        done=[*map(called.goal, brief["done"])],
        quote=quote,
    )


def _values(kept: Mapping[str, Any], called: Called) -> dict[str, Any]:
    return {label: called.value(label, value) for label, value in kept.items()}


def _unclear(led: Sequence[Made]) -> Mapping[str, Any]:
    """Return the trace of the last message of which it counted what it means."""
    traces = (made.trace for made in reversed(led))
    return next((one for one in traces if steps.considered(one, str)), {})


def _tried(led: Sequence[Made], brief: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return what was done on the way, each once and with its number."""
    did = Counter(words for made in led for words in steps.did(made.trace))
    del did[step_words.FETCHED]
    if step_words.OFFERED in did:  # however often it was put: it was one offer
        did[step_words.OFFERED] = 1
    if brief["misses"]:
        did[lazy("Answers that did not fit")] = brief["misses"]
    return [(str(words), count) for words, count in did.items()]
