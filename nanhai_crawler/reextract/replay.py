"""The replay: each reading held against what the archive says, and put in its place where it says something else."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

from nanhai_crawler.items import PageKind
from nanhai_crawler.reextract.reading import Reread
from nanhai_crawler.reextract.summary import RereadSummary
from nanhai_crawler.store.carrying import carry_on
from nanhai_crawler.store.kept_pages import KeptPage
from nanhai_crawler.store.last_body import BODIES
from nanhai_crawler.store.readings import NewReading, StandingReading
from nanhai_crawler.store.records import Change
from nanhai_crawler.store.rereading import RereadArchive
from nanhai_crawler.urls.identity import article_id


class Replay:
    """Takes in what was read, page by page in the order of the captures.

    After all pages are taken in, ``divided`` has the pages of each divided article, by its address, ``beside`` those that
    they lead to, and ``unknown`` the captures with a text that no revision had when they were met.
    """

    def __init__(self, archive: RereadArchive, summary: RereadSummary) -> None:
        self.divided: dict[str, set[str]] = defaultdict(set)
        self.beside: set[str] = set()
        self.unknown = array("q")
        self._archive = archive
        self._summary = summary

    def take(self, pages: Sequence[KeptPage], rereads: Iterable[Reread]) -> None:
        """The pages' revisions, and their captures' rows, say what was read now."""
        standing = self._archive.standing([page.capture.id for page in pages])
        for page, reread in zip(pages, rereads, strict=True):
            self._summary.pages += 1
            revisions = standing.get(page.capture.id, [])
            self._summary.revisions += len(revisions)
            self._take(page, reread, revisions)

    def keep(self, page: KeptPage, new: NewReading) -> None:
        """A text that no revision was read from is a new article's, or one more of an article that is known."""
        if self._archive.has_text(new):
            self._archive.see(new, page)
        elif self._archive.keep(new, page) is Change.NEW:
            self._summary.new_articles += 1
        else:
            self._summary.new_texts += 1

    def compare(self, page: KeptPage, new: NewReading, revisions: Iterable[StandingReading]) -> None:
        """The revisions say what ``new`` does, if their articles are the one it is of."""
        key = article_id(new.article.url)
        for standing in revisions:
            if standing.article_id != key:
                self._disown(page, standing, f"is part of {new.article.url}")
                continue
            carried = carry_on(standing.values, new.article)
            told = new if carried is new.article else NewReading.of(carried)
            if changed := standing.changes(told.values):
                self._summary.note_change(standing, told.values)
                self._archive.replace(standing, told, changed)

    def _take(self, page: KeptPage, reread: Reread, revisions: list[StandingReading]) -> None:
        reading = reread.reading
        if reread.damage is not None:
            self._summary.damaged.add(page.capture.url, reread.damage)
            return
        sent = page.capture.status in BODIES  # a 304 is described by what was sent before
        if reading is not None and sent and self._summary.note_description(page, reading):
            self._archive.describe(page, reading)
        if reading is not None and reading.article is not None and reading.page_count > 1:
            self._take_part(page, reading.article.url, revisions)
            self.beside.update(link.url for link in reading.links)
        else:
            self._archive.part_no_more(page.capture.url)
            self._take_whole(page, reread, revisions)

    def _take_part(self, page: KeptPage, url: str, revisions: Iterable[StandingReading]) -> None:
        self.divided[url].add(page.capture.url)
        for standing in revisions:
            if standing.article_id != article_id(url):
                self._disown(page, standing, f"is part of {url}")

    def _take_whole(self, page: KeptPage, reread: Reread, revisions: Sequence[StandingReading]) -> None:
        new = reread.new
        if new is None:
            for standing in revisions:
                self._disown(page, standing, _why_none(reread))
        elif revisions:
            self.compare(page, new, revisions)
        elif not self._archive.has_text(new):
            self.unknown.append(page.capture.id)
        elif page.kind != PageKind.ARTICLE:
            self._archive.see(new, page)

    def _disown(self, page: KeptPage, standing: StandingReading, words: str) -> None:
        self._summary.no_articles.add(
            page.capture.url, f"revision {standing.number} of {standing.article_id}: {words}"
        )


def _why_none(reread: Reread) -> str:
    if reread.fault is not None:
        return f"no valid record: {reread.fault}"
    reading = reread.reading
    return f"{reading.kind}: {reading.kind_evidence}" if reading is not None else "no HTML"
