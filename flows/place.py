"""Where in a flow file are we? Reads what stands there, and names it in errors."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from flows.conditions import Condition, ConditionError
from flows.conditions import parse as parse_condition
from flows.files import DataError, Payload, nearest

#: Keys of Rasa's grammar that mean nothing here. Ignoring one would be a lie.
_ELSEWHERE: Mapping[str, str] = {
    "mapping": "calls a tool of a language model's server",
    "mcp_server": "calls a tool of a language model's server",
    "exit_if": "calls an agent of a language model",
    "silence_timeout": "is for calls by voice",
    "dtmf": "is for calls by voice",
}


@dataclass(frozen=True)
class Place:
    """A file, a flow and, where we are inside one, a step."""

    file: str
    flow: str
    step: str | None = None
    #: 0 if it is unknown.
    line: int = 0

    def __str__(self) -> str:
        """Return where we are, for people."""
        line = f", line {self.line}" if self.line else ""
        step = f", step {self.step}" if self.step else ""
        return f"{self.file}{line}, flow {self.flow}{step}"

    def error(self, problem: str) -> DataError:
        """Return the error that says what is wrong here."""
        return DataError([f"{self}: {problem}"])

    def condition(self, text: Any) -> Condition:
        """Return what a condition says, or raise DataError."""
        try:
            return parse_condition(str(text))
        except ConditionError as error:
            raise self.error(f"can't read the condition: {error}") from None

    def check_keys(self, body: Payload, known: Set[str]) -> None:
        """Raise DataError if there is a key that means nothing here."""
        for key in map(str, body):
            if key in _ELSEWHERE:
                raise self.error(f"'{key}' {_ELSEWHERE[key]}; take it out")
            if key not in known:
                raise self.error(f"unknown key '{key}'{nearest(key, known)}")

    def switch(self, body: Payload, key: str, *, unset: bool = False) -> bool:
        """Return a key that is true or false, *unset* where it is missing."""
        found = body.get(key, unset)
        if not isinstance(found, bool):
            raise self.error(f"'{key}' is true or false")
        return found

    def names(self, body: Payload, key: str) -> frozenset[str]:
        """Return a key that is a list of names, none where it is missing."""
        found = body.get(key) or []
        if not isinstance(found, list) or not all(isinstance(n, str) for n in found):
            raise self.error(f"'{key}' needs a list of names such as [email]")
        return frozenset(found)
