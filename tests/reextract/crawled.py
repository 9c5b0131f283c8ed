"""Archives of real pages as crawls leave them: each page captured as bytes, read by a reader of some age, and kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from nanhai_crawler.items import Article, PageKind, PageReading, Via
from nanhai_crawler.pages.coding import without_codings
from nanhai_crawler.pages.media_type import declared_charset
from nanhai_crawler.pages.reading import read_page
from nanhai_crawler.store.captures import header
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.records import Change
from nanhai_crawler.visits import Exchange, Outcome, Visit
from tests.pages.markup import INFO, TITLE, page, paragraphs
from tests.store.given import exchange, running

#: What an older reader makes of what today's reads.
Reader = Callable[[PageReading], PageReading]
_ENDS = {PageKind.WALL: Outcome.WALL, PageKind.MISSING: Outcome.MISSING}


def url_of(number: int, part: int = 1) -> str:
    """The address of an article, or of a later page of it."""
    key = f"20240305091502123{number:06}"
    return f"http://127.0.0.1:8080/cms/html/7001/2024/{key}/{key}_{part}.html"


def article_page(number: int = 1, *texts: str, title: str = TITLE, info: str = INFO) -> bytes:
    """An article's page in UTF-8; with a text of its own unless there are others."""
    told = texts or (
        f"　　第{number}篇：傍晚六点，桥头村的榕树下又坐满了人，村干部搬来小板凳，一起商量修路的事。",
    )
    return page(paragraphs(*told), title=f"<h2>{title}</h2>", info=f"<div>{info}</div>").encode()


def today(reading: PageReading) -> PageReading:
    """The reader of today."""
    return reading


def with_article(change: Callable[[Article], Article]) -> Reader:
    """A reader that reads articles, and of each says what ``change`` makes of it."""

    def read(reading: PageReading) -> PageReading:
        return replace(reading, article=change(reading.article)) if reading.article else reading

    return read


def blind(*urls: str) -> Reader:
    """A reader that sees no article at those addresses."""

    def read(reading: PageReading) -> PageReading:
        if reading.url not in urls:
            return reading
        return replace(reading, article=None, kind=PageKind.LISTING, kind_evidence="mostly links")

    return read


#: A reader that took the line above the title for it, and lost the last paragraph of each section.
OLD = with_article(
    lambda article: replace(
        article,
        title="练习区委组织部",
        sections=tuple(replace(part, paragraphs=part.paragraphs[:-1]) for part in article.sections),
    )
)


def crawl(
    folder: Path, answers: Mapping[str, bytes | Exchange | None], reader: Reader = today
) -> list[Change | None]:
    """One run: each address gives its page, whole answer, or (null) «not modified»; what keeping each changed."""
    with running(folder, *answers) as writer:
        entries = iter(writer.frontier.take, None)
        return [writer.finish(_visit(writer, entry, answers.get(entry.url), reader)) for entry in entries]


def _visit(writer: Any, entry: Any, answer: bytes | Exchange | None, reader: Reader) -> Visit:
    if answer is None:
        capture = writer.capture(exchange(entry.url, b"", status=304, time=stamp_of(writer)))
        return Visit(entry=entry, outcome=Outcome.NOT_MODIFIED, capture=capture)
    if isinstance(answer, bytes):
        answer = exchange(entry.url, answer, time=stamp_of(writer))
    capture = writer.capture(answer)
    body = without_codings(answer.payload, header(answer, "content-encoding") or "")
    charset = declared_charset(header(answer, "content-type") or "")
    captured = datetime.fromisoformat(answer.time)
    reading = reader(read_page(entry.url, body, header_charset=charset, captured=captured))
    links = tuple(link for link in reading.links if link.via is Via.PART)
    outcome = _ENDS.get(reading.kind, Outcome.READ)
    return Visit(entry=entry, outcome=outcome, capture=capture, reading=reading, links=links)


def stamp_of(writer: Any) -> str:
    """The moment by the writer's clock."""
    stamp: str = writer._clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return stamp


def records(folder: Path, but: Iterable[str] = ("warc_file", "warc_offset")) -> dict[str, dict[str, Any]]:
    """What the archive says, by address, without the keys that differ from archive to archive."""
    with ArchiveReader.open(folder) as reader:
        found = [dict(record) for record in reader.records()]
    return {one["url"]: {key: one[key] for key in one if key not in but} for one in found}


def found(folder: Path, query: str) -> list[str]:
    """The addresses of the articles that hold the query."""
    with ArchiveReader.open(folder) as reader:
        return [hit.url for hit in reader.search(query)]
