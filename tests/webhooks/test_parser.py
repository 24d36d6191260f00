"""The shapes of Messenger's documentation and of the field, with our own values."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhooks.events import (
    MessageDelivered,
    MessageEchoed,
    MessageEdited,
    MessageRead,
    MessageReceived,
    MessageUnsent,
    OtherEvent,
    PostbackReceived,
    ReactionReceived,
    ReferralReceived,
    UnknownEvent,
    UnparsableBody,
)
from webhooks.parser import parse, parse_item

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
THEN = datetime(2026, 11, 24, 11, 59, 59, 990_000, tzinfo=UTC)
MS = int(THEN.timestamp() * 1000)
PAIR = {
    "sender": {"id": "7400112233"},
    "recipient": {"id": "1020304050"},
    "timestamp": MS,
}


def body(*items, under="messaging", **envelope):
    entry = {"id": "1020304050", "time": MS + 100, under: list(items)}
    return json.dumps({"object": "page", "entry": [entry], **envelope}).encode()


def only(*items, **options):
    [event] = parse(body(*items, **options), NOW)
    return event


def test_a_text_message():
    event = only({**PAIR, "message": {"mid": "m_1", "text": "hi"}})
    assert isinstance(event, MessageReceived)
    assert (event.page_id, event.psid) == ("1020304050", "7400112233")
    assert (event.mid, event.text, event.at) == ("m_1", "hi", THEN)
    assert event.key == "1020304050|message|m_1"


def test_a_tapped_quick_reply_keeps_its_payload_and_its_title():
    tapped = {"mid": "m_1", "text": "Track", "quick_reply": {"payload": "TRACK"}}
    event = only({**PAIR, "message": tapped})
    assert (event.text, event.quick_reply) == ("Track", "TRACK")


@pytest.mark.parametrize(
    ("reply_to", "answered"),
    [
        ({"mid": "m_9f", "is_self_reply": False}, "m_9f"),
        ({"mid": 17}, "17"),
        ({"story": {"url": "https://example.com", "id": "1"}}, None),
        ({"mid": ["m_9f"]}, None),
        ("m_9f", None),
        (None, None),
    ],
)
@pytest.mark.parametrize("about", [{}, {"is_echo": True}])
def test_an_answer_to_a_certain_message_names_it(reply_to, answered, about):
    said = {"mid": "m_1", "text": "no, that one", "reply_to": reply_to, **about}
    assert only({**PAIR, "message": said}).reply_to == answered


@pytest.mark.parametrize(
    "kind", ["image", "audio", "video", "file", "reel", "post", "zzz-2027"]
)
def test_every_kind_of_attachment_also_one_nobody_knows(kind):
    sent = {"type": kind, "payload": {"url": "https://example.com/1"}}
    event = only({**PAIR, "message": {"mid": "m_1", "attachments": [sent]}})
    [attachment] = event.attachments
    assert (attachment.kind, attachment.url) == (kind, "https://example.com/1")


def test_several_attachments_and_text_in_one_message():
    sent = [
        {"type": "image", "payload": {"url": "https://example.com/1"}},
        {"type": "image", "payload": {"url": "https://example.com/2"}},
    ]
    event = only({**PAIR, "message": {"mid": "m", "text": "look", "attachments": sent}})
    assert event.text == "look"
    assert len(event.attachments) == 2


@pytest.mark.parametrize(
    ("shared", "url"),
    [
        ({"type": "fallback", "url": "https://a.example"}, "https://a.example"),
        ({"type": "fallback", "URL": "https://a.example"}, "https://a.example"),
        (
            {"type": "fallback", "payload": {"url": "https://a.example"}},
            "https://a.example",
        ),
        ({"type": "fallback", "payload": None, "title": "t"}, None),
        ({}, None),
    ],
)
def test_a_shared_link_wherever_its_url_stands(shared, url):
    event = only({**PAIR, "message": {"mid": "m", "attachments": [shared]}})
    assert event.attachments[0].url == url


@pytest.mark.parametrize(
    "sticker", [369239263222822, "369239263222822"], ids=["number", "text"]
)
def test_the_thumbs_up_is_known_by_its_sticker(sticker):
    like = {"type": "sticker", "payload": {"url": "u", "sticker_id": sticker}}
    event = only({**PAIR, "message": {"mid": "m", "attachments": [like]}})
    assert event.attachments[0].is_like


def test_a_postback_with_where_the_customer_came_from():
    tapped = {
        "mid": "m_2",
        "title": "Get Started",
        "payload": "GET_STARTED",
        "referral": {"ref": "qr_shop", "source": "SHORTLINK", "type": "OPEN_THREAD"},
    }
    event = only({**PAIR, "postback": tapped})
    assert isinstance(event, PostbackReceived)
    assert (event.title, event.payload, event.referral.ref) == (
        "Get Started",
        "GET_STARTED",
        "qr_shop",
    )


def test_postbacks_without_a_mid_are_told_apart_by_their_content():
    one = only({**PAIR, "postback": {"title": "A", "payload": "A"}})
    same = only({**PAIR, "postback": {"payload": "A", "title": "A"}})
    other = only({**PAIR, "postback": {"title": "B", "payload": "B"}})
    assert one.key == same.key != other.key


def test_an_echo_is_about_the_customer_who_received_it():
    item = {
        "sender": {"id": "1020304050"},
        "recipient": {"id": "7400112233"},
        "timestamp": MS,
        "message": {
            "is_echo": True,
            "app_id": 1517776481860111,
            "metadata": "v1:7:1",
            "mid": "m_3",
            "text": "On its way",
        },
    }
    event = only(item)
    assert isinstance(event, MessageEchoed)
    assert event.psid == "7400112233"
    assert (event.app_id, event.metadata) == ("1517776481860111", "v1:7:1")


def test_deliveries_and_reads():
    watermark = {"watermark": MS}
    delivered = only({**PAIR, "delivery": {"mids": ["m_1"], **watermark}})
    assert isinstance(delivered, MessageDelivered)
    assert (delivered.mids, delivered.watermark) == (("m_1",), THEN)
    read = only({**PAIR, "read": watermark})
    assert isinstance(read, MessageRead)
    assert read.watermark == THEN


def test_a_delivery_may_leave_out_everything():
    event = only({**PAIR, "delivery": {}})
    assert (event.mids, event.watermark) == ((), None)


def test_a_referral_and_a_reaction():
    came = only({**PAIR, "referral": {"ref": "invoice_88", "source": "SHORTLINK"}})
    assert isinstance(came, ReferralReceived)
    assert came.referral.ref == "invoice_88"
    liked = {"reaction": "love", "emoji": "❤", "action": "react", "mid": "m_1"}
    reaction = only({**PAIR, "reaction": liked})
    assert isinstance(reaction, ReactionReceived)
    assert (reaction.mid, reaction.action, reaction.emoji) == ("m_1", "react", "❤")


def test_an_edit_names_its_message_its_number_and_the_new_words():
    edit = only({**PAIR, "message_edit": {"mid": "m", "text": "t", "num_edit": 2}})
    assert isinstance(edit, MessageEdited)
    assert (edit.mid, edit.number, edit.text) == ("m", 2, "t")
    assert edit.key.endswith("|message_edit|m|2")


@pytest.mark.parametrize("number", [None, "x", -1, True, 10**9, 1.5])
def test_an_edit_with_an_odd_number_is_kept_and_is_none_of_any(number):
    edit = only({**PAIR, "message_edit": {"mid": "m", "num_edit": number}})
    assert isinstance(edit, MessageEdited)
    assert (edit.number, edit.text) == (0, None)


@pytest.mark.parametrize("deleted", [True, "true"])
def test_an_unsent_message_is_no_message(deleted):
    unsent = only({**PAIR, "message": {"mid": "m", "is_deleted": deleted}})
    assert isinstance(unsent, MessageUnsent)
    assert (unsent.kind, unsent.mid) == ("message_deleted", "m")


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ({"optin": {"ref": "x"}}, "optin"),
        ({"account_linking": {"status": "linked"}}, "account_linking"),
        ({"policy_enforcement": {"action": "warning"}}, "policy_enforcement"),
        ({"policy-enforcement": {"action": "block"}}, "policy_enforcement"),
        ({"pass_thread_control": {"new_owner_app_id": 1}}, "pass_thread_control"),
        ({"app_roles": {"1": ["primary_receiver"]}}, "app_roles"),
        ({"response_feedback": {"feedback": "Good response"}}, "response_feedback"),
        ({"template": {"type": "coupon"}}, "template"),
        (
            {"message": {"mid": "m", "text": "Lead"}, "hop_context": {"app_id": 1}},
            "lead_summary",
        ),
    ],
)
def test_other_documented_kinds_are_known_by_name(item, name):
    event = only({**PAIR, **item})
    assert isinstance(event, OtherEvent)
    assert event.kind == name


def test_changes_of_a_page_are_known_by_their_field():
    event = only({"field": "feed", "value": {"item": "comment"}}, under="changes")
    assert event.kind == "feed"
    event = only({"field": "parking"}, under="changes")
    assert isinstance(event, UnknownEvent)


def test_what_another_app_answers_is_marked():
    event = only({**PAIR, "message": {"mid": "m", "text": "hi"}}, under="standby")
    assert event.standby
    assert event.key == "1020304050|standby-message|m"


def test_every_event_of_every_entry_in_order():
    said = [{**PAIR, "message": {"mid": f"m_{n}", "text": str(n)}} for n in range(6)]
    entries = [
        {"id": "1", "time": MS, "messaging": said[:3]},
        {"id": "2", "time": MS, "messaging": said[3:]},
    ]
    events = parse(json.dumps({"object": "page", "entry": entries}).encode(), NOW)
    assert [event.text for event in events] == list("012345")
    assert [event.page_id for event in events] == list("111222")


@pytest.mark.parametrize(
    ("timestamp", "at"),
    [
        (MS, THEN),
        (str(MS), THEN),
        (MS // 1000, THEN.replace(microsecond=0)),
        ("2026-11-24T11:59:59.990+0000", THEN),
        (None, datetime.fromtimestamp((MS + 100) / 1000, tz=UTC)),
        ("soon", datetime.fromtimestamp((MS + 100) / 1000, tz=UTC)),
        (True, datetime.fromtimestamp((MS + 100) / 1000, tz=UTC)),
        (10**30, datetime.fromtimestamp((MS + 100) / 1000, tz=UTC)),
        (-5, datetime.fromtimestamp((MS + 100) / 1000, tz=UTC)),
    ],
    ids=["ms", "text", "s", "iso", "none", "word", "bool", "huge", "negative"],
)
def test_times_in_every_form_that_was_seen(timestamp, at):
    item = {**PAIR, "timestamp": timestamp, "message": {"mid": "m", "text": "hi"}}
    assert only(item).at == at


def test_without_any_time_it_happened_when_we_heard_of_it():
    body = (
        b'{"object":"page","entry":[{"id":"1","messaging":[{"message":{"mid":"m"}}]}]}'
    )
    assert parse(body, NOW)[0].at == NOW


@pytest.mark.parametrize(
    "sender", [None, {}, {"user_ref": "cb-19"}, "7400112233", [], {"id": None}]
)
def test_a_sender_who_is_not_there(sender):
    event = only({**PAIR, "sender": sender, "message": {"mid": "m", "text": "hi"}})
    assert event.psid is None


def test_ids_that_come_as_numbers_are_text():
    item = {**PAIR, "sender": {"id": 9007199254740993}}
    assert only({**item, "message": {"mid": "m"}}).psid == "9007199254740993"


def test_a_message_without_a_mid_has_a_key_all_the_same():
    one = only({**PAIR, "message": {"text": "hi"}})
    two = only({**PAIR, "message": {"text": "ho"}})
    assert one.key
    assert one.key != two.key
    assert one.mid is None


def test_a_mid_longer_than_a_key_may_be_still_tells_messages_apart():
    keys = {only({**PAIR, "message": {"mid": "m" * 5000 + end}}).key for end in "ab"}
    assert len(keys) == 2
    assert all(len(key) < 400 for key in keys)


def test_text_that_no_database_takes_is_mended():
    raw = body({**PAIR, "message": {"mid": "m", "text": "TEXT"}})
    hurt = raw.replace(b"TEXT", rb"a\u0000b\ud83dc")
    [event] = parse(hurt, NOW)
    assert event.text == "a\ufffdb\ufffdc"
    event.text.encode()


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"rawBody",
        b"null",
        b"17",
        b'"page"',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"object":"page","entry":[{"id":' + b"9" * 5000 + b"}]}",
    ],
)
def test_a_hostile_body_is_one_event_and_no_exception(hostile):
    [event] = parse(hostile, NOW)
    assert isinstance(event, UnparsableBody | UnknownEvent)
    assert event.at == NOW


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"entry": []},
        {"entry": "x"},
        {"object": "page", "entry": [{"id": "1", "time": 1, "message": "a string"}]},
        {"object": "page", "entry": [{"id": "1", "messaging": []}]},
        {"object": "page", "entry": [{"id": "1", "messaging": [17, None, "x"]}]},
        {"object": "page", "entry": [{"id": "1", "messaging": [{"message": None}]}]},
    ],
)
def test_an_odd_envelope_is_kept_as_unknown(odd):
    events = parse(json.dumps(odd).encode(), NOW)
    assert events
    assert all(isinstance(event, UnknownEvent) for event in events)


def test_other_objects_are_kept_by_name():
    [event] = parse(b'{"object":"instagram","entry":[{"id":"1"}]}', NOW)
    assert event.kind == "object_instagram"


def test_a_stored_item_reads_back_as_the_same_event():
    event = only({**PAIR, "message": {"mid": "m_1", "text": "café 😀"}})
    assert parse_item(event.raw, event.page_id, NOW) == event


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["object", "entry", "messaging", "id", "time", "message", "mid", "text"]
                + ["attachments", "type", "payload", "postback", "read", "watermark"]
                + ["sender", "recipient", "timestamp", "standby", "changes", "field"]
                + ["is_echo", "app_id", "delivery", "mids", "reaction", "quick_reply"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(anything)
def test_no_json_at_all_raises(content):
    events = parse(json.dumps(content).encode(), NOW)
    assert events
    for event in events:
        assert event.key.encode()
        assert event.at.tzinfo


@given(st.binary(max_size=200))
def test_no_bytes_at_all_raise(content):
    assert parse(content, NOW)
