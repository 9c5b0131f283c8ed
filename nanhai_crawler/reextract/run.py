"""A whole re-reading: what ``nanhai reextract`` does."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import monotonic

from nanhai_crawler.pages.edition import reader_edition
from nanhai_crawler.reextract.divided import reread_divided
from nanhai_crawler.reextract.replay import Replay
from nanhai_crawler.reextract.summary import RereadSummary
from nanhai_crawler.reextract.workers import PAGES_A_TASK, PageReaders, page_readers
from nanhai_crawler.sites import load_sites
from nanhai_crawler.store.chosen_pages import Chosen, with_twins
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.kept_pages import KeptPage
from nanhai_crawler.store.rereading import RereadArchive

#: Called with the pages read so far, and how many there are to read as far as is known.
Progress = Callable[[int, int], None]
#: A kill costs the re-reading of at most so many pages; a commit costs some milliseconds.
_PAGES_A_COMMIT = 3 * PAGES_A_TASK


def reextract(
    folder: Path,
    filters: Filters = EVERYTHING,
    articles: Sequence[str] = (),
    *,
    dry_run: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> RereadSummary:
    """Every kept page is read again, and the archive says what was read; in a dry run it stays as it is.

    With filters, or with ids or addresses of ``articles``, only the pages of these (and what belongs to them), and of a
    site or a span of captures its other pages, which may be articles to this reader.

    A revision that is read differently stays the same revision: what it said is kept as a former reading. Whatever ends
    this before its time leaves an archive whose pages are partly read again, and a later call does the rest. Raises a
    :class:`StorageError` or :class:`ArchiveLocked` where it cannot be done.
    """
    began_s = monotonic()
    summary = RereadSummary(reader=reader_edition(), dry_run=dry_run)
    sites = load_sites(ArchiveFolder(folder).sites)
    chosen = Chosen(filters=filters, keys=tuple(articles), hosts=sites.hosts_of(filters.site))
    with RereadArchive.open(folder, dry_run=dry_run) as archive:
        urls = archive.chosen_urls(chosen)
        captures = archive.page_ids(urls)
        with page_readers(folder, sites, len(captures)) as readers:
            _Rereading(archive, readers, summary, progress).read(captures, urls)
    summary.duration_s = round(monotonic() - began_s, 3)
    return summary


class _Rereading:
    """One re-reading under way."""

    def __init__(
        self, archive: RereadArchive, readers: PageReaders, summary: RereadSummary, progress: Progress
    ) -> None:
        self._archive = archive
        self._readers = readers
        self._summary = summary
        self._progress = progress
        self._done = self._total = self._committed = 0

    def read(self, captures: Sequence[int], urls: set[str] | None) -> None:
        """All of it: single pages, then articles of several, then texts that none of them had.

        Where only the pages at ``urls`` are read, the others of a divided article are, too.
        """
        replay = Replay(self._archive, self._summary)
        self._take(captures, replay)
        while urls is not None and (more := with_twins(replay.beside) - urls):
            urls |= more
            self._take(self._archive.page_ids(more), replay)
        self._expect(sum(map(len, replay.divided.values())))
        for count in reread_divided(self._archive, replay, self._readers, self._summary):
            self._advance(count)
        self._expect(len(replay.unknown))
        for pages, rereads in self._readers.read(self._tasks(replay.unknown)):
            for page, reread in zip(pages, rereads, strict=True):
                if reread.new is not None:
                    replay.keep(page, reread.new)
            self._advance(len(pages))
        self._archive.finish()

    def _take(self, captures: Sequence[int], replay: Replay) -> None:
        self._expect(len(captures))
        for pages, rereads in self._readers.read(self._tasks(captures)):
            replay.take(pages, rereads)
            self._advance(len(pages))

    def _tasks(self, captures: Sequence[int]) -> Iterator[list[KeptPage]]:
        for start in range(0, len(captures), PAGES_A_TASK):
            yield list(self._archive.pages(captures[start : start + PAGES_A_TASK]))

    def _expect(self, pages: int) -> None:
        self._total += pages
        self._progress(self._done, self._total)

    def _advance(self, pages: int) -> None:
        self._done += pages
        if self._done - self._committed >= _PAGES_A_COMMIT:
            self._archive.commit()
            self._committed = self._done
        self._progress(self._done, self._total)
