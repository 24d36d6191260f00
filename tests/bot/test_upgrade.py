"""A shop's own flows, an upgrade, and a customer in the middle of one of them."""

import shutil
import textwrap
from dataclasses import replace

import pytest

from bot import content
from bot.store import editions
from bot.turn import Heard, take_turn
from bot.wiring import build, prepare
from flows.stack import State
from tests.dialogue import said
from tests.floor import NOW

DOMAIN = """
version: "3.1"
intents: [gift_wrap]
slots:
  ribbon: {type: text, mappings: [{type: from_text}]}
  gift_card: {type: text, mappings: [{type: from_text}]}
"""
RESPONSES = """
version: "3.1"
responses:
  utter_ask_ribbon: [{text: "Which ribbon?"}]
  utter_ask_gift_card: [{text: "What shall the card say?"}]
  utter_wrapped: [{text: "We wrap it."}]
"""
NLU = """
version: "3.1"
nlu:
- intent: gift_wrap
  examples: |
    - can you wrap it as a present?
"""
BEFORE = """
flows:
  gift_wrap:
    description: Wrap an order as a gift.
    steps:
    - id: which_ribbon
      collect: ribbon
    - id: card
      collect: gift_card
    - action: utter_wrapped
"""
AFTER = """
flows:
  gift_wrap:
    description: Wrap an order as a gift.
    steps:
    - id: only_the_card
      collect: gift_card
    - action: utter_wrapped
"""


@pytest.fixture
def upgraded(parts):
    """Return the parts of a process that is started anew with another flow file."""
    own = parts.settings.home / "data"
    started = []

    def upgraded(flow):
        for name, text in (
            ("domain.yml", DOMAIN),
            ("responses/en.yml", RESPONSES),
            ("nlu/en/gift_wrap.yml", NLU),
            ("flows/gift_wrap.yml", flow),
        ):
            path = own / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text))
        written = replace(content.of(parts.settings), pins=(), scripts=())
        made = build(parts.settings, written)
        started.append(made)
        prepare(made)
        return made

    yield upgraded
    for one in started:
        one.close()
    shutil.rmtree(own)


def turn(parts, state, *, text="", payload=None):
    kind = "tap" if payload else "text"
    heard = Heard(event_id=1, kind=kind, text=text or "gift", payload=payload)
    assistant = parts.understanding.assistant
    return take_turn(heard, state, [], assistant, psid="7", now=NOW, disclose=False)


def test_a_conversation_in_the_middle_of_an_old_flow_finishes_on_it(upgraded):
    old = upgraded(BEFORE)
    asked = turn(old, State(), payload="/gift_wrap")
    assert said(asked) == ["utter_ask_ribbon"]
    new = upgraded(AFTER)
    stored = State.from_json(asked.state.to_json())
    goes_on = turn(new, stored, text="a red one of silk, if you have that")
    assert said(goes_on) == ["utter_ask_gift_card"]
    ends = turn(new, goes_on.state, text="Happy birthday, dear Ada, from all of us")
    assert said(ends) == ["utter_wrapped"]
    assert ends.state.slots.get("ribbon") is None
    begins = turn(new, State(), payload="/gift_wrap")
    assert said(begins) == ["utter_ask_gift_card"]


def test_the_next_start_keeps_only_what_is_new(parts):
    flows = parts.content.flows.by_id.values()

    def kept():
        with parts.database.read() as connection:
            return editions.kept(connection)

    before = kept()
    assert {one.edition for one in flows} <= set(before)
    parts.database.write(lambda connection: editions.keep(connection, flows, NOW))
    assert kept() == before
