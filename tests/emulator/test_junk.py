"""No body, however odd, makes the emulator fail: it takes it or says what is wrong."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.conftest import PAGE, Emulator

Json = dict[str, Any]
JUNK: list[Any] = [None, True, -1, 2.5, "", "odd", [], {}, ["odd"], [{}], {"odd": [1]}]

QUICK = {"content_type": "text", "title": "Yes", "payload": "Y", "image_url": "x"}
BUTTON = {"type": "postback", "title": "Yes", "payload": "Y"}
ELEMENT = {"title": "Mug", "subtitle": "Blue", "image_url": "x", "buttons": [BUTTON]}
PARAMETER = {"type": "text", "text": "Ada", "parameter_name": "name"}


def template(kind: str, **payload: object) -> Json:
    payload["template_type"] = kind
    return {"attachment": {"type": "template", "payload": payload}}


def sends() -> dict[str, Json]:
    """A message of every kind."""
    utility = {
        "name": "shipped",
        "language": {"code": "en"},
        "components": [{"type": "body", "parameters": [PARAMETER]}],
    }
    image = {"type": "image", "payload": {"url": "x", "is_reusable": True}}
    film = {"media_type": "video", "attachment_id": "1", "buttons": [BUTTON]}
    return {
        "text": {"text": "hi", "metadata": "m", "quick_replies": [QUICK]},
        "buttons": template("button", text="hi", buttons=[BUTTON]),
        "cards": template("generic", elements=[ELEMENT]),
        "media": template("media", elements=[film]),
        "receipt": template(
            "receipt",
            recipient_name="Ada",
            order_number="1",
            currency="EUR",
            payment_method="card",
            summary={"total_cost": 1},
            elements=[ELEMENT],
        ),
        "image": {"attachment": image},
        "utility": {"template": utility},
        "utility as attachment": template("utility_messages", **utility),
    }


def spoilt(body: Json) -> Iterator[Json]:
    """Yield *body* with each of its values in turn replaced by junk."""
    for path in paths(body):
        for junk in JUNK:
            copied = copy.deepcopy(body)
            holder: Any = copied
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = junk
            yield copied


def paths(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else ()
    inside = enumerate(value) if isinstance(value, list) else inside
    for step, child in inside:
        yield (*path, step)
        yield from paths(child, (*path, step))


def statuses(emulator: Emulator, method: str, path: str, body: Json) -> dict[int, Json]:
    """An example of a spoilt body for each status that came of one."""
    seen: dict[int, Json] = {}
    for odd in spoilt(body):
        answer = emulator.graph(method, path, json=odd)
        seen.setdefault(answer.status_code, odd)
    return seen


@pytest.fixture
def psid(emulator: Emulator) -> str:
    emulator.post(f"pages/{PAGE}", {"sends_per_second": 0})
    body = {"type": "BODY", "text": "Hello {{name}}, it left.", "example": {"a": 1}}
    shipped = {"name": "shipped", "language": "en", "category": "UTILITY"}
    shipped |= {"parameter_format": "NAMED", "components": [body]}
    emulator.graph("POST", "me/message_templates", json=shipped)
    return emulator.customer()


@pytest.mark.parametrize("kind", sends())
def test_no_message_makes_graph_fail(emulator: Emulator, psid: str, kind: str) -> None:
    body = {
        "recipient": {"id": psid},
        "messaging_type": "MESSAGE_TAG" if kind == "text" else None,
        "tag": "CUSTOMER_FEEDBACK" if kind == "text" else None,
        "reply_to": {"mid": "m_1"},
        "message": sends()[kind],
    }

    seen = statuses(emulator, "POST", "me/messages", body)

    assert seen.keys() <= {200, 400}, seen
    thread = emulator.session.get(f"{emulator.url}/api/customers/{psid}/thread")
    assert thread.status_code == 200


SET_UPS: dict[str, tuple[str, Json]] = {
    "action": (
        "messages",
        {"recipient": {"id": "1"}, "sender_action": "react", "payload": {"a": 1}},
    ),
    "profile": (
        "messenger_profile",
        {
            "get_started": {"payload": "GO"},
            "greeting": [{"locale": "default", "text": "Hi"}],
            "persistent_menu": [{"locale": "default", "call_to_actions": [BUTTON]}],
            "ice_breakers": [{"call_to_actions": [{"question": "a", "payload": "b"}]}],
        },
    ),
    "template": (
        "message_templates",
        {
            "name": "late",
            "language": "en",
            "category": "UTILITY",
            "parameter_format": "NAMED",
            "components": [
                {"type": "HEADER", "format": "TEXT", "text": "Hi"},
                {"type": "BODY", "text": "Hello {{a}}!", "example": {}},
                {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "a"}]},
            ],
        },
    ),
    "subscription": ("subscribed_apps", {"subscribed_fields": ["messages"]}),
    "upload": ("message_attachments", {"message": sends()["image"]}),
}


@pytest.mark.parametrize(("edge", "body"), SET_UPS.values(), ids=SET_UPS)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_no_set_up_makes_graph_fail(
    emulator: Emulator, psid: str, method: str, edge: str, body: Json
) -> None:
    seen = statuses(emulator, method, f"me/{edge}", body)

    assert seen.keys() <= {200, 400}, seen
    thread = emulator.session.get(f"{emulator.url}/api/customers/{psid}/thread")
    assert thread.status_code == 200


CALLS: dict[str, Json] = {
    "customers": {"name": "Ada", "page_id": PAGE, "psid": "1", "timezone": 1},
    "customers/{psid}": {"name": "Ada", "blocked": False, "reads": "never"},
    "customers/{psid}/say": {"text": "hi", "attachment": "thumbs_up", "referral": "a"},
    "customers/{psid}/say?": {"quick_reply": {"title": "a", "payload": "b"}},
    "customers/{psid}/say??": {"postback": {"title": "a", "payload": "b"}},
    "customers/{psid}/say???": {"attachment": {"type": "image", "url": "x"}},
    "customers/{psid}/say????": {"reaction": {"mid": "a", "emoji": "b"}},
    "clock": {"now": "2027-01-31T09:00:00Z", "advance_s": 1},
    "faults": {
        "graph": [{"do": "error", "code": 2, "count": 0}],
        "webhook": {"batch": 2},
        "echoes": {"off": False},
        "seed": 7,
    },
    "webhooks": {"url": "http://127.0.0.1:9"},
    f"pages/{PAGE}": {"name": "Shop", "token": "valid", "sends_per_second": 1},
    f"pages/{PAGE}/inbox": {"psid": "1", "text": "hi", "app_id": "1"},
    f"pages/{PAGE}/templates": {
        "name": "shipped",
        "language": "en",
        "status": "PAUSED",
    },
    f"pages/{PAGE}/events": {"messaging": [{"sender": {"id": "1"}}], "changes": []},
}


@pytest.mark.parametrize("path", CALLS)
def test_no_call_makes_the_api_fail(emulator: Emulator, psid: str, path: str) -> None:
    for odd in spoilt(CALLS[path]):
        url = f"{emulator.url}/api/{path.format(psid=psid)}"
        answer = emulator.session.post(url, json=odd)

        assert answer.status_code in (200, 400, 404), odd
        assert answer.status_code == 200 or len(answer.json()["error"]) > 8
