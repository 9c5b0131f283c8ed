"""The first tables, the search index and the view ``article_latest``."""

from typing import Any

from alembic import op
from sqlalchemy import Boolean, Column, Double, ForeignKey, Integer, Text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: The newest revision of every article as a table of articles would have it, for people who write SQL.
ARTICLE_LATEST = """
CREATE VIEW article_latest AS
SELECT articles.id, articles.url, articles.site, columns.path AS column_path, revisions.title,
       revisions.published, articles.entered, revisions.source, revisions.origin,
       (SELECT group_concat(name, '; ') FROM (
           SELECT name FROM credits WHERE revision_id = revisions.id AND author ORDER BY position
       )) AS authors,
       revisions.body, articles.status, articles.revision, articles.first_captured, articles.last_captured,
       revisions.text_digest, captures.warc_file, captures.warc_offset
FROM articles
JOIN revisions ON revisions.id = articles.revision_id
JOIN captures ON captures.id = revisions.capture_id
LEFT JOIN columns ON columns.id = articles.column_id
"""
#: What the index is over; ``terms`` is a function of this program (``text.terms``).
SEARCH_TEXT = (
    "CREATE VIEW search_text AS SELECT id, terms(title) AS title, terms(body) AS body FROM revisions"
)
#: ``detail=none`` over overlapping bigrams: 0.46 of the text's bytes (DESIGN: measured here). Diacritics
#: stay: ``terms`` has folded what is to be folded.
SEARCH_INDEX = """
CREATE VIRTUAL TABLE search_index USING fts5(
    title, body, content='search_text', content_rowid='id', detail=none,
    tokenize='unicode61 remove_diacritics 0'
)
"""


def upgrade() -> None:
    """Make everything of an empty archive."""
    make_run_tables()
    make_frontier()
    make_article_tables()
    make_revision_tables()
    for statement in (ARTICLE_LATEST, SEARCH_TEXT, SEARCH_INDEX):
        op.execute(statement)


def key() -> Column[Any]:
    """A row's number."""
    return Column("id", Integer, primary_key=True)


def words(*names: str, null: bool = False) -> list[Column[Any]]:
    """Columns of text."""
    return [Column(name, Text, nullable=null) for name in names]


def maybe(*names: str) -> list[Column[Any]]:
    """Columns of text that may be null."""
    return words(*names, null=True)


def number(name: str, to: str | None = None, *, null: bool = False) -> Column[Any]:
    """A whole number; with ``to``, the key of another table's row."""
    if to is None:
        return Column(name, Integer, nullable=null)
    return Column(name, Integer, ForeignKey(f"{to}.id"), nullable=null)


def position_keys() -> tuple[Column[Any], Column[Any]]:
    """The key of what a revision holds several of."""
    return (
        Column("revision_id", Integer, ForeignKey("revisions.id"), primary_key=True),
        Column("position", Integer, primary_key=True),
    )


def make_run_tables() -> None:
    """What was executed, and what was fetched."""
    op.create_table(
        "runs",
        *(key(), *words("started"), *maybe("ended"), Column("duration_s", Double), *words("outcome")),
        *(number("exit_code", null=True), *words("seeds", "counts", "version")),
    )
    op.create_table(
        "captures",
        *(key(), number("run_id", "runs"), *words("url", "time"), number("status"), *maybe("media_type")),
        *(*words("payload_digest"), number("payload_length"), *words("record_type", "warc_file")),
        *(number("warc_offset"), number("warc_length"), *maybe("etag", "last_modified", "ip_address")),
        *maybe("kind", "kind_evidence", "charset", "charset_evidence"),
    )
    op.create_index("captures_url", "captures", ["url", "time"])
    op.create_index("captures_payload_digest", "captures", ["payload_digest"])
    op.create_index("captures_warc", "captures", ["warc_file", "warc_offset"])


def make_frontier() -> None:
    """What is known, and due."""
    op.create_table(
        "frontier",
        *(
            key(),
            Column("url", Text, nullable=False, unique=True),
            *words("via"),
            number("rank"),
            *maybe("found_on"),
        ),
        *(number("depth"), *words("first_seen", "due_at"), number("last_run", "runs", null=True)),
        *(
            *maybe("last_outcome", "last_reason"),
            number("last_capture", "captures", null=True),
            number("failures"),
        ),
        *maybe("etag", "last_modified"),
    )
    op.create_index("frontier_due", "frontier", ["due_at"])
    op.create_index("frontier_rank", "frontier", ["rank", "id"])


def make_article_tables() -> None:
    """What was read: columns, articles, their revisions, and the pages of divided ones."""
    op.create_table(
        "columns", key(), *words("site", "path", "name"), number("parent_id", "columns", null=True)
    )
    op.create_index("columns_site_path", "columns", ["site", "path"], unique=True)
    op.create_table(
        "revisions",
        *(
            key(),
            *words("article_id"),
            number("number"),
            number("capture_id", "captures"),
            number("run_id", "runs"),
        ),
        *(
            *words("text_digest", "title"),
            *maybe("published", "source", "origin"),
            *words("evidence", "body"),
        ),
    )
    op.create_index("revisions_article", "revisions", ["article_id", "number"], unique=True)
    op.create_index("revisions_published", "revisions", ["published"])
    op.create_table(
        "articles",
        *(
            Column("id", Text, primary_key=True),
            Column("url", Text, nullable=False, unique=True),
            *words("site"),
        ),
        *(number("column_id", "columns", null=True), *maybe("entered"), *words("status"), number("revision")),
        *(number("revision_id", "revisions"), *words("first_captured", "last_captured")),
    )
    op.create_index("articles_column", "articles", ["column_id"])
    op.create_index("articles_revision", "articles", ["revision_id"])
    op.create_table(
        "parts",
        *(Column("article_url", Text, primary_key=True), Column("page_number", Integer, primary_key=True)),
        *(*words("url"), number("page_count"), number("capture_id", "captures"), *words("links", "reading")),
    )


def make_revision_tables() -> None:
    """What a revision holds several of."""
    op.create_table("sections", *position_keys(), *maybe("heading"), *words("paragraphs"))
    op.create_table(
        "credits",
        *(*position_keys(), *maybe("role", "name", "organization"), *words("raw")),
        Column("author", Boolean, nullable=False),
    )
    op.create_index("credits_name", "credits", ["name"])
    op.create_table("images", *position_keys(), *words("url"), *maybe("caption", "credit"))
    op.create_table("attachments", *position_keys(), *words("url", "name"), *maybe("media_type"))
