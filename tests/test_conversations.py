"""Plays every script in tests/conversations against the real flows and responses.

A script is a list of lines, read from top to bottom:

    - customer: where is my parcel?        what the customer types
    - customer: 48213 pls
      means: {order_status: 0.6}          ... and how the model understands it
    - taps: I don't have it               a button or quick reply offered before
    - sends: a picture                    or: a thumbs-up
    - bot: utter_ask_order_number         the next response, by its name
    - bot: Friday 27 November             or words that the bot says in this turn
    - not said: I'll remind you           words that the bot does not say in this turn
    - choices: [Yes, please]              all that can be tapped in this turn
    - handed over: misses                 a person is fetched, for this reason
    - summary: "Order number: 48213"      what the person is told
    - reminders: on HR-7K2M9Q             or: off HR-7K2M9Q, off for all
    - opted out                           no message unasked any more
    - the bot is silent
    - nothing is open                     no question waits for an answer
    - speaks: ar                          the language of the conversation from now on
    - the shop's system is down           from here on
    - the calendar is empty
"""

from pathlib import Path

import pytest

from flows.files import read
from tests import dialogue
from tests.dialogue import Conversation, FakeCalendar, FakeOrders, said, tappable, words

FOLDER = Path(__file__).parent / "conversations"
SCRIPTS = [
    pytest.param(lines, id=f"{Path(source.name).stem}: {title}")
    for source in read(sorted(FOLDER.glob("*.yml")))
    for title, lines in source.contents.items()
]


class Player:
    """Plays one script, line by line."""

    def __init__(self):
        self.orders, self.calendar = FakeOrders(), FakeCalendar()
        world = {"orders": self.orders, "calendar": self.calendar}
        self.conversation = Conversation(
            dialogue.assistant(**world), assistants=dialogue.assistants(**world)
        )
        self.turn = None
        self.unread = []

    def play(self, line):
        match line:
            case {"customer": text, **more}:
                self.conversation.knows(**({text: more["means"]} if more else {}))
                self.heard(self.conversation.say(text))
            case {"taps": title}:
                self.heard(self.conversation.tap(title))
            case {"sends": "a thumbs-up"}:
                self.heard(self.conversation.hear("thumbs_up", "👍"))
            case {"sends": _}:
                self.heard(self.conversation.hear("attachment"))
            case "the shop's system is down":
                self.orders.down = self.calendar.down = True
            case "the calendar is empty":
                self.calendar.events = {}
            case _:
                self.check(line)

    def heard(self, turn):
        self.turn = turn
        self.unread = said(turn)

    def check(self, line):
        name, expected = (
            next(iter(line.items())) if isinstance(line, dict) else (line, None)
        )
        assert name in CHECKS, f"no such line in scripts: {line}"
        CHECKS[name](self, expected)

    def bot(self, expected):
        if not expected.startswith("utter_"):
            assert expected in words(self.turn)
            return
        assert expected in self.unread, f"{expected} is not among {self.unread}"
        self.unread = self.unread[self.unread.index(expected) + 1 :]

    def not_said(self, unexpected):
        assert unexpected not in words(self.turn)

    def choices(self, titles):
        offered = [tappable(reply) for reply in self.turn.replies]
        assert [c["title"] for choices in offered for c in choices] == titles

    def handed_over(self, reason):
        assert self.turn.handoff, self.turn.trace["why"]
        assert self.turn.handoff.reason == reason
        assert [reply.purpose for reply in self.turn.replies] == ["handoff_notice"]

    def summary(self, text):
        assert text in self.turn.handoff.summary.splitlines()

    def reminders(self, what):
        assert what in [_reminders(event) for event in self.turn.events]

    def opted_out(self, _):
        assert "opt_out" in [event["event"] for event in self.turn.events]

    def speaks(self, code):
        assert self.conversation.language == code

    def silent(self, _):
        assert self.turn.replies == ()

    def nothing_open(self, _):
        assert self.turn.state.stack == ()
        assert self.turn.state.asked is None


CHECKS = {
    "bot": Player.bot,
    "not said": Player.not_said,
    "choices": Player.choices,
    "handed over": Player.handed_over,
    "summary": Player.summary,
    "reminders": Player.reminders,
    "opted out": Player.opted_out,
    "speaks": Player.speaks,
    "the bot is silent": Player.silent,
    "nothing is open": Player.nothing_open,
}


def _reminders(event):
    match event:
        case {"event": "ticket_linked", "ticket": ticket}:
            return f"on {ticket}"
        case {"event": "reminders_off", "ticket": None}:
            return "off for all"
        case {"event": "reminders_off", "ticket": ticket}:
            return f"off {ticket}"
    return None


@pytest.mark.parametrize("script", SCRIPTS)
def test_conversation(script):
    player = Player()
    for line in script:
        player.play(line)


def test_there_is_a_script_for_every_goal():
    goals = {flow.id for flow in dialogue.FLOWS.by_id.values() if not flow.is_pattern}
    assert goals <= {path.stem for path in FOLDER.glob("*.yml")}
