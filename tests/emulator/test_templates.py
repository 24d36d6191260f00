"""Utility templates: made, reviewed, sent, refused."""

from typing import Any

import pytest

from tests.emulator.conftest import PAGE, Emulator, Webhook

Json = dict[str, Any]

BODY = {
    "type": "BODY",
    "text": "Hello {{1}}, order {{2}} has left us.",
    "example": {"body_text": [["Ada", "4711"]]},
}
NAMED_BODY = {
    "type": "BODY",
    "text": "Hello {{first_name}}, order {{number}} has left us.",
    "example": {
        "body_text_named_params": [
            {"param_name": "first_name", "example": "Ada"},
            {"param_name": "number", "example": "4711"},
        ]
    },
}
HEADER = {
    "type": "HEADER",
    "format": "TEXT",
    "text": "Order {{1}}",
    "example": {"header_text": ["4711"]},
}
BUTTONS = {
    "type": "BUTTONS",
    "buttons": [
        {"type": "POSTBACK", "text": "Track", "payload": "order_{{1}}"},
        {"type": "URL", "text": "Open", "url": "https://shop.example/o/{{1}}"},
        {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+4930123456"},
    ],
}


def create(emulator: Emulator, *components: Json, **more: object) -> Any:
    body = {
        "name": "order_shipped",
        "language": "en",
        "category": "UTILITY",
        "components": list(components),
    }
    return emulator.graph("POST", f"{PAGE}/message_templates", json=body | more)


def texts(*values: str) -> list[Json]:
    return [{"type": "text", "text": value} for value in values]


def send(emulator: Emulator, psid: str, *components: Json, **more: object) -> Any:
    """What Meta's guide says a utility message is."""
    template = {
        "name": "order_shipped",
        "language": {"code": "en"},
        "components": list(components),
    }
    body = {"recipient": {"id": psid}, "messaging_type": "UTILITY"}
    body |= {"message": {"template": template | more}}
    return emulator.graph("POST", "me/messages", json=body)


def body(*values: str) -> Json:
    return {"type": "body", "parameters": texts(*values)}


def test_a_template_is_approved_at_once_and_its_owner_is_told(
    emulator: Emulator, webhook: Webhook
) -> None:
    answer = create(emulator, BODY).json()

    assert answer == {"id": answer["id"], "status": "APPROVED", "category": "UTILITY"}
    (change,) = webhook.wait_for("field")
    assert change["field"] == "message_template_status_update"
    assert change["value"]["event"] == "APPROVED"
    assert change["value"]["message_template_name"] == "order_shipped"


def test_templates_are_listed_by_what_is_asked(emulator: Emulator) -> None:
    create(emulator, BODY)
    create(emulator, BODY, language="de")
    create(emulator, BODY, name="order_delayed")

    def listed(**asked: str) -> list[tuple[str, str]]:
        answer = emulator.graph("GET", f"{PAGE}/message_templates", params=asked)
        return [(row["name"], row["language"]) for row in answer.json()["data"]]

    assert len(listed()) == 3
    assert listed(name="order_shipped", language="de") == [("order_shipped", "de")]
    assert listed(status="REJECTED") == []


def test_a_template_is_deleted_in_all_its_languages(emulator: Emulator) -> None:
    create(emulator, BODY)
    create(emulator, BODY, language="de")
    asked = {"name": "order_shipped"}

    answer = emulator.graph("DELETE", f"{PAGE}/message_templates", params=asked)

    assert answer.json() == {"success": True}
    left = emulator.graph("GET", f"{PAGE}/message_templates").json()
    assert left == {"data": []}


@pytest.mark.parametrize("verdict", ["PENDING", "REJECTED"])
def test_a_review_may_end_otherwise(emulator: Emulator, verdict: str) -> None:
    emulator.post(f"pages/{PAGE}", {"review": verdict})
    psid = emulator.customer()

    assert create(emulator, BODY).json()["status"] == verdict

    answer = send(emulator, psid, body("Ada", "4711"))
    assert answer.json()["error"]["code"] == 100

    approved = {"name": "order_shipped", "language": "en", "status": "APPROVED"}
    emulator.post(f"pages/{PAGE}/templates", approved)
    assert send(emulator, psid, body("Ada", "4711")).status_code == 200


@pytest.mark.parametrize(
    ("components", "more"),
    [
        ((), {}),
        ((HEADER,), {}),
        ((BODY,), {"category": "MARKETING"}),
        ((BODY,), {"name": ""}),
        (({**BODY, "text": "x" * 1025},), {}),
        ((BODY, {"type": "BUTTONS", "buttons": BUTTONS["buttons"] * 2}), {}),
        ((BODY, {"type": "FOOTER", "text": "bye"}), {}),
        ("BODY", {}),
    ],
    ids=["none", "header", "category", "name", "long", "buttons", "footer", "no list"],
)
def test_a_template_of_a_wrong_shape_is_refused(
    emulator: Emulator, components: tuple[Any, ...], more: Json
) -> None:
    answer = create(emulator, *components, **more)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == 100


def test_a_template_without_samples_is_refused(emulator: Emulator) -> None:
    answer = create(emulator, {"type": "BODY", "text": "Hello {{1}}, it left."})

    message = answer.json()["error"]["message"]
    assert "TEMPLATE_VARIABLES_MISSING_SAMPLE_VALUES" in message


def test_a_quick_reply_button_is_fatal(emulator: Emulator) -> None:
    quick = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Yes"}]}

    error = create(emulator, BODY, quick).json()["error"]

    assert (error["error_subcode"], error["message"]) == (2018416, "Fatal")


@pytest.mark.parametrize(
    "text", ["{{1}}, it has left us.", "It goes to {{1}}", "It left, {{1}}, on {{3}}."]
)
def test_a_reviewer_rejects_variables_in_the_wrong_place(
    emulator: Emulator, text: str
) -> None:
    assert create(emulator, {**BODY, "text": text}).json()["status"] == "REJECTED"


def test_the_same_template_cannot_be_made_twice(emulator: Emulator) -> None:
    create(emulator, BODY)

    assert create(emulator, BODY).status_code == 400


def test_a_utility_message_passes_long_after_the_window(emulator: Emulator) -> None:
    create(emulator, BODY)
    psid = emulator.customer()
    emulator.pass_time(days=30)

    answer = send(emulator, psid, body("Ada", "4711"))

    assert answer.status_code == 200, answer.text
    (message,) = emulator.messages(psid)
    assert message["text"] == "Hello Ada, order 4711 has left us."
    assert message["messaging_type"] == "UTILITY"


def test_the_attachment_form_is_taken_too(emulator: Emulator) -> None:
    create(emulator, BODY)
    psid = emulator.customer()
    payload = {
        "template_type": "utility_messages",
        "name": "order_shipped",
        "language": {"code": "en"},
        "components": [body("Ada", "4711")],
    }

    message = {"attachment": {"type": "template", "payload": payload}}
    emulator.sent(psid, message, messaging_type="UTILITY")

    assert emulator.messages(psid)[0]["text"] == "Hello Ada, order 4711 has left us."


def test_named_parameters_are_matched_by_name(emulator: Emulator) -> None:
    create(emulator, NAMED_BODY, parameter_format="NAMED")
    psid = emulator.customer()
    number = {"type": "text", "parameter_name": "number", "text": "4711"}
    name = {"type": "text", "parameter_name": "first_name", "text": "Ada"}

    answer = send(emulator, psid, {"type": "body", "parameters": [number, name]})

    assert answer.status_code == 200, answer.text
    assert emulator.messages(psid)[0]["text"] == "Hello Ada, order 4711 has left us."


def test_header_and_buttons_make_a_card(emulator: Emulator) -> None:
    create(emulator, HEADER, BODY, BUTTONS)
    psid = emulator.customer()

    answer = send(
        emulator,
        psid,
        {"type": "header", "parameters": texts("4711")},
        body("Ada", "4711"),
        {
            "type": "buttons",
            "parameters": [
                {"type": "POSTBACK", "payload": "4711"},
                {"type": "URL", "url": "4711"},
            ],
        },
    )

    assert answer.status_code == 200, answer.text
    (element,) = emulator.messages(psid)[0]["attachment"]["payload"]["elements"]
    assert element["title"] == "Order 4711"
    assert element["subtitle"] == "Hello Ada, order 4711 has left us."
    assert element["buttons"] == [
        {"type": "postback", "title": "Track", "payload": "order_4711"},
        {"type": "web_url", "title": "Open", "url": "https://shop.example/o/4711"},
        {"type": "phone_number", "title": "Call", "payload": "+4930123456"},
    ]


@pytest.mark.parametrize(
    ("components", "more"),
    [
        ([body("Ada")], {}),
        ([body("Ada", "4711", "more")], {}),
        ([], {}),
        ([body("Ada", "")], {}),
        ([body("Ada", "4711"), {"type": "header", "parameters": texts("x")}], {}),
        ([body("Ada", "4711"), {"type": "footer", "parameters": []}], {}),
        ([body("Ada", "4711")], {"name": "unheard_of"}),
        ([body("Ada", "4711")], {"language": {"code": "fr"}}),
    ],
    ids=["few", "many", "none", "empty", "header", "footer", "name", "language"],
)
def test_row_26_a_utility_message_that_does_not_fit(
    emulator: Emulator, components: list[Json], more: Json
) -> None:
    create(emulator, BODY)
    psid = emulator.customer()

    answer = send(emulator, psid, *components, **more)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == 100
    assert emulator.messages(psid) == []


def test_row_26_named_parameters_need_their_names(emulator: Emulator) -> None:
    create(emulator, NAMED_BODY, parameter_format="NAMED")

    answer = send(emulator, emulator.customer(), body("Ada", "4711"))

    assert answer.json()["error"]["code"] == 100


def test_a_utility_template_is_no_response(emulator: Emulator) -> None:
    create(emulator, BODY)
    psid = emulator.customer()
    template = {"name": "order_shipped", "language": {"code": "en"}}
    template["components"] = [body("Ada", "4711")]

    answer = emulator.send(psid, {"template": template}, messaging_type="RESPONSE")
    assert answer.json()["error"]["code"] == 100

    emulator.sent(psid, {"template": template}, messaging_type=None)


@pytest.mark.parametrize("language", ["zh", "pt", "es-ES", "de_de", "Spanish", "xx"])
def test_a_language_that_meta_has_no_such_code_for_is_refused(
    emulator: Emulator, language: str
) -> None:
    answer = create(emulator, BODY, language=language)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == 100


@pytest.mark.parametrize("language", ["ar", "es", "es_MX", "fil", "zh_CN", "zh_HK"])
def test_each_language_of_metas_may_have_its_own(
    emulator: Emulator, language: str
) -> None:
    create(emulator, BODY)

    assert create(emulator, BODY, language=language).json()["status"] == "APPROVED"


@pytest.mark.parametrize("state", ["PENDING", "REJECTED", "PAUSED", "DISABLED"])
def test_a_language_that_is_not_approved_is_no_other(
    emulator: Emulator, state: str
) -> None:
    """Meta puts no other language in its place: each was reviewed for itself."""
    create(emulator, BODY)
    create(emulator, BODY, language="fr")
    review = {"name": "order_shipped", "language": "fr", "status": state}
    emulator.post(f"pages/{PAGE}/templates", review)
    psid = emulator.customer()

    refused = send(emulator, psid, body("Ada", "4711"), language={"code": "fr"})

    assert refused.json()["error"]["code"] == 100
    assert emulator.messages(psid) == []
    assert send(emulator, psid, body("Ada", "4711")).status_code == 200


def test_part_of_a_name_finds_a_template(emulator: Emulator) -> None:
    for name in ("order_shipped", "order_shipped_2", "parcel"):
        create(emulator, BODY, name=name)

    asked = {"name": "order_shipped"}
    answer = emulator.graph("GET", f"{PAGE}/message_templates", params=asked)

    found = [row["name"] for row in answer.json()["data"]]
    assert found == ["order_shipped", "order_shipped_2"]
