"""what is in orders, and what they came to

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shop_order", sa.Column("items", sa.Text(), nullable=True))
    op.add_column("shop_order", sa.Column("total", sa.String(20), nullable=True))
    op.add_column("shop_order", sa.Column("currency", sa.String(3), nullable=True))
