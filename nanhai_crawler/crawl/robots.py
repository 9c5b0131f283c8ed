"""robots.txt as RFC 9309 has it: 4xx means all is allowed, 5xx or no answer means nothing is, for this run.

Scrapy's own middleware allows everything on 503, and asks through redirects that this crawl does not follow.
"""

import re
from asyncio import Task, ensure_future
from collections.abc import Callable, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from nanhai_crawler.crawl.addresses import is_public
from nanhai_crawler.crawl.failure import in_words
from nanhai_crawler.crawl.location import redirect_target
from nanhai_crawler.crawl.pace import NotAsked, Pace
from nanhai_crawler.crawl.session import CrawlSession
from nanhai_crawler.store.kept_body import KeptBody

#: RFC 9309 §2.3.1.2: at least five redirects; §2.5: at least 500 KiB are read.
_MOST_HOPS = 5
_LONGEST_BYTES = 500 * 1024
#: Crawl-delay is no part of RFC 9309. One that asks for more is kept to this: a crawl of some hundred pages must end.
_LONGEST_DELAY_S = 120.0
_RAW = re.compile(rb"[\x80-\xff]")


class RobotsForbidden(IgnoreRequest):
    """robots.txt forbids the URL."""


class RobotsUnreachable(IgnoreRequest):
    """robots.txt could not be had, so nothing of the host may be asked for."""


class _Rules(Protocol):
    crawl_delay_s: float

    def check(self, url: str, /) -> None:
        """Raise where the URL may not be asked for."""


class _Unreachable:
    crawl_delay_s = 0.0

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def check(self, _url: str, /) -> None:
        raise RobotsUnreachable(self._reason)


class _Parsed:
    """What every reading of the file allows."""

    def __init__(self, readings: Sequence[Protego], user_agent: str) -> None:
        self._readings = readings
        self._user_agent = user_agent
        asked = (reading.crawl_delay(user_agent) or 0.0 for reading in readings)
        self.crawl_delay_s = min(max(asked, default=0.0), _LONGEST_DELAY_S)
        self.sitemaps = list(dict.fromkeys(url for reading in readings for url in reading.sitemaps))

    def check(self, url: str, /) -> None:
        if not all(reading.can_fetch(url, self._user_agent) for reading in self._readings):
            raise RobotsForbidden("robots.txt forbids it")


class RobotsMiddleware:
    """Asks each host for its robots.txt once a run, and keeps to it."""

    def __init__(
        self,
        crawler: Crawler,
        on_sitemaps: Callable[[list[str], str], None],
        kept: Callable[[str], KeptBody | None],
    ) -> None:
        self._crawler = crawler
        self._on_sitemaps = on_sitemaps
        self._kept = kept
        self._user_agent = crawler.settings["USER_AGENT"].partition("/")[0]
        self._hosts: dict[str, Task[_Rules]] = {}
        self._pace = Pace(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """The middleware of this crawl; sitemaps that robots.txt names go to its session."""
        session: CrawlSession = crawler.spider.session  # type: ignore[union-attr]
        return cls(crawler, session.add_sitemaps, session.kept_body)

    async def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest where robots.txt, or its want, forbids the request."""
        if request.meta.get("for_robots"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._hosts:
            self._hosts[origin] = ensure_future(self._fetch(f"{origin}/robots.txt"))
        rules = await self._hosts[origin]
        rules.check(request.url)
        if rules.crawl_delay_s:
            request.meta["autothrottle_dont_adjust_delay"] = True
            self._pace.at_least(request, rules.crawl_delay_s)

    async def _fetch(self, url: str) -> _Rules:
        for _ in range(_MOST_HOPS + 1):
            kept = self._kept(url)
            request = Request(url, callback=NO_CALLBACK, meta={"for_robots": True}, headers=_conditions(kept))
            try:
                response = await self._crawler.engine.download_async(request)
            except NotAsked:
                raise
            except Exception as error:  # noqa: BLE001  whatever the download died of, there is no robots.txt
                return _Unreachable(f"no robots.txt: {in_words(error)}")
            target = redirect_target(response)
            if target is None:
                return self._rules(response, kept)
            if not await _may_follow(url, target):
                return _Unreachable(f"robots.txt redirects into an inner network: {target}")
            url = target
        return self._parsed(b"")

    def _rules(self, response: Response, kept: KeptBody | None) -> _Rules:
        if response.status >= 500 or response.status == 429:
            return _Unreachable(f"robots.txt answers {response.status}, so nothing of the host is fetched")
        body = response.body if 200 <= response.status < 300 else b""
        if response.status == 304 and kept is not None:
            body = kept.body
        rules = self._parsed(body)
        self._on_sitemaps(rules.sitemaps, response.url)
        return rules

    def _parsed(self, body: bytes) -> _Parsed:
        return _Parsed([Protego.parse(text) for text in _readings(body)], self._user_agent)


def _conditions(kept: KeptBody | None) -> dict[str, str]:
    """The headers that ask for a body only if it is not the kept one."""
    headers = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified} if kept else {}
    return {name: value for name, value in headers.items() if value}


async def _may_follow(url: str, target: str) -> bool:
    """RFC 9309, 2.3.1.2, follows redirects to other hosts; those on inner networks are nobody's robots.txt."""
    host = urlsplit(target).hostname or ""
    return host == urlsplit(url).hostname or await is_public(host)


def _readings(body: bytes) -> list[str]:
    """RFC 9309 says UTF-8. Of other bytes both readings count: GBK text, and octets that stand in a URL as they are."""
    if len(body) > _LONGEST_BYTES:
        body = body[:_LONGEST_BYTES].rpartition(b"\n")[0]
    try:
        return [body.decode("utf-8-sig")]
    except UnicodeDecodeError:
        octets = _RAW.sub(lambda raw: b"%%%02X" % raw[0][0], body).decode("ascii")
        return [body.decode("gb18030", "replace"), octets]
