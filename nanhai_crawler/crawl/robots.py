"""robots.txt as RFC 9309 has it: 4xx means all is allowed, 5xx or no answer means nothing is, for this run.

Scrapy's own middleware allows everything on 503, and asks through redirects that this crawl does not follow.
"""

import logging
from asyncio import Future, get_running_loop
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from nanhai_crawler.urls.canonical import canonicalize

logger = logging.getLogger(__name__)

#: RFC 9309 §2.3.1.2: at least five redirects; §2.5: at least 500 KiB are read.
_MOST_HOPS = 5
_LONGEST_BYTES = 500 * 1024


class RobotsForbidden(IgnoreRequest):
    """robots.txt forbids the URL."""


class RobotsUnreachable(IgnoreRequest):
    """robots.txt could not be had, so nothing of the host may be asked for."""


class _Rules(Protocol):
    def check(self, url: str, /) -> None:
        """Raise where the URL may not be asked for."""


class _Unreachable:
    def __init__(self, reason: str) -> None:
        self._reason = reason

    def check(self, _url: str, /) -> None:
        raise RobotsUnreachable(self._reason)


class _Parsed:
    def __init__(self, parsed: Protego, user_agent: str) -> None:
        self._parsed = parsed
        self._user_agent = user_agent

    def check(self, url: str, /) -> None:
        if not self._parsed.can_fetch(url, self._user_agent):
            raise RobotsForbidden("robots.txt forbids it")


class RobotsMiddleware:
    """Asks each host for its robots.txt once a run, and keeps to it."""

    def __init__(self, crawler: Crawler, on_sitemaps: Callable[[list[str], str], None]) -> None:
        self._crawler = crawler
        self._on_sitemaps = on_sitemaps
        self._user_agent = crawler.settings["USER_AGENT"].partition("/")[0]
        self._hosts: dict[str, Future[_Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """The middleware of this crawl; sitemaps that robots.txt names go to its session."""
        return cls(crawler, crawler.spider.session.add_sitemaps)  # type: ignore[union-attr]

    async def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest where robots.txt, or its want, forbids the request."""
        if request.meta.get("for_robots"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._hosts:
            self._hosts[origin] = get_running_loop().create_future()
            self._hosts[origin].set_result(await self._fetch(f"{origin}/robots.txt"))
        (await self._hosts[origin]).check(request.url)

    async def _fetch(self, url: str) -> _Rules:
        for _ in range(_MOST_HOPS + 1):
            request = Request(url, callback=NO_CALLBACK, meta={"for_robots": True})
            try:
                response = await self._crawler.engine.download_async(request)
            except Exception as error:  # noqa: BLE001  whatever the download died of, there is no robots.txt
                logger.warning("No robots.txt from %s: %s", url, error)
                return _Unreachable(f"robots.txt could not be had: {type(error).__name__}")
            target = _redirect_target(response)
            if target is None:
                return self._rules(response)
            url = target
        return _Parsed(Protego.parse(""), self._user_agent)

    def _rules(self, response: Response) -> _Rules:
        if response.status >= 500 or response.status == 429:
            logger.warning("%s answers %d: nothing of the host is fetched", response.url, response.status)
            return _Unreachable(f"robots.txt answers {response.status}")
        text = _text(response.body) if 200 <= response.status < 300 else ""
        parsed = Protego.parse(text)
        self._on_sitemaps(list(parsed.sitemaps), response.url)
        return _Parsed(parsed, self._user_agent)


def _redirect_target(response: Response) -> str | None:
    location = response.headers.get("Location")
    if not 300 <= response.status < 400 or location is None:
        return None
    return canonicalize(location.decode("latin-1"), response.url)


def _text(body: bytes) -> str:
    """RFC 9309 says UTF-8; sites of this kind also write GBK."""
    body = body[:_LONGEST_BYTES]
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")
