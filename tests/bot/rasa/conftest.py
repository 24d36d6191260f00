import textwrap

import pytest

from bot.content import DATA
from bot.rasa import bringing

NLU = """\
version: "3.1"
# what people say
nlu:
- intent: book_table
  examples: |
    - a table for [two](guests:2) please
    - I want to book [downstairs]{"entity": "room", "role": "wish", "value": "cellar"}
    - book [two][{"entity": "guests"}, {"entity": "size", "value": "small"}]
- intent: opening
  examples: |
    - when are you open?   # or closed
- intent: yes_please
  examples: |
    - yes please
- intent: no_thanks
  examples: |
    - no thanks
- intent: faq/parking
  examples: |
    - where can I park?
- synonym: cellar
  examples: |
    - vault
- regex: table_number
  examples: |
    - T\\d{1,3}
"""
DOMAIN = """\
version: "3.1"
intents: [book_table, opening, yes_please, no_thanks, faq]
entities: [guests, {room: {roles: [wish]}}, size]
slots:
  guests:
    type: text   # as written
    mappings:
    - type: from_entity
      entity: guests
    - type: from_text
      not_intent: opening
      conditions:
      - active_loop: table_form
        requested_slot: guests
  occasion:
    type: text
    mappings:
    - type: from_trigger_intent
      intent: book_table
      value: dinner
actions: [action_book]
forms:
  table_form:
    required_slots: [guests]
session_config: {session_expiration_time: 60}
responses:
  utter_ask_table_form_guests:
  - text: "How many are you?"   # the only question
  utter_opening:
  - text: We open at 9. Shall I book a table?
    buttons: [{title: "Yes", payload: /yes_please}]
  utter_booked:
  - text: Booked for {guests}.
  - custom: {blocks: []}
  utter_fine:
  - text: All right.
  utter_faq/parking:
  - text: Behind the house.
"""
RULES = """\
version: "3.1"
rules:
- rule: book
  steps:
  - intent: book_table
  - action: table_form
  - active_loop: table_form
- rule: booked
  condition: [{active_loop: table_form}]
  steps:
  - action: table_form
  - active_loop: null
  - action: action_book
  - action: utter_booked
- rule: whatever else
  steps:
  - intent: nlu_fallback
  - action: utter_fine
stories:
- story: yes
  steps: [{intent: opening}, {action: utter_opening}, {intent: yes_please},
    {action: table_form}, {active_loop: table_form}]
- story: no
  steps: [{intent: opening}, {action: utter_opening}, {intent: no_thanks},
    {action: utter_fine}]
- story: no more
  steps: [{active_loop: table_form}, {intent: no_thanks}, {action: utter_fine},
    {action: action_deactivate_loop}, {active_loop: null}]
"""
TESTS = """\
version: "3.1"
stories:
- story: a table
  steps:
  - user: a table please
    intent: book_table
  - action: table_form
  - active_loop: table_form
  - user: "[five](guests)"
    intent: book_table
  - action: table_form
  - active_loop: null
  - action: action_book
  - action: utter_booked
- story: a table, and no
  steps:
  - user: when do you open?
    intent: opening
  - action: utter_opening
  - intent: yes_please
  - action: table_form
  - active_loop: table_form
  - user: no, leave it
    intent: no_thanks
  - action: utter_fine
  - action: action_deactivate_loop
  - active_loop: null
"""
PROJECT = {
    "config.yml": "language: en\npipeline: []\npolicies: []\n",
    "credentials.yml": "facebook: {secret: hunter2}\n",
    "domain.yml": DOMAIN,
    "data/nlu.yml": NLU,
    "data/rules.yml": RULES,
    "tests/test_stories.yml": TESTS,
}


@pytest.fixture
def project(tmp_path):
    """Write files of a project, and return its folder."""

    def write(**files):
        root = tmp_path / "project"
        for name, text in {**PROJECT, **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text))
        return root

    return write


@pytest.fixture
def bring(project):
    return lambda **files: bringing.bring(project(**files), "en", DATA)
