"""Search: which articles hold what a query asks, best first, newest first or oldest first.

The answer is a plain scan's: every article whose newest revision (or, asked so, every revision that) holds the query
(``text.query``). The index names candidates; their texts are looked up only where the index cannot be sure, and only as
far as hits are asked for.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from operator import itemgetter

from sqlalchemy import Connection, func, select

from nanhai_crawler.store.conditions import filtered
from nanhai_crawler.store.filters import EVERY_REVISION, Filters
from nanhai_crawler.store.models import ArticleRow, RevisionRow
from nanhai_crawler.store.search.candidate_rows import CandidateRows
from nanhai_crawler.store.search.chosen_terms import ChosenTerms
from nanhai_crawler.store.search.driver_rows import widen_cache
from nanhai_crawler.store.search.hit import Hit, make_hits
from nanhai_crawler.store.search.ranking import make_ranking
from nanhai_crawler.store.search.revision_texts import find_texts
from nanhai_crawler.store.search.time_limit import answered
from nanhai_crawler.text.query import Query, parse_query

# So many hits at a time are put in the order of BM25: three pages, whose texts are read in 1 ms.
_RANKED = 60


class Sort(StrEnum):
    """In what order hits come; by shown time those without one come last."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Which of the hits are wanted: ``limit`` of them (null: all) after the first ``offset``."""

    limit: int | None = None
    offset: int = 0

    @property
    def end(self) -> int | None:
        """The number of the first hit beyond the page; null where there is no end."""
        return None if self.limit is None else self.offset + self.limit


#: Every hit.
ALL = Page()


def search(
    connection: Connection,
    query: str,
    filters: Filters,
    *,
    sort: Sort = Sort.RELEVANCE,
    page: Page = ALL,
) -> Iterator[Hit]:
    """The hits in order, made as they are asked for.

    By relevance they come in the order of BM25 within each 60; which 60 come first, the index's levels decide
    (``store.search.ranking``).
    """
    widen_cache(connection)
    asked = parse_query(query)
    if sort is Sort.RELEVANCE:
        found: Iterator[tuple[int, float | None]] = _by_relevance(connection, asked, filters)
    else:
        newest_first = sort is Sort.NEWEST
        in_order = find_by_time(connection, asked, filters, newest_first=newest_first)
        found = ((number, None) for number in in_order)
    for hit in make_hits(connection, asked, islice(found, page.offset, page.end)):
        answered(connection)
        yield hit


def find_revisions(connection: Connection, query: str | Query, filters: Filters) -> Iterator[int]:
    """The revisions that hold the query, in the order of the articles' ids (and of the revisions' numbers)."""
    asked = parse_query(query) if isinstance(query, str) else query
    statement, revision = filtered(connection, filters)
    order = (ArticleRow.id, RevisionRow.number) if filters.all_revisions else (ArticleRow.id,)
    statement = statement.add_columns(revision).order_by(*order)
    unsettled = Query()
    if asked.clauses:
        rows = CandidateRows(connection, asked, EVERY_REVISION, ChosenTerms(connection))
        wanted = func.json_each(json.dumps(list(rows.in_any_order()))).table_valued("value")
        statement, unsettled = statement.where(revision.in_(select(wanted.c.value))), rows.unsettled
    return _settled(connection, unsettled, connection.execute(statement).scalars().all())


def find_by_time(
    connection: Connection, query: str | Query, filters: Filters, *, newest_first: bool = True
) -> Iterator[int]:
    """The revisions that hold the query, by shown time; those without one come last."""
    asked = parse_query(query) if isinstance(query, str) else query
    rows = CandidateRows(connection, asked, filters, ChosenTerms(connection))
    return _settled(connection, rows.unsettled, rows.by_day(newest_first=newest_first))


def _settled(connection: Connection, unsettled: Query, candidates: Iterable[int]) -> Iterator[int]:
    """The candidates that hold what the index left unsettled."""
    if not unsettled.clauses:
        yield from candidates
        return
    yield from (found.revision_id for found in find_texts(connection, candidates, unsettled))


def _by_relevance(connection: Connection, query: Query, filters: Filters) -> Iterator[tuple[int, float]]:
    """The revisions that hold the query, each with its score."""
    choose = ChosenTerms(connection)
    rows, ranking = CandidateRows(connection, query, filters, choose), make_ranking(connection, query, choose)
    by_level = chain.from_iterable(map(rows.with_levels, ranking.expressions(choose)))
    candidates: Iterable[int] = _once(by_level) if rows.few is None else rows.few
    if not ranking.weights:
        yield from ((number, 0.0) for number in _settled(connection, rows.unsettled, candidates))
        return
    texts = find_texts(connection, candidates, query)
    scored = ((found.revision_id, ranking.score(found)) for found in texts)
    while some := list(islice(scored, _RANKED if rows.few is None else None)):
        yield from sorted(some, key=itemgetter(1), reverse=True)


def _once(revision_ids: Iterable[int]) -> Iterator[int]:
    """The ids without those that came before."""
    seen: set[int] = set()
    for number in revision_ids:
        if number not in seen:
            seen.add(number)
            yield number
