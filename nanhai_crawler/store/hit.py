"""A hit: one article that a search found, with the piece of its text that shows why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from nanhai_crawler.store.models import ArticleRow, ColumnRow, RevisionRow
from nanhai_crawler.store.ranking import Ranking
from nanhai_crawler.text.folding import fold_for_search
from nanhai_crawler.text.query import Query
from nanhai_crawler.text.snippet import cut_snippet, find_matches

#: The keys that a hit has as JSON, in order (DESIGN: command line).
HIT_KEYS = ("id", "url", "title", "published", "column_path", "source", "snippet", "score")

_FOUND = (
    select(
        *(ArticleRow.revision_id, ArticleRow.id, ArticleRow.url, ColumnRow.path),
        *(RevisionRow.title, RevisionRow.published, RevisionRow.source, RevisionRow.body),
    )
    .join(RevisionRow, ArticleRow.revision_id == RevisionRow.id)
    .outerjoin(ColumnRow, ColumnRow.id == ArticleRow.column_id)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One article found; ``title_matches`` and ``snippet_matches`` are spans that show what was sought."""

    id: str
    url: str
    title: str
    published: str | None
    column_path: tuple[str, ...]
    source: str | None
    snippet: str
    score: float
    title_matches: tuple[tuple[int, int], ...] = ()
    snippet_matches: tuple[tuple[int, int], ...] = ()

    def as_json(self) -> dict[str, object]:
        """What scripts are given: ``HIT_KEYS`` in order."""
        return {key: getattr(self, key) for key in HIT_KEYS}


def make_hits(
    connection: Connection, query: Query, ranking: Ranking, revision_ids: Sequence[int]
) -> Iterator[Hit]:
    """A hit for each of the newest revisions named, in their order."""
    found = connection.execute(_FOUND.where(RevisionRow.id.in_(revision_ids)))
    rows: dict[int, Any] = {row.revision_id: row for row in found}
    for revision_id in revision_ids:
        yield _make_hit(rows[revision_id], query, ranking)


def _make_hit(row: Any, query: Query, ranking: Ranking) -> Hit:
    snippet = cut_snippet(row.body, query.sought)
    return Hit(
        id=row.id,
        url=row.url,
        title=row.title,
        published=row.published,
        column_path=tuple(row.path.split(" > ")) if row.path else (),
        source=row.source,
        snippet=snippet.text,
        score=round(ranking.score(fold_for_search(row.title), fold_for_search(row.body)), 4),
        title_matches=find_matches(row.title, query.sought),
        snippet_matches=snippet.matches,
    )
