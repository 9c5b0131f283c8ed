"""Search: the answer is a plain scan's, in the order asked for, whatever the query."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.search import Page, Sort, find_revisions, search
from nanhai_crawler.text.query import parse_query
from tests.store.library import empty_library, fill, plainly_holds

# Few characters, so that texts and queries meet: both scripts and widths, rare and private ones, symbols.
HAN = "党黨建组組层發发基㐂𠮷\ue000カ〇"
MIXED = HAN + "abＡ12３"
SYMBOLS = "，。“”()（）:-_ \u3000\u2028\x00😀"
LINES = st.text(st.sampled_from(MIXED * 2 + SYMBOLS), max_size=14)
TEXTS = st.tuples(LINES, st.lists(LINES, max_size=4).map("\n".join))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with empty_library(tmp_path_factory.mktemp("archive") / "nanhai.sqlite3") as connection:
        yield connection
        connection.engine.dispose()


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


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXTS, min_size=1, max_size=12), st.data())
def test_the_answer_is_a_plain_scans(
    library: Connection, texts: list[tuple[str, str]], data: st.DataObject
) -> None:
    fill(library, texts)
    clause = st.lists(terms_from(texts), min_size=1, max_size=2)
    queries = data.draw(
        st.lists(st.lists(clause, min_size=1, max_size=3).map(Asked), min_size=25, max_size=25)
    )
    for asked in queries:
        scanned = [number for number, held in enumerate(texts, 1) if asked.holds(held)]
        assert found(library, asked.written) == scanned, asked
        for sort in Sort:
            hits = search(library, asked.written, Filters(), sort=sort)
            assert sorted(int(hit.id, 16) for hit in hits) == scanned


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=()), max_size=12) | st.text('"()-* :^党建a\x00', max_size=12))
def test_any_string_gets_an_answer(library: Connection, query: str) -> None:
    texts = [("党建", "a b"), ("(党)", '"a:b" -党*'), ("", "\x00^")]
    fill(library, texts)
    asked = parse_query(query)
    assert found(library, query) == [
        number for number, held in enumerate(texts, 1) if asked.holds("\n".join(held))
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [1, 2, 3]),
        ('"', [2]),
        ("(", [2]),
        ("a:b", [2]),
        ("-x", [1, 2, 3]),
        ("党 AND", []),
        ("党 AND 建", [1]),
        ("党", [1, 2]),
        ("\x00", [3]),
        ("OR", []),
        ("'; DROP TABLE articles; --", []),
        ("党" * 5000, []),
        ("党 " * 500, [1, 2]),
        (" OR ".join("党建" for _ in range(300)), [1]),
        (" OR ".join(f"({number}" for number in range(300)), []),
    ],
)
def test_signs_of_other_query_languages_are_text(
    library: Connection, query: str, expected: list[int]
) -> None:
    fill(library, [("党建", "x" * 9), ("(党)", '"a:b"'), ("", "\x00")])
    assert found(library, query) == expected


def test_one_character_finds_whole_and_traditional_text(library: Connection) -> None:
    fill(library, [("党", ""), ("", "共産黨"), ("", "共产")])
    assert found(library, "党") == found(library, "黨") == [1, 2]


def test_newest_and_oldest_go_by_shown_time(library: Connection) -> None:
    fill(library, [("党建", "")] * 120)
    newest = [int(hit.id, 16) for hit in search(library, "党建", Filters(), sort=Sort.NEWEST)]
    assert newest == list(range(120, 0, -1))
    oldest = search(library, "党建", Filters(), sort=Sort.OLDEST, page=Page(limit=3, offset=60))
    assert [int(hit.id, 16) for hit in oldest] == [61, 62, 63]


def test_a_title_counts_for_more_and_a_longer_text_for_less(library: Connection) -> None:
    fill(library, [("x", "党建" + "无" * 3000), ("x", "党建党建"), ("党建", "无"), ("x", "党建")])
    hits = list(search(library, "党建", Filters()))
    assert [int(hit.id, 16) for hit in hits] == [3, 2, 4, 1]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_an_old_text_with_the_words_in_its_title_is_ranked_first(library: Connection) -> None:
    fill(library, [("党建", "无")] + [("无", "党建")] * 700)
    assert int(next(search(library, "党建", Filters())).id, 16) == 1


def test_pages_of_ranked_hits_follow_each_other(library: Connection) -> None:
    fill(library, [("无", "党建" * (number % 5 + 1)) for number in range(450)])
    whole = [hit.id for hit in search(library, "党建", Filters())]
    paged = [
        hit.id
        for offset in range(0, 450, 100)
        for hit in search(library, "党建", Filters(), page=Page(limit=100, offset=offset))
    ]
    assert paged == whole
    assert len(set(whole)) == 450


def test_a_hit_shows_where_it_matches(library: Connection) -> None:
    fill(library, [("黨建要聞", "首句。说到党建的一句。")])
    hit = next(search(library, "党建", Filters()))
    assert [hit.title[start:end] for start, end in hit.title_matches] == ["黨建"]
    assert [hit.snippet[start:end] for start, end in hit.snippet_matches] == ["党建"]
    assert list(hit.as_json()) == [
        "id",
        "url",
        "title",
        "published",
        "column_path",
        "source",
        "snippet",
        "score",
    ]
