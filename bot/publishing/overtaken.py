"""What somebody was about to make live is otherwise by now: a person decides."""

from collections.abc import Iterable

from sqlalchemy import Connection

from bot.store import knowledge
from bot.store.types import Payload
from intents.text import as_said


class OvertakenError(Exception):
    """Nothing was done, for it became otherwise; *why* says what did, as it is kept."""

    def __init__(self, why: str, **more: str | None) -> None:
        self.told: Payload = {"why": why, **more}
        super().__init__(why)


def clash(
    connection: Connection, said: Iterable[str], name: str = ""
) -> Payload | None:
    """Return which of these phrasings stands under another entry than *name* by now."""
    alike = {*map(as_said, said)}
    for other in knowledge.faq(connection):
        if other.name != name:
            for phrase in other.phrasings:
                if as_said(phrase) in alike:
                    return {"why": "clash", "phrase": phrase, "title": other.question}
    return None
