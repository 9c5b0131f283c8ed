"""What Scrapy's log says of each request: nothing; the archive's rows and the report at the end do."""

import logging
import os
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from nanhai_crawler.visits import Visit

#: It would say once of many that an answer was cut short.
_REPORTED_LATER = "scrapy.core.downloader.handlers.http11"
_TRACEBACKS = ("scrapy.core.scraper", "scrapy.utils.signal")


class QuietFormatter(LogFormatter):
    """No line a request or an item; one line an error, with its traceback where NANHAI_DEBUG is set."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "QuietFormatter":  # noqa: ARG003  Scrapy passes it
        """The formatter; Scrapy's own loggers say no more than it does from now on."""
        logging.getLogger(_REPORTED_LATER).setLevel(logging.ERROR)
        if not os.environ.get("NANHAI_DEBUG"):
            for name in _TRACEBACKS:
                logging.getLogger(name).addFilter(_without_traceback)
        return cls()

    def crawled(self, *_: Any, **__: Any) -> LogFormatterResult | None:  # type: ignore[override]
        """No line: a capture row has it all."""
        return None

    def scraped(self, *_: Any, **__: Any) -> LogFormatterResult | None:  # type: ignore[override]
        """No line."""
        return None

    def spider_error(
        self, _failure: Failure, request: Request, _response: Response | Failure, _spider: Spider
    ) -> LogFormatterResult:
        """The address."""
        return _line("reading", request.url)

    def item_error(
        self,
        item: Visit,
        _exception: BaseException | None,
        _response: Response | Failure | None,
        _spider: Spider,
    ) -> LogFormatterResult:
        """The address; the item is a whole page."""
        return _line("keeping", item.entry.url)


def _line(act: str, url: str) -> LogFormatterResult:
    return {"level": logging.ERROR, "msg": "%(act)s %(url)s failed", "args": {"act": act, "url": url}}


def _without_traceback(record: logging.LogRecord) -> bool:
    """True; what the traceback would end with is said in the line."""
    if record.exc_info:
        record.msg, record.args = f"{record.getMessage()}: {record.exc_info[1]!r}"[:500], ()
        record.exc_info = None
    return True
