"""codes by which a customer proves an e-mail address

Revision ID: 0027
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailed_code",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("mailed_at", sa.Float(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("proved_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_mailed_code")),
    )
    op.create_index(op.f("ix_mailed_code_mailed_at"), "mailed_code", ["mailed_at"])
    op.create_index(op.f("ix_shop_order_email"), "shop_order", ["email"])
