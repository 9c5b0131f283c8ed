"""Facets: how many articles hold a query, or how often, by what else is known of them; over time, also term by term."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, cast, func, select

from nanhai_crawler.store.conditions import time_column
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.measures import ARTICLES, Counted, Measure
from nanhai_crawler.store.models import ArticleRow, CaptureRow, ColumnRow, CreditRow, RevisionRow
from nanhai_crawler.store.search.finding import find_revisions
from nanhai_crawler.text.query import Query, parse_query

_YEAR, _MONTH = 4, 7  # characters of an ISO 8601 time
# Nothing was on the web for longer: a page with the year 0203 must not make a table of 20,000 months.
_LONGEST_GAP_YEARS = 50


class By(StrEnum):
    """What articles are counted by. An article with several authors counts for each of them."""

    COLUMN = "column"
    SOURCE = "source"
    ORIGIN = "origin"
    AUTHOR = "author"
    STATUS = "status"
    YEAR = "year"
    MONTH = "month"

    @property
    def is_period(self) -> bool:
        """Whether it is a span of time, of which none between two is left out."""
        return self in {By.YEAR, By.MONTH}


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """One value, and how many articles have it: those that hold the query, and all that the filters let through.

    ``value`` is null for the articles of which it is not known. Where occurrences are counted, ``count`` is theirs, and
    ``total`` how many characters all those articles have.
    """

    value: str | None
    count: int
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TermCounts:
    """One value, and how many articles that have it hold each term of a query (``by_term``, in its order), or how often."""

    value: str | None
    by_term: Mapping[str, int]
    total: int


def count_articles(
    connection: Connection, query: str, filters: Filters = EVERYTHING, *, by: By, counted: Counted = ARTICLES
) -> list[Facet]:
    """How many articles hold the query (or what ``counted`` says of them), value by value.

    Years and months stand in order, those without an article between two others too; of other values only those that
    some article has, the most frequent first. The articles of which the value is not known come last.
    """
    counts = _counts(connection, parse_query(query), filters, by, counted.measure)
    totals = _counts(connection, Query(), filters, by, counted.of)
    values = _in_order(counts, by)
    return [Facet(value=value, count=counts.get(value, 0), total=totals.get(value, 0)) for value in values]


def count_terms(
    connection: Connection,
    query: str,
    filters: Filters = EVERYTHING,
    *,
    by: By = By.YEAR,
    counted: Counted = ARTICLES,
) -> list[TermCounts]:
    """How many articles hold each term of the query by itself, or what ``counted`` says of them.

    What the query excludes is excluded for each. In the order of ``count_articles``, by all terms together.
    """
    terms = parse_query(query).alone
    columns = {
        written: _counts(connection, single, filters, by, counted.measure)
        for written, single in terms.items()
    }
    together: dict[str | None, int] = {}
    for counts in columns.values():
        for value, count in counts.items():
            together[value] = together.get(value, 0) + count
    totals = _counts(connection, Query(), filters, by, counted.of)
    return [
        TermCounts(
            value=value,
            by_term={term: counts.get(value, 0) for term, counts in columns.items()},
            total=totals.get(value, 0),
        )
        for value in _in_order(together, by)
    ]


def _counts(
    connection: Connection, query: Query, filters: Filters, by: By, measure: Measure
) -> dict[str | None, int]:
    measured = measure(connection, query, find_revisions(connection, query, filters))
    found = func.json_each(json.dumps(measured)).table_valued("key", "value")
    value = _value(by, filters)
    statement: Select[Any] = (
        select(value, func.sum(found.c.value))
        .select_from(found)
        .join(RevisionRow, RevisionRow.id == cast(found.c.key, Integer))
        .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
        .join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
        .outerjoin(ColumnRow, ColumnRow.id == ArticleRow.column_id)
    )
    if by is By.AUTHOR:
        is_author = and_(CreditRow.revision_id == RevisionRow.id, CreditRow.author)
        statement = statement.outerjoin(CreditRow, is_author)
    return {row[0]: row[1] for row in connection.execute(statement.group_by(value))}


def _value(by: By, filters: Filters) -> ColumnElement[Any]:
    if by.is_period:
        return func.substr(time_column(filters), 1, _YEAR if by is By.YEAR else _MONTH)
    columns: dict[By, ColumnElement[Any]] = {
        By.COLUMN: ColumnRow.path.expression,
        By.SOURCE: RevisionRow.source.expression,
        By.ORIGIN: RevisionRow.origin.expression,
        By.AUTHOR: CreditRow.name.expression,
        By.STATUS: ArticleRow.status.expression,
    }
    return columns[by]


def _in_order(counts: Mapping[str | None, int], by: By) -> list[str | None]:
    known = [value for value in counts if value is not None]
    unknown = [None] if None in counts else []
    if not by.is_period:
        return [*sorted(known, key=lambda value: (-counts[value], value)), *unknown]
    length = _YEAR if by is By.YEAR else _MONTH
    periods = sorted(value for value in known if len(value) == length)
    between = [period for pair in pairwise(periods) for period in _between(*pair)]
    return [*sorted({*known, *between}), *unknown]


def _between(first: str, last: str) -> Iterator[str]:
    """The years or months after the first and before the last; none where the gap is too long to be one."""
    begin, end = _number(first), _number(last)
    months = len(first) == _MONTH
    if end - begin <= _LONGEST_GAP_YEARS * (12 if months else 1):
        for number in range(begin + 1, end):
            yield f"{number // 12:04}-{number % 12 + 1:02}" if months else f"{number:04}"


def _number(period: str) -> int:
    """Years since year 0, or months."""
    year, _, month = period.partition("-")
    return int(year) * 12 + int(month) - 1 if month else int(year)
