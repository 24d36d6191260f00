"""What an action says beside texts, and what responses may look at."""

import pytest

from bot.circumstances import NAMES, circumstances
from bot.hours import Hours
from bot.voice import Voice
from flows.domain import Domain
from flows.files import parse
from flows.ports import ActionResult
from flows.responses import load
from flows.stack import State
from tests.floor import NOW

SAID = "responses:\n  utter_x:\n  - text: It is {weekday}.\n"


def speaks(*messages, seen=None):
    """A voice whose action says these messages."""

    def run_action(name, tracker):
        if seen is not None:
            seen.update(tracker["slots"])
        return ActionResult(responses=[*messages], events=[])

    return Voice(
        load([parse(SAID, "x.yml")]),
        Domain(),
        run_action,
        psid="1",
        parse={"intent": {"name": None}, "entities": []},
        seed=1,
        history=(),
        slots={},
        around=circumstances(NOW, Hours()),
    )


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            {"attachment": {"type": "video", "payload": {"url": "https://a.example"}}},
            {"media": {"type": "video", "url": "https://a.example"}},
        ),
        (
            {"custom": {"quick_replies": [{"title": "Yes", "payload": "/affirm"}]}},
            {"quick_replies": [{"title": "Yes", "payload": "/affirm"}]},
        ),
        (
            {"custom": {"blocks": []}, "image": "https://a.example"},
            {"image": "https://a.example"},
        ),
        ({"attachment": {}, "custom": {}, "image": None}, {}),
    ],
)
def test_an_action_says_what_messenger_has_words_for(message, said):
    (event,) = speaks({"text": "Hi", **message}).perform("action_x", State(), {})
    assert (event["text"], event["data"]) == ("Hi", said)


def test_responses_and_actions_know_what_is_the_case():
    seen = {}
    voice = speaks(seen=seen)
    (event,) = voice.perform("utter_x", State(), {})
    assert event["text"] == f"It is {NOW.strftime('%A').lower()}."
    voice.perform("action_x", State(), {})
    assert {*NAMES} <= {*seen}
