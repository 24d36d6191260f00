import asyncio
import logging
import threading

import pytest
from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from flows import executor
from flows.executor import in_process
from flows.ports import ActionError, PortError

TRACKER = {"sender_id": "555", "slots": {"list": [1]}, "events": [], "stack": []}
SECRET = "anna@example.com"


class Says(Action):
    def __init__(self, does):
        self.does = does

    def name(self):
        return "action_x"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(response="utter_x", number="1")
        return self.does(tracker, domain)


def runner(does):
    return in_process([Says(does)], {"slots": {}})


def test_gives_back_what_was_said_and_what_to_remember():
    result = runner(lambda tracker, domain: [SlotSet("a", 1)])("action_x", TRACKER)
    assert result.events[0]["name"] == "a"
    assert result.responses[0]["response"] == "utter_x"
    assert result.responses[0]["number"] == "1"


def test_an_action_cannot_change_the_state_it_is_shown():
    def does(tracker, domain):
        tracker.slots["list"].append(2)
        tracker.events.append({})

    runner(does)("action_x", TRACKER)
    assert TRACKER["slots"] == {"list": [1]}
    assert TRACKER["events"] == []


def fails(error):
    def does(tracker, domain):
        raise error

    return does


@pytest.mark.parametrize(
    "error", [PortError("orders did not answer"), KeyError(SECRET)]
)
def test_an_action_that_raises_says_so_without_a_customers_words(error, caplog):
    caplog.set_level(logging.DEBUG, "flows")
    with pytest.raises(ActionError) as raised:
        runner(fails(error))("action_x", TRACKER)
    assert type(error).__name__ in str(raised.value)
    assert SECRET not in str(raised.value)
    assert SECRET not in caplog.text


def test_an_action_that_does_not_exist_is_an_error():
    with pytest.raises(ActionError):
        runner(lambda tracker, domain: [])("action_y", TRACKER)


class Awaits(Action):
    def __init__(self, seconds=0):
        self.seconds = seconds

    def name(self):
        return "action_x"

    async def run(self, dispatcher, tracker, domain):
        await asyncio.sleep(self.seconds)
        return [SlotSet("a", 1)]


def test_an_action_of_a_shop_may_await():
    assert in_process([Awaits()], {})("action_x", TRACKER).events == [SlotSet("a", 1)]


def test_one_that_awaits_for_ever_is_an_error(monkeypatch):
    monkeypatch.setattr(executor, "TIMEOUT", 0.05)
    with pytest.raises(ActionError, match="TimeoutError"):
        in_process([Awaits(seconds=60)], {})("action_x", TRACKER)


def test_ours_await_nothing(monkeypatch):
    monkeypatch.setattr(Awaits, "__module__", "flows.actions.x")
    with pytest.raises(ActionError, match="RuntimeError at _driven"):
        in_process([Awaits()], {})("action_x", TRACKER)


def test_runs_in_any_thread():
    run = runner(lambda tracker, domain: [])
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(run("action_x", TRACKER)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
