"""Labels: the words that conversations are sorted by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, literal, select, update

from bot.store import audit, trash
from bot.store.among import among
from bot.store.arrivals import insert
from bot.store.audit import Action, Trace
from bot.store.models import Conversation
from bot.store.teamwork import ConversationLabel, Label
from bot.store.types import AnyRow

#: Conversations that a label is put back on in one statement.
AT_ONCE = 500
HUES = ("0", "1", "2", "3", "4", "5")  # of the palette in tokens.css


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A label, as pages show it."""

    id: int
    name: str
    hue: str


def everything(connection: Connection) -> list[Tag]:
    """Return all labels, by name."""
    return [Tag(**row._mapping) for row in connection.execute(_EVERYTHING)]


_EVERYTHING = select(Label.id, Label.name, Label.hue).order_by(
    func.lower(Label.name), Label.id
)


def uses(connection: Connection) -> dict[int, int]:
    """Return on how many conversations each label is."""
    query = select(ConversationLabel.label_id, func.count())
    rows = connection.execute(query.group_by(ConversationLabel.label_id))
    return {row[0]: row[1] for row in rows}


def add(connection: Connection, name: str, hue: str, now: datetime) -> bool:
    """Add a label; return False if there is one of this name."""
    if _is_taken(connection, name):
        return False
    query = insert(connection, Label).values(name=name, hue=hue, created_at=now)
    done = connection.scalar(query.on_conflict_do_nothing().returning(Label.id))
    return done is not None


def change(connection: Connection, label_id: int, name: str, hue: str) -> bool:
    """Rename a label or give it another hue; return False if the name is taken."""
    if _is_taken(connection, name, but=label_id):
        return False
    connection.execute(
        update(Label).where(Label.id == label_id).values(name=name, hue=hue)
    )
    _stir_all(connection, label_id)
    return True


def remove(connection: Connection, label_id: int, trace: Trace) -> int | None:
    """Take a label off every conversation, and put it into the trash.

    Return its number there, None if there is no such label.
    """
    # Locked, so that nobody puts it on a conversation meanwhile.
    query = select(Label.name, Label.hue).where(Label.id == label_id)
    row = connection.execute(query.with_for_update()).first()
    if row is None:
        return None
    _stir_all(connection, label_id)
    was_on = connection.scalars(
        delete(ConversationLabel)
        .where(ConversationLabel.label_id == label_id)
        .returning(ConversationLabel.conversation_id)
    )
    kept = {"hue": row.hue, "conversations": sorted(was_on)}
    connection.execute(delete(Label).where(Label.id == label_id))
    audit.note(connection, trace, Action.LABEL_DELETED, row.name)
    return trash.put(connection, trash.Kind.LABEL, row.name, kept, trace)


def bring_back(connection: Connection, trashed: AnyRow, trace: Trace) -> bool:
    """Put a label where it was, out of the trash; return False if its name is taken."""
    name, kept = trashed.name, trashed.kept
    if not add(connection, name, kept["hue"], trace.at):
        return False
    label_id = connection.scalars(select(Label.id).where(Label.name == name)).one()
    was_on: list[int] = kept["conversations"]
    for start in range(0, len(was_on), AT_ONCE):
        some = was_on[start : start + AT_ONCE]
        there = select(Conversation.id, literal(label_id))
        connection.execute(
            insert(connection, ConversationLabel).from_select(
                ["conversation_id", "label_id"], there.where(Conversation.id.in_(some))
            )
        )
    _stir_all(connection, label_id)
    trash.take_out(connection, trashed.id)
    audit.note(connection, trace, Action.LABEL_BROUGHT_BACK, name)
    return True


def put_on(connection: Connection, conversation_id: int, label_id: int) -> bool:
    """Put a label on a conversation; return False if there is no such label."""
    # Locked, so that a label that is deleted meanwhile is not put on after all.
    there = select(Label.id).where(Label.id == label_id).with_for_update(key_share=True)
    if connection.scalar(there) is None:
        return False
    connection.execute(
        insert(connection, ConversationLabel)
        .values(conversation_id=conversation_id, label_id=label_id)
        .on_conflict_do_nothing()
    )
    return True


def take_off(connection: Connection, conversation_id: int, label_id: int) -> None:
    """Take a label off a conversation."""
    connection.execute(
        delete(ConversationLabel).where(
            ConversationLabel.conversation_id == conversation_id,
            ConversationLabel.label_id == label_id,
        )
    )


def of(
    connection: Connection, conversation_ids: Iterable[int]
) -> Mapping[int, Sequence[Tag]]:
    """Return the labels of conversations, by name."""
    rows = connection.execute(_OF, {"whose": list(conversation_ids)})
    found: dict[int, list[Tag]] = defaultdict(list)
    for row in rows:
        tag = Tag(id=row.id, name=row.name, hue=row.hue)
        found[row.conversation_id].append(tag)
    return found


_OF = (
    select(ConversationLabel.conversation_id, Label.id, Label.name, Label.hue)
    .join(Label, Label.id == ConversationLabel.label_id)
    .where(among(ConversationLabel.conversation_id, "whose"))
    .order_by(func.lower(Label.name), Label.id)
)


def _is_taken(connection: Connection, name: str, but: int = 0) -> bool:
    alike = select(Label.id).where(func.lower(Label.name) == name.lower())
    return connection.scalar(alike.where(Label.id != but)) is not None


def _stir_all(connection: Connection, label_id: int) -> None:
    """Let every page that shows the label see that it has changed."""
    labelled = select(ConversationLabel.conversation_id).where(
        ConversationLabel.label_id == label_id
    )
    connection.execute(
        update(Conversation)
        .where(Conversation.id.in_(labelled))
        .values(revision=Conversation.revision + 1)
    )
