"""Progress of work whose size is known, on standard error: a bar on a terminal, a plain line every few seconds elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from nanhai_crawler.cli.crawl_progress import LINE_EVERY_S

Report = Callable[[int, int], None]


@contextmanager
def watch_steps(name: str) -> Iterator[Report]:
    """What work calls with the steps done and the steps in all, as often as it likes; ``name`` says what they are."""
    if not sys.stderr.isatty():
        yield _lines(name, time.monotonic)
        return
    columns = (BarColumn(bar_width=24), MofNCompleteColumn(), TextColumn(name), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(name: str, clock: Callable[[], float]) -> Report:
    began_s = said_s = clock()

    def report(done: int, total: int) -> None:
        nonlocal said_s
        now_s = clock()
        if now_s - said_s >= LINE_EVERY_S:
            said_s = now_s
            rate = done / (now_s - began_s)
            words = f"{now_s - began_s:.0f} s: {done} of {total} {name}, {rate:.1f} a second"
            print(words, file=sys.stderr, flush=True)

    return report
