"""What tests of every route share: the routes, and a conversation to be tried on."""

import pytest

from bot.permissions import routes
from bot.store.models import OutgoingState
from tests.bot.visiting import converse, owes


@pytest.fixture
def posts(app) -> list[str]:
    return [route.path for route in routes(app) if route.method != "GET"]


@pytest.fixture
def gets(app) -> list[str]:
    return [route.path for route in routes(app) if route.method == "GET"]


@pytest.fixture
def conversation(parts) -> int:
    found = converse(parts, "1001", "hello")
    owes(parts, found, "hi", state=OutgoingState.UNCONFIRMED)
    return found
