"""A first look at a site: one page, and a few articles and lists that it leads to, asked for as any crawl would."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from nanhai_crawler.crawl.order import CrawlOrder
from nanhai_crawler.crawl.plan import Plan, make_plan
from nanhai_crawler.crawl.run import run_session
from nanhai_crawler.crawl.scope import Scope
from nanhai_crawler.crawl.session import CrawlSession
from nanhai_crawler.crawl.summary import CrawlSummary
from nanhai_crawler.items import Link, PageReading, Via
from nanhai_crawler.pages.coding import without_codings
from nanhai_crawler.pages.document import parse
from nanhai_crawler.pages.head_labels import HeadLabels, find_head_labels
from nanhai_crawler.pages.media_type import declared_charset
from nanhai_crawler.pages.tags import Tags, read_tags
from nanhai_crawler.urls.identity import entry_time
from nanhai_crawler.visits import Capture, Exchange, Visit

#: What a person looks at too before describing a site; with the first page's redirects it stays below the limit.
_WANTED = {"home": 1, "article": 2, "list": 2}
_LIMIT = 8
#: How content systems address an article: a long number, a word for it, a number by name.
_ARTICLE = re.compile(
    r"\d{5,}|(?:article|content|detail|show|view|info)\w*[-_./]?\d|[?&]\w*id=\d", re.IGNORECASE
)
_LIST = re.compile(r"(?:list|index|column|channel|categor|default|more|node)[^/]*$", re.IGNORECASE)
_NO_LIST = re.compile(r"search|login|regist|rss|print|english|wza|\.(?:xml|apk|exe)$|download", re.IGNORECASE)
_FOLLOWED = frozenset((Via.LINK, Via.BREADCRUMB))


@dataclass(frozen=True, kw_only=True, slots=True)
class SurveyedPage:
    """A page as the reader has it, with its tags and the labels in its head."""

    reading: PageReading
    tags: Tags
    labels: HeadLabels


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """What was seen: the page asked for first, then those it led to; ``summary`` says how the asking ended."""

    pages: tuple[SurveyedPage, ...]
    sitemaps: tuple[str, ...]
    summary: CrawlSummary


def survey(archive: Path, url: str, *, delay_s: float | None, contact: str | None) -> Survey:
    """What the site at ``url`` shows; nothing of it is kept. Once a process; raises as a crawl does.

    ``archive`` (which need not be there) has the settings and sites to go by.
    """
    plan = make_plan(archive, CrawlOrder(seeds=[url], delay_s=delay_s, contact=contact, limit=_LIMIT))
    with TemporaryDirectory(prefix="nanhai-survey-") as folder:
        session = _SurveySession(replace(plan, folder=Path(folder) / "archive"))
        summary = run_session(session)
    return Survey(pages=tuple(session.pages), sitemaps=tuple(session.sitemaps), summary=summary)


class _SurveyScope(Scope):
    """Of all links to the host only a few of each kind; a redirect is always followed."""

    def __init__(self, seeds: Iterable[str]) -> None:
        seeds = tuple(seeds)
        super().__init__(seeds)
        self._left = dict(_WANTED)
        self._chosen = {_place(seed) for seed in seeds}

    def within(self, links: Iterable[Link]) -> tuple[Link, ...]:
        return tuple(
            [link for link in super().within(links) if link.via is Via.REDIRECT or self._chooses(link)]
        )

    def _chooses(self, link: Link) -> bool:
        place, kind = _place(link.url), _kind(link)
        if link.via not in _FOLLOWED or place in self._chosen or not self._left.get(kind):
            return False
        self._chosen.add(place)
        self._left[kind] -= 1
        return True


class _SurveySession(CrawlSession):
    """A crawl into an archive that nobody keeps, of which the pages are looked at once more."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.scope = _SurveyScope(self.seeds)
        self.pages: list[SurveyedPage] = []
        self.sitemaps: list[str] = []
        self._exchanges: dict[int, Exchange] = {}

    def capture(self, exchange: Exchange) -> Capture:
        capture = super().capture(exchange)
        self._exchanges[capture.id] = exchange
        return capture

    def add_sitemaps(self, urls: Iterable[str], robots_url: str) -> None:  # noqa: ARG002  as in a crawl
        """Named in what is told; a survey needs none of them."""
        self.sitemaps.extend(urls)

    def finish(self, visit: Visit) -> None:
        if visit.reading is not None and visit.capture is not None:
            self.pages.append(_looked_at(visit.reading, self._exchanges[visit.capture.id]))
        super().finish(visit)


def _looked_at(reading: PageReading, exchange: Exchange) -> SurveyedPage:
    payload = without_codings(exchange.payload, _header(exchange, "content-encoding"))
    charset = declared_charset(_header(exchange, "content-type"))
    root = parse(reading.url, payload, header_charset=charset).root
    title = reading.article.title if reading.article else ""
    labels = find_head_labels(root, title=title)
    return SurveyedPage(reading=reading, tags=read_tags(root), labels=labels)


def _header(exchange: Exchange, name: str) -> str:
    return next((value for known, value in exchange.response_headers if known.lower() == name), "")


def _place(url: str) -> str:
    """The URL without its scheme: http and https twins are one."""
    return url.partition("://")[2]


def _kind(link: Link) -> str:
    """What the link seems to lead to: home, an article, a list; empty for what tells nothing of a site."""
    parts = urlsplit(link.url)
    if parts.path in {"", "/"} and not parts.query:
        return "home"
    if entry_time(link.url) is not None:
        return "article"
    if _NO_LIST.search(link.url):
        return ""
    if _LIST.search(parts.path.rstrip("/")):
        return "list"
    return "article" if _ARTICLE.search(f"{parts.path}?{parts.query}") else "list"
