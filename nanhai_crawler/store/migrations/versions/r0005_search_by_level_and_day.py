"""The search index knows single characters and how much a text says each term, and its rows go by days."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, Text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: What the index is over; ``terms`` is a function of this program (``text.terms``).
SEARCH_TEXT = """
CREATE VIEW search_text AS
SELECT search_rows.id, terms(revisions.title, revisions.body) AS terms
FROM search_rows JOIN revisions ON revisions.id = search_rows.revision_id
"""
#: ``detail=none``: 0.34 of the text's bytes, with positions 1.8 (DESIGN: measured here). The tokenizer ``ascii`` leaves
#: every character as it is that ``terms`` gives, whatever Unicode the SQLite at hand knows.
SEARCH_INDEX = """
CREATE VIRTUAL TABLE search_index USING fts5(
    terms, content='search_text', content_rowid='id', detail=none, tokenize='ascii'
)
"""


def upgrade() -> None:
    """Make the index anew; a later version fills it."""
    op.execute("DROP TABLE search_index")
    op.execute("DROP VIEW search_text")
    op.create_table(
        "search_rows",
        Column("id", Integer, primary_key=True),
        Column("revision_id", Integer, ForeignKey("revisions.id"), nullable=False, unique=True),
        Column("published", Text),
    )
    op.execute(SEARCH_TEXT)
    op.execute(SEARCH_INDEX)
