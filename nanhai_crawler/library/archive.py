"""An archive opened by a Python program: its articles by id, address or query, their revisions, captures and bytes.

Read-only: nothing here can change an archive, and nothing here waits for the crawl that writes it.
"""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypedDict, TypeVar, Unpack

from nanhai_crawler.closing import Closing
from nanhai_crawler.errors import UsageError
from nanhai_crawler.library.article import ArchivedArticle
from nanhai_crawler.library.selection import Selection
from nanhai_crawler.store.filters import Filters, TimeOf
from nanhai_crawler.store.measures import ARTICLES, OCCURRENCES
from nanhai_crawler.store.overview import ArchiveStatus, RunReport
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.search.concordance import ConcordanceLine
from nanhai_crawler.store.search.facets import By, Facet
from nanhai_crawler.store.search.finding import Page, Sort
from nanhai_crawler.store.search.hit import Hit
from nanhai_crawler.visits import Capture

SortWord = Literal["relevance", "newest", "oldest"]
ByWord = Literal["column", "source", "origin", "author", "status", "year", "month"]
_Word = TypeVar("_Word", bound=StrEnum)


class Wanted(TypedDict, total=False):
    """Which articles: those of a site, a column (its children too), a source, origin, author or status, or a span of time.

    ``since`` and ``until`` are ISO 8601, as short as a year; both ends count; ``time`` says whether they mean the time
    shown, that of the entry (both +08:00) or that of the capture (UTC). ``since_run``
    and ``changed_since`` ask for what is new, changed, missing, gone or returned after that run, or since that moment
    (UTC, or with its zone); ``all_revisions`` takes in the texts that articles had before.
    """

    site: str
    column: str
    source: str
    origin: str
    author: str
    status: str
    since: str
    until: str
    time: TimeOf
    since_run: int
    changed_since: str
    all_revisions: bool


class Archive(Closing):
    """An archive; made by :func:`open_archive`. Use it as a context manager, or close it.

    What takes ``**wanted`` takes these filters, each by its name; names are compared without width, case and 简/繁:

    - ``site``, ``column`` (a name or a path, its children too), ``source``, ``origin``, ``author``
    - ``status``: live, missing or gone
    - ``since``, ``until``: ISO 8601, as short as a year; both ends count
    - ``time``: which time they speak of, ``shown`` (without it), ``entered`` or ``captured``
    - ``all_revisions=True``: the texts that articles had before, too
    - ``since_run``, ``changed_since``: what is new, changed, missing, gone or returned since
    """

    def __init__(self, reader: ArchiveReader) -> None:
        self._reader = reader

    def __repr__(self) -> str:
        return f"<Archive {str(self.folder)!r}: {len(self)} articles>"

    def __len__(self) -> int:
        """How many articles it has."""
        return sum(self._reader.status().articles.values())

    def __iter__(self) -> Iterator[ArchivedArticle]:
        """All articles, in the order of their ids."""
        return iter(self.articles())

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._reader.folder.path

    def close(self) -> None:
        """The database is let go."""
        self._reader.close()

    def article(self, key: str, *, revision: int | None = None) -> ArchivedArticle:
        """The article with that id (four digits of it may do) or address; UsageError where there is none, or several.

        ``revision`` asks for an earlier text instead of the newest.
        """
        return ArchivedArticle.of_record(self._reader.record(key, revision))

    def articles(self, query: str = "", **wanted: Unpack[Wanted]) -> Selection:
        """The articles whose title or body holds the query (all without one), in the order of their ids; read as asked for."""
        return Selection(self._reader, query, Filters(**wanted))

    def search(
        self, query: str, *, sort: SortWord = "relevance", limit: int | None = None, **wanted: Unpack[Wanted]
    ) -> Iterator[Hit]:
        """The hits of a query with their snippets: the best, ``newest`` or ``oldest`` first; made as they are asked for."""
        _at_least_none("limit", limit)
        order = _one_of(Sort, "sort", sort)
        return self._reader.search(query, Filters(**wanted), sort=order, page=Page(limit=limit))

    def count(
        self,
        query: str = "",
        *,
        by: ByWord = "column",
        occurrences: bool = False,
        **wanted: Unpack[Wanted],
    ) -> list[Facet]:
        """How many articles hold the query, for each ``column``, ``source``, ``origin``, ``author``, ``status``, ``year`` or ``month``.

        Years and months in order, without gaps; other values by their number. Articles of which it is not known come last
        (``value`` is None); ``total`` is how many there are whatever they hold. With ``occurrences`` it is counted how often they
        show what is sought, and ``total`` is their characters. QueryTooSlow after a minute.

        >>> with open_archive(EXAMPLE) as archive:
        ...     [(one.value, one.count, one.total) for one in archive.count("党建", by="year")]
        [('2023', 1, 1)]
        """
        return self._reader.count(
            query,
            Filters(**wanted),
            by=_one_of(By, "by", by),
            counted=OCCURRENCES if occurrences else ARTICLES,
        )

    def kwic(self, query: str, *, width: int = 20, **wanted: Unpack[Wanted]) -> Iterator[ConcordanceLine]:
        """Every match with ``width`` characters on either side, the newest articles first; made as they are asked for.

        >>> with open_archive(EXAMPLE) as archive:
        ...     line = next(archive.kwic("党建", width=2))
        ...     line.left, line.match, line.right
        ('', '党建', '引领')
        """
        _at_least_none("width", width)
        return self._reader.concordance(query, Filters(**wanted), width=width)

    def revisions(self, key: str) -> list[ArchivedArticle]:
        """Every text an article has had, the oldest first."""
        return [self.article(key, revision=number) for number in self._reader.revisions(key)]

    def capture(self, article: ArchivedArticle) -> Capture:
        """The capture that this revision was read from."""
        return self._reader.capture(article.id, article.revision)

    def captures(self, key: str) -> list[Capture]:
        """Every capture of an article's address, the oldest first."""
        return self._reader.captures(key)

    def payload(self, capture: Capture) -> bytes:
        """What the server sent, content coding undone; of a revisit, the payload it stands for. StorageError if damaged."""
        return self._reader.payload(capture)

    def runs(self) -> list[RunReport]:
        """What the crawls did, the last first."""
        return self._reader.runs()

    def status(self) -> ArchiveStatus:
        """What it holds altogether."""
        return self._reader.status()


def _one_of(words: type[_Word], name: str, word: str) -> _Word:
    if word not in set(words):
        raise UsageError(f"no {name} {word!r}; there are: {', '.join(words)}")
    return words(word)


def _at_least_none(name: str, number: int | None) -> None:
    if number is not None and number < 0:
        raise UsageError(f"{name} {number} is less than none")


def open_archive(folder: str | Path = "archive") -> Archive:
    """The archive in a folder, opened for reading.

    Raises ArchiveMissing where there is none, ArchiveTooNew and ArchiveOutdated where another version of the program
    made it, StorageError where it cannot be read; all are NanhaiError.

    >>> with open_archive(EXAMPLE) as archive:
    ...     len(archive)
    ...     first = next(iter(archive.articles("党建")))
    ...     first.title, first.published, first.authors
    ...     archive.capture(first).status
    3
    ('大沥激扬生命力', '2023-10-31T13:02:00+08:00', ('李翠贞',))
    200
    """
    return Archive(ArchiveReader.open(Path(folder)))
