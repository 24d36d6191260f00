"""What the assistant understood and did in a turn, as one would tell it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from babel.dates import format_date

from bot import tongue, whys
from bot.inbox import step_words as words
from bot.inbox.step_words import label
from bot.store.desk import Said
from bot.store.models import Author
from bot.store.turns import Made
from bot.tongue import _, lazy
from bot.web import figures
from intents.rejection import OUT_OF_SCOPE_INTENT

#: What an intent is called.
Title: TypeAlias = Callable[[str], str]
Trace: TypeAlias = Mapping[str, Any]

#: The slot of an event that is called by its name.
EVENT = "calendar_event"
FAILED = "failed"
MOST_CONSIDERED = 4
#: What is less likely says nothing to a person.
LEAST = 0.02
#: What is less likely is no guess at what a message meant.
GUESSED = 0.25
#: The rule by which a part is the answer to a question, which is told anyway.
FILLS = "fills"
#: The rules by which a number that comes alone, or a word for a person, decides: what
#: the rest of the text may have meant does not count.
NUMBER_ALONE, AT_ONCE = "bare_number", "at_once"
#: Commands that take a text for what fits a question, or does not.
_ANSWERS = ("SetSlots", "CorrectSlots", "CannotHandle")
#: Why an answer did not fit; what can't be read at all has other reasons.
DEFAULT = "cannot_handle_default"


@dataclass(frozen=True, kw_only=True)
class Guess:
    """One thing that a message may have meant."""

    title: str
    confidence: float

    @property
    def chance(self) -> str:
        """Return how likely it is, in words."""
        told = (said for least, said in words.CHANCES if self.confidence >= least)
        return str(next(told, lazy("unlikely")))


@dataclass(frozen=True, kw_only=True)
class Steps:
    """A turn of the assistant, folded: its heading, and what is under it."""

    id: int
    heading: str
    confidence: float | None
    flow: str | None
    did: Sequence[str]
    considered: Sequence[Guess]
    failed: bool = False


def steps(made: Made, title: Title) -> Steps | None:
    """Return what there is to tell of a turn, None if nothing was thought."""
    if made.outcome == FAILED:
        return _failed(made)
    if not made.trace.get("parse"):
        return None
    trace, flow = made.trace, made.trace.get("flow")
    return Steps(
        id=made.id,
        heading=_heading(trace, title),
        confidence=_confidence(trace),
        flow=title(flow) if flow and flow != "faq" else None,
        did=[*_raised(trace), *_in_parts(trace, title), *did(trace)],
        considered=considered(trace, title),
    )


def _failed(made: Made) -> Steps:
    return Steps(
        id=made.id,
        heading=_("The assistant failed on this message"),
        confidence=None,
        flow=None,
        did=[words.FETCHED],
        considered=(),
        failed=True,
    )


def by_message(
    thread: Sequence[Said], turns: Sequence[Made], title: Title
) -> dict[int, Steps]:
    """Return the steps of each turn under the message that it answered.

    Both have the moment of the event; of two in one moment the text tells.
    """
    customers = [said for said in thread if said.author is Author.CUSTOMER]
    found = ((said.id, _turn_of(said, turns)) for said in customers)
    told = {number: steps(made, title) for number, made in found if made}
    return {number: one for number, one in told.items() if one}


def _turn_of(said: Said, turns: Sequence[Made]) -> Made | None:
    near = [made for made in turns if made.heard_at == said.at]
    if len(near) > 1:
        near = [made for made in near if _text(made) == (said.text or "")]
    return next(iter(near), None)


def _text(made: Made) -> str:
    return str(made.trace.get("parse", {}).get("text") or "")


def considered(trace: Trace, title: Title) -> list[Guess]:
    """Return what a text may have meant, the likeliest first.

    Nothing if that is not what counted: a tap, or the answer to a question.
    """
    if not _by_meaning(trace):
        return []
    ranking = trace.get("parse", {}).get("intent_ranking", ())[:MOST_CONSIDERED]
    likely = [one for one in ranking if one["confidence"] >= LEAST]
    return [
        Guess(title=_called(one["name"], title), confidence=one["confidence"])
        for one in likely
    ]


def did(trace: Trace) -> Iterator[str]:
    """Yield what the assistant did, step by step."""
    for step in trace.get("steps", ()):
        does, asked = str(step.get("does")), trace.get("asked")
        if does in words.LOOK_UPS:
            yield _looked_up(does, trace)
        elif does in words.ACTIONS:
            yield words.ACTIONS[does]
        elif asked and does == f"collect {asked}":
            yield words.ASKED.get(asked) or _(
                "Asked for the %(slot)s", slot=label(asked)
            )
    yield from _aside(trace)
    if trace.get("outcome") == "silent":
        yield lazy("Said nothing")


def _raised(trace: Trace) -> Iterator[str]:
    """Say from where on it acts, where that is higher than it usually is."""
    raised = trace.get("raised")
    if raised and _by_meaning(trace):
        since = datetime.fromisoformat(raised["since"]).date()
        yield _(
            "Acts on this from %(share)s since %(day)s: too many answers were wrong",
            share=figures.percent(trace["thresholds"]["answer"]),
            day=format_date(since, "medium", locale=tongue.locale()),
        )


def _in_parts(trace: Trace, title: Title) -> Iterator[str]:
    """Say of which parts a message was, in the order in which they were answered."""
    parts = [part for part in trace.get("parts", ()) if part["rule"] != FILLS]
    names = [part["intent"]["name"] for part in parts]
    if names:
        told = figures.series(f"“{_called(name, title)}”" for name in names)
        yield _("Answered in parts: %(parts)s", parts=told)


def _aside(trace: Trace) -> Iterator[str]:
    action = trace.get("command", {}).get("action")
    offered = [one["title"] for one in trace.get("offer", ()) if one.get("intent")]
    if offered:
        yield _("Asked which was meant: %(titles)s", titles=figures.series(offered))
    elif action in words.ACTIONS:
        yield words.ACTIONS[action]


def _looked_up(does: str, trace: Trace) -> str:
    """Return what was looked up; nobody proves anything who names an event."""
    command = trace.get("command", {})
    slots = {**(command.get("recalled") or {}), **(command.get("slots") or {})}
    if does in words.OF_EVENTS and EVENT in slots:
        return words.LOOKED_EVENT_UP
    return words.LOOK_UPS[does][_found(trace)]


def _found(trace: Trace) -> int:
    """Return which of the words for a look-up tells how it ended."""
    found = trace.get("found")
    if found is None:
        return 0
    if trace.get("closed"):
        return 3
    return 1 if found else 2


def _heading(trace: Trace, title: Title) -> str:
    return _answered(trace) or _understood(trace, title)


def _answered(trace: Trace) -> str | None:
    """Return what a message was taken for that was not a wish of its own."""
    command = trace.get("command", {})
    slots = command.get("slots") or {}
    taken = figures.series(map(label, slots))
    match command.get("name"), trace.get("heard"):
        case ("SetSlots", _) | ("StartFlow", _) if _is_value(trace):
            return _agreed(slots) or _("Taken as the %(slots)s", slots=taken)
        case _ if _by_a_word(trace):
            return _("Asked for a person")
        case "CorrectSlots", _:
            return _("Taken as a correction: %(slots)s", slots=taken)
        case "CannotHandle", _ if command.get("reason", DEFAULT) == DEFAULT:
            return _("Not an answer to the question for %(slot)s", slot=_asked(trace))
        case _, str(heard) if heard in words.HEARD:
            return str(words.HEARD[heard])
    return None


def _agreed(slots: Mapping[str, Any]) -> str | None:
    """Return what a yes or no was said to, None for any other value."""
    (name, value), *others = slots.items() or [("", None)]
    is_answer = isinstance(value, bool) and not others
    told = words.AGREED.get((name, value is True)) if is_answer else None
    return str(told) if told else None


def _understood(trace: Trace, title: Title) -> str:
    intent = _intent(trace).get("name")
    if not intent:
        return _("Not understood")
    called = _called(intent, title)
    if trace.get("chosen"):
        return _("Chose “%(title)s”", title=called)
    if trace.get("band") == "answer" or _is_begun(intent, trace):
        return _("Understood as “%(title)s”", title=called)
    if _is_noise(trace):
        return _("Not understood")
    if _is_unknown(trace):
        return _("Perhaps about something the assistant doesn't know")
    return _("Not sure, perhaps “%(title)s”", title=called)


def _asked(trace: Trace) -> str:
    return label(str(trace.get("asked") or _("something")))


def _is_unknown(trace: Trace) -> bool:
    """Whether a message most likely meant none of what the assistant knows."""
    return _intent(trace).get("name") == OUT_OF_SCOPE_INTENT


def _is_begun(intent: str, trace: Trace) -> bool:
    """Whether it was taken up as what it may mean, however sure that was."""
    is_likely = trace.get("why") == whys.LIKELY_WANTS.format(intent=intent)
    return is_likely or bool(intent == trace.get("command", {}).get("flow"))


def _is_noise(trace: Trace) -> bool:
    """Whether nothing was likely enough to be told, or asked for, as a guess."""
    is_used = trace.get("band") == "answer" or trace.get("offer")
    sure = _intent(trace).get("confidence", 0.0)
    return _by_meaning(trace) and not is_used and sure < GUESSED


def _confidence(trace: Trace) -> float | None:
    """Return how sure the assistant was of what it acted on."""
    sure = _intent(trace)
    if _is_noise(trace) or _is_unknown(trace):
        return None
    return sure["confidence"] if _by_meaning(trace) and sure.get("name") else None


def _intent(trace: Trace) -> Trace:
    """Return what was understood; traces of older versions may not say."""
    found: Trace = trace["parse"].get("intent") or {}
    return found


def _by_meaning(trace: Trace) -> bool:
    """Whether a text was acted on for what it means."""
    is_text = trace.get("heard") == "text" and not trace.get("chosen")
    is_plain = trace.get("rule") == NUMBER_ALONE or _by_a_word(trace)
    is_answer = trace.get("command", {}).get("name") in _ANSWERS
    return is_text and not is_plain and not is_answer


def _is_value(trace: Trace) -> bool:
    """Whether a text was taken for nothing but values, asked for or not."""
    command = trace.get("command", {})
    alone = trace.get("rule") == NUMBER_ALONE and bool(command.get("slots"))
    return alone or command.get("name") == "SetSlots"


def _by_a_word(trace: Trace) -> bool:
    """Whether a person was asked for in so many words, whatever else was said."""
    return trace.get("rule") == AT_ONCE and trace.get("why") == whys.PERSON


def _called(intent: str | None, title: Title) -> str:
    return (
        str(words.NOTHING)
        if intent in (None, OUT_OF_SCOPE_INTENT)
        else title(str(intent))
    )
