"""Tell the emulated Messenger who wrote of late: it must know whom we may answer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import orjson
import structlog
from sqlalchemy import Connection, select

from bot.store.models import Author, Conversation, Customer, Message
from bot.store.types import AnyRow
from bot.wiring import Parts

log = structlog.get_logger()

SPAN = timedelta(days=7)  # so long a person may answer
MOST_SHOWN = 30  # messages of one conversation that their phone shows
TIMEOUT = 10.0  # seconds
LOCALES: Mapping[str, str] = {"en": "en_GB", "es": "es_ES", "ar": "ar_AR"}


def introduce(parts: Parts) -> None:
    """Tell the emulator of everybody who wrote in the last seven days.

    Without it a demo that was ended and started again could answer nobody: the
    emulator forgets, the tables do not.
    """
    since = parts.clock() - SPAN
    with parts.database.read() as connection:
        people = list(_people(connection, since))
    url = f"{parts.settings.graph_url}/api/past"
    body = orjson.dumps({"customers": people})
    try:
        with urlopen(  # noqa: S310 - our own emulator, on loopback
            Request(url, body, method="POST"),  # noqa: S310
            timeout=TIMEOUT,
        ):
            log.info("emulator_knows", customers=len(people))
    except (URLError, OSError) as error:
        log.warning("emulator_not_told", reason=type(error).__name__)


def _people(connection: Connection, since: datetime) -> Iterator[dict[str, Any]]:
    rows = connection.execute(
        select(
            Customer.psid,
            Customer.page_id,
            Customer.name,
            Customer.language,
            Conversation.last_heard_at,
            Message.author,
            Message.text,
            Message.at,
        )
        .join(Conversation, Conversation.customer_id == Customer.id)
        .join(Message, Message.conversation_id == Conversation.id)
        .where(Conversation.last_heard_at > since, Message.text.is_not(None))
        .order_by(Customer.id, Message.at, Message.id)
    )
    for _, group in groupby(rows, key=lambda row: row.psid):
        yield _described([*group])


def _described(rows: Sequence[AnyRow]) -> dict[str, Any]:
    one = rows[0]
    return {
        "psid": one.psid,
        "page_id": one.page_id,
        "name": one.name or "Somebody",
        "locale": LOCALES.get(one.language or "", "en_US"),
        "acted_at": one.last_heard_at.isoformat(),
        "said": [
            {
                "author": "customer" if row.author is Author.CUSTOMER else "page",
                "text": row.text,
                "at": row.at.isoformat(),
            }
            for row in rows[-MOST_SHOWN:]
        ],
    }
