"""The tables of ``nanhai.sqlite3``, as SQLAlchemy sees them; a test holds the migrations to agree.

Times are ISO 8601 text: ``…Z`` for what this program observed, ``+08:00`` for what a page says.
``archive/README.md`` explains every table and column to a person who has only the file.
"""

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The archive's schema; every string is TEXT."""

    type_annotation_map = {str: Text}  # noqa: RUF012  SQLAlchemy reads a plain dict here


class Run(Base):
    """One execution of the crawl."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    started: Mapped[str]
    ended: Mapped[str | None]
    duration_s: Mapped[float | None]
    outcome: Mapped[
        str
    ]  # running, complete, limited, partial, drift, blocked, interrupted, stopped, killed, failed
    exit_code: Mapped[int | None]
    seeds: Mapped[str]  # JSON list
    counts: Mapped[str]  # JSON object: runs.RunCounts
    version: Mapped[str]


class CaptureRow(Base):
    """One fetch at one instant, and where its WARC record stands."""

    __tablename__ = "captures"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    url: Mapped[str]
    time: Mapped[str]
    status: Mapped[int]
    media_type: Mapped[str | None]
    payload_digest: Mapped[str]
    payload_length: Mapped[int]
    record_type: Mapped[str]  # response, revisit
    warc_file: Mapped[str]
    warc_offset: Mapped[int]
    warc_length: Mapped[int]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    ip_address: Mapped[str | None]
    kind: Mapped[str | None]  # what the page was understood to be, null where nothing was read
    kind_evidence: Mapped[str | None]
    charset: Mapped[str | None]
    charset_evidence: Mapped[str | None]
    charset_declared: Mapped[str | None]  # the label as written: the header's, else the page's own

    __table_args__ = (
        Index("captures_url", "url", "time"),
        Index("captures_payload_digest", "payload_digest"),
        Index("captures_warc", "warc_file", "warc_offset"),
    )


class FrontierRow(Base):
    """One URL known: due, visited, and with what result."""

    __tablename__ = "frontier"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    via: Mapped[str]
    rank: Mapped[int]  # of via: the lower, the earlier it is asked for (store.due)
    found_on: Mapped[str | None]
    depth: Mapped[int]
    first_seen: Mapped[str]
    due_at: Mapped[str]
    last_run: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))
    last_outcome: Mapped[str | None]
    last_reason: Mapped[str | None]
    last_capture: Mapped[int | None] = mapped_column(ForeignKey("captures.id"))
    failures: Mapped[int]  # visits in a row that failed
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    kind: Mapped[str | None]  # of the last body that was understood; this and what follows
    leads: Mapped[bool]
    published: Mapped[str | None]
    payload_digest: Mapped[str | None]
    interval_s: Mapped[int | None]  # 0: in every run (store.due)

    __table_args__ = (Index("frontier_due", "due_at"), Index("frontier_rank", "rank", "id"))


class ColumnRow(Base):
    """One 栏目 of a site, under its parent."""

    __tablename__ = "columns"

    id: Mapped[int] = mapped_column(primary_key=True)
    site: Mapped[str]
    path: Mapped[str]  # joined by " > ", without 首页
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("columns.id"))

    __table_args__ = (Index("columns_site_path", "site", "path", unique=True),)


class ArticleRow(Base):
    """What the site shows under one identity; its texts are its revisions."""

    __tablename__ = "articles"

    id: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    site: Mapped[str]
    column_id: Mapped[int | None] = mapped_column(ForeignKey("columns.id"))
    entered: Mapped[str | None]
    status: Mapped[str]  # live, missing, gone
    revision: Mapped[int]  # number of the newest
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    first_captured: Mapped[str]
    last_captured: Mapped[str]

    __table_args__ = (Index("articles_column", "column_id"), Index("articles_revision", "revision_id"))


class RevisionRow(Base):
    """One text an article has had, as read from one capture.

    ``body`` stands behind the rest: SQLite then reads the digest of a revision without walking through its text.
    """

    __tablename__ = "revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str]
    number: Mapped[int]
    capture_id: Mapped[int] = mapped_column(ForeignKey("captures.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    text_digest: Mapped[str]
    title: Mapped[str]
    published: Mapped[str | None]
    source: Mapped[str | None]
    origin: Mapped[str | None]
    evidence: Mapped[str]  # JSON object
    body: Mapped[str]
    kicker: Mapped[str | None]
    subtitle: Mapped[str | None]
    reading: Mapped[int] = mapped_column(server_default="1")  # which reading of its capture the values are
    reader: Mapped[str | None]  # pages.edition of that reading; null before it was noted
    metadata_digest: Mapped[
        str | None
    ]  # of what the page said last (store.updates); null before it was noted

    __table_args__ = (
        Index("revisions_article", "article_id", "number", unique=True),
        Index("revisions_published", "published"),
    )


class FormerReading(Base):
    """What a revision said before: an earlier reader said so, or an earlier capture."""

    __tablename__ = "former_readings"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # 1 for the crawl's
    reader: Mapped[str | None]
    replaced: Mapped[str]
    former: Mapped[str]  # JSON object: the record's keys that the next reading changed, as they were
    capture_id: Mapped[int | None] = mapped_column(ForeignKey("captures.id"))  # that it was read from


class SearchRow(Base):
    """Which row of the full-text index stands for which revision (``store.search.index``)."""

    __tablename__ = "search_rows"

    id: Mapped[int] = mapped_column(
        primary_key=True
    )  # the full-text index's rowid; the later the day, the greater
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), unique=True)
    published: Mapped[str | None]  # as in revisions, to put the hits of a day in order
    plain: Mapped[
        bool | None
    ]  # whether Chinese is sought in the text as it is (text.folding); null: not known


class SearchBlock(Base):
    """Rows of the index whose signatures are cut into slices (``store.search.signature_blocks``)."""

    __tablename__ = "search_blocks"

    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]
    row_ids: Mapped[bytes]  # search_rows.id, six bytes each, the lowest first


class SearchSlice(Base):
    """One bit of the signatures of a block's rows (``text.signature``)."""

    __tablename__ = "search_slices"

    id: Mapped[int] = mapped_column(primary_key=True)  # the block's times 8192, and the bit's number
    holding: Mapped[bytes]  # which rows have the bit, the first in the lowest bit


class SearchTail(Base):
    """The signature of a row of the index that is in no block yet."""

    __tablename__ = "search_tail"

    id: Mapped[int] = mapped_column(primary_key=True)  # search_rows.id
    signature: Mapped[bytes]


class SectionRow(Base):
    """One section of a revision; paragraphs one a line."""

    __tablename__ = "sections"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    heading: Mapped[str | None]
    paragraphs: Mapped[str]
    blocks: Mapped[str | None]  # JSON list; null where there are only the paragraphs


class CreditRow(Base):
    """One person or organization credited by a revision. ``author`` is 1 where CSV's authors names it."""

    __tablename__ = "credits"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str | None]
    name: Mapped[str | None]
    organization: Mapped[str | None]
    raw: Mapped[str]
    author: Mapped[bool]

    __table_args__ = (Index("credits_name", "name"),)


class ImageRow(Base):
    """One picture of a revision."""

    __tablename__ = "images"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    caption: Mapped[str | None]
    credit: Mapped[str | None]


class AttachmentRow(Base):
    """One file a revision offers."""

    __tablename__ = "attachments"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str | None]


class ObservationRow(Base):
    """One time that an article was not found where it should be, or was found again."""

    __tablename__ = "observations"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    time: Mapped[str]
    status: Mapped[str]  # of the article, as far as this tells: live, missing, gone
    evidence: Mapped[str]
    capture_id: Mapped[int | None] = mapped_column(ForeignKey("captures.id"))
    counted: Mapped[bool]  # false where the run was not complete, or the site not well

    __table_args__ = (Index("observations_article", "article_id", "id"),)


class PartRow(Base):
    """One page of an article divided into several, kept until and after all are there to be joined."""

    __tablename__ = "parts"

    article_url: Mapped[str] = mapped_column(primary_key=True)
    page_number: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]  # of this page
    page_count: Mapped[int]  # as this page shows it
    capture_id: Mapped[int] = mapped_column(ForeignKey("captures.id"))
    links: Mapped[str]  # JSON list: the other pages that this page leads to
    reading: Mapped[str]  # JSON: items.Article of this page alone
