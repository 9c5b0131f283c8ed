"""Choices that look random and are the same on every machine and every day."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Throws that follow from ``seed`` alone."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._thrown = 0

    def below(self, limit: int) -> int:
        """A number from 0 to ``limit`` - 1."""
        self._thrown += 1
        digest = hashlib.blake2b(f"{self._seed}/{self._thrown}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % limit

    def pick(self, things: Sequence[T]) -> T:
        """One of the things."""
        return things[self.below(len(things))]

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred."""
        return self.below(100) < percent
