"""pages that were taken out of the settings

Revision ID: 0048
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("left_at", sa.DateTime(timezone=True)))
