"""The app and its webhook, and every way in which a connection can be broken."""

from typing import Any

import pytest
import requests

from tests.emulator.conftest import (
    APP_ID,
    APP_SECRET,
    PAGE,
    TOKEN,
    VERIFY_TOKEN,
    Emulator,
    Webhook,
    running_webhook,
)

Json = dict[str, Any]
APP_TOKEN = f"{APP_ID}|{APP_SECRET}"
SUBSCRIPTIONS = f"{APP_ID}/subscriptions"


def as_app(emulator: Emulator, method: str, path: str, **how: Any) -> requests.Response:
    return emulator.graph(method, path, token=how.pop("token", APP_TOKEN), **how)


def error(answer: requests.Response) -> tuple[int, int | None]:
    assert answer.status_code == 400, answer.text
    found = answer.json()["error"]
    return found["code"], found.get("error_subcode")


def subscribing(url: str, fields: str = "messages", **more: str) -> Json:
    asked = {"object": "page", "callback_url": url, "verify_token": VERIFY_TOKEN}
    return asked | {"fields": fields} | more


def inspected(emulator: Emulator) -> Json:
    asked = {"input_token": TOKEN}
    return as_app(emulator, "GET", "debug_token", params=asked).json()["data"]


def test_the_app_tells_its_name_to_those_who_know_its_secret(
    emulator: Emulator,
) -> None:
    assert as_app(emulator, "GET", APP_ID).json() == {"id": APP_ID, "name": "Frontdesk"}
    assert error(as_app(emulator, "GET", APP_ID, token=f"{APP_ID}|wrong")) == (
        190,
        None,
    )
    assert error(as_app(emulator, "GET", "app", token="1|secret")) == (190, None)


def test_the_apps_webhook_is_listed(emulator: Emulator, webhook: Webhook) -> None:
    (listed,) = as_app(emulator, "GET", SUBSCRIPTIONS).json()["data"]

    assert (listed["object"], listed["active"]) == ("page", True)
    assert listed["callback_url"] == webhook.url
    assert "messages" in [field["name"] for field in listed["fields"]]


def test_the_webhook_moves_to_where_the_handshake_succeeds(emulator: Emulator) -> None:
    with running_webhook() as other:
        asked = subscribing(other.url, "messages,message_echoes")
        answer = as_app(emulator, "POST", SUBSCRIPTIONS, json=asked)
        assert answer.json() == {"success": True}
        emulator.customer(says="is this the new address?")

        (message,) = other.wait_for("message")
        assert message["message"]["text"] == "is this the new address?"
        emulator.post("webhooks", {"url": None})


def test_a_handshake_that_fails_changes_nothing(
    emulator: Emulator, webhook: Webhook
) -> None:
    wrong = subscribing(webhook.url, verify_token="wrong")
    nobody = subscribing("http://127.0.0.1:9/webhook")

    assert error(as_app(emulator, "POST", SUBSCRIPTIONS, json=wrong)) == (2200, None)
    assert error(as_app(emulator, "POST", SUBSCRIPTIONS, json=nobody)) == (2200, None)

    webhook.challenge_answer = lambda query: (200, "something else")
    asked = subscribing(webhook.url)
    assert error(as_app(emulator, "POST", SUBSCRIPTIONS, json=asked)) == (2201, None)
    (listed,) = as_app(emulator, "GET", SUBSCRIPTIONS).json()["data"]
    assert len(listed["fields"]) > 1


def test_what_the_app_is_not_subscribed_to_does_not_come(
    emulator: Emulator, webhook: Webhook
) -> None:
    asked = subscribing(webhook.url, "message_echoes")
    as_app(emulator, "POST", SUBSCRIPTIONS, json=asked)

    psid = emulator.customer(says="hello?")
    emulator.sent(psid, "hello!")

    webhook.wait_for("echo")
    assert webhook.of_kind("message") == []


def test_an_app_secret_that_was_reset_opens_nothing_and_signs_nothing_well(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.faults(connection={"app_secret": "reset"})

    new = emulator.get("settings")["FACEBOOK_APP_SECRET"]
    assert new != APP_SECRET
    assert error(as_app(emulator, "GET", APP_ID)) == (190, None)
    assert as_app(emulator, "GET", APP_ID, token=f"{APP_ID}|{new}").status_code == 200
    emulator.customer()
    webhook.wait_for("message")
    assert webhook.forged == 1

    emulator.faults()
    assert as_app(emulator, "GET", APP_ID).status_code == 200


@pytest.mark.parametrize(
    ("state", "subcode"),
    [("expired", 463), ("password_changed", 460), ("role_lost", 492)],
)
def test_a_token_that_ended_is_refused_and_inspected_as_such(
    emulator: Emulator, state: str, subcode: int
) -> None:
    emulator.faults(connection={"token": state})

    told = inspected(emulator)
    assert told["is_valid"] is False
    assert (told["error"]["code"], told["error"]["subcode"]) == (190, subcode)
    assert error(emulator.graph("GET", "me")) == (190, subcode)

    emulator.faults()
    assert inspected(emulator)["is_valid"] is True


def test_a_token_without_a_scope_may_not_do_what_it_is_for(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(connection={"without_scopes": ["pages_messaging"]})

    assert "pages_messaging" not in inspected(emulator)["scopes"]
    assert error(emulator.send(psid, "hi")) == (200, None)
    assert emulator.graph("GET", "me/subscribed_apps").status_code == 200


def test_a_webhook_out_of_reach_gets_neither_handshake_nor_events(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.faults(connection={"webhook": "unreachable"})

    asked = subscribing(webhook.url)
    assert error(as_app(emulator, "POST", SUBSCRIPTIONS, json=asked)) == (2200, None)
    emulator.customer(says="can you hear me?")
    assert webhook.bodies == []

    emulator.faults()
    webhook.wait_for("message")


def test_events_of_another_apps_webhook_are_signed_with_its_secret(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.faults(connection={"signature": "another_app"})
    emulator.customer()
    webhook.wait_for("message")
    assert webhook.forged == 1


def test_a_subscription_that_is_gone_can_be_made_again(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.faults(connection={"subscription": "removed"})
    assert emulator.graph("GET", "me/subscribed_apps").json() == {"data": []}

    fields = {"subscribed_fields": "messages"}
    emulator.graph("POST", "me/subscribed_apps", json=fields)

    emulator.customer()
    webhook.wait_for("message")


def test_an_apps_webhook_that_is_elsewhere_can_be_brought_back(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.faults(connection={"subscription": "elsewhere"})
    (listed,) = as_app(emulator, "GET", SUBSCRIPTIONS).json()["data"]
    assert listed["callback_url"] == "https://old.example/webhook"
    emulator.customer(says="lost")

    as_app(emulator, "POST", SUBSCRIPTIONS, json=subscribing(webhook.url))
    emulator.customer(says="found")

    (message,) = webhook.wait_for("message")
    assert message["message"]["text"] == "found"


def test_a_profile_that_was_removed_is_empty(emulator: Emulator) -> None:
    start = {"get_started": {"payload": "GET_STARTED"}}
    emulator.graph("POST", "me/messenger_profile", json=start)

    emulator.faults(connection={"profile": "removed"})

    asked = {"fields": "get_started"}
    answer = emulator.graph("GET", "me/messenger_profile", params=asked)
    assert answer.json() == {"data": []}


def test_a_page_that_is_not_published_says_so(emulator: Emulator) -> None:
    def published() -> bool:
        asked = {"fields": "is_published"}
        return emulator.graph("GET", PAGE, params=asked).json()["is_published"]

    assert published() is True
    emulator.faults(connection={"page": "unpublished"})
    assert published() is False


def test_a_restricted_page_sends_nothing(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(connection={"page": "restricted"})
    assert error(emulator.send(psid, "hi")) == (10, 1893063)


def test_in_development_mode_only_testers_can_be_written_to(emulator: Emulator) -> None:
    psid, tester = emulator.customer(), emulator.customer()
    emulator.faults(connection={"mode": "development", "testers": [tester]})

    assert error(emulator.send(psid, "hi")) == (200, 2018028)
    assert emulator.send(tester, "hi").status_code == 200
