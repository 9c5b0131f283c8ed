"""Views for people who write SQL: the columns as a tree with their counts, and who is named for the newest texts."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMN_TREE = """
CREATE VIEW column_tree AS
WITH RECURSIVE below(ancestor_id, column_id) AS (
    SELECT id, id FROM columns
    UNION ALL
    SELECT below.ancestor_id, columns.id FROM below JOIN columns ON columns.parent_id = below.column_id
)
SELECT columns.id, columns.site, columns.path, columns.name, columns.parent_id,
       1 + (length(columns.path) - length(replace(columns.path, ' > ', ''))) / 3 AS depth,
       (SELECT count(*) FROM articles WHERE articles.column_id = columns.id) AS articles,
       (SELECT count(*) FROM below JOIN articles ON articles.column_id = below.column_id
        WHERE below.ancestor_id = columns.id) AS articles_below
FROM columns
ORDER BY columns.site, columns.path
"""
ARTICLE_CREDITS = """
CREATE VIEW article_credits AS
SELECT articles.id AS article_id, credits.position, credits.role, credits.name, credits.organization, credits.author,
       credits.raw, revisions.title, revisions.published, columns.path AS column_path, articles.url, articles.status
FROM articles
JOIN revisions ON revisions.id = articles.revision_id
JOIN credits ON credits.revision_id = revisions.id
LEFT JOIN columns ON columns.id = articles.column_id
"""


def upgrade() -> None:
    """Add the views."""
    op.execute(COLUMN_TREE)
    op.execute(ARTICLE_CREDITS)
