"""Scrapy's scheduler over the archive's frontier: a URL is out of it only when everything it gave is stored."""

from collections import deque

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from nanhai_crawler.crawl.spider import NanhaiSpider
from nanhai_crawler.errors import NanhaiError
from nanhai_crawler.visits import FrontierEntry


class FrontierScheduler(BaseScheduler):
    """Gives the frontier's due URLs as requests, and first those that a middleware sent back (retries)."""

    def __init__(self, spider: NanhaiSpider) -> None:
        self._spider = spider
        self._session = spider.session
        self._returned: deque[Request] = deque()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FrontierScheduler":
        """The scheduler of this crawl."""
        assert isinstance(crawler.spider, NanhaiSpider)  # noqa: S101  its custom_settings name this class
        return cls(crawler.spider)

    def has_pending_requests(self) -> bool:
        """Whether anything may still be asked for in this run."""
        return bool(self._returned) or self._session.has_due()

    def enqueue_request(self, request: Request) -> bool:
        """Take back a request that is to be tried again; its URL is in the frontier all the while."""
        self._returned.append(request)
        return True

    def next_request(self) -> Request | None:
        """The next request, or null when none is due now."""
        if self._returned:
            return self._returned.popleft()
        try:
            entry = self._session.take()
        except NanhaiError as error:
            self._session.error = error
            return None
        return None if entry is None else self._request(entry)

    def _request(self, entry: FrontierEntry) -> Request:
        headers = {"If-None-Match": entry.etag, "If-Modified-Since": entry.last_modified}
        return Request(
            entry.url,
            errback=self._spider.failed,
            headers={name: value for name, value in headers.items() if value},
            meta={"entry": entry},
            dont_filter=True,
        )
