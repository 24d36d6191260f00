"""What the assistant understood and did in a turn, as one would tell it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.store.desk import Said
from bot.store.models import Author
from bot.store.turns import Made
from intents.rejection import OUT_OF_SCOPE_INTENT

#: What an intent is called.
Title: TypeAlias = Callable[[str], str]
Trace: TypeAlias = Mapping[str, Any]

FAILED = "failed"
OFFERED = "Offered a person"
FETCHED = "Fetched a person"
NOTHING = "Nothing the assistant knows"
MOST_CONSIDERED = 4
#: What is less likely says nothing to a person.
LEAST = 0.02
#: From which chance on to call it so.
CHANCES = ((0.9, "almost certain"), (0.7, "likely"), (0.4, "possible"))

_ACTIONS = {
    "action_human_handoff": FETCHED,
    "action_reminders_off": "Switched reminders off",
    "action_stop": "Noted that they want no more messages like this",
    "action_upcoming_events": "Listed the events to come",
    "action_withdraw_handoff": "Let them do without a person",
    "utter_cannot_read": "Said that it can't read this",
    "utter_no_words": "Said that it can't read this",
    "utter_offer_person": OFFERED,
}
_ASKED = {"person_wanted": OFFERED}
#: Commands that take a text for what fits a question, or does not.
_ANSWERS = ("SetSlots", "CorrectSlots", "CannotHandle")
_LOOK_UPS = {
    "action_order_status": "Looked up the order",
    "action_event_cancelled": "Looked up the ticket",
    "action_event_when": "Looked up the ticket",
    "action_event_where": "Looked up the ticket",
}
_HEARD = {
    "attachment": "Not a text: the assistant can't read it",
    "referral": "Came by a link",
    "thumbs_up": "A thumbs-up",
}


@dataclass(frozen=True, kw_only=True)
class Guess:
    """One thing that a message may have meant."""

    title: str
    confidence: float

    @property
    def chance(self) -> str:
        """Return how likely it is, in words."""
        words = (words for least, words in CHANCES if self.confidence >= least)
        return next(words, "unlikely")


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
        did=[*did(trace)],
        considered=considered(trace, title),
    )


def _failed(made: Made) -> Steps:
    return Steps(
        id=made.id,
        heading="The assistant failed on this message",
        confidence=None,
        flow=None,
        did=[FETCHED],
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
        if does in _LOOK_UPS:
            yield _LOOK_UPS[does] + _found(trace)
        elif does in _ACTIONS:
            yield _ACTIONS[does]
        elif asked and does == f"collect {asked}":
            yield _ASKED.get(asked, f"Asked for the {label(asked)}")
    yield from _aside(trace)
    if trace.get("outcome") == "silent":
        yield "Said nothing"


def label(name: str) -> str:
    """Return what a slot is called in a sentence."""
    return name.replace("_", " ").replace("email", "e-mail")


def _aside(trace: Trace) -> Iterator[str]:
    action = trace.get("command", {}).get("action")
    offered = [one["title"] for one in trace.get("offer", ()) if one.get("intent")]
    if offered:
        yield f"Asked which was meant: {', '.join(offered)}"
    elif action in _ACTIONS:
        yield _ACTIONS[action]


def _found(trace: Trace) -> str:
    found = trace.get("found")
    if found is None:
        return ""
    return ": found" if found else ": not found, or the proof did not fit"


def _heading(trace: Trace, title: Title) -> str:
    command = trace.get("command", {})
    taken = ", ".join(map(label, command.get("slots") or ()))
    match command.get("name"), trace.get("heard"):
        case "SetSlots", _:
            return f"Taken as the {taken}"
        case "CorrectSlots", _:
            return f"Taken as a correction: {taken}"
        case "CannotHandle", _:
            return f"Not an answer to the question for {_asked(trace)}"
        case _, str(heard) if heard in _HEARD:
            return _HEARD[heard]
    intent = _intent(trace).get("name")
    if not intent:
        return "Not understood"
    return f"{_verb(trace)} “{_called(intent, title)}”"


def _verb(trace: Trace) -> str:
    if trace.get("chosen"):
        return "Chose"
    return "Understood as" if trace.get("band") == "answer" else "Not sure, perhaps"


def _asked(trace: Trace) -> str:
    return label(str(trace.get("asked") or "something"))


def _confidence(trace: Trace) -> float | None:
    """Return how sure the assistant was of what it acted on."""
    sure = _intent(trace)
    return sure["confidence"] if _by_meaning(trace) and sure.get("name") else None


def _intent(trace: Trace) -> Trace:
    """Return what was understood; traces of older versions may not say."""
    found: Trace = trace["parse"].get("intent") or {}
    return found


def _by_meaning(trace: Trace) -> bool:
    """Whether a text was acted on for what it means."""
    is_text = trace.get("heard") == "text" and not trace.get("chosen")
    return is_text and trace.get("command", {}).get("name") not in _ANSWERS


def _called(intent: str | None, title: Title) -> str:
    return NOTHING if intent in (None, OUT_OF_SCOPE_INTENT) else title(str(intent))
