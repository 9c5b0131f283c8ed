"""Columns (栏目): one row a path, under its parent's."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, exists, insert, select
from sqlalchemy.orm import aliased

from nanhai_crawler.store.ids import next_id
from nanhai_crawler.store.models import ArticleRow, ColumnRow

SEPARATOR = " > "
INSERT = insert(ColumnRow)
_BELOW = aliased(ColumnRow)
UNUSED = (
    select(ColumnRow.parent_id)
    .where(ColumnRow.id == bindparam("column"))
    .where(~exists().where(ArticleRow.column_id == ColumnRow.id))
    .where(~exists().where(_BELOW.parent_id == ColumnRow.id))
)


class Columns:
    """The numbers of all columns, in memory: a site has tens or hundreds. New rows wait for :meth:`flush`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next_id = next_id(connection, ColumnRow.id)
        self._ids = self._stored()
        self._new: list[dict[str, object]] = []

    def id_of(self, site: str, names: Sequence[str]) -> int | None:
        """The number of the column with that path, made with its parents where need be; null for no path."""
        if not names:
            return None
        path = SEPARATOR.join(names)
        known = self._ids.get((site, path))
        if known is not None:
            return known
        parent = self.id_of(site, names[:-1])
        number = self._next_id
        self._next_id += 1
        self._ids[(site, path)] = number
        self._new.append({"id": number, "site": site, "path": path, "name": names[-1], "parent_id": parent})
        return number

    def flush(self) -> None:
        """All rows are in the open transaction."""
        if self._new:
            self._connection.execute(INSERT, self._new)
            self._new.clear()

    def drop_unused(self, numbers: Iterable[int]) -> None:
        """Those of the columns that no article stands in, nor in any below them, are gone, with parents left so."""
        for number in numbers:
            unused: int | None = number
            while unused is not None:
                above = self._connection.execute(UNUSED, {"column": unused}).first()
                if above is None:
                    break
                self._connection.execute(delete(ColumnRow).where(ColumnRow.id == unused))
                unused = above.parent_id
        self._ids = self._stored()

    def _stored(self) -> dict[tuple[str, str], int]:
        rows = self._connection.execute(select(ColumnRow.site, ColumnRow.path, ColumnRow.id))
        return {(site, path): number for site, path, number in rows}
