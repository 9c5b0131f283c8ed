"""Readings: which reader made what a revision says, and what earlier readers made of the same capture."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, Text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is there was read once, by a reader that was not noted."""
    op.add_column("revisions", Column("reading", Integer, nullable=False, server_default="1"))
    op.add_column("revisions", Column("reader", Text, nullable=True))
    op.create_table(
        "former_readings",
        Column("revision_id", Integer, ForeignKey("revisions.id"), primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("reader", Text, nullable=True),
        Column("replaced", Text, nullable=False),
        Column("former", Text, nullable=False),
    )
