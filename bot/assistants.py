"""The assistant in each language of the shop: who answers whom, and in which one?

A message is read in its own language and answered in that of its conversation: one
word of another language changes neither. Pure, swapped whole when an admin saves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot import plainly
from bot.assistant import Assistant
from bot.event_names import EventNames
from bot.held import Model
from bot.own_actions import OwnActions
from bot.product_names import ProductNames
from bot.realised import Raised
from bot.turn import Heard
from flows.domain import Domain
from flows.editions import Editions
from flows.ports import RunAction
from flows.responses import Responses
from flows.steps import Flows
from intents.language import Identifier, reads, speaks


class Models(Protocol):
    """The trained models of all languages (intents.polyglot.Polyglot is one)."""

    def of(self, language: str) -> Model:
        """Return the model of a language."""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """Who answers a message, and the language that its customer is known to write."""

    assistant: Assistant
    #: Empty while nobody knows.
    language: str


@dataclass(frozen=True)
class Assistants:
    """The assistant in all languages; immutable."""

    models: Models
    flows: Flows
    #: By language.
    responses: Mapping[str, Responses]
    domain: Domain
    run_action: RunAction
    identifier: Identifier
    #: As it came in files, for scripts that came with us; None is the same.
    as_written: Mapping[str, Responses] | None = None
    #: A shop's own actions, for whoever plays them in another world than the real one.
    own_actions: OwnActions = ()
    #: Flows as they were, for who is inside one.
    editions: Editions = Editions()
    #: By language, what is answered only from a higher confidence on.
    raised: Mapping[str, Mapping[str, Raised]] = field(default_factory=dict)
    #: Of the events to come: known by their names in any language.
    names: EventNames = EventNames()
    #: Of the products that can be looked up.
    products: ProductNames = ProductNames()
    #: The questions of the FAQ that do not ship: the shop's own, as intents.
    taught: frozenset[str] = frozenset()

    def speaking(self, language: str = "", reading: str = "") -> Assistant:
        """Return the one who speaks a language, and reads the same or another one.

        What the shop does not offer is spoken to in the shop's own language.
        """
        spoken = language if language in self.responses else self.identifier.default
        read = reading or spoken
        return Assistant(
            model=self.models.of(read),
            flows=self.flows,
            responses=self.responses[spoken],
            domain=self.domain,
            run_action=self.run_action,
            reading=read,
            editions=self.editions,
            raised=self.raised.get(read, {}),
            names=self.names,
            products=self.products,
            taught=self.taught,
        )

    def hearing(self, heard: Heard, known: str = "", supposed: str = "") -> Spoken:
        """Return who answers what a customer did.

        *known* is the language of the conversation so far, *supposed* what Messenger
        says of the customer.
        """
        known, supposed = (self._offered(one) for one in (known, supposed))
        usual = known or supposed or self.identifier.default
        if heard.kind != "text":
            return Spoken(assistant=self.speaking(usual), language=known)
        text = self._unnamed(heard.text)
        guess = self.identifier.identify(text, known or supposed or None)
        asked = self._offered(plainly.read(heard.text).language or "")
        spoken = asked or speaks(guess, known or None) or ""
        return Spoken(
            assistant=self.speaking(spoken or usual, reads(guess, usual)),
            language=spoken,
        )

    def reading(self, text: str, language: str = "") -> Assistant:
        """Return who speaks a language and reads *text* in its own."""
        usual = self._offered(language) or self.identifier.default
        text = self._unnamed(text)
        guess = self.identifier.identify(text, self._offered(language) or None)
        return self.speaking(usual, reads(guess, usual))

    def _unnamed(self, text: str) -> str:
        """Return a text without the names in it, which are of no language."""
        return self.products.without(self.names.without(text))

    def _offered(self, language: str) -> str:
        return language if language in self.responses else ""
