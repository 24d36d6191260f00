"""the conversation from which a phrasing was taught

Revision ID: 0043
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: A phrasing and the mark of its turn are of one request: of one moment and person.
KNOWN = """
    UPDATE taught_phrasing SET conversation_id = (
        SELECT turn.conversation_id
        FROM turn_mark JOIN turn ON turn.id = turn_mark.turn_id
        WHERE turn_mark.at = taught_phrasing.at
        AND turn_mark.staff_id = taught_phrasing.staff_id
        AND turn_mark.kind IN ('taught', 'out_of_scope')
        ORDER BY turn.id LIMIT 1
    )
"""


def upgrade() -> None:
    with op.batch_alter_table("taught_phrasing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("conversation_id", NUMBER, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_taught_phrasing_conversation_id"),
            "conversation",
            ["conversation_id"],
            ["id"],
        )
    op.execute(KNOWN)
