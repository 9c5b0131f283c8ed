"""Signatures: which triples of characters a text has, as 4,096 bits; what the full-text index does not know.

Each triple sets one bit, so a text that lacks a bit of a pattern does not hold it, and one that has all of them may. Of
1,600 characters a quarter of the bits are set: one text in 15 passes for four characters, one in 3,000 for eight.
"""

import struct

from nanhai_crawler.text.folding import fold_for_search

#: 512 bytes a text: 0.12 of the bytes of a usual one.
BITS = 4096
_WIDTH = 3
_LANE = 32
# Primes, whose sum times the greatest code point (21 bits) has room in a lane.
_FACTORS = (941, 613, 389)


def signature(title: str, body: str) -> bytes:
    """The signature of an article's text; what SQL knows as ``signature(title, body)``. 1,600 characters take 0.1 ms."""
    flags = bytearray(b"0") * BITS
    for value in _hash_triples(f"{fold_for_search(title)}\n{fold_for_search(body)}"):
        flags[value % BITS] = ord("1")
    return int(flags, 2).to_bytes(BITS // 8, "big")


def signature_masks(folded: str) -> tuple[tuple[int, int], ...]:
    """Which bytes of a signature have which bits where a text holds this; empty for less than three characters."""
    bits = sorted({value % BITS for value in _hash_triples(folded)})
    return tuple((bit >> 3, 0x80 >> (bit & 7)) for bit in bits)


def _hash_triples(folded: str) -> set[int]:
    """A number for each triple. All at once: the text is one number whose digits are its characters."""
    count = len(folded) - _WIDTH + 1
    if count < 1:
        return set()
    text = int.from_bytes(folded.encode("utf-32-le", "surrogatepass"), "little")
    hashed = sum((text >> _LANE * at) * factor for at, factor in enumerate(_FACTORS))
    return set(struct.unpack_from(f"<{count}I", hashed.to_bytes(4 * len(folded), "little")))
