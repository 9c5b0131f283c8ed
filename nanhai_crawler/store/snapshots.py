"""Snapshots: the bytes of every capture, in WARC files that are written once, from front to back."""

import os
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from nanhai_crawler import __version__
from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.clock import Clock, stamp, stamp14, utc_now
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.trouble import storage_trouble
from nanhai_crawler.store.warc import (
    GZIP_MEMBER,
    Original,
    new_record_id,
    request_member,
    response_member,
    revisit_member,
    warcinfo_member,
)
from nanhai_crawler.visits import Exchange

#: ISO 28500:2017, annex B, recommends a gigabyte as the most that a WARC file should have.
ROLL_AT_BYTES = 1_000_000_000


class Place(NamedTuple):
    """Where the record of a response stands: the file's name, and its gzip member's first byte and length."""

    warc_file: str
    offset: int
    length: int


class Snapshot(NamedTuple):
    """What a record holds of a response: the HTTP headers in order, and the payload as received."""

    headers: tuple[tuple[str, str], ...]
    payload: bytes


class SnapshotWriter:
    """Writes exchanges into files of its own; the first is made when there is something to put into it."""

    def __init__(
        self,
        folder: ArchiveFolder,
        *,
        contact: str | None = None,
        part_of: str = "",
        clock: Clock = utc_now,
        roll_at_bytes: int = ROLL_AT_BYTES,
        tls: str = "verified",
    ) -> None:
        self._tls = tls
        self.folder = folder
        self.part_of = part_of
        self._contact = contact
        self._clock = clock
        self._roll_at_bytes = roll_at_bytes
        self._file: BinaryIO | None = None
        self._name = ""
        self._end = 0
        self._serial = 0

    def write(self, exchange: Exchange, payload_digest: str, original: Original | None) -> Place:
        """The exchange is in a file (on disk after :meth:`sync`): its request, then its response.

        With ``original`` the response is a revisit of that. The response comes last, so that the end of the
        last row's record is the end of what the database knows of a file.
        """
        record_id = new_record_id()
        request = request_member(exchange, record_id)
        if original is None:
            response = response_member(exchange, record_id, payload_digest)
        else:
            response = revisit_member(exchange, record_id, original)
        if self._file is None or self._end >= self._roll_at_bytes:
            self._roll()
        offset = self._end + len(request)
        self._append(request + response)
        return Place(self._name, offset, len(response))

    def sync(self) -> None:
        """Everything written so far survives a power cut."""
        if self._file is not None:
            with storage_trouble(self.folder.warc(self._name)):
                os.fsync(self._file.fileno())

    def close(self) -> None:
        """The file is whole and on disk; the next exchange would begin another."""
        if self._file is not None:
            try:
                with self._file:
                    self.sync()
            finally:
                self._file = None

    def _append(self, content: bytes) -> None:
        """All of ``content`` is in the file, or (disk full) nothing of it."""
        assert self._file is not None  # noqa: S101  every caller has rolled
        descriptor = self._file.fileno()
        with storage_trouble(self.folder.warc(self._name)):
            try:
                written = 0
                while written < len(content):
                    written += os.write(descriptor, memoryview(content)[written:])
            except OSError:
                os.ftruncate(descriptor, self._end)
                os.lseek(descriptor, self._end, os.SEEK_SET)
                raise
        self._end += len(content)

    def _roll(self) -> None:
        """A new file is open, with its warcinfo."""
        self.close()
        now = self._clock()
        with storage_trouble(self.folder.warcs):
            self._file = self._create(stamp14(now))
            sync_folder(self.folder.warcs)
        self._end = 0
        self._append(warcinfo_member(self._name, stamp(now), self._fields()))

    def _create(self, timestamp: str) -> BinaryIO:
        """An empty file under the next free name."""
        while True:
            self._name = f"nanhai-{timestamp}-{self._serial:05}.warc.gz"
            self._serial += 1
            try:
                return self.folder.warc(self._name).open("xb", buffering=0)
            except FileExistsError:
                continue

    def _fields(self) -> dict[str, str]:
        fields = {
            "software": f"nanhai_crawler/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "obey",
            "isPartOf": self.part_of,
            "operator": self._contact or "",
            "tls": self._tls,
        }
        return {name: value for name, value in fields.items() if value}


def sync_folder(path: Path) -> None:
    """The names in the folder survive a power cut (fsync(2): syncing a file does not sync its name)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_snapshot(folder: Path, warc_file: str, offset: int, length: int) -> Snapshot:
    """What the record at that place holds; a revisit has headers and an empty payload.

    Raises :class:`StorageError` where there is no whole record of a response at that place.
    """
    if Path(warc_file).name != warc_file:
        raise StorageError(f"{warc_file!r}: not the name of a file in {folder / 'warc'}")
    path = ArchiveFolder(folder).warc(warc_file)
    with storage_trouble(path), path.open("rb") as file:
        file.seek(offset)
        content = file.read(length)
    try:
        record = next(iter(ArchiveIterator(BytesIO(whole_member(content)), no_record_parse=True)))
        head, _, payload = record.raw_stream.read().partition(b"\r\n\r\n")
    except (ArchiveLoadFailed, StopIteration, ValueError, zlib.error) as error:
        raise StorageError(f"{path}: no whole record at byte {offset}") from error
    if record.rec_type not in {"response", "revisit"}:
        raise StorageError(f"{path}: the record at byte {offset} is no response")
    return Snapshot(tuple(header_pairs(head)), payload)


def header_pairs(head: bytes) -> Iterator[tuple[str, str]]:
    """Name and value of each header, a character a byte (warcio would read some as UTF-8, some not)."""
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        yield name, value.strip(" \t")


def joined_header(snapshot: Snapshot, name: str) -> str:
    """All values of a header, joined by commas (RFC 9110, 5.3); empty where there is none."""
    return ", ".join(value for known, value in snapshot.headers if known.lower() == name)


def whole_member(content: bytes) -> bytes:
    """The plain bytes of one gzip member; ValueError where it ends too early (warcio says nothing of it)."""
    decompressor = zlib.decompressobj(GZIP_MEMBER)
    plain = decompressor.decompress(content)
    if not decompressor.eof or decompressor.unused_data:
        raise ValueError("not one whole gzip member")
    return plain
