"""Ties the run's life to Scrapy's signals: capture on every response, commits on time, a verdict at the end."""

from asyncio import Future, ensure_future

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from nanhai_crawler.crawl.exchange import to_exchange
from nanhai_crawler.crawl.hangup import heed_hangup
from nanhai_crawler.crawl.pace import Pace
from nanhai_crawler.crawl.session import CrawlSession
from nanhai_crawler.crawl.spider import NanhaiSpider
from nanhai_crawler.errors import NanhaiError
from nanhai_crawler.visits import Outcome, Visit

#: DESIGN: commits come after 1 s or 200 pages; the clock looks twice a second, for progress too.
_TICK_S = 0.5


class Keeper:
    """Scrapy extension; Scrapy swallows what a signal's receiver raises, so trouble is handed to the session."""

    def __init__(self, crawler: Crawler, session: CrawlSession) -> None:
        self._crawler = crawler
        self._session = session
        self._clock: AsyncioLoopingCall | LoopingCall = create_looping_call(self._tick)
        self._closing: Future[None] | None = None
        self._pace = Pace(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Keeper":
        """The extension, connected to the crawl's signals."""
        assert isinstance(crawler.spider, NanhaiSpider)  # noqa: S101  its custom_settings name this class
        keeper = cls(crawler, crawler.spider.session)
        crawler.signals.connect(keeper.spider_opened, signals.spider_opened)
        crawler.signals.connect(keeper.response_downloaded, signals.response_downloaded)
        crawler.signals.connect(keeper.spider_error, signals.spider_error)
        crawler.signals.connect(keeper.item_error, signals.item_error)
        crawler.signals.connect(keeper.spider_idle, signals.spider_idle)
        crawler.signals.connect(keeper.spider_closed, signals.spider_closed)
        return keeper

    def spider_opened(self) -> None:
        """Start the clock; SIGINT and SIGTERM are Scrapy's to heed, SIGHUP is not."""
        heed_hangup()
        self._clock.start(_TICK_S, now=False)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Keep the response as it came: redirect hops, errors and robots.txt too."""
        request.meta["capture"] = None  # a request tried again brings that of the try before
        if self._session.error is not None:
            return
        try:
            request.meta["capture"] = self._session.capture(
                to_exchange(request, response, self._session.clock)
            )
        except NanhaiError as error:
            self._stop(error)

    def spider_error(self, failure: Failure, response: Response | Failure) -> None:
        """A reader that failed on a page leaves the page due, and is said."""
        meta = getattr(response, "request").meta  # noqa: B009  Scrapy gives both kinds one
        reason = f"reading failed: {failure.value!r}"[:300]
        visit = Visit(entry=meta["entry"], outcome=Outcome.FAILED, capture=meta.get("capture"), reason=reason)
        try:
            self._session.finish(visit)
        except NanhaiError as error:
            self._stop(error)

    def item_error(self, item: Visit, failure: Failure) -> None:
        """A visit that could not be kept leaves its URL due, and is said."""
        self._session.leave_unfinished(item.entry.url, f"keeping failed: {failure.value!r}"[:300])

    def spider_idle(self) -> None:
        """Go on while settling what is left made new URLs due."""
        if self._session.error is not None:
            return
        try:
            self._session.release()
        except NanhaiError as error:
            self._session.error = error
            return
        if self._session.has_due() or self._session.call_witnesses():
            raise DontCloseSpider

    def spider_closed(self, reason: str) -> None:
        """End the run."""
        if self._clock.running:
            self._clock.stop()
        self._session.close(interrupted=reason not in {"finished", "storage"})

    def _tick(self) -> None:
        if self._session.error is None:
            try:
                self._session.tick()
            except NanhaiError as error:
                self._session.error = error
        if self._session.error is not None:
            self._stop(self._session.error)
        if self._pace.stopping:
            self._pace.drop(_any_url)

    def _stop(self, error: NanhaiError) -> None:
        self._session.error = error
        if self._closing is None and self._crawler.engine is not None:
            self._closing = ensure_future(self._crawler.engine.close_spider_async(reason="storage"))


def _any_url(_url: str) -> bool:
    return True
