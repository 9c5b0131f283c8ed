"""What a Visit goes through on its way into the archive."""

from dataclasses import replace

from scrapy.crawler import Crawler

from nanhai_crawler.crawl.session import CrawlSession
from nanhai_crawler.crawl.spider import NanhaiSpider
from nanhai_crawler.errors import NanhaiError
from nanhai_crawler.pages.soundness import find_fault
from nanhai_crawler.visits import Outcome, Visit


class Validate:
    """Holds each article against what a record promises; one that breaks it stays due, with the reason."""

    def process_item(self, visit: Visit) -> Visit:
        """The visit itself, or a failed one without the article."""
        article = visit.reading.article if visit.reading else None
        fault = None if article is None else find_fault(article)
        if fault is None:
            return visit
        return replace(visit, outcome=Outcome.FAILED, reading=None, reason=f"no valid record: {fault}")


class Keep:
    """Hands each visit to the archive; stops the crawl when the archive cannot take it."""

    def __init__(self, crawler: Crawler, session: CrawlSession) -> None:
        self._crawler = crawler
        self._session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Keep":
        """The pipeline of this crawl."""
        assert isinstance(crawler.spider, NanhaiSpider)  # noqa: S101  its custom_settings name this class
        return cls(crawler, crawler.spider.session)

    def process_item(self, visit: Visit) -> Visit:
        """The visit, stored."""
        if self._session.error is None:
            try:
                self._session.finish(visit)
            except NanhaiError as error:
                self._session.error = error
        return visit
