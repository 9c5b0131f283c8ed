"""Reading an archive: records, hits, runs and status, without ever waiting for the crawl that writes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine

from nanhai_crawler.closing import Closing
from nanhai_crawler.errors import ArchiveMissing, ArchiveOutdated, StorageError, UsageError
from nanhai_crawler.store.article_lookup import find_article, find_last_two, find_revision
from nanhai_crawler.store.changes import with_changes
from nanhai_crawler.store.database import REVISIONS, check_version, open_engine_reader
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.measures import ARTICLES, Counted
from nanhai_crawler.store.observations import Observation, read_observations
from nanhai_crawler.store.overview import ArchiveStatus, RunReport, read_runs, read_status
from nanhai_crawler.store.page import read_page, read_payload
from nanhai_crawler.store.provenance import (
    ReadingNote,
    capture_of,
    captures_of,
    readings_of,
    revision_numbers,
)
from nanhai_crawler.store.record import Record, read_records
from nanhai_crawler.store.report import Report, read_report
from nanhai_crawler.store.search.concordance import ConcordanceLine, read_concordance
from nanhai_crawler.store.search.facets import By, Facet, TermCounts, count_articles, count_terms
from nanhai_crawler.store.search.finding import ALL, Page, Sort, find_revisions, search
from nanhai_crawler.store.search.hit import Hit
from nanhai_crawler.store.search.time_limit import TIME_LIMIT_S, time_limit
from nanhai_crawler.store.trouble import database_trouble
from nanhai_crawler.visits import Capture


class ArchiveReader(Closing):
    """An archive opened for reading. What one call gives is as of one moment, however long it is read."""

    def __init__(self, folder: ArchiveFolder, engine: Engine) -> None:
        self.folder = folder
        self._engine = engine

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The archive in ``folder``; :class:`ArchiveMissing`, :class:`ArchiveTooNew` or :class:`ArchiveOutdated`."""
        archive = ArchiveFolder(folder)
        missing = f"{folder}: no archive here; make one with nanhai crawl, or choose another with --archive"
        if folder.exists() and not folder.is_dir():
            raise StorageError(f"{folder}: a file, not an archive folder; choose another with --archive")
        if not archive.database.is_file():
            raise ArchiveMissing(missing)
        engine = open_engine_reader(archive.database)
        version = check_version(engine)
        if version != REVISIONS[-1]:
            engine.dispose()
            raise ArchiveMissing(missing) if version is None else ArchiveOutdated(folder)
        return cls(archive, engine)

    def close(self) -> None:
        """The database is let go."""
        self._engine.dispose()

    def record(self, key: str, revision: int | None = None) -> Record:
        """The record of the article with that id, its beginning, or address; :class:`UsageError` without."""
        with self.connect() as connection:
            revision_id = find_revision(connection, find_article(connection, key), revision)
            return next(read_records(connection, [revision_id]))

    def revision_and_former(self, key: str, revision: int | None = None) -> tuple[Record, Record]:
        """The revision before that one (before the newest), and that one; :class:`UsageError` without two."""
        with self.connect() as connection:
            ids = find_last_two(connection, find_article(connection, key), revision)
            before, after = read_records(connection, ids)
            return before, after

    def observations(self, key: str) -> list[Observation]:
        """When the article was missing, gone, and found again, in order; empty for one that always was there."""
        with self.connect() as connection:
            return read_observations(connection, find_article(connection, key))

    def readings(self, key: str, revision: int | None = None) -> list[ReadingNote]:
        """The readings that a revision of an article had, the one that stands first."""
        with self.connect() as connection:
            return readings_of(connection, find_revision(connection, find_article(connection, key), revision))

    def records(self, query: str = "", filters: Filters = EVERYTHING) -> Iterator[Record]:
        """The records of all articles that hold the query, in the order of their ids, made when asked for.

        Where only what changed is asked for, they have one more key, ``change``.
        """
        with self.connect() as connection:
            found = read_records(connection, find_revisions(connection, query, filters))
            yield from with_changes(connection, found, filters.point) if filters.is_incremental else found

    def search(
        self,
        query: str,
        filters: Filters = EVERYTHING,
        *,
        sort: Sort = Sort.RELEVANCE,
        page: Page = ALL,
        time_limit_s: float | None = TIME_LIMIT_S,
    ) -> Iterator[Hit]:
        """The hits of a query, in order, made as they are asked for.

        :class:`QueryTooSlow` when the next does not come within ``time_limit_s``.
        """
        with self.connect() as connection, time_limit(connection, time_limit_s):
            yield from search(connection, query, filters, sort=sort, page=page)

    def count(
        self,
        query: str = "",
        filters: Filters = EVERYTHING,
        *,
        by: By,
        counted: Counted = ARTICLES,
        time_limit_s: float | None = TIME_LIMIT_S,
    ) -> list[Facet]:
        """How many articles hold the query, by column, author, month … (``facets.count_articles``)."""
        with self.connect() as connection, time_limit(connection, time_limit_s):
            return count_articles(connection, query, filters, by=by, counted=counted)

    def count_terms(
        self,
        query: str,
        filters: Filters = EVERYTHING,
        *,
        by: By = By.YEAR,
        counted: Counted = ARTICLES,
        time_limit_s: float | None = TIME_LIMIT_S,
    ) -> list[TermCounts]:
        """How many articles hold each term of the query by itself (``facets.count_terms``)."""
        with self.connect() as connection, time_limit(connection, time_limit_s):
            return count_terms(connection, query, filters, by=by, counted=counted)

    def concordance(
        self,
        query: str,
        filters: Filters = EVERYTHING,
        *,
        width: int = 20,
        newest_first: bool = True,
        time_limit_s: float | None = TIME_LIMIT_S,
    ) -> Iterator[ConcordanceLine]:
        """Every match in its context, made as they are asked for (``concordance.read_concordance``)."""
        with self.connect() as connection, time_limit(connection, time_limit_s):
            yield from read_concordance(connection, query, filters, width=width, newest_first=newest_first)

    def runs(self) -> list[RunReport]:
        """What the runs did, the last first."""
        with self.connect() as connection:
            return read_runs(connection)

    def report(self, run_id: int) -> Report:
        """The report of a run; :class:`UsageError` where there is no such run."""
        with self.connect() as connection:
            runs = read_runs(connection, run_id=run_id)
        if not runs:
            raise UsageError(f"no run has the number {run_id}; nanhai runs lists them")
        return read_report(self.folder, runs[0])

    def status(self) -> ArchiveStatus:
        """What the archive holds altogether."""
        with self.connect() as connection:
            return read_status(connection, self.folder)

    def page(self, key: str, revision: int | None = None) -> str:
        """The HTML that a revision of an article was read from, out of its snapshot."""
        with self.connect() as connection:
            revision_id = find_revision(connection, find_article(connection, key), revision)
            return read_page(connection, self.folder, revision_id)

    def revisions(self, key: str) -> list[int]:
        """The numbers of an article's revisions, the oldest first."""
        with self.connect() as connection:
            return revision_numbers(connection, find_article(connection, key))

    def capture(self, key: str, revision: int | None = None) -> Capture:
        """The capture that a revision of an article was read from, the newest without a number."""
        with self.connect() as connection:
            return capture_of(connection, find_revision(connection, find_article(connection, key), revision))

    def captures(self, key: str) -> list[Capture]:
        """All captures of an article's address, the oldest first."""
        with self.connect() as connection:
            return captures_of(connection, find_article(connection, key))

    def payload(self, capture: Capture) -> bytes:
        """What the server sent, without its content coding; of a revisit, what it sent the first time."""
        with self.connect() as connection:
            return read_payload(connection, self.folder, capture.id)

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection whose transaction sees the archive as of its first question."""
        with database_trouble(self.folder.database), self._engine.connect() as connection:
            yield connection
