"""What Scrapy's log says of each request: nothing; the archive's rows and the report at the end do."""

import logging
import os
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from nanhai_crawler.items import Visit

#: It would say once of many that an answer was cut short.
_REPORTED_LATER = "scrapy.core.downloader.handlers.http11"
_TRACEBACKS = "scrapy.core.scraper"


class QuietFormatter(LogFormatter):
    """No line a request or an item; one line an error, with its traceback where NANHAI_DEBUG is set."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "QuietFormatter":  # noqa: ARG003  Scrapy passes it
        """The formatter; Scrapy's own loggers say no more than it does from now on."""
        logging.getLogger(_REPORTED_LATER).setLevel(logging.ERROR)
        if not os.environ.get("NANHAI_DEBUG"):
            logging.getLogger(_TRACEBACKS).addFilter(_without_traceback)
        return cls()

    def crawled(self, *_: Any, **__: Any) -> LogFormatterResult | None:  # type: ignore[override]
        """No line: a capture row has it all."""
        return None

    def scraped(self, *_: Any, **__: Any) -> LogFormatterResult | None:  # type: ignore[override]
        """No line."""
        return None

    def spider_error(
        self, failure: Failure, request: Request, _response: Response | Failure, _spider: Spider
    ) -> LogFormatterResult:
        """The address and the error."""
        return _line("reading", request.url, failure.value)

    def item_error(
        self,
        item: Visit,
        exception: BaseException | None,
        _response: Response | Failure | None,
        _spider: Spider,
    ) -> LogFormatterResult:
        """The address and the error; the item is a whole page."""
        return _line("keeping", item.entry.url, exception)


def _line(act: str, url: str, error: BaseException | None) -> LogFormatterResult:
    arguments = {"act": act, "url": url, "error": repr(error)[:300]}
    return {"level": logging.ERROR, "msg": "%(act)s %(url)s failed: %(error)s", "args": arguments}


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = None
    return True
