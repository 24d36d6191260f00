"""orders that customers cancel

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    asked = sa.Column("cancel_asked_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("shop_order", asked)
    op.create_table(
        "order_cancel",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("came", sa.String(length=32), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_order_cancel")),
    )
