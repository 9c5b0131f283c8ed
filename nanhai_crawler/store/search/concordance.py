"""The concordance of a query: each place where an article shows what was sought, article after article."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.models import ArticleRow, RevisionRow
from nanhai_crawler.store.search.finding import find_by_time
from nanhai_crawler.store.search.revision_texts import growing_batches
from nanhai_crawler.text.concordance import contexts_in
from nanhai_crawler.text.query import parse_query


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcordanceLine:
    """One match: in which article and field (``title`` or ``body``), and what stands around it there."""

    id: str
    url: str
    revision: int
    published: str | None
    title: str
    field: str
    left: str
    match: str
    right: str

    def as_json(self) -> dict[str, object]:
        """What scripts are given, in order."""
        return asdict(self)


def read_concordance(
    connection: Connection, query: str, filters: Filters, *, width: int = 20, newest_first: bool = True
) -> Iterator[ConcordanceLine]:
    """All matches of all articles that hold the query, by the articles' times and in the order of their texts.

    ``width`` is in characters, on either side. Terms that are excluded are in no line; a query without terms
    has none.
    """
    patterns = parse_query(query).sought
    statement = (
        select(RevisionRow.id, RevisionRow.number, RevisionRow.published, RevisionRow.title, RevisionRow.body)
        .add_columns(ArticleRow.id.label("article_id"), ArticleRow.url)
        .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
    )
    for batch in growing_batches(find_by_time(connection, query, filters, newest_first=newest_first)):
        rows = {row.id: row for row in connection.execute(statement.where(RevisionRow.id.in_(batch)))}
        for row in map(rows.__getitem__, batch):
            for field, text in (("title", row.title), ("body", row.body)):
                for context in contexts_in(text, patterns, width):
                    yield ConcordanceLine(
                        id=row.article_id,
                        url=row.url,
                        revision=row.number,
                        published=row.published,
                        title=row.title,
                        field=field,
                        left=context.left,
                        match=context.match,
                        right=context.right,
                    )
