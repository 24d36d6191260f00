"""whether Messenger may have taken a message at an earlier attempt

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "outgoing_message",
        sa.Column("in_doubt", sa.Boolean, nullable=False, server_default=sa.false()),
    )
