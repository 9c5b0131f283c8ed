"""What a Visit goes through on its way into the archive."""

import re
from dataclasses import replace

from scrapy.crawler import Crawler

from nanhai_crawler.crawl.session import CrawlSession
from nanhai_crawler.crawl.spider import NanhaiSpider
from nanhai_crawler.errors import NanhaiError
from nanhai_crawler.items import Article, Outcome, Visit

_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{3})?)?\+08:00)?")


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


def find_fault(article: Article) -> str | None:
    """What breaks the promise of a record (DESIGN: record), in a few words; null for a sound one."""
    if not article.title:
        return "no title"
    for name in ("published", "entered"):
        value = getattr(article, name)
        if value is not None and not _TIME.fullmatch(value):
            return f"{name} is {value!r}"
    if any(
        not paragraph or "\n" in paragraph for section in article.sections for paragraph in section.paragraphs
    ):
        return "a paragraph is empty or has lines"
    return None
