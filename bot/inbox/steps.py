"""What the assistant understood and did in a turn, as one would tell it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from babel.dates import format_date

from bot import tongue, whys
from bot.store.desk import Said
from bot.store.models import Author
from bot.store.turns import Made
from bot.tongue import _, lazy
from bot.web import figures
from intents.rejection import OUT_OF_SCOPE_INTENT

#: What an intent is called.
Title: TypeAlias = Callable[[str], str]
Trace: TypeAlias = Mapping[str, Any]

FAILED = "failed"
OFFERED = lazy("Offered a person")
FETCHED = lazy("Fetched a person")
NOTHING = lazy("Nothing the assistant knows")
MOST_CONSIDERED = 4
#: What is less likely says nothing to a person.
LEAST = 0.02
#: What is less likely is no guess at what a message meant.
GUESSED = 0.25
#: From which chance on to call it so.
CHANCES = (
    (0.9, lazy("almost certain")),
    (0.7, lazy("likely")),
    (0.4, lazy("possible")),
)

_ACTIONS = {
    "action_cancel_order": lazy("Asked the shop to cancel the order"),
    "action_check_owner": lazy("Held a code against the one that was mailed"),
    "action_check_code": lazy("Held a code against the one that was mailed"),
    "action_human_handoff": FETCHED,
    "action_mail_code": lazy("Mailed a code to an e-mail address"),
    "action_reminders_off": lazy("Switched reminders off"),
    "action_stop": lazy("Noted that they want no more messages like this"),
    "action_upcoming_events": lazy("Listed the events to come"),
    "action_withdraw_handoff": lazy("Let them do without a person"),
    "utter_cannot_read": lazy("Said that it can't read this"),
    "utter_no_words": lazy("Said that it can't read this"),
    "utter_offer_person": OFFERED,
}
_ASKED = {
    "person_wanted": OFFERED,
    "cancel_confirmed": lazy("Asked back before cancelling"),
    "csat_score": lazy("Asked how it was"),
    "csat_reason": lazy("Asked what was wrong"),
}
#: The rule by which a part is the answer to a question, which is told anyway.
FILLS = "fills"
#: The rules by which a number that comes alone, or a word for a person, decides: what
#: the rest of the text may have meant does not count.
NUMBER_ALONE, AT_ONCE = "bare_number", "at_once"
#: Commands that take a text for what fits a question, or does not.
_ANSWERS = ("SetSlots", "CorrectSlots", "CannotHandle")
#: What was looked up: that alone, that it was found, that it was not.
_ORDER = (
    lazy("Looked up the order"),
    lazy("Looked up the order: found"),
    lazy("Looked up the order: not found, or the proof did not fit"),
)
_TICKET = (
    lazy("Looked up the ticket"),
    lazy("Looked up the ticket: found"),
    lazy("Looked up the ticket: not found, or the proof did not fit"),
)
_LOOK_UPS = {
    "action_order_open": _ORDER,
    "action_order_status": _ORDER,
    "action_refund_state": _ORDER,
    "action_event_cancelled": _TICKET,
    "action_event_when": _TICKET,
    "action_event_where": _TICKET,
}
SLOTS = {
    "order_number": lazy("order number"),
    "email": lazy("e-mail"),
    "mail_code": lazy("code"),
    "email_or_postcode": lazy("e-mail or postcode"),
    "postcode": lazy("postcode"),
    "phone": lazy("phone number"),
    "other_number": lazy("other number"),
    "ticket": lazy("ticket"),
    "event_status": lazy("event status"),
    "csat_score": lazy("mark"),
    "csat_reason": lazy("reason"),
}
#: Why an answer did not fit; what can't be read at all has other reasons.
DEFAULT = "cannot_handle_default"
_HEARD = {
    "attachment": lazy("Not a text: the assistant can't read it"),
    "referral": lazy("Came by a link"),
    "thumbs_up": lazy("A thumbs-up"),
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
        return str(next(words, lazy("unlikely")))


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
            yield _LOOK_UPS[does][_found(trace)]
        elif does in _ACTIONS:
            yield _ACTIONS[does]
        elif asked and does == f"collect {asked}":
            yield _ASKED.get(asked) or _("Asked for the %(slot)s", slot=label(asked))
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


def label(name: str) -> str:
    """Return what a slot is called in a sentence."""
    told = SLOTS.get(name)
    return str(told) if told else name.replace("_", " ").replace("email", "e-mail")


def _aside(trace: Trace) -> Iterator[str]:
    action = trace.get("command", {}).get("action")
    offered = [one["title"] for one in trace.get("offer", ()) if one.get("intent")]
    if offered:
        yield _("Asked which was meant: %(titles)s", titles=figures.series(offered))
    elif action in _ACTIONS:
        yield _ACTIONS[action]


def _found(trace: Trace) -> int:
    """Return which of the words for a look-up tells how it ended."""
    found = trace.get("found")
    if found is None:
        return 0
    return 1 if found else 2


def _heading(trace: Trace, title: Title) -> str:
    return _answered(trace) or _understood(trace, title)


def _answered(trace: Trace) -> str | None:
    """Return what a message was taken for that was not a wish of its own."""
    command = trace.get("command", {})
    taken = figures.series(map(label, command.get("slots") or ()))
    match command.get("name"), trace.get("heard"):
        case ("SetSlots", _) | ("StartFlow", _) if _is_value(trace):
            return _("Taken as the %(slots)s", slots=taken)
        case _ if _by_a_word(trace):
            return _("Asked for a person")
        case "CorrectSlots", _:
            return _("Taken as a correction: %(slots)s", slots=taken)
        case "CannotHandle", _ if command.get("reason", DEFAULT) == DEFAULT:
            return _("Not an answer to the question for %(slot)s", slot=_asked(trace))
        case _, str(heard) if heard in _HEARD:
            return str(_HEARD[heard])
    return None


def _understood(trace: Trace, title: Title) -> str:
    intent = _intent(trace).get("name")
    if not intent:
        return _("Not understood")
    called = _called(intent, title)
    if trace.get("chosen"):
        return _("Chose “%(title)s”", title=called)
    if trace.get("band") == "answer":
        return _("Understood as “%(title)s”", title=called)
    if _is_noise(trace):
        return _("Not understood")
    return _("Not sure, perhaps “%(title)s”", title=called)


def _asked(trace: Trace) -> str:
    return label(str(trace.get("asked") or _("something")))


def _is_noise(trace: Trace) -> bool:
    """Whether nothing was likely enough to be told, or asked for, as a guess."""
    is_used = trace.get("band") == "answer" or trace.get("offer")
    sure = _intent(trace).get("confidence", 0.0)
    return _by_meaning(trace) and not is_used and sure < GUESSED


def _confidence(trace: Trace) -> float | None:
    """Return how sure the assistant was of what it acted on."""
    sure = _intent(trace)
    if _is_noise(trace):
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
    return str(NOTHING) if intent in (None, OUT_OF_SCOPE_INTENT) else title(str(intent))
