"""Search held against a plain scan of a large archive: ``python -m tests.store.large_scan FOLDER --queries 300``.

Where signatures stand in blocks and terms are chosen by their rarity, which few texts do not bring about. Every query
is asked in each order, and for all revisions that hold it.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from opencc import OpenCC

from nanhai_crawler.store.filters import EVERYTHING
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.search.finding import Sort, find_by_time, find_revisions, search
from nanhai_crawler.text.folding import fold_for_search
from nanhai_crawler.text.query import parse_query

_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def queries(lines: list[str], chance: random.Random) -> Iterator[str]:
    """Pieces of the lines, and what is made of them: half of it of pieces that no text need hold together."""
    traditional = OpenCC("s2t")

    def piece(shortest: int, longest: int) -> str:
        line = chance.choice(lines)
        width = chance.randint(shortest, longest)
        at = chance.randrange(max(1, len(line) - width))
        return line[at : at + width].replace('"', "")

    while True:
        crossed = piece(2, 3)
        joined = [line for line in chance.sample(lines, 200) if crossed[-1] in line[1:-1]]
        if joined:
            at = joined[0].index(crossed[-1], 1)
            yield f'"{crossed + joined[0][at + 1 : at + chance.randint(2, 4)]}"'
        yield from (piece(1, 2), piece(3, 4), piece(5, 10), f'"{piece(3, 12)}"')
        yield traditional.convert(piece(3, 6))
        yield piece(4, 8).translate(_WIDE)
        yield f"{piece(2, 4)} {piece(2, 5)}"
        yield f"{piece(3, 5)} OR {piece(3, 5)}"
        yield f'{piece(2, 4)} -"{piece(2, 5)}"'
        yield f"-{piece(1, 2)} {piece(3, 4)} OR {piece(1, 6)}"
        yield f"{chance.randrange(1000)}{piece(1, 3)}"


def check(folder: Path, count: int, seed: int) -> int:
    """How many hits the queries had; an AssertionError shows the first that was answered otherwise than by a scan."""
    chance = random.Random(seed)  # noqa: S311  nothing is secret here
    hits = 0
    with ArchiveReader.open(folder) as reader, reader.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT revisions.id, articles.id, title, body FROM articles JOIN revisions ON revisions.id = revision_id"
        ).all()
        texts = {number: fold_for_search(f"{title}\n{body}") for number, _, title, body in found}
        ids = {number: article for number, article, _, _ in found}
        lines = [
            line
            for _, _, _, body in found[:: max(1, len(found) // 2000)]
            for line in body.split("\n")
            if line
        ]
        asked = queries(lines, chance)
        for _ in range(count):
            query = next(asked)
            parsed = parse_query(query)
            scanned = sorted(number for number, text in texts.items() if parsed.holds(text))
            hits += len(scanned)
            assert sorted(find_revisions(connection, query, EVERYTHING)) == scanned, query
            newest = list(find_by_time(connection, query, EVERYTHING))
            oldest = list(find_by_time(connection, query, EVERYTHING, newest_first=False))
            assert sorted(newest) == sorted(oldest) == scanned, query
            if len(scanned) < 3000:
                ranked = sorted(hit.id for hit in search(connection, query, EVERYTHING, sort=Sort.RELEVANCE))
                assert ranked == sorted(ids[number] for number in scanned), query
    return hits


def main() -> None:
    """Ask, and say how many."""
    parser = argparse.ArgumentParser(prog="python -m tests.store.large_scan", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    hits = check(asked.folder, asked.queries, asked.seed)
    print(f"{asked.queries} queries, {hits} hits: every answer is the plain scan's")


if __name__ == "__main__":
    main()
