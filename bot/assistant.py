"""Who answers in one language: all that a turn needs, as it is now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot import (
    contents_asked,
    damaged,
    events_asked,
    farewells,
    naming,
    preambles,
    prices_asked,
    products_asked,
    refused,
    tickets_back,
)
from bot.event_names import EventNames
from bot.evidence import Payload
from bot.held import Model
from bot.named import Place, also
from bot.prices_asked import Spoken
from bot.product_names import ProductNames
from bot.realised import Raised
from flows.domain import Domain
from flows.editions import Editions
from flows.ports import RunAction
from flows.responses import Responses
from flows.stack import Frame
from flows.steps import Flows
from intents.rejection import CERTAIN


@dataclass(frozen=True)
class Assistant:
    """All a turn needs; immutable, and swapped whole when an admin saves.

    It answers in the language of its responses, and may read another.
    """

    model: Model
    flows: Flows
    responses: Responses
    domain: Domain
    run_action: RunAction
    #: The language of its model.
    reading: str = "en"
    #: Flows as they were, for who is inside one.
    editions: Editions = Editions()
    #: Intents that are answered only from a higher confidence on.
    raised: Mapping[str, Raised] = field(default_factory=dict)
    #: When and where a text is read, for what it says of days; None: it is not asked.
    place: Place | None = None
    #: Of the events to come, which customers call by their names.
    names: EventNames = EventNames()
    #: Of the shop's products: what can be looked up.
    products: ProductNames = ProductNames()
    #: What the conversation was about, for who asks a price of nothing else.
    spoken: Spoken = Spoken()
    #: The questions of the FAQ that the shop itself has written, as intents.
    taught: frozenset[str] = frozenset()

    @property
    def languages(self) -> frozenset[str]:
        """Return the language that is read and the one that is spoken."""
        return frozenset([self.reading, self.responses.language])

    def inside(self, stack: Iterable[Frame]) -> "Assistant":
        """Return the same for who has this stack: its flows as they were begun."""
        flows = self.editions.begun(self.flows, stack)
        return self if flows is self.flows else replace(self, flows=flows)

    def classify(self, text: str) -> Any:
        """Return Rasa's parse data of a text, with the event or product it names."""
        wanted = self.domain.entities_wanted
        way: Any = {
            "language": self.reading,
            "answered": self.model.lenient_thresholds["answer"],
        }
        events = self.names if naming.EVENT in wanted else EventNames()
        plain = self._classify(text)

        def classify(one: str) -> Any:
            return plain if one == text else self._classify(one)

        parse = naming.read(text, classify, events, **way)
        if products_asked.PRODUCT in wanted:
            parse = products_asked.read(parse, classify, self.products, **way)
        if not self._asks_own(plain):
            parse = self._by_words(parse)
        return also(parse, wanted, self.place)

    def looks_up(self) -> frozenset[str]:
        """Return the goals that are carried through, whatever the FAQ says of them."""
        known = self.products.products and products_asked.GOAL in self.flows.by_id
        return frozenset([products_asked.GOAL] if known else [])

    def _asks_own(self, plain: Payload) -> bool:
        """Whether a text surely asks what the shop has taught, or is its own words."""
        intent = plain["intent"]
        name, confidence = str(intent["name"] or ""), intent["confidence"]
        least = self.model.thresholds["answer"] if name in self.taught else CERTAIN
        answered = "/" in name and f"utter_{name}" in self.responses
        return answered and confidence >= least

    def _by_words(self, parse: Payload) -> Payload:
        """Return the parse data with what no model is taught as its meaning."""
        if products_asked.PRODUCT in self.domain.entities_wanted:
            parse = self._priced(parse)
        if tickets_back.GOAL in self.flows.by_id:
            parse = tickets_back.read(parse)
        return self._of_contents(self._of_all_events(parse))

    def _priced(self, parse: Payload) -> Payload:
        if prices_asked.GOAL not in self.flows.by_id:
            return parse
        strict, lenient = self.model.thresholds, self.model.lenient_thresholds
        return prices_asked.read(
            parse, self.products, strict, lenient, self.spoken, self.taught
        )

    def _of_all_events(self, parse: Payload) -> Payload:
        if events_asked.WHICH not in self.flows.by_id:
            return parse
        return events_asked.read(parse, self.names, self.model.thresholds["answer"])

    def _of_contents(self, parse: Payload) -> Payload:
        known = contents_asked.GOAL in self.flows.by_id
        return contents_asked.read(parse) if known else parse

    def _classify(self, text: str) -> Any:
        parse = preambles.read(text, self._without_refused)
        parse = farewells.read(parse)
        return damaged.read(parse) if damaged.GOAL in self.flows.by_id else parse

    def _without_refused(self, text: str) -> Any:
        return refused.read(text, lambda one: self.model.classify(one, self.reading))
