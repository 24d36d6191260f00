"""what a shop's own system tells of its orders

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "shop_notice",
        sa.Column("id", number, sa.Identity(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_shop_notice_key")),
    )
    op.create_index(
        "ix_shop_notice_new",
        "shop_notice",
        ["id"],
        sqlite_where=sa.text("state = 'new'"),
        postgresql_where=sa.text("state = 'new'"),
    )
    op.create_index(op.f("ix_shop_notice_received_at"), "shop_notice", ["received_at"])
    op.create_table(
        "order_state",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("word", sa.String(length=32), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", "part", name=op.f("pk_order_state")),
    )
    for name in ("shop_id", "changed_at"):
        op.create_index(op.f(f"ix_order_state_{name}"), "order_state", [name])
