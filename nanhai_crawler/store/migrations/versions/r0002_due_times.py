"""What the frontier remembers of the last body of each URL, so that each has a due time of its own."""

from alembic import op
from sqlalchemy import Boolean, Column, Integer, Text, text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: What an archive of before knows of its URLs: the last page or file of each that was understood.
KIND = """
UPDATE frontier SET kind = coalesce(
    (SELECT kind FROM captures WHERE captures.url = frontier.url AND kind IS NOT NULL ORDER BY time DESC LIMIT 1),
    CASE WHEN last_outcome = 'file' THEN 'file' END)
WHERE last_run IS NOT NULL
"""
LEADS = """
UPDATE frontier SET leads = 1
WHERE kind IN ('home', 'listing', 'site_map') OR via = 'site_map'
   OR kind = 'other' AND url IN (SELECT found_on FROM frontier)
"""
PUBLISHED = """
UPDATE frontier SET published = (
    SELECT coalesce(revisions.published, articles.entered) FROM articles
    JOIN revisions ON revisions.id = articles.revision_id WHERE articles.url = frontier.url)
WHERE kind = 'article'
"""
DIGEST = """
UPDATE frontier SET payload_digest = (
    SELECT payload_digest FROM captures WHERE captures.url = frontier.url AND status IN (200, 203, 304)
    ORDER BY time DESC LIMIT 1)
WHERE kind IS NOT NULL
"""


def upgrade() -> None:
    """Add the columns, and fill them from what was captured."""
    op.add_column("frontier", Column("kind", Text))
    op.add_column("frontier", Column("leads", Boolean, nullable=False, server_default=text("0")))
    op.add_column("frontier", Column("published", Text))
    op.add_column("frontier", Column("payload_digest", Text))
    op.add_column("frontier", Column("interval_s", Integer))
    for statement in (KIND, LEADS, PUBLISHED, DIGEST):
        op.execute(statement)
