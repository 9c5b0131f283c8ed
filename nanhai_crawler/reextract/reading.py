"""A kept capture, read with today's reader of its date."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from nanhai_crawler.errors import StorageError
from nanhai_crawler.items import PageReading, Via
from nanhai_crawler.pages.coding import BrokenCoding, without_codings
from nanhai_crawler.pages.media_type import declared_charset, is_html
from nanhai_crawler.pages.reading import read_page
from nanhai_crawler.pages.soundness import find_fault
from nanhai_crawler.sites import KnownSites
from nanhai_crawler.store.kept_pages import KeptPage
from nanhai_crawler.store.readings import NewReading
from nanhai_crawler.store.snapshots import Snapshot, joined_header, read_snapshot


@dataclass(frozen=True, kw_only=True, slots=True)
class Reread:
    """What came of reading a capture again.

    ``reading`` is null where the capture is no HTML, or where ``damage`` says why it cannot be read. ``new`` is null
    where there is no article on the page, or where ``fault`` says what keeps it from being a record. Of the reading's
    links only those to pages of the same article are kept.
    """

    reading: PageReading | None = None
    new: NewReading | None = None
    fault: str | None = None
    damage: str | None = None


def read_capture(folder: Path, page: KeptPage, sites: KnownSites) -> PageReading | None:
    """What the captured page says, as today's reader reads a page of that day; null where it is no HTML.

    ``folder`` is the archive's, ``sites`` are those that it knows. Raises :class:`StorageError`, naming file and byte,
    where a snapshot is not there, not whole, or not coded as it says.
    """
    capture = page.capture
    if page.payload is None:
        raise StorageError(f"capture {capture.id}: no snapshot keeps its payload {capture.payload_digest}")
    kept = read_snapshot(folder, *page.payload)
    head = kept if page.headers == page.payload else read_snapshot(folder, *page.headers)
    body = _body(kept, head, page)
    content_type = _last_header(head, "content-type")
    if not is_html(content_type, body):
        return None
    captured = datetime.fromisoformat(capture.time)
    return read_page(
        capture.url,
        body,
        header_charset=declared_charset(content_type),
        rules=sites.rules_for(capture.url, captured),
        captured=captured,
    )


def reread(folder: Path, sites: KnownSites, pages: Sequence[KeptPage]) -> list[Reread]:
    """What comes of reading those captures again, in their order; for another process."""
    return [_reread(folder, sites, page) for page in pages]


def _reread(folder: Path, sites: KnownSites, page: KeptPage) -> Reread:
    try:
        reading = read_capture(folder, page, sites)
    except StorageError as error:
        return Reread(damage=str(error))
    if reading is None:
        return Reread()
    reading = replace(reading, links=tuple([link for link in reading.links if link.via is Via.PART]))
    if reading.article is None:
        return Reread(reading=reading)
    fault = find_fault(reading.article)
    if fault is not None:
        return Reread(reading=reading, fault=fault)
    return Reread(reading=reading, new=NewReading.of(reading.article))


def _body(kept: Snapshot, head: Snapshot, page: KeptPage) -> bytes:
    try:
        return without_codings(kept.payload, joined_header(head, "content-encoding"))
    except BrokenCoding as error:
        place = page.payload or page.headers
        raise StorageError(f"{place.warc_file}: the payload at byte {place.offset} is {error}") from error


def _last_header(snapshot: Snapshot, name: str) -> str:
    """The value that the crawl goes by where a header comes twice."""
    return next((value for known, value in reversed(snapshot.headers) if known.lower() == name), "")
