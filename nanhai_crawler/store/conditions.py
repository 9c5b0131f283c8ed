"""Conditions: filters as SQL."""

from collections.abc import Iterable
from datetime import UTC, timedelta, timezone
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from nanhai_crawler.store.changes import changed_articles
from nanhai_crawler.store.filters import Filters, TimeOf
from nanhai_crawler.store.models import ArticleRow, CaptureRow, ColumnRow, CreditRow, RevisionRow
from nanhai_crawler.text.folding import fold_for_search
from nanhai_crawler.urls.canonical import host_named

_SHANGHAI = timezone(timedelta(hours=8))
_TIMES: dict[TimeOf, InstrumentedAttribute[Any]] = {
    "shown": RevisionRow.published,
    "entered": ArticleRow.entered,
    "captured": CaptureRow.time,
}


def time_column(filters: Filters) -> InstrumentedAttribute[Any]:
    """The column that has the time which the filters speak of."""
    return _TIMES[filters.time]


def within_span(time: InstrumentedAttribute[Any], filters: Filters) -> list[ColumnElement[bool]]:
    """That the time in this column is in the span that the filters ask for."""
    since, until = filters.span_in(UTC if time is CaptureRow.time else _SHANGHAI)
    found = [] if since is None else [time >= since]
    return found if until is None else [*found, time <= until]


def at_hosts(url: InstrumentedAttribute[str], hosts: Iterable[str]) -> ColumnElement[bool]:
    """That the address in this column is at one of the hosts, by http or https; false for none and for an empty one."""
    places = (f"{scheme}://{host}/" for host in hosts for scheme in ("http", "https"))
    return or_(false(), *(url.startswith(place, autoescape=True) for place in places))


def filtered(connection: Connection, filters: Filters) -> tuple[Select[Any], InstrumentedAttribute[Any]]:
    """A statement that selects nothing yet from the articles that have all of the filters, and its column of revisions.

    It joins ``articles`` with ``revisions`` and ``captures`` only where they are needed: a row of the former is a page
    of the file.
    """
    conditions = _conditions(connection, filters)
    limited_by_time = filters.since is not None or filters.until is not None
    if filters.all_revisions:
        statement = (
            select().select_from(RevisionRow).join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
        )
        revision = RevisionRow.id
    else:
        statement, revision = select().select_from(ArticleRow), ArticleRow.revision_id
        needed = (filters.source, filters.origin)
        if any(value is not None for value in needed) or (limited_by_time and filters.time != "entered"):
            statement = statement.join(RevisionRow, RevisionRow.id == ArticleRow.revision_id)
    if filters.author is not None:
        conditions.append(_is_by(filters.author, revision))
    if limited_by_time and filters.time == "captured":
        statement = statement.join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
    return statement.where(*conditions), revision


def _conditions(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.column is not None:
        found.append(ArticleRow.column_id.in_(_columns_under(connection, filters.column)))
    if filters.site is not None:
        named = func.fold(ArticleRow.site) == _bindable(filters.site)
        found.append(or_(named, at_hosts(ArticleRow.url, [host_named(filters.site)])))
    for shown, wanted in ((RevisionRow.source, filters.source), (RevisionRow.origin, filters.origin)):
        if wanted is not None:
            found.append(func.fold(shown) == _bindable(wanted))
    if filters.status is not None:
        found.append(ArticleRow.status == filters.status)
    found.extend(within_span(time_column(filters), filters))
    if filters.is_incremental:
        found.append(changed_articles(connection, filters.point))
    return found


def _columns_under(connection: Connection, wanted: str) -> list[int]:
    """The columns with that name or path, and all below them."""
    path = " > ".join(fold_for_search(name).strip() for name in wanted.split(">"))
    rows = connection.execute(select(ColumnRow.id, ColumnRow.path)).all()
    under = f" > {path} > "
    return [row.id for row in rows if _stands_under(f" > {fold_for_search(row.path)} > ", under, path)]


def _stands_under(held: str, under: str, path: str) -> bool:
    return held.startswith(under) if " > " in path else under in held


def _is_by(author: str, revision: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    return exists().where(
        CreditRow.revision_id == revision,
        CreditRow.author,
        func.fold(CreditRow.name) == _bindable(author),
    )


def _bindable(wanted: str) -> str:
    """The folded name as SQLite can be given it: half a surrogate pair, which no text has, as ``?``."""
    return fold_for_search(wanted).encode("utf-8", "replace").decode()
