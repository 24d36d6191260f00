"""How do two values of a condition compare? Never by raising.

Values that can't be compared are neither equal nor in any order, and a number
equals the text that spells it: customers type numbers.
"""

from collections.abc import Callable, Mapping
from typing import Any


def _equal(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    left, right = _alike(left, right)
    return bool(left == right)


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """Return both as numbers if one is a number and the other looks like one."""
    if _is_number(left) and isinstance(right, str):
        return left, _number(right)
    if isinstance(left, str) and _is_number(right):
        return _number(left), right
    return left, right


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def check(left: Any, right: Any) -> bool:
        left, right = _alike(left, right)
        numbers = _is_number(left) and _is_number(right)
        texts = isinstance(left, str) and isinstance(right, str)
        return (numbers or texts) and compare(left, right)

    return check


def _contains(left: Any, right: Any) -> bool:
    if isinstance(left, str):
        return isinstance(right, str) and right in left
    return isinstance(left, list | tuple) and any(
        _equal(value, right) for value in left
    )


COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": _equal,
    "==": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "contains": _contains,
    ">": _ordered(lambda left, right: left > right),
    ">=": _ordered(lambda left, right: left >= right),
    "<": _ordered(lambda left, right: left < right),
    "<=": _ordered(lambda left, right: left <= right),
}
