"""Pictures that Messenger keeps for a Page, and under which id it knows them.

An id is a Page's own and ends after 90 days:
https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.arrivals import insert
from bot.store.models import Base

#: Messenger's 90 days, and room for a clock that is not theirs.
GOOD_FOR = timedelta(days=80)


class Upload(Base):
    """A picture, by the name under which it is kept here, and Messenger's id of it."""

    __tablename__ = "picture_upload"

    page_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    attachment_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)


def known(connection: Connection, page_id: str, name: str, now: datetime) -> str | None:
    """Return the id under which Messenger still has a picture."""
    query = select(Upload.attachment_id).where(
        Upload.page_id == page_id, Upload.name == name, Upload.at > now - GOOD_FOR
    )
    return connection.scalar(query)


def note(
    connection: Connection, page_id: str, name: str, attachment_id: str, now: datetime
) -> None:
    """Remember under which id Messenger has a picture from now on."""
    row = {"attachment_id": attachment_id, "at": now}
    connection.execute(
        insert(connection, Upload)
        .values(page_id=page_id, name=name, **row)
        .on_conflict_do_update(index_elements=["page_id", "name"], set_=row)
    )


def unknown(connection: Connection, page_id: str, attachment_id: str) -> None:
    """Forget an id that Messenger does not know any more."""
    connection.execute(
        delete(Upload).where(
            Upload.page_id == page_id, Upload.attachment_id == attachment_id
        )
    )


def forget(connection: Connection, now: datetime) -> int:
    """Remove the ids that are good for nothing any more; return how many."""
    old = delete(Upload).where(Upload.at <= now - GOOD_FOR)
    return connection.execute(old).rowcount
