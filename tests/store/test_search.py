"""Search: the answer is a plain scan's, in the order asked for, whatever the query."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.search.finding import Page, Sort, search
from nanhai_crawler.text.query import parse_query
from tests.store.library import empty_library, fill
from tests.store.scan import TEXTS_OF_AN_EXAMPLE, check_against_scan, found


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with empty_library(tmp_path_factory.mktemp("archive") / "nanhai.sqlite3") as connection:
        yield connection
        connection.engine.dispose()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS_OF_AN_EXAMPLE, st.data())
def test_the_answer_is_a_plain_scans(
    library: Connection, texts: list[tuple[str, str]], data: st.DataObject
) -> None:
    """``python -m tests.store.scan`` asks 10,000 queries."""
    check_against_scan(library, texts, data)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
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


@pytest.mark.parametrize(
    ("unknown", "found_ids"),
    [("DELETE FROM search_slices", [1]), ("UPDATE search_slices SET holding = zeroblob(1)", [])],
)
def test_what_is_not_known_of_a_text_leaves_nothing_out(
    library: Connection, unknown: str, found_ids: list[int]
) -> None:
    fill(library, [("x", "基层党建"), ("x", "基层、层党、党建")] + [("x", "无")] * 6)
    library.execute(text(unknown))
    assert [int(hit.id, 16) for hit in search(library, "基层党建", Filters())] == found_ids


@pytest.mark.parametrize("query", ["基层党建", "党建 层党建", '"Ａ，基层"'])
def test_texts_that_are_not_known_to_be_plain_are_folded(library: Connection, query: str) -> None:
    fill(library, [("黨建", "a,基層黨建"), ("党建", "a，基层党建"), ("x", "基层、层党")])
    library.execute(text("UPDATE search_rows SET plain = NULL"))
    assert found(library, query) == [1, 2]


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
    assert [hit.score for hit in hits] == sorted((hit.score or 0 for hit in hits), reverse=True)


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
