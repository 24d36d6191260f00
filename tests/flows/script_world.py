"""Words that a flow may use, and ways to load one."""

import textwrap

import pytest

from flows import domain, responses
from flows.files import DataError, parse
from flows.script import load

WORLD = """
intents: [order_status, faq, greet]
actions: [action_look_up, action_ask_both]
slots:
  number: {type: text, mappings: [{type: from_text}]}
  email: {type: text, mappings: [{type: from_text}]}
  both: {type: text, mappings: [{type: from_text}]}
  silent: {type: text, mappings: [{type: from_text}]}
  found: {type: bool, mappings: [{type: custom}]}
responses:
  utter_ask_number: [{text: Number?}]
  utter_ask_email: [{text: E-mail?}]
  utter_ask_both: [{text: Both?}]
  utter_done: [{text: Done}]
  utter_bad: [{text: Bad}]
"""


def flows(text):
    world = [parse(WORLD, "data/domain.yml"), parse(text, "data/flows/x.yml")]
    words = domain.load(world)
    return load(world, words, responses.load(world))


def flow(steps, **keys):
    more = "".join(f"    {key}: {value}\n" for key, value in keys.items())
    body = textwrap.indent(textwrap.dedent(steps).strip(), "    ")
    text = f"flows:\n  order_status:\n    description: d\n{more}    steps:\n{body}\n"
    return flows(text).by_id["order_status"]


def refused(steps, **keys):
    with pytest.raises(DataError) as error:
        flow(steps, **keys)
    return str(error.value)
