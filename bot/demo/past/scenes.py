"""The ways in which a conversation of the past went."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

from bot.demo.past.hand import Asked, Hand
from bot.demo.past.reading import LEFT
from bot.demo.past.telling import NEVER_MIND, Telling
from bot.demo.past.tongues import Member
from bot.store.models import Status
from bot.store.teamwork import ActKind

Scene: TypeAlias = Callable[[Telling, Hand], None]

NOTICE_AFTER = timedelta(minutes=15)
SOMETHING_ELSE = "something_else"
STATUSES = ("utter_order_shipped", "utter_order_shipped", "utter_order_delivered")
NUMBERS = range(20_117, 41_000)  # older than the orders of the sample shop


def answered(tell: Telling, hand: Hand) -> None:
    """A question, or two, and its answer."""
    _question(tell, hand)
    if hand.chosen(0.18):
        tell.wait(20, 120)
        _question(tell, hand)
    if hand.chosen(0.3):
        _thanks(tell, hand)


def tracked(tell: Telling, hand: Hand) -> None:
    """An order: asked for by its number, told to whom it belongs."""
    read, say = hand.reader, tell.wording.say
    number = str(hand.chance.choice(NUMBERS))
    ask = hand.orders.draw()
    flow = {"flow": "order_status", "outcome": "asked"}
    tell.customer(ask.text, read.known("order_status", asked="order_number", **flow))
    tell.assistant(say("utter_ask_order_number"), "question")
    tell.customer(number, read.value("order_number", number, asked="email_or_postcode"))
    tell.assistant(say("utter_ask_email_or_postcode"), "question")
    mail = f"{number[:3]}.buyer{number[3:]}@example.com"
    told = {"outcome": "answered", "found": True}
    tell.customer(mail, read.value("email_or_postcode", mail, **told))
    status = hand.one([*STATUSES, "utter_order_processing"])
    tell.assistant(say(status, number=number))
    if hand.chosen(0.4):
        _thanks(tell, hand)


def offered(tell: Telling, hand: Hand) -> None:
    """A question that was asked back: one of the choices was right."""
    ask = _unsure(tell, hand)
    intent = ask.topic.intent or ask.topic.name
    tell.customer(tell.wording.title(ask.topic), hand.reader.tapped(intent))
    tell.assistant(_told(tell, ask))


def left(tell: Telling, hand: Hand) -> None:
    """A question that was asked back, to which nothing came any more."""
    _unsure(tell, hand)


def beside(tell: Telling, hand: Hand) -> None:
    """A question that was asked back, and none of the choices was right."""
    ask = hand.beside.draw()
    others = [hand.known.draw().topic for _ in range(2)]
    titles = _offer(tell, hand, ask, [topic.intent or "" for topic in others])
    declined = tell.wording.choice(SOMETHING_ELSE)
    tell.customer(declined, hand.reader.declined(titles))
    tell.hand_over("unsure", tell.wording.say("utter_handoff_unsure"))
    _helped(tell, hand, ask)


def unknown(tell: Telling, hand: Hand) -> None:
    """Something the assistant did not know; a colleague did."""
    _helped(tell, hand, _not_known(tell, hand, hand.unknown.draw()))


def goal(tell: Telling, hand: Hand) -> None:
    """A wish for which an order is noted, and a colleague does the rest."""
    ask = hand.goals.draw()
    flow = ask.topic.intent or ask.topic.name
    known = hand.reader.known(flow, flow=flow, outcome="asked", asked="order_number")
    tell.customer(ask.text, known)
    tell.assistant(tell.wording.say("utter_ask_order_number"), "question")
    filled = {"flow": flow, "outcome": "handed_over", "handoff": "flow"}
    wants = tell.wording.title(ask.topic)
    number = str(hand.chance.choice(NUMBERS))
    tell.customer(
        number, hand.reader.value("order_number", number, wants=wants, **filled)
    )
    tell.hand_over("flow", tell.wording.say("utter_handoff_flow"))
    _helped(tell, hand, ask)


def asked_for(tell: Telling, hand: Hand) -> None:
    """Somebody who wanted a person, and got one."""
    ask = hand.person.draw()
    flow = "contact_human_agent"
    why = {"rule": "at_once", "why": f"likely wants {flow}", "handoff": "asked"}
    tell.customer(
        ask.text, hand.reader.known(flow, flow=flow, outcome="handed_over", **why)
    )
    tell.hand_over("asked", tell.wording.say("utter_handoff_asked"))
    _helped(tell, hand, ask)


def late(tell: Telling, hand: Hand) -> None:
    """Something nobody answered in time; a colleague did the next morning."""
    ask = _not_known(tell, hand, hand.unknown.draw())
    if hand.chosen(0.6):
        tell.wait(200, 700)
        tell.customer(hand.one(hand.tongue.complaints), LEFT)
    tell.nobody_yet(NOTICE_AFTER)
    tell.at += timedelta(hours=hand.chance.uniform(9, 14))
    _helped(tell, hand, ask, begin=hand.one(hand.tongue.late))


def withdrawn(tell: Telling, hand: Hand) -> None:
    """Somebody who did without the person after all."""
    _not_known(tell, hand, hand.unknown.draw())
    why = "does without the person who has not come yet"
    cancel = hand.reader.known(
        "cancel", flow=None, outcome="confirmed", rule="left_to_person", why=why
    )
    tell.wait(30, 400)
    tell.customer(tell.wording.choice(NEVER_MIND), replace(cancel, is_tap=True))
    tell.assistant(tell.wording.say("utter_handoff_withdrawn"), "confirmation")
    tell.turn_to(Status.BOT)


def elsewhere(tell: Telling, hand: Hand) -> None:
    """Something a colleague answered in the Page's inbox on Facebook."""
    ask = _not_known(tell, hand, hand.unknown.draw())
    tell.elsewhere(_said(hand, ask))
    tell.turn_to(Status.AGENT)
    tell.customer(hand.one(hand.tongue.thanks), LEFT)
    tell.at += timedelta(hours=12)
    tell.turn_to(Status.BOT)


def mistaken(tell: Telling, hand: Hand) -> None:
    """Something that was taken for something else, which a colleague put right."""
    ask = hand.mistaken.draw()
    taken_for = ask.topic.mistaken[ask.plain]
    flow = "faq" if "/" in taken_for else taken_for
    tell.customer(ask.text, hand.reader.known(taken_for, flow=flow))
    if "/" in taken_for:
        tell.assistant(tell.wording.answer(taken_for))
    else:
        tell.assistant(tell.wording.say("utter_ask_order_number"), "question")
    asked_for(tell, hand)
    tell.mark_wrong(hand.member().login)


def waiting(tell: Telling, hand: Hand) -> None:
    """Somebody who waits for a person at this moment."""
    _not_known(tell, hand, hand.pressing.draw())


def overdue(tell: Telling, hand: Hand) -> None:
    """Somebody who has waited too long, and said so."""
    _not_known(tell, hand, hand.pressing.draw())
    tell.nobody_yet(NOTICE_AFTER)
    tell.customer(hand.one(hand.tongue.complaints), LEFT)
    tell.now["priority"] = 1


def held(tell: Telling, hand: Hand) -> None:
    """Somebody whom a colleague is helping: the customer's turn to write."""
    _held(tell, hand)


def snoozed(tell: Telling, hand: Hand) -> None:
    """Somebody whose matter a colleague has put by until tomorrow."""
    member = _held(tell, hand)
    tell.wait(60, 300)
    tell.now["snoozed_until"] = tell.at + timedelta(days=3)
    until = tell.now["snoozed_until"].isoformat()
    tell.deed(ActKind.SNOOZED, member.login, until=until)


SCENES: Mapping[str, Scene] = {
    scene.__name__: scene
    for scene in (
        *(answered, tracked, offered, left, beside, unknown, goal, asked_for, late),
        *(withdrawn, elsewhere, mistaken, waiting, overdue, held, snoozed),
    )
}


def _question(tell: Telling, hand: Hand) -> None:
    ask = hand.known.draw()
    intent = ask.topic.intent or ask.topic.name
    tell.customer(ask.text, hand.reader.known(intent, flow="faq"))
    tell.assistant(tell.wording.answer(intent))


def _thanks(tell: Telling, hand: Hand) -> None:
    thank = hand.reader.known("thank", flow=None, rule="commands")
    tell.customer(hand.one(hand.tongue.thanks), thank)
    tell.assistant(tell.wording.say("utter_thank"), "greeting")


def _unsure(tell: Telling, hand: Hand) -> Asked:
    ask = hand.unsure.draw()
    other = hand.known.draw().topic.intent or ""
    _offer(tell, hand, ask, [ask.topic.intent or "", other])
    return ask


def _offer(tell: Telling, hand: Hand, ask: Asked, intents: list[str]) -> list[str]:
    """Ask which of *intents* is meant; return what they are called."""
    once = dict.fromkeys(intents)
    choices = [(intent, tell.wording.titled(intent)) for intent in once]
    titles = [title for _, title in choices]
    tell.customer(ask.text, hand.reader.unsure(intents[0], choices))
    text = tell.wording.say(
        "utter_did_you_mean",
        choices="\n".join(f"{at}. {title}" for at, title in enumerate(titles, 1)),
        last=len(titles) + 1,
    )
    tell.assistant(text, "offer", [*titles, tell.wording.choice(SOMETHING_ELSE)])
    return titles


def _told(tell: Telling, ask: Asked) -> str:
    intent = ask.topic.intent or ""
    if "/" in intent:
        return tell.wording.answer(intent)
    asks = "ticket" if intent.startswith(("event", "ticket")) else "order_number"
    return tell.wording.say(f"utter_ask_{asks}")


def _not_known(tell: Telling, hand: Hand, ask: Asked) -> Asked:
    guess = hand.known.draw().topic.intent
    tell.customer(ask.text, hand.reader.unknown(guess))
    tell.hand_over("unsure", tell.wording.say("utter_handoff_unsure"))
    return ask


def _held(tell: Telling, hand: Hand) -> Member:
    ask = _not_known(tell, hand, hand.pressing.draw())
    tell.wait(120, 900)
    member = hand.owner()
    tell.take(member.login)
    _label(tell, hand, ask)
    if hand.chosen(0.6):
        called = [] if member.visited else hand.visited
        ask_for = " ".join(f"@{login}" for login in called)
        note = f"{ask_for} {hand.one(hand.tongue.notes)}".strip()
        tell.remark(member.login, note, called)
    words = f"{_greeting(tell, hand, member)} {_capital(_said(hand, ask))}"
    tell.agent(member.login, words)
    return member


def _helped(tell: Telling, hand: Hand, ask: Asked, begin: str = "") -> None:
    """Let a colleague claim, answer and end it, as colleagues do."""
    tell.wait(90, 2400)
    member = hand.member()
    tell.take(member.login)
    _label(tell, hand, ask)
    words = [_greeting(tell, hand, member), begin, _capital(_said(hand, ask))]
    tell.agent(member.login, " ".join(word for word in words if word))
    if hand.chosen(0.16):
        tell.remark(member.login, hand.one(hand.tongue.notes))
    if hand.chosen(0.65):
        tell.wait(20, 400)
        tell.customer(hand.one(hand.tongue.thanks), LEFT)
        if hand.chosen(0.5):
            tell.agent(member.login, hand.one(hand.tongue.endings))
    tell.end(
        member.login, ActKind.RESOLVED if hand.chosen(0.85) else ActKind.GIVEN_BACK
    )


def _label(tell: Telling, hand: Hand, ask: Asked) -> None:
    if ask.topic.label and hand.chosen(0.8):
        tell.labels.append(ask.topic.label)


def _greeting(tell: Telling, hand: Hand, member: Member) -> str:
    line = hand.one(hand.tongue.greetings)
    return line.format(first=tell.first, agent=member.name)


def _said(hand: Hand, ask: Asked) -> str:
    """Return what a colleague says to it: mostly the first that fits all wordings."""
    only = ask.topic.pairs.get(ask.plain)
    first, *others = ask.topic.person or ("",)
    return only or (hand.one(others) if others and hand.chosen(0.35) else first)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
