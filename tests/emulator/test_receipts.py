"""A message the Page sends is answered, shown, echoed, delivered and read."""

from typing import Any

import pytest

from tests.emulator.conftest import APP_ID, PAGE, Emulator, Webhook

Json = dict[str, Any]


def test_an_accepted_message_gets_an_id_and_appears_in_the_thread(
    emulator: Emulator,
) -> None:
    psid = emulator.customer()

    answer = emulator.send(psid, "On its way", tag=None)

    mid = answer.json()["message_id"]
    assert answer.json() == {"recipient_id": psid, "message_id": mid}
    (message,) = emulator.messages(psid)
    assert message.pop("at").endswith("Z")
    assert message == {
        "n": 1,
        "mid": mid,
        "text": "On its way",
        "quick_replies": [],
        "messaging_type": "RESPONSE",
        "tag": None,
    }


def test_an_echo_carries_the_app_and_the_metadata(
    emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer()

    mid = emulator.sent(psid, {"text": "On its way", "metadata": "v1:7:1"})

    (echo,) = webhook.wait_for("echo")
    assert echo["sender"] == {"id": PAGE}
    assert echo["recipient"] == {"id": psid}
    assert echo["message"] == {
        "mid": mid,
        "is_echo": True,
        "app_id": int(APP_ID),
        "metadata": "v1:7:1",
        "text": "On its way",
    }


def test_delivery_and_read_follow_the_echo_in_this_order(
    emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer()
    mid = emulator.sent(psid, "On its way")

    (read,) = webhook.wait_for("read")

    kinds = [
        key for event in webhook.events for key in ("message", "delivery", "read")
        if key in event
    ]  # fmt: skip
    assert kinds == ["message", "message", "delivery", "read"]
    (delivery,) = webhook.of_kind("delivery")
    assert delivery["sender"] == {"id": psid}
    assert delivery["delivery"]["mids"] == [mid]
    (echo,) = webhook.of_kind("echo")
    assert read["read"]["watermark"] >= echo["timestamp"]


def test_a_customer_with_a_phone_reads_when_the_phone_has_shown_it(
    emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer(reads="shown")
    emulator.sent(psid, "On its way")
    webhook.wait_for("delivery")
    emulator.settle()
    assert webhook.of_kind("read") == []

    emulator.post(f"customers/{psid}/read")

    webhook.wait_for("read")


def test_a_customer_who_never_reads_tells_nobody(
    emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer(reads="never")
    emulator.sent(psid, "On its way")
    webhook.wait_for("delivery")

    emulator.post(f"customers/{psid}/read")

    emulator.settle()
    assert webhook.of_kind("read") == []


@pytest.mark.parametrize(
    ("section", "kind"),
    [("echoes", "echo"), ("deliveries", "delivery"), ("reads", "read")],
)
class TestReceiptFaults:
    def test_receipts_can_be_switched_off(
        self, emulator: Emulator, webhook: Webhook, section: str, kind: str
    ) -> None:
        emulator.faults(**{section: {"off": True}})
        psid = emulator.customer()

        emulator.sent(psid, "On its way")

        webhook.wait_for("delivery" if kind == "read" else "read")
        emulator.settle()
        assert webhook.of_kind(kind) == []

    def test_receipts_can_come_twice(
        self, emulator: Emulator, webhook: Webhook, section: str, kind: str
    ) -> None:
        emulator.faults(**{section: {"times": 2}})
        psid = emulator.customer()

        emulator.sent(psid, "On its way")

        webhook.wait_for(kind, 2)
        emulator.settle()
        assert len(webhook.of_kind(kind)) == 2

    def test_receipts_can_come_late_without_holding_up_the_customer(
        self, emulator: Emulator, webhook: Webhook, section: str, kind: str
    ) -> None:
        emulator.faults(**{section: {"delay_s": 0.5}})
        psid = emulator.customer()
        emulator.sent(psid, "On its way")

        emulator.say(psid, text="thanks")

        webhook.wait_for("message", 2)
        assert webhook.of_kind(kind) == []
        webhook.wait_for(kind)

    def test_receipts_can_be_there_before_graph_answers(
        self, emulator: Emulator, webhook: Webhook, section: str, kind: str
    ) -> None:
        emulator.faults(**{section: {"before_response": True}})
        psid = emulator.customer()

        emulator.sent(psid, "On its way")

        assert len(webhook.of_kind(kind)) == 1
        emulator.settle()
        assert len(webhook.of_kind(kind)) == 1


def test_graph_answers_if_nobody_takes_the_echo_before_it(emulator: Emulator) -> None:
    emulator.faults(
        echoes={"before_response": True}, webhook={"deadline_s": 0.2, "silence": "hold"}
    )
    psid = emulator.customer()

    emulator.sent(psid, "On its way")

    assert emulator.messages(psid)[0]["text"] == "On its way"


def test_graph_answers_if_nobody_is_subscribed_to_the_echo(emulator: Emulator) -> None:
    emulator.faults(echoes={"before_response": True})
    emulator.graph("DELETE", "me/subscribed_apps")

    emulator.sent(emulator.customer(), "On its way")

    emulator.settle()


def test_all_that_was_written_is_seen_at_once(emulator: Emulator) -> None:
    psid = emulator.customer(says="one")
    emulator.say(psid, text="two")
    body = {"recipient": {"id": psid}, "sender_action": "mark_seen"}

    def see() -> list[str]:
        emulator.graph("POST", "me/messages", json=body)
        items = emulator.get(f"customers/{psid}/thread")["items"]
        return [item["status"] for item in items]

    assert see() == ["seen", "seen"]
    emulator.sent(psid, "three")
    emulator.say(psid, text="four")
    assert see() == ["seen", "seen", "sent", "seen"]


def test_an_echo_of_a_template_carries_it_as_an_attachment(
    emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer()
    payload = {
        "template_type": "button",
        "text": "Shall I?",
        "buttons": [{"type": "postback", "title": "Yes", "payload": "YES"}],
    }

    emulator.sent(psid, {"attachment": {"type": "template", "payload": payload}})

    (echo,) = webhook.wait_for("echo")
    assert echo["message"]["attachments"] == [{"type": "template", "payload": payload}]
    (message,) = emulator.messages(psid)
    assert message["attachment"] == {"type": "template", "payload": payload}
    assert "text" not in message


def test_a_reply_in_the_page_inbox_is_echoed_as_another_app(
    emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer()

    answer = emulator.post(f"pages/{PAGE}/inbox", {"psid": psid, "text": "Jo here"})

    (echo,) = webhook.wait_for("echo")
    assert echo["message"]["app_id"] == 263902037430900
    assert echo["message"]["mid"] == answer["mid"]
    assert emulator.messages(psid)[0]["text"] == "Jo here"
    assert emulator.requests() == []


def test_a_reply_without_an_app_is_echoed_without_one(
    emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer()

    emulator.post(
        f"pages/{PAGE}/inbox", {"psid": psid, "text": "Jo here", "app_id": None}
    )

    (echo,) = webhook.wait_for("echo")
    assert "app_id" not in echo["message"]
