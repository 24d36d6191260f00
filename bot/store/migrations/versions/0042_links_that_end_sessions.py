"""sign-in links whose use signs somebody out everywhere else

Revision ID: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "ends_sessions", sa.Boolean(), server_default=sa.false(), nullable=False
            )
        )
