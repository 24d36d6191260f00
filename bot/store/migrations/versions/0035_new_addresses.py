"""where customers want their orders sent instead

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shop_order", sa.Column("new_address", sa.Text(), nullable=True))
    asked = sa.Column("address_asked_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("shop_order", asked)
