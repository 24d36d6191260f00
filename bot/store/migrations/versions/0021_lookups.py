"""how often a proof did not fit, and which did within a day

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lookup_count",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_lookup_count")),
    )
    op.create_index(op.f("ix_lookup_count_since"), "lookup_count", ["since"])
    op.create_table(
        "lookup_proof",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("record", sa.String(length=80), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_lookup_proof")),
    )
    op.create_index(op.f("ix_lookup_proof_at"), "lookup_proof", ["at"])
