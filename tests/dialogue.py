"""The assistant as the pure tests meet it: real data, a made-up shop, a stub model."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import source_files
from bot.assistant import Assistant
from bot.assistants import Assistants
from bot.hours import Hours
from bot.settings import LANGUAGES
from bot.turn import Heard, take_turn
from flows import domain, responses, script
from flows.actions import all_actions
from flows.executor import in_process
from flows.ports import (
    Admission,
    CalendarEvent,
    Order,
    Parcel,
    PortError,
    TooManyTriesError,
)
from flows.stack import State
from intents import examples as training
from intents import language
from intents.entities import extract

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
THRESHOLDS = {"answer": 0.8, "offer": 0.4}

PATTERNS = training.load([ROOT / "data" / "nlu" / "entities.yml"]).patterns


def sources(*folders, language="en"):
    """Return the data files that the dialogue runs on, in one language."""
    paths = [ROOT / "data" / "domain.yml"]
    for folder in folders or ("flows", "responses", "faq"):
        pattern = "*.yml" if folder == "flows" else f"{language}.yml"
        paths += sorted((ROOT / "data" / folder).glob(pattern))
    # As they were read beforehand: to read YAML took more than half of this import.
    return [
        replace(source, name=str(path.relative_to(ROOT)))
        for path, source in zip(paths, source_files.read(paths), strict=True)
    ]


def spoken(read):
    """Return what files say; choices that lead to an answer have its question."""
    said = responses.load(read)
    items = [item for one in read for item in one.contents.get("nlu") or []]
    asked = {
        f"utter_{item['intent']}": item["metadata"]["question"]
        for item in items
        if item.get("intent", "").startswith("faq/")
    }
    titled = {
        name: tuple(
            replace(one, metadata={**one.metadata, "title": asked[name]})
            if name in asked
            else one
            for one in variations
        )
        for name, variations in said.by_name.items()
    }
    return replace(said, by_name=titled)


class FakeOrders:
    """A shop with a few orders, all of anna@example.com at SW1A 1AA."""

    def __init__(self):
        self.down = self.closed = self.news = False
        self.orders = {
            "48213": Order(
                number="48213",
                status="shipped",
                parcels=(
                    Parcel(
                        status="in_transit",
                        courier="Royal Mail",
                        tracking_number="RM123456785GB",
                        tracking_url="https://track.example/RM123456785GB",
                        expected=date(2026, 11, 27),
                    ),
                ),
            ),
            "50001": Order(number="50001", status="processing"),
            "50002": Order(
                number="50002",
                status="partially_shipped",
                parcels=(
                    Parcel(status="delivered", courier="DHL", tracking_number="D1"),
                    Parcel(status="delayed", expected=date(2026, 11, 20)),
                ),
            ),
        }

    def knows(self, number, customer):
        return False

    def mine(self, customer):
        return None

    def claim(self, number, customer):
        return False

    def contents(self, number, customer):
        return None

    def has_news(self):
        return self.news

    def mails_codes(self):
        return False

    def cancels(self):
        return False

    def changes_addresses(self):
        return False

    def find(self, number, proof, customer):
        if self.closed:
            raise TooManyTriesError("orders")
        if self.down:
            raise PortError("orders did not answer")
        if proof.casefold().replace(" ", "") not in ("anna@example.com", "sw1a1aa"):
            return None
        return self.orders.get(number)


class FakeCalendar:
    """Three events; tickets of anna@example.com."""

    def __init__(self):
        self.down = self.closed = False
        self.events = {
            "HR-7K2M9Q": _event(
                "Harbour Sessions", datetime(2026, 12, 5, 19, 30, tzinfo=LONDON)
            ),
            "HR-CANCEL": _event(
                "Screen printing",
                datetime(2026, 12, 12, 14, tzinfo=LONDON),
                status="cancelled",
            ),
            "HR-MOVED1": _event(
                "Vinyl fair", datetime(2027, 1, 9, 11, tzinfo=LONDON), status="moved"
            ),
            "HR-SOON01": _event("Early tour", NOW + timedelta(minutes=90)),
            "HR-PAST01": _event(
                "Summer night", datetime(2026, 7, 4, 20, tzinfo=LONDON)
            ),
        }

    def find(self, ticket, email, customer):
        if self.closed:
            raise TooManyTriesError("calendar")
        if self.down:
            raise PortError("calendar did not answer")
        event = self.events.get(ticket)
        if event is None or email != "anna@example.com":
            return None
        return Admission(ticket=ticket, event=event)

    def upcoming(self):
        if self.down:
            raise PortError("calendar did not answer")
        return [e for e in self.events.values() if e.starts_at > NOW]

    announced = upcoming


def _event(name, at, status="scheduled"):
    return CalendarEvent(
        event_id=name,
        name=name,
        starts_at=at,
        zone="Europe/London",
        venue="The Old Chapel, Harbourtown",
        status=status,
    )


class StubModel:
    """Knows what it is told; everything else means nothing to it.

    It stands where the trained model will: same interface, same parse data.
    """

    thresholds = lenient_thresholds = THRESHOLDS

    def __init__(self, known=None):
        self.known = {plain(text): means for text, means in (known or {}).items()}

    def classify(self, text, language="en"):
        means = self.known.get(plain(text), {})
        if isinstance(means, str):
            means = {means: 0.97}
        ranking = [
            {"name": name, "confidence": confidence}
            for name, confidence in sorted(means.items(), key=lambda item: -item[1])
        ]
        nothing = {"name": None, "confidence": 0.0}
        return {
            "text": text,
            "intent": ranking[0] if ranking else nothing,
            "intent_ranking": ranking,
            "entities": extract(text, PATTERNS),
            "language": language,
        }


def plain(text):
    return " ".join(re.findall(r"[^\W_]+", text.casefold())) or text.strip()


#: What customers say in the tests, and what it means.
SAYINGS = {
    "where is my parcel?": "order_status",
    "when is the concert?": "event_when",
    "where is the venue?": "event_where",
    "is the show still on?": "event_cancelled",
    "i want to cancel my order": "cancel_order",
    "i want to send this back": "return_item",
    "i want my money back": "refund",
    "where is my refund?": "refund_state",
    "did my return arrive?": "refund_state",
    "has order 48213 been refunded?": "refund_state",
    "refund": "refund",
    "i lost my ticket e-mail": "ticket_resend",
    "i want to make a complaint": "complaint",
    "remind me before the concert": "event_when",
    "i want a person": "contact_human_agent",
    "hello": "greet",
    "thanks": "thank",
    "bye": "goodbye",
    "yes": "affirm",
    "no": "deny",
    "never mind": "cancel",
    "stop writing to me": "stop",
    "actually, no reminders please": "stop",
    "how long does delivery take?": "faq/delivery_time",
    "when are you open?": "faq/opening_hours",
}

_DATA = sources()
DOMAIN = domain.load(_DATA)
RESPONSES = spoken(_DATA)
FLOWS = script.load(_DATA, DOMAIN, RESPONSES)


def assistant(model=None, orders=None, calendar=None, answers=RESPONSES):
    """Return the assistant with the real flows and this made-up world."""
    actions = all_actions(orders or FakeOrders(), calendar or FakeCalendar())
    return Assistant(
        model=model or StubModel(SAYINGS),
        flows=FLOWS,
        responses=answers,
        domain=DOMAIN,
        run_action=in_process(actions, DOMAIN.raw),
    )


@dataclass
class OneModel:
    """The same stub for all languages: what it is told may be of any."""

    model: object

    def of(self, language):
        return self.model


SPOKEN = {
    code: replace(
        responses.over([RESPONSES, spoken(sources(language=code))]),
        language=code,
    )
    for code in LANGUAGES
}
IDENTIFIER = language.load(
    LANGUAGES, sorted((ROOT / "data" / "languages").glob("*.txt"))
)


def assistants(**parts):
    """Return the assistant in all languages, with this made-up world."""
    one = assistant(**parts)
    return Assistants(
        models=OneModel(one.model),
        flows=one.flows,
        responses={**SPOKEN, "en": one.responses},
        domain=one.domain,
        run_action=one.run_action,
        identifier=IDENTIFIER,
    )


@dataclass
class Conversation:
    """One customer and the assistant, turn after turn."""

    assistant: object = field(default_factory=assistant)
    state: State = field(default_factory=State)
    events: list = field(default_factory=list)
    turns: list = field(default_factory=list)
    disclose: bool = False
    now: datetime = NOW
    hours: Hours = field(default_factory=Hours)
    #: Where the customer may write any language: the assistant in all of them.
    assistants: object = None
    language: str = ""

    def hear(self, kind, text="", payload=None):
        """Let the customer do something, and return the turn it led to."""
        heard = Heard(
            event_id=len(self.turns) + 1, kind=kind, text=text, payload=payload
        )
        turn = take_turn(
            heard,
            State.from_json(self.state.to_json()),
            self.events,
            self.hearing(heard),
            psid="555",
            now=self.now,
            disclose=self.disclose and not self.turns,
            hours=self.hours,
        )
        self.state = turn.state
        self.events += turn.events
        self.turns.append(turn)
        return turn

    def hearing(self, heard):
        if self.assistants is None:
            return self.assistant
        spoken = self.assistants.hearing(heard, self.language)
        self.language = spoken.language
        return spoken.assistant

    def say(self, text):
        return self.hear("text", text)

    def tap(self, title):
        """Let the customer tap something that was offered at any time before."""
        for turn in reversed(self.turns):
            for reply in reversed(turn.replies):
                for choice in tappable(reply):
                    if choice["title"] == title:
                        return self.hear("tap", title, choice["payload"])
        raise AssertionError(f"{title!r} was never offered")

    def knows(self, **sayings):
        """Teach the stub model more, for this conversation."""
        model = StubModel({**SAYINGS, **sayings})
        self.assistant = replace(self.assistant, model=model)
        if self.assistants is not None:
            self.assistants = replace(self.assistants, models=OneModel(model))


def tappable(reply):
    """Return the buttons and quick replies of a reply."""
    payload = reply.message.get("attachment", {}).get("payload", {})
    buttons = [b for b in payload.get("buttons", []) if b["type"] == "postback"]
    return [*buttons, *reply.message.get("quick_replies", [])]


def said(turn):
    """Return the names of the responses of a turn, in order."""
    return [
        event["metadata"].get("utter_action")
        for event in turn.events
        if event["event"] == "bot"
    ]


def words(turn):
    """Return all that a turn says."""
    return "\n".join(reply.text for reply in turn.replies)
