"""an index of what agents wrote and Messenger refused

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = "author = 'agent' and state in ('failed', 'refused')"
    op.create_index(
        "ix_outgoing_message_refused",
        "outgoing_message",
        ["conversation_id"],
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
