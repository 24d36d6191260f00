"""The index of the search: kept by the database itself, with each message.

One row of `message_search` for each message holds its words and the name of its
customer, folded. It changes in the transaction that changes the message, whoever
writes: what is not in the one is not in the other. On SQLite it is a table of FTS5 by
threes of letters; where FTS5 has none of that (before 3.34), a plain one, which is
read from end to end. On PostgreSQL, which need not have `pg_trgm`, a function of our
own tells the same threes to a GIN index, and for scripts without spaces twos and
ones.

A message costs 0.1 ms more for it on either; see docs/measurements.md.
"""

from sqlalchemy import Connection, text

NAME = "message_search"


def is_ours(name: str) -> bool:
    """Return whether a table belongs to the index, which no model describes."""
    return name == NAME or name.startswith(f"{NAME}_")


def watch(connection: Connection) -> None:
    """Let the tables keep the index from now on.

    After each migration: one that makes a table anew on SQLite loses its triggers.
    """
    for statement in _TRIGGERS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def fill(connection: Connection) -> None:
    """Write the index of all messages that are there."""
    connection.execute(text(f"DELETE FROM {NAME}"))  # noqa: S608 - our own names
    connection.execute(text(_FILL[connection.dialect.name]))


_LITE_WORDS = "folded({name}) || char(10) || folded({text})"
_WORDS = r"frontdesk_folded({name}) || E'\n' || frontdesk_folded({text})"
_ALL = f"""
INSERT INTO {NAME} (rowid, conversation_id, words)
SELECT message.id, message.conversation_id, {{words}}
FROM message
JOIN conversation ON conversation.id = message.conversation_id
JOIN customer ON customer.id = conversation.customer_id
"""  # noqa: S608 - our own names
_OF_BOTH = {"name": "customer.name", "text": "message.text"}
_FILL = {
    "sqlite": _ALL.format(words=_LITE_WORDS.format(**_OF_BOTH)),
    "postgresql": _ALL.format(words=_WORDS.format(**_OF_BOTH)),
}

_SQLITE = {
    "message_search_added": f"""
AFTER INSERT ON message BEGIN
  {_FILL["sqlite"]} WHERE message.id = new.id;
END""",
    "message_search_changed": f"""
AFTER UPDATE OF text ON message WHEN old.text IS NOT new.text BEGIN
  UPDATE {NAME} SET words = (
    SELECT {_LITE_WORDS.format(name="customer.name", text="new.text")}
    FROM conversation JOIN customer ON customer.id = conversation.customer_id
    WHERE conversation.id = new.conversation_id
  ) WHERE rowid = new.id;
END""",  # noqa: S608
    "message_search_removed": f"""
AFTER DELETE ON message BEGIN
  DELETE FROM {NAME} WHERE rowid = old.id;
END""",  # noqa: S608
    "message_search_named": f"""
AFTER UPDATE OF name ON customer WHEN old.name IS NOT new.name BEGIN
  UPDATE {NAME} SET words = (
    SELECT {_LITE_WORDS.format(name="new.name", text="message.text")}
    FROM message WHERE message.id = {NAME}.rowid
  ) WHERE rowid IN (
    SELECT message.id FROM conversation
    JOIN message ON message.conversation_id = conversation.id
    WHERE conversation.customer_id = new.id
  );
END""",  # noqa: S608
}

_POSTGRESQL = {
    "message": (
        "AFTER INSERT OR UPDATE OF text ON message",
        f"""
{_FILL["postgresql"]} WHERE message.id = NEW.id
ON CONFLICT (rowid) DO UPDATE SET words = EXCLUDED.words;""",
    ),
    "customer": (
        "AFTER UPDATE OF name ON customer",
        f"""
UPDATE {NAME} SET words = {_WORDS.format(name="NEW.name", text="message.text")}
FROM message JOIN conversation ON conversation.id = message.conversation_id
WHERE conversation.customer_id = NEW.id AND message.id = {NAME}.rowid;""",  # noqa: S608
    ),
}
_WHEN = {"message": "", "customer": "WHEN (OLD.name IS DISTINCT FROM NEW.name)"}

_TRIGGERS = {
    "sqlite": [
        statement
        for name, rule in _SQLITE.items()
        for statement in (
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} {rule}",
        )
    ],
    "postgresql": [
        statement
        for table, (moment, body) in _POSTGRESQL.items()
        for statement in (
            f"CREATE OR REPLACE FUNCTION frontdesk_searched_{table}() RETURNS trigger"
            f" LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$",
            f"DROP TRIGGER IF EXISTS {NAME} ON {table}",
            f"CREATE TRIGGER {NAME} {moment} FOR EACH ROW {_WHEN[table]}"
            f" EXECUTE FUNCTION frontdesk_searched_{table}()",
        )
    ],
}
