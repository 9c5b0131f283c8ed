"""Tails: what a killed run left in the WARC files beyond the last record that the database knows.

Rows are committed after the bytes they point at. So a kill leaves records without rows, which are adopted as
captures, and perhaps a last record that is not whole, which is cut off.
"""

import logging
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from nanhai_crawler.store.captures import media_type
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.ids import next_id
from nanhai_crawler.store.models import CaptureRow, Run
from nanhai_crawler.store.trouble import storage_trouble
from nanhai_crawler.store.warc import GZIP_MEMBER, sha256

logger = logging.getLogger(__name__)
CHUNK_BYTES = 1 << 16
CAPTURED = {"response", "revisit"}
#: Only files that this program named: what else a person put beside them is not ours to cut.
OUR_FILES = "nanhai-*.warc.gz"
KNOWN_END = (
    select(CaptureRow.warc_offset + CaptureRow.warc_length)
    .where(CaptureRow.warc_file == bindparam("file"))
    .order_by(CaptureRow.warc_offset.desc())
    .limit(1)
)


class Member(NamedTuple):
    """One whole gzip member of a file, and what it unpacks to."""

    offset: int
    length: int
    plain: bytes


class Settled(NamedTuple):
    """How many captures of a file were adopted, and how many bytes of a half record cut from its end."""

    path: Path
    captures: int
    cut_bytes: int


def settle_tails(folder: ArchiveFolder, connection: Connection) -> int:
    """How many captures were adopted; every WARC file ends with a whole record. Says what it did in the log.

    For the start, under the lock, before anything is written.
    """
    adopted = 0
    for path, captures, cut in adopt_tails(folder, connection):
        logger.warning(
            "%s: adopted %d captures of a killed run, cut %d bytes of a half record", path, captures, cut
        )
        adopted += captures
    return adopted


def adopt_tails(folder: ArchiveFolder, connection: Connection) -> list[Settled]:
    """What was done to the files that did not end as the database has it; for whoever has the lock, with none open."""
    run_id: int | None = connection.execute(select(func.max(Run.id))).scalar()
    settled = []
    for path in sorted(folder.warcs.glob(OUR_FILES)):
        with storage_trouble(path):
            known_end = connection.execute(KNOWN_END, {"file": path.name}).scalar() or 0
            if path.stat().st_size > known_end:
                settled.append(settle_tail(path, known_end, connection, run_id))
    return [one for one in settled if one.captures or one.cut_bytes]


def settle_tail(path: Path, known_end: int, connection: Connection, run_id: int | None) -> Settled:
    """What was done to this file; nothing is adopted where no run is known to which it could belong."""
    captures = 0
    next_capture = next_id(connection, CaptureRow.id)
    end = known_end
    with path.open("r+b") as file:
        for member in whole_members(file, known_end):
            end = member.offset + member.length
            row = capture_row(member) if run_id is not None else None
            if row is not None:
                place = {"warc_file": path.name, "warc_offset": member.offset, "warc_length": member.length}
                connection.execute(insert(CaptureRow), {"id": next_capture, "run_id": run_id, **row, **place})
                next_capture += 1
                captures += 1
        cut_bytes = path.stat().st_size - end
        if cut_bytes:
            file.truncate(end)
    return Settled(path, captures, cut_bytes)


def whole_members(file: BinaryIO, offset: int) -> Iterator[Member]:
    """The gzip members from ``offset`` on, up to the first that is not whole."""
    file.seek(offset)
    rest = b""
    while True:
        decompressor = zlib.decompressobj(GZIP_MEMBER)
        plain, length = bytearray(), 0
        while not decompressor.eof:
            chunk = rest or file.read(CHUNK_BYTES)
            if not chunk:
                return
            try:
                plain += decompressor.decompress(chunk)
            except zlib.error:
                return
            rest = decompressor.unused_data
            length += len(chunk) - len(rest)
        yield Member(offset, length, bytes(plain))
        offset += length


def capture_row(member: Member) -> dict[str, Any] | None:
    """The row of the capture that the record is; null for another type, or what cannot be read."""
    try:
        record = next(iter(ArchiveIterator(BytesIO(member.plain))))
        payload = record.raw_stream.read()
    except (ArchiveLoadFailed, StopIteration, ValueError):
        return None
    if record.rec_type not in CAPTURED or record.http_headers is None:
        return None
    digest = (
        record.rec_headers.get_header("WARC-Payload-Digest")
        if record.rec_type == "revisit"
        else sha256(payload)
    )
    return {"payload_digest": digest, "payload_length": len(payload), **record_words(record)}


def record_words(record: ArcWarcRecord) -> dict[str, Any]:
    """What the record's headers tell of the capture."""
    fields, http = record.rec_headers, record.http_headers
    return {
        "url": fields.get_header("WARC-Target-URI"),
        "time": fields.get_header("WARC-Date"),
        "status": int(http.get_statuscode()),
        "media_type": media_type(http.get_header("Content-Type")),
        "record_type": record.rec_type,
        "etag": http.get_header("ETag"),
        "last_modified": http.get_header("Last-Modified"),
        "ip_address": fields.get_header("WARC-IP-Address"),
    }
