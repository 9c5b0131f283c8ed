"""Where a text comes from: the capture each revision was read from, and all captures of an article's address."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from nanhai_crawler.store.models import ArticleRow, CaptureRow, FormerReading, RevisionRow
from nanhai_crawler.visits import Capture

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


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingNote:
    """One reading of a revision: of which capture, by which edition of the reader (null where it was not noted).

    ``replaced`` is when the next took its place, ``former`` what it said of the keys that the next changed; for the one
    that stands, null and empty.
    """

    number: int
    reader: str | None
    capture_id: int | None
    captured: str | None
    replaced: str | None
    former: dict[str, Any]


def readings_of(connection: Connection, revision_id: int) -> list[ReadingNote]:
    """The readings of a revision, the one that stands first, then back to the first."""
    standing = (
        select(RevisionRow.reading, RevisionRow.reader, CaptureRow.id, CaptureRow.time)
        .join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
        .where(RevisionRow.id == revision_id)
    )
    former = (
        select(FormerReading.number, FormerReading.reader, FormerReading.capture_id, CaptureRow.time)
        .add_columns(FormerReading.replaced, FormerReading.former)
        .join(CaptureRow, CaptureRow.id == FormerReading.capture_id, isouter=True)
        .where(FormerReading.revision_id == revision_id)
        .order_by(FormerReading.number.desc())
    )
    rows = [(*connection.execute(standing).one(), None, "{}"), *connection.execute(former)]
    return [
        ReadingNote(
            number=number,
            reader=reader,
            capture_id=capture,
            captured=captured,
            replaced=replaced,
            former=json.loads(words),
        )
        for number, reader, capture, captured, replaced, words in rows
    ]


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
