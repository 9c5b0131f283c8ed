"""The spider: what a response means. It knows Scrapy's words and the reader's, and decides nothing about HTML."""

import logging
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from nanhai_crawler import __version__
from nanhai_crawler.crawl.robots import RobotsForbidden, RobotsUnreachable
from nanhai_crawler.crawl.session import CrawlSession
from nanhai_crawler.crawl.sitemap import read_sitemap
from nanhai_crawler.errors import NanhaiError
from nanhai_crawler.items import Capture, FrontierEntry, Link, Outcome, PageKind, Via, Visit
from nanhai_crawler.pages.reading import read_page
from nanhai_crawler.sites import site_named
from nanhai_crawler.urls.canonical import canonicalize

logger = logging.getLogger(__name__)

_HTML = frozenset(("text/html", "application/xhtml+xml"))
_XML = frozenset(("application/xml", "text/xml", "application/gzip", "application/x-gzip"))
_KIND_OUTCOMES = {PageKind.WALL: Outcome.WALL, PageKind.MISSING: Outcome.MISSING}
_NAME = "nanhai_crawler.crawl"
_UNUSED_DOWNLOADER = (
    "downloadermiddlewares.offsite.OffsiteMiddleware",  # the frontier holds nothing out of scope
    "downloadermiddlewares.robotstxt.RobotsTxtMiddleware",  # ours keeps RFC 9309
    "downloadermiddlewares.httpauth.HttpAuthMiddleware",
    "downloadermiddlewares.redirect.MetaRefreshMiddleware",  # a redirect is a link: each hop captured, none twice
    "downloadermiddlewares.redirect.RedirectMiddleware",
)
_UNUSED_SPIDER = (
    "spidermiddlewares.httperror.HttpErrorMiddleware",  # the spider means something by every status
    "spidermiddlewares.referer.RefererMiddleware",  # callbacks make no requests
    "spidermiddlewares.urllength.UrlLengthMiddleware",
    "spidermiddlewares.depth.DepthMiddleware",
    "spidermiddlewares.metacopy.MetaCopyDetectionMiddleware",
)


class NanhaiSpider(Spider):
    """Crawls the hosts of its seeds into an archive.

    Arguments (``-a``): ``seeds`` (URLs, separated by commas or spaces; default: the site's own), ``site``, ``archive``
    (default ``$NANHAI_ARCHIVE``, else ``archive``), ``limit``.
    """

    name = "nanhai"
    custom_settings = {  # noqa: RUF012  Scrapy reads a plain dict here
        "SCHEDULER": f"{_NAME}.scheduler.FrontierScheduler",
        "EXTENSIONS": {f"{_NAME}.keeper.Keeper": 0},
        "ITEM_PIPELINES": {f"{_NAME}.pipelines.Validate": 100, f"{_NAME}.pipelines.Keep": 200},
        "DOWNLOADER_MIDDLEWARES": {
            f"{_NAME}.robots.RobotsMiddleware": 100,
            **{f"scrapy.{name}": None for name in _UNUSED_DOWNLOADER},
        },
        "SPIDER_MIDDLEWARES": {f"scrapy.{name}": None for name in _UNUSED_SPIDER},
        "LOG_FORMATTER": f"{_NAME}.logformatter.QuietFormatter",
    }

    def __init__(self, session: CrawlSession, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "NanhaiSpider":
        """The spider over the session it was given, or over one of its own when ``scrapy crawl`` starts it."""
        contact = os.environ.get("NANHAI_CONTACT")
        session = kwargs.pop("session", None) or _own_session(kwargs, contact)
        if contact:
            crawler.settings.set(
                "USER_AGENT", f"nanhai_crawler/{__version__} (+{contact})", priority="spider"
            )
        return super().from_crawler(crawler, *args, session=session, **kwargs)

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: the seeds are in the frontier, and the scheduler gives them."""
        for nothing in tuple[Any]():
            yield nothing

    def parse(self, response: Response, **_: Any) -> Iterator[Visit]:
        """What came of asking for a frontier URL, as one Visit."""
        request = response.request
        if request is not None:
            yield self._visit(request.meta["entry"], request.meta.get("capture"), response)

    def failed(self, failure: Failure) -> Iterator[Visit]:
        """A Visit for a URL that gave no response; robots.txt may be why."""
        request: Request = failure.request  # type: ignore[attr-defined]
        entry = request.meta["entry"]
        error = failure.value
        if isinstance(error, RobotsForbidden):
            yield Visit(entry=entry, outcome=Outcome.FORBIDDEN, reason=str(error))
            return
        if isinstance(error, RobotsUnreachable):
            self.session.note_robots_closed()
        reason = str(error) or type(error).__name__
        yield Visit(entry=entry, outcome=Outcome.FAILED, reason=" ".join(reason.split())[:300])

    def _visit(self, entry: FrontierEntry, capture: Capture | None, response: Response) -> Visit:
        status = response.status
        if status == 304:
            return Visit(entry=entry, outcome=Outcome.NOT_MODIFIED, capture=capture)
        if 300 <= status < 400:
            return self._redirected(entry, capture, response)
        if status in {404, 410}:
            return Visit(entry=entry, outcome=Outcome.MISSING, capture=capture, reason=f"status {status}")
        if not 200 <= status < 300:
            return Visit(entry=entry, outcome=Outcome.FAILED, capture=capture, reason=f"status {status}")
        return self._received(entry, capture, response)

    def _redirected(self, entry: FrontierEntry, capture: Capture | None, response: Response) -> Visit:
        location = (response.headers.get("Location") or b"").decode("utf-8", "replace")
        target = canonicalize(location, response.url)
        if target is None:
            reason = f"status {response.status} leads nowhere"
            return Visit(entry=entry, outcome=Outcome.FAILED, capture=capture, reason=reason)
        links = self.session.scope.within([Link(url=target, via=Via.REDIRECT)])
        return Visit(
            entry=entry, outcome=Outcome.REDIRECTED, capture=capture, links=links, reason=f"to {target}"
        )

    def _received(self, entry: FrontierEntry, capture: Capture | None, response: Response) -> Visit:
        media_type, charset = _content_type(response)
        if entry.via is Via.SITE_MAP and media_type in _XML:
            links = self.session.scope.within(read_sitemap(response.body))
            return Visit(entry=entry, outcome=Outcome.FILE, capture=capture, links=links)
        if media_type not in _HTML:
            return Visit(entry=entry, outcome=Outcome.FILE, capture=capture)
        reading = read_page(entry.url, response.body, header_charset=charset)
        outcome = _KIND_OUTCOMES.get(reading.kind, Outcome.READ)
        links = self.session.scope.within(reading.links)
        reason = "" if outcome is Outcome.READ else reading.kind_evidence
        return Visit(
            entry=entry, outcome=outcome, capture=capture, reading=reading, links=links, reason=reason
        )


def _own_session(arguments: dict[str, Any], contact: str | None) -> CrawlSession:
    seeds = str(arguments.pop("seeds", "")).replace(",", " ").split()
    site = site_named(arguments.pop("site", None))
    folder = Path(arguments.pop("archive", None) or os.environ.get("NANHAI_ARCHIVE") or "archive")
    limit = arguments.pop("limit", None)
    try:
        return CrawlSession(folder, seeds or site.seeds, contact=contact, limit=int(limit) if limit else None)
    except NanhaiError as error:
        logger.error("%s", error)  # noqa: TRY400  one line says what to do; a traceback would bury it
        raise SystemExit(int(error.exit_code)) from error


def _content_type(response: Response) -> tuple[str, str | None]:
    """Media type and charset of the header; a response without one is taken for HTML when it begins like it."""
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    media_type, _, rest = header.partition(";")
    _, found, charset = rest.partition("charset=")
    if not media_type.strip():
        head = response.body[:512].lstrip().lower()
        media_type = "text/html" if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) else ""
    return media_type.strip().lower(), charset.strip(" \"';") if found else None
