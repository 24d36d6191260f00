"""A shop's own layer over an upgrade of the installed package, as docs/run.md does it.

An older version is installed beside this one, from a checkout in an environment of its
own: this code with a number before and one of its flows as it might have been. A shop
adds an order adapter, an action and a flow to an empty home, talks to customers, and
puts the present version over the old one. Whatever it wrote is let be.
"""

import shutil
import socket
import subprocess
import sys
import sysconfig
import textwrap
import time
import tomllib
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
import requests

from benchmarks.kill.messenger import Messenger
from benchmarks.kill.site import Site
from tests.dialogue import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

PACKAGES = ("bot", "webhooks", "intents", "flows", "emulator", "data")
PAPERS = ("pyproject.toml", "README.md", "LICENSE")
PRESENT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
#: `return_item` as it might have been: nobody was asked back.
RETURN_BEFORE = """
flows:
  return_item:
    name: Return an item
    description: Take down which order something is to be returned from.
    steps:
    - id: number
      collect: order_number
    - action: utter_noted_return_item
    - link: pattern_human_handoff
"""
ORDERS = '''
import csv
from pathlib import Path

SHOP = Path(__file__).with_name("shop.csv")


def order(number):
    """Return the order of a number, None if we have none."""
    with SHOP.open() as shop:
        for row in csv.DictReader(shop):
            if row["number"] == number:
                return as_described(row)
    return None


def as_described(row):
    """Return an order as docs/orders.md describes it."""
    parcel = {
        "status": "in_transit",
        "courier": row["courier"],
        "tracking_number": row["tracking"],
    }
    return {
        "number": row["number"],
        "email": row["email"],
        "status": "shipped" if row["tracking"] else "processing",
        "parcels": [parcel] if row["tracking"] else [],
    }
'''
ACTION = """
from rasa_sdk import Action
from rasa_sdk.events import SlotSet


class PriceOfPaper(Action):
    def name(self):
        return "action_price_of_paper"

    async def run(self, dispatcher, tracker, domain):
        number = tracker.get_slot("order_number")
        dispatcher.utter_message(text=f"Paper for {number} is 3 pounds.")
        return [SlotSet("paper", "ordered")]
"""
OWN = {
    "orders.py": ORDERS,
    "shop.csv": """
        number,email,courier,tracking
        48213,ada@example.com,Royal Mail,RM123456785GB
    """,
    "actions/paper.py": ACTION,
    "data/domain.yml": """
        version: "3.1"
        intents: [gift_wrap]
        actions: [action_price_of_paper]
        slots:
          paper: {type: text, mappings: [{type: custom}]}
    """,
    "data/flows/gift_wrap.yml": """
        flows:
          gift_wrap:
            description: Wrap an order as a gift.
            steps:
            - collect: order_number
            - action: action_price_of_paper
    """,
    "data/nlu/en/gift_wrap.yml": """
        version: "3.1"
        nlu:
        - intent: gift_wrap
          examples: |
            - can you wrap it as a present?
            - please wrap my order in gift paper
            - gift wrapping
            - I would like it gift wrapped
            - do you wrap presents?
    """,
}


@dataclass
class Checkout:
    """A version of Frontdesk in a folder, installed into an environment of its own."""

    folder: Path
    python: Path = field(init=False)

    def __post_init__(self):
        environment = self.folder.with_name("environment")
        run(sys.executable, "-m", "venv", "--without-pip", environment)
        self.python = environment / "bin" / "python"
        # What it needs is installed beside us already: nothing is fetched.
        (packages,) = environment.glob("lib/python*/site-packages")
        (packages / "needs.pth").write_text(sysconfig.get_path("purelib"))

    def hold(self, version):
        """Take the files of a version, as `git pull` does, and install them."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for name in PACKAGES:
            shutil.copytree(
                ROOT / name,
                self.folder / name,
                ignore=shutil.ignore_patterns("__pycache__"),
            )
        for name in PAPERS:
            shutil.copy(ROOT / name, self.folder)
        (self.folder / "build").mkdir()
        shutil.copytree(ROOT / "build" / "models", self.folder / "build" / "models")
        paper = self.folder / "pyproject.toml"
        said = paper.read_text().replace(
            f'version = "{PRESENT}"', f'version = "{version}"'
        )
        paper.write_text(said)
        self.install()

    def install(self):
        """Install it as `make install` does, into this environment."""
        run(
            *(sys.executable, "-m", "pip", "--python", self.python, "install"),
            *("--quiet", "--no-index", "--no-deps", "--no-build-isolation"),
            *("--disable-pip-version-check", "--editable", self.folder),
        )

    def version(self):
        """Return which version is installed, and from where it is run."""
        told = "import bot, importlib.metadata as m; print(m.version('frontdesk'))"
        shown = f"{told}; print(bot.__file__)"
        return run(self.python, "-c", shown, cwd=self.folder.parent).split()


def run(*words, **options):
    done = subprocess.run(  # noqa: S603 - our own words
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass
class Shop:
    """A home, a Messenger, and the version that is installed."""

    checkout: Checkout
    site: Site

    @property
    def settings(self):
        """Return the settings: those of a shop that has a file for its orders."""
        kept = dict(self.site.settings)
        del kept["PYTHONPATH"], kept["FRONTDESK_DEMO"], kept["FRONTDESK_CLOCK_URL"]
        return {**kept, "FRONTDESK_ORDERS": "own", "FRONTDESK_LANGUAGES": "en"}

    @contextmanager
    def open(self):
        """Start the version that is installed; end it as a deploy does."""
        frontdesk = self.checkout.python.with_name("frontdesk")
        run(frontdesk, "migrate", env=self.settings, cwd=self.site.folder)
        with (self.site.folder / "log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own words
                [frontdesk, "run"],
                env=self.settings,
                cwd=self.site.folder,
                stdout=log,
                stderr=log,
            )
        try:
            self._await()
            yield
        finally:
            family = psutil.Process(process.pid).children(recursive=True)
            process.terminate()
            process.wait(30)
            psutil.wait_procs(family, 10)

    def _await(self):
        until = time.monotonic() + 240
        while True:
            try:
                if requests.get(f"{self.site.url}/healthz", timeout=5).ok:
                    return
            except requests.ConnectionError:
                pass
            log = self.site.folder / "log"
            assert time.monotonic() < until, log.read_text()[-2000:]
            time.sleep(0.2)

    def own(self):
        """Return all that the shop wrote, by its path."""
        home = self.site.folder / "home"
        return {name: (home / name).read_bytes() for name in OWN}


class Customer:
    """Somebody on Messenger."""

    def __init__(self, messenger):
        self._messenger, self.psid = messenger, messenger.customer()
        self._heard = 0

    def says(self, text):
        """Return all that is answered to a text, until it is quiet for a while."""
        self._messenger.say(self.psid, text=text)
        told, wait = "", 30.0
        while heard := self._messenger.heard(self.psid, self._heard, wait):
            told += "\n".join(one.get("text", "") for one in heard) + "\n"
            self._heard, wait = heard[-1]["n"], 1.5
        return told


@pytest.fixture
def shop(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    messenger = Messenger(f"http://127.0.0.1:{port}/webhook")
    home = tmp_path / "home"
    for name, text in OWN.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip())
    site = Site(
        folder=tmp_path,
        database=f"sqlite:///{home}/frontdesk.sqlite",
        port=port,
        messenger=messenger,
        tickets=(),
        environment="upgrade",
    )
    yield Shop(Checkout(tmp_path / "frontdesk"), site)
    messenger.close()


def test_a_shops_own_adapter_action_and_flow_work_on_over_an_upgrade(shop):
    assert len((shop.site.folder / "home/orders.py").read_text().splitlines()) <= 30
    shop.checkout.hold("0.0.9")
    flow = shop.checkout.folder / "data" / "flows" / "return_item.yml"
    flow.write_text(RETURN_BEFORE)
    assert shop.checkout.version()[0] == "0.0.9"
    messenger, own = shop.site.messenger, shop.own()
    with shop.open():
        works(Customer(messenger))
        in_the_middle = Customer(messenger)
        asked = in_the_middle.says("I want to return something")
        assert "order number" in asked

    shop.checkout.hold(PRESENT)
    version, path = shop.checkout.version()
    assert version == PRESENT
    assert Path(path).is_relative_to(shop.checkout.folder)
    with shop.open():
        ended = in_the_middle.says("48213")
        assert "Shall I pass that on" not in ended
        assert "colleague" in ended
        new = Customer(messenger)
        new.says("I want to return something")
        assert "Shall I pass that on" in new.says("48213")
        works(Customer(messenger))
    assert shop.own() == own


def works(customer):
    """Look at the shop's flow, its action and its orders."""
    customer.says("can you wrap it as a present?")
    assert "Paper for 48213 is 3 pounds." in customer.says("48213")
    customer.says("where is my order 48213?")
    assert "RM123456785GB" in customer.says("ada@example.com")
