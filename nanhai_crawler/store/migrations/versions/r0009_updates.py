"""Updates: which capture a former reading was of, and a digest of what a page says beside its text."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

#: SQLite takes a reference in a new column, where alembic would add a constraint to the table.
CAPTURE = "ALTER TABLE former_readings ADD COLUMN capture_id INTEGER REFERENCES captures (id)"
#: So far a revision was read again from the capture that it was first read from.
SAME = """
UPDATE former_readings SET capture_id = (SELECT capture_id FROM revisions WHERE revisions.id = revision_id)
"""


def upgrade() -> None:
    """Add the columns."""
    op.add_column("revisions", Column("metadata_digest", Text, nullable=True))
    op.execute(CAPTURE)
    op.execute(SAME)
