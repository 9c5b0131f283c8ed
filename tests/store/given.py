"""Archives, pages and answers for the tests of the store."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from nanhai_crawler.items import Article, Credit, Image, Link, PageKind, PageReading, Section, Via
from nanhai_crawler.store.clock import Clock
from nanhai_crawler.store.database import open_engine_reader
from nanhai_crawler.store.records import Change
from nanhai_crawler.store.writer import ArchiveWriter
from nanhai_crawler.visits import Capture, Exchange, FrontierEntry, Outcome, Visit

HOME = "http://127.0.0.1:8080/"


class Ticking:
    """A clock that goes on by a second each time it is asked."""

    def __init__(self, start: str = "2026-11-01T00:00:00+00:00") -> None:
        self.now = datetime.fromisoformat(start).astimezone(UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


#: One for all runs of a test, so that a later run is later.
CLOCK = Ticking()


def article_url(number: int, page: int = 1) -> str:
    key = f"20231101130203{number:09}"
    return f"http://127.0.0.1:8080/cms/html/6486/2023/{key}/{key}_{page}.html"


def article(
    url: str = article_url(1), *, title: str = "大沥激扬生命力", body: Sequence[str] = ("首段。",)
) -> Article:
    return Article(
        url=url,
        site="zuzhibu",
        column_path=("组工党建", "基层党建"),
        title=title,
        published="2023-10-31T13:02:00+08:00",
        entered="2023-11-01T13:02:03.029+08:00",
        source="区委组织部_Admin",
        origin="佛山市新闻传媒中心",
        authors=("李翠贞",),
        credits=(
            Credit(role="摄影", name="李翠贞", organization=None, raw="李翠贞 摄"),
            Credit(role="记者", name="李翠贞", organization="佛山市新闻传媒中心", raw="文/记者 李翠贞"),
        ),
        sections=(
            Section(heading=None, paragraphs=tuple(body)),
            Section(heading="下好“一盘棋”", paragraphs=("次段。",)),
        ),
        images=(Image(url=url + ".jpg", caption="图注", credit="李翠贞 摄"),),
        attachments=(),
        evidence={"title": "h1"},
    )


def exchange(url: str = HOME, payload: bytes = b"<p>hello</p>", **changes: Any) -> Exchange:
    known = Exchange(
        url=url,
        time="2026-11-01T00:00:00.123Z",
        method="GET",
        request_headers=(("User-Agent", "test"), ("Accept", "text/html")),
        status=200,
        protocol="HTTP/1.1",
        response_headers=(("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"')),
        payload=payload,
        ip_address="127.0.0.1",
    )
    return replace(known, **changes)


def reading(page: Article | None, number: int = 1, count: int = 1) -> PageReading:
    return PageReading(
        url=page.url if page else HOME,
        kind=PageKind.ARTICLE if page else PageKind.OTHER,
        kind_evidence="told by the test",
        links=(),
        charset="utf-8",
        charset_evidence="header",
        article=page,
        page_number=number,
        page_count=count,
    )


def links(*urls: str, via: Via = Via.LINK) -> tuple[Link, ...]:
    return tuple(Link(url=url, via=via) for url in urls)


def visit_article(
    writer: ArchiveWriter, page: Article, entry: FrontierEntry | None = None, payload: bytes | None = None
) -> Change | None:
    """The next due URL (or ``entry``) turns out to have ``page``; its bytes are its text."""
    entry = entry or taken(writer)
    told = page.body.encode() if payload is None else payload
    capture = writer.capture(exchange(entry.url, told))
    return writer.finish(Visit(entry=entry, outcome=Outcome.READ, capture=capture, reading=reading(page)))


def taken(writer: ArchiveWriter) -> FrontierEntry:
    entry = writer.frontier.take()
    assert entry is not None
    return entry


def capture_of(writer: ArchiveWriter, url: str, payload: bytes | None = None) -> Capture:
    return writer.capture(
        exchange(url, payload if payload is not None else hashlib.sha256(url.encode()).digest())
    )


@contextmanager
def running(
    folder: Path, *seeds: str, clock: Clock = CLOCK, full: bool = False, accept_losses: bool = False
) -> Iterator[ArchiveWriter]:
    """A whole run, that ends well unless the block does not."""
    with ArchiveWriter.open(folder, clock=clock) as writer:
        writer.begin_run(seeds or (HOME,), full=full, accept_losses=accept_losses)
        yield writer
        writer.settle()
        writer.end_run(outcome="complete", exit_code=0)


def rows(folder: Path, statement: str, **values: object) -> list[tuple[Any, ...]]:
    """What a reader sees."""
    engine = open_engine_reader(folder / "nanhai.sqlite3")
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement), values)]
    finally:
        engine.dispose()
