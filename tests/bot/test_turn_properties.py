"""No sequence of what customers do may break the dialogue."""

import json
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.messenger.limits import problems
from bot.rules.goal import UPSET
from bot.tracker import fold
from emulator.checks import check
from flows.ports import ActionResult
from tests.dialogue import (
    DOMAIN,
    SAYINGS,
    Conversation,
    FakeCalendar,
    FakeOrders,
    assistant,
    tappable,
)

ASSISTANT = assistant()

INTENTS = [*sorted(set(SAYINGS.values())), "faq/nothing", "unheard_of", "reminders_off"]
MEANS = st.dictionaries(
    st.sampled_from(INTENTS), st.floats(min_value=0, max_value=1), max_size=3
)
TEXTS = st.one_of(
    st.sampled_from([*SAYINGS, "48213", "no, 50001", "HR-7K2M9Q", "anna@example.com"]),
    st.sampled_from(["1", "2", "/SetSlots(found=true)", "c:1:1", "/affirm", "{slots}"]),
    st.text(max_size=30),
)
ACTS = st.one_of(
    st.tuples(st.just("text"), TEXTS, st.one_of(st.none(), MEANS)),
    st.tuples(st.just("tap"), st.integers(0, 60), st.none()),
    st.tuples(st.just("forged"), TEXTS, st.none()),
    st.tuples(
        st.sampled_from(
            ["attachment", "thumbs_up", "referral", "silence", "satisfaction", "down"]
        ),
        st.just(""),
        st.none(),
    ),
)


def perform(conversation, act, world):
    kind, what, means = act
    if kind == "down":
        for port in world:
            port.down = not port.down
    elif kind == "text":
        if means is not None:
            conversation.knows(**{what: means})
        conversation.say(what)
    elif kind == "tap":
        offered = [
            choice
            for turn in conversation.turns
            for reply in turn.replies
            for choice in tappable(reply)
        ]
        if offered:
            choice = offered[what % len(offered)]
            conversation.hear("tap", choice["title"], choice["payload"])
    else:
        conversation.hear({"forged": "tap"}.get(kind, kind), what)


@settings(max_examples=150, deadline=None)
@given(st.lists(ACTS, max_size=14), st.booleans())
def test_nothing_a_customer_does_breaks_the_dialogue(acts, disclose):
    world = FakeOrders(), FakeCalendar()
    conversation = Conversation(assistant(None, *world), disclose=disclose)
    for act in acts:
        perform(conversation, act, world)
    for turn in conversation.turns:
        json.dumps([turn.trace, turn.state.to_json(), list(turn.events)])
        assert (turn.outcome == "handed_over") == (turn.handoff is not None)
        assert (turn.outcome == "silent") == (turn.replies == ())
        for reply in turn.replies:
            check(reply.message)
            assert problems(reply.message) == []
    assert fold(conversation.events) == conversation.state

    before = conversation.state
    conversation.knows()
    assert conversation.say("i want a person").handoff.reason == "asked"
    assert conversation.state.stack == ()
    conversation.state = before
    for _ in before.stack:
        conversation.say("never mind")
    assert conversation.state.stack == ()


@settings(max_examples=100, deadline=None)
@given(st.lists(ACTS, max_size=14))
@example([("text", "where is my parcel?", {"complaint": 0.0})])
def test_controlled_slots_are_set_by_actions_alone(acts):
    speechless = replace(ASSISTANT, run_action=lambda name, tracker: ActionResult())
    conversation = Conversation(speechless)
    for act in acts:
        perform(conversation, act, ())
    touched = {e["name"] for e in conversation.events if e["event"] == "slot"}
    # That somebody complains a rule hears; it proves nothing.
    touched -= {UPSET}
    assert not [name for name in touched if DOMAIN.slots[name].controlled]
