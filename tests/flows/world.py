"""A few flows, and actions that do as a test says."""

import textwrap
from dataclasses import dataclass, field

from rasa_sdk.events import ConversationPaused

from flows import domain, responses
from flows.commands import StartFlow
from flows.files import parse
from flows.run import run
from flows.script import load
from flows.stack import State

WORLD = """
intents: []
actions: [action_look_up, action_ask_size, validate_size, action_human_handoff]
slots:
  number: {type: text, mappings: [{type: from_text}]}
  email: {type: text, mappings: [{type: from_text}]}
  size: {type: text, mappings: [{type: from_text}]}
  flag: {type: bool, initial_value: false, mappings: [{type: from_text}]}
  found: {type: bool, mappings: [{type: custom}]}
responses:
  utter_ask_number: [{text: Number?}]
  utter_ask_email: [{text: E-mail?}]
  utter_done: [{text: Done}]
  utter_bad: [{text: Bad}]
  utter_cancelled: [{text: Cancelled}]
  utter_corrected: [{text: Corrected}]
  utter_sorry: [{text: Sorry}]
  utter_person: [{text: A person?}]
  utter_back: [{text: Back}]
flows:
  pattern_cancel_flow: {description: d, steps: [{action: utter_cancelled}]}
  pattern_correction: {description: d, steps: [{action: utter_corrected}]}
  pattern_continue_interrupted: {description: d, steps: [{action: utter_back}]}
  pattern_human_handoff: {description: d, steps: [{action: action_human_handoff}]}
  pattern_internal_error: {description: d, steps: [{link: pattern_human_handoff}]}
  pattern_cannot_handle:
    description: d
    steps:
    - noop: true
      next:
      - if: context.reason is 'offer_person'
        then:
        - action: utter_person
        - action: action_listen
          next: END
      - else:
        - action: utter_sorry
          next: END
  other:
    description: d
    steps: [{collect: email}, {action: utter_done}]
"""
PLAIN = """
    - collect: number
    - id: second
      collect: email
    - action: utter_done
"""


@dataclass
class World:
    """Flows, a state, and what their actions do."""

    flows: object
    actions: dict = field(default_factory=dict)
    state: State = State()
    outcome: object = None
    calls: list = field(default_factory=list)

    def perform(self, name, state, values):
        self.calls.append(name)
        if name == "action_human_handoff":
            return [ConversationPaused()]
        does = self.actions.get(name, [])
        if isinstance(does, Exception):
            raise does
        return does

    def do(self, command):
        """Carry a command out; return the names of what was said and run."""
        self.calls = []
        self.outcome = run(self.state, command, self.flows, self.perform)
        self.state = self.outcome.state
        return self.calls


def world(steps=PLAIN, more="", **actions):
    body = textwrap.indent(textwrap.dedent(steps).strip(), "    ")
    goal = f"flows:\n  goal:\n    description: d\n    steps:\n{body}\n{more}"
    files = [parse(WORLD, "data/w.yml"), parse(goal, "data/g.yml")]
    words = domain.load(files)
    return World(load(files, words, responses.load(files)), actions)


GOAL = StartFlow(flow="goal")
