"""Kept pages: captures that a reader can read again, and where in the WARC files their bytes lie."""

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from nanhai_crawler.pages.media_type import HTML_TYPES, UNKNOWN_TYPES
from nanhai_crawler.store.captures import FIELDS
from nanhai_crawler.store.last_body import BODIES
from nanhai_crawler.store.models import CaptureRow, FrontierRow, RevisionRow
from nanhai_crawler.store.snapshots import Place
from nanhai_crawler.store.warc import NOT_MODIFIED
from nanhai_crawler.visits import Capture, Outcome

#: Rows of a batch are held at once; SQLite takes up to 32,766 bound values (https://www.sqlite.org/limits.html, 9).
_BATCH = 500
#: What a capture's row says of the page on it, in the words of a PageReading.
DESCRIPTION = ("kind", "kind_evidence", "charset", "charset_evidence", "charset_declared")
_COLUMNS = (
    *(getattr(CaptureRow, name) for name in FIELDS),
    *(getattr(CaptureRow, name) for name in DESCRIPTION),
)
#: The records with a payload that a revisit goes back to, the last of the same address before it first.
_ORIGINALS: Select[str, int, int] = (
    select(CaptureRow.warc_file, CaptureRow.warc_offset, CaptureRow.warc_length)
    .where(CaptureRow.payload_digest == bindparam("digest"), CaptureRow.record_type == "response")
    .order_by(CaptureRow.id)
    .limit(1)
)
_SENT = (
    select(CaptureRow.warc_file, CaptureRow.warc_offset, CaptureRow.warc_length)
    .where(CaptureRow.url == bindparam("url"), CaptureRow.payload_digest == bindparam("digest"))
    .where(CaptureRow.status.in_(BODIES), CaptureRow.id < bindparam("before"))
    .order_by(CaptureRow.id.desc())
    .limit(1)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptPage:
    """A capture, where its payload and its headers stand, and what it was understood to be.

    The two places differ for a revisit; ``payload`` is null where no record keeps the payload. A 304 has the headers
    that the page was last sent with.
    """

    capture: Capture
    payload: Place | None
    headers: Place
    kind: str | None
    kind_evidence: str | None
    charset: str | None
    charset_evidence: str | None
    charset_declared: str | None


def page_ids(connection: Connection, urls: Collection[str] | None = None) -> Sequence[int]:
    """The captures to read, ascending: of each page with each of its payloads the first, and those of revisions.

    Of the pages at ``urls``, or of all. What the crawl kept as a file (a sitemap, robots.txt), and captures of no page of
    the frontier, are not among them.
    """
    same = (CaptureRow.url, CaptureRow.payload_digest)
    pages = select(func.min(CaptureRow.id)).where(_is_page()).group_by(*same)
    read = select(RevisionRow.capture_id)
    if urls is not None:
        among = CaptureRow.url.in_(
            select(func.json_each(json.dumps(list(urls))).table_valued("value").c.value)
        )
        pages = pages.where(among)
        read = read.join(CaptureRow, CaptureRow.id == RevisionRow.capture_id).where(among)
    return array("q", sorted(connection.execute(pages.union(read)).scalars()))


def kept_pages(connection: Connection, capture_ids: Iterable[int]) -> Iterator[KeptPage]:
    """Those captures, in the order given."""
    waiting = iter(capture_ids)
    while batch := list(islice(waiting, _BATCH)):
        rows = connection.execute(select(*_COLUMNS).where(CaptureRow.id.in_(batch))).mappings()
        found = {row["id"]: dict(row) for row in rows}
        yield from (_kept_page(connection, found[number]) for number in batch)


def captures_of(connection: Connection, urls: Sequence[str]) -> list[KeptPage]:
    """All captures of those pages that had a body or stand for one, in the order of their numbers."""
    statement = (
        select(CaptureRow.id)
        .where(CaptureRow.url.in_(urls), CaptureRow.status.in_((*BODIES, NOT_MODIFIED)))
        .order_by(CaptureRow.id)
    )
    return list(kept_pages(connection, connection.execute(statement).scalars().all()))


def _is_page() -> ColumnElement[bool]:
    """Was read as a page, or might have been: an HTML body of a known address that the crawl did not keep as a file."""
    known = select(FrontierRow.id).where(
        FrontierRow.url == CaptureRow.url,
        or_(FrontierRow.last_outcome.is_(None), FrontierRow.last_outcome != str(Outcome.FILE)),
    )
    typed = or_(CaptureRow.media_type.is_(None), CaptureRow.media_type.in_(HTML_TYPES | UNKNOWN_TYPES))
    return and_(CaptureRow.status.in_(BODIES), or_(CaptureRow.kind.is_not(None), and_(typed, known.exists())))


def _kept_page(connection: Connection, row: dict[str, object]) -> KeptPage:
    capture = Capture(**{name: row.pop(name) for name in FIELDS})  # type: ignore[arg-type]  # columns of that type
    place = Place(capture.warc_file, capture.warc_offset, capture.warc_length)
    payload: Place | None = place
    if capture.record_type != "response":
        digest = capture.payload_digest
        payload = _place(connection, _ORIGINALS, digest=digest)
        if capture.status == NOT_MODIFIED:
            place = (
                _place(connection, _SENT, url=capture.url, digest=digest, before=capture.id)
                or payload
                or place
            )
    return KeptPage(capture=capture, payload=payload, headers=place, **row)  # type: ignore[arg-type]  # the others


def _place(connection: Connection, statement: Select[str, int, int], **values: object) -> Place | None:
    row = connection.execute(statement, values).first()
    return Place(*row) if row else None
