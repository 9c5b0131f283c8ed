"""Columns (栏目): one row a path, under its parent's."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from nanhai_crawler.store.ids import next_id
from nanhai_crawler.store.models import ColumnRow

SEPARATOR = " > "
INSERT = insert(ColumnRow)


class Columns:
    """The numbers of all columns, in memory: a site has tens or hundreds. New rows wait for :meth:`flush`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next_id = next_id(connection, ColumnRow.id)
        rows = connection.execute(select(ColumnRow.site, ColumnRow.path, ColumnRow.id))
        self._ids: dict[tuple[str, str], int] = {(site, path): number for site, path, number in rows}
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
