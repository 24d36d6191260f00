"""What somebody looks at in the inbox: a list, narrowed or not, and a conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from urllib.parse import urlencode

from bot.store import queue, search
from bot.store.filters import Filter
from bot.store.lists import View

MOST_LINES = 50
MOST_MESSAGES = 50


class Writing(StrEnum):
    """For whom somebody writes: a reply is the customer's, a note is colleagues'."""

    REPLY = "reply"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Look:
    """What is before somebody: a list, and perhaps a conversation."""

    view: View = View.WAITING
    lines: int = MOST_LINES
    conversation: int | None = None
    messages: int = MOST_MESSAGES
    filter: Filter = queue.EVERYTHING
    writing: Writing = Writing.REPLY
    #: What somebody searches for, as they typed it.
    asked: str = ""
    #: What they have just put to sleep: a slip is undone beside the list.
    snoozed: int | None = None
    #: What they have just resolved, for the same.
    resolved: int | None = None

    @property
    def needles(self) -> Sequence[str]:
        """Return what must be found; nothing, if nobody searches."""
        return search.needles(self.asked)

    def query(self, view: View | None = None) -> dict[str, str]:
        """Return what an address carries so that the same list is beside it."""
        asked = {"q": self.asked} if self.asked else {}
        return {**self.list_query(view), **asked}

    def list_query(self, view: View | str | None = None) -> dict[str, str]:
        """Return the same for a list in which nothing is searched for."""
        wanted = self.filter
        narrow = {
            "label": wanted.label,
            "priority": wanted.priority,
            "page": wanted.page,
            "language": wanted.language,
            "unread": 1 if wanted.unread else None,
        }
        told = {name: str(it) for name, it in narrow.items() if it is not None}
        return {"view": View(view or self.view).value, **told}

    def list_there(self, view: str) -> str:
        """Return the same as it stands in an address."""
        return urlencode(self.list_query(view))

    @cached_property
    def here(self) -> str:
        """Return the same as it stands in an address."""
        return urlencode(self.query())
