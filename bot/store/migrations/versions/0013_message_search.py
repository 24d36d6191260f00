"""message search

Also what a list and its count are found by among many thousands of conversations.

The index, and on PostgreSQL the functions that it is made with. The triggers that
keep it are set after each migration: see bot/store/indexing.py.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from bot.store import folding, indexing

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _sqlite(connection)
    else:
        _postgresql(connection)
    indexing.fill(connection)
    op.create_index("ix_conversation_newest", "conversation", ["last_message_at", "id"])
    op.create_index(
        "ix_outgoing_message_unconfirmed",
        "outgoing_message",
        ["conversation_id"],
        sqlite_where=sa.text("state = 'unconfirmed'"),
        postgresql_where=sa.text("state = 'unconfirmed'"),
    )


def _sqlite(connection: sa.Connection) -> None:
    columns = "words, conversation_id UNINDEXED"
    by_threes = "tokenize = 'trigram case_sensitive 1', columnsize = 0"
    try:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE message_search USING fts5({columns}, {by_threes})"
        )
    except sa.exc.OperationalError:  # no FTS5, or one before 3.34
        connection.exec_driver_sql(
            "CREATE TABLE message_search"
            " (rowid INTEGER PRIMARY KEY, words TEXT, conversation_id INTEGER)"
        )


def _postgresql(connection: sa.Connection) -> None:
    for statement in (_folded(connection), _grams()):
        connection.exec_driver_sql(statement)
    op.create_table(
        "message_search",
        sa.Column(
            "rowid",
            sa.BigInteger(),
            sa.ForeignKey("message.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    # Little waits outside the index: each search reads all of it.
    connection.exec_driver_sql(
        "CREATE INDEX ix_message_search_words ON message_search"
        " USING gin (frontdesk_grams(words)) WITH (gin_pending_list_limit = 256)"
    )


def _folded(connection: sa.Connection) -> str:
    alike, letters = folding.ALIKE
    return f"""
CREATE FUNCTION frontdesk_folded(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  bare text := coalesce(words, '');
BEGIN
  IF octet_length(bare) = length(bare) THEN
    bare := lower(bare);
  ELSE
    bare := regexp_replace(normalize(bare, NFKD), '[{folding.MARKS}]', '', 'g');
    bare := translate({_lower(connection)}, '{alike}', '{letters}');
    bare := replace(bare, 'ß', 'ss');
  END IF;
  RETURN ' ' || btrim(regexp_replace(bare, '[{folding.SPACES}]+', ' ', 'g'), ' ');
END $$"""


def _lower(connection: sa.Connection) -> str:
    """Return what makes letters small, also in a database that knows only ASCII."""
    if connection.scalar(sa.text("SELECT lower('Ä') = 'ä'")):
        return "lower(bare)"
    known = sa.text("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'")
    return 'lower(bare COLLATE "und-x-icu")' if connection.scalar(known) else "bare"


def _grams() -> str:
    """Return the function that tells by what a text is found.

    Its cost is what the planner must know: it reads the index then, not all rows.
    """
    return f"""
CREATE FUNCTION frontdesk_grams(words text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
DECLARE
  letter text;
  second text := '';
  first text := '';
  grams text[] := '{{}}';
BEGIN
  FOREACH letter IN ARRAY string_to_array(words, NULL) LOOP
    IF first <> '' THEN
      grams := grams || (first || second || letter);
    END IF;
    IF letter >= '{folding.FIRST_UNSPACED}' COLLATE "C" THEN
      grams := grams || letter || (second || letter);
    ELSIF second = ' ' THEN
      grams := grams || (second || letter);
    END IF;
    first := second;
    second := letter;
  END LOOP;
  RETURN grams;
END $$"""
