"""Filters: which articles a search, a listing or an export is about, apart from what their text says."""

import re
from dataclasses import dataclass
from sqlite3 import Connection as SQLiteConnection

from sqlalchemy import ColumnElement, Connection, Engine, event, exists, func, select

from nanhai_crawler.errors import UsageError
from nanhai_crawler.store.models import ArticleRow, ColumnRow, CreditRow, RevisionRow
from nanhai_crawler.text.folding import fold_for_search

#: What an article's status can be (DESIGN: record).
STATUSES = ("live", "missing", "gone")

_TIME = re.compile(r"\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?)?)?")
# Sorts after every character that a time goes on with, so that until=2023-10 takes in
# 2023-10-31T13:02:00+08:00.
_AFTER_ANY = "~"


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """Articles that have all of these; null asks nothing. Names are compared folded (width, case, 简/繁).

    ``column`` is a column's name or its path (``组工党建 > 基层党建``), its children included. ``author`` is
    one name. ``since`` and ``until`` are ISO 8601, as short as a year, and speak of the shown time; both ends
    count.
    """

    column: str | None = None
    source: str | None = None
    origin: str | None = None
    author: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        if self.status is not None and self.status not in STATUSES:
            raise UsageError(f"no status {self.status!r}; there are: {', '.join(STATUSES)}")
        for name, time in (("since", self.since), ("until", self.until)):
            if time is not None and not _TIME.fullmatch(time):
                raise UsageError(
                    f"{name} {time!r} is no time; write 2023, 2023-10, 2023-10-31 or 2023-10-31T13:02"
                )


def teach_folding(engine: Engine) -> None:
    """SQL on this engine's connections knows ``fold(text)``, which the conditions need."""

    @event.listens_for(engine, "connect")
    def add_function(connection: SQLiteConnection, _record: object) -> None:
        connection.create_function("fold", 1, _fold, deterministic=True)


def conditions(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    """What SQL has to ask of articles and their revisions, for a statement that joins the two."""
    found: list[ColumnElement[bool]] = []
    if filters.column is not None:
        found.append(ArticleRow.column_id.in_(_columns_under(connection, filters.column)))
    for shown, wanted in ((RevisionRow.source, filters.source), (RevisionRow.origin, filters.origin)):
        if wanted is not None:
            found.append(func.fold(shown) == _bindable(wanted))
    if filters.author is not None:
        found.append(_is_by(filters.author))
    if filters.status is not None:
        found.append(ArticleRow.status == filters.status)
    if filters.since is not None:
        found.append(RevisionRow.published >= filters.since.replace(" ", "T"))
    if filters.until is not None:
        found.append(RevisionRow.published <= filters.until.replace(" ", "T") + _AFTER_ANY)
    return found


def _columns_under(connection: Connection, wanted: str) -> list[int]:
    """The columns with that name or path, and all below them."""
    path = " > ".join(fold_for_search(name).strip() for name in wanted.split(">"))
    rows = connection.execute(select(ColumnRow.id, ColumnRow.path)).all()
    under = f" > {path} > "
    return [row.id for row in rows if _stands_under(f" > {fold_for_search(row.path)} > ", under, path)]


def _stands_under(held: str, under: str, path: str) -> bool:
    return held.startswith(under) if " > " in path else under in held


def _is_by(author: str) -> ColumnElement[bool]:
    return exists().where(
        CreditRow.revision_id == RevisionRow.id,
        CreditRow.author,
        func.fold(CreditRow.name) == _bindable(author),
    )


def _fold(text: str | None) -> str | None:
    return None if text is None else fold_for_search(text)


def _bindable(wanted: str) -> str:
    """The folded name as SQLite can be given it: half a surrogate pair, which no text has, as ``?``."""
    return fold_for_search(wanted).encode("utf-8", "replace").decode()
