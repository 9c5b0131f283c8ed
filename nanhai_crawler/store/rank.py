"""One rank of the frontier: its due entries in the order of their numbers, a window of them in memory."""

from collections import deque
from collections.abc import Sequence

from nanhai_crawler.visits import FrontierEntry

#: Entries of one rank that wait in memory; 2,000 take about 1 MB, and a window of them is read in 4 ms.
WINDOW = 2_000


class Rank:
    """The entries of one rank in the order of their numbers: the next in memory, the rest in the database.

    Numbers only grow, so what lies beyond ``read_to`` is what has not been given out.
    """

    def __init__(self) -> None:
        self.ready: deque[FrontierEntry] = deque()
        self.read_to = 0
        self.more = True

    def offer(self, entry: FrontierEntry) -> None:
        """A new entry waits here, or is left for a later window."""
        if not self.more and len(self.ready) < WINDOW:
            self.ready.append(entry)
            self.read_to = entry.id
        else:
            self.more = True

    def recall(self, entry: FrontierEntry) -> None:
        """An entry that has become due waits here, unless its turn to be read is still to come."""
        if entry.id <= self.read_to:
            self.ready.append(entry)
        else:
            self.more = True

    def fill(self, entries: Sequence[FrontierEntry]) -> None:
        """The next window is in memory."""
        self.more = len(entries) == WINDOW
        self.ready.extend(entries)
        if entries:
            self.read_to = entries[-1].id
