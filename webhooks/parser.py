"""From the bytes of a webhook request to the events in it.

One request can carry several entries, each entry several events, for several
Pages; all of them count. Nothing in here raises on what Messenger, or somebody
with Messenger's secret, may send: what we cannot read is an event too.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

import orjson

from webhooks.events import Event, UnparsableBody
from webhooks.item import NOBODY, Item
from webhooks.values import Payload, cut, id_text, listed, moment


def parse(body: bytes, received_at: datetime) -> list[Event]:
    """Return every event in *body*, in the order Messenger put them."""
    try:
        content = _load(body)
        return list(_envelopes(content, body, received_at))
    except (ValueError, RecursionError):
        return [_unparsable(body, received_at)]


def parse_item(
    raw: bytes, page_id: str, received_at: datetime, *, standby: bool = False
) -> Event:
    """Return again the event whose stored ``raw`` this is."""
    return Item(_load(raw), page_id, received_at, standby=standby).event()


def _load(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        # The standard parser takes lone surrogates, NaN and a byte-order mark.
        return json.loads(body)


def _unparsable(body: bytes, received_at: datetime) -> Event:
    key = "unparsable|" + hashlib.sha256(body).hexdigest()
    return UnparsableBody(key=key, page_id=NOBODY, psid=None, at=received_at, raw=body)


def _envelopes(content: object, body: bytes, received_at: datetime) -> Iterator[Event]:
    """Yield the events of one envelope, or of a list of envelopes or entries."""
    several = content if isinstance(content, list) and content else [content]
    for envelope in several:
        if not isinstance(envelope, dict):
            yield _unparsable(body, received_at)
        elif envelope.get("object", "page") != "page":
            yield _of_other_object(envelope, received_at)
        else:
            yield from _entries(envelope, received_at)


def _of_other_object(envelope: Payload, received_at: datetime) -> Event:
    name = "object_" + cut(id_text(envelope.get("object")) or "none")
    return Item(envelope, NOBODY, received_at).other(name)


def _entries(envelope: Payload, received_at: datetime) -> Iterator[Event]:
    entries = envelope.get("entry", [envelope])
    found = False
    for entry in listed(entries):
        for event in _events(entry, received_at):
            found = True
            yield event
    if not found:
        yield Item(envelope, NOBODY, received_at).unknown()


def _events(entry: object, received_at: datetime) -> Iterator[Event]:
    if not isinstance(entry, dict):
        return
    page_id = id_text(entry.get("id")) or NOBODY
    at = moment(entry.get("time")) or received_at
    found = False
    for list_name in ("messaging", "standby"):
        for raw in listed(entry.get(list_name)):
            found = True
            item = Item(raw, page_id, at, standby=list_name == "standby")
            yield item.event()
    for change in listed(entry.get("changes")):
        found = True
        yield Item(change, page_id, at).change()
    for call in listed(entry.get("calls")):
        found = True
        yield Item(call, page_id, at).other("calls")
    if not found:
        yield Item(entry, page_id, at).unknown()
