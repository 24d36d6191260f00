"""Our actions on rasa-sdk's own server: a real one, and a shop's database behind it."""

import json
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from urllib.request import Request, urlopen

import pytest

from bot import content, wiring
from bot.action_server import ActionServer
from bot.clock import system_clock
from bot.own_actions import Nowhere
from bot.settings import Settings
from bot.shop.csv_file import import_orders
from bot.store import migrate
from bot.store.database import open_database
from flows.actions import all_actions
from flows.executor import in_process
from tests.bot.rasa_server import running
from tests.dialogue import DOMAIN, Conversation, assistant, words

pytestmark = pytest.mark.slow

MODULE = "bot.serving_actions"
ORDER = "number,email,postcode,status\n48213,anna@example.com,SW1A 1AA,shipped\n"
GIFT = """
from rasa_sdk import Action
from rasa_sdk.events import SlotSet


class Wraps(Action):
    def with_bow(self):
        return True


class WrapGift(Wraps):
    def __init__(self, orders):
        self.orders = orders

    def name(self):
        return "action_wrap_gift"

    async def run(self, dispatcher, tracker, domain):
        return [SlotSet("found", self.orders.knows("48213", tracker.sender_id))]
"""


def around(**given):
    """Return the environment of a process: of the shop's settings these alone."""
    ours = ("FRONTDESK_", "FACEBOOK_", "DATABASE_URL", "SECRET_KEY")
    return {**{k: v for k, v in os.environ.items() if not k.startswith(ours)}, **given}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The folder of a shop with an order, and with an action of its own."""
    home = tmp_path_factory.mktemp("home")
    (home / "orders.csv").write_text(ORDER)
    (home / "actions").mkdir()
    (home / "actions" / "gift.py").write_text(GIFT)
    with closing(open_database(f"sqlite:///{home / 'frontdesk.sqlite'}")) as database:
        migrate.migrate(database)
        import_orders(home / "orders.csv", database)
    return home


@pytest.fixture(scope="module")
def server(home):
    with running(home, MODULE, around(FRONTDESK_HOME=str(home))) as url:
        yield url


@pytest.fixture
def here(home):
    """What runs the same actions in this process, over the same database."""
    settings = Settings.offline({"FRONTDESK_HOME": str(home)})
    with closing(open_database(settings.database_url)) as database:
        ports = wiring.ports(settings, database, system_clock)
        own = content.of(settings).own_actions
        made = all_actions(ports.orders, ports.calendar, own, ports.products)
        yield in_process(made, DOMAIN.raw)


def tracker(sender, **slots):
    return {
        "sender_id": sender,
        "slots": {name: None for name in DOMAIN.slots} | slots,
        "latest_message": {"text": "48213", "intent": {}, "entities": []},
        "events": [],
        "paused": False,
        "followup_action": None,
        "active_loop": {},
        "latest_action_name": "action_listen",
        "stack": [],
    }


def posted(url, action, state):
    """Ask as Rasa does, and return the whole answer."""
    call = {
        "next_action": action,
        "sender_id": state["sender_id"],
        "tracker": state,
        "domain": DOMAIN.raw,
        "version": "3.6.21",
    }
    headers = {"Content-Type": "application/json"}
    request = Request(url, json.dumps(call).encode(), headers)  # noqa: S310 - loopback
    with urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
        return json.loads(answer.read())


def test_it_lists_all_our_actions_and_the_shops_own(server):
    with urlopen(server.replace("/webhook", "/actions"), timeout=30) as answer:  # noqa: S310
        listed = [one["name"] for one in json.loads(answer.read())]
    ours = [action.name() for action in all_actions(Nowhere(), Nowhere())]
    assert sorted(listed) == sorted([*ours, "action_wrap_gift"])


@pytest.mark.parametrize(
    ("action", "proof"),
    [
        ("action_order_status", "anna@example.com"),
        ("action_order_status", "eve@example.com"),
        ("action_order_known", None),
        ("action_which_order", None),
        ("action_upcoming_events", None),
        ("action_human_handoff", None),
    ],
)
def test_it_answers_rasa_as_in_our_own_process(server, here, action, proof):
    state = tracker(f"{action} {proof}", order_number="48213", email_or_postcode=proof)
    there = posted(server, action, state)
    result = here(action, {**state, "sender_id": f"{action} {proof} here"})
    assert there["responses"] == json.loads(json.dumps(list(result.responses)))
    assert there["events"] == json.loads(json.dumps(list(result.events)))
    assert there["responses"] or there["events"]


def test_a_shops_own_action_asks_the_same_ports(server):
    posted(
        server,
        "action_order_status",
        tracker("7", order_number="48213", email_or_postcode="anna@example.com"),
    )
    [event] = posted(server, "action_wrap_gift", tracker("7"))["events"]
    assert (event["name"], event["value"]) == ("found", True)


def test_a_conversation_is_played_with_that_server(server):
    run = ActionServer(server, DOMAIN.raw).run
    talk = Conversation(assistant=replace(assistant(), run_action=run))
    talk.say("where is my parcel?")
    assert talk.state.asked == "order_number"
    talk.say("48213")
    assert talk.state.asked == "email_or_postcode"
    assert "48213 is on its way" in words(talk.say("anna@example.com"))
    assert talk.state.stack == ()


def refused(folder, **given):
    """Return what a server that does not start says, and its status."""
    call = [sys.executable, "-m", "rasa_sdk", "--actions", MODULE, "--port", "0"]
    done = subprocess.run(  # noqa: S603 - our own words
        call, cwd=folder, env=around(**given), capture_output=True, timeout=60
    )
    return done.stderr.decode().splitlines()[-1], done.returncode


def test_without_a_home_it_says_in_one_line_what_is_missing(tmp_path):
    said, status = refused(tmp_path)
    assert said == (
        "frontdesk: FRONTDESK_HOME is not set, and there is no var: "
        "name that of `frontdesk run`"
    )
    assert status == 2
    assert not [*tmp_path.iterdir()]


def test_without_a_database_it_says_in_one_line_what_is_missing(tmp_path):
    said, status = refused(tmp_path, FRONTDESK_HOME=str(tmp_path))
    assert said.startswith("frontdesk: DATABASE_URL names no database with the tables")
    assert status == 2
    assert not [*tmp_path.glob("*.sqlite")]
