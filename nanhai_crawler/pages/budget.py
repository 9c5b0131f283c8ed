"""What reading one page may cost: its size before it begins, its time on the way (F26, F28)."""

import time
from collections.abc import Callable

from nanhai_crawler.errors import PageBeyondLimits

#: What the crawl accepts of one response (``crawl.settings``).
MOST_BYTES = 32 * 1024 * 1024
#: The shared pages have at most 5,000 tags; 300,000 take 3 s and 400 MB to read here, a million three times that.
MOST_TAGS = 300_000
#: A page takes 1 or 2 ms; the largest within the other limits 5 s here. CPU time: a busy machine is no page's fault.
MOST_CPU_S = 20.0


class Budget:
    """The CPU time that is left for one page; asked between the steps of reading it."""

    def __init__(self, *, cpu_s: float = MOST_CPU_S, clock: Callable[[], float] = time.thread_time) -> None:
        self._cpu_s = cpu_s
        self._clock = clock
        self._until = clock() + cpu_s

    def check(self) -> None:
        """Raise :class:`PageBeyondLimits` when all of it is used up."""
        if self._clock() > self._until:
            raise PageBeyondLimits(f"more than {self._cpu_s:g} s to read")


def check_size(payload: bytes) -> None:
    """Raise :class:`PageBeyondLimits` for a page of more bytes or tags than are read."""
    if len(payload) > MOST_BYTES:
        raise PageBeyondLimits(f"{len(payload):,} bytes, more than {MOST_BYTES:,}")
    tags = payload.count(b"<")
    if tags > MOST_TAGS:
        raise PageBeyondLimits(f"{tags:,} tags, more than {MOST_TAGS:,}")
