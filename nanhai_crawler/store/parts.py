"""Parts: the pages of a divided article, kept until those that belong together can be joined."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from nanhai_crawler.items import Article, PageReading, Via
from nanhai_crawler.pages.joining import join_parts
from nanhai_crawler.store.article_json import dump_article, load_article
from nanhai_crawler.store.captures import Captures
from nanhai_crawler.store.known import twin_of
from nanhai_crawler.store.models import CaptureRow, FrontierRow, PartRow
from nanhai_crawler.visits import Capture, Outcome, Visit

INSERT = insert(PartRow)
REPLACED = delete(PartRow).where(
    PartRow.article_url == bindparam("article"), PartRow.page_number == bindparam("page")
)
#: Only pages of one run are joined: page 1 as it is today and page 2 as it was make a text that nobody
#: published.
THIS_RUN = (
    select(PartRow.article_url, PartRow.page_number, PartRow.page_count, PartRow.url)
    .add_columns(PartRow.capture_id, PartRow.links, PartRow.reading)
    .join(CaptureRow, CaptureRow.id == PartRow.capture_id)
    .where(CaptureRow.run_id == bindparam("run"))
    .order_by(PartRow.article_url, PartRow.page_number)
)
ARTICLE_OF = select(PartRow.article_url).where(PartRow.url == bindparam("page"))
OTHERS = select(PartRow.url).where(
    PartRow.article_url.in_(ARTICLE_OF.scalar_subquery()), PartRow.url != bindparam("page")
)
SEEN = update(PartRow).where(PartRow.url == bindparam("page")).values(capture_id=bindparam("capture"))
FINAL = {Outcome.MISSING, Outcome.FORBIDDEN}


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One page of a divided article, as read in this run."""

    article_url: str
    page_number: int
    page_count: int
    url: str
    capture_id: int
    links: str
    reading: str


@dataclass(frozen=True, slots=True)
class Joined:
    """An article made of its pages, and the capture of the first of them."""

    article: Article
    capture: Capture


class Parts:
    """The divided articles met in one run. Few: their rows are written at once, in the open transaction."""

    def __init__(self, connection: Connection, captures: Captures, run_id: int) -> None:
        self._connection = connection
        self._captures = captures
        self._run_id = run_id
        self._urls = set(connection.execute(select(PartRow.url)).scalars())

    def keep(self, reading: PageReading, article: Article, capture: Capture, visit: Visit) -> Joined | None:
        """The page is kept in place of what it was; the joined article when it is the last of its set."""
        others = sorted({link.url for link in visit.links if link.via is Via.PART})
        part = Part(
            article_url=article.url,
            page_number=reading.page_number,
            page_count=reading.page_count,
            url=visit.entry.url,
            capture_id=capture.id,
            links=json.dumps(others, ensure_ascii=False),
            reading=dump_article(article),
        )
        self._captures.flush()
        self._urls.add(part.url)
        replace_part(self._connection, part)
        return self._join_if_whole(self._set_of(part.article_url))

    def has(self, url: str) -> bool:
        """Whether ``url`` is a page of a divided article."""
        return url in self._urls

    def others(self, url: str) -> list[str]:
        """The pages known of the divided article that ``url`` is a page of, without itself; empty for none."""
        if url not in self._urls:
            return []
        return list(self._connection.execute(OTHERS, {"page": url}).scalars())

    def forget(self, url: str) -> None:
        """The article that ``url`` was a page of is no longer divided."""
        pages = [url, *self.others(url)]
        self._connection.execute(delete(PartRow).where(PartRow.url.in_(pages)))
        self._urls.difference_update(pages)

    def seen(self, url: str, capture: Capture) -> Joined | None:
        """The page at ``url`` (one of ours) was seen as it was: the joined article when its set is whole now."""
        article_url = self._connection.execute(ARTICLE_OF, {"page": url}).scalar_one()
        self._captures.flush()
        self._connection.execute(SEEN, {"page": url, "capture": capture.id})
        return self._join_if_whole(self._set_of(article_url))

    def settle(self) -> Iterator[Joined]:
        """The sets of this run that lack only pages which are finally missing, joined without those.

        For the end of a crawl, with the frontier's rows written. Sets with a page that failed for now go on
        waiting.
        """
        rows = self._connection.execute(THIS_RUN, {"run": self._run_id}).all()
        parts = [Part(**row._mapping) for row in rows]
        for article_url in dict.fromkeys(part.article_url for part in parts):
            pages = [part for part in parts if part.article_url == article_url]
            if missing_pages(pages) and not self._still_expected(pages):
                yield self._join(pages)

    def _set_of(self, article_url: str) -> list[Part]:
        statement = THIS_RUN.where(PartRow.article_url == article_url)
        return [Part(**row._mapping) for row in self._connection.execute(statement, {"run": self._run_id})]

    def _join_if_whole(self, pages: Sequence[Part]) -> Joined | None:
        return None if missing_pages(pages) else self._join(pages)

    def _join(self, pages: Sequence[Part]) -> Joined:
        article = join_parts([load_article(part.reading) for part in pages], missing_pages(pages))
        return Joined(article, self._captures.by_id(pages[0].capture_id))

    def _still_expected(self, pages: Sequence[Part]) -> bool:
        """Whether a page that these lead to, and that is not among them, may still come."""
        had = {part.url for part in pages}
        wanted = {url for part in pages for url in json.loads(part.links)} - had
        twins = wanted | {twin_of(url) for url in wanted}
        statement = select(FrontierRow.last_outcome).where(
            FrontierRow.url.in_(twins), FrontierRow.url.not_in(had)
        )
        return any(outcome not in FINAL for outcome in self._connection.execute(statement).scalars())


def part_urls(connection: Connection) -> set[str]:
    """The pages that are known for pages of divided articles."""
    return set(connection.execute(select(PartRow.url)).scalars())


def replace_part(connection: Connection, part: Part) -> None:
    """The page is known as ``part``, and nothing else is known for it."""
    drop_part(connection, part.url)
    connection.execute(REPLACED, {"article": part.article_url, "page": part.page_number})
    connection.execute(INSERT, {name: getattr(part, name) for name in Part.__slots__})


def drop_part(connection: Connection, url: str) -> None:
    """The page at ``url`` is known for a page of no divided article."""
    connection.execute(delete(PartRow).where(PartRow.url == url))


def missing_pages(pages: Sequence[Part]) -> list[int]:
    """The numbers up to the greatest count that any of ``pages`` shows, of pages that are not among them."""
    had = {part.page_number for part in pages}
    return [number for number in range(1, max(part.page_count for part in pages) + 1) if number not in had]
