"""JSON as it comes and goes: in bodies, forms, queries and uploads."""

import json
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

import orjson

#: An object of JSON: what the outside gives us and takes from us.
Payload: TypeAlias = dict[str, Any]


class UnreadableError(Exception):
    """A body is not what its content type says; the text says how."""


@dataclass(slots=True)
class Upload:
    """A file that came with a request."""

    content_type: str
    content: bytes


@dataclass(slots=True)
class Parameters:
    """What a request asks for, in whichever way it was written."""

    values: Payload = field(default_factory=dict)
    upload: Upload | None = None


def read(query: str, content_type: str, body: bytes) -> Parameters:
    """Return the parameters of a request; those in the body win over the query's."""
    parameters = Parameters(form(query))
    if not body:
        return parameters
    if content_type.startswith("application/x-www-form-urlencoded"):
        parameters.values |= form(body.decode("utf-8", "replace"))
    elif content_type.startswith("multipart/form-data"):
        _read_parts(parameters, content_type, body)
    else:
        parameters.values |= json_object(body)
    return parameters


def form(text: str) -> Payload:
    """Return form or query fields; values that are written as JSON are read as JSON."""
    return {key: _value(value) for key, value in parse_qsl(text, True)}


def json_object(body: bytes) -> Payload:
    """Return the JSON object in *body*."""
    try:
        found = orjson.loads(body)
    except ValueError as broken:
        raise UnreadableError(f"the body is not JSON: {broken}") from broken
    if not isinstance(found, dict):
        raise UnreadableError("the body must be a JSON object")
    return found


def escaped(payload: Payload) -> bytes:
    r"""Return *payload* as Meta puts it on the wire: \\u00e4 for ä, \\/ for /."""
    text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"))
    return text.replace("/", "\\/").encode()


def _value(text: str) -> Any:
    if text[:1] not in ("{", "["):
        return text
    try:
        return orjson.loads(text)
    except ValueError:
        return text


def _read_parts(parameters: Parameters, content_type: str, body: bytes) -> None:
    boundary = content_type.partition("boundary=")[2].split(";")[0].strip('"')
    if not boundary:
        raise UnreadableError("the form names no boundary")
    for part in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        _take_part(parameters, head.decode("utf-8", "replace"), content[:-2])


def _take_part(parameters: Parameters, head: str, content: bytes) -> None:
    name = head.partition(' name="')[2].partition('"')[0]
    if " filename=" in head:
        kind = head.lower().partition("content-type:")[2].split("\r\n")[0].strip()
        parameters.upload = Upload(kind or "application/octet-stream", content)
    else:
        parameters.values[name] = _value(content.decode("utf-8", "replace"))
