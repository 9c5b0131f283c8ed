"""A whole crawl in this process: what ``nanhai crawl`` runs, and ``scrapy crawl nanhai`` does by itself."""

from collections.abc import Callable
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from nanhai_crawler.crawl import settings as project
from nanhai_crawler.crawl.order import CrawlOrder
from nanhai_crawler.crawl.plan import Plan, make_plan
from nanhai_crawler.crawl.session import CrawlSession
from nanhai_crawler.crawl.spider import NanhaiSpider
from nanhai_crawler.crawl.summary import CrawlSummary
from nanhai_crawler.runs import RunCounts
from nanhai_crawler.sites.declaration import Tls

_LEGACY = {
    "DOWNLOAD_HANDLERS": {
        **project.DOWNLOAD_HANDLERS,
        "https": "nanhai_crawler.crawl.legacy_tls.LegacyTlsHandler",
    },
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0",
}
_UNVERIFIED = {"DOWNLOAD_VERIFY_CERTIFICATES": False}
_TLS: dict[Tls, dict[str, object]] = {
    "verified": {},
    "legacy": {**_LEGACY},
    "unverified": {**_UNVERIFIED},
    "legacy-unverified": {**_LEGACY, **_UNVERIFIED},
}
#: On loopback, or on one's own server: nobody else is disturbed.
_UNPACED = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "CONCURRENT_REQUESTS": 16,
}


def run_crawl(
    folder: Path, order: CrawlOrder, progress: Callable[[RunCounts], None] | None = None
) -> CrawlSummary:
    """How the crawl into the archive in ``folder`` ended; once a process (the reactor cannot start again).

    Raises a NanhaiError when the crawl cannot start.
    """
    return run_session(CrawlSession(make_plan(folder, order), progress=progress))


def run_session(session: CrawlSession) -> CrawlSummary:
    """How the crawl of that session ended."""
    process = AsyncCrawlerProcess(_settings(session.plan))
    process.crawl(NanhaiSpider, session=session)
    process.start()
    return ended(session)


def ended(session: CrawlSession) -> CrawlSummary:
    """How the crawl ended, once the reactor stands still."""
    return session.summary or session.close(interrupted=True)


def _settings(plan: Plan) -> Settings:
    delay_s = plan.delay_s
    settings = Settings()
    settings.setmodule(project, priority="project")
    settings.setdict(_TLS[plan.tls], priority="cmdline")
    if delay_s == 0:
        settings.setdict(_UNPACED, priority="cmdline")
    elif delay_s is not None:
        chosen = {"DOWNLOAD_DELAY": delay_s, "AUTOTHROTTLE_START_DELAY": delay_s}
        settings.setdict(chosen, priority="cmdline")
    return settings
