"""What a whole crawl costs: CPU against bare Scrapy on the same addresses, and peak memory by the number of pages."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.child import CHECKOUT, Cost, python, run_child
from tests.bench.figure import Figure
from tests.bench.served import served

#: Articles of the practice site that make about 1,600 and 16,000 HTML pages (issue: speed).
ARTICLES_1600 = 1_402
ARTICLES_16000 = 14_140
# Crawls of a pair go one after the other, so that a busy minute falls on both.
_PAIRS = 3
_MB = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Crawled:
    """What an archive of one crawl has: HTML pages, and the addresses of all its captures."""

    pages: int
    addresses: tuple[str, ...]


def measure_crawl(folder: Path) -> Iterator[Figure]:
    """CPU of the crawl against the yardstick's, and its peak memory; ``folder/0`` is a whole archive afterwards."""
    ours: list[Cost] = []
    bare: list[Cost] = []
    with served(ARTICLES_1600) as address:
        for number in range(_PAIRS):
            ours.append(crawl(address, folder / str(number)))
            bare.append(_fetch(look_at(folder / str(number)).addresses, folder))
    crawled = look_at(folder / "0")
    pairs = list(zip(ours, bare, strict=True))
    more_s = median(our.cpu_s - its.cpu_s for our, its in pairs)
    yield Figure(
        name="crawl, CPU ÷ bare Scrapy's",
        value=median(our.cpu_s / its.cpu_s for our, its in pairs),
        at_most=2.2,
        note=f"{crawled.pages} pages and {len(crawled.addresses) - crawled.pages} other answers; "
        f"{more_s / crawled.pages * 1000:.1f} ms a page on top of {_each_ms(bare, crawled):.2f} ms an answer",
    )
    yield Figure(
        name=f"crawl of {crawled.pages} pages, peak memory",
        value=median(cost.peak_bytes for cost in ours) / _MB,
        unit="MB",
        at_most=200,
        note=f"bare Scrapy: {median(cost.peak_bytes for cost in bare) / _MB:.0f} MB",
    )


def measure_long_crawl(folder: Path, peak_mb: float) -> Iterator[Figure]:
    """Peak memory of a crawl ten times as long, and against ``peak_mb``, that of the short one."""
    with served(ARTICLES_16000) as address:
        cost = crawl(address, folder)
    crawled = look_at(folder)
    name = f"crawl of {crawled.pages} pages, peak memory"
    yield Figure(
        name=name,
        value=cost.peak_bytes / _MB,
        unit="MB",
        at_most=200,
        note=f"{_each_ms([cost], crawled):.2f} ms CPU an answer, {cost.wall_s:.0f} s",
    )
    # Flat: what a tenth more of Python's heap does by chance is not counted.
    yield Figure(
        name="… ÷ the short crawl's", value=cost.peak_bytes / _MB / peak_mb, at_most=1.1, note="flat"
    )


def crawl(address: str, archive: Path) -> Cost:
    """What ``nanhai crawl`` of the address into a new archive took."""
    words = ("-m", "nanhai_crawler", "crawl", address, "--delay", "0", "--archive", archive)
    return run_child(*python(*words))


def look_at(archive: Path) -> Crawled:
    """What the archive's first run captured."""
    with closing(sqlite3.connect(f"file:{archive}/nanhai.sqlite3?mode=ro", uri=True)) as connection:
        (pages,) = connection.execute(
            "SELECT count(*) FROM captures WHERE media_type = 'text/html' AND status = 200"
        ).fetchone()
        addresses = connection.execute("SELECT url FROM captures ORDER BY id").fetchall()
    return Crawled(pages=pages, addresses=tuple(dict.fromkeys(address for (address,) in addresses)))


def _each_ms(costs: Sequence[Cost], crawled: Crawled) -> float:
    return median(cost.cpu_s for cost in costs) / len(crawled.addresses) * 1000


def _fetch(addresses: tuple[str, ...], folder: Path) -> Cost:
    """What bare Scrapy took to fetch them; run in ``folder``, which belongs to no Scrapy project."""
    listed = folder / "addresses.txt"
    listed.write_text("\n".join(addresses), encoding="ascii")
    spider = CHECKOUT / "tests" / "bench" / "bare_spider.py"
    # Not DEBUG, Scrapy's own level: a line a request would make the yardstick slower than it is.
    words = ("-m", "scrapy", "runspider", spider, "-L", "WARNING", "-a", f"addresses={listed}")
    cost = run_child(*python(*words), folder=folder)
    if int(cost.written) != len(addresses):
        raise RuntimeError(f"bare Scrapy got {cost.written.strip()} answers for {len(addresses)} addresses")
    return cost
