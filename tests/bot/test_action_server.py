import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.action_server import ActionServer, beside
from flows.ports import ActionError, ActionResult
from tests.bot.rasa_server import running

TRACKER = {
    "sender_id": "7",
    "slots": {"number": "48213", "requested_slot": None},
    "latest_message": {"text": "hello", "intent": {"name": "greet"}, "entities": []},
    "events": [],
    "paused": False,
    "followup_action": None,
    "active_loop": {},
    "latest_action_name": None,
    "stack": [],
}
DOMAIN = {"slots": {"number": {}}, "intents": [], "actions": ["action_gift"]}
GIFT = """
from rasa_sdk import Action
from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import ActionExecutionRejection


class Gift(Action):
    def name(self):
        return "action_gift"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(response="utter_gift", number=tracker.slots["number"])
        return [SlotSet("number", str(len(domain["slots"])))]


class Rejects(Action):
    def name(self):
        return "action_rejects"

    async def run(self, dispatcher, tracker, domain):
        raise ActionExecutionRejection("action_rejects")


class Breaks(Action):
    def name(self):
        return "action_breaks"

    async def run(self, dispatcher, tracker, domain):
        raise ValueError("anna@example.com")
"""


@pytest.fixture(scope="module")
def rasa(tmp_path_factory):
    """The URL of a server of rasa-sdk's own that runs our test's actions."""
    folder = tmp_path_factory.mktemp("rasa")
    (folder / "gift.py").write_text(GIFT)
    with running(folder, "gift") as url:
        yield url


@contextmanager
def answering(status, body, *, after=0.0):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(after)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/webhook"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.slow
def test_rasas_own_server_runs_an_action_of_ours(rasa):
    result = ActionServer(rasa, DOMAIN).run("action_gift", TRACKER)
    [said] = result.responses
    assert (said["response"], said["number"]) == ("utter_gift", "48213")
    [event] = result.events
    assert (event["event"], event["name"], event["value"]) == ("slot", "number", "1")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ("action_rejects", "may not run now"),
        ("action_of_nobody", "has no such action"),
        ("action_breaks", "status 500"),
    ],
)
def test_what_it_does_not_run_is_an_error_without_anybodys_words(rasa, action, reason):
    with pytest.raises(ActionError, match=reason) as error:
        ActionServer(rasa, DOMAIN).run(action, TRACKER)
    assert error.value.action == action
    assert "anna" not in str(error.value)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, b"<html>", "no JSON object"),
        (200, b"[]", "no JSON object"),
        (200, json.dumps({"events": 5}).encode(), "'events' is no list"),
        (200, json.dumps({"responses": ["hello"]}).encode(), "'responses' is no list"),
        (302, b"", "status 302"),
        (503, b"", "status 503"),
    ],
)
def test_an_answer_of_another_shape_is_an_error(status, body, reason):
    with answering(status, body) as url, pytest.raises(ActionError, match=reason):
        ActionServer(url, DOMAIN).run("action_gift", TRACKER)


def test_nothing_said_and_nothing_remembered_is_an_answer():
    with answering(200, b"{}") as url:
        result = ActionServer(url, DOMAIN).run("action_gift", TRACKER)
    assert (result.events, result.responses) == ([], [])


def test_one_that_is_slow_or_gone_is_an_error():
    with answering(200, b"{}", after=1) as url:
        server = ActionServer(url, DOMAIN, longest=0.1)
        with pytest.raises(ActionError, match="no answer in 0.1 s"):
            server.run("action_gift", TRACKER)
    with pytest.raises(ActionError, match="ConnectionError"):
        server.run("action_gift", TRACKER)


def test_what_is_here_runs_here():
    result = ActionResult()
    server = ActionServer("http://127.0.0.1:9/webhook", DOMAIN)
    run = beside(lambda name, tracker: result, {"action_here"}, server)
    assert run("action_here", TRACKER) is result
    with pytest.raises(ActionError):
        run("action_there", TRACKER)
