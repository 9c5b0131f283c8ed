"""The pace at a host: holding back what is queued for it, longer delays, and dropping what is not to be sent."""

import asyncio
from collections.abc import Callable
from time import monotonic
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

#: Where a person allows no delay at all, a host in trouble is still given a rest.
_LEAST_PAUSE_S = 0.25
#: Scrapy's downloader looks at a slot's clock only where the slot has a delay.
_ANY_DELAY_S = 0.001
#: An interrupt is noticed this soon.
_STEP_S = 0.25


class NotAsked(IgnoreRequest):
    """The request was not sent, and nothing is known of its URL: it stays due."""


class Pace:
    """Hands on the queues of Scrapy's downloader, one a host name."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.pause_s = max(crawler.settings.getfloat("DOWNLOAD_DELAY"), _LEAST_PAUSE_S)

    @property
    def stopping(self) -> bool:
        """Whether the crawl is on its way out."""
        return self._crawler.engine is None or not self._crawler.engine.running

    def hold(self, request: Request, seconds: float) -> None:
        """Nothing more is sent to the request's host for so long."""
        slot = self._downloader.slots.get(self._key(request))
        if slot is not None and seconds > 0:
            slot.delay = max(slot.delay, _ANY_DELAY_S)
            slot.lastseen = max(slot.lastseen, monotonic() + seconds - slot.delay)

    def at_least(self, request: Request, delay_s: float) -> None:
        """Requests to the host are so far apart from now on."""
        key = self._key(request)
        delay = max(delay_s, self._crawler.settings.getfloat("DOWNLOAD_DELAY"))
        self._downloader.per_slot_settings[key] = {"delay": delay, "concurrency": 1}
        slot = self._downloader.slots.get(key)
        if slot is not None:
            slot.delay, slot.concurrency = delay, 1

    async def rest(self, seconds: float) -> None:
        """So much time has passed; raises NotAsked when the crawl stops meanwhile."""
        ends = monotonic() + seconds
        while (left := ends - monotonic()) > 0:
            if self.stopping:
                raise NotAsked
            await asyncio.sleep(min(left, _STEP_S))

    def drop(self, unwanted: Callable[[str], bool]) -> None:
        """Requests that wait in a queue and whose URL is unwanted are not sent."""
        for slot in self._downloader.slots.values():
            waiting = [(request, sent) for request, sent in slot.queue if unwanted(request.url)]
            for request, sent in waiting:
                slot.queue.remove((request, sent))
                sent.errback(NotAsked())

    @property
    def _downloader(self):  # type: ignore[no-untyped-def]
        assert self._crawler.engine is not None  # noqa: S101  there is one once a request is made
        return self._crawler.engine.downloader

    def _key(self, request: Request) -> str:
        return request.meta.get("download_slot") or urlsplit(request.url).hostname or ""
