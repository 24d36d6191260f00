"""pages that were taken out of the settings

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("left_at", sa.DateTime(timezone=True)))
