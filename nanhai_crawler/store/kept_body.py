"""The body that a URL gave last, out of its snapshot, with its validators."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from nanhai_crawler.errors import StorageError
from nanhai_crawler.pages.coding import BrokenCoding, without_codings
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.last_body import BODIES
from nanhai_crawler.store.models import CaptureRow
from nanhai_crawler.store.snapshots import joined_header, read_snapshot
from nanhai_crawler.store.warc import target_uri

KEPT = (
    select(CaptureRow.warc_file, CaptureRow.warc_offset, CaptureRow.warc_length)
    .where(CaptureRow.payload_digest == bindparam("digest"), CaptureRow.record_type == "response")
    .order_by(CaptureRow.id)
    .limit(1)
)
#: Of whatever status: a body of before the URL was missing is not the one that it gave last.
LAST = (
    select(CaptureRow.payload_digest, CaptureRow.status, CaptureRow.etag, CaptureRow.last_modified)
    .where(CaptureRow.url == bindparam("url"), CaptureRow.status != 304)
    .order_by(CaptureRow.time.desc(), CaptureRow.id.desc())
    .limit(1)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptBody:
    """A body without its codings, and what to ask with whether it is still the same."""

    body: bytes
    etag: str | None
    last_modified: str | None


def kept_body(connection: Connection, folder: ArchiveFolder, url: str) -> KeptBody | None:
    """The body that ``url`` gave last; null where that was none, or is not kept whole."""
    last = connection.execute(LAST, {"url": target_uri(url)}).first()
    body = body_of(connection, folder, last.payload_digest) if last and last.status in BODIES else None
    if last is None or body is None:
        return None
    return KeptBody(body=body, etag=last.etag, last_modified=last.last_modified)


def body_of(connection: Connection, folder: ArchiveFolder, payload_digest: str) -> bytes | None:
    """The payload with that digest, without its codings; null where it is not kept whole."""
    place = connection.execute(KEPT, {"digest": payload_digest}).first()
    if place is None:
        return None
    try:
        snapshot = read_snapshot(folder.path, *place)
        return without_codings(snapshot.payload, joined_header(snapshot, "content-encoding"))
    except (StorageError, BrokenCoding):
        return None
