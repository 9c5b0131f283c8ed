"""The gzip members of the archive's WARC files, byte for byte: a capture's record, and the record of its request."""

import re
import zlib
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from nanhai_crawler.closing import Closing
from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.snapshots import whole_member
from nanhai_crawler.store.trouble import storage_trouble
from nanhai_crawler.store.warc import GZIP_MEMBER

#: What lies between two captures' records is a request, some kilobytes; a gap greater than this is not looked through.
_MOST_BETWEEN_BYTES = 1_000_000
#: Of a request's record; more would be a trick.
_MOST_REQUEST_BYTES = 1_000_000
_RECORD_ID = re.compile(rb"(?im)^WARC-Record-ID:\s*(\S+)\r$")
_CONCURRENT_TO = re.compile(rb"(?im)^WARC-Concurrent-To:\s*(\S+)\r$")
_TYPE = re.compile(rb"(?im)^WARC-Type:\s*(\S+)\r$")


class Members(NamedTuple):
    """A capture's member, and that of its request, empty where it is not to be found."""

    request: bytes
    response: bytes


class MemberReader(Closing):
    """Reads members; one file is open at a time."""

    def __init__(self, folder: ArchiveFolder) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._path = Path()

    def read(self, capture: Any) -> Members:
        """The members of a capture; its request stands between the record before (``before_end``) and its own.

        :class:`StorageError` where the record is not there whole: nothing damaged is handed on.
        """
        if Path(capture.warc_file).name != capture.warc_file:
            raise StorageError(f"{capture.warc_file!r}: not the name of a file in {self._folder.warcs}")
        path = self._folder.warc(capture.warc_file)
        response = self._read(path, capture.warc_offset, capture.warc_length)
        try:
            head = whole_member(response).partition(b"\r\n\r\n")[0] + b"\r\n"
        except (ValueError, zlib.error) as error:
            told = f"{path}: no whole record at byte {capture.warc_offset}; nanhai verify tells more"
            raise StorageError(told) from error
        between = capture.warc_offset - capture.before_end
        if not 0 < between <= _MOST_BETWEEN_BYTES:
            return Members(b"", response)
        gap = self._read(path, capture.before_end, between)
        return Members(_request_in(gap, _value(_RECORD_ID, head)), response)

    def _read(self, path: Path, offset: int, length: int) -> bytes:
        with storage_trouble(path):
            if self._file is None or path != self._path:
                self.close()
                self._file, self._path = path.open("rb"), path
            self._file.seek(offset)
            return self._file.read(length)

    def close(self) -> None:
        """The file that is open, if one is, is closed."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _request_in(gap: bytes, answer_id: bytes) -> bytes:
    """The member of the request that the record with that id answers."""
    while gap:
        decompressor = zlib.decompressobj(GZIP_MEMBER)
        try:
            plain = decompressor.decompress(gap, _MOST_REQUEST_BYTES)
        except zlib.error:
            return b""
        if not decompressor.eof:
            return b""
        member, gap = gap[: len(gap) - len(decompressor.unused_data)], decompressor.unused_data
        head = plain.partition(b"\r\n\r\n")[0] + b"\r\n"
        if _value(_TYPE, head) == b"request" and _value(_CONCURRENT_TO, head) == answer_id:
            return member
    return b""


def _value(pattern: re.Pattern[bytes], head: bytes) -> bytes:
    found = pattern.search(head)
    return found[1] if found else b""
