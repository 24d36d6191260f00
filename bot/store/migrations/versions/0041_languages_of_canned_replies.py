"""the language of a canned reply, of which each may use a short code once

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("canned_reply", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("language", sa.String(16), server_default="", nullable=False)
        )
        batch_op.drop_constraint(
            batch_op.f("uq_canned_reply_short_code"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_canned_reply_short_code_language"),
            ["short_code", "language"],
        )
