"""Recovery: the rows of a damaged table that can still be read, past those that cannot."""

import sqlite3
from collections.abc import Iterator, Sequence

#: Rows are looked for one by one in a hole of so many numbers at most: 10 µs each.
_MOST_PROBES = 200_000
Row = tuple[object, ...]


def readable_rows(connection: sqlite3.Connection, table: str, names: Sequence[str]) -> Iterator[Row]:
    """The rows, in order of their numbers from both ends, then what stands between the damaged places."""
    columns = ", ".join(f'"{name}"' for name in names)
    first = _Reading(connection, f'SELECT rowid, {columns} FROM "{table}" ORDER BY rowid')  # noqa: S608  schema's names
    yield from first.rows()
    if first.whole:
        return
    last = _Reading(connection, f'SELECT rowid, {columns} FROM "{table}" ORDER BY rowid DESC')  # noqa: S608
    yield from last.rows(stop_at=first.reached)
    end = last.reached if last.reached is not None else (first.reached or 0) + _MOST_PROBES
    begin = (first.reached or 0) + 1
    statement = f'SELECT {columns} FROM "{table}" WHERE rowid = ?'  # noqa: S608
    for number in range(begin, min(end, begin + _MOST_PROBES)):
        found = _row(connection, statement, number)
        if found is not None:
            yield found


class _Reading:
    """One way through a table; ``reached`` is the last row's number, ``whole`` whether there was nothing in the way."""

    def __init__(self, connection: sqlite3.Connection, statement: str) -> None:
        self._connection = connection
        self._statement = statement
        self.reached: int | None = None
        self.whole = False

    def rows(self, stop_at: int | None = None) -> Iterator[Row]:
        try:
            for number, *values in self._connection.execute(self._statement):
                if number == stop_at:
                    break
                self.reached = number
                yield tuple(values)
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return
        self.whole = True


def _row(connection: sqlite3.Connection, statement: str, number: int) -> Row | None:
    try:
        row: Row | None = connection.execute(statement, (number,)).fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None
    return row
