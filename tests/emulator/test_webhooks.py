"""Events reach the webhook: signed, in order, again after a failure, or as told."""

import json
import time
from typing import Any

import pytest

from tests.emulator.conftest import (
    OTHER_PAGE,
    PAGE,
    VERIFY_TOKEN,
    Emulator,
    Webhook,
    running_webhook,
)
from webhooks.signature import verify

Json = dict[str, Any]


def typed(webhook: Webhook) -> list[str]:
    return [event["message"]["text"] for event in webhook.of_kind("message")]


def test_the_signature_is_that_of_the_bytes_on_the_wire(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.customer(says="Größe 42 / 👋")

    webhook.wait_for("message")
    (body,), (headers,) = webhook.bodies, webhook.headers
    verify(body, headers["X-Hub-Signature-256"], ["a-secret-of-tests"])
    assert webhook.forged == 0
    assert headers["Content-Type"] == "application/json"
    assert b"Gr\\u00f6\\u00dfe 42 \\/ \\ud83d\\udc4b" in body


def test_the_body_has_the_shape_of_meta(emulator: Emulator, webhook: Webhook) -> None:
    psid = emulator.customer(says=None)

    mid = emulator.say(psid, text="hello")["mid"]

    webhook.wait_for("message")
    body = json.loads(webhook.bodies[0])
    sent_at = body["entry"][0]["time"]
    at = body["entry"][0]["messaging"][0]["timestamp"]
    assert 0 <= sent_at - at < 1000
    assert body == {
        "object": "page",
        "entry": [
            {
                "id": PAGE,
                "time": sent_at,
                "messaging": [
                    {
                        "sender": {"id": psid},
                        "recipient": {"id": PAGE},
                        "timestamp": at,
                        "message": {"mid": mid, "text": "hello"},
                    }
                ],
            }
        ],
    }


def test_one_customer_is_heard_in_order(emulator: Emulator, webhook: Webhook) -> None:
    psid = emulator.customer(says=None)
    said = [f"no. {number}" for number in range(30)]
    for text in said:
        emulator.say(psid, text=text)

    webhook.wait_for("message", 30)

    assert typed(webhook) == said


def test_a_failed_post_comes_again_with_the_same_bytes(
    emulator: Emulator, webhook: Webhook
) -> None:
    webhook.statuses = [500, 503, 302]
    psid = emulator.customer(says="first")
    emulator.say(psid, text="second")

    webhook.wait_for("message", 5)

    assert typed(webhook) == ["first"] * 4 + ["second"]
    assert len(set(webhook.bodies[:4])) == 1
    attempts = emulator.get("webhooks")["attempts"]
    assert [(a["attempt"], a["status"]) for a in attempts[:4]] == [
        (1, 500),
        (2, 503),
        (3, 302),
        (4, 200),
    ]


def test_one_customer_does_not_wait_for_another(
    emulator: Emulator, webhook: Webhook
) -> None:
    webhook.sleep_s = 0.6
    began = time.monotonic()
    for _ in range(5):
        emulator.customer(says="hello")

    webhook.wait_for("message", 5)

    assert time.monotonic() - began < 5 * 0.6


def test_a_receiver_that_is_down_loses_nothing(emulator: Emulator) -> None:
    emulator.faults(webhook={"tries_at_once": 2, "pause_s": 0.05})
    with running_webhook() as before:
        port = before.server_port
        emulator.post("webhooks", {"url": before.url})
    customers = [emulator.customer(says=None) for _ in range(5)]
    said = [f"no. {number}" for number in range(4)]
    for text in said:
        for psid in customers:
            emulator.say(psid, text=text)
    time.sleep(0.5)
    status = emulator.get("webhooks")
    assert status["waiting"] == 20
    assert "error" in status["attempts"][0]

    with running_webhook(port) as after:
        after.wait_for("message", 20)
        emulator.settle()

        for psid in customers:
            own = [e for e in after.of_kind("message") if e["sender"]["id"] == psid]
            assert [event["message"]["text"] for event in own] == said
        emulator.post("webhooks", {"url": None})


def test_a_receiver_that_was_started_again_is_found(emulator: Emulator) -> None:
    with running_webhook() as before:
        port = before.server_port
        emulator.post("webhooks", {"url": before.url})
        psid = emulator.customer(says="before")
        before.wait_for("message")

    with running_webhook(port) as after:
        emulator.say(psid, text="after")

        after.wait_for("message")
        assert typed(after) == ["after"]
        emulator.post("webhooks", {"url": None})


def test_a_receiver_may_close_each_connection(
    emulator: Emulator, webhook: Webhook
) -> None:
    webhook.version = "HTTP/1.0"
    psid = emulator.customer(says=None)
    for number in range(3):
        emulator.say(psid, text=f"no. {number}")

    webhook.wait_for("message", 3)

    emulator.settle()
    assert typed(webhook) == ["no. 0", "no. 1", "no. 2"]
    statuses = [attempt["status"] for attempt in emulator.get("webhooks")["attempts"]]
    assert statuses == [200, 200, 200]


def test_pauses_grow_between_tries(emulator: Emulator, webhook: Webhook) -> None:
    emulator.faults(
        webhook={"tries_at_once": 1, "pause_s": 0.05, "longest_pause_s": 0.2}
    )
    webhook.statuses = [500] * 6
    began = time.monotonic()
    emulator.customer(says="hello")

    webhook.wait_for("message", 7)

    # 0 + 0.05 + 0.1 + 0.2 + 0.2 + 0.2
    assert 0.75 <= time.monotonic() - began < 5


def test_a_receiver_that_is_too_slow_gets_it_again(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.faults(webhook={"deadline_s": 0.1})
    webhook.sleep_s = 0.3
    emulator.customer(says="hello")
    webhook.wait_for("message", 2)
    webhook.sleep_s = 0
    emulator.settle()

    assert set(typed(webhook)) == {"hello"}
    assert "no answer" in emulator.get("webhooks")["attempts"][0]["error"]


def test_a_page_is_unsubscribed_when_its_webhook_stays_away_too_long(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.faults(webhook={"give_up_s": 0.2, "pause_s": 0.05})
    webhook.statuses = [500] * 1000
    emulator.customer(says="hello")
    emulator.settle()

    answer = emulator.graph("GET", "me/subscribed_apps")

    assert answer.json()["data"] == []
    webhook.statuses = []
    emulator.graph("POST", "me/subscribed_apps", json={"subscribed_fields": "messages"})
    emulator.customer(says="better now")
    webhook.wait_for("message")
    emulator.settle()
    assert typed(webhook)[-1] == "better now"


def test_events_wait_until_there_is_a_webhook(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.post("webhooks", {"url": None})
    emulator.customer(says="hello")
    assert emulator.get("webhooks")["waiting"] == 1

    emulator.post("webhooks", {"url": webhook.url})

    webhook.wait_for("message")


def test_a_webhook_may_go_while_many_events_wait_for_it(
    emulator: Emulator, webhook: Webhook
) -> None:
    webhook.sleep_s = 0.3
    for _ in range(100):  # more than are posted at one time
        emulator.customer(says="hello")
    emulator.post("webhooks", {"url": None})
    time.sleep(0.5)
    webhook.sleep_s = 0

    emulator.post("webhooks", {"url": webhook.url})

    webhook.wait_for("message", 100)
    emulator.settle()
    assert len(webhook.of_kind("message")) == 100


def test_the_handshake_is_performed_on_demand(
    emulator: Emulator, webhook: Webhook
) -> None:
    done = emulator.post("webhooks/verify", {"challenge": "1158201444"})
    assert done == {"verified": True, "status": 200, "body": "1158201444"}

    assert emulator.post("webhooks/verify")["verified"] is True
    wrong = emulator.post("webhooks/verify", {"verify_token": f"not {VERIFY_TOKEN}"})
    assert (wrong["verified"], wrong["status"]) == (False, 403)


def test_a_handshake_with_the_wrong_challenge_fails(
    emulator: Emulator, webhook: Webhook
) -> None:
    webhook.challenge_answer = lambda query: (200, "something else")

    assert emulator.post("webhooks/verify")["verified"] is False


def test_a_handshake_with_nobody_fails(emulator: Emulator) -> None:
    with running_webhook() as gone:
        emulator.post("webhooks", {"url": gone.url})

    answer = emulator.post("webhooks/verify")

    assert answer["verified"] is False
    assert answer["error"]


@pytest.mark.parametrize("copies", [1, 5])
def test_posts_can_come_more_than_once(
    emulator: Emulator, webhook: Webhook, copies: int
) -> None:
    emulator.faults(webhook={"duplicates": copies})
    emulator.customer(says="hello")

    webhook.wait_for("message", 1 + copies)
    emulator.settle()

    assert typed(webhook) == ["hello"] * (1 + copies)
    assert len(set(webhook.bodies)) == 1


def test_events_can_come_in_batches(emulator: Emulator, webhook: Webhook) -> None:
    emulator.faults(webhook={"batch": 4, "batch_wait_s": 0.2})
    first, second = (
        emulator.customer(says=None),
        emulator.customer(says=None, page_id=OTHER_PAGE),
    )
    for number in range(3):
        emulator.say(first, text=f"no. {number}")
        emulator.say(second, text=f"no. {number}")

    webhook.wait_for("message", 6)

    sizes = [len(json.loads(body)["entry"]) for body in webhook.bodies]
    assert sizes == [4, 2]
    entries = json.loads(webhook.bodies[0])["entry"]
    assert {entry["id"] for entry in entries} == {PAGE, OTHER_PAGE}
    assert [
        e["message"]["text"] for e in webhook.events if e["sender"]["id"] == first
    ] == [
        "no. 0",
        "no. 1",
        "no. 2",
    ]


def test_events_can_come_out_of_order(emulator: Emulator, webhook: Webhook) -> None:
    emulator.faults(webhook={"reorder_s": 0.4}, seed=3)
    psid = emulator.customer(says=None)
    said = [f"no. {number}" for number in range(10)]
    for text in said:
        emulator.say(psid, text=text)

    webhook.wait_for("message", 10)

    assert typed(webhook) != said
    assert sorted(typed(webhook)) == said


def test_events_can_come_late_and_stay_in_order(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.faults(webhook={"delay_s": 0.3})
    began = time.monotonic()
    psid = emulator.customer(says="first")
    emulator.say(psid, text="second")

    webhook.wait_for("message", 2)

    assert time.monotonic() - began >= 0.3
    assert typed(webhook) == ["first", "second"]


def test_the_webhook_can_be_silent_and_get_everything_later(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.faults(webhook={"silence": "hold"})
    emulator.customer(says="hello")
    time.sleep(0.2)
    assert webhook.bodies == []

    emulator.faults()

    webhook.wait_for("message")


def test_the_webhook_can_be_silent_and_lose_everything(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.faults(webhook={"silence": "lose"})
    psid = emulator.customer(says="lost")
    emulator.faults()

    emulator.say(psid, text="heard")

    webhook.wait_for("message")
    emulator.settle()
    assert typed(webhook) == ["heard"]


def test_a_batch_goes_out_when_the_faults_are_cleared(
    emulator: Emulator, webhook: Webhook
) -> None:
    emulator.faults(webhook={"batch": 100, "batch_wait_s": 60})
    emulator.customer(says="hello")

    emulator.faults()

    webhook.wait_for("message")


def test_anything_can_be_sent_as_it_is(emulator: Emulator, webhook: Webhook) -> None:
    policy = {"recipient": {"id": PAGE}, "policy_enforcement": {"action": "block"}}
    change = {"field": "feed", "value": {"item": "comment"}}

    answer = emulator.post(
        f"pages/{PAGE}/events",
        {"messaging": [policy, "odd"], "standby": [policy], "changes": [change]},
    )

    assert answer == {"sent": 4}
    emulator.settle()
    entries = [json.loads(body)["entry"][0] for body in webhook.bodies]
    assert {"messaging", "standby", "changes"} <= {key for e in entries for key in e}
    assert webhook.forged == 0


@pytest.mark.parametrize("url", ["ftp://example.org", "nonsense", "http://"])
def test_a_webhook_must_be_an_address(emulator: Emulator, url: str) -> None:
    assert "http://" in emulator.refusal("webhooks", {"url": url})
