"""The JSON API: shapes, long polls, and errors that say what to do."""

import json
import threading
import time
from typing import Any

import pytest

from emulator import api
from tests.emulator.conftest import (
    APP_ID,
    APP_SECRET,
    OTHER_PAGE,
    OTHER_TOKEN,
    PAGE,
    TOKEN,
    VERIFY_TOKEN,
    Emulator,
    Webhook,
)

Json = dict[str, Any]


def test_a_customer_is_a_psid(emulator: Emulator) -> None:
    answer = emulator.post("customers")

    assert list(answer) == ["psid"]
    assert answer["psid"].isdigit()


def test_a_customer_may_be_described(emulator: Emulator) -> None:
    about = {"name": "Dalia Haddad", "locale": "ar_AR", "page_id": OTHER_PAGE}

    psid = emulator.post("customers", about | {"psid": "7400112233445566"})["psid"]

    assert psid == "7400112233445566"
    customer = emulator.get(f"customers/{psid}")
    assert about.items() <= customer.items()
    assert customer["window_closes"] is None
    assert emulator.get("customers")["customers"] == [customer]


def test_the_first_five_hundred_without_a_name_are_called_differently(
    emulator: Emulator,
) -> None:
    for _ in range(500):
        emulator.post("customers")
    names = [one["name"] for one in emulator.get("customers")["customers"]]
    assert len(set(names)) == 500
    staff = {"Ada", "Grace", "Admin"}  # of the demo
    assert not staff.intersection(word for name in names for word in name.split())


def test_a_customer_can_change(emulator: Emulator) -> None:
    psid = emulator.customer()

    emulator.post(f"customers/{psid}", {"name": "Ada Costa", "reads": "never"})

    customer = emulator.get(f"customers/{psid}")
    assert (customer["name"], customer["reads"]) == ("Ada Costa", "never")


def test_after_counts_the_messages_already_seen(emulator: Emulator) -> None:
    psid = emulator.customer()
    for text in ("one", "two", "three"):
        emulator.sent(psid, text)

    seen = emulator.messages(psid, after=1)

    assert [(message["n"], message["text"]) for message in seen] == [
        (2, "two"),
        (3, "three"),
    ]
    assert emulator.messages(psid, after=3) == []


def test_quick_replies_are_part_of_the_message(emulator: Emulator) -> None:
    psid = emulator.customer()
    choices = [{"content_type": "text", "title": "Yes", "payload": "YES"}]

    emulator.sent(psid, {"text": "Shall I?", "quick_replies": choices})

    assert emulator.messages(psid)[0]["quick_replies"] == choices


def test_a_long_poll_returns_at_the_first_message(emulator: Emulator) -> None:
    psid = emulator.customer()
    timer = threading.Timer(0.2, emulator.sent, (psid, "On its way"))
    timer.start()
    began = time.monotonic()

    messages = emulator.messages(psid, wait=10)

    timer.join()
    assert [message["text"] for message in messages] == ["On its way"]
    assert time.monotonic() - began < 8


def test_a_long_poll_ends_without_a_message(emulator: Emulator) -> None:
    psid = emulator.customer()
    began = time.monotonic()

    assert emulator.messages(psid, wait=0.2) == []

    assert 0.2 <= time.monotonic() - began < 5


def test_typing_and_reading_are_no_messages(emulator: Emulator) -> None:
    psid = emulator.customer()
    for action in ("mark_seen", "typing_on"):
        body = {"recipient": {"id": psid}, "sender_action": action}
        emulator.graph("POST", "me/messages", json=body)

    assert emulator.messages(psid, wait=0.1) == []


def test_a_reset_begins_afresh(emulator: Emulator, webhook: Webhook) -> None:
    psid = emulator.customer()
    emulator.sent(psid, "hi")
    emulator.post(f"pages/{PAGE}", {"human_agent": True})
    emulator.faults(graph={"do": "error"})
    emulator.pass_time(days=400)

    emulator.post("reset")

    assert emulator.get("customers")["customers"] == []
    assert emulator.get("requests") == {"count": 0, "requests": []}
    assert emulator.get("webhooks")["url"] is None
    assert emulator.get("pages")["pages"][0]["human_agent"] is False
    assert emulator.get("faults")["faults"]["graph"] == []
    answer = emulator.session.get(f"{emulator.url}/api/customers/{psid}/messages")
    assert answer.status_code == 404


def test_the_settings_are_those_of_the_app(emulator: Emulator) -> None:
    assert emulator.get("settings") == {
        "GRAPH_URL": emulator.url,
        "FACEBOOK_APP_ID": APP_ID,
        "FACEBOOK_APP_SECRET": APP_SECRET,
        "FACEBOOK_VERIFY_TOKEN": VERIFY_TOKEN,
        "FACEBOOK_PAGE_ID": f"{PAGE},{OTHER_PAGE}",
        "FACEBOOK_PAGE_ACCESS_TOKEN": f"{TOKEN},{OTHER_TOKEN}",
    }


def test_every_endpoint_is_listed(emulator: Emulator) -> None:
    listed = "\n".join(emulator.get("")["api"])

    for method, *path in api.ROUTES:
        assert f"{method:4} /api/{'/'.join(path)}".rstrip("/") in listed or not path


WRONG: dict[str, tuple[str, Json, int, str]] = {
    "unknown path": ("unheard_of", {}, 404, "GET /api"),
    "unknown customer": (
        "customers/4711/say",
        {"text": "hi"},
        404,
        "POST /api/customers",
    ),
    "unknown page": ("pages/4711", {}, 404, PAGE),
    "customer of an unknown page": ("customers", {"page_id": "4711"}, 404, PAGE),
    "unknown key": ("customers", {"nmae": "Ada"}, 400, "nmae"),
    "wrong type": ("customers", {"name": 7}, 400, "a text"),
    "wrong choice": ("customers", {"reads": "often"}, 400, "at_once, shown, never"),
    "psid of letters": ("customers", {"psid": "ada"}, 400, "digits"),
    "no inbox text": (f"pages/{PAGE}/inbox", {"psid": "4711"}, 400, "text"),
    "inbox of a stranger": (
        f"pages/{PAGE}/inbox",
        {"psid": "4711", "text": "hi"},
        404,
        "4711",
    ),
    "unknown template": (
        f"pages/{PAGE}/templates",
        {"name": "a", "language": "en", "status": "APPROVED"},
        404,
        "template",
    ),
    "unknown token state": (f"pages/{PAGE}", {"token": "stolen"}, 400, "expired"),
}


@pytest.mark.parametrize(("path", "body", "status", "word"), WRONG.values(), ids=WRONG)
def test_an_error_says_what_to_do(
    emulator: Emulator, path: str, body: Json, status: int, word: str
) -> None:
    assert word in emulator.refusal(path, body, status)


@pytest.mark.parametrize("query", ["after=-1", "after=x", "wait=soon"])
def test_numbers_in_a_query_are_checked(emulator: Emulator, query: str) -> None:
    psid = emulator.customer()

    url = f"{emulator.url}/api/customers/{psid}/messages?{query}"
    answer = emulator.session.get(url)

    assert answer.status_code == 400
    assert "must be" in answer.json()["error"]


@pytest.mark.parametrize("body", [b"{broken", b"[]", b'"text"', b"\xff"])
def test_a_body_that_is_no_object_is_refused(emulator: Emulator, body: bytes) -> None:
    answer = emulator.session.post(f"{emulator.url}/api/customers", data=body)

    assert answer.status_code == 400
    assert "JSON" in answer.json()["error"]


def test_a_page_of_another_site_may_not_call(emulator: Emulator) -> None:
    def post(origin: str) -> int:
        url, headers = f"{emulator.url}/api/reset", {"Origin": origin}
        return emulator.session.post(url, headers=headers).status_code

    assert post("https://evil.example") == 403
    assert post(emulator.url) == 200


def test_a_taken_psid_is_not_given_twice(emulator: Emulator) -> None:
    psid = emulator.customer()

    assert "already" in emulator.refusal("customers", {"psid": psid})


def test_the_pages_are_described(emulator: Emulator) -> None:
    first, second = emulator.get("pages")["pages"]

    assert (first["page_id"], second["page_id"]) == (PAGE, OTHER_PAGE)
    assert "message_echoes" in first["subscribed_fields"]
    assert TOKEN not in json.dumps(first)
