"""what is forgotten

Which messages and turns have been emptied, and an index of those that have not: a
minute's look for what is too old must not read the table.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("message", "turn"):
        op.add_column(
            table,
            sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        )
        op.create_index(
            f"ix_{table}_kept",
            table,
            ["at"],
            sqlite_where=sa.text("forgotten_at IS NULL"),
            postgresql_where=sa.text("forgotten_at IS NULL"),
        )
