"""A Frontdesk without threads, and a real emulator for it to talk to."""

from collections.abc import Iterator

import pytest

from bot.messenger.client import Graph
from bot.store.database import Database
from tests.emulator.conftest import (
    PAGES,
    Emulator,
    Webhook,
    running_emulator,
    running_webhook,
)
from tests.floor import Floor


@pytest.fixture
def floor(database: Database) -> Floor:
    """Frontdesk without threads: what is owed is done when a test says so."""
    return Floor(database)


@pytest.fixture(scope="session")
def one_messenger() -> Iterator[Emulator]:
    with running_emulator(*PAGES, "--human-agent") as emulator:
        yield emulator


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    """Where the emulator brings its events: they wait there for the test."""
    with running_webhook() as webhook:
        yield webhook


@pytest.fixture
def messenger(one_messenger: Emulator, webhook: Webhook) -> Iterator[Emulator]:
    """An emulator as at its start, whose webhook is `webhook`."""
    one_messenger.post("reset")
    one_messenger.post("webhooks", {"url": webhook.url})
    yield one_messenger
    one_messenger.post("reset")


@pytest.fixture
def line(database: Database, messenger: Emulator) -> Floor:
    """A Frontdesk without threads whose messages go to the emulator."""
    return Floor(database, graph=Graph(messenger.url, "v25.0"))
