"""The shop on the network, and the server that mails codes."""

from collections.abc import Iterator

from bot.commands.health.finding import Finding, of_shop
from bot.settings import Settings
from bot.shop import chosen
from flows.ports import PortError

NOBODYS_ADDRESS = "frontdesk-doctor@example.invalid"


def orders(settings: Settings) -> Iterator[Finding]:
    """Say whether a shop on the network answers, if orders are looked up in one."""
    shop = chosen.remote(settings)
    if shop is None:
        return
    yield of_shop("orders", shop.diagnosis())


def products(settings: Settings) -> Iterator[Finding]:
    """Say whether a shop on the network lists its products, if it is asked for them."""
    shop = chosen.remote_products(settings)
    if shop is None:
        return
    yield of_shop("products", shop.diagnosis())


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
    shop = chosen.remote(settings)
    if shop is None:
        return
    try:
        shop.records_of(NOBODYS_ADDRESS)
    except PortError as error:
        cure = "See docs/orders.md, “Which of your orders?”, for what the shop answers."
        yield Finding(name="orders by e-mail", well=False, said=str(error), cure=cure)
