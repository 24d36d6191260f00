"""The shop on the network, and the server that mails codes."""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias

from bot.commands.health.finding import Finding, of_shop
from bot.settings import Settings
from bot.shop import chosen
from bot.shop.orders import Diagnosis
from flows.files import DataError
from flows.ports import PortError


class Asked(Protocol):
    """A shop that says how it stands with it."""

    def diagnosis(self) -> Diagnosis:
        """Ask it something harmless, and return what came of it."""


#: Returns the shop that the settings name, if one is to be asked.
Find: TypeAlias = Callable[[Settings], Asked | None]
NOBODYS_ADDRESS = "frontdesk-doctor@example.invalid"


def orders(settings: Settings) -> Iterator[Finding]:
    """Say whether a shop on the network answers, if orders are looked up in one."""
    yield from _asked("orders", chosen.remote, settings)


def products(settings: Settings) -> Iterator[Finding]:
    """Say whether a shop on the network lists its products, if it is asked for them."""
    yield from _asked("products", chosen.remote_products, settings)


def _asked(name: str, find: Find, settings: Settings) -> Iterator[Finding]:
    try:
        shop = find(settings)
    except DataError as error:
        cure = f"Mend that file: docs/{name}.md has what it must hold. Nothing starts"
        yield Finding(
            name=name, well=False, said=str(error), cure=f"{cure} until then."
        )
        return
    if shop is not None:
        yield of_shop(name, shop.diagnosis())


def mail(settings: Settings) -> Iterator[Finding]:
    """Say whether codes can be mailed, and what they prove be listed, if they are."""
    server = chosen.mail_server(settings)
    if server is None:
        return
    refusal = server.refusal()
    yield Finding(
        name="mail",
        well=refusal is None,
        said="the mail server answers" if refusal is None else str(refusal),
        cure="Set MAIL_URL as smtps://name:password@mail.example.com, or take it out.",
    )
    try:
        shop = chosen.remote(settings)
    except DataError:
        return  # that is said already, of the orders
    if shop is None:
        return
    try:
        shop.records_of(NOBODYS_ADDRESS)
    except PortError as error:
        cure = "See docs/orders.md, “Which of your orders?”, for what the shop answers."
        yield Finding(name="orders by e-mail", well=False, said=str(error), cure=cure)
