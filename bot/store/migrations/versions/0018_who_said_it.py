"""how much who has said in a conversation, from an index alone

Revision ID: 0018
Revises: 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_message_said", "message", ["conversation_id", "author", "staff_id"]
    )
