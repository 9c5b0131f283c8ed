"""Search: which articles hold what a query asks, best first, newest first or oldest first.

The answer is a plain scan's: every article whose newest revision holds the query (``text.query``). The index
names candidates; their texts are looked up only where the index cannot be sure, and only as far as hits are
asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, TextualSelect, bindparam, select, text

from nanhai_crawler.store.candidates import Plan, make_plan
from nanhai_crawler.store.filters import Filters, conditions
from nanhai_crawler.store.hit import Hit, make_hits
from nanhai_crawler.store.models import ArticleRow, RevisionRow
from nanhai_crawler.store.ranking import Ranking, make_ranking
from nanhai_crawler.text.folding import fold_for_search
from nanhai_crawler.text.query import Query, parse_query

# Texts are looked up so many at a time: more than a page of hits, few enough to stop soon.
_BATCH = 50
# Ranked are the newest so many hits, and of the newest so many candidates those that show the query in the
# title: to look up a text takes 0.1 ms. The others follow, newest first.
_RANKED, _RANKED_BY_TITLE = 200, 5000

_MATCHING = text("SELECT rowid FROM search_index WHERE search_index MATCH :match")


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


class _Text(NamedTuple):
    revision_id: int
    title: str
    body: str


def search(
    connection: Connection,
    query: str,
    filters: Filters,
    *,
    sort: Sort = Sort.RELEVANCE,
    page: Page = ALL,
) -> Iterator[Hit]:
    """The hits in order, made as they are asked for."""
    asked = parse_query(query)
    plan = make_plan(asked)
    ranking = make_ranking(connection, asked)
    order = _date_order(oldest_first=sort is Sort.OLDEST)
    candidates = _candidates(connection, plan, filters, order)
    found = _settled(connection, plan.unsettled, candidates)
    if sort is Sort.RELEVANCE:
        found = _ranked(connection, plan, ranking, candidates)
    wanted = islice(found, page.offset, page.end)
    while batch := list(islice(wanted, _BATCH)):
        yield from make_hits(connection, asked, ranking, batch)


def find_revisions(connection: Connection, query: str, filters: Filters) -> Iterator[int]:
    """The newest revisions of all articles that hold the query, in the order of the articles' ids."""
    plan = make_plan(parse_query(query))
    candidates = _candidates(connection, plan, filters, [ArticleRow.id.asc()])
    return _settled(connection, plan.unsettled, candidates)


def _date_order(*, oldest_first: bool) -> list[ColumnElement[Any]]:
    shown = RevisionRow.published
    return [(shown.asc() if oldest_first else shown.desc()).nulls_last(), ArticleRow.id.asc()]


def _candidates(
    connection: Connection, plan: Plan, filters: Filters, order: Sequence[ColumnElement[Any]]
) -> Sequence[int]:
    statement = select(RevisionRow.id).join(ArticleRow, ArticleRow.revision_id == RevisionRow.id)
    statement = statement.where(*conditions(connection, filters)).order_by(*order)
    if plan.match is not None:
        statement = statement.where(RevisionRow.id.in_(_matching(plan.match)))
    if plan.barred is not None:
        statement = statement.where(RevisionRow.id.not_in(_matching(plan.barred)))
    return connection.execute(statement).scalars().all()


def _matching(expression: str) -> TextualSelect:
    """The revisions that the index finds, for use in a statement that may ask it twice."""
    return _MATCHING.bindparams(bindparam("match", expression, unique=True)).columns(RevisionRow.id)


def _texts(connection: Connection, revision_ids: Sequence[int]) -> Iterator[_Text]:
    """The folded texts of the revisions, in the order of the ids."""
    statement = select(RevisionRow.id, RevisionRow.title, RevisionRow.body)
    for batch in _batches(revision_ids):
        rows = {row.id: row for row in connection.execute(statement.where(RevisionRow.id.in_(batch)))}
        for revision_id in batch:
            row = rows[revision_id]
            yield _Text(revision_id, fold_for_search(row.title), fold_for_search(row.body))


def _settled(connection: Connection, unsettled: Query, candidates: Sequence[int]) -> Iterator[int]:
    """The candidates that hold what the index left unsettled."""
    if not unsettled.clauses:
        yield from candidates
        return
    for found in _texts(connection, candidates):
        if unsettled.holds(f"{found.title}\n{found.body}"):
            yield found.revision_id


def _ranked(connection: Connection, plan: Plan, ranking: Ranking, candidates: Sequence[int]) -> Iterator[int]:
    """The best first, of those that are ranked; then the others."""
    if not ranking.weights:
        yield from _settled(connection, plan.unsettled, candidates)
        return
    chosen = [*candidates[:_RANKED], *_with_title(connection, ranking, candidates[_RANKED:_RANKED_BY_TITLE])]
    scored = [
        (-ranking.score(found.title, found.body), place, found.revision_id)
        for place, found in enumerate(_texts(connection, chosen))
        if plan.unsettled.holds(f"{found.title}\n{found.body}")
    ]
    yield from (revision_id for _, _, revision_id in sorted(scored))
    seen = set(chosen)
    rest = [revision_id for revision_id in candidates[_RANKED:] if revision_id not in seen]
    yield from _settled(connection, plan.unsettled, rest)


def _with_title(connection: Connection, ranking: Ranking, candidates: Sequence[int]) -> list[int]:
    """The first of the candidates whose titles show something sought, as many as are ranked by text."""
    shown: list[int] = []
    statement = select(RevisionRow.id, RevisionRow.title)
    for batch in _batches(candidates, size=_RANKED):
        rows = dict(connection.execute(statement.where(RevisionRow.id.in_(batch))).all())
        titles = ((revision_id, fold_for_search(rows[revision_id])) for revision_id in batch)
        shown += [number for number, title in titles if any(item.occurs(title) for item in ranking.weights)]
        if len(shown) >= _RANKED:
            break
    return shown[:_RANKED]


def _batches(revision_ids: Sequence[int], size: int = _BATCH) -> Iterator[Sequence[int]]:
    for start in range(0, len(revision_ids), size):
        yield revision_ids[start : start + size]
