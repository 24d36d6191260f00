"""What is the case for a customer now? What an answer of the FAQ may depend on."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from bot.circumstances import circumstances
from bot.store import attendance, threads
from bot.web.current import now, parts


def around(connection: Connection, conversation_id: int) -> Mapping[str, Any]:
    """Return it as the assistant would find it."""
    hours = attendance.current(connection).hours_in(parts().settings.zone)
    country, page_id = threads.origin(connection, conversation_id)
    return circumstances(now(), hours, country, page_id)
