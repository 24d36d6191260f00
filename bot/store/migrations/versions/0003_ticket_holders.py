"""ticket holders

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite drops columns by making the table anew, which it may not while another
    # refers to it: the rows wait elsewhere until it is there again.
    op.execute(
        "CREATE TEMPORARY TABLE held AS SELECT number, customer_id, reminders,"
        " linked_at FROM ticket WHERE customer_id IS NOT NULL"
        " AND linked_at IS NOT NULL"
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_customer_id"))
        batch_op.drop_constraint(
            batch_op.f("fk_ticket_customer_id"), type_="foreignkey"
        )
        batch_op.drop_column("customer_id")
        batch_op.drop_column("reminders")
        batch_op.drop_column("linked_at")
    op.create_table(
        "ticket_holder",
        sa.Column("ticket_number", sa.String(length=40), nullable=False),
        sa.Column(
            "customer_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_ticket_holder_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ticket_number"],
            ["ticket.number"],
            name=op.f("fk_ticket_holder_ticket_number"),
        ),
        sa.PrimaryKeyConstraint(
            "ticket_number", "customer_id", name=op.f("pk_ticket_holder")
        ),
    )
    with op.batch_alter_table("ticket_holder", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ticket_holder_customer_id"), ["customer_id"], unique=False
        )
    op.execute(
        "INSERT INTO ticket_holder (ticket_number, customer_id, reminders, linked_at)"
        " SELECT number, customer_id, reminders, linked_at FROM held"
    )
    op.execute("DROP TABLE held")
