"""wanted precision

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "precision_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("precision", sa.Float(), nullable=False),
        sa.Column(
            "staff_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_precision_version_staff_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_precision_version")),
    )
