"""``python -m tests.bench [--full] [--search FOLDER]``: every figure once, then the table.

This process imports nothing heavy: the peak memory of a child begins with that of the process it was forked from.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.child import python, run_child
from tests.bench.crawling import measure_crawl, measure_long_crawl
from tests.bench.exporting import measure_export
from tests.bench.figure import Figure, print_table
from tests.bench.starting import measure_start

#: Each is a process of some seconds; the medians of five are within 2 % of each other here.
_READING_ROUNDS = 5


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="also crawl 16,000 pages, which takes minutes")
    parser.add_argument(
        "--search",
        type=Path,
        metavar="FOLDER",
        help="only search, at 100,000 articles, which are built there once",
    )
    asked = parser.parse_args()
    if asked.search is not None:
        print(run_child(*python("-m", "tests.bench.searching", asked.search.absolute())).written, end="")
        return
    with TemporaryDirectory(prefix="nanhai-bench-") as folder:
        print_table(list(_measure(Path(folder), full=asked.full)))


def _measure(folder: Path, *, full: bool) -> Iterator[Figure]:
    _say("starting")
    yield from measure_start()
    _say("reading")
    rounds = [
        run_child(*python("-m", "tests.bench.reading", str(number))) for number in range(_READING_ROUNDS)
    ]
    yield from _reading_figures([json.loads(cost.written) for cost in rounds])
    _say("crawling 1,600 pages, and bare Scrapy on the same addresses, in turns")
    cpu, peak = measure_crawl(folder)
    yield from (cpu, peak)
    _say("searching and exporting")
    found = run_child(*python("-m", "tests.bench.finding", folder / "0")).written
    yield from _finding_figures(json.loads(found))
    yield from measure_export(folder / "0", folder)
    if full:
        _say("crawling 16,000 pages")
        yield from measure_long_crawl(folder / "long", peak.value)


def _reading_figures(rounds: Sequence[dict[str, dict[str, float]]]) -> Iterator[Figure]:
    """Pages a CPU second, against both yardsticks, for each set of pages: the medians of the rounds."""
    for name in rounds[0]:
        seconds = [measured[name] for measured in rounds]
        yield Figure(
            name=f"{name}: reading ÷ trafilatura's rate",
            value=median(of["trafilatura"] / of["ours"] for of in seconds),
            at_least=8,
            note=f"{median(of['ours'] for of in seconds) * 1000:.2f} ms CPU a page",
        )
        yield Figure(
            name=f"{name}: reading ÷ lxml's parsing rate",
            value=median(of["lxml"] / of["ours"] for of in seconds),
            at_least=0.35,
        )


def _finding_figures(measured: dict[str, float]) -> Iterator[Figure]:
    """The first figures of search and export: their targets are set at 100,000 articles."""
    scan_ms = measured["scan"]
    kinds = {
        "search_1": "1 character",
        "search_2": "2 characters",
        "search_4": "4 characters",
        "search_newest": "newest first",
    }
    for key, name in kinds.items():
        note = f"a LIKE scan takes {scan_ms:.1f} ms"
        yield Figure(name=f"search, {name}, p95", value=measured[key], unit="ms", note=note)
    yield Figure(name="export as CSV", value=measured["export"], unit="MB/s")
    if "export_ratio" in measured:
        ratio = measured["export_ratio"]
        yield Figure(name="export as CSV ÷ the sqlite3 shell's rate", value=ratio, at_least=0.4)


def _say(what: str) -> None:
    print(f"{what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
