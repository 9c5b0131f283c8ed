"""Signature blocks: the signatures of the index's rows, cut into slices, one for each bit, so that a query reads few.

Rows wait in ``search_tail`` until there are enough for a block. Eight blocks of a size are joined to one, so an archive of
any size has few of them, and each row is written three times at most. A block's rows are in the order of their days. It
is never altered: what is found no more stays in it, as a candidate that no row of the index stands for.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import Connection

from nanhai_crawler.store.search.driver_rows import ask, ask_one
from nanhai_crawler.store.search.row_numbers import pack_rows, place_of, unpack_rows
from nanhai_crawler.text.bit_slices import cut_slices, read_rows, spread_bits
from nanhai_crawler.text.signature import BITS, PART

#: Rows of the smallest block: many enough that 6,144 slices are worth their rows, few enough to be looked through while
#: they wait (0.3 ms). Of the larger ones slices of 240 and 1,920 bytes fill the pages of SQLite.
SMALLEST = 240
_JOINED = 8
_STEPS = 2
#: A slice's number is its block's times this, and the bit's.
SLICES = 8192
_INSERT_TAIL = "INSERT OR REPLACE INTO search_tail (id, signature) VALUES (?, ?)"
_INSERT_BLOCK = "INSERT INTO search_blocks (id, size, row_ids) VALUES (?, ?, ?)"
_INSERT_SLICE = "INSERT INTO search_slices (id, holding) VALUES (?, ?)"
_TAIL = "SELECT id, signature FROM search_tail ORDER BY id LIMIT ?"
_FROM_TAIL = "DELETE FROM search_tail WHERE id IN (SELECT value FROM json_each(?))"


class SignatureBlocks:
    """The signatures as a writer has them."""

    def __init__(self, connection: Connection, smallest: int = SMALLEST) -> None:
        self._connection = connection
        self._smallest = smallest
        self._waiting: int | None = None

    def add(self, rows: Sequence[tuple[int, bytes]]) -> None:
        """These rows of the index have these signatures."""
        waiting = self._count_waiting()
        if rows:
            self._connection.exec_driver_sql(_INSERT_TAIL, list(rows))
        self._waiting = waiting + len(rows)
        for size in (self.at_once, self._smallest):
            while self._count_waiting() >= size:
                some = [(row, signed) for row, signed in ask(self._connection, _TAIL, (size,))]
                self._add_block(some)
                self._leave_tail(row for row, _ in some)

    @property
    def at_once(self) -> int:
        """So many rows are best added together: they are a block of the second size at once."""
        return self._smallest * _JOINED

    def remove(self, row: int) -> None:
        """The row waits no more."""
        self._leave_tail([row])

    def clear(self) -> None:
        """There is no signature."""
        for table in ("search_tail", "search_slices", "search_blocks"):
            self._connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  ours
        self._waiting = 0

    def _add_block(self, rows: Sequence[tuple[int, bytes]]) -> None:
        in_order = sorted(rows, key=lambda signed: place_of(signed[0]))
        spread = (spread_bits(signed) for _, signed in in_order)
        block = self._open_block([row for row, _ in in_order])
        self._write_slices(block * SLICES, cut_slices(spread, BITS))
        self._join()

    def _count_waiting(self) -> int:
        if self._waiting is None:
            self._waiting = int(ask_one(self._connection, "SELECT count(*) FROM search_tail"))
        return self._waiting

    def _leave_tail(self, rows: Iterable[int]) -> None:
        self._connection.exec_driver_sql(_FROM_TAIL, (json.dumps(list(rows)),))
        self._waiting = None

    def _open_block(self, row_ids: Sequence[int]) -> int:
        last: int = ask_one(self._connection, "SELECT max(id) FROM search_blocks") or 0
        self._connection.exec_driver_sql(_INSERT_BLOCK, (last + 1, len(row_ids), pack_rows(row_ids)))
        return last + 1

    def _write_slices(self, first: int, slices: Iterable[bytes]) -> None:
        self._connection.exec_driver_sql(_INSERT_SLICE, list(enumerate(slices, first)))

    def _join(self) -> None:
        """As long as the last blocks are eight of a size, they are one."""
        largest = self._smallest * _JOINED**_STEPS
        while True:
            asked = "SELECT id, size FROM search_blocks ORDER BY id DESC LIMIT ?"
            blocks = [*ask(self._connection, asked, (_JOINED,))]
            sizes = {size for _, size in blocks}
            if len(blocks) < _JOINED or len(sizes) > 1 or sizes.pop() >= largest:
                return
            self._join_blocks([number for number, _ in reversed(blocks)], blocks[0][1])

    def _join_blocks(self, blocks: Sequence[int], size: int) -> None:
        """A third of the bits at a time: all of them would take 50 MB."""
        row_ids = [number for block in blocks for number in self._row_ids(block)]
        order = sorted(range(len(row_ids)), key=lambda place: place_of(row_ids[place]))
        joined = self._open_block([row_ids[place] for place in order])
        for start in range(0, BITS, PART):
            rows = [
                row for block in blocks for row in islice(read_rows(self._slices(block, start, size)), size)
            ]
            self._write_slices(joined * SLICES + start, cut_slices((rows[place] for place in order), PART))
        for block in blocks:
            span = (block * SLICES, block * SLICES + BITS - 1)
            self._connection.exec_driver_sql("DELETE FROM search_blocks WHERE id = ?", (block,))
            self._connection.exec_driver_sql("DELETE FROM search_slices WHERE id BETWEEN ? AND ?", span)

    def _row_ids(self, block: int) -> Sequence[int]:
        return unpack_rows(
            ask_one(self._connection, "SELECT row_ids FROM search_blocks WHERE id = ?", (block,))
        )

    def _slices(self, block: int, start: int, size: int) -> list[bytes]:
        """Some slices of a block of so many rows; of one that is not there every row may have the bit."""
        first = block * SLICES + start
        asked = "SELECT id, holding FROM search_slices WHERE id BETWEEN ? AND ?"
        held = dict(ask(self._connection, asked, (first, first + PART - 1)))
        return [held.get(number, b"\xff" * -(-size // 8)) for number in range(first, first + PART)]
