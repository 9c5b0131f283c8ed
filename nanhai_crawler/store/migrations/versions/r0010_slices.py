"""The search index begins with the newest; signatures stand in slices; rows tell whether their text is sought as it is."""

from alembic import op
from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, Text

from nanhai_crawler.store.migrations.versions.r0005_search_by_level_and_day import SEARCH_INDEX, SEARCH_TEXT
from nanhai_crawler.store.search.index import SearchIndex

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index anew, from all revisions: 1.7 ms each."""
    op.create_table(
        "search_blocks",
        Column("id", Integer, primary_key=True),
        Column("size", Integer, nullable=False),
        Column("row_ids", LargeBinary, nullable=False),
    )
    op.create_table(
        "search_slices",
        Column("id", Integer, primary_key=True),
        Column("holding", LargeBinary, nullable=False),
    )
    op.create_table(
        "search_tail",
        Column("id", Integer, primary_key=True),
        Column("signature", LargeBinary, nullable=False),
    )
    for kind, name in (("TABLE", "search_index"), ("VIEW", "search_text"), ("TABLE", "search_rows")):
        op.execute(f"DROP {kind} {name}")
    op.create_table(
        "search_rows",
        Column("id", Integer, primary_key=True),
        Column("revision_id", Integer, ForeignKey("revisions.id"), nullable=False, unique=True),
        Column("published", Text),
        Column("plain", Boolean),
    )
    op.execute(SEARCH_TEXT)
    op.execute(SEARCH_INDEX)
    SearchIndex(op.get_bind()).rebuild()
