"""What `frontdesk doctor` finds of the broker."""

import os
from urllib.parse import urlsplit

import pytest

from bot.commands.broker import refusal
from tests.required import lacking

RABBITMQ = os.environ.get("TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672//")


def test_a_broker_that_is_down_is_told_in_a_line():
    assert "refused" in (refusal("amqp://guest:guest@127.0.0.1:1//") or "")


@pytest.mark.rabbitmq
def test_a_broker_that_is_there_is_well_and_a_wrong_password_is_not():
    if refusal(RABBITMQ) is not None:
        lacking("no RabbitMQ at TEST_RABBITMQ")
    place = urlsplit(RABBITMQ)
    wrong = f"amqp://nobody:wrong@{place.hostname}:{place.port}//"
    said = refusal(wrong) or ""
    assert "ACCESS_REFUSED" in said
    assert "\n" not in said
