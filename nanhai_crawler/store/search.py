"""Search: which articles hold what a query asks, best first, newest first or oldest first.

The answer is a plain scan's: every article whose newest revision (or, asked so, every revision that) holds the query
(``text.query``). The index names candidates; their texts are looked up only where the index cannot be sure, and only as
far as hits are asked for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from operator import itemgetter

from sqlalchemy import Connection, TextualSelect, bindparam, text

from nanhai_crawler.store.candidate_rows import CandidateRows
from nanhai_crawler.store.candidates import make_plan
from nanhai_crawler.store.chosen_terms import ChosenTerms
from nanhai_crawler.store.conditions import filtered
from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.hit import Hit, make_hits
from nanhai_crawler.store.models import ArticleRow, RevisionRow, SearchRow
from nanhai_crawler.store.ranking import make_ranking
from nanhai_crawler.store.revision_texts import read_texts
from nanhai_crawler.store.time_limit import answered
from nanhai_crawler.text.query import Query, parse_query

# So many hits at a time are put in the order of BM25: three pages, whose texts are read in 6 ms.
_RANKED = 60
_MATCHING = text(
    "SELECT revision_id FROM search_index CROSS JOIN search_rows ON search_rows.id = search_index.rowid"
    " WHERE search_index MATCH :match"
)


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
    (``store.ranking``).
    """
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
    plan = make_plan(parse_query(query) if isinstance(query, str) else query, ChosenTerms(connection))
    statement, revision = filtered(connection, filters)
    order = (ArticleRow.id, RevisionRow.number) if filters.all_revisions else (ArticleRow.id,)
    statement = statement.add_columns(revision).order_by(*order)
    if plan.match is not None:
        statement = statement.where(revision.in_(_matching(plan.match)))
    if plan.barred is not None:
        statement = statement.where(revision.not_in(_matching(plan.barred)))
    return _settled(connection, plan.unsettled, connection.execute(statement).scalars().all())


def find_by_time(
    connection: Connection, query: str | Query, filters: Filters, *, newest_first: bool = True
) -> Iterator[int]:
    """The revisions that hold the query, by shown time; those without one come last."""
    plan = make_plan(parse_query(query) if isinstance(query, str) else query, ChosenTerms(connection))
    rows = CandidateRows(connection, plan, filters)
    return _settled(connection, plan.unsettled, rows.by_day(newest_first=newest_first))


def _matching(expression: str) -> TextualSelect:
    """The revisions that the index finds, for use in a statement that may ask it twice."""
    return _MATCHING.bindparams(bindparam("match", expression, unique=True)).columns(SearchRow.revision_id)


def _settled(connection: Connection, unsettled: Query, candidates: Iterable[int]) -> Iterator[int]:
    """The candidates that hold what the index left unsettled."""
    if not unsettled.clauses:
        yield from candidates
        return
    for found in read_texts(connection, candidates):
        if unsettled.holds(found.whole):
            yield found.revision_id


def _by_relevance(connection: Connection, query: Query, filters: Filters) -> Iterator[tuple[int, float]]:
    """The revisions that hold the query, each with its score."""
    choose = ChosenTerms(connection)
    plan, ranking = make_plan(query, choose), make_ranking(connection, query, choose)
    rows = CandidateRows(connection, plan, filters)
    candidates = _once(chain.from_iterable(map(rows.with_levels, ranking.expressions(choose))))
    if not ranking.weights:
        yield from ((number, 0.0) for number in _settled(connection, plan.unsettled, candidates))
        return
    scored = (
        (found.revision_id, ranking.score(found.title, found.body))
        for found in read_texts(connection, candidates)
        if plan.unsettled.holds(found.whole)
    )
    while some := list(islice(scored, _RANKED)):
        yield from sorted(some, key=itemgetter(1), reverse=True)


def _once(revision_ids: Iterable[int]) -> Iterator[int]:
    """The ids without those that came before."""
    seen: set[int] = set()
    for number in revision_ids:
        if number not in seen:
            seen.add(number)
            yield number
