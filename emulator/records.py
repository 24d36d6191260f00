"""From JSON to a record: every key known, every value of its type, or a sentence."""

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


def record(of: type[T], given: object, where: str) -> T:
    """Return *given* as a record, or raise ValueError with what is wrong in *where*."""
    if not isinstance(given, Mapping):
        raise ValueError(f"{where} must be a JSON object")
    hints = get_type_hints(of)
    for key, value in given.items():
        if key not in hints:
            keys = ", ".join(hints)
            raise ValueError(f"{where} takes no {key!r}; what it takes: {keys}")
        if not _fits(value, hints[key]):
            raise ValueError(f"{key!r} in {where} must be {_wanted(hints[key])}")
    try:
        return of(**given)
    except TypeError as missing:
        raise ValueError(f"{where}: {str(missing).partition(' ')[2]}") from missing


def _fits(value: object, hint: Any) -> bool:
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if get_origin(hint) in (UnionType, Union):
        return any(_fits(value, option) for option in get_args(hint))
    if isinstance(value, bool):
        return hint in (bool, object)
    if hint is float:
        return isinstance(value, int | float)
    return isinstance(value, get_origin(hint) or hint)


def _wanted(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(map(str, get_args(hint)))
    if get_origin(hint) in (UnionType, Union):
        options = [option for option in get_args(hint) if option is not NoneType]
        return " or ".join(_wanted(option) for option in options)
    return NAMES.get(hint, "an object" if get_origin(hint) is dict else "a list")
