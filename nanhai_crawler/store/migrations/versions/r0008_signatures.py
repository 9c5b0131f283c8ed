"""The search index knows which triples of characters a text has."""

from alembic import op
from sqlalchemy import Column, LargeBinary

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a later version has the signatures elsewhere, and makes them."""
    op.add_column("search_rows", Column("signature", LargeBinary))
