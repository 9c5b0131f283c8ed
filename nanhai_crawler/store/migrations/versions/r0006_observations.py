"""When articles were not found, and found again, with the evidence."""

from alembic import op
from sqlalchemy import Boolean, Column, ForeignKey, Integer, Text

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "observations",
        Column("id", Integer, primary_key=True),
        Column("article_id", Text, ForeignKey("articles.id"), nullable=False),
        Column("run_id", Integer, ForeignKey("runs.id"), nullable=False),
        Column("time", Text, nullable=False),
        Column("status", Text, nullable=False),
        Column("evidence", Text, nullable=False),
        Column("capture_id", Integer, ForeignKey("captures.id")),
        Column("counted", Boolean, nullable=False),
    )
    op.create_index("observations_article", "observations", ["article_id", "id"])
