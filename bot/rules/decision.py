"""What does a rule give, and which words have commands of their own?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.situation import Situation
from flows.commands import Command, Perform
from flows.files import Payload

#: What is said to intents that start no flow, while nothing is asked.
COMMANDS: Mapping[str, Command] = {
    "affirm": Perform(action="utter_affirm"),
    "cancel": Perform(action="utter_nothing_to_cancel"),
    "deny": Perform(action="utter_all_right"),
    "goodbye": Perform(action="utter_goodbye", ends=True),
    "stop": Perform(action="action_stop", ends=True),
    "thank": Perform(action="utter_thank"),
}
#: From this chance on a customer likely wants something.
LIKELY = 0.5


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What to do, the rule that said so, and why: for the trace."""

    command: Command
    rule: str = ""
    why: str
    #: The intents of a "did you mean", in the order of its numbers.
    guesses: tuple[str, ...] = ()
    #: What was named where they were said, if that was another message.
    about: tuple[Payload, ...] | None = None


Rule: TypeAlias = Callable[[Situation], Decision | None]
