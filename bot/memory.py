"""What need not be asked again: order, ticket and proof, once given in a conversation.

What was said counts for half an hour, unless a look-up with it found nothing. It is
kept by entity, so that an e-mail address given for a ticket is tried for an order.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from rasa_sdk.events import EventType

from bot import another, corrections, new_address
from bot.at_hand import ORDER, TOLD, WHERE
from bot.naming import EVENT
from bot.rules.decision import Decision
from bot.situation import Situation
from flows import variants
from flows.answers import PROOFS, overlap
from flows.commands import CorrectSlots, SetSlots, StartFlow
from flows.domain import Slot
from flows.products import VARIANTS
from flows.run import Outcome
from flows.stack import Known, State

Payload: TypeAlias = dict[str, Any]

LAPSE = timedelta(minutes=30)
#: What was asked besides is asked about for longer: a number may take a while to find.
WISHED = timedelta(hours=2)
#: What is the same whatever a customer wants next; the size of a shirt is not.
KEPT = frozenset(["order_number", "ticket", EVENT, "email", "postcode", "phone"])
#: The product that was told of last, and another one before it: no entities.
ITEM, BEFORE = "item", "item_before"
#: Two ways to say which event it is: the latest counts.
_RIVALS = ("ticket", EVENT)
#: Who speaks of another one does not mean the one we know; a second parcel is of it.
_OTHER = re.compile(
    r"\b(other|another|different|otr[oa]s?|distint[oa]|autres?|différente?|"
    r"(seconde?|segund[oa]|deuxième)(?! (parcel|package|box|part|half|"
    r"paquete|bulto|caja|parte|envío|colis|paquet|carton|partie|envoi))|"
    r"تاني|تانيه|تانية|ثاني|ثانية|اخر|آخر|أخرى|اخرى)\b"
    r"|另|别的|其他|第二(?!个?(包裹|件|箱|批))",
    re.I,
)


def fresh(state: State, now: datetime) -> State:
    """Return a state without what was said too long ago."""
    oldest = (now - LAPSE).timestamp()
    known = {name: one for name, one in state.known.items() if one.at >= oldest}
    goes_on = known or state.ended_at >= oldest
    first = (now - WISHED).timestamp()
    wishes = tuple(one for one in state.wishes if one.at >= first)
    ended = state.ended if goes_on else None
    return replace(state, known=known, ended=ended, wishes=wishes)


def answering(state: State, order: str | None, now: datetime) -> State:
    """Return a state in which that order is spoken of whose news a message answers.

    Its number alone is known by this: a proof that has lapsed is asked for again.
    """
    if order is None:
        return state
    at = now.timestamp()
    others = {name: one for name, one in state.known.items() if name != TOLD}
    known = {**others, ORDER: Known(value=order, at=at)}
    return replace(state, known=known, ended=WHERE, ended_at=at)


def helped(decision: Decision, here: Situation) -> Decision:
    """Let a goal that begins know what was said before it."""
    command = decision.command
    if isinstance(command, CorrectSlots):
        kept = {**command.kept, **_proof(command, here)}
        return replace(decision, command=replace(command, kept=kept))
    if not isinstance(command, StartFlow):
        return decision
    if _OTHER.search(here.text) or another.is_of_another(here):
        return replace(decision, command=another.apart(command, here))
    flow, state = here.flows.by_id.get(command.flow), here.state
    if flow is None or any(frame.flow == flow.id for frame in state.stack):
        return decision
    older = _older(command.slots, state)
    recalled = {
        slot.name: value
        for slot in here.flows.slots_of(flow)
        if slot.name not in command.slots and state.slots.get(slot.name) is None
        if slot.name not in older
        if (value := _recalled(slot, state)) is not None
    }
    return replace(decision, command=replace(command, recalled=recalled))


def _proof(command: CorrectSlots, here: Situation) -> dict[str, str]:
    """Return the proof that just missed: it may have been right, and the number wrong.

    It is asked for anew since; who says that the number was wrong need not type it
    twice. The look-up with both is a try like any other. Another number and no word is
    asked for its proof: it may be any.
    """
    asked, missed_once = here.asked, here.state.slots.get("lookup_misses")
    if asked is None or not missed_once or not corrections.announced(here):
        return {}
    if asked.name in command.slots or None in command.slots.values():
        return {}
    fits = {one.entity for one in asked.fillings} & PROOFS
    tried = [one for kind, one in here.state.known.items() if kind in fits]
    missed = max((one for one in tried if one.doubtful), key=_at, default=None)
    return {asked.name: missed.value} if missed is not None else {}


def _at(known: Known) -> float:
    return known.at


def learnt(
    here: Situation, decision: Decision, outcome: Outcome, now: datetime
) -> State:
    """Return the state after a turn, with what was said and what came of it."""
    if any(event["event"] == "restart" for event in outcome.events):
        return outcome.state
    known, at = dict(here.state.known), now.timestamp()
    for kind, value in said(here, decision).items():
        known[kind] = Known(value=value, at=at)
    known |= _told_of(known, outcome, at)
    known = _with_order(known, outcome, at)
    found = _came(outcome, "found")
    if found or found is False and _came(outcome, "lookup_misses"):
        used = _used(here, decision)
        for kind, one in known.items():
            if one.value in used:
                known[kind] = replace(one, at=at, doubtful=found is False)
    if ended := _ended(outcome, here):
        return replace(outcome.state, known=known, ended=ended, ended_at=at)
    was = here.state
    return replace(outcome.state, known=known, ended=was.ended, ended_at=was.ended_at)


def spoken_of(state: State, text: str) -> str | None:
    """Return the key of the one product that was told of; "the other one" is none."""
    item = state.known.get(ITEM)
    several = BEFORE in state.known or _OTHER.search(text)
    return None if item is None or several else item.value


def variant_of(state: State, text: str) -> str | None:
    """Return the product that was told of, with the variant that a text says of it."""
    sold = state.known.get(VARIANTS)
    if sold is None or spoken_of(state, text) is None:
        return None
    return variants.in_words(text, sold.value)


def last_goal(state: State, history: Sequence[EventType], now: datetime) -> str | None:
    """Return what is under way, or else what was carried through last, if anything."""
    under_way = [one.flow for one in state.stack if not _is_small(one.flow)]
    if under_way:
        return under_way[-1]
    since = (now - LAPSE).timestamp()
    for event in reversed(history):
        if event["event"] == "restart" or (event.get("timestamp") or since) < since:
            return None
        if event["event"] == "flow_completed" and not _is_small(event["flow_id"]):
            return str(event["flow_id"])
    return None


def _is_small(flow: str) -> bool:
    """Whether nobody would speak of it afterwards: a greeting, what we do ourselves."""
    return flow.startswith("pattern_") or flow == "greet"


def said(here: Situation, decision: Decision | None = None) -> dict[str, str]:
    """Return the values in a message, by entity; one place holds one value."""
    slots = here.flows.domain.slots
    taken = _given(decision)
    values: dict[str, str] = {}
    for place in _places(new_address.others(here)):
        fits = [one for one in place if one["entity"] in KEPT]
        meant = [one for one in fits if _is_taken(one, taken, slots)]
        for one in (meant or fits)[:1]:
            values[one["entity"]] = str(one["value"])
    return values


def _told_of(
    known: Mapping[str, Known], outcome: Outcome, at: float
) -> dict[str, Known]:
    """Return the products that a turn told of, and another one told of before."""
    items = dict[str, Known]()
    slots = (e for e in outcome.events if e["event"] == "slot")
    for key in [str(e["value"]) for e in slots if e["name"] == ITEM and e["value"]]:
        last = {**known, **items}.get(ITEM)
        if last is not None and last.value != key:
            items[BEFORE] = last
        items[ITEM] = Known(value=key, at=at)
    if items:
        items[VARIANTS] = Known(value=_came(outcome, VARIANTS) or "", at=at)
    return items


def _with_order(
    known: Mapping[str, Known], outcome: Outcome, at: float
) -> dict[str, Known]:
    """Return what is known, with the order of a turn whose number nobody wrote."""
    values = [
        event["value"]
        for event in outcome.events
        if event["event"] == "slot" and event["name"] == "order_number"
    ]
    chosen = [str(one) for one in values if one not in (None, "none")][-1:]
    if not chosen:
        return {**known}
    others = {name: one for name, one in known.items() if name != TOLD}
    said_last = known.get("order_number")
    if said_last is not None and said_last.value == chosen[0]:
        return others
    return {**others, TOLD: Known(value=chosen[0], at=at)}


def _older(given: Mapping[str, Any], state: State) -> set[str]:
    """Return what was said of another event than the one that is meant now."""
    known = state.known
    if any(name in given for name in _RIVALS):
        return {*_RIVALS}
    both = [name for name in _RIVALS if name in known]
    if len(both) < 2:
        return set()
    # Of what was said at once the ticket is the surer: it may be proved.
    return {min(both, key=lambda name: (known[name].at, name == "ticket"))}


def _recalled(slot: Slot, state: State) -> str | None:
    """Return what was said before for a slot."""
    for filling in slot.fillings:
        known = state.known.get(filling.entity or "")
        if known is not None and not known.doubtful:
            return known.value
    return None


def _given(decision: Decision | None) -> Mapping[str, Any]:
    match decision.command if decision else None:
        case StartFlow(slots=slots) | SetSlots(slots=slots) | CorrectSlots(slots=slots):
            return slots
        case _:
            return {}


def _used(here: Situation, decision: Decision) -> set[Any]:
    """Return the values that a look-up of this turn may have used."""
    command = decision.command
    recalled = command.recalled if isinstance(command, StartFlow) else {}
    given = (recalled, here.state.slots, _given(decision))
    return {one for slots in given for one in slots.values() if isinstance(one, str)}


def _places(entities: list[Payload]) -> Iterator[list[Payload]]:
    """Yield what was found, together with what else the same place may be."""
    place: list[Payload] = []
    for one in sorted(entities, key=lambda one: one.get("start") or 0):
        if place and not overlap(one, place[0]):
            yield place
            place = []
        place.append(one)
    if place:
        yield place


def _is_taken(
    entity: Payload, taken: Mapping[str, Any], slots: Mapping[str, Slot]
) -> bool:
    return any(
        value == entity["value"]
        and any(f.entity == entity["entity"] for f in slots[name].fillings)
        for name, value in taken.items()
    )


def _came(outcome: Outcome, slot: str) -> Any:
    """Return what a slot was set to last in a turn."""
    set_now = (e for e in reversed(outcome.events) if e.get("name") == slot)
    return next((event.get("value") for event in set_now), None)


def _ended(outcome: Outcome, here: Situation) -> str | None:
    """Return the last goal that ended in a turn and had asked for something.

    Of an answer of the FAQ the goal of its name, which it offers with a tap: who then
    writes a number means that.
    """
    names = [
        str(event.get("flow_id"))
        for event in reversed(outcome.events)
        if event["event"] == "flow_completed"
    ]
    base, of_faq, entry = (here.intent or "").partition("/")
    names = [entry if of_faq and name == base else name for name in names]
    flows = (here.flows.by_id.get(name) for name in names)
    goals = (one.id for one in flows if one and one.collected() and not one.is_pattern)
    return next(goals, None)
