"""What a test needs that a machine may lack: said loudly, and never lacking in CI."""

import os
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """Leave a test out because of *what* is missing; where all is required, fail."""
    if os.environ.get("TEST_REQUIRE"):
        pytest.fail(what)
    pytest.skip(what)
