"""pictures that Messenger keeps for a Page

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture_upload",
        sa.Column("page_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("attachment_id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("page_id", "name", name=op.f("pk_picture_upload")),
    )
    op.create_index(op.f("ix_picture_upload_at"), "picture_upload", ["at"])
