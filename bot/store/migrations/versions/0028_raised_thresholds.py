"""intents that are answered only from a higher confidence on

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    moment = sa.DateTime(timezone=True)
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "raised_threshold",
        sa.Column("id", number, sa.Identity(always=False), nullable=False),
        sa.Column("intent", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=False),
        sa.Column("precision", sa.Float(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Float(), nullable=False),
        sa.Column("signals", json, nullable=False),
        sa.Column("turns", json, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("kept_at", moment, nullable=True),
        sa.Column("kept_by", number, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_by", number, nullable=True),
        sa.Column("why", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["kept_by"], ["staff.id"], name=op.f("fk_raised_threshold_kept_by")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["staff.id"], name=op.f("fk_raised_threshold_ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raised_threshold")),
    )
    op.create_index(
        "ix_raised_threshold_standing",
        "raised_threshold",
        ["intent", "language"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.add_column(
        "model_live",
        sa.Column("raised", sa.Integer(), nullable=False, server_default="0"),
    )
