"""Kicker and subtitle of a revision, lists and tables of a section, and what a capture declared of its charset."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: As the first migration has it, with the two titles at the end.
ARTICLE_LATEST = """
CREATE VIEW article_latest AS
SELECT articles.id, articles.url, articles.site, columns.path AS column_path, revisions.title,
       revisions.published, articles.entered, revisions.source, revisions.origin,
       (SELECT group_concat(name, '; ') FROM (
           SELECT name FROM credits WHERE revision_id = revisions.id AND author ORDER BY position
       )) AS authors,
       revisions.body, articles.status, articles.revision, articles.first_captured, articles.last_captured,
       revisions.text_digest, captures.warc_file, captures.warc_offset, revisions.kicker, revisions.subtitle
FROM articles
JOIN revisions ON revisions.id = articles.revision_id
JOIN captures ON captures.id = revisions.capture_id
LEFT JOIN columns ON columns.id = articles.column_id
"""


def upgrade() -> None:
    """What is there was read before these were looked for: null."""
    op.add_column("revisions", Column("kicker", Text, nullable=True))
    op.add_column("revisions", Column("subtitle", Text, nullable=True))
    op.add_column("sections", Column("blocks", Text, nullable=True))
    op.add_column("captures", Column("charset_declared", Text, nullable=True))
    op.execute("DROP VIEW article_latest")
    op.execute(ARTICLE_LATEST)
