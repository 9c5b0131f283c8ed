"""A hit: one article that a search found, with the piece of its text that shows why."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from nanhai_crawler.text.query import Pattern, Query
from nanhai_crawler.text.snippet import cut_snippet, find_matches

#: The keys that a hit has as JSON, in order (DESIGN: command line).
HIT_KEYS = ("id", "url", "title", "published", "column_path", "source", "snippet", "score")

# A page of hits.
_BATCH = 20
_FOUND = """
SELECT articles.id, articles.url, columns.path, revisions.number, revisions.title, revisions.published,
       revisions.source, revisions.body, search_rows.plain
FROM json_each(?) AS wanted
CROSS JOIN revisions ON revisions.id = wanted.value
CROSS JOIN articles ON articles.id = revisions.article_id
LEFT JOIN columns ON columns.id = articles.column_id
LEFT JOIN search_rows ON search_rows.revision_id = revisions.id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One article found; ``title_matches`` and ``snippet_matches`` are spans that show what was sought.

    ``score`` is null where hits are in the order of time. ``revision`` is the number of the text that was found.
    """

    id: str
    url: str
    title: str
    published: str | None
    column_path: tuple[str, ...]
    source: str | None
    snippet: str
    score: float | None
    revision: int
    title_matches: tuple[tuple[int, int], ...] = ()
    snippet_matches: tuple[tuple[int, int], ...] = ()

    def as_json(self) -> dict[str, object]:
        """What scripts are given: ``HIT_KEYS`` in order."""
        return {key: getattr(self, key) for key in HIT_KEYS}


def make_hits(
    connection: Connection, query: Query, found: Iterable[tuple[int, float | None]]
) -> Iterator[Hit]:
    """A hit for each revision with its score, in their order."""
    waiting = iter(found)
    sought, chinese = query.sought, query.is_chinese
    while batch := list(islice(waiting, _BATCH)):
        wanted = json.dumps([number for number, _ in batch])
        for row, (_, score) in zip(connection.exec_driver_sql(_FOUND, (wanted,)).all(), batch, strict=True):
            yield _make_hit(row, sought, score, as_is=chinese and bool(row.plain))


def _make_hit(row: Any, sought: Sequence[Pattern], score: float | None, *, as_is: bool) -> Hit:
    snippet = cut_snippet(row.body, sought, as_is=as_is)
    return Hit(
        id=row.id,
        url=row.url,
        title=row.title,
        published=row.published,
        column_path=tuple(row.path.split(" > ")) if row.path else (),
        source=row.source,
        snippet=snippet.text,
        score=None if score is None else round(score, 4),
        revision=row.number,
        title_matches=find_matches(row.title, sought, as_is=as_is),
        snippet_matches=snippet.matches,
    )
