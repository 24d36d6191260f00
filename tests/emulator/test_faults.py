"""Graph misbehaves as it is told, as often as it is told, to whom it is told."""

import socket
import time
from typing import Any

import pytest
import requests

from emulator import faults as faults_module
from emulator.faults import (
    ConnectionFaults,
    GraphFault,
    ReceiptFaults,
    WebhookFaults,
)
from tests.emulator.conftest import TOKEN, Emulator, Webhook

Json = dict[str, Any]


def send(emulator: Emulator, psid: str, text: str = "hi", timeout: float = 5) -> Any:
    """Send over a connection of its own, as resets must not meet another test's."""
    body = {"recipient": {"id": psid}, "message": {"text": text}}
    return requests.post(
        f"{emulator.url}/v26.0/me/messages",
        json=body,
        headers={"Authorization": f"Bearer {TOKEN}", "Connection": "close"},
        timeout=timeout,
    )


def texts(emulator: Emulator, psid: str) -> list[str]:
    return [message["text"] for message in emulator.messages(psid)]


@pytest.mark.parametrize(
    ("code", "subcode", "text"),
    [
        (1, None, "An unknown error occurred"),
        (2, None, "Service temporarily unavailable"),
        (4, None, "Application request limit reached"),
        (1200, 2018024, "Temporary send message failure. Please try again later."),
        (368, None, "abusive"),
        (-1, 2018012, "(#-1)"),
    ],
)
def test_an_error_of_choice(
    emulator: Emulator, code: int, subcode: int | None, text: str
) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "error", "code": code, "subcode": subcode})

    answer = send(emulator, psid)

    error = answer.json()["error"]
    assert answer.status_code == 400
    assert (error["code"], error.get("error_subcode")) == (code, subcode)
    assert text in error["message"]
    assert emulator.messages(psid) == []
    (entry,) = emulator.requests()
    assert (entry["accepted"], entry["fault"]) == (False, "error")


def test_a_transient_error_is_marked(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "error", "code": 2, "transient": True, "status": 500})

    answer = send(emulator, psid)

    assert answer.status_code == 500
    assert answer.json()["error"]["is_transient"] is True


def test_a_token_error_of_choice_has_its_header(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "error", "code": 190, "subcode": 460})

    assert "invalid_token" in send(emulator, psid).headers["WWW-Authenticate"]


def test_an_error_after_the_message_was_accepted(
    emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer()
    fault = {"do": "error", "code": 1, "subcode": 1357046, "accept": True}
    emulator.faults(graph=fault)

    answer = send(emulator, psid)

    assert answer.json()["error"]["error_subcode"] == 1357046
    assert texts(emulator, psid) == ["hi"]
    (echo,) = webhook.wait_for("echo")
    (entry,) = emulator.requests()
    assert entry["accepted"] is True
    assert entry["message_id"] == echo["message"]["mid"]


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
@pytest.mark.parametrize("accept", [True, False])
def test_a_bare_status(emulator: Emulator, status: int, accept: bool) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "status", "status": status, "accept": accept})

    answer = send(emulator, psid)

    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert texts(emulator, psid) == (["hi"] if accept else [])


def test_graph_hangs_after_it_has_accepted(
    emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "hang", "seconds": 0.5})

    with pytest.raises(requests.Timeout):
        send(emulator, psid, timeout=0.2)
    webhook.wait_for("echo")
    began = time.monotonic()
    answer = send(emulator, psid)

    assert time.monotonic() - began > 0.5
    assert answer.json().keys() == {"recipient_id", "message_id"}
    assert len(emulator.messages(psid)) == 2


def test_graph_hangs_and_takes_nothing(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "hang", "seconds": 0.1, "accept": False})

    with pytest.raises(requests.ConnectionError):
        send(emulator, psid)

    assert emulator.messages(psid) == []


def test_a_connection_is_reset_before_the_body_is_read(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "reset_before_reading", "count": 1})
    host, port = emulator.url.removeprefix("http://").split(":")

    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(
            b"POST /v26.0/me/messages HTTP/1.1\r\nHost: x\r\n"
            b"Content-Length: 100\r\n\r\n{"  # and the rest never comes
        )
        with pytest.raises(ConnectionResetError):
            connection.recv(1)

    assert emulator.messages(psid) == []
    (entry,) = emulator.requests()
    assert (entry["accepted"], entry["status"]) == (False, None)
    assert send(emulator, psid).status_code == 200


def test_a_connection_is_reset_for_one_customer(emulator: Emulator) -> None:
    unlucky, lucky = emulator.customer(), emulator.customer()
    emulator.faults(graph={"do": "reset_before_reading", "customer": unlucky})

    with pytest.raises(requests.ConnectionError):
        send(emulator, unlucky)

    assert send(emulator, lucky).status_code == 200
    assert emulator.messages(unlucky) == []


def test_a_connection_is_reset_after_the_message_was_accepted(
    emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "reset_after_accept"})

    with pytest.raises(requests.ConnectionError):
        send(emulator, psid)

    webhook.wait_for("echo")
    assert texts(emulator, psid) == ["hi"]


def test_200_with_html(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "html"})

    answer = send(emulator, psid)

    assert answer.status_code == 200
    assert answer.text.startswith("<!DOCTYPE html>")
    assert texts(emulator, psid) == ["hi"]


def test_200_with_nothing(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "empty"})

    answer = send(emulator, psid)

    assert (answer.status_code, answer.content) == (200, b"")
    assert texts(emulator, psid) == ["hi"]


def test_200_with_half_of_the_json(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "truncated"})

    answer = send(emulator, psid)

    assert answer.content.startswith(b'{"recipient_id"')
    with pytest.raises(ValueError, match="JSON|Unterminated|Expecting"):
        answer.json()
    assert texts(emulator, psid) == ["hi"]


def test_200_that_ends_too_early(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "cut"})

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        send(emulator, psid)

    assert texts(emulator, psid) == ["hi"]


def test_200_without_a_message_id(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "no_message_id"})

    assert send(emulator, psid).json() == {"recipient_id": psid}
    assert texts(emulator, psid) == ["hi"]


def test_a_fault_ends_when_its_count_is_used_up(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "error", "code": 2, "count": 2})

    statuses = [send(emulator, psid).status_code for _ in range(4)]

    assert statuses == [400, 400, 200, 200]


def test_a_fault_of_chance_can_be_repeated_by_its_seed(emulator: Emulator) -> None:
    psid = emulator.customer()

    def statuses() -> list[int]:
        emulator.faults(graph={"do": "error", "probability": 0.5}, seed=7)
        return [emulator.send(psid, "hi").status_code for _ in range(40)]

    first = statuses()

    assert statuses() == first
    assert 8 < first.count(400) < 32


def test_a_fault_may_be_meant_for_one_customer_or_text(emulator: Emulator) -> None:
    ada, bruno = emulator.customer(), emulator.customer()
    emulator.faults(
        graph=[
            {"do": "error", "code": 2, "customer": ada},
            {"do": "error", "code": 4, "text": "parcel"},
        ]
    )

    assert send(emulator, ada).json()["error"]["code"] == 2
    assert send(emulator, bruno, "your parcel").json()["error"]["code"] == 4
    assert send(emulator, bruno, "your letter").status_code == 200


def test_a_fault_of_sends_leaves_actions_and_profiles_alone(emulator: Emulator) -> None:
    psid = emulator.customer()
    typing = {"recipient": {"id": psid}, "sender_action": "typing_on"}

    def statuses() -> list[int]:
        return [
            emulator.graph("POST", "me/messages", json=typing).status_code,
            emulator.graph("GET", psid).status_code,
            emulator.graph("GET", "me/message_templates").status_code,
            emulator.send(psid, "hi").status_code,
        ]

    emulator.faults(graph={"do": "error"})
    assert statuses() == [200, 200, 200, 400]
    emulator.faults(graph=[{"do": "error", "on": "action"}])
    assert statuses() == [400, 200, 200, 200]
    emulator.faults(graph=[{"do": "error", "on": "profile"}])
    assert statuses() == [200, 400, 200, 200]
    emulator.faults(graph=[{"do": "error", "on": "template"}])
    assert statuses() == [200, 200, 400, 200]
    emulator.faults(graph=[{"do": "error", "on": "any"}])
    assert statuses() == [400, 400, 400, 400]


def test_what_is_refused_anyway_is_refused_as_ever(emulator: Emulator) -> None:
    emulator.faults(graph={"do": "no_message_id"})

    assert send(emulator, "4711").json()["error"]["error_subcode"] == 2018001


def test_nothing_clears_all_faults(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "error"}, webhook={"silence": "hold"})

    emulator.faults()

    assert send(emulator, psid).status_code == 200
    assert emulator.get("faults")["faults"]["webhook"]["silence"] == "no"


def test_the_faults_that_are_left_can_be_seen(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.faults(graph={"do": "error", "count": 3}, echoes={"off": True})
    send(emulator, psid)

    left = emulator.get("faults")["faults"]

    assert left["graph"][0]["count"] == 2
    assert left["echoes"]["off"] is True


def test_every_key_is_documented(emulator: Emulator) -> None:
    told = "\n".join(emulator.get("faults")["help"])

    assert told == faults_module.__doc__.rstrip("\n")
    for section in (GraphFault, WebhookFaults, ReceiptFaults, ConnectionFaults):
        for key in section.__dataclass_fields__:
            assert key in told
    for do in ("html", "empty", "truncated", "cut", "no_message_id", "hang", "status"):
        assert do in told


@pytest.mark.parametrize(
    ("faults", "word"),
    [
        ({"grpah": []}, "grpah"),
        ({"graph": {"do": "explode"}}, "one of"),
        ({"graph": {"do": "error", "cuont": 1}}, "cuont"),
        ({"graph": {"code": 2}}, "do"),
        ({"graph": {"do": "error", "probability": 2}}, "probability"),
        ({"graph": {"do": "status", "status": 999}}, "999"),
        ({"graph": "error"}, "object"),
        ({"webhook": {"duplicates": 6}}, "duplicates"),
        ({"webhook": {"batch": 0}}, "batch"),
        ({"webhook": {"delay_s": -1}}, "negative"),
        ({"webhook": {"silence": True}}, "silence"),
        ({"echoes": {"off": 1}}, "off"),
        ({"echoes": {"times": -1}}, "negative"),
    ],
)
def test_a_fault_that_is_wrong_is_explained(
    emulator: Emulator, faults: Json, word: str
) -> None:
    assert word in emulator.refusal("faults", faults)
