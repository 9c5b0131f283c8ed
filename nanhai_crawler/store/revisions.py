"""Revisions: one text of an article, in all the tables that hold a part of it, and in the search index."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Insert, insert

from nanhai_crawler.items import Article, Credit
from nanhai_crawler.pages.edition import reader_edition
from nanhai_crawler.store.blocks import dump_blocks
from nanhai_crawler.store.ids import next_id
from nanhai_crawler.store.models import AttachmentRow, CreditRow, ImageRow, RevisionRow, SectionRow
from nanhai_crawler.store.search.index import SearchIndex
from nanhai_crawler.visits import Capture

Rows = list[dict[str, Any]]
PHOTOGRAPHY = "摄影"
PART_TABLES: tuple[Any, ...] = (SectionRow, CreditRow, ImageRow, AttachmentRow)


@dataclass(frozen=True, kw_only=True, slots=True)
class RevisionKey:
    """Which text of which article: its number counts from 1."""

    article_id: str
    number: int
    text_digest: str


class Revisions:
    """New revisions, numbered upwards; their rows wait for :meth:`flush`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next_id = next_id(connection, RevisionRow.id)
        # In the order of their foreign keys.
        self._rows: dict[Insert, Rows] = {insert(table): [] for table in (RevisionRow, *PART_TABLES)}
        self._index = SearchIndex(connection)

    def add(self, article: Article, body: str, capture: Capture, key: RevisionKey) -> int:
        """The row number of a new revision that says what ``article`` says, read from ``capture``."""
        revision_id = self._next_id
        row = {
            "id": revision_id, "article_id": key.article_id, "number": key.number, "capture_id": capture.id,
            "run_id": capture.run_id, **reading_row(article, body, key.text_digest),
        }  # fmt: skip
        rows = ([row], *part_rows(article, revision_id))
        for waiting, new in zip(self._rows.values(), rows, strict=True):
            waiting.extend(new)
        self._index.add(revision_id, article.published, article.title, body)
        self._next_id += 1
        return revision_id

    def flush(self) -> None:
        """All rows are in the open transaction, and searchable with it."""
        for statement, rows in self._rows.items():
            if rows:
                self._connection.execute(statement, rows)
                rows.clear()
        self._index.flush()


def reading_row(article: Article, body: str, digest: str) -> dict[str, Any]:
    """What a revision's own row has of ``article``, and who read it."""
    return {
        "text_digest": digest, "title": article.title, "body": body, "published": article.published,
        "source": article.source, "origin": article.origin, "reader": reader_edition(),
        "kicker": article.kicker, "subtitle": article.subtitle,
        "evidence": json.dumps(dict(article.evidence), ensure_ascii=False),
    }  # fmt: skip


def part_rows(article: Article, revision_id: int) -> tuple[Rows, ...]:
    """The rows of each of PART_TABLES."""
    parts = (section_rows(article), credit_rows(article), image_rows(article), attachment_rows(article))
    for rows in parts:
        for position, row in enumerate(rows, 1):
            row.update(revision_id=revision_id, position=position)
    return parts


def section_rows(article: Article) -> Rows:
    """Headings, paragraphs one a line, and blocks where there are more than these."""
    return [
        {
            "heading": part.heading,
            "paragraphs": "\n".join(part.paragraphs),
            "blocks": dump_blocks(part.blocks),
        }
        for part in article.sections
    ]


def credit_rows(article: Article) -> Rows:
    """Credits; ``author`` marks the one by which each of the article's authors is named."""
    authors = {first_credit(article.credits, name) for name in article.authors}
    return [
        {
            "role": credit.role, "name": credit.name, "organization": credit.organization, "raw": credit.raw,
            "author": place in authors,
        }
        for place, credit in enumerate(article.credits)
    ]  # fmt: skip


def first_credit(credits_in_order: tuple[Credit, ...], name: str) -> int | None:
    """Where ``name`` is first credited for words, else for anything; null where it is not at all."""
    places = [place for place, credit in enumerate(credits_in_order) if credit.name == name]
    for_words = (place for place in places if credits_in_order[place].role != PHOTOGRAPHY)
    return next(for_words, places[0] if places else None)


def image_rows(article: Article) -> Rows:
    """Pictures."""
    return [{"url": image.url, "caption": image.caption, "credit": image.credit} for image in article.images]


def attachment_rows(article: Article) -> Rows:
    """Files offered."""
    return [
        {"url": file.url, "name": file.name, "media_type": file.media_type} for file in article.attachments
    ]
