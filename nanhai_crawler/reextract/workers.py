"""Workers: processes that read kept pages, each opening the WARC files itself; their readings come in order."""

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

from nanhai_crawler.reextract.reading import Reread, reread
from nanhai_crawler.sites import KnownSites
from nanhai_crawler.store.kept_pages import KeptPage

#: Pages a task: 0.2 s of reading, and 1 MB of readings. A task of 32 costs the process that writes 0.2 ms more a page.
PAGES_A_TASK = 100
#: A process takes 0.4 s to start; that many pages are read in the meantime.
PAGES_A_WORKER = 200
#: Tasks handed out and not taken back, a worker: one under way, and others while this process writes.
_AHEAD = 4

Pages = Sequence[KeptPage]


class PageReaders:
    """Reads tasks of pages, in this process or in several others."""

    def __init__(
        self, folder: Path, sites: KnownSites, executor: ProcessPoolExecutor | None, workers: int
    ) -> None:
        self._folder = folder
        self._sites = sites
        self._executor = executor
        self._workers = workers

    def read(self, tasks: Iterable[Pages]) -> Iterator[tuple[Pages, list[Reread]]]:
        """Each task with what came of it, in the order of the tasks, of which only a few are taken ahead."""
        if self._executor is None:
            yield from ((pages, reread(self._folder, self._sites, pages)) for pages in tasks)
            return
        waiting: deque[tuple[Pages, Future[list[Reread]]]] = deque()
        for pages in tasks:
            waiting.append((pages, self._executor.submit(reread, self._folder, self._sites, pages)))
            if len(waiting) >= self._workers * _AHEAD:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())


@contextmanager
def page_readers(folder: Path, sites: KnownSites, page_count: int) -> Iterator[PageReaders]:
    """Readers for an archive, as many as the machine has processors; for few pages none but this process."""
    workers = min(usable_processors(), page_count // PAGES_A_WORKER)
    if workers < 2:
        yield PageReaders(folder, sites, None, 1)
        return
    # Not by fork: that would give the workers the archive's lock, and copies of threads that are not there.
    context = get_context("spawn")
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)
    try:
        yield PageReaders(folder, sites, executor, workers)
    finally:
        executor.shutdown(cancel_futures=True)


def usable_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _result(pages: Pages, future: Future[list[Reread]]) -> tuple[Pages, list[Reread]]:
    return pages, future.result()


def _begin() -> None:
    """The worker leaves Ctrl-C to the process that writes, and ends with it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
