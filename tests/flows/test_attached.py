"""What Rasa's `attachment`, `custom` and `button_type` say, in our own keys."""

import pytest

from flows.attached import ShapeError, plain

YES = {"title": "Yes", "payload": "/affirm"}
MAP = {"title": "Map", "url": "https://shop.example/map"}
CARD = {"title": "Vinyl", "subtitle": "£20", "buttons": [MAP]}


def template(**payload):
    return {"type": "template", "payload": payload}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"text": "Hi"}, {"text": "Hi"}),
        (
            {"attachment": template(template_type="generic", elements=[CARD])},
            {"elements": [CARD]},
        ),
        (
            {"attachment": template(template_type="button", text="A", buttons=[YES])},
            {"text": "A", "buttons": [YES]},
        ),
        (
            {
                "text": "Before",
                "attachment": template(
                    template_type="button", text="After", buttons=[YES]
                ),
            },
            {"text": "Before\n\nAfter", "buttons": [YES]},
        ),
        (
            {
                "attachment": {
                    "type": "image",
                    "payload": {"url": "https://a.example/b"},
                }
            },
            {"image": "https://a.example/b"},
        ),
        (
            {"attachment": {"type": "video", "payload": {"url": "{clip}"}}},
            {"media": {"type": "video", "url": "{clip}"}},
        ),
        (
            {"custom": {"text": "Hi", "quick_replies": [YES]}},
            {"text": "Hi", "quick_replies": [YES]},
        ),
        (
            {"custom": {"message": {"attachment": template(template_type="generic")}}},
            {"elements": []},
        ),
        (
            {"text": "A", "buttons": [YES, MAP], "button_type": "reply"},
            {"text": "A", "buttons": [MAP], "quick_replies": [YES]},
        ),
        (
            {"text": "A", "buttons": [YES], "button_type": "inline"},
            {"text": "A", "buttons": [YES]},
        ),
        ({"text": "A", "custom": {}, "attachment": None}, {"text": "A"}),
    ],
)
def test_it_is_said_in_our_keys(body, said):
    assert plain(body) == said


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"custom": {"blocks": []}}, "'blocks' is not sent; attachment, quick_replies"),
        ({"custom": "Hi"}, "'custom' must be a message of Messenger's"),
        (
            {"custom": {"quick_replies": [{"content_type": "user_email"}]}},
            "the kind 'user_email' are not offered; ask for it with a 'collect' step",
        ),
        ({"attachment": "https://a.example"}, "needs 'type' and 'payload'"),
        ({"attachment": {"type": "imge", "payload": {}}}, "did you mean 'image'?"),
        (
            {"attachment": {"type": "file", "payload": {"attachment_id": "1"}}},
            "give the file a 'url' that begins with https://",
        ),
        (
            {"attachment": template(template_type="receipt")},
            "templates of the type 'receipt' are not sent; 'button' and 'generic' are",
        ),
        (
            {
                "image": "https://a.example/b",
                "attachment": {
                    "type": "image",
                    "payload": {"url": "https://c.example"},
                },
            },
            "says 'image' twice; take one of them out",
        ),
        ({"text": "A", "button_type": "round"}, "'round' is none of inline, vertical"),
    ],
)
def test_what_can_t_be_said_is_refused_with_what_to_do(body, problem):
    with pytest.raises(ShapeError) as error:
        plain(body)
    assert problem in str(error.value)
