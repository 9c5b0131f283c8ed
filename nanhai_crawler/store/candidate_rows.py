"""Candidate rows: what the index finds for a plan within the filters, row by row as it is asked for.

The index comes first, and all else is looked up for the rows it gives; so a page of hits costs what the page costs, not
what the archive holds.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Select,
    TextClause,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
)

from nanhai_crawler.store.candidates import Plan
from nanhai_crawler.store.conditions import filtered
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.models import SearchRow
from nanhai_crawler.store.search_index import DATED, UNDATED, day_of

_INDEX = table("search_index", column("rowid"))
_ROWS = SearchRow.__table__.c
# The plus tells SQLite to begin with the index (https://www.sqlite.org/optoverview.html, 10).
_INDEXED = _INDEX.join(SearchRow.__table__, _ROWS.id == literal_column("+search_index.rowid"))
_FOUND = text("search_index MATCH :match")
_NOT_BARRED = text("search_rows.id NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH :barred)")
# Rows asked of SQLite at a time: some pages of hits.
_AT_ONCE = 64
# For each bit all bytes that have it.
_BYTES_WITH = {1 << bit: bytes(byte for byte in range(256) if byte >> bit & 1) for bit in range(8)}


class Candidate(NamedTuple):
    """A row of the index, and the revision it stands for."""

    row: int
    revision_id: int
    published: str | None


class CandidateRows:
    """The candidates of one plan within the filters."""

    def __init__(self, connection: Connection, plan: Plan, filters: Filters) -> None:
        self._connection = connection
        self._plan = plan
        self._within: Any = None
        if filters != replace(EVERYTHING, all_revisions=True):
            statement, revision = filtered(connection, filters)
            self._within = (
                statement.add_columns(literal(1))
                .where(revision == _ROWS.revision_id)
                .correlate(SearchRow.__table__)
                .exists()
            )

    def by_day(self, *, newest_first: bool) -> Iterator[int]:
        """The revisions by shown time; those without one come last, either way."""
        last = self._connection.execute(select(func.max(SearchRow.id))).scalar() or 0
        for ranges in (DATED, UNDATED):
            streams = [
                self._between(span, newest_first=newest_first) for span in ranges if span.start <= last
            ]
            merged = heapq.merge(*streams, key=lambda found: day_of(found.row), reverse=newest_first)
            for _, of_a_day in groupby(merged, key=lambda found: day_of(found.row)):
                yield from (
                    found.revision_id for found in sorted(of_a_day, key=_moment, reverse=newest_first)
                )

    def with_levels(self, expressions: tuple[str, ...]) -> Iterator[int]:
        """The revisions for which the index finds these expressions too; those of the latest days first."""
        match = self._plan.narrowed(*expressions)
        statement, values = self._statement(match)
        found = self._rows(statement.order_by(text(f"{_rowid(match)} DESC")), values)
        yield from (candidate.revision_id for candidate in found)

    def _between(self, span: range, *, newest_first: bool) -> Iterator[Candidate]:
        statement, values = self._statement(self._plan.match)
        rowid = _rowid(self._plan.match)
        statement = statement.where(text(f"{rowid} BETWEEN :first AND :last"))
        statement = statement.order_by(text(f"{rowid} {'DESC' if newest_first else 'ASC'}"))
        return self._rows(statement, {**values, "first": span.start, "last": span.stop - 1})

    def _statement(self, match: str | None) -> tuple[Select[Any], dict[str, object]]:
        statement: Select[Any] = select(_ROWS.id, _ROWS.revision_id, _ROWS.published)
        values: dict[str, object] = {}
        barred = self._plan.barred
        if match is None:
            if barred is not None:
                statement, values = statement.where(_NOT_BARRED), {"barred": barred}
        else:
            statement = statement.select_from(_INDEXED).where(_FOUND)
            values = {"match": f"({match}) NOT ({barred})" if barred else match}
        if self._plan.masks:
            statement = statement.where(_may_hold(len(self._plan.masks)))
            values |= _mask_values(self._plan.masks)
        return (statement if self._within is None else statement.where(self._within)), values

    def _rows(self, statement: Select[Any], values: dict[str, object]) -> Iterator[Candidate]:
        options = {"yield_per": _AT_ONCE}
        for row in self._connection.execute(statement, values, execution_options=options):
            yield Candidate(*row)


@cache
def _may_hold(masks: int) -> TextClause:
    """Whether a row's signature has so many bits; each byte is sought in those that have the bit."""
    has_bits = (
        f"instr(:bytes_{number}, substr(search_rows.signature, :place_{number}, 1)) > 0"
        for number in range(masks)
    )
    return text(f"(search_rows.signature IS NULL OR ({' AND '.join(has_bits)}))")


def _mask_values(masks: Sequence[tuple[int, int]]) -> dict[str, object]:
    """The values that ``_may_hold`` asks for."""
    places = {f"place_{number}": place + 1 for number, (place, _) in enumerate(masks)}
    return {**places, **{f"bytes_{number}": _BYTES_WITH[mask] for number, (_, mask) in enumerate(masks)}}


def _rowid(match: str | None) -> str:
    return "search_rows.id" if match is None else "search_index.rowid"


def _moment(found: Candidate) -> tuple[str, int]:
    return found.published or "", found.row
