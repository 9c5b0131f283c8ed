"""An archive opened to have its kept pages read again: what stands there now, and what takes its place."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, Update, bindparam, update

from nanhai_crawler.errors import ArchiveMissing
from nanhai_crawler.items import PageKind, PageReading
from nanhai_crawler.store.chosen_pages import Chosen, chosen_urls
from nanhai_crawler.store.clock import Clock, stamp, utc_now
from nanhai_crawler.store.columns import Columns
from nanhai_crawler.store.database import REVISIONS, check_version, open_engine_reader
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.found_texts import FoundTexts
from nanhai_crawler.store.held import HeldArchive
from nanhai_crawler.store.kept_pages import DESCRIPTION, KeptPage, captures_of, kept_pages, page_ids
from nanhai_crawler.store.last_body import BODIES, LEADING
from nanhai_crawler.store.models import CaptureRow, FrontierRow
from nanhai_crawler.store.parts import Part, drop_part, part_urls, replace_part
from nanhai_crawler.store.readings import NewReading, Readings, StandingReading, standing_readings
from nanhai_crawler.store.records import Change
from nanhai_crawler.store.tails import settle_tails
from nanhai_crawler.store.trouble import storage_trouble
from nanhai_crawler.urls.identity import article_id

#: All captures of a page with one payload that were described alike are so again: others came with other headers.
DESCRIBE: Update = (
    update(CaptureRow)
    .where(CaptureRow.url == bindparam("page"), CaptureRow.payload_digest == bindparam("digest"))
    .where(CaptureRow.status.in_(BODIES))
    .where(
        *(getattr(CaptureRow, name).is_not_distinct_from(bindparam(f"old_{name}")) for name in DESCRIPTION)
    )
    .values({name: bindparam(f"new_{name}") for name in DESCRIPTION})
)

#: What the frontier remembers of the bytes it saw last, where they are understood to be something else.
REMEMBER: Update = (
    update(FrontierRow)
    .where(FrontierRow.url == bindparam("page"), FrontierRow.payload_digest == bindparam("digest"))
    .where(FrontierRow.kind.is_not(None))
)


class RereadArchive:
    """What a re-reading asks of an archive and does to it; a dry run remembers, where it has to, what it would do.

    What is done is in one transaction until :meth:`commit`.
    """

    def __init__(self, folder: ArchiveFolder, connection: Connection, clock: Clock, *, dry_run: bool) -> None:
        self.folder = folder
        self.dry_run = dry_run
        self._connection = connection
        self._columns = Columns(connection)
        self._readings = Readings(connection, self._columns)
        self._clock = clock
        self._found = FoundTexts(connection, self._columns)
        self._part_urls = part_urls(connection)
        # In a dry run: digests that revisions would have, and those of texts that would be new.
        self._replaced: dict[str, dict[int, str]] = defaultdict(dict)
        self._kept: dict[str, set[str]] = defaultdict(set)

    @classmethod
    @contextmanager
    def open(cls, folder: Path, *, dry_run: bool, clock: Clock = utc_now) -> Iterator[Self]:
        """The archive in ``folder``, locked and brought to the newest schema; for a dry run only read.

        Raises :class:`ArchiveMissing`, :class:`ArchiveTooNew`, :class:`ArchiveLocked` or another :class:`StorageError`
        where that cannot be.
        """
        archive = ArchiveFolder(folder)
        if not archive.database.is_file():
            raise ArchiveMissing(f"{folder}: no archive here; choose another with --archive")
        with ExitStack() as closing:
            engine = (
                _open_to_read(closing, archive, clock) if dry_run else _open_to_write(closing, archive, clock)
            )
            closing.enter_context(storage_trouble(archive.database))
            connection = closing.enter_context(engine.connect())
            if not dry_run:
                settle_tails(archive, connection)
            yield cls(archive, connection, clock, dry_run=dry_run)

    def chosen_urls(self, chosen: Chosen) -> set[str] | None:
        """The addresses of the pages that are to be read; null for all."""
        return None if chosen.is_all else chosen_urls(self._connection, chosen)

    def page_ids(self, urls: Collection[str] | None) -> Sequence[int]:
        """The captures to read, ascending: of the pages at ``urls``, or of all."""
        return page_ids(self._connection, urls)

    def pages(self, capture_ids: Iterable[int]) -> Iterator[KeptPage]:
        """Those captures, in that order."""
        return kept_pages(self._connection, capture_ids)

    def captures_of(self, urls: Sequence[str]) -> list[KeptPage]:
        """All captures of those pages that had a body or stand for one, in the order of their numbers."""
        return captures_of(self._connection, urls)

    def standing(self, capture_ids: Iterable[int]) -> dict[int, list[StandingReading]]:
        """By capture, the readings of the revisions that were read from it."""
        return standing_readings(self._connection, capture_ids)

    def describe(self, page: KeptPage, reading: PageReading) -> None:
        """The captures of the page with these bytes say what it is now understood to be."""
        if not self.dry_run:
            words = {f"new_{name}": getattr(reading, name) for name in DESCRIPTION}
            words |= {f"old_{name}": getattr(page, name) for name in DESCRIPTION}
            key = {"page": page.capture.url, "digest": page.capture.payload_digest}
            self._connection.execute(DESCRIBE, {**key, **words})
            if page.kind != reading.kind:
                self._connection.execute(_remember(reading), key)

    def replace(self, standing: StandingReading, new: NewReading, changed: Sequence[str]) -> None:
        """``new`` takes the place of what stands, which is kept as a former reading."""
        if self.dry_run:
            self._replaced[standing.article_id][standing.revision_id] = new.text_digest
        else:
            self._readings.replace(standing, new, changed, replaced=stamp(self._clock()))

    def has_text(self, new: NewReading) -> bool:
        """Whether a revision of the article has that text."""
        key = article_id(new.article.url)
        digests = {**self._found.digests(key), **self._replaced.get(key, {})}
        return new.text_digest in digests.values() or new.text_digest in self._kept.get(key, ())

    def knows(self, new: NewReading) -> bool:
        """Whether the article is known at all."""
        key = article_id(new.article.url)
        return key in self._kept or bool(self._found.digests(key))

    def keep(self, new: NewReading, page: KeptPage) -> Change:
        """The text is kept: a new article, or one more revision."""
        if not self.dry_run:
            return self._found.keep(new, page.capture)
        change = Change.CHANGED if self.knows(new) else Change.NEW
        self._kept[article_id(new.article.url)].add(new.text_digest)
        return change

    def see(self, new: NewReading, page: KeptPage) -> None:
        """The known article was captured then, too."""
        if not self.dry_run:
            self._found.see(article_id(new.article.url), page.capture)

    def part_again(self, part: Part) -> None:
        """What is known of a page of a divided article is what was read now."""
        if not self.dry_run:
            replace_part(self._connection, part)

    def part_no_more(self, url: str) -> None:
        """The page is a whole article: nothing is to be joined with it."""
        if url in self._part_urls and not self.dry_run:
            drop_part(self._connection, url)

    def commit(self) -> None:
        """Everything done so far is on disk."""
        if not self.dry_run:
            self._connection.commit()

    def finish(self) -> None:
        """Everything is on disk, and columns that only a former reading named are gone."""
        if not self.dry_run:
            self._columns.drop_unused(self._readings.left_columns)
            self._connection.commit()


def _remember(reading: PageReading) -> Update:
    article = reading.article
    values: dict[str, object] = {
        "kind": str(reading.kind), "published": (article.published or article.entered) if article else None
    }  # fmt: skip
    if reading.kind is not PageKind.OTHER:  # which leads to others where the crawl saw it do so
        values["leads"] = reading.kind in LEADING
    return REMEMBER.values(values)


def _open_to_write(closing: ExitStack, archive: ArchiveFolder, clock: Clock) -> Engine:
    held = HeldArchive.hold(archive.path, clock())
    closing.callback(held.let_go)
    return held.engine


def _open_to_read(closing: ExitStack, archive: ArchiveFolder, clock: Clock) -> Engine:
    """An archive of an earlier version is brought to the newest schema first: that changes no reading."""
    engine = open_engine_reader(archive.database)
    if check_version(engine) != REVISIONS[-1]:
        engine.dispose()
        HeldArchive.hold(archive.path, clock()).let_go()
        engine = open_engine_reader(archive.database)
    closing.callback(engine.dispose)
    return engine
