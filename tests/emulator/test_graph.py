"""The Graph API where nothing is wrong: encodings, objects, set-up."""

import hmac
import json
from typing import Any

import pytest

from tests.emulator.conftest import (
    APP_ID,
    APP_SECRET,
    PAGE,
    TOKEN,
    Emulator,
    Webhook,
)

Json = dict[str, Any]
APP_TOKEN = f"{APP_ID}|{APP_SECRET}"


def send_body(psid: str) -> Json:
    return {
        "recipient": {"id": psid},
        "messaging_type": "RESPONSE",
        "message": {"text": "hä 👋"},
    }


def as_fields(body: Json) -> dict[str, str]:
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in body.items()}


def as_parts(body: Json) -> dict[str, tuple[None, str]]:
    return {key: (None, value) for key, value in as_fields(body).items()}


ENCODINGS = {
    "json": lambda body: {"json": body},
    "form": lambda body: {"data": as_fields(body)},
    "query": lambda body: {"params": as_fields(body)},
    "multipart": lambda body: {"files": as_parts(body)},
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("owner", ["me", PAGE])
@pytest.mark.parametrize("version", ["v2.6/", "v21.0/", "v26.0/", ""])
def test_a_message_may_be_written_in_every_encoding(
    emulator: Emulator, encoding: str, owner: str, version: str
) -> None:
    psid = emulator.customer()
    how = ENCODINGS[encoding](send_body(psid))

    answer = emulator.session.post(
        f"{emulator.url}/{version}{owner}/messages",
        headers={"Authorization": f"Bearer {TOKEN}"},
        **how,
    )

    assert answer.status_code == 200, answer.text
    assert emulator.messages(psid)[0]["text"] == "hä 👋"


@pytest.mark.parametrize("place", ["header", "query", "form", "json"])
def test_the_token_may_stand_in_four_places(emulator: Emulator, place: str) -> None:
    psid = emulator.customer()
    body = send_body(psid)
    how: dict[str, dict[str, Any]] = {
        "header": {"headers": {"Authorization": f"Bearer {TOKEN}"}, "json": body},
        "query": {"params": {"access_token": TOKEN}, "json": body},
        "form": {"data": as_fields(body | {"access_token": TOKEN})},
        "json": {"json": body | {"access_token": TOKEN}},
    }

    url = f"{emulator.url}/v26.0/me/messages"
    answer = emulator.session.post(url, **how[place])

    assert answer.status_code == 200, answer.text


def test_a_right_proof_passes(emulator: Emulator) -> None:
    proof = hmac.new(APP_SECRET.encode(), TOKEN.encode(), "sha256").hexdigest()

    answer = emulator.graph("GET", "me", params={"appsecret_proof": proof})

    assert answer.status_code == 200


def test_a_page_tells_its_name_and_routing(emulator: Emulator) -> None:
    assert emulator.graph("GET", "me").json() == {"name": "Harbour Records", "id": PAGE}

    asked = {"fields": "messaging_feature_status"}
    answer = emulator.graph("GET", PAGE, params=asked).json()

    assert answer["messaging_feature_status"]["hop_v2"] is False


def test_a_customer_has_a_profile(emulator: Emulator) -> None:
    psid = emulator.customer(name="Ada Meier", locale="de_DE", timezone=-3.5)

    asked = {"fields": "first_name,last_name,locale,timezone,gender"}
    answer = emulator.graph("GET", psid, params=asked)

    assert answer.json() == {
        "first_name": "Ada",
        "last_name": "Meier",
        "locale": "de_DE",
        "timezone": -3.5,
        "id": psid,
    }


def test_a_profile_that_may_not_be_read_is_empty(emulator: Emulator) -> None:
    psid = emulator.customer(profile=False)

    answer = emulator.graph("GET", psid)

    assert (answer.status_code, answer.json()) == (200, {})


def test_a_token_can_be_inspected_by_its_app_only(emulator: Emulator) -> None:
    def ask(token: str, inspected: str) -> Any:
        asked = {"input_token": inspected, "access_token": token}
        return emulator.graph("GET", "debug_token", token=None, params=asked).json()

    right = ask(APP_TOKEN, TOKEN)["data"]
    assert right["is_valid"] is True
    assert right["app_id"] == APP_ID
    assert right["profile_id"] == PAGE
    assert {"pages_messaging", "pages_manage_metadata"} <= set(right["scopes"])
    assert ask(APP_TOKEN, "garbled")["data"]["is_valid"] is False
    assert ask(TOKEN, TOKEN)["error"]["code"] == 100
    assert ask("x|y", TOKEN)["error"]["code"] == 190


def test_only_subscribed_fields_are_sent(emulator: Emulator, webhook: Webhook) -> None:
    fields = {"subscribed_fields": "messages,message_deliveries"}
    answer = emulator.graph("POST", f"{PAGE}/subscribed_apps", params=fields)
    assert answer.json() == {"success": True}

    emulator.sent(emulator.customer(), "hi")

    webhook.wait_for("delivery")
    emulator.settle()
    assert (webhook.of_kind("echo"), webhook.of_kind("read")) == ([], [])


def test_the_subscription_can_be_listed_and_ended(
    emulator: Emulator, webhook: Webhook
) -> None:
    def listed() -> list[Json]:
        return emulator.graph("GET", "me/subscribed_apps").json()["data"]

    (app,) = listed()
    assert app["id"] == APP_ID
    assert "messages" in app["subscribed_fields"]

    emulator.graph("DELETE", "me/subscribed_apps")

    assert listed() == []
    emulator.customer(says="is anybody there?")
    emulator.settle()
    assert webhook.bodies == []


def test_unknown_fields_cannot_be_subscribed(emulator: Emulator) -> None:
    fields = {"subscribed_fields": ["messages", "message"]}
    answer = emulator.graph("POST", "me/subscribed_apps", json=fields)

    assert answer.status_code == 400
    assert "subscribed_fields[1]" in answer.json()["error"]["message"]


def test_a_profile_is_set_shown_and_deleted(emulator: Emulator) -> None:
    profile = {
        "get_started": {"payload": "GET_STARTED"},
        "greeting": [{"locale": "default", "text": "Hi {{user_first_name}}"}],
        "persistent_menu": [
            {
                "locale": "default",
                "composer_input_disabled": False,
                "call_to_actions": [
                    {"type": "postback", "title": "Orders", "payload": "ORDERS"}
                ],
            }
        ],
    }
    answer = emulator.graph("POST", "me/messenger_profile", json=profile)
    assert answer.json() == {"result": "success"}

    fields = {"fields": "get_started,greeting,persistent_menu,ice_breakers"}
    shown = emulator.graph("GET", "me/messenger_profile", params=fields)
    assert shown.json() == {"data": [profile]}

    gone = {"fields": ["persistent_menu", "greeting"]}
    emulator.graph("DELETE", "me/messenger_profile", json=gone)
    shown = emulator.graph("GET", "me/messenger_profile", params=fields)
    assert shown.json() == {"data": [{"get_started": {"payload": "GET_STARTED"}}]}


MENU = {"type": "postback", "title": "Orders", "payload": "ORDERS"}


@pytest.mark.parametrize(
    "profile",
    [
        {},
        {"home_url": {"url": "https://shop.example"}},
        {"get_started": "GET_STARTED"},
        {"greeting": [{"locale": "de_DE", "text": "Hallo"}]},
        {"greeting": [{"locale": "default", "text": "x" * 161}]},
        {"persistent_menu": [{"locale": "default", "call_to_actions": [MENU]}]},
        {"ice_breakers": [{"question": "Where?", "payload": "W"}] * 5},
    ],
    ids=["nothing", "unknown", "shape", "no default", "long", "no start", "five"],
)
def test_a_profile_that_is_wrong_is_refused(emulator: Emulator, profile: Json) -> None:
    answer = emulator.graph("POST", "me/messenger_profile", json=profile)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == 100


def test_get_started_stays_as_long_as_there_is_a_menu(emulator: Emulator) -> None:
    menu = [{"locale": "default", "call_to_actions": [MENU]}]
    profile = {"get_started": {"payload": "GO"}, "persistent_menu": menu}
    emulator.graph("POST", "me/messenger_profile", json=profile)

    gone = {"fields": ["get_started"]}
    answer = emulator.graph("DELETE", "me/messenger_profile", json=gone)

    assert answer.status_code == 400


def test_an_attachment_is_uploaded_by_url_and_used_again(emulator: Emulator) -> None:
    psid = emulator.customer()
    image = {"url": "https://shop.example/a.jpg", "is_reusable": True}
    upload = {"message": {"attachment": {"type": "image", "payload": image}}}

    answer = emulator.graph("POST", "me/message_attachments", json=upload)
    reused = {"attachment_id": answer.json()["attachment_id"]}
    emulator.sent(psid, {"attachment": {"type": "image", "payload": reused}})

    (message,) = emulator.messages(psid)
    assert message["attachment"]["payload"]["url"] == "https://shop.example/a.jpg"


def test_a_file_is_uploaded_and_can_be_fetched(emulator: Emulator) -> None:
    psid = emulator.customer()
    attachment = {"attachment": {"type": "image", "payload": {"is_reusable": True}}}
    parts = {
        "message": (None, json.dumps(attachment)),
        "filedata": ("a.png", b"\x89PNG\r\n--\r\n", "image/png"),
    }

    answer = emulator.graph("POST", "me/message_attachments", files=parts)
    reused = {"attachment_id": answer.json()["attachment_id"]}
    emulator.sent(psid, {"attachment": {"type": "image", "payload": reused}})

    url = emulator.messages(psid)[0]["attachment"]["payload"]["url"]
    fetched = emulator.session.get(url)
    assert fetched.content == b"\x89PNG\r\n--\r\n"
    assert fetched.headers["Content-Type"] == "image/png"


def test_a_reusable_file_in_a_message_gets_an_id_too(emulator: Emulator) -> None:
    psid = emulator.customer()
    image = {"url": "https://shop.example/a.jpg", "is_reusable": True}

    answer = emulator.send(psid, {"attachment": {"type": "image", "payload": image}})

    assert answer.json().keys() == {"recipient_id", "message_id", "attachment_id"}


@pytest.mark.parametrize(
    "action", ["typing_on", "TYPING_ON", "typing_off", "mark_seen"]
)
def test_actions_answer_with_the_recipient_alone(
    emulator: Emulator, action: str
) -> None:
    psid = emulator.customer()
    body = {"recipient": {"id": psid}, "sender_action": action}

    answer = emulator.graph("POST", "me/messages", json=body)

    assert answer.json() == {"recipient_id": psid}
    assert emulator.messages(psid) == []


def test_the_page_can_react_to_what_a_customer_said(emulator: Emulator) -> None:
    psid = emulator.customer(says=None)
    mid = emulator.say(psid, text="it came!")["mid"]

    def react(action: str, **payload: str) -> None:
        body = {"recipient": {"id": psid}, "sender_action": action}
        body |= {"payload": {"message_id": mid, **payload}}
        assert emulator.graph("POST", "me/messages", json=body).status_code == 200

    react("react", reaction="🎉")
    assert emulator.get(f"customers/{psid}/thread")["items"][0]["reaction"] == "🎉"
    react("unreact")
    assert emulator.get(f"customers/{psid}/thread")["items"][0]["reaction"] is None


def test_the_book_tells_what_was_asked_and_answered(emulator: Emulator) -> None:
    psid = emulator.customer()
    mid = emulator.sent(psid, {"text": "hi", "metadata": "v1:7:1"})

    (entry,) = emulator.requests()

    assert entry.pop("at").endswith("Z")
    assert entry == {
        "n": 1,
        "method": "POST",
        "path": "/v26.0/me/messages",
        "kind": "send",
        "psid": psid,
        "body": {
            "recipient": {"id": psid},
            "messaging_type": "RESPONSE",
            "message": {"text": "hi", "metadata": "v1:7:1"},
        },
        "accepted": True,
        "status": 200,
        "answer": {"recipient_id": psid, "message_id": mid},
        "message_id": mid,
    }


def test_the_book_is_read_page_by_page(emulator: Emulator) -> None:
    psid = emulator.customer()
    for number in range(5):
        emulator.sent(psid, f"no. {number}")

    page = emulator.get("requests", after=2, limit=2)

    assert page["count"] == 5
    assert [entry["n"] for entry in page["requests"]] == [3, 4]
    assert emulator.get("requests", after=5)["requests"] == []
