"""customers who want to hear when an order moves

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "order_watch",
        sa.Column("id", number, sa.Identity(), nullable=False),
        sa.Column("customer_id", number, nullable=False),
        sa.Column("order_key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("told", json, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_watch")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_order_watch_customer_id_customer"),
        ),
        sa.UniqueConstraint(
            "customer_id",
            "order_key",
            name=op.f("uq_order_watch_customer_id_order_key"),
        ),
    )
    op.create_index(op.f("ix_order_watch_order_key"), "order_watch", ["order_key"])
