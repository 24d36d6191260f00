"""how the refund and the return of an order stand

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("refund", sa.String(length=32), nullable=True),
        sa.Column("refunded_on", sa.Date(), nullable=True),
        sa.Column("returned", sa.String(length=32), nullable=True),
    ):
        op.add_column("shop_order", column)
