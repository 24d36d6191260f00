"""Is it an object, a list, a text? What stands at a key of JSON, or Graph's refusal."""

from emulator.payload import Payload
from emulator.refusals import bad_parameter


def object_at(holder: Payload, key: str) -> Payload:
    """Return the object at *key*, empty if there is none."""
    value = holder.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad_parameter(f"Param {key} must be an object")
    return value


def objects_at(holder: Payload, key: str, most: int | None = None) -> list[Payload]:
    """Return the list of objects at *key*, empty if there is none, *most* at most."""
    value = holder.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or any(type(one) is not dict for one in value):
        raise bad_parameter(f"Param {key} must be an array of objects")
    if most is not None and len(value) > most:
        raise bad_parameter(f"Param {key} must have at most {most} elements")
    return value


def text_at(holder: Payload, key: str, most: int | None = None, name: str = "") -> str:
    """Return the text at *key*, empty if there is none, of *most* characters."""
    value = holder.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise bad_parameter(f"Param {name or key} must be a string")
    if most is not None and len(value) > most:
        limit = f"must be less than or equal to {most}"
        raise bad_parameter(f"Length of param {name or key} {limit}")
    return value


def payload_at(holder: Payload, most: int) -> str:
    """Return the payload of a tap, which may be written as a number."""
    value = holder.get("payload")
    return str(value) if type(value) is int else text_at(holder, "payload", most)


def needed(holder: Payload, key: str, most: int | None = None) -> str:
    """Return the text at *key*, which must be there."""
    text = text_at(holder, key, most)
    if not text:
        raise bad_parameter(f"Param {key} is required")
    return text


def one_of(name: str, value: object, known: tuple[str, ...]) -> None:
    """Raise GraphError unless *value* is among those *known*."""
    if value not in known:
        raise bad_parameter(f"Param {name} must be one of {{{', '.join(known)}}}")
