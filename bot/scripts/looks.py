"""What the lines of a script look at: the last turn, and where it left the dialogue.

Each look gives None if it is as the line says, else what came instead.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.replies import Reply
from bot.turn import Turn
from flows.stack import State

Came: TypeAlias = "list[str] | None"
#: What the name of an entry of the FAQ begins with.
ENTRY = "faq/"


@dataclass(kw_only=True)
class Seen:
    """What there is to look at."""

    turn: Turn
    state: State
    language: str
    #: The responses of the turn that no line has looked at yet.
    unread: list[str] = field(default_factory=list)


def bot(seen: Seen, expected: str) -> Came:
    """Look for a response among those not read yet, or for words in the turn."""
    if not _is_response(expected):
        return None if expected in words(seen.turn) else [words(seen.turn)]
    if expected not in seen.unread:
        return said(seen.turn)
    seen.unread = seen.unread[seen.unread.index(expected) + 1 :]
    return None


def bot_like(seen: Seen, pattern: str) -> Came:
    """Look for words of a pattern in the turn."""
    told = words(seen.turn)
    return None if re.search(pattern, told) else [told]


def not_said(seen: Seen, unexpected: str) -> Came:
    """Look whether words are said that must not be."""
    return [words(seen.turn)] if unexpected in words(seen.turn) else None


def choices(seen: Seen, expected: Sequence[str]) -> Came:
    """Look at all that can be tapped now."""
    found = offered(seen.turn)
    holds = len(found) == len(expected) and all(
        stands_for(one, wanted, seen.turn)
        for one, wanted in zip(found, expected, strict=True)
    )
    return None if holds else titles(seen.turn)


def understood(seen: Seen, intent: str) -> Came:
    """Look at what the customer's words are taken for, however surely."""
    found = seen.turn.trace["parse"]["intent"]["name"]
    return None if found == intent else [str(found)]


def flow(seen: Seen, expected: str) -> Came:
    """Look whether the turn began a flow, or goes on with it."""
    trace, open_now = seen.turn.trace, [one.flow for one in seen.state.stack]
    flows = {*open_now, trace["flow"], trace["command"].get("flow")} - {None}
    return None if expected in flows else sorted(flows)


def ended(seen: Seen, expected: str) -> Came:
    """Look whether the turn came to the end of a flow."""
    events = (one for one in seen.turn.events if one["event"] == "flow_completed")
    flows = sorted(str(one["flow_id"]) for one in events)
    return None if expected in flows else flows


def action(seen: Seen, expected: str) -> Came:
    """Look whether the turn ran an action."""
    events = (one for one in seen.turn.events if one["event"] == "action")
    names = [str(one["name"]) for one in events]
    return None if expected in names else names


def slots(seen: Seen, expected: Mapping[str, Any]) -> Came:
    """Look at what is remembered; null is nothing."""
    kept = {name: seen.state.slots.get(name) for name in expected}
    same = all(str(kept[name]) == str(expected[name]) for name in expected)
    return None if same else [f"{name}: {value}" for name, value in kept.items()]


def remembers(seen: Seen, name: str) -> Came:
    """Look whether anything is remembered under a name."""
    return None if seen.state.slots.get(name) is not None else [f"{name}: nothing"]


def handed_over(seen: Seen, reason: str) -> Came:
    """Look whether a person is fetched, why, and that only this is said."""
    handoff = seen.turn.handoff
    if handoff is None:
        return said(seen.turn)
    purposes = [reply.purpose for reply in seen.turn.replies]
    if handoff.reason == reason and purposes == ["handoff_notice"]:
        return None
    return [f"handed over: {handoff.reason}"]


def summary(seen: Seen, line: str) -> Came:
    """Look for words in what the person is told."""
    told = seen.turn.handoff.summary if seen.turn.handoff else ""
    return None if line in told else told.splitlines()


def reminders(seen: Seen, what: str) -> Came:
    """Look whether reminders went on or off."""
    came = [*filter(None, map(_reminders, seen.turn.events))]
    return None if what in came else came


def rated(seen: Seen, mark: str) -> Came:
    """Look at the mark that the customer gave, and at what a bad one is for."""
    events = (one for one in seen.turn.events if one["event"] == "satisfaction")
    came = [str(one["reason"] or one["score"]) for one in events]
    return None if mark in came else came


def opted_out(seen: Seen, _: None) -> Came:
    """Look whether nothing is sent unasked any more."""
    names = [event["event"] for event in seen.turn.events]
    return None if "opt_out" in names else []


def silent(seen: Seen, _: None) -> Came:
    """Look whether nothing is said."""
    return None if seen.turn.replies == () else said(seen.turn)


def nothing_open(seen: Seen, _: None) -> Came:
    """Look whether no question waits for an answer."""
    if seen.state.stack == () and seen.state.asked is None:
        return None
    return [f"open: {seen.state.asked or seen.state.top.flow}"]


def speaks(seen: Seen, code: str) -> Came:
    """Look at the language of the conversation."""
    return None if seen.language == code else [seen.language]


#: By the line that looks.
LOOKS: Mapping[str, Callable[[Seen, Any], Came]] = {
    "bot": bot,
    "bot like": bot_like,
    "not said": not_said,
    "choices": choices,
    "understood": understood,
    "flow": flow,
    "flow ended": ended,
    "action": action,
    "slots": slots,
    "remembers": remembers,
    "handed over": handed_over,
    "summary": summary,
    "reminders": reminders,
    "rated": rated,
    "opted out": opted_out,
    "the bot is silent": silent,
    "nothing is open": nothing_open,
    "speaks": speaks,
}


def said(turn: Turn) -> list[str]:
    """Return the names of the responses of a turn, in order."""
    events = (one for one in turn.events if one["event"] == "bot")
    return [str((one["metadata"] or {}).get("utter_action")) for one in events]


def words(turn: Turn) -> str:
    """Return all that a turn says, and where its links lead."""
    return "\n".join(
        one for reply in turn.replies for one in (reply.text, *_links(reply))
    )


def _links(reply: Reply) -> list[str]:
    """Return the addresses behind the buttons and cards of a reply."""
    payload = reply.message.get("attachment", {}).get("payload", {})
    holders = [payload, *payload.get("elements", ())]
    buttons = (one for holder in holders for one in holder.get("buttons", ()))
    return [str(one["url"]) for one in buttons if "url" in one]


def tappable(reply: Reply) -> list[dict[str, Any]]:
    """Return the buttons and quick replies of a reply."""
    payload = reply.message.get("attachment", {}).get("payload", {})
    buttons = [one for one in payload.get("buttons", ()) if one["type"] == "postback"]
    return [*buttons, *reply.message.get("quick_replies", ())]


def offered(turn: Turn) -> list[dict[str, Any]]:
    """Return all that a turn offers to tap, in order."""
    return [choice for reply in turn.replies for choice in tappable(reply)]


def titles(turn: Turn) -> list[str]:
    """Return the titles of all that a turn offers."""
    return [choice["title"] for choice in offered(turn)]


def stands_for(choice: Mapping[str, Any], wanted: str, turn: Turn) -> bool:
    """Return whether a choice of a turn has this title, or leads to this entry.

    An entry's title is its question, which editors may change at any time: scripts
    that name the entry hold all the same.
    """
    if not wanted.startswith(ENTRY):
        return bool(choice["title"] == wanted)
    payload, offer = choice["payload"], turn.state.offer
    meant = {one.payload: one.intent for one in offer.choices} if offer else {}
    return payload == f"/{wanted}" or wanted == meant.get(payload)


def _is_response(expected: str) -> bool:
    return expected.startswith("utter_")


def _reminders(event: Mapping[str, Any]) -> str | None:
    match event:
        case {"event": "ticket_linked", "ticket": ticket}:
            return f"on {ticket}"
        case {"event": "reminders_off", "ticket": None}:
            return "off for all"
        case {"event": "reminders_off", "ticket": ticket}:
            return f"off {ticket}"
    return None


def taken_for(turn: Turn) -> str | None:
    """Return what a message was surely enough taken for."""
    intent, thresholds = turn.trace["parse"]["intent"], turn.trace["thresholds"]
    sure = turn.trace["chosen"] or intent["confidence"] >= thresholds["answer"]
    return intent["name"] if sure else None
