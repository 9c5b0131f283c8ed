"""Trying again: few times, after growing pauses; what a server asks for in Retry-After is waited out, or kept to later."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response

from nanhai_crawler.crawl.breaker import Breaker
from nanhai_crawler.crawl.failure import in_words
from nanhai_crawler.crawl.pace import NotAsked, Pace
from nanhai_crawler.store.clock import utc_now

#: Tried three times in all: of a server that fails 30 % of its answers, 3 % of the URLs are left to the next run.
_MOST_TRIES = 3
#: Longer than this a run does not stand still for one answer; the URL waits for a later run instead.
LONGEST_WAIT_S = 120.0
#: RFC 9110, 15.5 and 15.6, RFC 6585: what may be otherwise in a moment; 522 and 524 are a proxy's time-outs.
_PASSING = frozenset((408, 429, 500, 502, 503, 504, 522, 524))
#: What a wall or a ban says besides (FAULTS F18): once more at once would be answered the same.
_REFUSALS = frozenset((401, 403, 412, 521))
#: RFC 9110, 10.2.3; RFC 6585, 4.
_WITH_RETRY_AFTER = frozenset((429, 503))
_BROKEN = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    ResponseDataLossError,
)


class Retries:
    """Downloader middleware; it tells the breaker what came, and sends requests back that are to be made again."""

    def __init__(self, crawler: Crawler, breaker: Breaker) -> None:
        self._breaker = breaker
        self._pace = Pace(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Retries":
        """The middleware of this crawl."""
        return cls(crawler, crawler.spider.session.breaker)  # type: ignore[union-attr]

    def process_request(self, request: Request) -> None:
        """Raise NotAsked for a host that is to be left alone."""
        if self._breaker.is_open(request.url):
            raise NotAsked

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """The response, or the request when it is to be made again; its pause is over then."""
        status = response.status
        if status < 400 or (status not in _PASSING and status not in _REFUSALS):
            return response
        wait_s = retry_after_s(response) if status in _WITH_RETRY_AFTER else None
        if wait_s is not None:
            return await self._after(request, response, wait_s) or response
        again = await self._trouble(request, f"status {status}", passing=status in _PASSING)
        return again or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The request when it is to be made again; null lets the exception be the end of it."""
        if isinstance(exception, DownloadTimeoutError):
            # It has had its time: another of the same would stop all else once more.
            return await self._trouble(request, in_words(exception), passing=False)
        if isinstance(exception, _BROKEN):
            return await self._trouble(request, in_words(exception), passing=True)
        return None

    async def _after(self, request: Request, response: Response, wait_s: float) -> Request | None:
        """What the server asked for is waited out when that is short; else the URL is due then, not before."""
        status = f"status {response.status}"
        if wait_s > LONGEST_WAIT_S:
            moment = utc_now() + timedelta(seconds=wait_s)
            request.meta["not_before"] = moment
            if response.status == 429:
                self._breaker.open(
                    request.url, f"{status}: asks to be left alone until {moment:%F %H:%M:%S} UTC"
                )
                self._pace.drop(self._breaker.is_open)
            else:
                self._slow_down(request, status)
            return None
        wait_s = max(wait_s, self._pace.pause_s)
        self._pace.hold(request, wait_s)
        if _tries(request) >= _MOST_TRIES:
            self._slow_down(request, status)
            return None
        await self._pace.rest(wait_s)
        return _again(request)

    async def _trouble(self, request: Request, reason: str, *, passing: bool) -> Request | None:
        tries = _tries(request)
        if tries == 1:
            self._slow_down(request, reason)
        if not passing or tries >= _MOST_TRIES or not self._breaker.is_calm(request.url):
            return None
        await self._pace.rest(self._pace.pause_s * 2 ** (tries - 1) * random.uniform(0.75, 1.5))  # noqa: S311
        return _again(request)

    def _slow_down(self, request: Request, reason: str) -> None:
        give_rest(request, reason, self._breaker, self._pace)


def give_rest(request: Request, reason: str, breaker: Breaker, pace: Pace) -> None:
    """The breaker knows of a bad answer, and the host has the rest that it then gets."""
    pause_s = breaker.bad(request.url, reason) * pace.pause_s
    pace.hold(request, pause_s * random.uniform(1, 1.25))  # noqa: S311  no secret: so that two crawls do not keep step
    if breaker.is_open(request.url):
        pace.drop(breaker.is_open)


def retry_after_s(response: Response) -> float | None:
    """The seconds that Retry-After asks for, given as such or as a date (RFC 9110, 10.2.3); null for none or nonsense."""
    written = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if written.isascii() and written.isdigit():
        return float(written[:9])
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return None
    at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (at - _now_of(response)).total_seconds())


def _now_of(response: Response) -> datetime:
    """What time it is at the server, by its own Date: its clock may be off by hours."""
    try:
        moment = parsedate_to_datetime((response.headers.get("Date") or b"").decode("latin-1"))
    except ValueError:
        return utc_now()
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _tries(request: Request) -> int:
    tries: int = request.meta.get("tries", 1)
    return tries


def _again(request: Request) -> Request:
    return request.replace(meta={**request.meta, "tries": _tries(request) + 1})
