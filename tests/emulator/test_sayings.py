"""What a customer does becomes the event that Messenger would send."""

from typing import Any

import pytest

from tests.emulator.conftest import PAGE, Emulator, Webhook

Json = dict[str, Any]
CHOICES = [
    {"content_type": "text", "title": "Track", "payload": "ORDER:TRACK"},
    {"content_type": "text", "title": "Return", "payload": "ORDER:RETURN"},
]
CARDS = {
    "template_type": "generic",
    "elements": [
        {
            "title": "Mug",
            "subtitle": "Blue",
            "buttons": [{"type": "postback", "title": "Buy", "payload": "BUY:7"}],
        }
    ],
}


def heard(emulator: Emulator, webhook: Webhook, key: str, **said: object) -> Json:
    """What the webhook hears when somebody says this."""
    psid = emulator.customer(says=None)
    answer = emulator.say(psid, **said)
    (event,) = webhook.wait_for(key)
    assert event["sender"] == {"id": psid}
    assert event["recipient"] == {"id": PAGE}
    assert event["timestamp"] == answer["timestamp"]
    assert event[key].pop("mid", None) == answer["mid"]
    return event[key]


SAID: dict[str, tuple[Json, Json]] = {
    "text": ({"text": "hi"}, {"text": "hi"}),
    "any quick reply": (
        {"quick_reply": {"title": "Yes", "payload": "/SetSlots(proof=true)"}},
        {"text": "Yes", "quick_reply": {"payload": "/SetSlots(proof=true)"}},
    ),
    "thumbs up": (
        {"attachment": "thumbs_up"},
        {
            "attachments": [
                {
                    "type": "sticker",
                    "payload": {"url": "?", "sticker_id": 369239263222822},
                }
            ]
        },
    ),
    "image": (
        {"attachment": {"type": "image", "url": "https://x.example/a.jpg"}},
        {
            "attachments": [
                {"type": "image", "payload": {"url": "https://x.example/a.jpg"}}
            ]
        },
    ),
    "location": (
        {"attachment": {"type": "location", "lat": 52.5, "long": 13.4}},
        {
            "attachments": [
                {
                    "type": "location",
                    "payload": {"coordinates": {"lat": 52.5, "long": 13.4}},
                }
            ]
        },
    ),
    "any attachment": (
        {"attachment": {"type": "zzz-2027", "payload": {"odd": [1]}}},
        {"attachments": [{"type": "zzz-2027", "payload": {"odd": [1]}}]},
    ),
    "a link": (
        {
            "text": "look https://ex.org",
            "attachment": {"type": "fallback", "payload": {"url": "https://ex.org"}},
        },
        {
            "text": "look https://ex.org",
            "attachments": [{"type": "fallback", "payload": {"url": "https://ex.org"}}],
        },
    ),
    "first words after an advertisement": (
        {"text": "hi", "referral": {"ref": "a", "source": "ADS", "ad_id": "6123"}},
        {
            "text": "hi",
            "referral": {
                "ref": "a",
                "source": "ADS",
                "ad_id": "6123",
                "type": "OPEN_THREAD",
            },
        },
    ),
    "a reply": (
        {"text": "that one", "reply_to": "m_1"},
        {"text": "that one", "reply_to": {"mid": "m_1"}},
    ),
}


@pytest.mark.parametrize(("said", "message"), SAID.values(), ids=SAID)
def test_a_message_of_every_kind(
    emulator: Emulator, webhook: Webhook, said: Json, message: Json
) -> None:
    event = heard(emulator, webhook, "message", **said)

    for attachment in event.get("attachments", []):
        if attachment["type"] == "sticker":
            assert attachment["payload"]["url"].startswith(emulator.url)
            attachment["payload"]["url"] = "?"
    assert event == message


@pytest.mark.parametrize("tap", ["Track", "ORDER:TRACK"])
def test_an_offered_quick_reply_is_tapped_by_title_or_payload(
    emulator: Emulator, webhook: Webhook, tap: str
) -> None:
    psid = emulator.customer()
    emulator.sent(psid, {"text": "What about it?", "quick_replies": CHOICES})

    emulator.say(psid, quick_reply=tap)

    message = webhook.wait_for("message", 2)[1]["message"]
    assert message["text"] == "Track"
    assert message["quick_reply"] == {"payload": "ORDER:TRACK"}


@pytest.mark.parametrize("tap", ["Buy", "BUY:7"])
def test_a_button_is_tapped_by_title_or_payload(
    emulator: Emulator, webhook: Webhook, tap: str
) -> None:
    psid = emulator.customer()
    emulator.sent(psid, {"attachment": {"type": "template", "payload": CARDS}})

    emulator.say(psid, postback=tap)

    (event,) = webhook.wait_for("postback")
    assert event["postback"].pop("mid").startswith("m_")
    assert event["postback"] == {"title": "Buy", "payload": "BUY:7"}


def test_menu_ice_breakers_and_get_started_are_buttons_too(
    emulator: Emulator, webhook: Webhook
) -> None:
    action = {"type": "postback", "title": "Orders", "payload": "ORDERS"}
    profile = {
        "get_started": {"payload": "GO"},
        "persistent_menu": [{"locale": "default", "call_to_actions": [action]}],
        "ice_breakers": [
            {
                "locale": "default",
                "call_to_actions": [{"question": "Where?", "payload": "WHERE"}],
            }
        ],
    }
    emulator.graph("POST", "me/messenger_profile", json=profile)
    psid = emulator.customer(says=None)

    for tap in ("GO", "Orders", "Where?"):
        emulator.say(psid, postback=tap)

    taps = [event["postback"] for event in webhook.wait_for("postback", 3)]
    assert [(tap["title"], tap["payload"]) for tap in taps] == [
        ("Get Started", "GO"),
        ("Orders", "ORDERS"),
        ("Where?", "WHERE"),
    ]


def test_a_referral_of_somebody_known(emulator: Emulator, webhook: Webhook) -> None:
    psid = emulator.customer()

    emulator.say(psid, referral="invoice_88")

    (event,) = webhook.wait_for("referral")
    assert event["referral"] == {
        "ref": "invoice_88",
        "source": "SHORTLINK",
        "type": "OPEN_THREAD",
    }


def test_a_referral_of_somebody_new_comes_with_get_started(
    emulator: Emulator, webhook: Webhook
) -> None:
    start = {"get_started": {"payload": "GO"}}
    emulator.graph("POST", "me/messenger_profile", json=start)
    psid = emulator.customer(says=None)

    emulator.say(psid, referral="autumn")

    (event,) = webhook.wait_for("postback")
    assert event["postback"]["payload"] == "GO"
    assert event["postback"]["referral"]["ref"] == "autumn"


def test_a_reaction_names_the_message(emulator: Emulator, webhook: Webhook) -> None:
    psid = emulator.customer()
    mid = emulator.sent(psid, "All done")

    emulator.say(psid, reaction={"emoji": "👍", "reaction": "like"})
    emulator.say(psid, reaction={"mid": mid, "action": "unreact"})

    first, second = (e["reaction"] for e in webhook.wait_for("reaction", 2))
    assert first == {"mid": mid, "action": "react", "emoji": "👍", "reaction": "like"}
    assert second == {"mid": mid, "action": "unreact"}


def test_an_edit_counts(emulator: Emulator, webhook: Webhook) -> None:
    psid = emulator.customer(says=None)
    mid = emulator.say(psid, text="oder 47")["mid"]

    emulator.say(psid, edit={"text": "order 47"})
    emulator.say(psid, edit={"mid": mid, "text": "order 48"})

    edits = [event["message_edit"] for event in webhook.wait_for("message_edit", 2)]
    assert edits == [
        {"mid": mid, "text": "order 47", "num_edit": 1},
        {"mid": mid, "text": "order 48", "num_edit": 2},
    ]


def test_a_message_is_edited_five_times_at_most(emulator: Emulator) -> None:
    psid = emulator.customer()
    for number in range(5):
        emulator.say(psid, edit={"text": f"order {number}"})
    sixth = {"edit": {"text": "order 6"}}
    assert "5 times" in emulator.refusal(f"customers/{psid}/say", sixth)


def test_what_is_unsent_is_gone_and_told_by_its_mid_alone(
    emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer(says=None)
    mid = emulator.say(psid, text="order 47")["mid"]
    emulator.say(psid, unsend={"mid": mid})
    _, event = webhook.wait_for("message", 2)
    assert event["message"] == {"mid": mid, "is_deleted": True}
    shown = emulator.get(f"customers/{psid}/thread")["items"]
    assert [(one["message"], one["unsent"]) for one in shown] == [({}, True)]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({}, "say one of"),
        ({"txet": "hi"}, "say one of"),
        ({"text": ""}, "empty"),
        ({"text": 7}, "typed"),
        ({"text": "hi", "postback": "GO"}, "does not go with"),
        ({"quick_reply": "Track"}, "has not offered"),
        ({"quick_reply": {"title": "Track"}}, "payload"),
        ({"postback": "GO"}, "has not offered"),
        ({"postback": {}}, "payload"),
        ({"attachment": "hologram"}, "type"),
        ({"attachment": {"type": "image"}}, "url"),
        ({"referral": 7}, "referral"),
        ({"reaction": {}}, "no such message"),
        ({"edit": "hi"}, "object"),
    ],
    ids=str,
)
def test_what_cannot_be_said_is_explained(
    emulator: Emulator, said: Json, word: str
) -> None:
    psid = emulator.customer(says=None)

    assert word in emulator.refusal(f"customers/{psid}/say", said)


def test_a_customer_who_has_blocked_the_page_does_not_write(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.post(f"customers/{psid}", {"blocked": True})

    assert "unblock" in emulator.refusal(f"customers/{psid}/say", {"text": "hi"})
