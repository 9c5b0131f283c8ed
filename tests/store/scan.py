"""Search held against a plain scan: ``python -m tests.store.scan --queries 10000`` asks so many queries.

Texts and queries are generated so that they meet; a small share of them runs with the suite (``test_search``).
"""

import argparse
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.search.finding import Sort, find_revisions, search
from tests.store.library import empty_library, fill, plainly_holds

#: Queries asked of each archive of generated texts.
QUERIES_OF_AN_EXAMPLE = 25
# Few characters, so that texts and queries meet: both scripts and widths, rare and private ones, symbols.
HAN = "党黨建组組层發发基㐂𠮷\ue000カ〇"
MIXED = HAN + "abＡ12３"
SYMBOLS = "，。“”()（）:-_ \u3000\u2028\x00😀"
LINES = st.text(st.sampled_from(MIXED * 2 + SYMBOLS), max_size=14)
TEXTS = st.tuples(LINES, st.lists(LINES, max_size=4).map("\n".join))
TEXTS_OF_AN_EXAMPLE = st.lists(TEXTS, min_size=1, max_size=12)


class Asked:
    """A query of several terms: how it is written, and what a scan says of a text."""

    def __init__(self, clauses: list[list[tuple[str, bool, bool]]]) -> None:
        self.clauses = clauses

    def __repr__(self) -> str:
        return self.written

    @property
    def written(self) -> str:
        words = ([self._word(*term) for term in clause] for clause in self.clauses)
        return " ".join(" OR ".join(clause) for clause in words)

    def holds(self, texts: tuple[str, str]) -> bool:
        return all(
            any(plainly_holds(texts, term, whole=not quoted) != excluded for term, quoted, excluded in clause)
            for clause in self.clauses
        )

    @staticmethod
    def _word(term: str, quoted: bool, excluded: bool) -> str:
        return "-" * excluded + (f'"{term}"' if quoted else term)


def terms_from(texts: list[tuple[str, str]]) -> st.SearchStrategy[tuple[str, bool, bool]]:
    """Pieces of the texts and inventions: bare ones without symbols, quoted ones as they come."""
    lines = [line for title, body in texts for line in (title, *body.split("\n")) if line]
    piece = st.sampled_from(lines or ["党"]).flatmap(
        lambda line: st.tuples(st.just(line), st.integers(0, len(line) - 1), st.integers(1, 6))
    )
    from_text = piece.map(lambda cut: cut[0][cut[1] : cut[1] + cut[2]])
    invented = st.text(st.sampled_from(MIXED), min_size=1, max_size=3)
    bare = (
        (from_text | invented).map(lambda term: "".join(char for char in term if char in MIXED)).filter(bool)
    )
    excluded = st.sampled_from((False, False, False, True))
    return st.tuples(bare, st.just(False), excluded) | st.tuples(
        from_text | invented, st.just(True), excluded
    )


def found(connection: Connection, query: str) -> list[int]:
    return list(find_revisions(connection, query, Filters()))


def check_against_scan(library: Connection, texts: list[tuple[str, str]], data: st.DataObject) -> None:
    """The index and the plain scan give the same articles for queries drawn from the texts, however sorted."""
    fill(library, texts)
    clause = st.lists(terms_from(texts), min_size=1, max_size=2)
    queries = data.draw(
        st.lists(
            st.lists(clause, min_size=1, max_size=3).map(Asked),
            min_size=QUERIES_OF_AN_EXAMPLE,
            max_size=QUERIES_OF_AN_EXAMPLE,
        )
    )
    for number, asked in enumerate(queries):
        scanned = [place for place, held in enumerate(texts, 1) if asked.holds(held)]
        assert found(library, asked.written) == scanned, asked
        sort = list(Sort)[number % len(Sort)]
        hits = search(library, asked.written, Filters(), sort=sort)
        assert sorted(int(hit.id, 16) for hit in hits) == scanned, (asked, sort)


def main() -> None:
    """Ask, and say how many; an AssertionError shows the query that went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.store.scan", description=__doc__)
    parser.add_argument("--queries", type=int, default=10_000)
    examples = -(-parser.parse_args().queries // QUERIES_OF_AN_EXAMPLE)
    asked = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        empty_library(Path(folder) / "nanhai.sqlite3") as library,
    ):

        @settings(
            max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None
        )
        @given(TEXTS_OF_AN_EXAMPLE, st.data())
        def ask(texts: list[tuple[str, str]], data: st.DataObject) -> None:
            nonlocal asked
            check_against_scan(library, texts, data)
            asked += QUERIES_OF_AN_EXAMPLE

        ask()
        library.engine.dispose()
    print(f"{asked} queries: every answer is the plain scan's")


if __name__ == "__main__":
    main()
