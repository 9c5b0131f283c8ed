"""Search at the size it is judged at: ``python -m tests.bench.searching FOLDER [ARTICLES]`` builds, measures, prints."""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import text

from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.search.finding import Page, Sort
from tests.bench.figure import Figure, print_table
from tests.bench.large_archive import ARTICLES, build_archive

_QUERIES = 100
_SCANS = 15
_TEXTS = text("SELECT body FROM revisions WHERE id % :step = 0 LIMIT 500")
_LIKE = text(
    "SELECT id FROM article_latest WHERE title LIKE :like OR body LIKE :like ORDER BY published DESC LIMIT 20"
)
_SIZE = text("""
SELECT (SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search\\_%' ESCAPE '\\') * 1.0
       / (SELECT sum(length(CAST(title AS BLOB)) + length(CAST(body AS BLOB))) FROM revisions)
""")
#: What is asked: length of the query, whether it is a phrase in quotes, the order, and the share of a scan it may take.
_KINDS = {
    "1 character": (1, False, Sort.RELEVANCE, 10),
    "2 characters": (2, False, Sort.RELEVANCE, 40),
    "4 characters": (4, False, Sort.RELEVANCE, 40),
    "phrase of 8": (8, True, Sort.RELEVANCE, 40),
    "2 characters, newest first": (2, False, Sort.NEWEST, 200),
    "4 characters, newest first": (4, False, Sort.NEWEST, 200),
}


def measure(folder: Path, articles: int) -> Iterator[Figure]:
    """p95 of a page of hits, in CPU time, by that of a LIKE scan in the same run, and the index by the text."""
    build_archive(folder, articles)
    with ArchiveReader.open(folder) as reader:
        with reader.connect() as connection:
            bodies = connection.execute(_TEXTS, {"step": max(1, articles // 500)}).scalars().all()
            size = connection.execute(_SIZE).scalar_one()
        scanned = _queries(bodies, 4, phrase=False)[:_SCANS]
        like_s = median(_cpu_seconds_of(partial(_scan, reader, query)) for query in scanned)
        for name, (length, phrase, sort, share) in _KINDS.items():
            queries = _queries(bodies, length, phrase=phrase)
            _page(reader, sort, queries[0])
            times_s = [_cpu_seconds_of(partial(_page, reader, sort, query)) for query in queries]
            p95_s = quantiles(times_s, n=20)[-1]
            yield Figure(
                name=f"search, {name}, p95 ÷ LIKE",
                value=p95_s / like_s * share,
                unit=f"/ {share}",
                at_most=1,
                note=f"{median(times_s) * 1000:.1f} ms, p95 {p95_s * 1000:.1f} ms; LIKE {like_s * 1000:.0f} ms",
            )
        yield Figure(name="index ÷ bytes of the text", value=size, at_most=0.6)


def _cpu_seconds_of(act: Callable[[], object]) -> float:
    """CPU seconds: neither a search nor a scan waits for anything but the processor here, and others may use it too."""
    began_s = time.process_time()
    act()
    return time.process_time() - began_s


def _page(reader: ArchiveReader, sort: Sort, query: str) -> None:
    list(reader.search(query, sort=sort, page=Page(limit=20)))


def _scan(reader: ArchiveReader, query: str) -> None:
    with reader.connect() as connection:
        connection.execute(_LIKE, {"like": f"%{query}%"}).all()


def _queries(bodies: Sequence[str], length: int, *, phrase: bool) -> list[str]:
    """Pieces of the texts; of Chinese alone, or any in quotes."""
    chance = random.Random(length)  # noqa: S311  nothing is secret here
    found: list[str] = []
    while len(found) < _QUERIES:
        line = chance.choice(chance.choice(bodies).splitlines())
        at = chance.randrange(max(1, len(line) - length + 1))
        piece = line[at : at + length]
        fits = '"' not in piece if phrase else all("一" <= character <= "鿿" for character in piece)
        if len(piece) == length and fits:
            found.append(f'"{piece}"' if phrase else piece)
    return found


def main() -> None:
    """Build what is not there, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.searching", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", type=int, nargs="?", default=ARTICLES)
    asked = parser.parse_args()
    print_table(list(measure(asked.folder, asked.articles)))


if __name__ == "__main__":
    main()
