"""A sample: which of many things are looked at where looking at all takes too long for every day."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nanhai_crawler.errors import UsageError

_WORDS = re.compile(r"(\d{1,12})|(\d{1,3}(?:\.\d{1,6})?)\s*%", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """So many of each kind, or such a part of them; the same for the same seed and the same archive."""

    seed: int
    count: int | None = None
    percent: float | None = None

    def choose(self, ids: Sequence[int]) -> list[int]:
        """Some of ``ids``, in order; at least one where there are any."""
        wanted = self.count if self.count is not None else round(len(ids) * (self.percent or 0) / 100)
        chosen = random.Random(self.seed).sample(ids, min(len(ids), max(1, wanted)))  # noqa: S311  no secret
        return sorted(chosen)


def parse_sample(words: str, seed: int) -> Sample:
    """The sample that ``200`` or ``5%`` asks for; :class:`UsageError` for anything else."""
    match = _WORDS.fullmatch(words.strip())
    if match is None or (match[1] and not int(match[1])) or (match[2] and not 0 < float(match[2]) <= 100):
        raise UsageError(f"--sample {words}: neither a number like 200 nor a part like 5%")
    return Sample(
        seed=seed,
        count=int(match[1]) if match[1] else None,
        percent=float(match[2]) if match[2] else None,
    )
