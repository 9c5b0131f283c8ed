"""The spider: what a response means. It knows Scrapy's words and the reader's, and decides nothing about HTML."""

import os
import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from nanhai_crawler import __version__
from nanhai_crawler.crawl import settings as project
from nanhai_crawler.crawl.failure import in_words
from nanhai_crawler.crawl.location import redirect_target
from nanhai_crawler.crawl.order import CrawlOrder
from nanhai_crawler.crawl.pace import NotAsked, Pace
from nanhai_crawler.crawl.plan import make_plan
from nanhai_crawler.crawl.redirects import Redirects
from nanhai_crawler.crawl.retries import give_rest
from nanhai_crawler.crawl.robots import RobotsForbidden, RobotsUnreachable
from nanhai_crawler.crawl.session import CrawlSession
from nanhai_crawler.crawl.sitemap import read_sitemap
from nanhai_crawler.errors import UsageError
from nanhai_crawler.items import Link, PageKind, PageReading, Via
from nanhai_crawler.pages.media_type import declared_charset, is_html
from nanhai_crawler.pages.reading import read_page
from nanhai_crawler.store.clock import stamp
from nanhai_crawler.urls.identity import article_page
from nanhai_crawler.visits import FrontierEntry, Outcome, Visit

#: A comma may stand in a URL; one before the next URL does not.
_BETWEEN_SEEDS = re.compile(r"\s+|,+(?=\s|\Z|https?://)", re.IGNORECASE)
#: RFC 9110, 15.3: the whole of what was asked for. A 206 is a part, and firewalls' challenges come as 202.
_WHOLE = frozenset((200, 203))
_KIND_OUTCOMES = {
    PageKind.WALL: Outcome.WALL,
    PageKind.MISSING: Outcome.MISSING,
    PageKind.UNREAD: Outcome.SET_ASIDE,
}
#: What stands under an article's address only where the article does not (F17).
_NEVER_KEYED = frozenset((PageKind.HOME, PageKind.LISTING, PageKind.SITE_MAP))
#: What a 304 says, by what its validators came with: a file is still a file, a page that said it is missing says so still.
_LASTING = {str(outcome): outcome for outcome in (Outcome.FILE, Outcome.MISSING, Outcome.SET_ASIDE)}
_NAME = "nanhai_crawler.crawl"
_UNUSED_DOWNLOADER = (
    "downloadermiddlewares.offsite.OffsiteMiddleware",  # the frontier holds nothing out of scope
    "downloadermiddlewares.robotstxt.RobotsTxtMiddleware",  # ours keeps RFC 9309
    "downloadermiddlewares.httpauth.HttpAuthMiddleware",
    "downloadermiddlewares.httpcompression.HttpCompressionMiddleware",  # ours refuses what is not whole
    "downloadermiddlewares.redirect.MetaRefreshMiddleware",  # a redirect is a link: each hop captured, none twice
    "downloadermiddlewares.redirect.RedirectMiddleware",
    "downloadermiddlewares.retry.RetryMiddleware",  # ours pauses
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

    Arguments (``-a``): ``seeds`` (URLs, separated by commas or spaces; default: the site's own), ``site`` (names), ``archive``
    (default ``$NANHAI_ARCHIVE``, else ``archive``), ``limit``.
    """

    name = "nanhai"
    custom_settings = {  # noqa: RUF012  Scrapy reads a plain dict here
        "SCHEDULER": f"{_NAME}.scheduler.FrontierScheduler",
        "EXTENSIONS": {f"{_NAME}.keeper.Keeper": 0},
        "ITEM_PIPELINES": {f"{_NAME}.pipelines.Validate": 100, f"{_NAME}.pipelines.Keep": 200},
        "DOWNLOADER_MIDDLEWARES": {
            **project.DOWNLOADER_MIDDLEWARES,
            f"{_NAME}.robots.RobotsMiddleware": 100,
            f"{_NAME}.retries.Retries": 550,  # where Scrapy has its own
            f"{_NAME}.coding.ContentCoding": 590,  # likewise
            **{f"scrapy.{name}": None for name in _UNUSED_DOWNLOADER},
        },
        "SPIDER_MIDDLEWARES": {f"scrapy.{name}": None for name in _UNUSED_SPIDER},
        "LOG_FORMATTER": f"{_NAME}.logformatter.QuietFormatter",
    }

    def __init__(self, session: CrawlSession, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        self._redirects = Redirects()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "NanhaiSpider":
        """The spider over the session it was given, or over one of its own; raises a NanhaiError where that cannot be."""
        session = kwargs.pop("session", None) or open_session(kwargs)
        if session.plan.delay_s is not None:
            crawler.settings.set("DOWNLOAD_DELAY", session.plan.delay_s, priority="spider")
        if session.contact:
            agent = f"nanhai_crawler/{__version__} (+{session.contact})"
            crawler.settings.set("USER_AGENT", agent, priority="spider")
        return super().from_crawler(crawler, *args, session=session, **kwargs)

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: the seeds are in the frontier, and the scheduler gives them."""
        for nothing in tuple[Any]():
            yield nothing

    def parse(self, response: Response, **_: Any) -> Iterator[Visit | Request]:
        """What came of asking for a frontier URL, as one Visit; or the same request, when it is to be made again."""
        request = response.request
        assert request is not None  # noqa: S101  Scrapy gives every response the request it answers
        target = redirect_target(response)
        if target == request.meta["entry"].url and not request.meta.get("again"):
            # A firewall's first greeting: it sets a cookie, and wants to see it.
            yield request.replace(meta={**request.meta, "again": True})
            return
        visit = self._visit(request, response, target)
        self._weigh(request, visit)
        yield visit

    def failed(self, failure: Failure) -> Iterator[Visit]:
        """A Visit for a URL that gave no response; robots.txt may be why."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error: BaseException = failure.value  # type: ignore[assignment]  # it has one
        if isinstance(error, NotAsked):
            return
        outcome = Outcome.FORBIDDEN if isinstance(error, RobotsForbidden) else Outcome.FAILED
        if isinstance(error, RobotsUnreachable):
            self.session.account.refused += 1
        yield _visit(request, outcome, in_words(error))

    def _visit(self, request: Request, response: Response, target: str | None) -> Visit:
        status = response.status
        if request.meta.get("capture") is None:
            return _visit(request, Outcome.FAILED, "received, but not captured")
        if target is not None:
            return self._redirected(request, target)
        visit = self._answered(request, response, status)
        self._redirects.end(visit.entry.url)
        return visit

    def _answered(self, request: Request, response: Response, status: int) -> Visit:
        if status == 304 and asked_conditionally(request):
            return self._not_modified(request)
        if status in {404, 410}:
            return _visit(request, Outcome.MISSING, f"status {status}")
        if 300 <= status < 400 and response.headers.get("Location"):
            return self._led_nowhere(request)
        if status not in _WHOLE:
            return _visit(request, Outcome.FAILED, f"status {status}")
        return self._received(request, response)

    def _weigh(self, request: Request, visit: Visit) -> None:
        """What the visit tells of the host is known to the breaker; statuses, the retries have told it of."""
        if visit.outcome is Outcome.WALL:
            give_rest(request, visit.reason, self.session.breaker, Pace(self.crawler))
        elif (visit.capture is not None and visit.capture.status < 400) or visit.outcome is Outcome.MISSING:
            self.session.breaker.good(request.url)

    def _not_modified(self, request: Request) -> Visit:
        outcome = _LASTING.get(request.meta["entry"].kind, Outcome.NOT_MODIFIED)
        if outcome is Outcome.SET_ASIDE:
            self._set_aside(request, "as before")
        return _visit(
            request, outcome, "" if outcome in {Outcome.FILE, Outcome.NOT_MODIFIED} else "says so as before"
        )

    def _set_aside(self, request: Request, reason: str) -> None:
        self.logger.warning("%s: kept, but not read: %s", request.meta["entry"].url, reason)
        self.session.writer.leave_out("kept, but too much to read")

    def _redirected(self, request: Request, target: str) -> Visit:
        entry: FrontierEntry = request.meta["entry"]
        links = self.session.scope.within([Link(url=target, via=Via.REDIRECT)])
        refusal = self._redirects.refuse(entry.url, target) if links else "redirects to other hosts"
        if refusal is None:
            return _visit(request, Outcome.REDIRECTED, f"to {target}", links=links, moved_to=target)
        if entry.via is Via.SEED:
            return _visit(request, Outcome.FAILED, f"{refusal}: to {target}")
        self.session.writer.leave_out(refusal)
        elsewhere = None if links else target
        return _visit(request, Outcome.REDIRECTED, f"{refusal}: to {target}", moved_to=elsewhere)

    def _led_nowhere(self, request: Request) -> Visit:
        """A redirect to file:, data: and their like is no way on, and asking again would not make it one (F22)."""
        refusal = "redirects to no web address"
        if request.meta["entry"].via is Via.SEED:
            return _visit(request, Outcome.FAILED, refusal)
        self.session.writer.leave_out(refusal)
        return _visit(request, Outcome.REDIRECTED, refusal)

    def _received(self, request: Request, response: Response) -> Visit:
        entry: FrontierEntry = request.meta["entry"]
        within = self.session.scope.within
        sitemap = read_sitemap(response.body, entry.url) if entry.via is Via.SITE_MAP else None
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        if sitemap is not None or not is_html(content_type, response.body):
            return _visit(request, Outcome.FILE, links=within(sitemap or ()))
        rules = self.session.plan.sites.rules_for(entry.url, self.session.clock())
        header_charset = declared_charset(content_type)
        captured = datetime.fromisoformat(request.meta["capture"].time)
        reading = read_page(
            entry.url, response.body, header_charset=header_charset, rules=rules, captured=captured
        )
        outcome = _KIND_OUTCOMES.get(reading.kind, Outcome.READ)
        if outcome is Outcome.SET_ASIDE:
            self._set_aside(request, reading.kind_evidence)
        if reading.kind in _NEVER_KEYED and article_page(entry.url) is not None:
            outcome = Outcome.MISSING
        reason = "" if outcome is Outcome.READ else f"{reading.kind}: {reading.kind_evidence}"
        links = self._without_circles(entry, within(reading.links))
        return _visit(request, outcome, reason, reading=reading, links=links)

    def _without_circles(self, entry: FrontierEntry, links: tuple[Link, ...]) -> tuple[Link, ...]:
        """The links without what the page refreshes itself to, where that is one redirect too many."""
        for link in links:
            if link.via is Via.REDIRECT and link.url != entry.url:
                refusal = self._redirects.refuse(entry.url, link.url)
                if refusal is not None:
                    self.session.writer.leave_out(refusal)
                    return tuple([other for other in links if other.via is not Via.REDIRECT])
                break
        return links


def open_session(arguments: dict[str, Any]) -> CrawlSession:
    """The session that the spider's arguments (which are taken out) ask for; raises a NanhaiError where it cannot be."""
    seeds = [seed for seed in _BETWEEN_SEEDS.split(arguments.pop("seeds", "")) if seed]
    sites = [name for name in arguments.pop("site", "").replace(",", " ").split() if name]
    folder = Path(arguments.pop("archive", None) or os.environ.get("NANHAI_ARCHIVE") or "archive")
    limit = arguments.pop("limit", None)
    if limit is not None and not (limit.isascii() and limit.isdigit() and int(limit)):
        raise UsageError(f"limit={limit}: not a number of visits; write it like limit=100")
    order = CrawlOrder(
        seeds=seeds,
        sites=sites,
        limit=int(limit) if limit else None,
        contact=os.environ.get("NANHAI_CONTACT"),
    )
    return CrawlSession(make_plan(folder, order))


def asked_conditionally(request: Request) -> bool:
    """Whether a 304 is an answer to the request: some servers give it to anyone."""
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


def _visit(
    request: Request,
    outcome: Outcome,
    reason: str = "",
    *,
    reading: PageReading | None = None,
    links: tuple[Link, ...] = (),
    moved_to: str | None = None,
) -> Visit:
    not_before = request.meta.get("not_before")
    return Visit(
        entry=request.meta["entry"],
        outcome=outcome,
        capture=request.meta.get("capture"),
        reading=reading,
        links=links,
        reason=reason,
        moved_to=moved_to,
        not_before=None if not_before is None else stamp(not_before),
    )
