"""how the refund and the return of an order stand

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("refund", sa.String(length=32), nullable=True),
        sa.Column("refunded_on", sa.Date(), nullable=True),
        sa.Column("returned", sa.String(length=32), nullable=True),
    ):
        op.add_column("shop_order", column)
