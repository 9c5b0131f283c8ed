"""Lines in order, of any number in bounded memory: sorted in runs on a temporary disk, then merged."""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from tempfile import TemporaryFile

#: Lines of a run: 20,000 CDXJ lines of 450 bytes take 10 MB.
_RUN = 20_000


def sort_lines(lines: Iterable[str], run: int = _RUN) -> Iterator[str]:
    """The lines, each with its line end, in the order of their UTF-8 bytes."""
    waiting = iter(lines)
    with ExitStack() as files:
        runs = []
        while some := sorted(line.encode() for line in islice(waiting, run)):
            file = files.enter_context(TemporaryFile())
            file.writelines(some)
            file.seek(0)
            runs.append(file)
        yield from (line.decode() for line in heapq.merge(*runs))
