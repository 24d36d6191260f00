"""What docs/ list is what there is."""

import re

import pytest

from bot.cli import COMMANDS
from bot.connection.subscription import NEEDED, WELCOME
from bot.content import ROOT

RUN = (ROOT / "docs" / "run.md").read_text()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_stands_in_the_table(command):
    rows = [line for line in RUN.splitlines() if line.startswith("| `frontdesk ")]
    assert any(f"`frontdesk {command}" in row.split(" | ")[0] for row in rows)


def test_what_is_subscribed_by_hand_is_what_connect_subscribes():
    step = RUN.split("the fields `messages`")[1].split("\n5. ")[0]
    named = {"messages", *re.findall(r"`(\w+)`", step)}
    assert named == {*NEEDED, *WELCOME}
