"""Every choice that ships is taken by a tap, its number, its title, its title mistyped.

In all languages, through a whole turn. The model knows no word of it: what is typed is
read as the choice it names, or not at all.
"""

from dataclasses import replace
from functools import cache

import pytest

from bot import replies, slips, speech
from bot.turn import Heard, take_turn
from flows.stack import Frame, State
from tests.dialogue import (
    FLOWS,
    NOW,
    SPOKEN,
    Conversation,
    StubModel,
    assistant,
    said,
)

#: What actions say to ask for a slot.
ASKED_BY = {
    "action_which_order": ("utter_ask_order_number", "utter_ask_which_order"),
    "action_which_event": ("utter_ask_calendar_event",),
    "action_which_product": ("utter_ask_which_product", "utter_ask_this_product"),
    "action_ask_csat_score": ("utter_how_was_it",),
}
#: The choices that actions add: as many as a list may have, and one of the others.
ADDED = {
    "utter_ask_which_order": ("order_number", [str(50001 + n) for n in range(12)]),
    "utter_ask_calendar_event": ("calendar_event", ["Harbour night", "Vinyl fair"]),
    "utter_ask_which_product": ("product", ["Blue Rain Jacket", "Wool Scarf", "Mug"]),
    "utter_ask_this_product": ("product", ["Blue Rain Jacket"]),
}
#: Beside these a number is the answer: a number, a postcode or a code is asked for, or
#: words of one's own.
NUMBER_ASKED = frozenset(
    [
        "utter_ask_order_number",
        "utter_ask_email_or_postcode",
        "utter_ask_mail_code",
        "utter_ask_owner_code",
        "utter_ask_discount_code",
        "utter_ask_ticket",
        "utter_ask_reason_given",
    ]
)
#: What was asked back about is told by its own tests; a person who comes reads along.
OTHERWISE = frozenset(
    ["utter_did_you_mean", "utter_and_this", "utter_withdraw", "utter_wait_on"]
)
#: What is known where something is asked.
KNOWN = {"order_number": "48213", "ticket": "HR-7K2M9Q", "email": "anna@example.com"}
LANGUAGES = sorted(SPOKEN)


def filled(name, language):
    """Return a response with its choices as the voice gives it."""
    slot, titles = ADDED.get(name, ("", []))
    told = SPOKEN[language].fill(name, {**KNOWN, "lookup_misses": 1}, {}, seed=0)
    added = [{"title": one, "payload": f"/SetSlots({slot}={one})"} for one in titles]
    own = told.get("quick_replies") or []
    return {**told, **({"quick_replies": [*added, *own]} if added or own else {})}


@cache
def questions():
    """Return where each response is said that asks: its flow, step and slot."""
    found = {}
    for flow in FLOWS.by_id.values():
        for step in flow.collected():
            for name in ASKED_BY.get(step.ask, (step.ask,)):
                found.setdefault(name, (flow.id, step.id, step.slot))
    for name in ("utter_offer_person", "utter_offer_person_stuck"):
        found[name] = found["utter_ask_order_number"]
    return found


def offering():
    """Return all responses that offer something, in all languages."""
    return [
        (language, name)
        for language in LANGUAGES
        for name in SPOKEN[language].by_name
        if name not in OTHERWISE and replies.choices(filled(name, language))
    ]


def standing(name, language):
    """Return the state right after a response was said."""
    flow, step, slot = questions().get(name, (None, None, None))
    stack = (Frame(flow=flow, step=step, asked=True),) if flow else ()
    return State(
        slots={key: value for key, value in KNOWN.items() if key != slot},
        stack=stack,
        asked=slot,
        misses=2 if name.startswith("utter_offer_person") else 0,
        offer=speech.offer([filled(name, language)], (), 7, ()),
    )


def answered(state, language, text, payload=None):
    """Return what came of a message: what was said and set, and how it stands now."""
    here = replace(assistant(model=StubModel()), responses=SPOKEN[language])
    kind = "text" if payload is None else "tap"
    heard = Heard(event_id=8, kind=kind, text=text, payload=payload)
    turn = take_turn(heard, state, [], here, psid="555", now=NOW, disclose=False)
    told = [(e["name"], e["value"]) for e in turn.events if e["event"] == "slot"]
    now, reason = turn.state, turn.handoff.reason if turn.handoff else None
    return said(turn), told, now.asked, [one.flow for one in now.stack], reason


def mistyped(title):
    """Return a title with one slip in its longest word, None if it is too short.

    A letter is left out; in Chinese a character is another that sounds alike.
    """
    words = title.split()
    longest = max(reversed(words), key=len)
    han = [n for n, one in enumerate(title) if "\u3400" <= one <= "\u9fff"]
    if han:
        at = next((n for n in han if title[n] not in "不没别无"), None)
        short = len(slips.plain(title).replace(" ", "")) < slips.LEAST_CHARACTERS
        return None if short or at is None else f"{title[:at]}式{title[at + 1 :]}"
    if len(slips.plain(title)) < slips.LEAST_LETTERS:
        return None
    middle = len(longest) // 2
    return title.replace(longest, longest[:middle] + longest[middle + 1 :], 1)


def choices_of(name, language):
    state = standing(name, language)
    return [(state, one) for one in state.offer.choices]


@pytest.mark.parametrize(("language", "name"), offering())
def test_a_title_is_as_good_as_a_tap(language, name):
    for state, one in choices_of(name, language):
        tapped = answered(state, language, one.title, one.payload)
        assert answered(state, language, one.title) == tapped, one.title
        shouted = f" {one.title.upper()}! "
        assert answered(state, language, shouted) == tapped, one.title


@pytest.mark.parametrize(("language", "name"), offering())
def test_a_title_with_a_slip_is_as_good_as_a_tap(language, name):
    for state, one in choices_of(name, language):
        text = None if one.title.isdigit() else mistyped(one.title)
        if text is not None:
            tapped = answered(state, language, one.title, one.payload)
            assert answered(state, language, text) == tapped, text


@pytest.mark.parametrize(("language", "name"), offering())
def test_a_number_is_as_good_as_a_tap(language, name):
    for number, (state, one) in enumerate(choices_of(name, language), start=1):
        tapped = answered(state, language, one.title, one.payload)
        for text in (str(number), f"#{number}", f"number {number}", f"第{number}个"):
            same = answered(state, language, text) == tapped
            assert same is (name not in NUMBER_ASKED), text


def test_what_ships_offers_choices_in_every_language():
    by_language = {language: set() for language in LANGUAGES}
    for language, name in offering():
        by_language[language].add(name)
    assert len(by_language["en"]) >= 40
    assert all(names == by_language["en"] for names in by_language.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_so_is_what_is_asked_back_about(language, number):
    def asked():
        means = {"hm": {"order_status": 0.5, "refund": 0.3}}
        one = replace(assistant(model=StubModel(means)), responses=SPOKEN[language])
        talk = Conversation(one)
        assert said(talk.say("hm")) == ["utter_did_you_mean"]
        return talk

    title = asked().state.offer.choices[number - 1].title
    tapped = asked().tap(title)
    for text in (str(number), f"{number}.", title, mistyped(title) or title):
        typed = asked().say(text)
        assert (said(typed), typed.outcome) == (said(tapped), tapped.outcome), text


@pytest.mark.parametrize("count", range(1, 21))
def test_each_of_one_to_twenty_choices(count):
    """So many choices are buttons or quick replies, or numbers in the text."""
    titles = [f"Choice of {word}" for word in WORDS[:count]]
    message = {
        "text": "Which one?",
        "quick_replies": [
            {"title": title, "payload": f"/SetSlots(payment_trouble={title})"}
            for title in titles
        ],
        "metadata": {"utter_action": "utter_ask_payment_trouble"},
    }
    before = standing("utter_ask_payment_trouble", "en")
    state = replace(before, offer=speech.offer([message], (), 7, ()))
    for number, title in enumerate(titles, start=1):
        payload = f"/SetSlots(payment_trouble={title})"
        tapped = answered(state, "en", title, payload)
        for text in (str(number), title, mistyped(title)):
            assert answered(state, "en", text) == tapped, text


WORDS = (
    *("apples", "bread", "candles", "doors", "engines", "flowers", "glasses"),
    *("hammers", "islands", "jackets", "kettles", "lanterns", "mirrors", "needles"),
    *("oranges", "pillows", "quilts", "ribbons", "saddles", "trumpets"),
)


def test_a_question_with_words_before_it_is_asked_about_where_a_number_is():
    text = "oh and before I forget, what if it rains?"
    talk = Conversation()
    talk.knows(**{text: {"faq/late_arrival": 0.45}})
    talk.say("where is my parcel?")
    assert said(talk.say(text)) == ["utter_did_you_mean"]
    talk.say("48213")
    assert talk.state.slots["order_number"] == "48213"
