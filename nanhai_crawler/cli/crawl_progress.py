"""Progress of a crawl on standard error: a bar on a terminal, a plain line every few seconds elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from nanhai_crawler.runs import RunCounts

Report = Callable[[RunCounts], None]
#: A log of a crawl of hours stays readable, and shows within seconds that it lives.
LINE_EVERY_S = 5.0


@contextmanager
def watch_progress() -> Iterator[Report]:
    """What a crawl calls with its counts, as often as it likes, while it runs."""
    if not sys.stderr.isatty():
        yield _lines(time.monotonic)
        return
    columns = (
        SpinnerColumn(),
        BarColumn(bar_width=24),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        began_s = time.monotonic()
        task = bar.add_task("starting", total=None)

        def report(counts: RunCounts) -> None:
            done = _done(counts)
            said = describe(counts, time.monotonic() - began_s)
            bar.update(task, completed=done, total=done + counts.waiting, description=said)

        yield report


def describe(counts: RunCounts, elapsed_s: float) -> str:
    """``340 pages, 120 articles, 28.1 a second, 210 waiting``."""
    articles = counts.new + counts.changed + counts.updated + counts.unchanged
    rate = _done(counts) / elapsed_s if elapsed_s > 0 else 0.0
    failed = f", {counts.failed} failed" if counts.failed else ""
    return f"{counts.pages} pages, {articles} articles, {rate:.1f} a second, {counts.waiting} waiting{failed}"


def _lines(clock: Callable[[], float]) -> Report:
    began_s = said_s = clock()

    def report(counts: RunCounts) -> None:
        nonlocal said_s
        now_s = clock()
        if now_s - said_s >= LINE_EVERY_S:
            said_s = now_s
            said = f"{now_s - began_s:.0f} s: {describe(counts, now_s - began_s)}"
            with suppress(OSError):  # a log that is full is no reason to crawl no further
                print(said, file=sys.stderr, flush=True)

    return report


def _done(counts: RunCounts) -> int:
    return counts.pages + counts.files + counts.missing + counts.failed + counts.forbidden
