"""Whether the signatures of the full-text index's rows, in their blocks, are those of the texts."""

import sqlite3
from collections.abc import Iterator
from itertools import islice

from nanhai_crawler.store.search.row_numbers import unpack_rows
from nanhai_crawler.store.search.signature_blocks import SLICES
from nanhai_crawler.text.bit_slices import read_rows, spread_bits
from nanhai_crawler.text.folding import is_plain
from nanhai_crawler.text.signature import BITS, sign

_TEXT = """
SELECT title, body, plain FROM search_rows JOIN revisions ON revisions.id = search_rows.revision_id
WHERE search_rows.id = ?
"""
_BLOCKS = "SELECT id, size, row_ids FROM search_blocks ORDER BY id"
_SLICES = "SELECT holding FROM search_slices WHERE id BETWEEN ? AND ? ORDER BY id"
_TAIL = "SELECT id, signature FROM search_tail"


def find_wrong_signature(connection: sqlite3.Connection) -> int | None:
    """A row that has no signature, or none that is right; null where all are as they should be."""
    right: set[int] = set()
    wrong: set[int] = set()
    for row, signed in _signatures(connection):
        if (text := connection.execute(_TEXT, (row,)).fetchone()) is None:
            continue  # of a text that was altered or taken away
        title, body, plain = text
        is_right = signed == spread_bits(sign(title, body)) and plain == (is_plain(title) and is_plain(body))
        (right if is_right else wrong).add(row)
    known = {row for (row,) in connection.execute("SELECT id FROM search_rows")}
    return min(known - right, default=None)


def _signatures(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Each row with its bits, as ``spread_bits`` gives them; one that was given anew has older ones too."""
    for block, size, row_ids in connection.execute(_BLOCKS):
        first = block * SLICES
        slices = [holding for (holding,) in connection.execute(_SLICES, (first, first + BITS - 1))]
        whole = len(slices) == BITS and {len(holding) for holding in slices} == {-(-size // 8)}
        if whole and len(row_ids) == 8 * size:
            yield from zip(unpack_rows(row_ids), islice(read_rows(slices), size), strict=True)
    for row, signed in connection.execute(_TAIL):
        yield row, spread_bits(signed) if len(signed) == BITS // 8 else 0
