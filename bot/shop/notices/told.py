"""What a notice tells, whichever shop sent it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, TypeAlias

import orjson

from bot.guard import spelt
from bot.shop.kept import KeptOrder
from bot.shop.reading import Payload, plain_text
from bot.store.order_states import Part
from flows.ports import Order
from flows.standing import standing
from webhooks.shops import Notice

_NUMBER = re.compile(r"[a-z0-9-]{1,40}")


class UnreadableError(Exception):
    """Nothing can be made of a notice; the text says why, and holds nothing of it."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """How an order stood at a moment, by the clock of its shop."""

    number: str
    at: datetime
    parts: tuple[Part, ...]
    shop_id: str = ""
    #: What is put into our own tables, where orders are kept there.
    order: KeptOrder | None = None


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """That what we keep of these orders is to be forgotten; of all if None."""

    topic: str
    shop_ids: tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """That somebody asks their shop what is kept about them."""

    shop_ids: tuple[str, ...]


Told: TypeAlias = Change | Erasure | Disclosure


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What a notice is before it is stored; nothing is to be done if *ignored*."""

    ignored: str | None = None
    #: What is wrong with which order of it, for the sender to read.
    refused: tuple[str, ...] = ()
    taken: int = 1


class Reader(Protocol):
    """How the notices of one sender are read."""

    def look(self, notice: Notice) -> Looked:
        """Return what a notice is, in no time: its sender waits."""

    def read(self, topic: str, body: bytes) -> Sequence[Told]:
        """Return what a notice tells, or raise UnreadableError."""


def parts_of(order: Order) -> tuple[Part, ...]:
    """Return how an order and each of its parcels stand."""
    urls = [None, *(parcel.tracking_url for parcel in order.parcels)]
    return tuple(
        Part(part=part, word=word, url=url)
        for (part, word), url in zip(standing(order), urls, strict=True)
    )


def plain(number: str) -> str:
    """Return a number as orders are kept under it; nothing if none can be so."""
    found = spelt(number)
    return found if _NUMBER.fullmatch(found) else ""


def shop_id(found: Any) -> str:
    """Return what a shop calls an order: a number, or a text."""
    return plain_text(str(found))[:40] if isinstance(found, int | str) else ""


def content_of(body: bytes) -> Payload:
    """Return the object that a body is."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise UnreadableError("it is not JSON") from None
    if not isinstance(found, dict):
        raise UnreadableError("it is no object of JSON")
    return found


def moment(written: str) -> datetime | None:
    """Return a moment of this century; one without a zone is Greenwich's."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware if 2000 <= aware.year < 2100 else None
