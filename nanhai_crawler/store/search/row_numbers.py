"""Numbers of the full-text index's rows: the later the day that an article shows, the smaller.

So the index gives the newest first without a look anywhere else, and the way it goes fastest (backwards it takes four
times as long to begin). Of one day there is room for 64 rows in a row, near each other (the index stores differences:
0.38 of the text's bytes so, 0.55 with room for thousands); what a fuller day has more stands beyond, in the order of
days again.
"""

import sys
from array import array
from collections.abc import Iterable
from datetime import date

# From this number on are the rows of days that have more than there is room for.
_OVERFLOW = 1 << 40
_ROOM_BITS, _OVERFLOW_BITS = 6, 24
# The day of what shows none: after all others, of which the first, 0001-01-01, has the greatest number.
_NO_DAY = (1 << 22) - 1
#: Where the rows stand of articles that show a time, and of those that do not, each in the order of days.
DATED = (range(_NO_DAY << _ROOM_BITS), range(_OVERFLOW, _OVERFLOW + (_NO_DAY << _OVERFLOW_BITS)))
UNDATED = (range(DATED[0].stop, _OVERFLOW), range(DATED[1].stop, 1 << 48))
_SHORTEST_DAY = 10


def day_of(row: int) -> int:
    """The day that a row stands for, smaller for a later one; the greatest without a time."""
    return (row - _OVERFLOW) >> _OVERFLOW_BITS if row >= _OVERFLOW else row >> _ROOM_BITS


def is_dated(row: int) -> bool:
    """Whether the row is of an article that shows a time."""
    return day_of(row) < _NO_DAY


def place_of(row: int) -> tuple[int, int]:
    """What to sort rows by, so that they are in the order of days."""
    return day_of(row), row


def day_shown(published: str | None) -> int:
    """The day of a shown time as rows have it; of no time the last. A month alone counts as its first day."""
    if not published:
        return _NO_DAY
    day = published[:_SHORTEST_DAY]
    whole = day if len(day) == _SHORTEST_DAY else f"{day}-01-01"[:_SHORTEST_DAY]
    try:
        return _NO_DAY - date.fromisoformat(whole).toordinal()
    except ValueError:
        return _NO_DAY


def room_of(day: int) -> range:
    """The numbers for rows of that day, near each other."""
    return range(day << _ROOM_BITS, (day + 1) << _ROOM_BITS)


def overflow_of(day: int) -> range:
    """The numbers for what rows that day has more."""
    first = _OVERFLOW + (day << _OVERFLOW_BITS)
    return range(first, first + (1 << _OVERFLOW_BITS))


def pack_rows(rows: Iterable[int]) -> bytes:
    """The rows as eight bytes each, the lowest first."""
    return _little(array("Q", rows)).tobytes()


def unpack_rows(packed: bytes) -> "array[int]":
    """The rows that were packed."""
    return _little(array("Q", packed))


def _little(rows: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        rows.byteswap()
    return rows
