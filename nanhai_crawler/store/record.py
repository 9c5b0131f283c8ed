"""The record: what the archive says of an article, a dict with the keys of ``RECORD_KEYS`` in order."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from nanhai_crawler.items import RECORD_KEYS
from nanhai_crawler.store.blocks import read_blocks
from nanhai_crawler.store.models import (
    ArticleRow,
    AttachmentRow,
    CaptureRow,
    ColumnRow,
    CreditRow,
    ImageRow,
    RevisionRow,
    SectionRow,
)

#: What stands between the names of a column's path in ``columns.path``.
PATH_SEPARATOR = " > "
# Rows of a batch are held at once: about 1 MB of text.
_BATCH = 100

Record = dict[str, Any]
_Parts = dict[int, list[dict[str, Any]]]

#: An article with one of its revisions and the capture that was read from; which ones, the caller adds.
REVISION_ROWS: Any = (
    select(
        *(RevisionRow.id.label("revision_id"), ArticleRow.id, ArticleRow.url, ArticleRow.site),
        *(ColumnRow.path.label("column_path"), RevisionRow.title, RevisionRow.published, ArticleRow.entered),
        *(RevisionRow.source, RevisionRow.origin, RevisionRow.body, ArticleRow.status),
        *(RevisionRow.number.label("revision"), ArticleRow.first_captured, ArticleRow.last_captured),
        *(RevisionRow.text_digest, CaptureRow.warc_file, CaptureRow.warc_offset, RevisionRow.evidence),
        *(RevisionRow.kicker, RevisionRow.subtitle),
    )
    .select_from(RevisionRow)
    .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
    .join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
    .outerjoin(ColumnRow, ColumnRow.id == ArticleRow.column_id)
)
_SECTIONS = (SectionRow.heading, SectionRow.paragraphs, SectionRow.blocks)
_CREDITS = (CreditRow.role, CreditRow.name, CreditRow.organization, CreditRow.raw, CreditRow.author)
_IMAGES = (ImageRow.url, ImageRow.caption, ImageRow.credit)
_ATTACHMENTS = (AttachmentRow.url, AttachmentRow.name, AttachmentRow.media_type)


def read_records(connection: Connection, revision_ids: Iterable[int]) -> Iterator[Record]:
    """The record of each revision, in the order of the ids, made as they are asked for, a batch at a time."""
    waiting = iter(revision_ids)
    while batch := list(islice(waiting, _BATCH)):
        yield from _read_batch(connection, batch)


def _read_batch(connection: Connection, revision_ids: Sequence[int]) -> Iterator[Record]:
    found = connection.execute(REVISION_ROWS.where(RevisionRow.id.in_(revision_ids))).mappings()
    rows = {row["revision_id"]: dict(row) for row in found}
    sections = _parts(connection, SectionRow, _SECTIONS, revision_ids)
    credit_rows = _parts(connection, CreditRow, _CREDITS, revision_ids)
    images = _parts(connection, ImageRow, _IMAGES, revision_ids)
    attachments = _parts(connection, AttachmentRow, _ATTACHMENTS, revision_ids)
    for revision_id in revision_ids:
        row = rows[revision_id]
        row.update(_told_by(sections[revision_id], credit_rows[revision_id]))
        row["images"] = images[revision_id]
        row["attachments"] = attachments[revision_id]
        row["column_path"] = row["column_path"].split(PATH_SEPARATOR) if row["column_path"] else []
        row["evidence"] = json.loads(row["evidence"])
        yield {key: row[key] for key in RECORD_KEYS}


def _told_by(sections: list[dict[str, Any]], credit_rows: list[dict[str, Any]]) -> Record:
    """The keys that sections and credits give; paragraphs stand one a line in the table."""
    return {
        "authors": [credit["name"] for credit in credit_rows if credit["author"]],
        "credits": [{key: credit[key] for key in credit if key != "author"} for credit in credit_rows],
        "section_headings": [part["heading"] for part in sections if part["heading"] is not None],
        "sections": [_section(part) for part in sections],
    }


def _section(row: dict[str, Any]) -> Record:
    paragraphs = _lines(row["paragraphs"])
    blocks = read_blocks(row["blocks"], paragraphs)
    return {"heading": row["heading"], "paragraphs": paragraphs, "blocks": blocks}


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _parts(connection: Connection, table: Any, columns: Sequence[Any], revision_ids: Sequence[int]) -> _Parts:
    """The rows of a table of parts, by revision, in their order."""
    statement = select(table.revision_id, *columns).where(table.revision_id.in_(revision_ids))
    found: _Parts = defaultdict(list)
    for revision_id, *values in connection.execute(statement.order_by(table.revision_id, table.position)):
        found[revision_id].append(dict(zip((column.key for column in columns), values, strict=True)))
    return found
