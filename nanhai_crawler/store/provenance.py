"""Where a text comes from: the capture each revision was read from, and all captures of an article's address."""

from typing import Any

from sqlalchemy import Connection, select

from nanhai_crawler.items import Capture
from nanhai_crawler.store.models import ArticleRow, CaptureRow, RevisionRow

_FIELDS = (
    *(
        CaptureRow.id,
        CaptureRow.run_id,
        CaptureRow.url,
        CaptureRow.time,
        CaptureRow.status,
        CaptureRow.media_type,
    ),
    *(CaptureRow.payload_digest, CaptureRow.payload_length, CaptureRow.record_type, CaptureRow.warc_file),
    *(CaptureRow.warc_offset, CaptureRow.warc_length, CaptureRow.etag, CaptureRow.last_modified),
)


def revision_numbers(connection: Connection, article: str) -> list[int]:
    """The numbers of an article's revisions, the oldest first."""
    statement = select(RevisionRow.number).where(RevisionRow.article_id == article)
    return list(connection.execute(statement.order_by(RevisionRow.number)).scalars())


def capture_of(connection: Connection, revision_id: int) -> Capture:
    """The capture that a revision was read from."""
    statement = select(*_FIELDS).join(RevisionRow, RevisionRow.capture_id == CaptureRow.id)
    return _capture(connection.execute(statement.where(RevisionRow.id == revision_id)).one())


def captures_of(connection: Connection, article: str) -> list[Capture]:
    """All captures of an article's address, with http and with https, the oldest first."""
    url = connection.execute(select(ArticleRow.url).where(ArticleRow.id == article)).scalar_one()
    rest = url.partition("://")[2]
    either = (f"http://{rest}", f"https://{rest}")
    statement = select(*_FIELDS).where(CaptureRow.url.in_(either)).order_by(CaptureRow.time, CaptureRow.id)
    return [_capture(row) for row in connection.execute(statement)]


def _capture(row: Any) -> Capture:
    return Capture(**row._mapping)
