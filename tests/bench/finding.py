"""Search and export of one archive: ``python -m tests.bench.finding ARCHIVE`` writes its figures as one JSON object."""

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from sqlalchemy import text

from nanhai_crawler.store.export.csv import write_csv
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.search.finding import Page, Sort

_QUERIES = 100
_FIRST = Page(limit=20)
_SCANS = 9
_EXPORTS = 5
_LIKE = text(
    "SELECT id FROM article_latest WHERE title LIKE :like OR body LIKE :like ORDER BY published DESC LIMIT 20"
)


def queries(reader: ArchiveReader, length: int) -> list[str]:
    """Runs of Chinese of that length out of the archive's texts; the same ones in every run of the bench."""
    chance = random.Random(length)  # noqa: S311  nothing is secret here
    lines = [line for record in reader.records() for line in record["body"].splitlines()]
    found: list[str] = []
    while len(found) < _QUERIES:
        line = chance.choice(lines)
        at = chance.randrange(len(line))
        piece = line[at : at + length]
        if len(piece) == length and all("一" <= character <= "鿿" for character in piece):
            found.append(piece)
    return found


def seconds_of(act: Callable[[], object]) -> float:
    """The wall seconds that it took."""
    began_s = time.perf_counter()
    act()
    return time.perf_counter() - began_s


def search_figures(reader: ArchiveReader) -> Iterator[tuple[str, float]]:
    """p95 of a search with snippets in milliseconds, by the query's length, and a plain scan's median."""
    for length in (1, 2, 4):
        times_s = [
            seconds_of(lambda query=query: list(reader.search(query, page=_FIRST)))  # type: ignore[misc]
            for query in queries(reader, length)
        ]
        yield f"search_{length}", quantiles(times_s, n=20)[-1] * 1000
    newest_s = [
        seconds_of(lambda query=query: list(reader.search(query, sort=Sort.NEWEST, page=_FIRST)))  # type: ignore[misc]
        for query in queries(reader, 2)
    ]
    yield "search_newest", quantiles(newest_s, n=20)[-1] * 1000
    yield (
        "scan",
        median(seconds_of(lambda q=query: _scan(reader, q)) for query in queries(reader, 4)[:_SCANS]) * 1000,  # type: ignore[misc]
    )


def export_figures(reader: ArchiveReader, folder: Path) -> Iterator[tuple[str, float]]:
    """MB a second of the CSV export, and of the sqlite3 shell on the same database where there is one."""
    ours: list[float] = []
    shells: list[float] = []
    for _ in range(_EXPORTS):
        ours.append(_rate(folder / "ours.csv", lambda path: _export(reader, path)))
        if shutil.which("sqlite3"):
            shells.append(_rate(folder / "shell.csv", lambda path: _shell_export(reader, path)))
    yield "export", median(ours)
    if shells:
        yield "export_ratio", median(our / its for our, its in zip(ours, shells, strict=True))


def main() -> None:
    """Measure, and write what was measured."""
    with ArchiveReader.open(Path(sys.argv[1])) as reader, TemporaryDirectory() as folder:
        figures = dict(search_figures(reader)) | dict(export_figures(reader, Path(folder)))
        print(json.dumps(figures))


def _scan(reader: ArchiveReader, query: str) -> None:
    with reader.connect() as connection:
        connection.execute(_LIKE, {"like": f"%{query}%"}).all()


def _rate(path: Path, export: Callable[[Path], object]) -> float:
    took_s = seconds_of(lambda: export(path))
    return path.stat().st_size / 1_000_000 / took_s


def _export(reader: ArchiveReader, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_csv(reader, stream)


def _shell_export(reader: ArchiveReader, path: Path) -> None:
    words = ("sqlite3", "-readonly", "-csv", "-header", str(reader.folder.database))
    with path.open("wb") as stream:
        subprocess.run([*words, "SELECT * FROM article_latest ORDER BY id"], stdout=stream, check=True)


if __name__ == "__main__":
    main()
