"""What Graph refuses, and with what; rows as in the refusal matrix we keep to."""

from typing import Any

import pytest

from tests.emulator.conftest import (
    APP_ID,
    OTHER_PAGE,
    OTHER_TOKEN,
    PAGE,
    TOKEN,
    Emulator,
    running_emulator,
)

Json = dict[str, Any]


def refused(answer: Any, code: int, subcode: int | None = None) -> Json:
    """The error in *answer*, which must be of this code and in Graph's shape."""
    error = answer.json()["error"]
    assert answer.status_code == 400
    assert error["code"] == code, error
    assert error.get("error_subcode") == subcode, error
    assert set(error) - {"error_subcode", "is_transient"} == {
        "message",
        "type",
        "code",
        "fbtrace_id",
    }
    return error


@pytest.mark.parametrize("token", [None, "garbled"])
def test_row_1_a_missing_or_garbled_token(
    emulator: Emulator, token: str | None
) -> None:
    answer = emulator.graph("GET", "me", token=token)

    error = refused(answer, 190)
    assert error["message"] == "Invalid OAuth access token."
    assert error["type"] == "OAuthException"
    assert answer.headers["WWW-Authenticate"] == (
        'OAuth "Facebook Platform" "invalid_token" "Invalid OAuth access token."'
    )


@pytest.mark.parametrize(
    ("state", "subcode"),
    [
        ("invalid", None),
        ("expired", 463),
        ("password_changed", 460),
        ("role_lost", 492),
    ],
)
def test_row_2_a_token_that_no_longer_works(
    emulator: Emulator, state: str, subcode: int | None
) -> None:
    psid = emulator.customer()
    emulator.post(f"pages/{PAGE}", {"token": state})

    answer = emulator.send(psid, "hi")

    refused(answer, 190, subcode)
    assert "WWW-Authenticate" in answer.headers


def test_row_3_a_wrong_proof_is_refused_where_none_is_demanded(
    emulator: Emulator,
) -> None:
    assert emulator.graph("GET", "me").status_code == 200

    answer = emulator.graph("GET", "me", params={"appsecret_proof": "0" * 64})

    error = refused(answer, 100)
    assert "Invalid appsecret_proof" in error["message"]


def test_row_3_the_proof_is_demanded_where_it_is_required() -> None:
    # A vector of its own: HMAC-SHA256 with key demo-app-secret over EAAdemoPageToken.
    options = ("--app-secret", "demo-app-secret", "--require-proof")
    page = ("--page-id", PAGE, "--page-access-token", "EAAdemoPageToken")
    proof = "9efc48be2ae3714748dad33a3a5dbb3c09bd2b37b2d07867676bca2219c2ef5d"
    with running_emulator(*options, *page) as strict:

        def ask(**query: str) -> Any:
            return strict.graph("GET", "me", token="EAAdemoPageToken", params=query)

        missing, wrong, right = (
            ask(),
            ask(appsecret_proof="x"),
            ask(appsecret_proof=proof),
        )

    assert "require an appsecret_proof" in refused(missing, 100)["message"]
    refused(wrong, 100)
    assert right.status_code == 200


def test_a_proof_without_a_token_proves_nothing(emulator: Emulator) -> None:
    asked = {"appsecret_proof": "0" * 64}

    refused(emulator.graph("GET", "me", token=None, params=asked), 190)


def test_a_reaction_needs_a_message(emulator: Emulator) -> None:
    body = {"recipient": {"id": emulator.customer()}, "sender_action": "react"}
    body |= {"payload": {"message_id": "m_unheard_of", "reaction": "x"}}

    refused(emulator.graph("POST", "me/messages", json=body), 100)


def test_row_6_a_psid_nobody_has(emulator: Emulator) -> None:
    error = refused(emulator.send("4711", "hi"), 100, 2018001)

    assert error["message"] == "(#100) No matching user found"


def test_row_6_a_psid_of_another_page(emulator: Emulator) -> None:
    psid = emulator.customer(page_id=OTHER_PAGE)

    refused(emulator.send(psid, "hi"), 100, 2018001)


def test_row_7_a_customer_who_has_blocked_the_page(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.post(f"customers/{psid}", {"blocked": True})

    error = refused(emulator.send(psid, "hi"), 551, 1545041)
    assert error["message"] == "(#551) This person isn't available right now."

    emulator.post(f"customers/{psid}", {"blocked": False})
    emulator.sent(psid, "hi again")


@pytest.mark.parametrize("messaging_type", ["RESPONSE", "UPDATE", None])
def test_row_8_the_window_has_closed(
    emulator: Emulator, messaging_type: str | None
) -> None:
    psid = emulator.customer()
    emulator.pass_time(hours=24, seconds=1)

    answer = emulator.send(psid, "hi", messaging_type=messaging_type)

    refused(answer, 10, 2018278)


@pytest.mark.parametrize(
    "tag", ["ACCOUNT_UPDATE", "CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE"]
)
def test_row_9_a_tag_that_has_died(emulator: Emulator, tag: str) -> None:
    psid = emulator.customer()

    answer = emulator.send(psid, "hi", messaging_type="MESSAGE_TAG", tag=tag)

    assert refused(answer, 100, 1893061)["message"] == "Invalid parameter"


def test_row_10_human_agent_without_approval(emulator: Emulator) -> None:
    psid = emulator.customer()

    answer = emulator.send(psid, "hi", messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT")

    error = refused(answer, 100, 2018276)
    assert error["message"] == (
        "(#100) Cannot tag messages with 'HUMAN_AGENT' without prior approval."
    )


def test_row_11_human_agent_after_seven_days(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.post(f"pages/{PAGE}", {"human_agent": True})
    tagged = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}

    emulator.pass_time(days=6, hours=23)
    emulator.sent(psid, "still here", **tagged)

    emulator.pass_time(hours=1, seconds=1)
    refused(emulator.send(psid, "too late", **tagged), 10, 2018278)


def test_row_13_a_tag_for_news_pages_alone(emulator: Emulator) -> None:
    psid = emulator.customer()
    tagged = {"messaging_type": "MESSAGE_TAG", "tag": "NON_PROMOTIONAL_SUBSCRIPTION"}

    refused(emulator.send(psid, "hi", **tagged), 10, 2018065)


@pytest.mark.parametrize(
    "more",
    [
        {"messaging_type": "MESSAGE_TAG"},
        {"messaging_type": "MESSAGE_TAG", "tag": "SPECIAL_OFFER"},
        {"messaging_type": "BROADCAST"},
        {"messaging_type": "UTILITY"},
        {"messaging_type": "MESSAGE_TAG", "tag": "CUSTOMER_FEEDBACK"},
    ],
    ids=["no tag", "unknown tag", "unknown type", "no template", "no feedback"],
)
def test_row_14_a_type_or_tag_that_does_not_fit(emulator: Emulator, more: Json) -> None:
    psid = emulator.customer()

    refused(emulator.send(psid, "hi", **more), 100)


def test_row_17_a_message_with_an_action(emulator: Emulator) -> None:
    psid = emulator.customer()

    refused(emulator.send(psid, "hi", sender_action="typing_on"), 100, 2018014)


@pytest.mark.parametrize("message", [{}, {"text": ""}, {"metadata": "alone"}])
def test_row_18_an_empty_message(emulator: Emulator, message: Json) -> None:
    psid = emulator.customer()

    refused(emulator.send(psid, message), 100, 2018034)


def test_row_19_a_text_that_is_too_long(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.sent(psid, "x" * 2000)

    error = refused(emulator.send(psid, "x" * 2001), 100)

    assert error["message"] == (
        "(#100) Length of param message[text] must be less than or equal to 2000"
    )


def choices(count: int, title: str = "Yes", payload: str = "YES") -> list[Json]:
    one = {"content_type": "text", "title": title, "payload": payload}
    return [one] * count


def card(title: str = "Mug", **more: object) -> Json:
    return {"title": title, "subtitle": "Blue"} | more


def buttons(count: int, title: str = "Buy") -> list[Json]:
    return [{"type": "postback", "title": title, "payload": "BUY"}] * count


def template(kind: str, **payload: object) -> Json:
    return {
        "attachment": {
            "type": "template",
            "payload": {"template_type": kind, **payload},
        }
    }


FITTING: dict[str, Json] = {
    "metadata": {"text": "hi", "metadata": "x" * 999},
    "13 quick replies": {"text": "hi", "quick_replies": choices(13)},
    "quick reply title": {"text": "hi", "quick_replies": choices(1, "x" * 20)},
    "quick reply payload": {"text": "hi", "quick_replies": choices(1, "a", "x" * 1000)},
    "button text": template("button", text="x" * 640, buttons=buttons(3)),
    "button title": template("button", text="hi", buttons=buttons(1, "x" * 20)),
    "10 elements": template("generic", elements=[card()] * 10),
    "element title": template("generic", elements=[card("x" * 80)]),
}
TOO_MUCH: dict[str, Json] = {
    "metadata": {"text": "hi", "metadata": "x" * 1000},
    "14 quick replies": {"text": "hi", "quick_replies": choices(14)},
    "quick reply title": {"text": "hi", "quick_replies": choices(1, "x" * 21)},
    "quick reply payload": {"text": "hi", "quick_replies": choices(1, "a", "x" * 1001)},
    "no quick reply payload": {"text": "hi", "quick_replies": choices(1, "a", "")},
    "4 buttons": template("button", text="hi", buttons=buttons(4)),
    "no buttons": template("button", text="hi"),
    "button text": template("button", text="x" * 641, buttons=buttons(1)),
    "button title": template("button", text="hi", buttons=buttons(1, "x" * 21)),
    "11 elements": template("generic", elements=[card()] * 11),
    "element title": template("generic", elements=[card("x" * 81)]),
    "element subtitle": template("generic", elements=[card(subtitle="x" * 81)]),
    "element with a title alone": template("generic", elements=[{"title": "Mug"}]),
    "4 buttons in an element": template("generic", elements=[card(buttons=buttons(4))]),
    "text is no text": {"text": 7},
    "quick replies are no list": {"text": "hi", "quick_replies": {"title": "Yes"}},
    "text and attachment": {"text": "hi"} | template("generic", elements=[card()]),
    "unknown attachment": {"attachment": {"type": "hologram", "payload": {}}},
    "file without a url": {"attachment": {"type": "image", "payload": {}}},
    "media from elsewhere": template(
        "media", elements=[{"media_type": "image", "url": "https://shop.example/a.jpg"}]
    ),
}


@pytest.mark.parametrize("message", FITTING.values(), ids=FITTING)
def test_row_20_what_just_fits_is_taken(emulator: Emulator, message: Json) -> None:
    emulator.sent(emulator.customer(), message)


@pytest.mark.parametrize("message", TOO_MUCH.values(), ids=TOO_MUCH)
def test_row_20_what_is_too_long_or_too_many(emulator: Emulator, message: Json) -> None:
    psid = emulator.customer()

    refused(emulator.send(psid, message), 100)

    assert emulator.messages(psid) == []


def test_rows_21_and_22_templates_without_a_known_type(emulator: Emulator) -> None:
    psid = emulator.customer()
    nameless = {"attachment": {"type": "template", "payload": {}}}

    error = refused(emulator.send(psid, nameless), 100)
    refused(emulator.send(psid, template("list", elements=[card()])), 100)

    assert error["message"] == "(#100) Missing template_type for attachment's payload"


def test_row_23_an_attachment_nobody_uploaded(emulator: Emulator) -> None:
    psid = emulator.customer()
    image = {"attachment": {"type": "image", "payload": {"attachment_id": "4711"}}}

    refused(emulator.send(psid, image), 100, 2018074)


def test_row_31_more_than_the_page_may_send_in_a_second(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.post(f"pages/{PAGE}", {"sends_per_second": 3})
    for _ in range(3):
        emulator.sent(psid, "hi")

    answer = emulator.send(psid, "hi")

    refused(answer, 613)
    assert f'"{PAGE}"' in answer.headers["X-Business-Use-Case-Usage"]
    assert len(emulator.messages(psid)) == 3


def test_row_31_sounds_and_films_have_a_lower_limit(emulator: Emulator) -> None:
    psid = emulator.customer()
    sound = {"type": "audio", "payload": {"url": "https://shop.example/a.mp3"}}
    for _ in range(10):
        emulator.sent(psid, {"attachment": sound})

    refused(emulator.send(psid, {"attachment": sound}), 613)
    emulator.sent(psid, "a text still passes")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "4711"), ("POST", "me/unheard_of"), ("POST", f"{OTHER_PAGE}/messages")],
)
def test_row_40_an_unknown_path_or_object(
    emulator: Emulator, method: str, path: str
) -> None:
    error = refused(emulator.graph(method, path), 100, 33)

    assert error["message"].startswith(f"Unsupported {method.lower()} request.")
    assert error["type"] == "GraphMethodException"


def test_another_page_has_its_own_token_and_customers(emulator: Emulator) -> None:
    psid = emulator.customer(page_id=OTHER_PAGE)
    body = {"recipient": {"id": psid}, "message": {"text": "hi"}}

    path = f"{OTHER_PAGE}/messages"
    answer = emulator.graph("POST", path, token=OTHER_TOKEN, json=body)

    assert answer.json()["recipient_id"] == psid


@pytest.mark.parametrize(
    "recipient", [None, {}, {"user_ref": "cb-19"}, {"id": "not-a-number"}, "4711"]
)
def test_a_recipient_that_is_no_psid(emulator: Emulator, recipient: object) -> None:
    refused(emulator.send("4711", "hi", recipient=recipient), 100)


def test_a_body_that_is_no_json(emulator: Emulator) -> None:
    answer = emulator.graph("POST", "me/messages", data=b"{broken", params={})

    refused(answer, 100)
    assert emulator.requests()[-1]["accepted"] is False


def test_refusals_are_in_the_book(emulator: Emulator) -> None:
    psid = emulator.customer()

    emulator.send(psid, "")

    (entry,) = emulator.requests()
    assert entry["accepted"] is False
    assert entry["status"] == 400
    assert entry["answer"]["error"]["error_subcode"] == 2018034
    assert entry["body"]["message"] == {"text": ""}
    assert TOKEN not in str(entry)
    assert APP_ID not in str(entry)
