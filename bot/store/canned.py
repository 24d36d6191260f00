"""Canned replies: texts kept for use again, by a short code, with places for values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.store import audit, trash, turns
from bot.store.arrivals import insert
from bot.store.audit import Action, Trace
from bot.store.models import Conversation, Customer, Page
from bot.store.teamwork import CannedReply
from bot.store.types import AnyRow
from bot.tongue import lazy

#: What a text may have a place for, as it is written there, and what it stands for.
PLACES = {
    "customer_name": lazy("the customer's name"),
    "agent_name": lazy("the name of who answers"),
    "order_number": lazy("the order that the customer named"),
    "shop_name": lazy("the name of the Page"),
}
_PLACE = re.compile(r"\{([^{}\s]+)\}")


@dataclass(frozen=True, kw_only=True)
class Canned:
    """A canned reply.

    *language* is empty if it goes with every language; *version* is the moment of its
    last change, as forms carry it.
    """

    id: int
    short_code: str
    text: str
    version: str
    language: str = ""
    #: The name of a kept picture, which goes before the text.
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """All canned replies as a conversation is offered them, each part by short code."""

    #: In the conversation's language, or for any; of one code, the former first.
    fitting: Sequence[Canned]
    others: Sequence[Canned]

    @property
    def all(self) -> Sequence[Canned]:
        """Return all of them; the first of a short code is what the code stands for."""
        return [*self.fitting, *self.others]

    def first(self, most: int) -> "Offer":
        """Return the first of them."""
        fitting = self.fitting[:most]
        return Offer(fitting=fitting, others=self.others[: most - len(fitting)])


def everything(connection: Connection) -> Sequence[Canned]:
    """Return all canned replies, by short code."""
    return [_canned(*row) for row in connection.execute(_EVERYTHING)]


def offered(connection: Connection, known: str, languages: Sequence[str]) -> Offer:
    """Return all canned replies, parted by the *known* language of a conversation.

    *languages* are those that are served, the shop's own first: it is taken for that
    of a conversation of which nobody knows.
    """
    own = known if known in languages else languages[0]
    order = dict.fromkeys([own, "", *languages])
    ranks = {language: rank for rank, language in enumerate(order)}
    replies = sorted(
        everything(connection),
        key=lambda one: (one.short_code, ranks.get(one.language, len(ranks))),
    )
    return Offer(
        fitting=[one for one in replies if one.language in ("", own)],
        others=[one for one in replies if one.language not in ("", own)],
    )


def find(connection: Connection, canned_id: int) -> Canned | None:
    """Return one of them, None if there is none of this number."""
    query = select(*_COLUMNS).where(CannedReply.id == canned_id)
    row = connection.execute(query).first()
    return None if row is None else _canned(*row)


def add(
    connection: Connection,
    short_code: str,
    text: str,
    now: datetime,
    *,
    language: str = "",
    picture: str = "",
) -> bool:
    """Add a reply; return False if its short code is taken in its language."""
    query = insert(connection, CannedReply).values(
        short_code=short_code,
        language=language,
        text=text,
        picture=picture,
        changed_at=now,
    )
    done = connection.scalar(query.on_conflict_do_nothing().returning(CannedReply.id))
    return done is not None


def is_taken(connection: Connection, wanted: Canned) -> bool:
    """Return whether another reply of this language has this short code."""
    alike = select(CannedReply.id).where(
        CannedReply.short_code == wanted.short_code,
        CannedReply.language == wanted.language,
    )
    return connection.scalar(alike.where(CannedReply.id != wanted.id)) is not None


def change(connection: Connection, new: Canned, now: datetime) -> bool:
    """Change a reply; return False if somebody has, since it was *new.version*."""
    since = datetime.fromisoformat(new.version)
    done = connection.execute(
        update(CannedReply)
        .where(CannedReply.id == new.id, CannedReply.changed_at == since)
        .values(
            short_code=new.short_code,
            language=new.language,
            text=new.text,
            picture=new.picture,
            changed_at=now,
        )
    )
    return done.rowcount == 1


def remove(connection: Connection, canned_id: int, trace: Trace) -> int | None:
    """Put a reply into the trash; what was sent with it stays as it is.

    Return its number there, None if there is no such reply.
    """
    gone = delete(CannedReply).where(CannedReply.id == canned_id)
    row = connection.execute(
        gone.returning(
            CannedReply.short_code,
            CannedReply.language,
            CannedReply.text,
            CannedReply.picture,
        )
    ).first()
    if row is None:
        return None
    about = _about(row.short_code, row.language)
    audit.note(connection, trace, Action.CANNED_DELETED, about)
    kept = {"text": row.text, "language": row.language, "picture": row.picture}
    return trash.put(connection, trash.Kind.CANNED, row.short_code, kept, trace)


def bring_back(connection: Connection, trashed: AnyRow, trace: Trace) -> bool:
    """Take a reply out of the trash; return False if its short code is taken."""
    code, text = trashed.name, trashed.kept["text"]
    # What was deleted by an older version has no language.
    language = trashed.kept.get("language", "")
    picture = trashed.kept.get("picture", "")
    if not add(connection, code, text, trace.at, language=language, picture=picture):
        return False
    trash.take_out(connection, trashed.id)
    audit.note(connection, trace, Action.CANNED_BROUGHT_BACK, _about(code, language))
    return True


def pictures(connection: Connection) -> set[str]:
    """Return the names of the pictures of all replies, in use or deleted."""
    used = connection.scalars(select(CannedReply.picture)).all()
    deleted = trash.everything(connection, trash.Kind.CANNED)
    return {*filter(None, (*used, *(one.kept.get("picture") for one in deleted)))}


def values(connection: Connection, conversation_id: int) -> dict[str, str | None]:
    """Return what a conversation knows for the places of a text."""
    row = connection.execute(
        select(Customer.name, Page.name.label("page"), Conversation.state)
        .join(Customer, Customer.id == Conversation.customer_id)
        .join(Page, Page.page_id == Customer.page_id)
        .where(Conversation.id == conversation_id)
    ).one()
    slots = row.state.get("slots") or {}
    # As they stand beside the conversation, the newest first.
    known = turns.named(connection, conversation_id).all_orders
    only = known[0] if len(known) == 1 else None
    return {
        "customer_name": row.name,
        "shop_name": row.page,
        # What they talk of now; else what stands beside the conversation.
        "order_number": str(slots.get("order_number") or only or "") or None,
    }


def places(text: str) -> list[str]:
    """Return the names of the places in a text, each once."""
    return list(dict.fromkeys(_PLACE.findall(text)))


def unfilled(text: str) -> list[str]:
    """Return the places that are still in a text, for which a value was to come."""
    return [name for name in places(text) if name in PLACES]


def filled(text: str, known: Mapping[str, str | None]) -> str:
    """Return a text with what is known; other places stay, for somebody to fill."""
    return _PLACE.sub(lambda place: known.get(place[1]) or place[0], text)


_COLUMNS = (
    CannedReply.id,
    CannedReply.short_code,
    CannedReply.text,
    CannedReply.changed_at,
    CannedReply.language,
    CannedReply.picture,
)
# Built once: to build it costs more than to run it.
_EVERYTHING = select(*_COLUMNS).order_by(CannedReply.short_code, CannedReply.language)


def _about(short_code: str, language: str) -> str:
    """Return what the audit log calls a reply; in one language of several, with it."""
    return f"{short_code} ({language})" if language else short_code


def _canned(
    number: int,
    short_code: str,
    text: str,
    changed_at: datetime,
    language: str,
    picture: str,
) -> Canned:
    return Canned(
        id=number,
        short_code=short_code,
        text=text,
        version=changed_at.isoformat(),
        language=language,
        picture=picture,
    )
