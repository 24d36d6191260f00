"""pictures of canned replies

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "canned_reply",
        sa.Column("picture", sa.String(80), server_default="", nullable=False),
    )
