"""Signatures in blocks: which rows may hold a query, whatever way they got there."""

import random
import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from nanhai_crawler.store.search.row_numbers import day_shown, is_dated, overflow_of, place_of, room_of
from nanhai_crawler.store.search.signature_blocks import SignatureBlocks
from nanhai_crawler.store.search.signed_rows import SignedRows, signature_conditions
from nanhai_crawler.text.query import parse_query
from nanhai_crawler.text.signature import sign
from tests.store.library import empty_library

SMALLEST = 8
WORDS = ("基层党建", "南海大沥", "最后一百米", "议事亭前", "红色引擎")


@pytest.fixture
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with empty_library(tmp_path_factory.mktemp("archive") / "nanhai.sqlite3") as library:
        yield library
        library.engine.dispose()


def texts(count: int) -> dict[int, str]:
    """Texts of some words, by rows of several days, some beyond the room of a day and some of none."""
    chance = random.Random(count)  # noqa: S311  nothing is secret here
    days = [day_shown(f"2024-0{month}-11") for month in range(1, 10)] + [day_shown(None)]
    rooms = [room for day in days for room in (room_of(day), overflow_of(day)[:1000])]
    rows = {chance.choice(chance.choice(rooms)) for _ in range(2 * count)}
    numbers = chance.sample(sorted(rows), count)
    return {row: "，".join(chance.sample(WORDS, chance.randrange(4))) for row in numbers}


def add(connection: Connection, some: dict[int, str], at_once: int) -> None:
    rows = [(row, sign("题", body)) for row, body in some.items()]
    for start in range(0, len(rows), at_once):
        SignatureBlocks(connection, SMALLEST).add(rows[start : start + at_once])


def asked(connection: Connection, query: str) -> SignedRows:
    return SignedRows(connection, signature_conditions(parse_query(query)))


def sizes(connection: Connection) -> list[int]:
    return [size for (size,) in connection.execute(text("SELECT size FROM search_blocks ORDER BY id"))]


@pytest.mark.parametrize("at_once", [1, 5, 64, 700])
@pytest.mark.parametrize("query", ["基层党建", "最后一百米 南海大沥", "议事亭前 OR 红色引擎 基层党建"])
def test_rows_that_hold_a_query_are_among_those_its_signature_leaves(
    connection: Connection, at_once: int, query: str
) -> None:
    some = texts(650)
    add(connection, some, at_once)
    holding = {row for row, body in some.items() if parse_query(query).holds(body)}
    signed = asked(connection, query)
    assert holding <= set(signed) <= set(some)
    assert signed.count == len(set(signed)) < len(holding) + 50
    assert sizes(connection) == [512, 64, 64, 8]


def test_rows_come_in_the_order_of_days_and_undated_ones_last(connection: Connection) -> None:
    add(connection, texts(650), 30)
    signed = asked(connection, "基层党建")
    newest_first = list(signed.in_order())
    assert newest_first == sorted(set(signed), key=place_of)
    oldest_first = list(signed.in_order(newest_first=False))
    dated = [row for row in newest_first if is_dated(row)]
    assert oldest_first[: len(dated)] == dated[::-1]
    assert set(oldest_first) == set(newest_first)


def test_a_row_signed_anew_is_found_by_its_new_text_and_told_once(connection: Connection) -> None:
    some = texts(64)
    add(connection, some, 64)
    row = next(row for row, body in some.items() if "基层党建" in body)
    blocks = SignatureBlocks(connection, SMALLEST)
    blocks.remove(row)
    blocks.add([(row, sign("题", "基层党建与红色引擎"))])
    assert row in asked(connection, "基层党建与红色")
    assert list(asked(connection, "基层党建").in_order()).count(row) == 1


def test_what_a_lost_slice_would_say_is_not_known(connection: Connection) -> None:
    some = texts(600)
    add(connection, some, 600)
    before = set(asked(connection, "基层党建"))
    connection.execute(
        text("DELETE FROM search_slices WHERE id % 8192 IN (SELECT value FROM json_each('[1, 2, 3, 4]'))")
    )
    connection.execute(text("DELETE FROM search_slices WHERE id % 3 = 0"))
    add(connection, texts(8), 8)
    assert before <= set(asked(connection, "基层党建"))


def test_the_tables_can_be_read_with_sqlite_alone(connection: Connection) -> None:
    some = texts(8)
    add(connection, some, 8)
    plain: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    (packed,) = plain.execute("SELECT row_ids FROM search_blocks").fetchone()
    rows = [int.from_bytes(packed[at : at + 8], "little") for at in range(0, len(packed), 8)]
    for number, holding in plain.execute("SELECT id % 8192, holding FROM search_slices"):
        for place, row in enumerate(rows):
            signed = sign("题", some[row])
            assert holding[place // 8] >> place % 8 & 1 == signed[number // 8] >> 7 - number % 8 & 1
