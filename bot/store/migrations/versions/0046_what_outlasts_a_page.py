"""what editors set going that outlasts their page

Revision ID: 0046
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "undertaken",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("change", JSON, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("told", JSON, nullable=False),
        sa.Column("doing", sa.String(16), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_undertaken_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undertaken")),
    )
    op.create_index("ix_undertaken_state", "undertaken", ["state"])
