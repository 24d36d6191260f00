"""replying

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "draft", sa.Column("choices", sa.Text(), server_default="", nullable=False)
    )
    op.add_column(
        "draft", sa.Column("version", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("viewing", sa.Column("answering", sa.Float(), nullable=True))
