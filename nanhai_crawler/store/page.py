"""The page behind a revision: the HTML it was read from, out of its snapshot and as text."""

from sqlalchemy import Connection, Row, select

from nanhai_crawler.errors import StorageError
from nanhai_crawler.pages.coding import BrokenCoding, without_codings
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.models import CaptureRow, RevisionRow
from nanhai_crawler.store.snapshots import Snapshot, joined_header, read_snapshot

_FIELDS = (
    *(CaptureRow.id, CaptureRow.record_type, CaptureRow.payload_digest),
    *(CaptureRow.warc_file, CaptureRow.warc_offset, CaptureRow.warc_length),
)


def read_page(connection: Connection, folder: ArchiveFolder, revision_id: int) -> str:
    """The text of the page; what its charset cannot read stands as U+FFFD.

    Raises :class:`StorageError` where the snapshot is not there or not whole.
    """
    capture = connection.execute(
        select(CaptureRow.id, CaptureRow.url, CaptureRow.payload_digest, CaptureRow.charset)
        .join(RevisionRow, RevisionRow.capture_id == CaptureRow.id)
        .where(RevisionRow.id == revision_id)
    ).one()
    charset = capture.charset or _charset_sent(connection, capture)
    return read_payload(connection, folder, capture.id).decode(charset, "replace")


def _charset_sent(connection: Connection, capture: Row[*tuple[object, ...]]) -> str:
    """For a 304, of which nothing was read: what the same bytes of the same page were read as before."""
    sent = (
        select(CaptureRow.charset)
        .where(CaptureRow.url == capture.url, CaptureRow.payload_digest == capture.payload_digest)
        .where(CaptureRow.charset.is_not(None))
        .order_by(CaptureRow.id.desc())
    )
    return connection.execute(sent).scalars().first() or "utf-8"


def read_payload(connection: Connection, folder: ArchiveFolder, capture_id: int) -> bytes:
    """What the server sent for a capture, content codings undone; of a revisit, what the first capture kept.

    Raises :class:`StorageError` where the snapshot is not there or not whole.
    """
    capture = connection.execute(select(*_FIELDS).where(CaptureRow.id == capture_id)).one()
    kept = capture if capture.record_type == "response" else _original(connection, capture)
    snapshot = read_snapshot(folder.path, kept.warc_file, kept.warc_offset, kept.warc_length)
    return _without_coding(snapshot, f"{folder.warc(kept.warc_file)} at byte {kept.warc_offset}")


def _original(connection: Connection, capture: Row[*tuple[object, ...]]) -> Row[*tuple[object, ...]]:
    """The capture that keeps the payload which a revisit only names."""
    original = connection.execute(
        select(*_FIELDS)
        .where(CaptureRow.payload_digest == capture.payload_digest, CaptureRow.record_type == "response")
        .order_by(CaptureRow.id)
    ).first()
    if original is None:
        raise StorageError(f"capture {capture.id}: no snapshot keeps its payload {capture.payload_digest}")
    return original


def _without_coding(snapshot: Snapshot, place: str) -> bytes:
    try:
        return without_codings(snapshot.payload, joined_header(snapshot, "content-encoding"))
    except BrokenCoding as error:
        raise StorageError(f"{place}: the payload is {error}") from error
