"""From a shop's system to a customer's phone, with the server as it runs."""

import time
from dataclasses import replace

import pytest

from bot.commands.stage import local_session, server, stage
from tests.bot.shop.notices.conftest import SECRET, after
from tests.shops.senders import OrdersSender, described_order

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

OUT = [{"status": "out_for_delivery", "tracking_number": "JD3", "courier": "DHL"}]


class Phone:
    """A customer with a phone, played by the emulator."""

    def __init__(self, emulator, session):
        self._emulator, self._session = emulator, session
        self.psid = self._post("customers", name="Anna")["psid"]
        self._seen = 0

    def says(self, text):
        self._post(f"customers/{self.psid}/say", text=text)

    def hears(self, words, seconds=60):
        """Wait until the Page has said these words."""
        until, texts = time.monotonic() + seconds, []
        while time.monotonic() < until:
            texts += self._news()
            if any(words in text for text in texts):
                return
        raise AssertionError(f"{words!r} is not in {texts}")

    def _news(self):
        query = {"after": self._seen, "wait": 2}
        url = f"{self._emulator}/api/customers/{self.psid}/messages"
        found = self._session.get(url, params=query).json()["messages"]
        self._seen += len(found)
        return [one.get("text") or "" for one in found]

    def _post(self, path, **content):
        answer = self._session.post(f"{self._emulator}/api/{path}", json=content)
        assert answer.ok, answer.text
        return answer.json()


def test_a_push_fills_the_tables_and_reaches_who_wanted_to_hear():
    with stage([]) as on, local_session() as session:
        env = {"ORDERS_WEBHOOK_SECRET": SECRET, "FRONTDESK_LANGUAGES": "en"}
        env["FRONTDESK_QUIET_HOURS"] = "off"  # it may be night where tests run
        on = replace(on, env={**on.env, **env})
        with server(on):
            emulator = on.env["GRAPH_URL"]
            webhook = {"url": f"{on.url}/webhook"}
            assert session.post(f"{emulator}/api/webhooks", json=webhook).ok
            shop = OrdersSender(f"{on.url}/webhook/orders", SECRET)
            assert shop.send(described_order()) == 200
            time.sleep(3)
            phone = Phone(emulator, session)
            phone.says("where is my order 48213?")
            phone.hears("e-mail")
            phone.says("anna@example.com")
            phone.hears("Shall I tell you here when order 48213 moves?")
            phone.says("yes")
            phone.hears("I'll write to you here")
            sent = after(described_order(status="shipped", parcels=OUT), 60)
            assert shop.send(sent, times=2) == 200
            phone.hears("It's out for delivery.", 20)
