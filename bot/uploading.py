"""Pictures on their way: each lies with Messenger once, and is sent by its id.

Messenger forgets an id after 90 days, or sooner; then the picture is uploaded anew.
https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import pictures
from bot.clock import Clock
from bot.messenger.client import Access, Graph
from bot.messenger.errors import Fate, SendError
from bot.picture_names import media_type
from bot.store import uploads
from bot.store.database import Database
from bot.store.types import Payload

log = structlog.get_logger()

#: What Messenger says to the id of an attachment that it does not know.
NO_SUCH_ATTACHMENT = (100, 2018074)


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A send whose picture, if it has one, lies with Messenger."""

    body: Payload
    #: The id of one that was uploaded earlier: Messenger may have forgotten it.
    reused: str | None = None


class Uploading:
    """Lets Messenger have the pictures of sends; safe to share between threads."""

    def __init__(
        self, database: Database, graph: Graph, clock: Clock, home: Path | None
    ) -> None:
        self._database = database
        self._graph = graph
        self._clock = clock
        self._home = home

    def ready(self, access: Access, body: Payload) -> Ready:
        """Return a send as Messenger takes it.

        Raise SendError if Messenger does not take its picture. Nothing was said to
        the customer then, whatever became of the upload.
        """
        name = picture(body["message"])
        if name is None:
            return Ready(body=body)
        place = pictures.find(self._home, name) if self._home is not None else None
        if place is None:
            raise SendError("the picture is not kept here any more", Fate.FINAL)
        pictures.sent(place)
        known = self._known(access.page_id, name)
        attachment_id = known or self._uploaded(access, place)
        attachment = {"type": "image", "payload": {"attachment_id": attachment_id}}
        message = {**body["message"], "attachment": attachment}
        return Ready(body={**body, "message": message}, reused=known)

    def is_forgotten(self, access: Access, ready: Ready, failed: SendError) -> bool:
        """Return whether a send failed by an id alone; then it is uploaded anew."""
        known = ready.reused
        if known is None or (failed.code, failed.subcode) != NO_SUCH_ATTACHMENT:
            return False
        try:
            self._database.write(lambda c: uploads.unknown(c, access.page_id, known))
        except SQLAlchemyError as error:  # then it fails by it once more
            log.warning("upload_not_forgotten", reason=type(error).__name__)
        return True

    def _known(self, page_id: str, name: str) -> str | None:
        with self._database.read() as connection:
            return uploads.known(connection, page_id, name, self._clock())

    def _uploaded(self, access: Access, place: Path) -> str:
        kind = media_type(place.name)
        try:
            found = self._graph.upload(access, place.name, kind, place.read_bytes())
        except SendError as error:
            if error.fate is Fate.UNKNOWN:
                raise SendError(str(error), Fate.RETRY) from error
            raise
        self._note(access.page_id, place.name, found)
        return found

    def _note(self, page_id: str, name: str, attachment_id: str) -> None:
        """Remember an id; without it the picture is uploaded again, and no more."""
        now = self._clock()
        try:
            self._database.write(
                lambda c: uploads.note(c, page_id, name, attachment_id, now)
            )
        except SQLAlchemyError as error:
            log.warning("upload_not_noted", reason=type(error).__name__)


def picture(message: Mapping[str, Any]) -> str | None:
    """Return the name of the picture that a message is, None if it is no kept one."""
    attachment = message.get("attachment") or {}
    name = (attachment.get("payload") or {}).get("file")
    return None if name is None else str(name)
