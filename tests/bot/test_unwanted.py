from dataclasses import replace

import pytest

from bot.policy import decide
from flows.commands import Perform, StartFlow
from flows.stack import State
from tests.bot.test_policy import ORDER, command, situation
from tests.dialogue import FLOWS

OFF = StartFlow(flow="reminders_off")
STOP = Perform(action="action_stop", ends=True)
NO_REMINDERS = [
    "No more reminders, please",
    "hmm, better don't remind me",
    "no quiero más recordatorios",
    "no me lo recuerden, recuérdenselo a otro",
    "forget about the reminder",
    "no espera, quita el recordatorio",
    "olvídate del recordatorio",
    "plus de rappels s'il vous plaît",
    "ne me le rappelez pas",
    "laisse tomber le rappel",
    "لا أريد تذكيرات",
    "لا تذكروني بالحفلات",
    "بلاش تفكروني",
    "不要提醒我",
    "點樣熄咗啲提示",
]
NOTHING = [
    "stop",
    "no more messages or reminders",
    "stop your reminders and don't send me anything",
    "ni recordatorios ni mensajes",
    "plus de rappels, plus rien",
    "لا تذكيرات ولا رسائل",
    "提醒和通知都不要",
    "退订",
]


@pytest.mark.parametrize("text", NO_REMINDERS)
def test_who_wants_no_reminders_gets_none_and_is_answered_on(text):
    for state in (State(), ORDER):
        assert command(text, state, means="stop") == OFF
        assert command(text, state, means={"stop": 0.5}) == OFF


@pytest.mark.parametrize("text", NOTHING)
def test_who_wants_no_messages_gets_none(text):
    for state in (State(), ORDER):
        assert command(text, state, means="stop") == STOP


def test_reminders_end_beside_a_person_too_and_nothing_is_begun():
    here = replace(situation(NO_REMINDERS[0], means="stop"), attendant="person")
    assert decide(here).command == Perform(action="action_reminders_off")


def test_a_shop_without_that_flow_takes_it_for_all_messages():
    others = {name: flow for name, flow in FLOWS.by_id.items() if name != OFF.flow}
    flows = replace(FLOWS, by_id=others)
    here = replace(situation(NO_REMINDERS[0], means="stop"), flows=flows)
    assert decide(here).command == STOP
