"""Is a condition of a flow true? Rasa's grammar for `if:`, parsed and evaluated by us.

    not slots.email and (slots.tries >= 2 or context.reason is 'misses')

Nothing is ever handed to Python's ``eval``. A name that is not set is null; a
comparison that makes no sense is false; nothing raises while a customer waits.
Grammar: https://rasa.com/docs/reference/primitives/conditions
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from flows.comparisons import COMPARISONS
from flows.regex import Regex, RegexError

LONGEST = 1_000
DEEPEST = 30

Names: TypeAlias = Mapping[str, Mapping[str, Any]]
Evaluate: TypeAlias = Callable[[Names], Any]

_TOKEN = re.compile(
    r"""
      (?P<space> \s+ )
    | (?P<number> -?\d+(?:\.\d+)?(?![\w.]) )
    | (?P<string> "[^"]*" | '[^']*' )
    | (?P<word> [A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)* )
    | (?P<sign> >= | <= | == | != | [><=(){}] )
    """,
    re.VERBOSE,
)
_WORDS = frozenset(["not", "and", "or", "is", "contains", "matches"])
_CONSTANTS: Mapping[str, Any] = {
    "true": True,
    "false": False,
    "null": None,
    "undefined": None,
}
_NAMESPACES = ("slots", "context")


class ConditionError(ValueError):
    """A condition can't be read; the text says what, where and what would do."""

    def __init__(self, problem: str, condition: str, position: int) -> None:
        super().__init__(f"{problem} at character {position + 1} of '{condition}'")
        self.position = position


@dataclass(frozen=True)
class Condition:
    """A condition, ready to be asked; ``names`` are all it looks at."""

    text: str
    names: frozenset[str]
    _evaluate: Evaluate = field(compare=False)

    def holds(self, slots: Mapping[str, Any], context: Mapping[str, Any]) -> bool:
        """Whether it is true of these values."""
        return bool(self._evaluate({"slots": slots, "context": context}))

    def slots(self) -> list[str]:
        """Return the names of the slots it looks at."""
        return sorted(
            name.partition(".")[2] for name in self.names if name.startswith("slots.")
        )


def parse(text: str) -> Condition:
    """Return the condition written as *text*, or raise ConditionError."""
    if len(text) > LONGEST:
        raise ConditionError(
            f"a condition may have {LONGEST} characters", text[:40], LONGEST
        )
    reader = _Reader(text)
    evaluate = reader.read()
    return Condition(text, frozenset(reader.names), evaluate)


@dataclass(frozen=True)
class _Token:
    """One word or sign, and where it stands."""

    kind: str
    text: str
    position: int


class _Reader:
    """Reads one condition, by recursive descent."""

    def __init__(self, text: str) -> None:
        self.names: set[str] = set()
        self._text = text
        self._tokens = list(_tokens(text))
        self._next = 0
        self._depth = 0

    def read(self) -> Evaluate:
        """Return the whole condition as a function of names."""
        evaluate = self._or()
        if self._peek.kind != "end":
            raise self._error("expected 'and', 'or' or the end")
        return evaluate

    def _or(self) -> Evaluate:
        parts = [self._and()]
        while self._took("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else _any_of(parts)

    def _and(self) -> Evaluate:
        parts = [self._not()]
        while self._took("and"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else _all_of(parts)

    def _not(self) -> Evaluate:
        negated = False
        while self._took("not"):
            negated = not negated
        part = self._comparison()
        return _not(part) if negated else part

    def _comparison(self) -> Evaluate:
        left = self._operand()
        sign = self._peek
        if self._took("matches"):
            return self._matches(left)
        if self._took("is"):
            name = "!=" if self._took("not") else "="
        elif self._took("contains", ">", ">=", "<", "<=", "=", "==", "!="):
            name = sign.text.lower()
        else:
            return left
        if self._peek.text.lower() == "empty":
            self._take()
            return _emptiness(left, name == "!=")
        return _compared(name, left, self._operand())

    def _matches(self, left: Evaluate) -> Evaluate:
        token = self._take()
        if token.kind != "string":
            raise self._error("'matches' needs a pattern in quotes", token)
        try:
            regex = Regex(token.text[1:-1])
        except RegexError as error:
            raise self._error(str(error), token) from None
        return lambda names: (
            isinstance(value := left(names), str) and regex.found_in(value)
        )

    def _operand(self) -> Evaluate:
        if self._took("("):
            return self._bracketed()
        if self._took("{"):
            return self._set()
        token = self._take()
        if token.kind == "word" and token.text.lower() not in _CONSTANTS:
            return self._name(token)
        return _constantly(self._literal(token))

    def _bracketed(self) -> Evaluate:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(f"brackets may be nested {DEEPEST} deep")
        inside = self._or()
        self._depth -= 1
        if not self._took(")"):
            raise self._error("expected ')'")
        return inside

    def _set(self) -> Evaluate:
        values = []
        while not self._took("}"):
            values.append(self._literal(self._take()))
        return _constantly(tuple(values))

    def _literal(self, token: _Token) -> Any:
        match token.kind:
            case "number":
                return float(token.text)
            case "string":
                return token.text[1:-1]
            case "word" if token.text.lower() in _CONSTANTS:
                return _CONSTANTS[token.text.lower()]
        raise self._error("expected a value", token)

    def _name(self, token: _Token) -> Evaluate:
        namespace, _, name = token.text.partition(".")
        if token.text.lower() in _WORDS:
            raise self._error("expected a value", token)
        if namespace not in _NAMESPACES or not name:
            raise self._error(
                f"unknown name '{token.text}': write 'slots.{token.text}' for a slot, "
                f"or '{token.text}' in quotes for a text,",
                token,
            )
        self.names.add(token.text)
        return lambda names: names[namespace].get(name)

    @property
    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._peek
        if token.kind != "end":
            self._next += 1
        return token

    def _took(self, *texts: str) -> bool:
        token = self._peek
        if token.kind not in ("word", "sign") or token.text.lower() not in texts:
            return False
        self._next += 1
        return True

    def _error(self, problem: str, token: _Token | None = None) -> ConditionError:
        return ConditionError(problem, self._text, (token or self._peek).position)


def _tokens(text: str) -> list[_Token]:
    found, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ConditionError(f"can't read '{text[position]}'", text, position)
        if match.lastgroup != "space":
            found.append(_Token(str(match.lastgroup), match.group(), position))
        position = match.end()
    return [*found, _Token("end", "", len(text))]


def _any_of(parts: list[Evaluate]) -> Evaluate:
    return lambda names: any(part(names) for part in parts)


def _all_of(parts: list[Evaluate]) -> Evaluate:
    return lambda names: all(part(names) for part in parts)


def _not(part: Evaluate) -> Evaluate:
    return lambda names: not part(names)


def _constantly(value: Any) -> Evaluate:
    return lambda names: value


def _emptiness(left: Evaluate, negated: bool) -> Evaluate:
    return lambda names: (left(names) in (None, "", (), [], {})) is not negated


def _compared(sign: str, left: Evaluate, right: Evaluate) -> Evaluate:
    compare = COMPARISONS[sign]
    return lambda names: compare(left(names), right(names))
