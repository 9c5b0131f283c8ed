"""A WARC file of some captures: their records, byte for byte as the archive has them, after a warcinfo of its own."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from nanhai_crawler import __version__
from nanhai_crawler.store.clock import stamp, stamp14, utc_now
from nanhai_crawler.store.export.members import MemberReader
from nanhai_crawler.store.export.replay_record import replayable
from nanhai_crawler.store.export.selected import read_captures, selected_captures
from nanhai_crawler.store.export.written import Written
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.warc import warcinfo_member

_FIELDS = {
    "software": f"nanhai_crawler/{__version__}",
    "format": "WARC File Format 1.1",
    "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "description": "records copied from an archive, with the captures that their revisits refer to",
}


class _Writable(Protocol):
    def write(self, content: bytes, /) -> int: ...


def write_warc(
    reader: ArchiveReader, stream: _Writable, query: str = "", filters: Filters = EVERYTHING
) -> Written:
    """The captures of the selected articles (all captures without a selection), in the order they were made."""
    with reader.connect() as connection:
        ids = selected_captures(connection, query, filters)
        copy = CaptureCopy(connection, reader.folder, stream)
        for _ in copy.write(ids):
            pass
    return Written(count=copy.written, notes=copy.notes(len(ids)))


class Copied(NamedTuple):
    """The row of a capture, where its record stands in the copy, and whether the record is without the answer's headers."""

    capture: Any
    offset: int
    length: int
    headless: bool


class CaptureCopy:
    """Captures copied into one file; ``written`` so far, and ``without_request`` of those.

    ``for_replay`` leaves out the headers of answers 304, without which replay tools show what such an answer stands for.
    """

    def __init__(
        self, connection: Connection, folder: ArchiveFolder, stream: _Writable, *, for_replay: bool = False
    ) -> None:
        self._for_replay = for_replay
        self._connection = connection
        self._folder = folder
        self._stream = stream
        self.written = 0
        self.without_request = 0

    def write(self, ids: Iterable[int]) -> Iterator[Copied]:
        """Each capture, once it is written."""
        now = utc_now()
        first = warcinfo_member(f"nanhai-export-{stamp14(now)}.warc.gz", stamp(now), _FIELDS)
        self._stream.write(first)
        end = len(first)
        with MemberReader(self._folder) as reader:
            for capture in read_captures(self._connection, ids):
                members = reader.read(capture)
                response = replayable(members.response) if self._for_replay else members.response
                self._stream.write(members.request + response)
                offset = end + len(members.request)
                end = offset + len(response)
                self.written += 1
                self.without_request += not members.request
                yield Copied(capture, offset, len(response), headless=response != members.response)

    def notes(self, wanted: int) -> tuple[str, ...]:
        """What is to be said of captures that could not be copied whole; so many were wanted."""
        notes = []
        if lost := wanted - self.written:
            notes.append(
                f"{lost} captures are not in it: their records were damaged and are lost (nanhai verify)"
            )
        if self.without_request:
            notes.append(
                f"{self.without_request} captures stand without their requests, which were not found"
            )
        return tuple(notes)
