"""Former links: where a page led when it was captured last, read out of its snapshot."""

from sqlalchemy import Connection, bindparam, select

from nanhai_crawler.errors import StorageError
from nanhai_crawler.pages.coding import BrokenCoding, without_codings
from nanhai_crawler.pages.document import parse
from nanhai_crawler.pages.links import base_of, find_links
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.models import CaptureRow
from nanhai_crawler.store.snapshots import joined_header, read_snapshot

KEPT = (
    select(CaptureRow.warc_file, CaptureRow.warc_offset, CaptureRow.warc_length, CaptureRow.charset)
    .where(CaptureRow.payload_digest == bindparam("digest"), CaptureRow.record_type == "response")
    .order_by(CaptureRow.id)
    .limit(1)
)


def former_links(connection: Connection, folder: ArchiveFolder, url: str, payload_digest: str) -> set[str]:
    """The URLs that the page at ``url`` led to when it had that payload; empty where that is not kept whole."""
    kept = connection.execute(KEPT, {"digest": payload_digest}).first()
    if kept is None:
        return set()
    try:
        snapshot = read_snapshot(folder.path, kept.warc_file, kept.warc_offset, kept.warc_length)
        payload = without_codings(snapshot.payload, joined_header(snapshot, "content-encoding"))
    except (StorageError, BrokenCoding):
        return set()
    document = parse(url, payload, header_charset=kept.charset)
    base = base_of(document.root, url)
    return {
        link.url for link in find_links(document.root, base, breadcrumb=(), encoding=document.decoded.charset)
    }
