"""What the phone gets of a response whose words an admin changed."""

from bot import saying
from bot.replies import replies
from bot.store.wordings import Words
from flows.responses import Responses, Variation

SAID = {
    "text": "What now?",
    "buttons": [{"title": "Our shop", "url": "https://example.com"}],
    "quick_replies": [
        {"title": "Yes", "payload": "/affirm"},
        {"title": "Sure", "payload": "/affirm"},
        {"title": "No, another one", "payload": "/deny"},
    ],
}


def phone(titles, text=""):
    spoken = Responses({"utter_ask": (Variation(said={**SAID}), Variation(said=SAID))})
    words = Words(text=text, titles=titles)
    edited = saying.edited(spoken, {"utter_ask#1": words}).by_name["utter_ask"]
    assert edited[0].said == SAID
    (reply,) = replies(edited[1].said)
    buttons = reply.message["attachment"]["payload"]["buttons"]
    quick = [(one["title"], one["payload"]) for one in reply.message["quick_replies"]]
    return [(one["title"], one["url"]) for one in buttons], quick


def test_titles_change_and_where_they_lead_stays():
    titles = {"https://example.com": "To the shop", "/affirm#2": "Go on", "/deny": "No"}
    assert phone(titles, "And now?") == (
        [("To the shop", "https://example.com")],
        [("Yes", "/affirm"), ("Go on", "/affirm"), ("No", "/deny")],
    )


def test_a_title_of_a_button_that_is_no_more_is_let_be():
    assert phone({"/gone": "Lost"}) == phone({})
