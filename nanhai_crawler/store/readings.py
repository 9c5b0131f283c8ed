"""Readings: what a revision says as one edition of the reader read it, and how a later one takes its place."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update

from nanhai_crawler.items import RECORD_KEYS, Article
from nanhai_crawler.store.article_json import dump_article
from nanhai_crawler.store.blocks import dump_blocks, read_blocks
from nanhai_crawler.store.columns import SEPARATOR, Columns
from nanhai_crawler.store.models import ArticleRow, FormerReading, RevisionRow
from nanhai_crawler.store.record import Record, read_records
from nanhai_crawler.store.revisions import PART_TABLES, credit_rows, part_rows, reading_row
from nanhai_crawler.store.search.index import SearchIndex
from nanhai_crawler.text.digest import text_digest

#: The record's keys that a reading decides; what else a record has follows from them, or is the crawl's to say.
READING_KEYS = (
    *(key for key in RECORD_KEYS if key in Article.__dataclass_fields__ and key != "url"),
    "text_digest",
)
#: Those in the article's own row, which are thus what its newest revision says.
OF_ARTICLE = frozenset(("site", "column_path", "entered"))
_NUMBER_AND_READER = select(RevisionRow.reading, RevisionRow.reader).where(RevisionRow.id == bindparam("key"))
_STANDING = select(
    *(RevisionRow.id, RevisionRow.capture_id, RevisionRow.article_id, RevisionRow.number),
    (ArticleRow.revision_id == RevisionRow.id).label("newest"),
).join(ArticleRow, ArticleRow.id == RevisionRow.article_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingReading:
    """What the archive says of a revision now. ``values`` has the record's keys that a reading decides."""

    revision_id: int
    capture_id: int
    article_id: str
    number: int
    newest: bool
    values: Record

    def changes(self, values: Record) -> list[str]:
        """The keys of which another reading says something else."""
        return [key for key, value in self.values.items() if value != values[key]]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewReading:
    """What a page says as it is read now; ``values`` as the archive would give them back."""

    article: Article
    text_digest: str
    values: Record

    @classmethod
    def of(cls, article: Article) -> "NewReading":
        """The reading that ``article`` is."""
        digest = text_digest(article.title, article.body)
        values: Record = json.loads(dump_article(article))
        del values["url"]
        path = SEPARATOR.join(article.column_path)
        values["column_path"] = path.split(SEPARATOR) if path else []
        for told, section in zip(values["sections"], article.sections, strict=True):
            told["blocks"] = read_blocks(dump_blocks(section.blocks), section.paragraphs)
        values["authors"] = [row["name"] for row in credit_rows(article) if row["author"]]
        values["text_digest"] = digest
        return cls(article=article, text_digest=digest, values=values)


def standing_readings(connection: Connection, capture_ids: Iterable[int]) -> dict[int, list[StandingReading]]:
    """By capture, the readings of the revisions that were read from it."""
    found: dict[int, list[StandingReading]] = defaultdict(list)
    for one in _standing(connection, _STANDING.where(RevisionRow.capture_id.in_(list(capture_ids)))):
        found[one.capture_id].append(one)
    return found


def standing_reading(connection: Connection, revision_id: int) -> StandingReading:
    """That of one revision."""
    return next(_standing(connection, _STANDING.where(RevisionRow.id == revision_id)))


def _standing(
    connection: Connection, statement: Select[int, int, str, int, bool]
) -> Iterator[StandingReading]:
    rows = connection.execute(statement.order_by(RevisionRow.id)).all()
    for row, record in zip(rows, read_records(connection, [row.id for row in rows]), strict=True):
        told = {key: record[key] for key in READING_KEYS if row.newest or key not in OF_ARTICLE}
        yield StandingReading(
            revision_id=row.id,
            capture_id=row.capture_id,
            article_id=row.article_id,
            number=row.number,
            newest=row.newest,
            values=told,
        )


class Readings:
    """Puts new readings in the place of those that stand; everything is written at once, in the open transaction."""

    def __init__(self, connection: Connection, columns: Columns) -> None:
        self._connection = connection
        self._columns = columns
        self._index = SearchIndex(connection)
        self.left_columns: set[int] = set()  # that an article stood in before it was read again

    def replace(
        self,
        standing: StandingReading,
        new: NewReading,
        changed: Sequence[str],
        *,
        replaced: str,
        capture_id: int | None = None,
    ) -> None:
        """The revision says what ``new`` does; what it said of the ``changed`` keys is kept as a former reading.

        ``new`` was read from that capture, null for the one that the revision stands on; ``replaced`` is the time.
        """
        key = standing.revision_id
        number, reader = self._connection.execute(_NUMBER_AND_READER, {"key": key}).one()
        former = {name: standing.values[name] for name in changed}
        row: dict[str, Any] = {
            "revision_id": key, "number": number, "reader": reader, "replaced": replaced,
            "former": json.dumps(former, ensure_ascii=False), "capture_id": standing.capture_id,
        }  # fmt: skip
        self._connection.execute(insert(FormerReading), row)
        read = {"reading": number + 1, "capture_id": capture_id or standing.capture_id}
        self._rewrite(key, new, read)
        if OF_ARTICLE.intersection(changed):
            self._alter_article(standing.article_id, new.article)

    def _rewrite(self, key: int, new: NewReading, read: Mapping[str, int]) -> None:
        article, body = new.article, new.article.body
        found_by = (RevisionRow.published, RevisionRow.title, RevisionRow.body)
        old = self._connection.execute(select(*found_by).where(RevisionRow.id == key)).one()
        found_anew = tuple(old) != (article.published, article.title, body)
        if found_anew:
            self._index.remove([key])
        values = {**reading_row(article, body, new.text_digest), **read}
        self._connection.execute(update(RevisionRow).where(RevisionRow.id == key).values(values))
        for table, rows in zip(PART_TABLES, part_rows(article, key), strict=True):
            self._connection.execute(delete(table).where(table.revision_id == key))
            if rows:
                self._connection.execute(insert(table), rows)
        if found_anew:
            self._index.add(key, article.published, article.title, body)
            self._index.flush()

    def _alter_article(self, article_id: str, article: Article) -> None:
        column = self._columns.id_of(article.site, article.column_path)
        self._columns.flush()
        left = select(ArticleRow.column_id).where(ArticleRow.id == article_id)
        self.left_columns.update(filter(None, self._connection.execute(left).scalars()))
        values = {"site": article.site, "column_id": column, "entered": article.entered}
        self._connection.execute(update(ArticleRow).where(ArticleRow.id == article_id).values(values))
