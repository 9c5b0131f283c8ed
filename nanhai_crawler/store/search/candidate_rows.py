"""Candidate rows: what may answer a query within the filters, row by row as it is asked for.

Where signatures can tell something of the query, they are asked first (``store.search.signed_rows``); the full-text index
where they leave much. All else is looked up for the rows that are left; so a page of hits costs what the page costs,
not what the archive holds.
"""

import heapq
import json
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property
from itertools import chain, filterfalse, groupby, islice, starmap
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, literal, literal_column
from sqlalchemy.dialects import sqlite

from nanhai_crawler.store.conditions import filtered
from nanhai_crawler.store.filters import EVERY_REVISION, EVERYTHING, Filters
from nanhai_crawler.store.search.candidates import Plan, is_settled_query, make_plan
from nanhai_crawler.store.search.chosen_terms import ChosenTerms
from nanhai_crawler.store.search.driver_rows import ask, ask_one
from nanhai_crawler.store.search.row_numbers import DATED, UNDATED, day_of
from nanhai_crawler.store.search.signed_rows import SignedRows, signature_conditions
from nanhai_crawler.text.query import Query

# So many rows are looked up in their texts one and all: 15 µs each, in all what asking the full-text index may take. By
# day so many of more, as the newest of them may be a page of hits.
_FEW, _FEW_BY_DAY = 400, 200
# Which rows signatures leave is told (0.15 µs each) where they are no more than one of so many, or the index leaves four
# times as many; otherwise hits are met soon without.
_SHARE, _WORTH = 30, 4
# By day so many of the rows that the index finds are looked up in their texts before that is told: they may be enough.
_UNTOLD = 20
# Rows looked up at a time; of the first, where they are hits, some are enough for a page.
_AT_ONCE = 40
_FOUND = "SELECT rowid FROM search_index WHERE search_index MATCH :match"
_ALL = "SELECT id FROM search_rows WHERE 1"
_NOT_BARRED = " AND id NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH :barred)"
_WANTED = (
    "SELECT search_rows.id, search_rows.revision_id, search_rows.published FROM json_each(:wanted) AS wanted"
    " CROSS JOIN search_rows ON search_rows.id = wanted.value WHERE 1"
)
_IS_NEWEST = " AND EXISTS (SELECT 1 FROM articles WHERE articles.revision_id = search_rows.revision_id)"
_NAMED = sqlite.dialect(paramstyle="named")


class Candidate(NamedTuple):
    """A row of the index, and the revision it stands for."""

    row: int
    revision_id: int
    published: str | None


class CandidateRows:
    """The candidates of one query within the filters."""

    def __init__(self, connection: Connection, query: Query, filters: Filters, choose: ChosenTerms) -> None:
        self._connection = connection
        self._query = query
        self._choose = choose
        self._within, self._values = _conditions(connection, filters)
        conditions = () if is_settled_query(query) else signature_conditions(query)
        self._signed = SignedRows(connection, conditions) if conditions else None

    @property
    def unsettled(self) -> Query:
        """What is to be looked up in the texts of the candidates."""
        return self._plan.unsettled if self._signed is None else self._query

    @cached_property
    def few(self) -> Sequence[int] | None:
        """The revisions, those of the latest days first, where they are so few that all may be looked at."""
        if self._signed is None or self._signed.count > _FEW:
            return None
        return [found.revision_id for found in self._look_up([*self._signed.in_order()])]

    def by_day(self, *, newest_first: bool) -> Iterator[int]:
        """The revisions by shown time; those without one come last, either way."""
        signed = self._signed
        rows = self._stream(newest_first) if signed is None else self._signed_by_day(signed, newest_first)
        days = _days_of(rows)
        while some := _take_days(days):
            for _, of_a_day in groupby(self._look_up(some), key=lambda found: day_of(found.row)):
                in_order = sorted(of_a_day, key=_moment, reverse=newest_first)
                yield from (candidate.revision_id for candidate in in_order)

    def with_levels(self, expressions: tuple[str, ...]) -> Iterator[int]:
        """The revisions for which the index finds these expressions too; those of the latest days first."""
        rows = self._told(self._find(self._plan.narrowed(*expressions)))
        while some := [*islice(rows, _AT_ONCE)]:
            yield from (candidate.revision_id for candidate in self._look_up(some))

    def in_any_order(self) -> Iterator[int]:
        """The revisions, each once."""
        return iter(self.few) if self.few is not None else self.with_levels(())

    @cached_property
    def _plan(self) -> Plan:
        return make_plan(self._query, self._choose)

    @cached_property
    def _left(self) -> Set[int] | None:
        """The rows that signatures leave; null where it is not worth while to tell which they are."""
        if self._signed is None:
            return None
        few = self._signed.count * _SHARE <= self._choose.count_rows()
        return (
            set(self._signed) if few or self._signed.count * _WORTH <= self._choose.estimate_rows() else None
        )

    def _signed_by_day(self, signed: SignedRows, newest_first: bool) -> Iterator[int]:
        """The rows that signatures leave; where the full-text index leaves fewer, or the first are few hits, its rows."""
        asks_index = signed.count > _FEW_BY_DAY and self._plan.match is not None
        if asks_index and self._choose.estimate_rows() < signed.count:
            rows = self._stream(newest_first)
            yield from islice(rows, _UNTOLD)
            yield from self._told(rows)
            return
        days = _days_of(signed.in_order(newest_first=newest_first))
        seen = [*chain.from_iterable(islice(iter(lambda: _take_days(days), []), _FEW_BY_DAY // _AT_ONCE))]
        yield from seen
        if asks_index:
            yield from filterfalse(set(seen).__contains__, self._told(self._stream(newest_first)))
        else:
            yield from chain.from_iterable(days)

    def _told(self, rows: Iterator[int]) -> Iterator[int]:
        """Those of the rows that signatures leave, as far as that is told."""
        if (row := next(rows, None)) is not None:
            left = self._left
            some = chain((row,), rows)
            yield from some if left is None else filter(left.__contains__, some)

    def _stream(self, newest_first: bool) -> Iterator[int]:
        """The rows that the full-text index finds, by day."""
        match = self._plan.match
        last = ask_one(self._connection, "SELECT max(id) FROM search_rows") or 0
        rowid, order = "id" if match is None else "rowid", "" if newest_first else " DESC"
        for ranges in (DATED, UNDATED):
            endings = (
                f" AND {rowid} BETWEEN {span.start} AND {span.stop - 1} ORDER BY {rowid}{order}"
                for span in ranges
                if span.start <= last
            )
            streams = [self._find(match, ending) for ending in endings]
            merged = heapq.merge(*streams, key=day_of, reverse=not newest_first)
            yield from streams[0] if len(streams) == 1 else merged

    def _find(self, match: str | None, ending: str = " ORDER BY 1") -> Iterator[int]:
        """The rows that the full-text index finds; all that there are where it cannot help."""
        barred = self._plan.barred
        if match is not None:
            statement, values = _FOUND, {"match": f"({match}) NOT ({barred})" if barred else match}
        else:
            statement, values = (_ALL + _NOT_BARRED, {"barred": barred}) if barred else (_ALL, {})
        return map(itemgetter(0), ask(self._connection, statement + ending, values))

    def _look_up(self, rows: Sequence[int]) -> Iterator[Candidate]:
        wanted = {"wanted": json.dumps(rows), **self._values}
        return starmap(Candidate, ask(self._connection, _WANTED + self._within, wanted))


def _take_days(days: Iterator[list[int]]) -> list[int]:
    """The rows of the next days, of so many that there are enough; empty when there are none."""
    some: list[int] = []
    while len(some) < _AT_ONCE and (of_a_day := next(days, None)):
        some += of_a_day
    return some


def _conditions(connection: Connection, filters: Filters) -> tuple[str, dict[str, Any]]:
    """What SQL asks of a row within the filters, and the values in it."""
    if filters in (EVERYTHING, EVERY_REVISION):
        return _IS_NEWEST if filters == EVERYTHING else "", {}
    statement, revision = filtered(connection, filters)
    row: ColumnElement[int] = literal_column("search_rows.revision_id")
    within = statement.add_columns(literal(1)).where(revision == row)
    compiled = within.compile(dialect=_NAMED, compile_kwargs={"render_postcompile": True})
    return f" AND EXISTS ({compiled})", dict(compiled.params)


def _days_of(rows: Iterable[int]) -> Iterator[list[int]]:
    """The rows of each day."""
    return (list(of_a_day) for _, of_a_day in groupby(rows, key=day_of))


def _moment(found: Candidate) -> tuple[str, int]:
    return found.published or "", found.row
